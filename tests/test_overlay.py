"""What the confidential files say beside what is public: by reading octets alone."""

from dataclasses import replace
from pathlib import Path

import pytest

from calfeed.reading.folder import Reading, read
from calfeed.reading.overlay import Overlay, found_in_overlay, lay_over, with_advice
from calfeed.reading.presence import Listed, Missing, addresses_in, marked, missing, portfolios_in
from calfeed.reading.problems import Severity, problems_in
from calfeed.reading.readers import read_readers
from calfeed.reading.tokens import reader_with
from calfeed.serving.application import Application, Request
from calfeed.serving.confidential import first_state, overlaid, part_seen
from tests.parts import BROKEN, CONFIDENTIAL, DIGESTS, OPEN, SEEN, SEES, TOKENS, octets, plan
from tests.support import each_of

DATA = Path("data")
PUBLIC = octets(OPEN)
FILES = octets({name.removeprefix("confidential/"): text for name, text in CONFIDENTIAL.items()})
TRUST, WHISPER, MERGER = "trusts/example-trust.yaml", "trusts/umbra-whisper-trust.yaml", "plans/umbra-merger.yaml"


def public_reading(files: dict[str, bytes] | None = None) -> Reading:
    return read(PUBLIC | (files or {}))


def laid(files: dict[str, bytes], before: Overlay | None = None, public: Reading | None = None) -> Overlay:
    """What confidential files say beside what is public."""
    public = public or public_reading()
    return lay_over(files, public.registry, public.site, before=before)


def plans_in(overlay: Overlay) -> set[str]:
    return {plan.id for plan in overlay.plans}


ALL_PLANS = {"umbra-merger", "umbra-shell-deal", "umbra-whisper-deal"}

# --- files as they were good last ------------------------------------------------------------------------------------


def test_good_files_are_read_beside_what_is_public() -> None:
    overlay = laid(FILES)
    assert overlay.found == ()
    assert plans_in(overlay) == ALL_PLANS
    assert [trust.id for trust in overlay.trusts] == ["umbra-whisper-trust"]
    assert [portfolio.id for portfolio in overlay.portfolios] == ["umbra-shell", "umbra-whisper"]


def test_what_is_as_it_was_is_not_read_again() -> None:
    public = public_reading()
    overlay = laid(FILES, public=public)
    assert laid(dict(FILES), overlay, public) is overlay
    edited = FILES | {MERGER: FILES[MERGER].replace(b"April 28", b"April 29")}
    later = laid(edited, overlay, public)
    kept = [each for each in later.plans if any(each is one for one in overlay.plans)]
    assert {plan.id for plan in kept} == ALL_PLANS - {"umbra-merger"}


@pytest.mark.parametrize("name", [TRUST, WHISPER, MERGER])
def test_a_file_with_problems_counts_as_it_was_good_last(name: str) -> None:
    good = laid(FILES)
    broken = laid(FILES | {name: BROKEN.encode()}, good)
    assert plans_in(broken) == ALL_PLANS
    assert broken.good == good.good
    assert {problem.location.file for problem in broken.found} == {f"data/confidential/{name}"}
    # So it does after another edit, and after the folder was read anew with what was good last.
    assert plans_in(laid(FILES | {name: b""}, broken)) == ALL_PLANS
    public = public_reading()
    anew = lay_over(FILES | {name: b""}, public.registry, public.site, good=broken.good)
    assert plans_in(anew) == ALL_PLANS


@pytest.mark.parametrize(
    ("name", "left"),
    [
        (TRUST, {"umbra-merger", "umbra-whisper-deal"}),
        (WHISPER, {"umbra-merger", "umbra-shell-deal"}),
        (MERGER, {"umbra-shell-deal", "umbra-whisper-deal"}),
    ],
)
def test_a_file_that_was_never_good_is_left_out_with_what_names_it_and_said(name: str, left: set[str]) -> None:
    overlay = laid(FILES | {name: BROKEN.encode()})
    assert plans_in(overlay) == left
    lost = {f"data/confidential/plans/{each}.yaml" for each in ALL_PLANS - left}
    assert {problem.location.file for problem in overlay.found} == {f"data/confidential/{name}", *lost}


