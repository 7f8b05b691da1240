"""Makes one import of a program take a second, as on a busy disk: Python runs it as `sitecustomize` when it starts.

The environment variable SLOW_IMPORT names the module. A process that imports it leaves a file beside this one.
"""

import os
import sys
import time
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path


class _Slow(MetaPathFinder):
    """Finds nothing, and takes its time for one module: Python asks it while it holds the lock of that module."""

    def find_spec(self, name: str, _path: object, _target: object = None) -> ModuleSpec | None:
        if name == os.environ["SLOW_IMPORT"]:
            Path(__file__).with_name(f"imports-{os.getpid()}").touch()
            time.sleep(1)
        return None


sys.meta_path.insert(0, _Slow())
