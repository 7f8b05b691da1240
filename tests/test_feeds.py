"""What stands in which feed, and what each event says: golden files, real plans, and every state of a milestone.

The golden files are compared byte for byte and never written by a test. After a wanted change, look at it first
(`pytest tests/test_feeds.py -k golden` shows the lines), then store the new bytes, and read them again in the diff:

    python -c "from tests.test_feeds import store_golden_files; store_golden_files()"
"""

import csv
import difflib
from collections.abc import Iterator
from datetime import UTC, date, datetime
from io import StringIO
from pathlib import Path
from textwrap import dedent, indent

import pytest

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.model.catalog import Catalog
from calfeed.model.trusts import Portfolio
from calfeed.model.when import Dated
from calfeed.reading.folder import load
from tests.gate import Seen, conformant
from tests.support import FOUNDING, SITE, each_of, loaded, trust_of

TESTS = Path(__file__).parent
GOLDEN = TESTS / "golden"
SCENARIOS = sorted(path for path in (TESTS / "scenarios").iterdir() if path.is_dir())


def calendar(resources: Resources, address: str, choice: Choice | None = None) -> bytes:
    """The bytes of the feed at an address."""
    found = resources.find(f"/{address}.ics", choice or Choice())
    assert found is not None, address
    return found.body


def read_all(resources: Resources) -> dict[str, list[Seen]]:
    """Every feed by its address, each through the gate."""
    return {address: conformant(calendar(resources, address)) for address in resources.feeds.addresses}


# --- golden files ----------------------------------------------------------------------------------------------------


def golden_files() -> Iterator[tuple[Path, bytes]]:
    """What the golden files should hold now."""
    resources = Resources(load(FOUNDING))
    for address in resources.feeds.addresses:
        yield GOLDEN / f"{address}.ics", calendar(resources, address)


def store_golden_files() -> None:
    """Write the golden files: for a person to call, never for a test."""
    for path, content in golden_files():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


@pytest.mark.parametrize("path", sorted(GOLDEN.rglob("*.ics")), ids=lambda path: path.relative_to(GOLDEN).as_posix())
def test_the_shipped_data_makes_the_golden_feeds(path: Path) -> None:
    content = dict(golden_files())[path]
    conformant(content)
    stored = path.read_bytes()
    before, now = (each.decode().replace("\r\n ", "").split("\r\n") for each in (stored, content))
    difference = "\n".join(difflib.unified_diff(before, now, "stored", "made now", lineterm="", n=1))
    assert content == stored, f"{path.name} differs (how to store it: see the top of {__file__}):\n{difference}"


def test_every_feed_of_the_shipped_data_has_a_golden_file_and_no_other_is_left() -> None:
    assert {path for path, _ in golden_files()} == set(GOLDEN.rglob("*.ics"))


# --- which events stand in which feeds -------------------------------------------------------------------------------


def expected_uids(catalog: Catalog) -> dict[str, set[str]]:
    """The UIDs of each feed, worked out from the catalog by the rule of the format alone."""
    uids: dict[str, set[str]] = {"all": set()}
    uids |= {f"trusts/{trust.id}": set() for trust in catalog.trusts}
    uids |= {f"trusts/{portfolio.trust.id}/{portfolio.id}": set() for portfolio in catalog.portfolios}
    for plan in catalog.plans:
        uids[f"plans/{plan.id}"] = set()
        for reorganization in plan.reorganizations:
            target = reorganization.target
            addresses = ["all", f"plans/{plan.id}"]
            for portfolio in (target, reorganization.acquiring):
                if isinstance(portfolio, Portfolio):
                    addresses += [f"trusts/{portfolio.trust.id}", f"trusts/{portfolio.trust.id}/{portfolio.id}"]
            for milestone in reorganization.milestones:
                if not any(isinstance(state, Dated) for state in (milestone.when, *milestone.previously)):
                    continue
                own_id = f".{reorganization.id}" if reorganization.id else ""
                uid = f"{plan.id}.{target.trust.id}.{target.id}{own_id}.{milestone.slug}@{catalog.site.domain}"
                for address in addresses:
                    uids[address].add(uid)
    return uids


@pytest.mark.parametrize("folder", [FOUNDING, *SCENARIOS], ids=lambda folder: folder.name)
def test_each_event_stands_in_the_feeds_of_all_that_it_touches_with_the_same_bytes(folder: Path) -> None:
    catalog = load(folder)
    feeds = read_all(Resources(catalog))
    assert {address: {event.uid for event in events} for address, events in feeds.items()} == expected_uids(catalog)
    bodies = {event.uid: event.octets for event in feeds["all"]}
    for events in each_of(feeds.values()):
        assert all(event.octets == bodies[event.uid] for event in each_of(events))