def test_a_file_that_is_gone_is_gone() -> None:
    without = {name: content for name, content in FILES.items() if name != MERGER}
    assert plans_in(laid(without, laid(FILES))) == ALL_PLANS - {"umbra-merger"}
    assert laid({}, laid(FILES)).plans == ()


def test_what_no_longer_fits_is_left_out_and_said() -> None:
    good = laid(FILES)
    named = public_reading({TRUST: PUBLIC[TRUST] + b"  shell: Umbra Shell Portfolio\n"})
    overlay = laid(FILES, good, named)
    assert plans_in(overlay) == ALL_PLANS - {"umbra-shell-deal"}
    assert 'data/confidential/trusts/example-trust.yaml:3:11: "Umbra Shell Portfolio" is a name of "shell"' in str(
        overlay.found[0]
    )


def test_a_half_resolved_plan_is_never_shown() -> None:
    # Its acquirer is in a trust's file that cannot be read: it must not look like a liquidation.
    overlay = laid(FILES | {WHISPER: BROKEN.encode()})
    assert all(each.acquiring for plan in each_of(overlay.plans) for each in plan.reorganizations)


# --- who sees what ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", SEES)
def test_a_reader_sees_what_is_public_and_what_is_meant_for_the_reader(name: str) -> None:
    reading = public_reading()
    state = overlaid(first_state(reading, reading), laid(FILES, public=reading))
    seen = part_seen(state, frozenset(SEES[name]))
    assert seen.addresses - reading.checked().addresses == SEEN[name]
    assert reading.checked().addresses <= seen.addresses
    assert seen.site.url == ""


def test_a_public_feed_has_the_same_name_for_readers_whatever_the_overlay_is_called() -> None:
    reading = public_reading()
    public_plan = reading.checked().plans[0]
    called_the_same = FILES[MERGER].replace(b"Umbra merger", public_plan.title.encode())
    state = overlaid(first_state(reading, reading), laid(FILES | {MERGER: called_the_same}, public=reading))
    readers = f"readers:\n  Board:\n    token: {DIGESTS['Board']}\n    sees: everything\n"
    application = Application(replace(state, readers=read_readers(readers.encode()).readers))
    for root in ("", f"/private/{TOKENS['Board']}"):
        answer = application.answer(Request("GET", f"{root}/{public_plan.address}.ics"))
        assert isinstance(answer.body, bytes)
        assert f"\r\nNAME:{public_plan.title}\r\n".encode() in answer.body


def test_kinds_of_readers_share_what_they_all_see_and_nothing_else() -> None:
    reading = public_reading()
    state = overlaid(first_state(reading, reading), laid(FILES, public=reading))
    text = "".join(
        f"  {name}:\n    token: {DIGESTS[name]}\n    sees: {plan}\n"
        for name, plan in (("Board", "plans/umbra-merger"), ("Counsel", "plans/umbra-shell-deal"))
    )
    application = Application(replace(state, readers=read_readers(f"readers:\n{text}".encode()).readers))
    merger, deal = "/plans/umbra-merger.ics", "/plans/umbra-shell-deal.ics"
    for _ in range(2):  # also from what is kept
        statuses = [
            application.answer(Request("GET", f"/private/{TOKENS[name]}{path}")).status
            for name in ("Board", "Counsel")
            for path in (merger, deal)
        ]
        assert statuses == [200, 404, 404, 200]


