"""What depends on the reader's day: answers, what comes next, what is past."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.pages.sites import base, reader_on, served, visit
from tests.pages.test_plans import table_row
from tests.pages.test_timelines import BOXES
from tests.support import RunningServer, each_of

WITHIN = datetime(2031, 2, 28, 4, 30, tzinfo=UTC)  # the evening of the 27th in New York


def answer(page: Page, target: str) -> Locator:
    """The line that answers for a target's reorganization."""
    return page.locator(".answer").filter(has=page.locator(".who", has_text=target))


# --- answers ---------------------------------------------------------------------------------------------------------


def test_the_first_lines_say_when_how_firm_and_how_far_away(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, rich, "plans/moved/")
        expect(answer(page, "A & B")).to_contain_text(
            "Closing: Monday, May 19, 2031, on or about (in 81 days). Depends on shareholder approval."
        )
        expect(answer(page, "A & B")).to_contain_text("Next: Special meeting, Thursday, February 27, 2031 (today).")
        expect(answer(page, "Another")).to_contain_text("Cancelled: the vote <failed>. Stated in “A second supplement”")
        expect(answer(page, "Unbreakably")).to_contain_text(
            "Closing completed on Friday, February 28, 2031. Stated in “A second supplement” (Monday, March 3, 2031)."
        )
        assert "answer" in (page.locator(".answers > li").first.get_attribute("class") or "")
        expect(page.locator(".answers > li").first).to_contain_text("A & B")


def test_what_is_past_and_not_known_to_have_happened_says_so(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2031, 6, 1, 16, tzinfo=UTC)) as page:
        visit(page, rich, "plans/moved/")
        passed = answer(page, "A & B")
        expect(passed).to_contain_text(
            "Closing was expected on or about Monday, May 19, 2031; no filing here says whether it took place."
        )
        expect(passed).to_have_class("answer past")
        assert passed.locator(".away").inner_text() == ""


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_the_answer_stands_on_the_first_screen(browser: Browser, rich: RunningServer, size: tuple[int, int]) -> None:
    with reader_on(browser, WITHIN) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        for path in ("trusts/example-trust/ampersand/", "trusts/example-trust/mid-cap/", "plans/many/", "plans/moved/"):
            visit(page, rich, path)
            expect(page.locator(".answer").first).to_be_in_viewport(ratio=1)
            expect(page.locator(".answer .away").first).to_be_in_viewport(ratio=1)


def test_every_reorganization_has_a_line(page: Page, rich: RunningServer) -> None:
    visit(page, rich, "plans/many/")
    expect(page.locator(".answer")).to_have_count(16)
    visit(page, rich, "trusts/example-trust/quiet/")
    expect(page.locator(".answer")).to_have_count(0)


SITES_WITH_SOFT_WORDS = {
    "trusts/example-trust.yaml": "name: Example Trust\nportfolios:\n"
    + "".join(f"  p{n}: Portfolio {n}\n" for n in range(8)),
    "plans/soft.yaml": """\
title: Soft words
trust: Example Trust
sources:
  letter: {title: A letter, dated: "January 7, 2031"}
  vote: {title: Results, dated: "May 2, 2031"}
reorganizations:
  - {target: Portfolio 1, acquiring: Portfolio 0, milestones: {closing: "no earlier than May 1, 2031"}}
  - {target: Portfolio 2, acquiring: Portfolio 0, milestones: {closing: second quarter of 2031}}
  - target: Portfolio 3
    acquiring: Portfolio 0
    approved: {source: vote}
    milestones: {approval obtained: "May 1, 2031", closing: "June 3, 2031"}
  - {target: Portfolio 4, acquiring: Portfolio 0, milestones: {closing: to be announced}}
  - target: Portfolio 6
    acquiring: Portfolio 0
    approved: {source: vote}
    milestones: {approval obtained: "expected May 1, 2031", closing: "June 3, 2031"}
  - target: Portfolio 7
    acquiring: Portfolio 0
    approved: {source: vote}
    milestones: {approval obtained: {date: "May 1, 2031", of: acquiring}, closing: "June 3, 2031"}
  - {target: Portfolio 5, acquiring: Portfolio 0}
milestones:
  board approval: January 6, 2031
""",
}