def test_the_founding_plan_s_reorganizations_reach_only_those_whom_they_concern() -> None:
    feeds = read_all(Resources(load(FOUNDING)))
    first, second = (
        {
            f"met-investors-2007-12.met-investors-series-trust.{target}.{milestone}@calendars.example.com"
            for milestone in (
                "board-approval", "record-date", "announcement", "proxy-mailing", "special-meeting", "closing"
            )
        }
        for target in ("batterymarch-mid-cap-stock", "mfs-value")
    )  # fmt: skip
    assert {address: {event.uid for event in events} for address, events in feeds.items()} == {
        "all": first | second,
        "trusts/met-investors-series-trust": first | second,
        "trusts/metropolitan-series-fund": second,
        "trusts/met-investors-series-trust/batterymarch-mid-cap-stock": first,
        "trusts/met-investors-series-trust/lazard-mid-cap": first,
        "trusts/met-investors-series-trust/mfs-value": second,
        "trusts/metropolitan-series-fund/mfs-value": second,
        "plans/met-investors-2007-12": first | second,
    }


def scenario(name: str) -> dict[str, list[Seen]]:
    return read_all(Resources(load(TESTS / "scenarios" / name)))


def by_key(events: list[Seen]) -> dict[str, Seen]:
    """Events by the part of their UID between the trust's id and the domain: `<target>.<milestone>`."""
    return {event.uid.partition("@")[0].split(".", 2)[2]: event for event in events}


def test_a_portfolio_that_acquired_and_is_later_acquired_has_both_in_its_feed() -> None:
    feeds = scenario("three-plans")
    assert [event.summary for event in feeds["trusts/met-investors-series-trust/lazard-mid-cap"]] == [
        "Board approval: Batterymarch Mid-Cap Stock → Lazard Mid Cap (MIST)",
        "Record date: Batterymarch Mid-Cap Stock → Lazard Mid Cap (MIST)",
        "Announcement: Batterymarch Mid-Cap Stock → Lazard Mid Cap (MIST)",
        "~ Proxy mailing: Batterymarch Mid-Cap Stock → Lazard Mid Cap (MIST) (on or about)",
        "Special meeting: Batterymarch Mid-Cap Stock → Lazard Mid Cap (MIST)",
        "~ Closing: Batterymarch Mid-Cap Stock → Lazard Mid Cap (MIST) (on or about)",
        "Board approval: Lazard Mid Cap (MIST) → Neuberger Berman Genesis (MSF)",
        "Announcement: Lazard Mid Cap (MIST) → Neuberger Berman Genesis (MSF)",
        "Target's name change: Lazard Mid Cap (MIST) → Neuberger Berman Genesis (MSF)",
        "~ Closing: Lazard Mid Cap (MIST) → Neuberger Berman Genesis (MSF) (on or about)",
    ]
    assert [event.summary for event in feeds["trusts/metropolitan-series-fund/mfs-value"]][-2:] == [
        "~ Closing: Met/Franklin Mutual Shares (MIST) → MFS Value (MSF) (on or about)",
        "~ Closing: FI Value Leaders → MFS Value (MSF) (on or about)",
    ]


def test_a_liquidation_acquires_nothing_and_a_conversion_may_acquire_from_outside() -> None:
    liquidation = by_key(scenario("liquidation")["all"])["columbia-120-20-contrarian.liquidation"]
    assert liquidation.summary == "~ Liquidation: Columbia 120/20 Contrarian (Columbia) (on or about)"
    assert not any(line.startswith("Acquiring") for line in liquidation.lines)
    feeds = scenario("fund-to-etf")
    assert list(feeds) == [
        "all",
        "trusts/lazard",
        "trusts/lazard/lazard-emerging-markets-core-equity",
        "plans/lazard-2025",
    ]
    conversion = by_key(feeds["all"])["lazard-emerging-markets-core-equity.conversion"]
    assert conversion.summary == (
        "~ Conversion: Lazard Emerging Markets Core Equity (Lazard)"
        " → Lazard Emerging Markets Opportunities ETF (on or about)"
    )
    assert "Acquiring: Lazard Emerging Markets Opportunities ETF" in conversion.lines
    assert "Source: Supplement, Form 497, accession number 0000930413-25-002049 (June 24, 2025)" in (conversion.lines)


def test_a_closing_announced_for_a_quarter_and_completed_on_a_day_is_that_day() -> None:
    closing = by_key(scenario("quarter-then-exact")["all"])["fmo.closing"]
    assert (closing.start, closing.last_day) == (date(2022, 3, 7), date(2022, 3, 7))
    assert (closing.summary, closing.status) == ("Closing: FMO → KYN", "CONFIRMED")
    assert (closing.sequence, closing.revision) == (1, "20220307T01")
    assert "Earlier, latest first: first quarter of 2022" in closing.lines
    assert "Completion stated in: Completion announcement (March 7, 2022)" in closing.lines


# --- a plan to try things on -----------------------------------------------------------------------------------------

