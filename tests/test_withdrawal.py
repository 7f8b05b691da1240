"""What the public is served follows from what was read and what is missing: without a server, a file or a clock."""

import pytest

from calfeed.reading.folder import read
from calfeed.reading.overlay import lay_over
from calfeed.reading.problems import Location, Problem
from calfeed.serving.confidential import (
    Absences,
    State,
    accepting,
    first_state,
    is_laid_over,
    overlaid,
    part_seen,
    withholding,
)
from tests.parts import BROKEN, CONFIDENTIAL, OPEN, octets, plan

PUBLIC = octets(OPEN)
GOOD = read(PUBLIC)
BAD = read(PUBLIC | {"plans/open.yaml": BROKEN.encode()}, GOOD)
NOTHING = frozenset[str]()
OF_OTHER_TRUST = {"trusts/other-trust", "trusts/other-trust/alpha", "trusts/other-trust/gamma", "plans/deal"}


def start() -> State:
    return first_state(GOOD, GOOD)


def gone_from(state: State) -> set[str]:
    """The addresses that are served no more."""
    return set(GOOD.checked().addresses - state.catalog.addresses)


def test_bad_data_leaves_what_was_good_last() -> None:
    state = accepting(start(), BAD, NOTHING, ())
    assert state.catalog is GOOD.catalog
    assert state.problems == BAD.problems
    assert accepting(state, BAD, NOTHING, ()) is state
    mended = accepting(state, GOOD, NOTHING, ())
    assert mended.catalog is GOOD.catalog
    assert mended.problems == ()


@pytest.mark.parametrize(
    ("address", "gone"),
    [
        ("plans/deal", {"plans/deal"}),
        ("trusts/other-trust", OF_OTHER_TRUST),
        ("trusts/other-trust/alpha", {"trusts/other-trust/alpha", "plans/deal"}),
        ("trusts/other-trust/gamma", {"trusts/other-trust/gamma"}),
        ("plans/nothing", set()),
    ],
)
def test_what_is_withheld_is_gone_with_all_that_names_it_whatever_else_is_wrong(address: str, gone: set[str]) -> None:
    withheld = frozenset({address})
    assert gone_from(withholding(start(), withheld)) == gone
    bad = accepting(start(), BAD, withheld, ())
    assert gone_from(bad) == gone
    # Nothing comes back before all is well, not even what is there again.
    assert gone_from(accepting(bad, BAD, NOTHING, ())) == gone
    assert gone_from(withholding(bad, NOTHING)) == gone
    assert gone_from(accepting(bad, GOOD, withheld, ())) == gone
    assert gone_from(accepting(bad, GOOD, NOTHING, ())) == set()


def test_nothing_changes_for_the_public_where_nothing_is_taken_away() -> None:
    state = start()
    assert withholding(state, frozenset({"plans/umbra", "trusts/umbra/x"})) is state
    assert accepting(state, GOOD, frozenset({"plans/umbra"}), ()) is state


def test_an_emptied_folder_is_a_problem_until_what_it_held_is_withheld() -> None:
    empty = read({name: content for name, content in PUBLIC.items() if not name.startswith("plans/")})
    problem = Problem(Location("data/plans"), "all plans are gone")
    held = accepting(start(), empty, NOTHING, (problem,))
    assert held.catalog is GOOD.catalog
    assert held.problems == (problem,)
    over = accepting(held, empty, frozenset({"plans/open", "plans/deal"}), ())
    assert gone_from(over) == {"plans/open", "plans/deal"}
    assert over.problems == ()


def test_what_is_missing_counts_once_it_was_missing_long_enough_in_every_look() -> None:
    absences = Absences()
    assert absences.count({"a": 1.0, "b": 60.0}, 10.0) == NOTHING
    assert absences.count({"a": 1.0, "b": 60.0}, 10.9) == NOTHING
    assert absences.count({"a": 1.0, "b": 60.0}, 11.0) == {"a"}
    assert absences.count({"b": 60.0}, 11.5) == NOTHING
    assert absences.count({"a": 1.0, "b": 60.0}, 12.0) == NOTHING
    assert absences.count({"a": 1.0, "b": 60.0}, 70.0) == {"a", "b"}