def test_soft_words_stay_soft(browser: Browser, tmp_path: Path) -> None:
    with (
        served(tmp_path, "", SITES_WITH_SOFT_WORDS) as server,
        reader_on(browser, datetime(2031, 6, 2, 16, tzinfo=UTC)) as page,
    ):
        visit(page, server, "plans/soft/")
        expect(answer(page, "Portfolio 1")).to_contain_text(
            "Closing: no earlier than Thursday, May 1, 2031 (any day now)."
        )
        expect(answer(page, "Portfolio 2")).to_contain_text(
            "Closing: second quarter of 2031 (Tuesday, April 1 to Monday, June 30, 2031), expected (within 28 days)."
        )
        expect(answer(page, "Portfolio 3")).to_contain_text(
            "Closing: Tuesday, June 3, 2031 (tomorrow). Shareholders approved on Thursday, May 1, 2031."
        )
        for not_its_own in ("Portfolio 6", "Portfolio 7"):
            expect(answer(page, not_its_own)).to_contain_text("Shareholders approved, as stated in “Results”")
        expect(answer(page, "Portfolio 4")).to_contain_text("Closing: no date yet, “to be announced”.")
        expect(answer(page, "Portfolio 5")).to_contain_text("No closing date is stated.")


AWAY = {
    "trusts/example-trust.yaml": "name: Example Trust\nportfolios: {alpha: Alpha Portfolio, beta: Beta Portfolio}\n",
    "plans/away.yaml": """\
trust: Example Trust
sources: {letter: {title: A letter, dated: "January 7, 2031"}}
reorganizations: [{target: Alpha, acquiring: Beta}]
milestones: {closing: "WORDS", valuation: "WORDS"}
""",
}
WINDOW, ROW, ONE_DAY = "week of May 12, 2031", "May 12-14, 2031", "on or about May 12, 2031"
EARLIEST, LATEST = "no earlier than May 12, 2031", "no later than May 12, 2031"


@pytest.mark.parametrize(
    ("words", "said_on"),
    [
        (WINDOW, {10: "in 2 to 6 days", 11: "in 1 to 5 days", 12: "within 4 days"}),
        (WINDOW, {15: "today or tomorrow", 16: "today"}),
        (ROW, {10: "begins in 2 days", 11: "begins tomorrow", 12: "begins today"}),
        (ROW, {13: "ends tomorrow", 14: "ends today"}),
        (f"expected {ROW}", {10: "begins in 2 days", 13: "ends tomorrow"}),
        (EARLIEST, {10: "in 2 days at the earliest", 11: "tomorrow at the earliest", 12: "today at the earliest"}),
        (EARLIEST, {13: "any day now"}),
        (LATEST, {10: "in 2 days at the latest", 11: "tomorrow at the latest", 12: "today at the latest"}),
        (f"expected {EARLIEST}", {10: "in 2 days", 12: "today", 13: "any day now"}),
        (f"expected {LATEST}", {10: "in 2 days", 12: "today"}),
        (ONE_DAY, {10: "in 2 days", 11: "tomorrow", 12: "today"}),
    ],
    ids=["window", "end of a window", "days in a row", "end of days in a row", "days in a row that are expected",
         "open end", "open end that has begun", "limit", "open end that is expected", "limit that is expected",
         "one day"],
)  # fmt: skip
def test_how_far_away_a_day_is_is_true_of_each_day_that_its_words_allow(
    browser: Browser, tmp_path: Path, words: str, said_on: dict[int, str]
) -> None:
    documents = AWAY | {"plans/away.yaml": AWAY["plans/away.yaml"].replace("WORDS", words)}
    with served(tmp_path, "", documents) as server:
        for day, said in said_on.items():
            with reader_on(browser, datetime(2031, 5, day, 16, tzinfo=UTC)) as page:
                visit(page, server, "plans/away/")
                expect(page.locator(".answer .away")).to_have_text(f"({said})")
                expect(page.locator(".answer-next")).to_contain_text(f" ({said}).")
                visit(page, server)
                expect(page.locator(".by-date .away")).to_have_text([f"({said})"] * 2)
                expect(said_of(page, "alpha").locator(".next")).to_contain_text(f"({said})")