EXAMPLE_TRUST = """
name: Example Trust
short name: EXT
portfolios:
  alpha: Alpha Portfolio
  beta:
    name: Beta Portfolio
    other names: [Old Beta Fund]
  gamma: Gamma Fund
"""
OTHER_TRUST = """
name: Other Trust, Inc.
portfolios:
  beta: Beta Portfolio
  delta: Delta Portfolio
"""
HEAD = """
trust: Example Trust
sources:
  supplement:
    title: Supplement
    dated: January 2, 2031
    url: https://www.example.com/supplement
  letter:
    title: Letter
    dated: February 3, 2031
  notice:
    title: Notice
    dated: March 3, 2031
  release:
    title: Press release
    dated: May 5, 2031
    url: https://www.example.com/release
"""
ALPHA_INTO_BETA = """
reorganizations:
  - target: Alpha Portfolio
    acquiring: Beta Portfolio
"""
PARTIES = "Alpha → Beta (EXT)"


def made(folder: Path, plan: str, site: str = "", trust: str = EXAMPLE_TRUST) -> Resources:
    """What a data folder with one plan makes; the plan's sources are those of HEAD."""
    return Resources(
        loaded(
            folder,
            {
                "site.yaml": SITE + dedent(site),
                "trusts/example-trust.yaml": trust,
                "trusts/other-trust.yaml": OTHER_TRUST,
                "plans/plan.yaml": HEAD + dedent(plan),
            },
        )
    )


def events_of(folder: Path, plan: str, site: str = "", trust: str = EXAMPLE_TRUST) -> dict[str, Seen]:
    """All events of a plan by `<target>.<milestone>`."""
    return by_key(conformant(calendar(made(folder, plan, site, trust), "all")))


def event_of(folder: Path, milestone: str, name: str = "closing", plan: str = "") -> Seen:
    """The event of the only milestone of a plan for Alpha into Beta."""
    milestones = f"milestones:\n  {name}:\n{indent(dedent(milestone).strip(), '    ')}\n"
    (event,) = events_of(folder, ALPHA_INTO_BETA + milestones + dedent(plan)).values()
    return event


# --- dates -----------------------------------------------------------------------------------------------------------

SPANS: dict[str, tuple[date, date, str, str]] = {
    "November 7, 2031": (date(2031, 11, 7), date(2031, 11, 7), "CONFIRMED", ""),
    "on or about April 28, 2031": (date(2031, 4, 28), date(2031, 4, 28), "TENTATIVE", " (on or about)"),
    "after the close of business on May 15, 2031": (date(2031, 5, 15), date(2031, 5, 15), "CONFIRMED", ""),
    "before the opening of business on May 19, 2031": (date(2031, 5, 19), date(2031, 5, 19), "CONFIRMED", ""),
    "December 12-14, 2031": (date(2031, 12, 12), date(2031, 12, 14), "CONFIRMED", ""),
    "March 1 to April 30, 2031": (date(2031, 3, 1), date(2031, 4, 30), "CONFIRMED", ""),
    "week of March 20, 2031": (date(2031, 3, 17), date(2031, 3, 21), "TENTATIVE", " (expected week of March 20, 2031)"),
    "early April 2031": (date(2031, 4, 1), date(2031, 4, 10), "TENTATIVE", " (expected early April 2031)"),
    "April 2031": (date(2031, 4, 1), date(2031, 4, 1), "TENTATIVE", " (expected April 2031)"),
    "fourth quarter of 2031": (date(2031, 10, 1), date(2031, 10, 1), "TENTATIVE", " (expected fourth quarter of 2031)"),
    "no later than August 15, 2031": (date(2031, 8, 15), date(2031, 8, 15), "TENTATIVE", " (no later than)"),
    "no earlier than August 15, 2031": (date(2031, 8, 15), date(2031, 8, 15), "TENTATIVE", " (no earlier than)"),
    "prior to December 1, 2031": (date(2031, 11, 30), date(2031, 11, 30), "TENTATIVE", " (before December 1)"),
}


@pytest.mark.parametrize("phrase", SPANS)
def test_a_date_stands_on_its_days_as_firmly_as_it_is_written(tmp_path: Path, phrase: str) -> None:
    start, last_day, status, qualifier = SPANS[phrase]
    event = event_of(tmp_path, f"date: {phrase}", "valuation")
    assert (event.start, event.last_day, event.status) == (start, last_day, status)
    assert event.summary == f"{'~ ' if status == 'TENTATIVE' else ''}Valuation: {PARTIES}{qualifier}"
    assert f"When: {phrase}" in event.lines


# In July, when Arizona's clocks differ from Denver's.
@pytest.mark.parametrize(("place", "hour"), {"Phoenix": 20, "Denver": 19, "Eastern": 17, "America/Chicago": 18}.items())
def test_a_clock_time_is_one_hour_in_utc_with_the_local_time_in_words(tmp_path: Path, place: str, hour: int) -> None:
    phrase = f"July 15, 2031 at 1:00 p.m. {place}"
    event = event_of(tmp_path, f"date: {phrase}\nkind: special meeting", "reconvened meeting")
    assert event.start == datetime(2031, 7, 15, hour, tzinfo=UTC)
    assert event.end == datetime(2031, 7, 15, hour + 1, tzinfo=UTC)
    assert (event.summary, event.status) == (f"Reconvened meeting: {PARTIES}", "CONFIRMED")
    assert f"When: {phrase}" in event.lines


