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
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

from tests.support import (
    CALFEED,
    FOR_OPERATORS,
    FOUNDING,
    GIT_IDENTITY,
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


FOUNDING_PLAN = "plans/met-investors-2007-12.yaml"


def git(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return ran([need("git", "keeps the data"), *arguments], folder, **GIT_IDENTITY)


def committed(folder: Path, message: str) -> subprocess.CompletedProcess[str]:
    """A commit of all that there is, with the output of its hook."""
    git(folder, "add", "--all")
    return git(folder, "commit", "--allow-empty", "-m", message)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A data folder that is a repository on its branch main, with nothing committed."""
    folder = tmp_path / "repository"
    shutil.copytree(FOUNDING, folder, ignore=shutil.ignore_patterns("*.md"))
    git(folder, "init", "-q", "-b", "main")
    return folder


def move_the_closing(folder: Path) -> None:
    """Move a day, and say nothing of it."""
    plan = folder / FOUNDING_PLAN
    text = plan.read_text(encoding="utf-8")
    assert text.count("date: on or about April 28, 2008") == 1
    plan.write_text(text.replace("date: on or about April 28", "date: on or about May 5"), encoding="utf-8")


def spoil_the_site(folder: Path) -> None:
    (folder / "site.yaml").write_text("title: Example\n", encoding="utf-8")


def commands(name: str) -> Iterator[str]:
    """The commands of a GitHub workflow, but for the installation, which the container's is a test of."""
    workflow = yaml.safe_load(shipped(name))
    (job,) = workflow["jobs"].values()
    for step in job["steps"]:
        if "run" in step and not step["run"].startswith("pip install"):
            yield step["run"]


def test_the_workflow_that_publishes_builds_good_data_and_fails_with_bad(repository: Path) -> None:
    (command,) = commands("github-pages.yml")
    temporary = repository.with_name("temporary")
    temporary.mkdir()

    def published() -> int:
        return ran(
            [need("bash", "is the shell on GitHub"), "-e", "-c", command], repository, RUNNER_TEMP=str(temporary)
        ).returncode

    assert published() == 0
    assert (temporary / "site" / "index.html").exists()
    spoil_the_site(repository)
    assert published() == 1


class Checked(NamedTuple):
    """What the steps of the workflow did for a pull request: their exit codes, and what people see on GitHub."""

    codes: list[int]
    annotations: str
    summary: str


def checked_on_github(repository: Path, edit: Callable[[Path], object]) -> Checked:
    """Carry out each step of the workflow for a pull request with an edit, in a clone as GitHub makes it."""
    git(repository, "switch", "-q", "-c", "edit")
    edit(repository)
    committed(repository, "edit")
    git(repository, "switch", "-q", "--detach", "main")
    git(repository, "merge", "-q", "--no-ff", "-m", "merged", "edit")
    clone, summary = repository.with_name("clone"), repository.with_name("summary.md")
    depth = yaml.safe_load(shipped("github-check.yml"))["jobs"]["check"]["steps"][0]["with"]["fetch-depth"]
    git(repository.parent, "clone", "-q", "--depth", str(depth), repository.as_uri(), str(clone))
    steps = [
        ran([need("bash", "is the shell on GitHub"), "-e", "-c", step], clone, GITHUB_STEP_SUMMARY=str(summary))
        for step in commands("github-check.yml")
    ]
    annotations = "".join(step.stdout for step in steps)
    return Checked([step.returncode for step in steps], annotations, summary.read_text(encoding="utf-8"))


def test_the_workflow_shows_what_a_pull_request_changes_for_subscribers(repository: Path) -> None:
    committed(repository, "first")
    codes, annotations, summary = checked_on_github(repository, move_the_closing)
    assert codes == [0, 0, 1]
    assert [line.partition("::moved: ")[0] for line in annotations.splitlines()[::2]] == [
        f"::notice file={FOUNDING_PLAN}"
    ] * 2
    assert annotations.count(f"::warning file={FOUNDING_PLAN}::") == 2
    assert summary.startswith("```text\nmet-investors-2007-12: ")
    assert summary.count("    warning: the day differs") == 2
    assert summary.endswith("\n```\n")


def test_the_workflow_passes_the_first_data_and_fails_with_problems(repository: Path) -> None:
    aside = repository.with_name("aside")
    aside.mkdir()
    names = ("site.yaml", "plans", "trusts")
    for name in names:
        (repository / name).rename(aside / name)
    committed(repository, "no data yet")
    first = checked_on_github(repository, lambda folder: [(aside / name).rename(folder / name) for name in names])
    assert first.codes == [0, 0, 0]
    spoil_the_site(repository)
    broken = ran(next(commands("github-check.yml")).split(), repository)
    assert broken.returncode == 1
    assert "::error file=site.yaml," in broken.stdout


def hooked(repository: Path) -> None:
    shutil.copy(FOR_OPERATORS / "pre-commit", repository / ".git" / "hooks" / "pre-commit")


def test_the_hook_refuses_data_with_problems_and_takes_what_mends_them(repository: Path) -> None:
    site = repository / "site.yaml"
    good = site.read_bytes()
    committed(repository, "good, without the hook")
    spoil_the_site(repository)
    git(repository, "commit", "-q", "-a", "-m", "bad, without the hook")
    hooked(repository)
    refused = committed(repository, "still bad")
    assert refused.returncode == 1
    assert "site.yaml:" in refused.stdout + refused.stderr
    site.write_bytes(good)
    mended = committed(repository, "mended")
    assert mended.returncode == 0, mended.stderr


def test_the_hook_refuses_an_edit_that_would_mislead_subscribers_and_says_what_they_see(repository: Path) -> None:
    hooked(repository)
    first = committed(repository, "first")
    assert first.returncode == 0, first.stderr
    copy = repository.with_name("copy")
    git(repository, "worktree", "add", "-q", "-b", "copy", str(copy))
    for folder in each_of([repository, copy]):
        move_the_closing(folder)
        refused = committed(folder, "moved")
        assert refused.returncode == 1
        assert "    warning: the day differs" in refused.stdout + refused.stderr
        assert "git commit --no-verify" in refused.stderr
        assert git(folder, "commit", "--no-verify", "-q", "-a", "-m", "moved").returncode == 0


def test_the_hook_says_what_to_do_where_calfeed_is_not_found(repository: Path) -> None:
    hooked(repository)
    hook = repository / ".git" / "hooks" / "pre-commit"
    elsewhere = {"PATH": os.defpath} | GIT_IDENTITY
    program = need("git", "keeps the data")
    git(repository, "add", "--all")
    refused = ran([program, "commit", "-q", "-m", "first"], repository, **elsewhere)
    assert refused.returncode == 1
    assert refused.stderr == (
        "calfeed is not found. Activate its environment and commit again, or write its whole path into "
        ".git/hooks/pre-commit.\n"
    )
    text = hook.read_text(encoding="utf-8")
    assert text.count("\ncalfeed=calfeed ") == 1
    hook.write_text(text.replace("\ncalfeed=calfeed ", f"\ncalfeed={shlex.quote(CALFEED)} "), encoding="utf-8")
    taken = ran([program, "commit", "-q", "-m", "first"], repository, **elsewhere)
    assert taken.returncode == 0, taken.stderr


def test_the_hook_checks_a_data_folder_inside_a_repository_that_holds_more(tmp_path: Path) -> None:
    folder = tmp_path / "more"
    shutil.copytree(FOUNDING, folder / "data", ignore=shutil.ignore_patterns("*.md"))
    git(folder, "init", "-q", "-b", "main")
    hooked(folder)
    hook = folder / ".git" / "hooks" / "pre-commit"
    hook.write_text(hook.read_text(encoding="utf-8").replace("\ndata=. ", "\ndata=data "), encoding="utf-8")
    first = committed(folder, "first")
    assert first.returncode == 0, first.stderr
    spoil_the_site(folder / "data")
    refused = committed(folder, "bad")
    assert refused.returncode == 1
    assert "data/site.yaml:" in refused.stdout + refused.stderr


@pytest.mark.parametrize("name", ["github-check.yml", "github-pages.yml"])
def test_a_workflow_installs_calfeed_beside_the_data_where_it_is_passed_over(name: str, repository: Path) -> None:
    (job,) = yaml.safe_load(shipped(name))["jobs"].values()
    checkouts = [step["with"] for step in job["steps"] if "actions/checkout" in step.get("uses", "") and "with" in step]
    (beside,) = [each["path"] for each in checkouts if "path" in each]
    (install,) = [step["run"] for step in job["steps"] if step.get("run", "").startswith("pip install")]
    assert install == f"pip install -c {beside}/.constraints.txt ./{beside}"
    assert (ROOT / ".constraints.txt").exists()
    shutil.copytree(FOUNDING, repository / beside / "data")
    assert ran(["calfeed", "check", ".", "--strict"], repository).returncode == 0
