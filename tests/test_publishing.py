"""How a site is built: no more than an edit touches, by several processes that leave nothing, one build at a time."""

import gc
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import obstore
import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import NOT_FOUND, Resources
from calfeed.formats.formats import FORMATS
from calfeed.publishing.build import Built, build
from calfeed.publishing.manifest import entry_of, manifest_in
from calfeed.publishing.places import LOCK
from calfeed.publishing.rendering import CACHE_CONTROL
from calfeed.reading.folder import load
from tests.benchmarks.generator import generate
from tests.support import CALFEED, FOUNDING, PATIENCE_SECONDS, data_folder, each_of, wait_until
from tests.test_build import MANIFEST, UNFINISHED, built, content_of, refused, running, s3_bucket
from tests.test_server import living, watches_processes

PLANS = 9
"""Enough for more objects than one process renders."""
MANY_PLANS = 20
"""Enough for a build that is still at work when it is broken off."""


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder of some plans."""
    folder = tmp_path_factory.mktemp("generated")
    generate(folder, PLANS, seed=3)
    return folder


@pytest.fixture(scope="module")
def generated_site(tmp_path_factory: pytest.TempPathFactory, generated: Path) -> Path:
    """The same as files."""
    site = tmp_path_factory.mktemp("site") / "site"
    built(site, generated)
    return site


@pytest.fixture
def data(tmp_path: Path, generated: Path) -> Path:
    """A data folder to edit."""
    return Path(shutil.copytree(generated, tmp_path / "data"))


@pytest.fixture
def site(tmp_path: Path, generated_site: Path) -> Path:
    """What was built of it."""
    return Path(shutil.copytree(generated_site, tmp_path / "site"))


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A data folder of many plans."""
    folder = tmp_path / "many"
    generate(folder, MANY_PLANS, seed=3)
    return folder


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """The address of an object store."""
    with running(sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", "0") as address:
        yield address


# --- what an edit touches --------------------------------------------------------------------------------------------


def built_here(site: Path, data: Path) -> tuple[Built, set[str]]:
    """What a build in this process did, and which objects it rendered."""
    seen: set[str] = set()

    def watch(_label: str, names: Collection[str]) -> Iterable[str]:
        seen.update(names)
        return names

    return build(str(site), data, load(data), watch), seen


def replace(data: Path, name: str, old: str, new: str) -> None:
    text = (data / name).read_text(encoding="utf-8")
    assert re.search(old, text, re.MULTILINE)
    (data / name).write_text(re.sub(old, new, text, count=1, flags=re.MULTILINE), encoding="utf-8")


def plan_with(data: Path, text: str) -> str:
    """The name of the file of a plan that has a text."""
    return min(f"plans/{path.name}" for path in (data / "plans").iterdir() if text in path.read_text(encoding="utf-8"))


def plan(number: int) -> Callable[[Path], str]:
    """The name of the file of a plan."""
    return lambda data: f"plans/{sorted(path.name for path in (data / 'plans').iterdir())[number]}"


EDITS: dict[str, Callable[[Path], None]] = {
    "a note": lambda data: replace(
        data, plan(3)(data), "  board approval: (.*)", r"  board approval: {date: '\1', note: x}"
    ),
    "a title": lambda data: replace(data, plan(6)(data), "^(trust: .*)", r"title: Edited\n\1"),
    "words that come first": lambda data: replace(
        data, plan(0)(data), "  special meeting: (.*)", r"  special meeting: before the opening of business on \1"
    ),
    "a clock time": lambda data: replace(data, plan_with(data, "at 1:00 p.m."), "at 1:00 p.m.", "at 1:30 p.m."),
    "another day": lambda data: replace(data, plan(4)(data), "  board approval: .*", "  board approval: May 1, 2001"),
    "a plan that is gone": lambda data: (data / plan(5)(data)).unlink(),
}


@pytest.mark.parametrize("edit", EDITS.values(), ids=EDITS)
def test_an_edit_of_a_plan_renders_what_is_made_of_it_and_nothing_else(
    tmp_path: Path, data: Path, site: Path, edit: Callable[[Path], None]
) -> None:
    before = load(data)
    edit(data)
    after = load(data)
    done, seen = built_here(site, data)
    built(tmp_path / "afresh", data)
    assert content_of(site) == content_of(tmp_path / "afresh")
    changed = {each.address for each in set(before.plans) ^ set(after.plans)}
    assert len(changed) == 1
    touched = {"all", *changed}
    for each in set(before.plans) ^ set(after.plans):
        for portfolio in each.portfolios:
            touched |= {portfolio.address, portfolio.trust.address}
    resources = Resources(after)
    names = {f"{path[1:]}{'index.html' if path.endswith('/') else ''}": path for path in resources.paths()}
    assert seen == {name for name, path in names.items() if resources.made_of(path) in touched}
    assert done.unchanged >= len(names) - len(seen)


def rewrite(site: Path, name: str, body: bytes) -> None:
    """Write another document in place of one of a site, as if it had been built."""
    media_type, manifest = FORMATS[name.rpartition(".")[2]].media_type, (site / MANIFEST).read_text(encoding="utf-8")
    old, new = (f"{name} {entry_of(each, media_type, CACHE_CONTROL)}" for each in ((site / name).read_bytes(), body))
    assert old in manifest
    (site / MANIFEST).write_text(manifest.replace(old, new), encoding="utf-8")
    (site / name).write_bytes(body)


SAID = {"ics": b"TRANSPARENT", "json": b"exact", "csv": b"exact"}
"""What documents in some formats say of many milestones, and no UID does."""


@pytest.mark.parametrize(("extension", "said"), SAID.items(), ids=SAID)
def test_a_document_of_all_plans_is_put_together_from_the_parts_of_those_that_did_not_change(
    tmp_path: Path, data: Path, site: Path, extension: str, said: bytes
) -> None:
    form, document, marked = FORMATS[extension], site / f"all.{extension}", said.swapcase()
    assert form.parts
    rewrite(site, document.name, document.read_bytes().replace(said, marked))
    EDITS["a note"](data)
    built(site, data)
    built(tmp_path / "afresh", data)
    after = document.read_bytes()
    assert after.replace(marked, said) == (tmp_path / "afresh" / document.name).read_bytes()
    edited, parts = Path(plan(3)(data)).stem, {uid: bytes(body) for uid, body in form.parts(after).items()}
    assert {True, False} == {marked in body for body in parts.values()}
    assert not any(marked in body for uid, body in parts.items() if uid.partition(".")[0] == edited)


def test_the_search_is_put_together_from_what_it_said_of_plans_that_did_not_change(
    tmp_path: Path, data: Path, site: Path
) -> None:
    document, said, marked = site / "search.json", '",[["', '!",[["'
    rewrite(site, document.name, document.read_bytes().replace(said.encode(), marked.encode()))
    EDITS["words that come first"](data)
    built(site, data)
    built(tmp_path / "afresh", data)
    after = document.read_text(encoding="utf-8")
    assert after.replace(marked, said) == (tmp_path / "afresh" / document.name).read_text(encoding="utf-8")
    calendars_names = {row[0]: row[2] for row in json.loads(after)["plans"]}
    assert [each for each, name in calendars_names.items() if not name.endswith("!")] == [Path(plan(0)(data)).stem]


@pytest.mark.parametrize(("extension", "said"), SAID.items(), ids=SAID)
def test_no_part_of_a_document_that_is_damaged_is_used(
    tmp_path: Path, data: Path, site: Path, extension: str, said: bytes
) -> None:
    document = site / f"all.{extension}"
    document.write_bytes(document.read_bytes().replace(said, said.swapcase()))
    EDITS["a note"](data)
    built(site, data)
    built(tmp_path / "afresh", data)
    assert content_of(site) == content_of(tmp_path / "afresh")


def test_an_edit_of_a_trust_and_one_of_the_site_lead_to_the_same_files_as_building_afresh(
    tmp_path: Path, data: Path, site: Path
) -> None:
    (trust, *_) = sorted(path.name for path in (data / "trusts").iterdir())
    for name, old, new in (
        (f"trusts/{trust}", "^portfolios:", "portfolios:\n  brand-new: Brand New Portfolio"),
        ("site.yaml", "^title: (.*)", r"title: Another title"),
        ("site.yaml", "^domain: (.*)", r"domain: \1\nurl: https://calendars.example.com"),
    ):
        replace(data, name, old, new)
        built(site, data)
        afresh = tmp_path / f"afresh-{new[-4:]}"
        built(afresh, data)
        assert content_of(site) == content_of(afresh)


def test_a_plan_with_the_title_of_another_gives_both_their_longer_names(tmp_path: Path, site: Path, data: Path) -> None:
    first = next((data / "plans").glob("*.yaml"))
    shutil.copy(first, first.with_name("another.yaml"))
    built(site, data)
    built(tmp_path / "afresh", data)
    assert content_of(site) == content_of(tmp_path / "afresh")


def test_a_build_that_was_broken_off_leaves_in_doubt_what_it_was_to_write_and_nothing_else(
    tmp_path: Path, data: Path, site: Path
) -> None:
    begun: set[str] = set()

    def stop(_label: str, names: Collection[str]) -> Iterable[str]:
        begun.update(names)
        raise KeyboardInterrupt

    EDITS["a note"](data)
    with pytest.raises(KeyboardInterrupt):
        build(str(site), data, load(data), stop)
    _, seen = built_here(site, data)
    assert seen == begun
    built(tmp_path / "afresh", data)
    assert content_of(site) == content_of(tmp_path / "afresh")


def test_the_list_of_a_build_that_was_broken_off_goes_even_where_nothing_is_left_to_do(site: Path, data: Path) -> None:
    (site / UNFINISHED).write_text('["plans/gone.ics"]', encoding="utf-8")
    done, seen = built_here(site, data)
    assert (done.written, done.deleted, seen) == (0, 0, set())
    assert not (site / UNFINISHED).exists()


@pytest.mark.parametrize("by_feed", [True, False])
def test_after_a_manifest_of_an_older_calfeed_everything_is_compared(site: Path, data: Path, by_feed: bool) -> None:
    manifest = (site / MANIFEST).read_text(encoding="utf-8")
    objects = {address: group.entries for address, group in manifest_in(manifest.encode()).objects.items()}
    flat = {name: entry for entries in objects.values() for name, entry in entries.items()}
    older = {"built from": "x", "made of": {"all": "x"}, "objects": objects if by_feed else flat}
    (site / MANIFEST).write_text(json.dumps(older), encoding="utf-8")
    done, seen = built_here(site, data)
    assert (done, seen) == (Built(unchanged=len(flat)), set(flat))
    assert (site / MANIFEST).read_text(encoding="utf-8") == manifest


# --- the page that is not there --------------------------------------------------------------------------------------


def test_the_page_for_what_is_not_there_has_links_that_work_from_everywhere(tmp_path: Path, data: Path) -> None:
    for url, root in (("", "/"), ("https://calendars.example.com/funds", "https://calendars.example.com/funds/")):
        replace(data, "site.yaml", r"^domain: (\S*)(\nurl: .*)?", rf"domain: \1{f'{chr(10)}url: {url}' if url else ''}")
        found = Resources(load(data)).find(NOT_FOUND, Choice())
        assert found is not None
        links = re.findall(r'(?:href|src)="([^"]*)"', found.body.decode())
        assert links
        assert [link for link in links if not link.startswith((root, "#"))] == []


# --- compiled templates ----------------------------------------------------------------------------------------------


def test_compiled_templates_are_kept_as_modules_are_and_what_is_not_whole_is_not_used(
    tmp_path: Path, data: Path, site: Path
) -> None:
    compiled = tmp_path / "compiled"
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)

    def built_by_a_new_process(out: str) -> dict[str, bytes]:
        command = [CALFEED, "build", str(tmp_path / out), "--data", str(data)]
        subprocess.run(command, check=True, stderr=subprocess.PIPE, env=environment)
        return content_of(tmp_path / out)

    assert built_by_a_new_process("first") == content_of(site)
    kept = {path: path.read_bytes() for path in compiled.rglob("*.jinja")}
    assert {path.name.partition(".")[0] for path in kept} >= {"base", "feed", "embed", "index", "parts"}
    for path, whole in kept.items():
        path.write_bytes(whole[: len(whole) // 2] if "parts" in path.name else whole + b"x")
    assert built_by_a_new_process("second") == content_of(site)
    assert {path: path.read_bytes() for path in compiled.rglob("*.jinja")} == kept


# --- one build at a time ---------------------------------------------------------------------------------------------


@contextmanager
def stopped_build(out: str | Path, data: Path, begun: Callable[[], bool]) -> Iterator[subprocess.Popen[bytes]]:
    """A build whose processes all stand still in the middle of their work."""
    command = [CALFEED, "build", str(out), "--data", str(data)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as process:
        try:
            wait_until(lambda: begun() or process.poll() is not None, "a build has begun")
            assert process.poll() is None
            os.killpg(process.pid, signal.SIGSTOP)
            yield process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)


@watches_processes
def test_two_builds_never_work_in_one_folder_and_a_killed_one_holds_nothing_up(tmp_path: Path, many: Path) -> None:
    out = tmp_path / "out"
    with stopped_build(out, many, lambda: (out / UNFINISHED).exists()) as first:
        before = content_of(out)
        said = refused(out, many)
        assert "another build is at work" in said
        assert content_of(out) == before
        first.kill()
        first.wait()
        with suppress(ProcessLookupError):
            os.killpg(first.pid, signal.SIGCONT)  # those that render are to see that it is gone
        wait_until(lambda: not living(first.pid), "all its processes end")
        built(out, many)
    afresh = tmp_path / "afresh"
    built(afresh, many)
    assert content_of(out) == content_of(afresh)


def test_a_lock_leaves_no_file_behind(site: Path, data: Path) -> None:
    assert LOCK not in content_of(site)
    assert refused(site / "all.ics", data).endswith("is a file: name a folder\n")


def test_a_build_in_a_store_that_shows_signs_of_life_is_not_disturbed(s3: str, tmp_path: Path) -> None:
    data = data_folder(tmp_path, {})
    store = s3_bucket(s3, "busy")
    environment = {**os.environ, **store.environment}
    obstore.put(store.open(), LOCK, b"elsewhere 1 1\n")
    command = [CALFEED, "build", store.url, "--data", str(data)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, env=environment, text=True) as process:
        for number in range(2, 10 * PATIENCE_SECONDS):
            time.sleep(0.1)
            if process.poll() is not None:
                break
            obstore.put(store.open(), LOCK, f"elsewhere 1 {number}\n".encode())
        assert process.stderr is not None
        assert "another build is at work" in process.stderr.read()
    assert process.returncode == 1
    assert store.bodies().keys() == {LOCK}


def test_the_lock_of_a_killed_build_in_a_store_is_taken_over(s3: str, tmp_path: Path) -> None:
    data = data_folder(tmp_path, {})
    store = s3_bucket(s3, "killed")
    ended = subprocess.Popen(["/bin/true"])
    ended.wait()
    obstore.put(store.open(), LOCK, f"{socket.gethostname()} {ended.pid} 1\n".encode())
    built(store.url, data, store.environment)
    assert LOCK not in store.bodies()
    assert "index.html" in store.bodies()


# --- processes -------------------------------------------------------------------------------------------------------

SLOWLY = ("env", "--default-signal=INT", "nice", "-n", "5")
"""So that a build is still at work when it is broken off, and heeds Ctrl+C where tests run in the background."""


@watches_processes
@pytest.mark.parametrize("ended_by", ["Ctrl+C", "a signal to one process", "SIGKILL"])
def test_a_build_that_is_broken_off_leaves_no_process(tmp_path: Path, many: Path, ended_by: str) -> None:
    out = tmp_path / "out"
    command = [*SLOWLY, CALFEED, "build", str(out), "--data", str(many)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, text=True) as process:
        try:
            wait_until(lambda: any(out.rglob("*.ics")) or process.poll() is not None, "it writes")
            assert len(living(process.pid)) > 1
            if ended_by == "Ctrl+C":
                os.killpg(process.pid, signal.SIGINT)
            else:
                process.send_signal(signal.SIGKILL if ended_by == "SIGKILL" else signal.SIGINT)
            process.wait(PATIENCE_SECONDS)
            wait_until(lambda: not living(process.pid), "all its processes end")
            assert process.stderr is not None
            assert process.stderr.read() == ("" if ended_by == "SIGKILL" else "\nAborted!\n")
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
    assert not (out / "index.html").exists()
    built(out, many)
    assert (out / "index.html").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="it finds a process in /proc")
def test_a_process_that_is_killed_while_it_renders_is_told(tmp_path: Path, many: Path) -> None:
    out = tmp_path / "out"
    command = [*SLOWLY, CALFEED, "build", str(out), "--data", str(many)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True, text=True) as process:
        wait_until(lambda: any(out.rglob("*.ics")) or process.poll() is not None, "it writes")
        process.send_signal(signal.SIGSTOP)  # so that it does not end before they are killed
        for child in living(process.pid) - {process.pid}:
            os.kill(child, signal.SIGKILL)
        process.send_signal(signal.SIGCONT)
        assert process.stderr is not None
        said = process.stderr.read()
        assert process.wait(PATIENCE_SECONDS) == 1
    assert said.startswith("Error: a process that rendered has been killed")
    assert said.count("\n") == 1


def test_a_manifest_that_lists_a_file_outside_the_folder_deletes_nothing_there(tmp_path: Path) -> None:
    data, site, beside = tmp_path / "data", tmp_path / "site", tmp_path / "beside.txt"
    shutil.copytree(FOUNDING, data)
    built(site, data)
    beside.write_text("abc")
    manifest = site / MANIFEST
    document = json.loads(manifest.read_text())
    document["objects"]["all"] += " ../beside.txt digest 3"
    manifest.write_text(json.dumps(document))
    plan = next((data / "plans").iterdir())
    plan.write_text(plan.read_text(encoding="utf-8").replace("February 28, 2008", "February 29, 2008"))
    assert "outside it: name an empty place" in refused(site, data)
    assert beside.read_text() == "abc"


def test_what_is_rendered_leaves_nothing_for_pythons_collector(generated: Path) -> None:
    catalog = load(generated)

    def render_everything() -> Resources:
        resources = Resources(catalog)
        for path in each_of(resources.paths()):
            assert resources.find(path, Choice()), path
        return resources

    render_everything()  # what is imported or compiled late
    gc.collect()
    gc.disable()  # as the processes of a build do, whose memory then is only bounded if objects free each other
    try:
        kept = render_everything()
        assert gc.collect() == 0
        del kept
    finally:
        gc.enable()