# --- what happened to a milestone ------------------------------------------------------------------------------------


def test_a_closing_postponed_twice_is_the_same_event_on_its_new_day(tmp_path: Path) -> None:
    closing = event_of(
        tmp_path,
        """
        date: on or about August 29, 2031
        source: notice
        previously:
          - on or about June 27, 2031
          - on or about April 28, 2031
        subject to: shareholder approval
        note: The administrator asked for more time.
        """,
    )
    assert closing.uid == "plan.example-trust.alpha.closing@calendars.example.com"
    assert (closing.start, closing.sequence, closing.revision) == (date(2031, 8, 29), 2, "20310303T02")
    assert (closing.summary, closing.status) == (f"~ Closing: {PARTIES} (on or about)", "TENTATIVE")
    assert closing.lines == [
        "When: on or about August 29, 2031",
        "How firm: approximate",
        "Subject to: shareholder approval",
        "Target: Alpha Portfolio, a series of Example Trust",
        "Acquiring: Beta Portfolio (other names: Old Beta Fund), a series of Example Trust",
        "Earlier, latest first: on or about June 27, 2031; on or about April 28, 2031",
        "Note: The administrator asked for more time.",
        "Meaning: The reorganization takes effect.",
        "Information as of March 3, 2031; the filing governs.",
        "Source: Notice (March 3, 2031)",
    ]


DEFERRED = """
date: until further notice
source: notice
previously:
  - on or about June 27, 2031
  - on or about April 28, 2031
"""


def test_what_is_deferred_without_a_new_date_stays_on_its_last_known_day_and_says_so(tmp_path: Path) -> None:
    closing = event_of(tmp_path, DEFERRED)
    assert (closing.start, closing.status, closing.sequence) == (date(2031, 6, 27), "CANCELLED", 2)
    assert closing.summary == f"Deferred, no new date: Closing: {PARTIES}"
    assert "When: until further notice" in closing.lines
    assert "Earlier, latest first: on or about June 27, 2031; on or about April 28, 2031" in closing.lines


def test_what_is_deferred_and_then_cancelled_is_called_cancelled(tmp_path: Path) -> None:
    closing = event_of(tmp_path, DEFERRED + "cancelled:\n  source: release\n")
    assert (closing.start, closing.status, closing.sequence) == (date(2031, 6, 27), "CANCELLED", 3)
    assert closing.summary == f"Cancelled: Closing: {PARTIES}"


def test_a_cancelled_milestone_that_takes_place_after_all_counts_both_changes(tmp_path: Path) -> None:
    closing = event_of(tmp_path, "date: June 27, 2031\nsource: release\npreviously: ['cancelled', 'April 28, 2031']")
    assert (closing.start, closing.status, closing.sequence) == (date(2031, 6, 27), "CONFIRMED", 2)
    assert closing.summary == f"Closing: {PARTIES}"
    assert "Earlier, latest first: cancelled; April 28, 2031" in closing.lines


def test_a_mended_slip_is_a_revision_but_no_postponement(tmp_path: Path) -> None:
    closing = event_of(tmp_path, "date: April 28, 2031\ncorrected: January 9, 2031")
    never_wrong = event_of(tmp_path, "date: April 28, 2031")
    assert (closing.sequence, closing.revision) == (1, "20310109T01")
    assert closing.description == never_wrong.description.replace("as of January 2", "as of January 9")
    assert (closing.summary, closing.status) == (never_wrong.summary, never_wrong.status)


def test_an_undated_rename_is_no_event_until_it_has_a_date(tmp_path: Path) -> None:
    undated = events_of(
        tmp_path,
        ALPHA_INTO_BETA
        + "milestones:\n  name change: { date: to be announced, of: target }\n  closing: April 28, 2031\n",
    )
    assert list(undated) == ["alpha.closing"]


# --- what happened to a plan or a reorganization ---------------------------------------------------------------------

MILESTONES = """
milestones:
  record date: January 10, 2031
  special meeting: February 28, 2031
  first notice: { date: "March 3, 2031", kind: announcement }
  conversion: to be announced
  valuation: first quarter of 2031
  closing:
    date: on or about April 28, 2031
    subject to:
      - shareholder approval
      - an opinion on taxes
  name change:
    date: April 28, 2031
    of: acquiring
    subject to: Shareholder Approval
"""
CONVERSION = "  conversion: to be announced\n"


