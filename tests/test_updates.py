"""An edit costs what it touches, and leads to the very bytes that reading everything anew leads to."""

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from calfeed.addresses.choices import Choice
from calfeed.addresses.representations import Representation
from calfeed.addresses.resources import Resources
from calfeed.model.catalog import Catalog
from calfeed.reading.files import look_at_public
from calfeed.reading.folder import Reading, load, read
from tests.support import SITE, each_of, examples, if_any, make_folder

TRUSTS = {
    f"trusts/{trust}.yaml": f"""\
        name: {trust.title()} Trust
        short name: {trust[:3].upper()}
        portfolios:
          growth: Growth Portfolio
          value:
            name: Value Portfolio
            other names: [Income Portfolio]
          bond: Bond Portfolio
        """
    for trust in ("ash", "birch", "cedar")
}
WITH_URL = {"site.yaml": f"{SITE}url: https://calendars.example.com\n"}


def plan(trust: str, target: str, other: str, acquiring: str, day: int, title: str = "") -> str:
    """A plan with two milestones, by names that every trust has."""
    return f"""\
        {f"title: {title}" if title else "# no title"}
        sources:
          memo: {{title: Memo, dated: "January 6, 2031"}}
        reorganizations:
          - target: {{portfolio: {target}, trust: {trust}}}
            acquiring: {{portfolio: {acquiring}, trust: {other}}}
        milestones:
          special meeting: March {day}, 2031
          closing: on or about April {day}, 2031
        """


DATA = {
    **WITH_URL,
    **TRUSTS,
    "plans/one.yaml": plan("ash", "growth", "birch", "value", 3),
    "plans/two.yaml": plan("birch", "bond", "birch", "growth", 4),
}


def reading_of(folder: Path, before: Reading | None = None) -> Reading:
    """What the files of a folder say."""
    return read(look_at_public(folder).files, before)


def catalog_of(reading: Reading) -> Catalog:
    """The catalog of a folder without problems."""
    assert reading.catalog is not None, reading.problems
    return reading.catalog


def everything(resources: Resources) -> dict[str, Representation | None]:
    return {path: resources.find(path, Choice()) for path in resources.paths()}


def test_a_server_that_keeps_few_events_answers_with_the_same_bytes(tmp_path: Path) -> None:
    catalog = catalog_of(reading_of(make_folder(tmp_path, DATA)))
    assert everything(Resources(catalog, most_reorganizations=1)) == everything(Resources(catalog))


def test_only_the_feeds_that_an_edit_touches_are_made_again(tmp_path: Path) -> None:
    reading = reading_of(make_folder(tmp_path, DATA))
    before = Resources(catalog_of(reading))
    old = everything(before)
    make_folder(tmp_path, {"plans/one.yaml": plan("ash", "growth", "birch", "value", 5)})
    after = before.updated(catalog_of(reading_of(tmp_path, reading)))
    new = everything(after)
    touched = {"all", "plans/one", "trusts/ash", "trusts/birch", "trusts/ash/growth", "trusts/birch/value"}
    feeds = {path: path.removesuffix(".ics")[1:] for path in old if path.endswith(".ics")}
    same = {after.feeds.canonical(at) for path, at in feeds.items() if old[path] is new[path]}
    assert same == set(after.feeds.addresses) - touched
    # The one before goes on as it was, for requests that have begun.
    assert everything(before) == old


@pytest.mark.parametrize("edited", ["one", "two"])
def test_of_plans_that_close_on_one_day_the_same_one_is_told_after_an_edit(tmp_path: Path, edited: str) -> None:
    plans = {name: plan("ash", target, "birch", "value", 3) for name, target in (("one", "growth"), ("two", "bond"))}
    folder = make_folder(tmp_path, DATA | {f"plans/{name}.yaml": text for name, text in plans.items()})
    reading = reading_of(folder)
    before = Resources(catalog_of(reading))
    everything(before)
    make_folder(folder, {f"plans/{edited}.yaml": plans[edited].replace("March 3", "March 4")})
    after = before.updated(catalog_of(reading_of(folder, reading)))
    assert everything(after) == everything(Resources(load(folder)))