@pytest.mark.parametrize(
    ("less", "more", "path_of_less"),
    [
        ("plans", "plans/umbra-merger", "/umbra-merger/all.ics"),
        ("plans/umbra-merger plans/umbra-shell-deal", "[plans/umbra-merger, plans/umbra-shell-deal]", "/all.ics"),
    ],
)
def test_no_reader_gets_what_is_kept_for_another_however_what_they_see_is_spelt(
    less: str, more: str, path_of_less: str
) -> None:
    reading = public_reading()
    text = "".join(
        f"  {name}:\n    token: {DIGESTS[name]}\n    sees: {sees}\n"
        for name, sees in (("Counsel", less), ("Board", more))
    )
    state = overlaid(first_state(reading, reading), laid(FILES, public=reading))
    application = Application(replace(state, readers=read_readers(f"readers:\n{text}".encode()).readers))
    assert b"umbra" in body_of(application, f"/private/{TOKENS['Board']}/all.ics")
    assert b"umbra" not in body_of(application, f"/private/{TOKENS['Counsel']}{path_of_less}")


def body_of(application: Application, path: str) -> bytes:
    """The body of the answer at a path."""
    body = application.answer(Request("GET", path)).body
    assert isinstance(body, bytes)
    return body


def test_readers_are_told_apart_by_their_tokens() -> None:
    text = "".join(f"  {name}:\n    token: {DIGESTS[name]}\n    sees: everything\n" for name in ("Board", "Counsel"))
    readers, found = read_readers(f"readers:\n{text}".encode())
    assert found == ()
    assert [getattr(reader_with(TOKENS[name], readers), "name", None) for name in ("Board", "Counsel", "Auditor")] == [
        "Board",
        "Counsel",
        None,
    ]
    assert reader_with(DIGESTS["Board"], readers) is None


DIGEST = DIGESTS["Board"]
READERS = f"readers:\n  Desk:\n    token: {DIGEST}\n    sees: everything\n"


@pytest.mark.parametrize(
    "written",
    [
        READERS.replace(DIGEST, TOKENS["Board"]),
        READERS.replace(DIGEST, DIGEST.upper()),
        READERS.replace("sees: everything", "sees: []"),
        READERS + READERS.partition("\n")[2].replace("Desk", "Team"),
        READERS + READERS.partition("\n")[2],
        READERS + "    expires: 2031\n",
        READERS.replace("readers:\n", ""),
        READERS.replace("\n  Desk:\n    ", "\n  - Desk: "),
        f"readers:\n  - {DIGEST}\n",
        f"readers:\n  Desk: {DIGEST}\n",
        "readers:\n",
        "readers: everything\n",
        "",
        READERS + BROKEN,
        READERS[:-20],
    ],
)
def test_readers_with_any_problem_let_in_nobody(written: str) -> None:
    readers, found = read_readers(written.encode(), "readers.yaml", frozenset({"plans/open"}))
    assert readers.readers == ()
    assert found
    assert TOKENS["Board"] not in repr(found)


def test_to_see_what_is_gone_is_a_warning_and_no_lockout() -> None:
    text = READERS.replace("everything", f'["plans/opne", "trusts/gone", {TOKENS["Board"]!r}]')
    readers, found = read_readers(text.encode(), "readers.yaml", frozenset({"plans/open"}))
    assert reader_with(TOKENS["Board"], readers) is not None
    assert list(map(str, found)) == [
        'readers.yaml:4:12: warning: unknown "plans/opne": did you mean "plans/open"?',
        'readers.yaml:4:26: warning: unknown "trusts/gone": write plans/<plan>, trusts/<trust> or everything',
        "readers.yaml:4:41: warning: unknown a token: write plans/<plan>, trusts/<trust> or everything",
    ]
    assert {each.severity for each in found} == {Severity.WARNING}


# --- between the parts -----------------------------------------------------------------------------------------------


