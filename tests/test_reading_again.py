"""After any edits of any files, everything is as if it had been read anew: catalog, problems, warnings and answers."""

from collections.abc import Mapping
from textwrap import dedent
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from calfeed.addresses.choices import Choice
from calfeed.addresses.representations import Representation
from calfeed.addresses.resources import Resources
from calfeed.model.catalog import Catalog
from calfeed.reading.files import Files, Unreadable, parts_of
from calfeed.reading.folder import Reading, read
from calfeed.reading.overlay import Overlay, lay_over
from calfeed.reading.presence import addresses_in
from tests.support import SITE, each_of, examples

T = TypeVar("T")

Edit = tuple[str, str | None]
"""A file, and what it says then; None where it is deleted."""
TRUSTS, PLANS = ("ash", "birch", "cedar"), ("one", "two", "three")
PORTFOLIOS = ("growth", "value", "bond")
USUAL = {"growth": "Growth Portfolio", "value": "Value Portfolio", "bond": "Bond Fund"}


def trust(trust_id: str, others: str = "", more: Mapping[str, str] | None = None) -> str:
    """A trust's file, with the usual portfolios and `more`; a portfolio's text is what stands behind its id."""
    lines = "".join(f"  {portfolio_id}: {text}\n" for portfolio_id, text in (USUAL | dict(more or {})).items())
    return f"name: {trust_id.title()} Trust\n{others}portfolios:\n{lines}"


def plan(target: str, acquiring: str, milestone: str, title: str = "") -> str:
    """A plan with one reorganization of two portfolios, each said as in `growth, trust: ash`."""
    return dedent(f"""\
        {f"title: {title}" if title else "# no title"}
        sources:
          memo: {{title: Memo, dated: "January 6, 2031"}}
        reorganizations:
          - target: {{portfolio: {target}}}
            acquiring: {{portfolio: {acquiring}}}
        milestones:
          {milestone}
        """)


BEFORE = {
    "site.yaml": f"{SITE}url: https://calendars.example.com\n",
    **{f"trusts/{trust_id}.yaml": trust(trust_id) for trust_id in TRUSTS},
    "plans/one.yaml": plan("growth, trust: ash", "value, trust: birch", "closing: April 3, 2031"),
    "plans/two.yaml": plan("bond, trust: birch", "bond, trust: cedar", "closing: April 4, 2031", "A title"),
}


def mostly(usual: SearchStrategy[T], rare: SearchStrategy[T]) -> SearchStrategy[T]:
    """What is usual, and one time in six what is rare."""
    return st.integers(0, 5).flatmap(lambda number: rare if number == 0 else usual)


OWN_NAMES = st.sampled_from(
    [
        "Growth and Income Portfolio",
        "{name: Oak Portfolio, other names: [Elm Portfolio]}",
        "{name: Elm Fund, short name: EL}",
        "{name: Oak Portfolio, earlier names: [Bond Fund]}",
    ]
)
TAKEN_NAMES = st.sampled_from(["Value Portfolio", "{name: Elm Fund, other names: [Growth]}", "[", "{name: Ash Trust}"])
MORE = st.dictionaries(
    mostly(st.sampled_from(["oak", "elm"]), st.sampled_from(PORTFOLIOS)),
    mostly(OWN_NAMES, TAKEN_NAMES),
    min_size=1,
    max_size=2,
)
LINES = mostly(
    st.sampled_from(["", "cik: 710826\n", "# a comment\n", "other names: [Elm Trust]\n"]),
    st.sampled_from(["short name: ASH\n", "other names: [Ash Trust]\n", "unknown key: x\n"]),
)
PUBLIC_TRUSTS = st.sampled_from(TRUSTS).flatmap(
    lambda trust_id: st.tuples(st.just(f"trusts/{trust_id}.yaml"), st.builds(trust, st.just(trust_id), LINES, MORE))
)
CONFIDENTIAL_TRUSTS = st.tuples(
    st.sampled_from([f"confidential/trusts/{trust_id}.yaml" for trust_id in ("ash", "umbra")]),
    mostly(
        st.sampled_from(["portfolios: {shade: Shade Portfolio}\n", "portfolios: {shade: {name: Elm Fund}}\n"]),
        st.sampled_from(["portfolios: {bond: Bond Fund}\n", "portfolios: [\n"]),
    ).map("name: Umbra Trust\n{}".format),
)
REFERENCES = mostly(
    st.builds("{}, trust: {}".format, st.sampled_from(PORTFOLIOS), st.sampled_from([*TRUSTS, "Ash Trust"])),
    st.sampled_from(
        ["Oak Portfolio", "oak, trust: cedar", "elm, trust: Elm Trust", "shade, trust: umbra", "Growth, trust: ash"]
    ),
)
MILESTONES = mostly(
    st.sampled_from(["closing: April 3, 2031", "closing: on or about April 4, 2031", "record date: April 6, 2031"]),
    st.just("closing: whenever"),
)
PLAN_TEXTS = st.builds(plan, REFERENCES, REFERENCES, MILESTONES, st.sampled_from(["", "A title", "Ash Trust"]))
PLAN_FILES = st.builds("{}plans/{}.yaml".format, mostly(st.just(""), st.just("confidential/")), st.sampled_from(PLANS))
SITES = [SITE, BEFORE["site.yaml"], SITE.replace("Example", "Other"), SITE.replace("calendars", "feeds")]
EDITS: SearchStrategy[Edit] = st.one_of(
    PUBLIC_TRUSTS,
    PUBLIC_TRUSTS,
    CONFIDENTIAL_TRUSTS,
    st.tuples(PLAN_FILES, PLAN_TEXTS),
    st.tuples(PLAN_FILES, PLAN_TEXTS),
    st.tuples(PLAN_FILES, mostly(st.none(), st.just("title: ["))),
    st.tuples(st.sampled_from(sorted(BEFORE)), st.none()),
    st.tuples(st.just("site.yaml"), st.sampled_from(SITES)),
    st.tuples(st.sampled_from(["plans/one.yml", "trusts/oak.yml"]), st.none()),
)
MENDED = st.just(tuple(BEFORE.items()))
STEPS: SearchStrategy[tuple[Edit, ...]] = mostly(st.lists(EDITS, min_size=1, max_size=2).map(tuple), MENDED)


