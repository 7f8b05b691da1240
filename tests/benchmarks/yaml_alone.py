"""Every YAML file of a folder to plain values, unchecked, by PyYAML's C loader: a whole process."""

import sys
from pathlib import Path

import yaml

for path in sorted(Path(sys.argv[1]).rglob("*.yaml")):
    yaml.load(path.read_text(encoding="utf-8"), yaml.CSafeLoader)