def test_a_public_plan_that_names_what_is_confidential_is_told_to_move() -> None:
    public = public_reading({"plans/deal.yaml": plan("example-trust/alpha", "example-trust/umbra-shell").encode()})
    overlay = laid(FILES, public=public)
    (before,) = public.problems
    (after,) = problems_in(with_advice(public, overlay, DATA))
    assert before.message.startswith('unknown portfolio "umbra-shell" in Example Trust')
    assert after.location == before.location
    assert after.message.endswith("move the plan to confidential/plans/, or publish this too")


def test_names_that_only_the_confidential_part_has_are_looked_for_in_public_files() -> None:
    texts = {
        "plans/open.yaml": PUBLIC["plans/open.yaml"] + b"    note: into the UMBRA\n      whisper portfolio, perhaps\n",
        "plans/deal.yaml": PUBLIC["plans/deal.yaml"] + b"    note: no Umbra Shell Portfolios\n",
    }
    public = public_reading(texts)
    assert public.problems == ()
    found = found_in_overlay(public, laid(FILES, public=public), DATA)
    assert list(map(str, found)) == [
        "data/confidential/trusts/umbra-whisper-trust.yaml:5:18: warning: this name stands in data/plans/open.yaml, "
        "which is public",
        'data/confidential/plans/umbra-shell-deal.yaml:5:13: warning: "Alpha Portfolio" is a target in '
        "data/plans/open.yaml too, where something else becomes of it: cancel the one that does not "
        "hold any more, or name the fund that is meant",
    ]


@pytest.mark.parametrize("name", ["plans/aaa.yaml", "plans/zzz.yaml"])
def test_a_confidential_plan_that_clashes_with_a_public_one_is_told_whatever_its_name(name: str) -> None:
    public = public_reading()
    files = {name: plan("example-trust/alpha", "other-trust/alpha").encode()}
    found = found_in_overlay(public, laid(files, public=public), DATA)
    assert [each.location.file for each in found] == [f"data/confidential/{name}"]
    assert "is a target in data/plans/open.yaml too" in found[0].message


def test_another_name_of_a_confidential_trust_does_not_take_the_address_of_a_public_one() -> None:
    text = b"name: Umbra Trust\nother names: Example (Trust)\nportfolios:\n  umbra-one: Umbra One Portfolio\n"
    (problem,) = problems_in(laid({"trusts/umbra.yaml": text}).found)
    assert str(problem) == (
        'data/confidential/trusts/umbra.yaml:2:14: "Example (Trust)" makes the address "example-trust", '
        'which "example-trust" (data/trusts/example-trust.yaml, line 1) has already'
    )


# --- what stands where -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "addresses"),
    [
        ("plans/deal.yaml", {"plans/deal"}),
        ("plans/deal.yml", {"plans/deal"}),
        ("plans/deal.yaml.txt", {"plans/deal"}),
        ("plans/old/deal.yaml", {"plans/deal"}),
        ("deal.yaml", {"plans/deal"}),
        ("readers.yaml", set()),
        ("trusts/other-trust.yaml", {"trusts/other-trust/alpha", "trusts/other-trust/gamma"}),
        ("trusts/other-trust.yml", {"trusts/other-trust/alpha", "trusts/other-trust/gamma"}),
    ],
)
def test_what_stands_in_confidential_files_is_found_under_any_name(name: str, addresses: set[str]) -> None:
    assert addresses_in({name: PUBLIC["trusts/other-trust.yaml"]}) == addresses


ALPHA, GAMMA = "  alpha: Alpha Portfolio\n", "  gamma: Gamma Portfolio\n"