@pytest.mark.parametrize(
    ("words", "today", "said"),
    [
        (ONE_DAY, date(2031, 2, 2), "in 99 days"),
        (ONE_DAY, date(2031, 2, 1), "in about 3 months"),
        (ONE_DAY, date(2029, 5, 13), "in about 24 months"),
        (ONE_DAY, date(2029, 5, 12), "in about 2 years"),
        (ONE_DAY, date(2027, 10, 13), "in about 3½ years"),
        (EARLIEST, date(2030, 11, 12), "in about 6 months at the earliest"),
        ("second quarter of 2031", date(2030, 5, 12), "in about 11 to 14 months"),
        ("second quarter of 2031", date(2031, 3, 1), "in 31 to 121 days"),
    ],
)
def test_what_is_far_away_is_said_in_months_and_years(
    browser: Browser, tmp_path: Path, words: str, today: date, said: str
) -> None:
    documents = AWAY | {"plans/away.yaml": AWAY["plans/away.yaml"].replace("WORDS", words)}
    noon = datetime(today.year, today.month, today.day, 16, tzinfo=UTC)
    with served(tmp_path, "", documents) as server, reader_on(browser, noon) as page:
        visit(page, server, "plans/away/")
        expect(page.locator(".answer .away")).to_have_text(f"({said})")


NEXT = {
    "trusts/example-trust.yaml": "name: Example Trust\nshort name: ET\nportfolios:\n"
    + "".join(f"  p{n}: Portfolio {n}\n" for n in range(10)),
    "plans/next.yaml": """\
title: What is next
trust: Example Trust
sources:
  letter: {title: A letter, dated: "October 15, 2026"}
  later: {title: A later letter, dated: "November 23, 2026"}
reorganizations:
  - target: Portfolio 1
    acquiring: Portfolio 0
    milestones:
      closing: December 4, 2026
      name change: {date: "December 7, 2026", of: acquiring}
  - target: Portfolio 2
    milestones:
      last redemption: {date: "until December 1, 2026", subject to: [shareholder approval, change]}
      liquidation: fourth quarter of 2026
  - {target: Portfolio 3, acquiring: Portfolio 0, milestones: {closing: fourth quarter of 2027}}
  - target: Portfolio 4
    acquiring: Portfolio 0
    milestones:
      closing: {date: until further notice, previously: "November 24, 2026", source: later}
      name change: {date: to be announced, of: target}
      announcement: October 15, 2026
""",
    "plans/old.yaml": """\
title: Long ago
trust: Example Trust
sources: {letter: {title: A letter, dated: "October 15, 2019"}}
reorganizations: [{target: Portfolio 5, acquiring: Portfolio 0}]
milestones: {announcement: "October 15, 2019", closing: "no earlier than December 10, 2019"}
""",
    "plans/expected.yaml": """\
title: Expected as limits
trust: Example Trust
sources:
  letter: {title: A letter, dated: "May 15, 2019"}
  later: {title: A later letter, dated: "August 20, 2019"}
reorganizations:
  - {target: Portfolio 6, acquiring: Portfolio 0}
  - {target: Portfolio 7, acquiring: Portfolio 0, cancelled: {source: later}}
  - {target: Portfolio 8, acquiring: Portfolio 0, completed: {source: later, date: "August 19, 2019"}}
  - {target: Portfolio 9, acquiring: Portfolio 0, milestones: {closing: "expected no earlier than August 8, 2019"}}
milestones: {closing: "expected by August 15, 2019"}
""",
}


