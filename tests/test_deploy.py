"""The files in calfeed/deploy do what they say: each is used, with the paths and ports of this machine."""

import json
import os
import re
import shlex
import shutil
import ssl
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import pytest
import yaml

from tests.support import (
    CALFEED,
    FOR_OPERATORS,
    FOUNDING,
    PATIENCE_SECONDS,
    ROOT,
    ask,
    data_folder,
    each_of,
    free_port,
    if_any,
    is_listening,
    need,
    nginx,
    plan_of,
    serving,
)

SECRET = "calfeed_" + "Zq7-_" * 9
PLAN = plan_of({"liquidation": "March 3, 2031"}, "a")
READERS = f"readers: {{Operations: {{token: {sha256(SECRET.encode()).hexdigest()}, sees: everything}}}}\n"
DOCUMENTS = {"confidential/plans/hidden-plan.yaml": PLAN, "confidential/readers.yaml": READERS}
FEED = "/trusts/example-trust.ics"


def shipped(name: str, **here: str) -> str:
    """The text of a file for operators, with what belongs to this machine in place of what it shows."""
    text = (FOR_OPERATORS / name).read_text(encoding="utf-8")
    for shown, replacement in if_any(here.items()):
        assert shown in text, f"{name} does not have {shown}"
        text = text.replace(shown, replacement)
    return text


def ran(command: list[str], folder: Path, **environment: str) -> subprocess.CompletedProcess[str]:
    """A command that has come to its end in a folder, with the calfeed of these tests on its PATH."""
    path = f"{Path(CALFEED).parent}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PATH": path, **environment},
        check=False,
        capture_output=True,
        text=True,
        timeout=5 * PATIENCE_SECONDS,
    )


def test_the_guide_names_each_file_and_no_other() -> None:
    guide = (FOR_OPERATORS / "README.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| \[`(.+?)`\]\(\1\)", guide, re.MULTILINE)
    assert sorted([*named, "README.md"]) == sorted(path.name for path in FOR_OPERATORS.iterdir())


def test_systemd_takes_the_unit(tmp_path: Path) -> None:
    program = need("systemd-analyze", "reads the unit")
    file = tmp_path / "calfeed.service"
    file.write_text(shipped("calfeed.service", **{"/opt/calfeed/.venv/bin/calfeed": CALFEED}))
    found = ran([program, "verify", "--man=no", str(file)], tmp_path, SYSTEMD_UNIT_PATH=f"{tmp_path}:")
    assert (found.returncode, [line for line in found.stderr.splitlines() if "calfeed" in line]) == (0, [])


# --- nginx -----------------------------------------------------------------------------------------------------------


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate for 127.0.0.1 that signs itself, and its key."""
    file, key = folder / "certificate.pem", folder / "key.pem"
    command = [need("openssl", "makes a certificate for nginx"), "req", "-x509", "-newkey", "rsa:2048", "-nodes"]
    command += ["-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1"]
    made = ran([*command, "-keyout", str(key), "-out", str(file)], folder)
    assert made.returncode == 0, made.stderr
    return file, key


def test_nginx_with_tls_passes_everything_on_and_logs_no_token(tmp_path: Path) -> None:
    data = data_folder(tmp_path / "data", DOCUMENTS)
    port, plain = free_port(), free_port()
    log, errors = tmp_path / "access", tmp_path / "errors"
    file, key = certificate(tmp_path)
    tls = ssl.create_default_context(cafile=str(file))
    private = f"/private/{SECRET}/plans/hidden-plan.ics"
    spellings = (
        private,
        f"/%70rivate/{SECRET}/plans/hidden-plan.ics",
        f"/all/../{private}",
        f"//private/{SECRET}/x?{SECRET}",
    )
    with serving(data) as server:
        here = {
            "127.0.0.1:8000": f"127.0.0.1:{server.port}",
            "listen 443 ssl;": f"listen 127.0.0.1:{port} ssl;",
            "listen 80;": f"listen 127.0.0.1:{plain};",
            "/etc/ssl/calendars.example.com.pem": str(file),
            "/etc/ssl/private/calendars.example.com.key": str(key),
            "/var/log/nginx/calfeed.log": str(log),
        }
        with nginx(tmp_path, shipped("nginx-proxy.conf", **here), port):
            selection = f"/selection.ics?{'&'.join(['feed=trusts/example-trust'] * 1_000)}"
            for target in (FEED, private, selection):
                reply, direct = ask(port, target, tls=tls), ask(server.port, target)
                assert reply.status == 200
                assert (reply.body, reply.headers["ETag"]) == (direct.body, direct.headers["ETag"])
            etag = ask(port, FEED, tls=tls).headers["ETag"]
            assert ask(port, FEED, headers={"If-None-Match": etag}, tls=tls).status == 304
            for spelling in each_of(spellings):
                assert ask(plain, spelling).status == 301
            server.process.terminate()
            server.process.wait(PATIENCE_SECONDS)
            assert not is_listening(server.port)
            for spelling in each_of(spellings):
                assert ask(port, spelling, tls=tls).status == 502
    logged = log.read_text()
    assert logged.count("[private]") == 1 + 2 * len(spellings)
    assert FEED in logged
    assert SECRET not in logged + errors.read_text()


# --- the container ---------------------------------------------------------------------------------------------------


def instructions() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, each a word and what follows it."""
    lines = [line for line in shipped("Containerfile").splitlines() if line and not line.startswith("#")]
    return [(word, rest) for word, _, rest in (line.partition(" ") for line in lines)]