# --- readers ---------------------------------------------------------------------------------------------------------

FILES = octets({name.removeprefix("confidential/"): text for name, text in CONFIDENTIAL.items()})
ALL = frozenset({"everything"})


def laid(state: State, files: dict[str, bytes]) -> State:
    good = state.good
    return overlaid(state, lay_over(files, good.registry, good.site, without=state.withheld, before=state.overlay))


def test_readers_see_an_edit_of_what_is_public_at_once() -> None:
    state = laid(start(), FILES)
    edited = read(PUBLIC | {"plans/open.yaml": PUBLIC["plans/open.yaml"].replace(b"28", b"29")}, GOOD)
    later = accepting(state, edited, NOTHING, ())
    assert later.overlay is state.overlay
    (seen,) = [each for each in part_seen(later, ALL).plans if each.id == "open"]
    assert seen is later.catalog.plans[1]


def test_readers_never_see_two_versions_at_once() -> None:
    state = laid(start(), FILES)
    trust = {"trusts/example-trust.yaml": PUBLIC["trusts/example-trust.yaml"].replace(b"EXT", b"ETX")}
    later = accepting(state, read(PUBLIC | trust, GOOD), NOTHING, ())
    assert not is_laid_over(later.overlay, later)
    assert {each.label for each in later.catalog.trusts} == {"ETX", "OTH"}
    # Until the confidential files have been read beside it, readers have the one before, as a whole.
    before = part_seen(later, ALL)
    assert {each.trust.label for each in before.portfolios} == {"EXT", "OTH", "UWT"}
    after = part_seen(laid(later, FILES), ALL)
    assert {each.trust.label for each in after.portfolios} == {"ETX", "OTH", "UWT"}


def test_what_is_withheld_from_the_public_is_withheld_from_who_may_not_see_it() -> None:
    state = withholding(laid(start(), FILES), frozenset({"plans/deal", "trusts/other-trust/gamma"}))
    for sees in (NOTHING, frozenset({"plans/umbra-shell-deal"})):
        assert not {"plans/deal", "trusts/other-trust/gamma"} & part_seen(state, sees).addresses
    # Nor is a plan shown that names a portfolio which is nowhere any more.
    assert "plans/umbra-merger" not in part_seen(state, ALL).addresses


def test_a_public_trust_is_withdrawn_with_what_the_confidential_part_adds_to_it() -> None:
    state = withholding(laid(start(), FILES), frozenset({"trusts/example-trust"}))
    seen = part_seen(state, ALL).addresses
    assert {"trusts/other-trust", "plans/umbra-whisper-deal"} <= seen
    assert not {"trusts/example-trust", "trusts/example-trust/umbra-shell", "plans/umbra-shell-deal"} & seen


def test_what_moves_is_seen_by_who_may_see_it() -> None:
    moved = FILES | {"plans/deal.yaml": PUBLIC["plans/deal.yaml"]}
    state = laid(withholding(start(), frozenset({"plans/deal"})), moved)
    assert "plans/deal" in part_seen(state, frozenset({"plans/deal"})).addresses
    assert "plans/deal" not in part_seen(state, frozenset({"plans/umbra-merger"})).addresses


def test_a_portfolio_that_moves_is_seen_with_the_plans_that_name_it() -> None:
    moved = FILES | {
        "trusts/other-trust.yaml": b"portfolios:\n  gamma: Gamma Portfolio\n",
        "plans/more.yaml": plan("other-trust/gamma", "other-trust/alpha").encode(),
    }
    state = laid(withholding(start(), frozenset({"trusts/other-trust/gamma"})), moved)
    assert {"plans/more", "plans/umbra-merger", "trusts/other-trust/gamma"} <= part_seen(state, ALL).addresses
    assert "trusts/other-trust/gamma" not in state.catalog.addresses
    assert state.overlay.found == ()