def test_what_is_next_is_not_what_has_been_said(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "", NEXT) as server, reader_on(browser, datetime(2026, 11, 26, 16, tzinfo=UTC)) as page:
        visit(page, server, "trusts/example-trust/p0/")
        expect(answer(page, "Portfolio 1")).to_contain_text(
            "Closing: Friday, December 4, 2026 (in 8 days). "
            "Next: Acquirer's name change, Monday, December 7, 2026 (in 11 days)."
        )
        expect(answer(page, "Portfolio 3")).to_contain_text("expected (in about 10 to 13 months).")
        expect(answer(page, "Portfolio 5")).to_contain_text(
            "Closing was to be no earlier than Tuesday, December 10, 2019; no filing here says whether it took place."
        )
        visit(page, server, "trusts/example-trust/p2/")
        expect(answer(page, "Portfolio 2")).to_contain_text(
            "Next: Last redemption, Tuesday, December 1, 2026 (in 5 days); "
            "depends on shareholder approval, and may change."
        )
        visit(page, server)
        expect(page.locator(".by-date")).to_contain_text("Liquidation: Portfolio 2")
        expect(page.locator(".by-date")).not_to_contain_text("2019")


def test_what_was_expected_as_a_limit_was_not_to_be(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "", NEXT) as server, reader_on(browser, datetime(2026, 11, 26, 16, tzinfo=UTC)) as page:
        visit(page, server, "plans/expected/")
        expected = "Closing was expected no later than Thursday, August 15, 2019"
        expect(answer(page, "Portfolio 6")).to_contain_text(f"{expected}; no filing here says whether it took place.")
        expect(answer(page, "Portfolio 7")).to_contain_text(f"{expected}.")
        expect(table_row(page, "p8", "Closing")).to_contain_text("was expected no later than Thursday, August 15, 2019")
        expect(answer(page, "Portfolio 9")).to_contain_text("Closing was expected no earlier than Thursday, August 8")
        visit(page, server)
        expect(said_of(page, "p6")).to_contain_text(expected)


def test_what_has_no_day_is_neither_past_nor_left_out(browser: Browser, tmp_path: Path) -> None:
    with served(tmp_path, "", NEXT) as server, reader_on(browser, datetime(2026, 11, 26, 16, tzinfo=UTC)) as page:
        visit(page, server, "plans/next/")
        past = page.locator("#table-next-4 tbody.over")
        expect(past).to_contain_text("Announcement")
        expect(past).not_to_contain_text("Closing")
        visit(page, server, "plans/old/")
        expect(page.locator("#table-old-1 tbody.over")).to_contain_text("Announcement")
        expect(page.locator("#table-old-1 tbody.over")).not_to_contain_text("Closing")
        page.goto(f"{base(server)}embed/agenda/plans/old/")
        expect(page.locator(".earlier summary")).to_have_text("1 earlier")
        expect(page.locator(".earlier li")).to_contain_text("Announcement")
        expect(page.locator("main > .agenda li")).to_contain_text("no earlier than Tuesday, December 10, 2019")
        page.goto(f"{base(server)}embed/agenda/trusts/example-trust/p4/")
        expect(page.locator(".agenda").first.locator("li")).to_have_text(
            [
                "until further notice Closing: Portfolio 4 → Portfolio 0 (ET) deferred, no new date",
                "to be announced Target's name change: Portfolio 4 → Portfolio 0 (ET) no date yet",
            ]
        )
        expect(page.locator(".earlier summary")).to_have_text("1 earlier")
        page.goto(f"{base(server)}embed/agenda/trusts/example-trust/p4/?kind=delisting")
        expect(page.locator("main")).to_contain_text("No such milestone is known.")