def everything(resources: Resources) -> dict[str, Representation | None]:
    shown = [path for path in resources.paths() if path.endswith((".ics", "/")) and not path.startswith("/embed/")]
    return {path: resources.find(path, Choice()) for path in shown}


def same(reading: Reading, anew: Reading) -> Catalog | None:
    """The catalog of a reading, which must say what reading everything anew does."""
    assert reading.found == anew.found
    assert reading.catalog == anew.catalog
    assert reading.site == anew.site
    assert reading.registry.trusts == anew.registry.trusts
    assert reading.registry.portfolios == anew.registry.portfolios
    return reading.catalog


def laid(files: Files, public: Reading, before: Overlay | None, good: Mapping[str, bytes]) -> Overlay:
    without = addresses_in(files)
    return lay_over(files, public.registry, public.site, without=without, before=before, good=good)


def same_overlay(overlay: Overlay, anew: Overlay) -> None:
    for field in ("found", "trusts", "portfolios", "plans", "good"):
        assert getattr(overlay, field) == getattr(anew, field)


@given(st.lists(STEPS, min_size=4, max_size=8))
@settings(deadline=None, derandomize=True, max_examples=examples(20))
def test_after_any_edits_it_is_as_if_all_had_been_read_anew(steps: list[tuple[Edit, ...]]) -> None:
    written = dict(BEFORE)
    parts = parts_of({name: text.encode() for name, text in written.items()})
    reading = read(parts.public)
    overlay = laid(parts.confidential, reading, None, {})
    catalog = reading.checked()
    resources = Resources(catalog)
    for step in each_of(steps):
        for name, text in step:
            if text is None:
                written.pop(name, None)
            else:
                written[name] = text
        parts = parts_of({name: text.encode() for name, text in written.items()})
        anew = read(parts.public)
        reading = read(parts.public, reading)
        if found := same(reading, anew):
            catalog = found.without(addresses_in(parts.confidential))
            resources = resources.updated(catalog)
        good = overlay.good
        overlay = laid(parts.confidential, reading, overlay, {})
        same_overlay(overlay, laid(parts.confidential, anew, None, good))
        # What is asked for here could be left over in the next step.
        assert everything(resources) == everything(Resources(catalog))
    if reading.catalog:
        seen = catalog.joined_with(overlay.trusts, overlay.portfolios, overlay.plans)
        assert everything(resources.joined(seen)) == everything(Resources(catalog).joined(seen))


def test_each_reading_has_suggestions_of_its_own() -> None:
    public = {name: text.encode() for name, text in BEFORE.items()}
    many = "".join(f"  - target: {{portfolio: Growht {number}, trust: ash}}\n" for number in range(250))
    bad = BEFORE["plans/one.yaml"].replace("reorganizations:\n", f"reorganizations:\n{many}").encode()
    misspelt = BEFORE["plans/one.yaml"].replace("growth", "growht").encode()
    reading = read(public | {"plans/one.yaml": bad}, read(public))
    after = read(public | {"plans/one.yaml": misspelt}, reading)
    assert after.found == read(public | {"plans/one.yaml": misspelt}).found
    assert 'did you mean "Growth Portfolio"?' in after.problems[0].message


def test_a_problem_with_a_folder_goes_once_a_plan_stands_in_its_place() -> None:
    public = {name: text.encode() for name, text in BEFORE.items()}
    reading = read(public | {"plans/one.yaml": Unreadable("the folder cannot be read", is_folder=True)})
    assert reading.problems
    assert not read(public, reading).problems
