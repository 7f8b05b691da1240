"""A server follows its data folder: every edit is served, whole and everywhere, and nothing that is wrong ever is."""

import json
import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from calfeed.serving.snapshot import LastGood, restore, save
from tests.load import (
    BAD,
    DOCUMENTS,
    ONE,
    TWO,
    Edit,
    answers_of,
    closing,
    everything,
    get,
    health,
    in_all_workers,
    plan,
    started,
    under_load,
    write,
)
from tests.support import CALFEED, PATIENCE_SECONDS, SITE, TRUST, lacking, make_folder, need, run

# --- edits -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("workers", [1, 3])
def test_an_edit_is_served_by_all_workers_and_then_nothing_older(data: Path, workers: int) -> None:
    heard = []
    with started(data, "--workers", str(workers)) as server:
        with under_load(server.port, data) as load:
            for edit in (
                closing("May 6, 2031"),
                Edit("site.yaml", SITE.replace("Example", "Another")),
                Edit("trusts/example-trust.yaml", TRUST.replace("Example A", "Example Alpha")),
                Edit("plans/three.yaml", plan("a", "July 7, 2031").replace("closing", "liquidation")),
                lambda folder: (folder / "plans/three.yaml").rename(folder / "plans/four.yaml"),
            ):
                load.edit(edit)
                # The process that tells may be behind those that answer, and would pass over a file that is gone again.
                heard += server.hear("as it is now.")
            load.edit(lambda folder: (folder / "plans/four.yaml").unlink())
        assert get(server.port, "/plans/four.ics")[0] == 404
        withdrawn = {f"Withdrawn from the public: plans/{name}." for name in ("three", "four")}
        # Beside what subscribers see change, and the plans of one target, which a warning tells of.
        others = re.compile(r"Subscribers see |(?:one|three|four): |  |.*/plans/.*: warning: |1 warning in ")
        heard += [*server.hear("Withdrawn from the public: plans/four."), *server.end().splitlines()]
        told = {line.rstrip("\n") for line in heard if not others.match(line)}
        assert told == {f"Serving {data} as it is now.", "Stopped."} | withdrawn


def test_an_editor_that_writes_another_file_and_renames_it_is_followed(data: Path) -> None:
    def save(folder: Path, day: str) -> None:
        backup, other = folder / "plans/one.yaml~", folder / "plans/.one.yaml.swp"
        other.write_text(closing(day).text, encoding="utf-8")
        (folder / "plans/one.yaml").rename(backup)
        other.rename(folder / "plans/one.yaml")

    with started(data) as server, under_load(server.port, data) as load:
        load.edit(lambda folder: save(folder, "May 6, 2031"))
        load.edit(lambda folder: save(folder, "May 7, 2031"))