def values(wanted: str) -> list[str]:
    return [rest for word, rest in instructions() if word == wanted]


@pytest.fixture(scope="module")
def container(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which the Containerfile's COPY and its `pip install` have been carried out, with Python in `bin`.

    The packages that these tests run with are there before, so pip has only calfeed itself to install.
    """
    root = tmp_path_factory.mktemp("container")
    subprocess.run([sys.executable, "-m", "venv", str(root)], check=True, timeout=5 * PATIENCE_SECONDS)
    (packages,) = root.glob("lib/python*/site-packages")
    (packages / "before.pth").write_text(sysconfig.get_path("purelib"))
    for copied in values("COPY"):
        *sources, target = copied.split()
        for source in sources:
            copy(ROOT / source, root / target.strip("/"), into=target.endswith("/"))
    install = next(rest for rest in values("RUN") if rest.startswith("pip install"))
    command = [word.replace("/src", f"{root}/src") for word in shlex.split(install)]
    done = ran([str(root / "bin" / "python"), "-m", *command, "--force-reinstall", "--no-deps"], root)
    assert done.returncode == 0, done.stderr
    return root


def copy(source: Path, target: Path, *, into: bool) -> None:
    """What COPY does: a folder's content goes to the target, a file into it where the target ends with a slash."""
    if source.is_dir():
        shutil.copytree(source, target, ignore=shutil.ignore_patterns("__pycache__"))
    else:
        target = target / source.name if into else target
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(source, target)


def test_the_container_serves_what_is_mounted_and_its_health_check_tells(container: Path, tmp_path: Path) -> None:
    (entry,), (health,) = values("ENTRYPOINT"), values("HEALTHCHECK")
    program, command, mounted, *options = json.loads(entry)
    assert (program, command, mounted) == ("calfeed", "serve", "/data")
    options = [each.replace("0.0.0.0", "127.0.0.1").replace("/state/", f"{tmp_path}/") for each in options]  # noqa: S104 -- in the image
    _, *arguments = json.loads(health.removeprefix("CMD "))
    with serving(FOUNDING, *options, program=str(container / "bin" / "calfeed")) as server:
        assert server.first_line.startswith("Serving 8 feeds at ")
        assert (tmp_path / "last-good").exists()
        check = [sys.executable, *(each.replace(":8000/", f":{server.port}/") for each in arguments)]
        healthy = ran(check, tmp_path)
    ended = ran(check, tmp_path)
    assert (healthy.returncode, ended.returncode) == (0, 1)


def test_every_other_instruction_of_the_container_is_known() -> None:
    known = ("pip install ", "useradd --system --uid 10001 calfeed", "install -d -o calfeed -m 700 /state")
    assert all(rest.startswith(known) for rest in each_of(values("RUN")))
    assert {word for word, _ in instructions()} == {
        "FROM", "COPY", "RUN", "USER", "VOLUME", "EXPOSE", "HEALTHCHECK", "ENTRYPOINT",
    }  # fmt: skip
    assert (values("USER"), values("VOLUME"), values("EXPOSE")) == (["calfeed"], ["/state"], ["8000"])


# --- git and GitHub --------------------------------------------------------------------------------------------------


def commands(name: str) -> Iterator[str]:
    """The commands of a GitHub workflow, but for the installation, which the container's is a test of."""
    workflow = yaml.safe_load(shipped(name))
    (job,) = workflow["jobs"].values()
    for step in job["steps"]:
        if "run" in step and not step["run"].startswith("pip install"):
            yield step["run"]


@pytest.mark.parametrize("name", ["github-check.yml", "github-pages.yml"])
def test_a_workflow_s_commands_succeed_with_good_data_and_fail_with_bad(name: str, tmp_path: Path) -> None:
    shutil.copytree(FOUNDING, tmp_path / "data")
    (command,) = commands(name)
    assert ran(command.split(), tmp_path).returncode == 0
    assert (tmp_path / "site" / "index.html").exists() == (name == "github-pages.yml")
    (tmp_path / "data" / "site.yaml").write_text("title: Example\n")
    assert ran(command.split(), tmp_path).returncode == 1


def test_the_git_hook_refuses_a_commit_of_data_with_problems(tmp_path: Path) -> None:
    need("git", "runs the hook")
    identity = {f"GIT_{who}_{what}": "x@example.com" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    shutil.copytree(FOUNDING, tmp_path / "data")
    assert ran(["git", "init", "-q"], tmp_path).returncode == 0
    shutil.copy(FOR_OPERATORS / "pre-commit", tmp_path / ".git" / "hooks" / "pre-commit")
    good = ran(["git", "commit", "--allow-empty", "-m", "good"], tmp_path, **identity)
    assert good.returncode == 0, good.stderr
    (tmp_path / "data" / "site.yaml").write_text("title: Example\n")
    bad = ran(["git", "commit", "--allow-empty", "-m", "bad"], tmp_path, **identity)
    assert bad.returncode == 1
    assert "site.yaml:" in bad.stdout + bad.stderr