def test_a_plan_cancelled_after_the_vote_keeps_what_happened_and_cancels_what_was_to_come(tmp_path: Path) -> None:
    events = events_of(
        tmp_path,
        ALPHA_INTO_BETA + MILESTONES + "cancelled:\n  source: notice\n  reason: The required majority was missed.\n",
    )
    assert {key: (event.status, event.sequence, event.summary) for key, event in events.items()} == {
        "alpha.record-date": ("CONFIRMED", 0, f"Record date: {PARTIES}"),
        "alpha.special-meeting": ("CONFIRMED", 0, f"Special meeting: {PARTIES}"),
        # On the very day of the notice: not after it.
        "alpha.first-notice": ("CONFIRMED", 0, f"First notice: {PARTIES}"),
        # It could still have been in the four weeks of March that were left.
        "alpha.valuation": ("CANCELLED", 1, f"Cancelled: Valuation: {PARTIES} (expected first quarter of 2031)"),
        "alpha.closing": ("CANCELLED", 1, f"Cancelled: Closing: {PARTIES} (on or about)"),
        "alpha.name-change": ("CANCELLED", 1, f"Cancelled: Acquirer's name change: {PARTIES} (conditional)"),
    }
    assert events["alpha.special-meeting"].revision == "20310102T00"
    closing = events["alpha.closing"]
    assert (closing.start, closing.revision) == (date(2031, 4, 28), "20310303T01")
    assert "Cancelled: The required majority was missed." in closing.lines
    assert "Cancellation stated in: Notice (March 3, 2031)" in closing.lines
    assert "Information as of March 3, 2031; the filing governs." in closing.lines


def test_an_approval_takes_away_its_own_condition_alone(tmp_path: Path) -> None:
    events = events_of(tmp_path, ALPHA_INTO_BETA + MILESTONES + "approved:\n  source: notice\n")
    assert {key: event.sequence for key, event in events.items()} == {
        "alpha.record-date": 0,
        "alpha.special-meeting": 0,
        "alpha.first-notice": 0,
        "alpha.valuation": 0,
        "alpha.closing": 1,
        "alpha.name-change": 1,
    }
    closing, rename = events["alpha.closing"], events["alpha.name-change"]
    assert [line for line in closing.lines if line.startswith("Subject to")] == ["Subject to: an opinion on taxes"]
    assert (closing.status, closing.revision) == ("TENTATIVE", "20310303T01")
    assert "Approval stated in: Notice (March 3, 2031)" in closing.lines
    assert (rename.status, rename.summary) == ("CONFIRMED", f"Acquirer's name change: {PARTIES}")


def test_a_completion_makes_the_closing_that_very_day_without_conditions(tmp_path: Path) -> None:
    plan = ALPHA_INTO_BETA + MILESTONES.replace(CONVERSION, "")
    states = """
    approved:
      source: notice
    completed:
      source: release
      date: May 2, 2031
    """
    events = events_of(tmp_path, plan + dedent(states))
    closing = events["alpha.closing"]
    assert (closing.start, closing.last_day) == (date(2031, 5, 2), date(2031, 5, 2))
    assert (closing.summary, closing.status) == (f"Closing: {PARTIES}", "CONFIRMED")
    assert (closing.sequence, closing.revision) == (2, "20310505T02")
    assert not any(line.startswith("Subject to") for line in closing.lines)
    assert "Earlier, latest first: on or about April 28, 2031" in closing.lines
    assert "Completion stated in: Press release (May 5, 2031)" in closing.lines
    assert {key: event.sequence for key, event in events.items() if event.sequence} == {
        "alpha.closing": 2,
        "alpha.name-change": 1,
    }


TWO = """
reorganizations:
  - target: Alpha Portfolio
    acquiring: Beta Portfolio
  - target: Gamma Fund
    acquiring: Beta Portfolio
    milestones:
      special meeting:
"""


@pytest.mark.parametrize(
    ("own", "sequence", "revision"),
    [
        # The plan's own count is 1, its last revision on February 20.
        pytest.param("date: March 14, 2031", 2, "20310220T02", id="another day"),
        pytest.param("date: March 14, 2031\nsource: notice", 2, "20310303T02", id="a later source"),
        pytest.param(
            "date: March 14, 2031\nsource: notice\npreviously: February 28, 2031", 3, "20310303T03", id="moved"
        ),
        pytest.param("date: March 14, 2031\ncorrected: March 9, 2031", 3, "20310309T03", id="corrected"),
    ],
)
def test_a_reorganization_s_own_meeting_counts_on_from_the_plan_s(
    tmp_path: Path, own: str, sequence: int, revision: str
) -> None:
    shared = "milestones:\n  special meeting:\n    date: February 28, 2031\n    corrected: February 20, 2031\n"
    events = events_of(tmp_path, TWO + indent(own, " " * 8) + "\n" + shared)
    alpha, gamma = events["alpha.special-meeting"], events["gamma.special-meeting"]
    assert (alpha.start, alpha.sequence, alpha.revision) == (date(2031, 2, 28), 1, "20310220T01")
    assert (gamma.start, gamma.sequence, gamma.revision) == (date(2031, 3, 14), sequence, revision)