def test_a_list_of_many_plans_says_which_days_have_passed(browser: Browser, large: RunningServer) -> None:
    for day, passed in ((datetime(2031, 5, 29, 16, tzinfo=UTC), 0), (datetime(2031, 6, 1, 16, tzinfo=UTC), 120)):
        with reader_on(browser, day) as page:
            visit(page, large, "all/")
            expect(page.locator(".briefs .when", has_text="Closing: Friday, May 30")).to_have_count(120 - passed)
            said = "Closing was planned for Friday, May 30, 2031; no filing here says whether it took place"
            expect(page.locator(".briefs .when", has_text=said)).to_have_count(passed)


# --- tables and the timeline -----------------------------------------------------------------------------------------


def test_today_stands_on_the_timeline_on_the_readers_day_and_in_its_legend(
    browser: Browser, rich: RunningServer
) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, rich, "plans/moved/")
        assert page.locator(".today").count() == page.locator(".track").count()
        # November 1 to July 1: 242 days, of which 118 have gone.
        at = page.locator(".today").evaluate_all("lines => lines.map(line => parseFloat(line.getAttribute('x1')))")
        assert at == pytest.approx([100 * 118 / 242] * len(at))
        drawn = page.locator(".timeline").evaluate(BOXES)
        for track, marks in each_of(drawn["tracks"]):
            assert track["left"] < marks[-1]["left"] < track["right"]
        expect(page.locator(".today-key")).to_be_visible()


@pytest.mark.parametrize("day", [datetime(2030, 10, 31, 16, tzinfo=UTC), datetime(2031, 7, 1, 16, tzinfo=UTC)], ids=str)
def test_today_is_not_marked_outside_the_timeline(browser: Browser, rich: RunningServer, day: datetime) -> None:
    with reader_on(browser, day) as page:
        visit(page, rich, "plans/moved/")
        assert page.locator(".today").count() == 0
        expect(page.locator(".today-key")).to_be_hidden()


def test_only_what_is_today_is_marked_as_today(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, rich, "plans/moved/")
        expect(table_row(page, "ampersand", "Special meeting")).to_have_attribute("aria-current", "date")
        assert page.locator("table").first.locator("[aria-current]").count() == 1
    with reader_on(browser, WITHIN + timedelta(days=1)) as page:
        visit(page, rich, "plans/moved/")
        assert page.locator("table").first.locator("[aria-current]").count() == 0


def test_what_is_ahead_stands_above_what_is_past(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, rich, "plans/many/")
        rows = page.locator("table").first.get_by_role("rowheader").all_inner_texts()
        assert [row.strip() for row in rows] == [
            "Special meeting", "Closing", "Before today", "Board approval", "Record date", "Proxy mailing",
        ]  # fmt: skip


# --- the first page --------------------------------------------------------------------------------------------------


def test_what_comes_next_is_what_comes_next(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2031, 1, 16, 17, tzinfo=UTC)) as page:
        visit(page, rich)
        expect(page.locator("#by-date")).to_have_text("What comes next")
        lines = page.locator(".by-date li").filter(visible=True)
        expect(lines.first).to_contain_text("week of January 20, 2031 (Monday, January 20 to Friday, January 24, 2031")
        expect(lines.first).to_contain_text("(in 4 to 8 days)")
        more = page.get_by_role("button", name="more")
        before = lines.count()
        more.click()
        assert lines.count() > before
        expect(lines.nth(before).get_by_role("link")).to_be_focused()


def test_once_everything_is_over_nothing_is_planned(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2033, 1, 3, 16, tzinfo=UTC)) as page:
        visit(page, rich)
        expect(page.locator(".by-date")).to_contain_text("Nothing is planned.")
        assert page.locator(".by-date li").count() == 0


def said_of(page: Page, portfolio: str) -> Locator:
    """What the first page says of a portfolio of the Example Trust."""
    return page.locator(f'.when[data-at="trusts/example-trust/{portfolio}"]')