def test_nothing_is_left_of_a_plan_that_is_gone(tmp_path: Path) -> None:
    reading = reading_of(make_folder(tmp_path, DATA))
    before = Resources(catalog_of(reading))
    (tmp_path / "plans/two.yaml").unlink()
    after = before.updated(catalog_of(reading_of(tmp_path, reading)))
    assert (
        vars(after.feeds)["_holdings"].by_feed.keys()
        == vars(Resources(load(tmp_path)).feeds)["_holdings"].by_feed.keys()
    )


def test_files_whose_content_is_the_same_change_nothing(tmp_path: Path) -> None:
    reading = reading_of(make_folder(tmp_path, DATA))
    make_folder(tmp_path, DATA)
    assert reading_of(tmp_path, reading) is reading


def test_a_file_that_says_the_same_in_other_octets_changes_no_plan(tmp_path: Path) -> None:
    reading = reading_of(make_folder(tmp_path, DATA))
    make_folder(tmp_path, {"plans/one.yaml": DATA["plans/one.yaml"] + "# a comment\n"})
    after = reading_of(tmp_path, reading)
    assert after is not reading
    assert after.catalog is reading.catalog


def test_a_problem_stays_until_its_file_is_mended(tmp_path: Path) -> None:
    reading = reading_of(make_folder(tmp_path, DATA))
    one, two = tmp_path / "plans/one.yaml", tmp_path / "plans/two.yaml"
    good = two.read_text()
    one.write_text("title: [\n")
    bad = reading_of(tmp_path, reading)
    two.write_text(good.replace("March 4", "March 6"))
    still = reading_of(tmp_path, bad)
    assert bad.catalog is still.catalog is None
    assert {problem.location.file for problem in still.problems} == {"data/plans/one.yaml"}
    make_folder(tmp_path, {"plans/one.yaml": DATA["plans/one.yaml"]})
    mended = reading_of(tmp_path, still)
    assert everything(Resources(catalog_of(mended))) == everything(Resources(load(tmp_path)))


WITHOUT_TRUST = {
    "plans/three.yaml": """\
        sources:
          memo: {title: Memo, dated: "January 6, 2031"}
        reorganizations:
          - target: Oak Portfolio
        milestones:
          liquidation: April 13, 2031
        """,
}
"""A plan that names a portfolio which one trust alone has; its day is a Sunday."""
CEDAR = TRUSTS["trusts/cedar.yaml"]
CEDARS = {
    "another short name": CEDAR.replace("CED", "CDR"),
    "another name of a portfolio": CEDAR.replace("bond: Bond Portfolio", "bond: Oak Fund"),
    "a portfolio whose name another trust has": CEDAR.replace("bond: Bond Portfolio", "oak: Oak Portfolio"),
    "a CIK": CEDAR.replace("short name", "cik: 710826\n        short name"),
    "a portfolio less": CEDAR.replace("bond: Bond Portfolio", "birch: Birch Portfolio"),
    "a problem": CEDAR.replace("short name", "shortname"),
    "what cannot be read": "name: [",
}


@pytest.mark.parametrize("cedar", CEDARS.values(), ids=CEDARS)
def test_an_edit_of_a_trust_leads_to_what_reading_everything_anew_does(tmp_path: Path, cedar: str) -> None:
    data = {**DATA, **WITHOUT_TRUST, "trusts/ash.yaml": f"{TRUSTS['trusts/ash.yaml']}  oak: Oak Portfolio\n"}
    data["plans/four.yaml"] = plan("cedar", "bond", "cedar", "growth", 5)
    reading = reading_of(make_folder(tmp_path, data))
    catalog_of(reading)
    for text in each_of((cedar, data["trusts/cedar.yaml"], cedar)):
        make_folder(tmp_path, {"trusts/cedar.yaml": text})
        reading, anew = reading_of(tmp_path, reading), reading_of(tmp_path)
        assert reading.found == anew.found
        assert reading.catalog == anew.catalog