def test_not_applicable_removes_a_milestone_from_one_reorganization(tmp_path: Path) -> None:
    plan = TWO.replace("special meeting:", "special meeting: not applicable")
    events = events_of(
        tmp_path, plan + "milestones:\n  special meeting: February 28, 2031\n  closing: April 28, 2031\n"
    )
    assert list(events) == ["alpha.special-meeting", "alpha.closing", "gamma.closing"]


def test_a_reorganization_s_own_state_replaces_the_plan_s(tmp_path: Path) -> None:
    plan = """
    reorganizations:
      - target: Alpha Portfolio
        acquiring: Beta Portfolio
      - target: Gamma Fund
        acquiring: Beta Portfolio
        cancelled:
          source: release
    milestones:
      closing:
        date: June 27, 2031
        subject to: shareholder approval
    approved:
      source: notice
    """
    events = events_of(tmp_path, plan)
    alpha, gamma = events["alpha.closing"], events["gamma.closing"]
    assert (alpha.status, alpha.sequence, alpha.revision) == ("CONFIRMED", 1, "20310303T01")
    assert (gamma.status, gamma.revision) == ("CANCELLED", "20310505T02")
    assert gamma.sequence > alpha.sequence


# --- many, and names alike -------------------------------------------------------------------------------------------


def test_sixteen_targets_into_one_keep_their_events_apart(tmp_path: Path) -> None:
    names = [f"Selling {number} Fund" for number in range(1, 17)]
    trust = "name: Example Trust\nportfolios:\n  buying: Buying Fund\n" + "".join(
        f"  selling-{number}: {name}\n" for number, name in enumerate(names, 1)
    )
    plan = "reorganizations:\n" + "".join(f"  - {{ target: {name}, acquiring: buying }}\n" for name in names)
    feeds = read_all(
        made(tmp_path, plan + "milestones:\n  board approval: February 27, 2013\n  closing: 2013-06-03\n", trust=trust)
    )
    assert len(feeds["all"]) == len(feeds["trusts/example-trust/buying"]) == len(feeds["plans/plan"]) == 32
    assert [event.summary for event in feeds["trusts/example-trust/selling-16"]] == [
        "Board approval: Selling 16 → Buying (Example Trust)",
        "Closing: Selling 16 → Buying (Example Trust)",
    ]


def test_targets_of_the_same_name_in_two_trusts_are_told_apart(tmp_path: Path) -> None:
    plan = """
    reorganizations:
      - target: Beta Portfolio
        acquiring: &DELTA
      - target: { portfolio: Beta Portfolio, trust: "Other Trust, Inc." }
        acquiring: &DELTA
    milestones:
      closing: April 28, 2031
    """.replace("&DELTA", '{ portfolio: delta, trust: "Other Trust, Inc." }')
    feeds = read_all(made(tmp_path, plan))
    assert {event.uid: event.summary for event in feeds["plans/plan"]} == {
        "plan.example-trust.beta.closing@calendars.example.com": "Closing: Beta (EXT) → Delta (Other Trust, Inc.)",
        "plan.other-trust.beta.closing@calendars.example.com": "Closing: Beta → Delta (Other Trust, Inc.)",
    }
    assert len(feeds["trusts/example-trust/beta"]) == len(feeds["trusts/other-trust/beta"]) == 1
    assert len(feeds["trusts/other-trust/delta"]) == 2


def test_a_kind_that_occurs_twice_goes_by_the_author_s_own_titles(tmp_path: Path) -> None:
    plan = """
    milestones:
      first adjourned meeting: { date: "June 26, 2001", kind: special meeting }
      "2nd adjourned meeting (by telephone)": { date: "July 6, 2001", kind: special meeting }
      special meeting: May 29, 2001
    """
    resources = made(tmp_path, ALPHA_INTO_BETA + dedent(plan))
    events = by_key(read_all(resources)["all"])
    assert {key: event.summary for key, event in events.items()} == {
        "alpha.special-meeting": f"Special meeting: {PARTIES}",
        "alpha.first-adjourned-meeting": f"First adjourned meeting: {PARTIES}",
        "alpha.2nd-adjourned-meeting-by-telephone": f"2nd adjourned meeting (by telephone): {PARTIES}",
    }
    assert len(conformant(calendar(resources, "all", Choice(kinds=["special-meeting"])))) == 3


@pytest.mark.parametrize(
    ("date_phrase", "summary"),
    [
        ("April 28, 2031", f"~ Closing: {PARTIES} (conditional)"),
        ("after the close of business on April 28, 2031", f"~ Closing: {PARTIES} (conditional)"),
        ("on or about April 28, 2031", f"~ Closing: {PARTIES} (on or about)"),
        ("second half of 2031", f"~ Closing: {PARTIES} (expected second half of 2031)"),
    ],
)
def test_a_condition_stands_in_brackets_where_no_other_word_does(
    tmp_path: Path, date_phrase: str, summary: str
) -> None:
    closing = event_of(tmp_path, f"date: {date_phrase}\nsubject to: the consent of a regulator")
    assert (closing.summary, closing.status) == (summary, "TENTATIVE")
    assert "Subject to: the consent of a regulator" in closing.lines