def test_each_portfolio_says_how_it_stands(browser: Browser, rich: RunningServer) -> None:
    with reader_on(browser, datetime(2031, 5, 20, 16, tzinfo=UTC)) as page:
        visit(page, rich)
        expect(said_of(page, "mid-cap")).to_have_text(
            "Liquidation: Friday, May 30, 2031 (in 10 days) · Mid Cap Growth (EST)"
        )
        expect(said_of(page, "large-cap")).to_have_text(
            "Closing: no date yet, “to be announced” · 日本株式 → Large Cap Value (EST) · 15 more reorganizations"
        )
        expect(said_of(page, "ampersand")).to_have_text(
            "Closing was expected on or about Monday, May 19, 2031; no filing here says whether it took place · "
            "<b>A & B</b> → Société Générale Élan (EST) Next: Valuation: second quarter of 2031 (Tuesday, April 1 to "
            "Monday, June 30, 2031), expected (within 41 days)"
        )


STANDINGS = {
    "trusts/example-trust.yaml": "name: Example Trust\nshort name: ET\nportfolios:\n"
    + "".join(f"  {name}: {name.capitalize()} Portfolio\n" for name in ("alpha", "beta", "gamma", "delta"))
    + "".join(f"  {name}: {name.capitalize()} Portfolio\n" for name in ("epsilon", "zeta", "theta", "quiet")),
    "plans/standings.yaml": """\
trust: Example Trust
sources:
  letter: {title: A letter, dated: "October 15, 2026"}
  later: {title: A later letter, dated: "November 23, 2026"}
reorganizations:
  - target: {portfolio: Alpha, classes: Class C}
    milestones: {liquidation: {date: "on or about December 18, 2026", subject to: a tax opinion}}
  - {target: Beta, acquiring: Gamma, milestones: {closing: "December 9, 2026", last redemption: "December 1, 2026"}}
  - target: Delta
    acquiring: Gamma
    cancelled: {source: later, reason: the board changed its mind}
    milestones: {closing: "December 4, 2026"}
  - target: Epsilon
    acquiring: Gamma
    milestones:
      closing: {date: until further notice, previously: "November 24, 2026", source: later}
      delisting: December 22, 2026
  - target: Zeta
    acquiring: Gamma
    milestones: {special meeting: "November 16, 2026", closing: 4 days after the special meeting}
  - target: Theta
    acquiring: Gamma
    completed: {source: later, date: "November 20, 2026"}
    milestones:
      closing: November 20, 2026
      outside date: June 30, 2027
      deregistration filing: November 30, 2026
""",
}
SAID = {
    "alpha": "Liquidation: Friday, December 18, 2026, on or about (in 22 days); depends on a tax opinion"
    " · Alpha Class C (ET)",
    "beta": "Closing: Wednesday, December 9, 2026 (in 13 days) · Beta → Gamma (ET)"
    " Next: Last redemption: Tuesday, December 1, 2026 (in 5 days)",
    "gamma": "Closing: Wednesday, December 9, 2026 (in 13 days) · Beta → Gamma (ET) · 4 more reorganizations"
    " Next: Last redemption: Tuesday, December 1, 2026 (in 5 days)",
    "delta": "Cancelled: the board changed its mind · Delta → Gamma (ET)",
    "epsilon": "Closing deferred, no new date: “until further notice” · Epsilon → Gamma (ET)"
    " Next: Delisting: Tuesday, December 22, 2026 (in 26 days)",
    "zeta": "Closing was to be on Friday, November 20, 2026, counted by calfeed; no filing here says whether it took "
    "place · Zeta → Gamma (ET)",
    "theta": "Closing completed on Friday, November 20, 2026 · Theta → Gamma (ET)",
}


def test_the_first_page_says_of_whom_it_says_something_and_whether_it_has_happened(
    browser: Browser, tmp_path: Path
) -> None:
    with (
        served(tmp_path, "", STANDINGS) as server,
        reader_on(browser, datetime(2026, 11, 26, 16, tzinfo=UTC)) as page,
    ):
        visit(page, server)
        assert {name: said_of(page, name).inner_text().replace("\n", " ") for name in SAID} == SAID
        for name, said in SAID.items():
            page.locator("#search").fill(f"{name} portfolio")
            expect(page.locator(".found .when").first).to_have_text(said)
        page.locator("#search").fill("quiet")
        expect(page.locator(".found .when")).to_have_text("No reorganization is known.")