def test_an_edit_of_a_trust_or_of_the_site_reads_no_plan_to_which_it_makes_no_difference(tmp_path: Path) -> None:
    reading = reading_of(make_folder(tmp_path, DATA))
    make_folder(tmp_path, {"trusts/ash.yaml": TRUSTS["trusts/ash.yaml"].replace("ASH", "AT")})
    of_trust = reading_of(tmp_path, reading)
    assert of_trust.plans["plans/one.yaml"] is not reading.plans["plans/one.yaml"]
    assert of_trust.plans["plans/two.yaml"] is reading.plans["plans/two.yaml"]
    make_folder(tmp_path, {"trusts/birch.yaml": TRUSTS["trusts/birch.yaml"] + "  oak: Oak Portfolio\n"})
    with_oak = reading_of(tmp_path, of_trust)
    assert len(catalog_of(with_oak).portfolios) == len(catalog_of(of_trust).portfolios) + 1
    assert all(with_oak.plans[name] is of_trust.plans[name] for name in each_of(of_trust.plans))
    make_folder(tmp_path, {"site.yaml": WITH_URL["site.yaml"].replace("Example", "Other")})
    of_site = reading_of(tmp_path, with_oak)
    assert catalog_of(of_site).site.title == "Other"
    assert of_site.plans == of_trust.plans
    assert all(of_site.plans[name] is of_trust.plans[name] for name in each_of(of_site.plans))


TRUST_NAMES, PORTFOLIOS = st.sampled_from(["ash", "birch", "cedar"]), ["growth", "value", "bond"]
PLANS = st.builds(
    lambda trust, pair, other, day, title: plan(trust, pair[0], other, pair[1], day, title),
    TRUST_NAMES,
    st.permutations(PORTFOLIOS),
    TRUST_NAMES,
    st.integers(1, 28),
    st.sampled_from(["", "A title", "Another"]),
)
PLAN_FILES = st.sampled_from([f"plans/{name}.yaml" for name in ("one", "two", "three", "four")])
EDITS = st.one_of(
    st.tuples(PLAN_FILES, PLANS),
    st.tuples(PLAN_FILES, st.none()),
    st.tuples(st.just("trusts/ash.yaml"), st.sampled_from(["name: Ash Trust", "name: Ash Funds"])),
    st.tuples(st.just("site.yaml"), st.sampled_from(["title: Example", "title: Another site"])),
)


@given(st.lists(st.lists(EDITS, min_size=1, max_size=3), max_size=6))
@settings(deadline=None, derandomize=True, max_examples=examples(20))
def test_after_any_edits_it_is_as_if_all_had_been_read_anew(steps: list[list[tuple[str, str | None]]]) -> None:
    with TemporaryDirectory() as name:
        folder = make_folder(Path(name), DATA)
        reading = reading_of(folder)
        resources = Resources(catalog_of(reading))
        for step in if_any(steps):
            everything(resources)  # so that there is something that could be left over
            for file, content in step:
                if content is None:
                    (folder / file).unlink(missing_ok=True)
                elif file.startswith("plans/"):
                    make_folder(folder, {file: content})
                else:
                    first, _, rest = DATA[file].partition("\n")
                    make_folder(folder, {file: first.replace(first.strip(), content) + "\n" + rest})
            if not list((folder / "plans").iterdir()):
                make_folder(folder, {"plans/one.yaml": DATA["plans/one.yaml"]})
            reading = reading_of(folder, reading)
            assert catalog_of(reading) == load(folder)
            resources = resources.updated(catalog_of(reading))
        assert everything(resources) == everything(Resources(load(folder)))