NAMES = [
    pytest.param("Société Générale Épargne Œuvre", id="accents"),
    pytest.param("日本株式インデックス・オープン", id="Japanese"),
    pytest.param("Growth 🚀📈 and 👩‍⚖️ Value", id="emoji"),
    pytest.param("صندوق النمو", id="Arabic"),
    pytest.param("קרן צמיחה (מניות)", id="Hebrew"),
    pytest.param('A; B, C: \\N \\n "D"', id="punctuation"),
]


@pytest.mark.parametrize("name", NAMES)
def test_names_of_every_script_arrive_as_written(tmp_path: Path, name: str) -> None:
    quoted = "'" + name + "'"
    trust = EXAMPLE_TRUST.replace("Alpha Portfolio", quoted).replace("name: Example Trust", f"name: {quoted}")
    plan = f"""
    reorganizations:
      - target: {quoted}
        acquiring: beta
    milestones:
      closing:
        date: April 28, 2031
        note: {quoted}
    """
    resources = Resources(
        loaded(
            tmp_path,
            {
                "trusts/example-trust.yaml": trust,
                "plans/plan.yaml": HEAD.replace("Example Trust", "EXT") + dedent(plan),
            },
        )
    )
    feeds = read_all(resources)
    (event,) = feeds["trusts/example-trust/alpha"]
    assert event.uid == "plan.example-trust.alpha.closing@calendars.example.com"
    assert event.summary == f"Closing: {name} → Beta (EXT)"
    assert f"Target: {name}" in event.lines  # which stands alone: its trust has its name
    assert f"Acquiring: Beta Portfolio (other names: Old Beta Fund), a series of {name}" in event.lines
    assert f"Note: {name}" in event.lines


REFERENCES = ["Beta Portfolio", "beta", "Old Beta Fund", "old beta fund"]
TRUSTS = ["Example Trust", "EXT", "example-trust", "Former Example Trust"]


@pytest.mark.parametrize(
    ("portfolio", "trust"),
    [*((portfolio, "Example Trust") for portfolio in REFERENCES), *(("Beta Portfolio", trust) for trust in TRUSTS)],
)
def test_every_name_of_a_portfolio_or_trust_means_the_same(tmp_path: Path, portfolio: str, trust: str) -> None:
    plan = f"""
    reorganizations:
      - target: Alpha Portfolio
        acquiring:
          portfolio: {portfolio}
          trust: {trust}
    milestones:
      closing: April 28, 2031
    """
    names = EXAMPLE_TRUST.replace("short name", "other names: [Former Example Trust]\nshort name")
    (event,) = events_of(tmp_path, plan, trust=names).values()
    assert event.summary == f"Closing: {PARTIES}"


# --- the site --------------------------------------------------------------------------------------------------------

CLOSING = ALPHA_INTO_BETA + "milestones:\n  closing: { date: 'April 28, 2031', source: letter }\n"
ADDRESS = "https://calendars.example.com/reorganizations"


def test_a_site_with_an_address_leads_to_its_pages(tmp_path: Path) -> None:
    resources = made(tmp_path, CLOSING.replace("letter", "supplement"), f"url: {ADDRESS}/\n")
    feed = calendar(resources, "trusts/example-trust/alpha")
    (closing,) = conformant(feed)
    # The event's own link is to its source; the page stands in the text.
    assert closing.url == "https://www.example.com/supplement"
    assert closing.lines[-2:] == ["https://www.example.com/supplement", f"Page: {ADDRESS}/plans/plan/"]
    frame = feed.replace(b"\r\n ", b"").partition(b"BEGIN:VEVENT")[0].decode()
    assert f"\r\nURL:{ADDRESS}/trusts/example-trust/alpha/\r\n" in frame


def test_an_event_of_a_source_without_an_address_leads_to_the_plan_s_page(tmp_path: Path) -> None:
    (closing,) = events_of(tmp_path, CLOSING, f"url: {ADDRESS}\n").values()
    assert closing.url == f"{ADDRESS}/plans/plan/"


def test_a_site_without_an_address_makes_up_none(tmp_path: Path) -> None:
    resources = made(tmp_path, CLOSING)
    (closing,) = conformant(calendar(resources, "all"))
    assert closing.url == ""
    assert b"http" not in calendar(resources, "all")