def test_a_folder_is_followed_by_its_files_where_there_are_no_events(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("WATCHFILES_FORCE_POLLING", "true")
    with started(data) as server, under_load(server.port, data) as load:
        load.edit(closing("May 6, 2031"))
        load.edit(closing("May 7, 2031"))


def test_a_folder_is_followed_where_the_system_can_watch_no_more_files(data: Path, tmp_path: Path) -> None:
    unshare = need("unshare", "gives a process limits of its own")
    limit = f"{unshare} --user --map-root-user sh -c 'echo 0 > /proc/sys/user/max_inotify_instances"
    if subprocess.run(f"{limit}'", shell=True, check=False).returncode:  # noqa: S602 -- our own words
        lacking("this system lets nobody give a process limits of its own")
    starter = tmp_path / "starter"
    starter.write_text(f"""#!/bin/sh\nexec {limit}; exec {CALFEED} "$@"' - "$@"\n""", encoding="utf-8")
    starter.chmod(0o755)
    with started(data, program=starter) as server, under_load(server.port, data) as load:
        load.edit(closing("May 6, 2031"))


def test_a_server_told_not_to_watch_serves_what_it_began_with(data: Path) -> None:
    with started(data, "--no-watch", "--workers", "1") as server, started(data, "--workers", "1") as other:
        with under_load(server.port, data), under_load(other.port, data) as load:
            load.edit(closing("May 6, 2031"))
            load.spoil(BAD)
        assert health(server.port) == "ok"


# --- bad edits -------------------------------------------------------------------------------------------------------


def test_a_bad_edit_changes_nothing_but_the_state_and_is_told_once(data: Path) -> None:
    with started(data, "--workers", "3") as server:
        with under_load(server.port, data) as load:
            load.spoil(BAD)
            assert b"May 55" not in get(server.port, "/health")[1]
            problem, told = server.hear("1 problem in")
            assert problem.startswith(f"{data}/plans/one.yaml:8:12: ")
            assert told == f"1 problem in {data}: what was served before stays served.\n"
            write(data, "plans/two.yaml", TWO)  # all is looked at again, and the same problem is found
            load.mend(closing("May 6, 2031"))
            (served,) = server.hear("Serving")
            changes, *_ = server.hear("warning: the day differs")
        assert (served, changes) == (f"Serving {data} as it is now.\n", "Subscribers see 1 change, 1 warning:\n")
        assert server.end() == "Stopped.\n"


@pytest.mark.parametrize("name", ["site.yaml", "trusts/example-trust.yaml", "plans/new.yml"])
def test_a_problem_in_any_file_is_found_and_its_end_too(data: Path, name: str) -> None:
    with started(data) as server, under_load(server.port, data) as load:
        load.spoil(Edit(name, "- x\n"))
        write(data, "plans/two.yaml", closing("June 3, 2031", "plans/two.yaml").text)
        assert in_all_workers(lambda: health(server.port) == "degraded")

        def mend(folder: Path) -> None:
            if name in DOCUMENTS:
                write(folder, name, DOCUMENTS[name])
            else:
                (folder / name).unlink()

        load.mend(mend)


@pytest.mark.parametrize(
    "make",
    [
        lambda path: os.mkfifo(path),
        lambda path: path.symlink_to("nowhere.yaml"),
        lambda path: path.write_bytes(b"#" * 1_000_001),
    ],
    ids=["pipe", "broken link", "large file"],
)
def test_what_is_no_plan_in_the_place_of_one_is_a_problem(data: Path, make: Callable[[Path], object]) -> None:
    new = data / "plans/new.yaml"
    with started(data) as server, under_load(server.port, data) as load:
        load.spoil(lambda _: make(new))
        if new.is_dir():
            new.rmdir()
        else:
            new.unlink()
        load.recover()


# --- folders that come and go ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["", "plans"], ids=["all of it", "plans"])
def test_a_folder_that_vanishes_is_a_problem_and_is_followed_again_when_it_is_back(data: Path, name: str) -> None:
    aside = data.with_name("aside")
    with started(data) as server, under_load(server.port, data) as load:
        for day in ("May 6, 2031", "May 7, 2031"):
            load.spoil(lambda folder: (folder / name).rename(aside))
            aside.rename(data / name)
            load.mend(closing(day))
        load.edit(closing("May 8, 2031"))


def test_a_link_to_itself_in_the_place_of_a_folder_is_a_problem(data: Path) -> None:
    plans, aside = data / "plans", data.with_name("aside")
    with started(data) as server, under_load(server.port, data) as load:

        def spoil(_: Path) -> None:
            plans.rename(aside)
            plans.symlink_to("plans")

        load.spoil(spoil)
        assert f"{plans}:1:1: must be a folder or a link to one\n" in server.hear("1 problem in")
        plans.unlink()
        aside.rename(plans)
        load.recover()


def test_a_folder_without_plans_is_a_problem_and_not_at_once_an_empty_site(data: Path) -> None:
    with started(data) as server, under_load(server.port, data) as load:
        load.edit(lambda folder: (folder / "plans/two.yaml").unlink())
        load.spoil(lambda folder: (folder / "plans/one.yaml").unlink())
        load.mend(closing("May 6, 2031"))


def test_another_folder_in_its_place_is_followed(data: Path) -> None:
    def replace(folder: Path) -> None:
        other = Path(shutil.copytree(folder, folder.with_name("other")))
        write(other, "plans/two.yaml", closing("June 3, 2031", "plans/two.yaml").text)
        folder.rename(folder.with_name("before"))
        other.rename(folder)

    with started(data) as server, under_load(server.port, data) as load:
        load.edit(replace)
        load.edit(closing("May 6, 2031"))


def test_a_folder_that_is_a_link_is_followed_to_where_it_leads(data: Path) -> None:
    link = data.with_name("current")
    link.symlink_to(data)
    later = Path(shutil.copytree(data, data.with_name("later")))
    write(later, "plans/one.yaml", closing("May 6, 2031").text)

    def lead_to(target: Path, folder: Path) -> None:
        if folder == link:
            new = folder.with_name("new")
            new.symlink_to(target)
            new.rename(folder)
        else:
            shutil.copytree(target, folder, dirs_exist_ok=True)

    with started(link) as server, under_load(server.port, link) as load:
        load.edit(lambda folder: lead_to(later, folder))
        load.edit(closing("May 7, 2031"))
        load.edit(lambda folder: lead_to(data, folder))
        load.edit(closing("May 8, 2031"))


@pytest.mark.parametrize("linked", ["folders", "files"])
def test_a_version_that_is_put_in_place_by_one_link_is_followed(tmp_path: Path, linked: str) -> None:
    # As Kubernetes does with what it mounts from a configuration.
    data = tmp_path / "data"
    make_folder(data / "..1", DOCUMENTS)
    (data / "..data").symlink_to("..1")
    (data / "site.yaml").symlink_to("..data/site.yaml")
    if linked == "folders":
        for name in ("trusts", "plans"):
            (data / name).symlink_to(f"..data/{name}")
    else:
        for name in sorted(DOCUMENTS.keys() - {"site.yaml"}):
            (data / name).parent.mkdir(exist_ok=True)
            (data / name).symlink_to(f"../..data/{name}")

    def put(folder: Path, version: int, day: str) -> None:
        make_folder(folder / f"..{version}", DOCUMENTS | {"plans/one.yaml": closing(day).text})
        (folder / "..new").symlink_to(f"..{version}")
        (folder / "..new").rename(folder / "..data")
        shutil.rmtree(folder / f"..{version - 1}")

    with started(data) as server, under_load(server.port, data) as load:
        load.edit(lambda folder: put(folder, 2, "May 6, 2031"))
        load.edit(lambda folder: put(folder, 3, "May 7, 2031"))


def test_versions_that_are_put_in_place_without_rest_never_mix(tmp_path: Path) -> None:
    # The link changes every 0.12 seconds and back, so that the traits of each file are as they were, time and again.
    data = tmp_path / "data"
    for version, day in ((1, "May 5, 2031"), (2, "May 6, 2031")):
        documents = {name: text.replace("June 2, 2031", day) for name, text in DOCUMENTS.items()}
        make_folder(data / f"..{version}", documents | {"plans/one.yaml": closing(day).text})
    (data / "..data").symlink_to("..1")
    for name in sorted(DOCUMENTS):
        (data / name).parent.mkdir(exist_ok=True)
        (data / name).symlink_to(f"{'../' * name.count('/')}..data/{name}")

    def flip(version: int) -> None:
        (data / "..new").symlink_to(f"..{version}")
        (data / "..new").rename(data / "..data")

    with started(data, "--workers", "2") as server:
        with under_load(server.port, data) as load:
            load.versions.append(answers_of(data / "..2", load.targets))
            for number in range(60):
                flip(2 - number % 2)
                time.sleep(0.12)  # what is tried here is a folder that never rests
            flip(2)
            load.arrive()
        assert_whole(server.port, data)


def assert_whole(port: int, data: Path) -> None:
    """That a server answers as one that only ever knew the folder as it is."""
    expected = answers_of(data)
    assert {target: get(port, target)[1] for target in expected} == expected


# --- what is half done -----------------------------------------------------------------------------------------------

HALF = 0.8  # seconds for which a program stops in the middle of a file: longer than the usual quiet


@pytest.mark.parametrize(
    "cut",
    [0, ONE.index("closing"), ONE.index("5, 2031"), ONE.index("  record date")],
    ids=["emptied", "between words", "inside a date", "between milestones"],
)
def test_a_file_that_is_half_written_is_not_served(data: Path, cut: int) -> None:
    text = closing("May 15, 2031").text
    name = "plans/one.yaml"

    def save_slowly(folder: Path) -> None:
        with (folder / name).open("w", encoding="utf-8") as stream:
            stream.write(text[:cut])
            stream.flush()
            time.sleep(HALF)  # what is tried here is a writer that takes its time
            stream.write(text[cut:])

    with started(data) as server:
        with under_load(server.port, data) as load:
            load.expect(Edit(name, text))
            save_slowly(data)
            load.arrive()
            (served,) = server.hear("Serving")
            changes, *_ = server.hear("warning: the day differs")
        assert (served, changes) == (f"Serving {data} as it is now.\n", "Subscribers see 1 change, 1 warning:\n")
        assert server.end() == "Stopped.\n"


def git(folder: Path, *arguments: str) -> None:
    """Run git with no settings but its own."""
    subprocess.run(
        [need("git", "keeps data folders"), "-c", "user.name=x", "-c", "user.email=x@example.com", *arguments],
        cwd=folder,
        check=True,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
    )


MANY = 200


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository whose branches "earlier" and "later" differ in all of many plans; the first is checked out."""
    portfolios = "".join(f"  p-{number}: Example {number} Portfolio\n" for number in range(MANY))
    trust = f"name: Example Trust\nportfolios:\n{portfolios}"
    folder = make_folder(tmp_path, {".gitignore": "", "data/site.yaml": SITE, "data/trusts/example-trust.yaml": trust})
    git(folder, "init", "--quiet", "--initial-branch", "earlier")
    for branch, day in (("later", "June 3, 2031"), ("earlier", "May 5, 2031")):
        for number in range(MANY):
            name = ("one", "two")[number] if number < 2 else f"plan-{number}"
            make_folder(folder / "data", {f"plans/{name}.yaml": plan(f"p-{number}", day)})
        git(folder, "add", ".")
        git(folder, "commit", "--quiet", "--message", branch)
        git(folder, "branch", "--force" if branch == "later" else "--list", branch)
    return folder


def test_a_checkout_of_many_files_is_served_as_one(repository: Path) -> None:
    data = repository / "data"
    targets = ("/all.ics", "/plans/one.ics", "/all.json", "/trusts/example-trust.csv")
    git(repository, "checkout", "--quiet", "later")
    later = answers_of(data, targets)
    git(repository, "checkout", "--quiet", "earlier")
    with started(data) as server, under_load(server.port, data, targets) as load:
        earlier = load.versions[0]
        for branch, answers in (("later", later), ("earlier", earlier), ("later", later)):
            load.versions.append(answers)
            git(repository, "checkout", "--quiet", branch)
            load.arrive()


def test_while_git_is_at_work_nothing_new_is_served(repository: Path) -> None:
    worktree = repository / "beside"
    git(repository, "worktree", "add", "--quiet", str(worktree), "later")
    lock = repository / ".git/worktrees/beside/index.lock"
    data, targets = worktree / "data", ("/all.ics", "/plans/one.ics")
    name = "plans/one.yaml"
    with started(data) as server, under_load(server.port, data, targets) as load:
        half, whole = plan("p-0", "July 7, 2031"), plan("p-0", "July 8, 2031")
        load.expect(Edit(name, whole))
        lock.touch()
        write(data, name, half)  # makes sense as it is, and stays for longer than any file may be silent
        time.sleep(3 * HALF)  # what is tried here is a git command that takes its time
        write(data, name, whole)
        lock.unlink()
        load.arrive()


def test_a_lock_that_git_has_left_behind_does_not_stop_the_server(repository: Path) -> None:
    (repository / ".git/index.lock").touch()
    data = repository / "data"
    with started(data) as server, under_load(server.port, data, ("/all.ics", "/plans/one.ics")) as load:
        load.edit(Edit("plans/one.yaml", plan("p-0", "July 7, 2031")))


# --- the last good data ----------------------------------------------------------------------------------------------


@pytest.fixture
def last_good(tmp_path: Path) -> Path:
    """Where a server keeps the last good data."""
    return tmp_path / "last-good"


def without_plans(folder: Path) -> None:
    """Delete every plan."""
    for path in (folder / "plans").iterdir():
        path.unlink()


@pytest.mark.parametrize(
    "spoil",
    [BAD, without_plans, shutil.rmtree],
    ids=["a plan", "no plans", "no folder"],
)
def test_a_start_on_bad_data_serves_the_last_good_data_until_it_is_mended(
    data: Path, last_good: Path, spoil: Callable[[Path], object]
) -> None:
    with started(data, "--last-good", last_good) as server:
        with under_load(server.port, data) as load:
            load.edit(closing("May 6, 2031"))
        before = everything(server.port)
    aside = Path(shutil.copytree(data, data.with_name("aside")))
    spoil(data)
    with started(data, "--last-good", last_good) as server:
        assert server.said.startswith(f"{data}/" if data.exists() else f"{data}:")
        assert server.said.endswith(f" in {data}: serving the last good data, from {last_good}.\n")
        assert everything(server.port) == before
        assert in_all_workers(lambda: health(server.port) == "degraded")
        with under_load(server.port, aside) as load:
            shutil.rmtree(data, ignore_errors=True)
            aside.rename(data)
            load.folder = data
            load.mend(closing("May 7, 2031"))
            load.edit(closing("May 8, 2031"))


def test_data_that_is_good_again_is_served_rather_than_the_last_good_data(data: Path, last_good: Path) -> None:
    for day in ("May 6, 2031", "May 7, 2031"):
        closing(day)(data)
        with started(data, "--last-good", last_good) as server, under_load(server.port, data):
            assert (server.said, health(server.port)) == ("", "ok")
    BAD(data)
    with started(data, "--last-good", last_good) as server:
        assert b"DTSTART;VALUE=DATE:20310507" in get(server.port, "/plans/one.ics")[1]


def test_only_the_owner_can_read_the_last_good_data(data: Path, last_good: Path) -> None:
    last_good.touch(mode=0o666)
    with started(data, "--last-good", last_good):
        assert last_good.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in last_good.parent.iterdir() if path != data] == ["last-good"]


def test_two_servers_may_keep_their_last_good_data_in_one_file(last_good: Path) -> None:
    kept = LastGood(public={"site.yaml": SITE.encode() * 1000}, confidential={}, withheld=frozenset())
    with ThreadPoolExecutor(2) as servers:
        for saved in [servers.submit(save, kept, last_good) for _ in range(200)]:
            saved.result()
    assert restore(last_good) == kept
    assert [path for path in last_good.parent.iterdir() if path.is_file()] == [last_good]


def changed(file: Path) -> None:
    """Change the last octet of a file."""
    content = file.read_bytes()
    file.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))


DAMAGE: dict[str, tuple[Callable[[Path], object], str]] = {
    "changed": (changed, "was not written by calfeed, or is damaged"),
    "written by others": (lambda file: file.chmod(0o666), "can be written by other users: delete it"),
    "of a group": (lambda file: file.chmod(0o620), "can be written by other users: delete it"),
}
if os.geteuid() == 0:
    DAMAGE["of another user"] = (lambda file: os.chown(file, 65534, -1), "belongs to another user: delete it")


@pytest.mark.parametrize("damage", DAMAGE)
def test_last_good_data_that_may_be_another_s_or_is_damaged_is_not_served(
    data: Path, last_good: Path, damage: str
) -> None:
    with started(data, "--last-good", last_good):
        pass
    spoil, told = DAMAGE[damage]
    spoil(last_good)
    BAD(data)
    result = run("serve", data, "--port", "0", "--last-good", last_good)
    assert result.returncode == 1
    assert result.stderr.endswith(f"1 problem in {data}: mend it first, since {last_good} {told}\n")
    closing("May 6, 2031")(data)
    with started(data, "--last-good", last_good) as server, under_load(server.port, data):
        assert server.said == f"{last_good} {told}. The data as it is now replaces it.\n"
    BAD(data)
    with started(data, "--last-good", last_good) as server:
        assert get(server.port, "/plans/one.ics")[0] == 200


def test_the_last_good_data_is_the_yaml_that_was_good_and_no_program(data: Path, last_good: Path) -> None:
    with started(data, "--last-good", last_good):
        pass
    kept = json.loads(last_good.read_bytes().partition(b"\n")[2])
    assert kept["public"] == DOCUMENTS


def test_a_start_on_bad_data_without_last_good_data_is_refused(data: Path, last_good: Path) -> None:
    BAD(data)
    result = run("serve", data, "--port", "0", "--last-good", last_good)
    assert result.returncode == 1
    assert f"{data}/plans/one.yaml:8:12: " in result.stderr
    assert f"{last_good} cannot be read: No such file or directory" in result.stderr
    assert not last_good.exists()


def test_a_disk_that_is_full_costs_no_answer_and_not_the_last_good_data(
    data: Path, last_good: Path, tmp_path: Path
) -> None:
    starter = tmp_path / "starter"
    with started(data, "--last-good", last_good):
        kept = last_good.read_bytes()
    blocks = len(kept) // 512 + 1
    starter.write_text(f"""#!/bin/sh\nulimit -f {blocks}\nexec {CALFEED} "$@"\n""", encoding="utf-8")
    starter.chmod(0o755)
    with started(data, "--last-good", last_good, program=starter) as server:
        with under_load(server.port, data) as load:
            load.edit(
                Edit("plans/one.yaml", ONE + "  other: {kind: other, date: 2031-04-04, note: " + 4096 * "x" + "}\n")
            )
        assert server.hear(f"{last_good} cannot be written: File too large; it keeps what it had.\n")
    assert list(last_good.parent.glob("last-good*")) == [last_good]
    BAD(data)
    with started(data, "--last-good", last_good) as server:
        assert get(server.port, "/plans/one.ics")[0] == 200