def test_what_is_completed_has_nothing_next_and_says_when_it_was(browser: Browser, tmp_path: Path) -> None:
    with (
        served(tmp_path, "", STANDINGS) as server,
        reader_on(browser, datetime(2026, 11, 26, 16, tzinfo=UTC)) as page,
    ):
        visit(page, server)
        expect(said_of(page, "theta")).to_have_text(SAID["theta"])
        expect(page.locator(".by-date")).to_contain_text("N-8F filing: Theta")
        for path in ("plans/standings/", "trusts/example-trust/theta/"):
            visit(page, server, path)
            expect(answer(page, "Theta")).to_contain_text("Closing completed on Friday, November 20, 2026.")
            expect(answer(page, "Theta").locator(".answer-next")).to_be_empty()
            expect(page.locator("tr[data-first]:not(.past)", has_text="N-8F filing")).to_have_count(1)


def test_without_script_it_says_so_too(plain_page: Page, tmp_path: Path) -> None:
    with served(tmp_path, "", STANDINGS) as server:
        plain_page.goto(base(server))
        expect(said_of(plain_page, "delta")).to_have_text(SAID["delta"])
        expect(said_of(plain_page, "theta")).to_have_text(SAID["theta"])
        expect(said_of(plain_page, "alpha")).to_have_text(
            "Liquidation: Friday, December 18, 2026, on or about; depends on a tax opinion · Alpha Class C (ET)"
        )
        plain_page.goto(f"{base(server)}?q=gamma")
        expect(plain_page.locator(".found .when").first).to_have_text(
            "Closing: Wednesday, December 9, 2026 · Beta → Gamma (ET) · 4 more reorganizations"
        )


def test_on_paper_what_comes_next_is_not_cut_short(browser: Browser, large: RunningServer) -> None:
    with reader_on(browser, WITHIN) as page:
        visit(page, large)
        lines = page.locator(".by-date li").filter(visible=True)
        expect(lines).to_have_count(8)
        expect(page.locator(".by-date")).not_to_contain_text("And 20 later.", use_inner_text=True)
        page.emulate_media(media="print")
        expect(lines).to_have_count(100)
        expect(page.locator(".by-date")).to_contain_text("And 20 later.", use_inner_text=True)


@pytest.mark.parametrize("size", [(1280, 800), (390, 844)], ids=str)
def test_the_next_date_stands_on_the_first_screen(
    browser: Browser, large: RunningServer, size: tuple[int, int]
) -> None:
    with reader_on(browser, WITHIN) as page:
        page.set_viewport_size({"width": size[0], "height": size[1]})
        visit(page, large)
        expect(page.locator(".by-date li").first).to_be_in_viewport(ratio=1)
        expect(page.locator(".by-date li").first).to_contain_text("Friday, May 30, 2031 (in 92 days)")


def test_without_script_no_day_is_today(plain_page: Page, founding_server: RunningServer) -> None:
    # What lies in 2007 must not be said to come.
    plain_page.goto(base(founding_server))
    expect(plain_page.locator(".by-date li").first).to_contain_text("Monday, April 28, 2008")
    expect(plain_page.locator("main")).not_to_contain_text("What comes next")
    assert plain_page.locator(".today, .past, [aria-current]").count() == 0
    for path in ("", "plans/met-investors-2007-12/", "trusts/metropolitan-series-fund/mfs-value/"):
        plain_page.goto(base(founding_server) + path)
        expect(plain_page.locator("main")).to_contain_text("may have passed")
    plain_page.goto(f"{base(founding_server)}?q=lazard")
    for answers in (".find", ".by-date", ".trusts"):
        expect(plain_page.locator(f"{answers} .without-script")).to_contain_text("may have passed")