def test_the_oldest_events_leave_a_feed_that_holds_more_than_the_author_allows(tmp_path: Path) -> None:
    resources = made(tmp_path, TWO.replace("special meeting:", "announcement: January 2, 2031") + MILESTONES)
    few = made(
        tmp_path, TWO.replace("special meeting:", "announcement: January 2, 2031") + MILESTONES, "events per feed: 4"
    )
    for address, events in each_of(read_all(resources).items()):
        assert [event.octets for event in conformant(calendar(few, address))] == [event.octets for event in events[-4:]]


# --- what a reader asks for ------------------------------------------------------------------------------------------


def test_a_feed_without_events_is_a_calendar_all_the_same(tmp_path: Path) -> None:
    feeds = read_all(made(tmp_path, CLOSING))
    assert [address for address, events in feeds.items() if not events] == [
        "trusts/other-trust",
        "trusts/example-trust/gamma",
        "trusts/other-trust/beta",
        "trusts/other-trust/delta",
    ]


def test_a_filter_keeps_the_events_of_its_kinds_as_they_are(tmp_path: Path) -> None:
    resources = made(tmp_path, ALPHA_INTO_BETA + MILESTONES)
    everything = conformant(calendar(resources, "all"))
    one = conformant(calendar(resources, "all", Choice(kinds=["closing"])))
    two = conformant(calendar(resources, "all", Choice(kinds=["record-date", "closing", "closing"])))
    assert [event.octets for event in one] == [by_key(everything)["alpha.closing"].octets]
    assert [event.uid.partition("@")[0] for event in two] == [
        "plan.example-trust.alpha.record-date",
        "plan.example-trust.alpha.closing",
    ]
    assert conformant(calendar(resources, "all", Choice(kinds=["delisting"]))) == []


def test_alarms_come_with_each_event_that_is_not_cancelled(tmp_path: Path) -> None:
    resources = made(tmp_path, ALPHA_INTO_BETA + MILESTONES + "cancelled:\n  source: notice\n")
    without = conformant(calendar(resources, "plans/plan"))
    with_alarms = conformant(calendar(resources, "plans/plan", Choice(alarms=["7d"])))
    assert [event.uid for event in with_alarms] == [event.uid for event in without]
    assert {event.alarms for event in without} == {0}
    assert [event.alarms for event in with_alarms] == [0 if event.status == "CANCELLED" else 1 for event in without]
    # The bytes of feeds without alarms are what they were.
    assert conformant(calendar(resources, "plans/plan")) == without


def test_a_selection_is_the_union_with_each_event_once(tmp_path: Path) -> None:
    resources = made(tmp_path, ALPHA_INTO_BETA + MILESTONES)
    feeds = ["trusts/example-trust/alpha", "trusts/example-trust/beta", "plans/plan"]
    selection = conformant(calendar(resources, "selection", Choice(feeds=feeds)))
    assert selection == conformant(calendar(resources, "all"))


def test_a_cancelled_reorganization_leaves_no_closing_standing_though_its_day_has_passed(tmp_path: Path) -> None:
    plan = """\
        sources:
          first: {title: Supplement, dated: "January 8, 2031"}
          notice: {title: Notice, dated: "May 5, 2031"}
        reorganizations:
          - target: alpha
            acquiring: beta
        milestones:
          special meeting: February 27, 2031
          closing: on or about April 28, 2031
        cancelled: {source: notice}
        """
    trust = trust_of(alpha="Alpha Fund", beta="Beta Fund")
    catalog = loaded(tmp_path, {"trusts/example-trust.yaml": trust, "plans/p.yaml": plan})
    events = Resources(catalog).feeds.feed("all").events
    assert [(event.kind.name, event.status) for event in events] == [
        ("special meeting", "CONFIRMED"),
        ("closing", "CANCELLED"),
    ]


def test_what_happens_to_the_plan_later_is_not_about_a_reorganization_with_states_of_its_own(tmp_path: Path) -> None:
    plan = """\
        sources:
          first: {title: Supplement, dated: "January 8, 2031"}
          off: {title: Notice, dated: "March 3, 2031"}
          done: {title: Results, dated: "June 2, 2031"}
        reorganizations:
          - target: alpha
            acquiring: beta
            cancelled: {source: off}
        milestones:
          closing: {date: "May 30, 2031", subject to: shareholder approval}
        approved: {source: done}
        completed: {source: done, date: "May 30, 2031"}
        """
    trust = trust_of(alpha="Alpha Fund", beta="Beta Fund")
    catalog = loaded(tmp_path, {"trusts/example-trust.yaml": trust, "plans/p.yaml": plan})
    resources = Resources(catalog)
    (event,) = resources.feeds.feed("all").events
    assert event.status == "CANCELLED"
    # What the plan says still counts: subscribers may have seen it before the reorganization was cancelled by its own.
    assert (event.sequence, event.revised) == (5, date(2031, 6, 2))
    assert "Information as of March 3, 2031;" in event.description
    sheet = resources.find("/all.csv", Choice())
    assert sheet is not None
    (row,) = csv.DictReader(StringIO(sheet.body.decode("utf-8-sig")))
    assert row["information as of"] == "2031-03-03"