@pytest.mark.parametrize(
    ("text", "ids", "is_all"),
    [
        ("name: x\nportfolios:\n" + ALPHA + GAMMA, {"alpha", "gamma"}, True),
        ("nme: x\ncik: y\nportfolios:\n" + ALPHA, {"alpha"}, True),
        ("portfolios:\n  alpha: {nme: x}\n", {"alpha"}, True),
        ("portfolios:\n" + ALPHA + ALPHA, {"alpha"}, False),
        ("name: x\nportfolios:\n", set(), True),
        ("name: x\n", set(), True),
        ("name: x\nportfolois:\n" + ALPHA, set(), False),
        ("name: x\nportfolios: [alpha]\n", set(), False),
        ("portfolios:\n" + ALPHA + BROKEN, set(), False),
        ("", set(), False),
        ("- x\n", set(), False),
    ],
)
def test_portfolios_are_listed_whatever_else_is_wrong(text: str, ids: set[str], is_all: bool) -> None:
    assert portfolios_in(text.encode()) == Listed(frozenset(ids), is_all)


@pytest.mark.parametrize(
    ("files", "gone", "held"),
    [
        pytest.param({}, set(), set(), id="nothing"),
        pytest.param({"plans/deal.yaml": None}, {"plans/deal"}, set(), id="a plan"),
        pytest.param({"plans/deal.yaml": None, "plans/deal.yml": b""}, {"plans/deal"}, set(), id="a renamed plan"),
        pytest.param({"plans/deal.yaml": b""}, set(), set(), id="not what is empty"),
        pytest.param({"trusts/other-trust.yaml": None}, {"trusts/other-trust"}, set(), id="a trust"),
        pytest.param(
            {"trusts/other-trust.yaml": f"name: x\nportfolios:\n{ALPHA}".encode()},
            {"trusts/other-trust/gamma"},
            set(),
            id="a portfolio",
        ),
        pytest.param({"trusts/other-trust.yaml": BROKEN.encode()}, set(), set(), id="not of a broken file"),
        pytest.param(
            {"plans/open.yaml": None, "plans/deal.yaml": None},
            set(),
            {"plans/open", "plans/deal"},
            id="all plans",
        ),
        pytest.param(
            {"trusts/other-trust.yaml": None, "trusts/example-trust.yaml": None, "plans/deal.yaml": None},
            {"plans/deal"},
            {"trusts/other-trust", "trusts/example-trust"},
            id="all trusts and a plan",
        ),
        pytest.param({"site.yaml": None, "plans/deal.yaml": None}, set(), set(), id="nothing without a site"),
    ],
)
def test_what_is_missing_goes_by_names(files: dict[str, bytes | None], gone: set[str], held: set[str]) -> None:
    now = {name: content for name, content in (PUBLIC | files).items() if content is not None}
    assert missing(public_reading().checked(), PUBLIC, now) == Missing(frozenset(gone), frozenset(held))


@pytest.mark.parametrize(
    ("name", "text", "addresses"),
    [
        ("plans/deal.yaml", "confidential: true\n", {"plans/deal"}),
        ("plans/deal.yaml", "Confidential: no\n", {"plans/deal"}),
        ("plans/deal.yaml", "milestones:\n  closing: {date: x, confidential: y}\n", {"plans/deal"}),
        ("plans/deal.yaml", "reorganizations:\n  - target: x\n    confidential: true\n", {"plans/deal"}),
        ("plans/deal.yaml", "milestones:\n  Confidential: {kind: other, date: x}\n", set()),
        ("plans/deal.yaml", "sources: {confidential: {title: x}}\n", set()),
        ("plans/deal.yaml", "title: confidential\n", set()),
        ("plans/deal.yaml", "confidential: true\n" + BROKEN, set()),
        ("trusts/other-trust.yaml", "confidential: true\n", {"trusts/other-trust"}),
        ("trusts/other-trust.yaml", "portfolios:\n  a: {confidential: x}\n  b: x\n", {"trusts/other-trust/a"}),
        ("trusts/other-trust.yaml", "portfolios:\n  confidential: x\n", set()),
        ("site.yaml", "confidential: true\n", set()),
    ],
)
def test_a_key_that_means_nothing_shows_an_intent(name: str, text: str, addresses: set[str]) -> None:
    assert marked({name: text.encode()}, [name]) == addresses
