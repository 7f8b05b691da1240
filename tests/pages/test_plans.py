"""What a page says of plans: in the sources' words, with weekdays, and what became of each milestone."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.reading.folder import load
from tests.pages.sites import SCRIPT, SITE, base, each_page, served, visit
from tests.support import RunningServer, data_folder, make_folder, plan_of

A = "Example A Portfolio"


def table_row(page: Page, target: str, milestone: str) -> Locator:
    """The row of a milestone in the table of a target's reorganization."""
    table = page.locator(f'ul.parties:has(a[href*="/{target}/"]) + table')
    return table.get_by_role("row").filter(has=page.get_by_role("rowheader", name=milestone))


def test_a_plan_tells_what_the_source_says_and_what_became_of_it(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/moved/")
    closing = table_row(plain_page, "ampersand", "Closing")
    expect(closing.locator(".day")).to_have_text("Monday, May 19, 2031, on or about")
    expect(closing.locator(".was")).to_have_text(
        [
            "moved from Monday, April 28, 2031, on or about",
            "moved from first quarter of 2031 (Wednesday, January 1 to Monday, March 31, 2031), expected",
        ]
    )
    expect(closing.locator(".standing")).to_have_text("approximate, depends on shareholder approval")
    deferred = table_row(plain_page, "ampersand", "Delisting")
    expect(deferred.locator(".standing")).to_have_text("deferred, no new date")
    expect(deferred.locator(".was")).to_have_text("before that: Monday, May 5, 2031")
    undated = table_row(plain_page, "ampersand", "name change")
    expect(undated).to_contain_text("to be announced")
    expect(undated.locator(".standing")).to_have_text("no date yet")
    expect(table_row(plain_page, "ampersand", "Special meeting")).to_contain_text("at the <office> of the trust & its")
    limit = table_row(plain_page, "ampersand", "Last day")
    expect(limit.locator(".day")).to_have_text("no later than Monday, March 31, 2031")
    window = table_row(plain_page, "ampersand", "Proxy mailing")
    expect(window.locator(".day")).to_have_text(
        "week of January 20, 2031 (Monday, January 20 to Friday, January 24, 2031), expected"
    )
    cancelled = table_row(plain_page, "script", "Closing")
    expect(cancelled.locator(".standing")).to_have_text("cancelled")
    expect(cancelled).to_contain_text("the vote <failed>")
    expect(table_row(plain_page, "script", "Board approval").locator(".standing")).to_have_text("stated")
    completed = table_row(plain_page, "long", "Closing")
    expect(completed.locator(".day")).to_have_text("Friday, February 28, 2031")
    expect(completed.locator(".standing")).to_have_text("completed")


@pytest.mark.parametrize("path", ["plans/moved/", "embed/agenda/plans/moved/"])
def test_the_day_of_what_is_cancelled_is_struck_out_and_no_other(
    plain_page: Page, rich: RunningServer, path: str
) -> None:
    plain_page.goto(base(rich) + path)
    days = plain_page.locator("tr, .agenda li").filter(has=plain_page.locator(".day"))
    lines = days.evaluate_all(
        """lines => lines.map(line => [
            line.querySelector(".standing").textContent === "cancelled" && line.querySelector("time") !== null,
            getComputedStyle(line.querySelector(".day")).textDecorationLine === "line-through",
            line.querySelector(".standing").classList.contains("off"),
        ])"""
    )
    assert [cancelled for cancelled, _, _ in lines] == [struck for _, struck, _ in lines]
    assert {(cancelled, off) for cancelled, _, off in lines} == {(False, False), (False, True), (True, True)}


def test_a_day_that_the_words_allowed_has_not_moved(tmp_path: Path) -> None:
    plan = plan_of({"closing": "on or about April 28, 2031"}, "Example A Portfolio", acquiring="Example B Portfolio")
    done = '  notice: {title: Notice, dated: "April 28, 2031"}\ncompleted: {source: notice, date: "April 28, 2031"}\n'
    plan = plan.replace("reorganizations:", f"{done}reorganizations:")
    page = Resources(load(data_folder(tmp_path, {"plans/plan.yaml": plan}))).find("/plans/plan/", Choice())
    assert page is not None
    assert "before that: Monday, April 28, 2031, on or about" in page.body.decode()
    assert "moved from" not in page.body.decode()


def test_a_completion_on_another_day_is_no_move(tmp_path: Path) -> None:
    plan = plan_of(
        {"liquidation": '{date: "on or about April 28, 2031", previously: "April 20, 2031", source: later}'}, A
    )
    done = (
        '  later: {title: Later, dated: "January 27, 2031"}\n  notice: {title: Notice, dated: "April 30, 2031"}\n'
        'completed: {source: notice, date: "April 29, 2031"}\n'
    )
    page = page_of(
        tmp_path, "/plans/plan/", {"plans/plan.yaml": plan.replace("reorganizations:", f"{done}reorganizations:")}
    )
    assert '<small class="was">was expected on or about Monday, April 28, 2031</small>' in page
    assert '<span class="was">, was expected on or about Monday, April 28, 2031</span>' in page
    assert page.count("moved from") == 1
    assert "moved from Sunday, April 20, 2031" in page
    assert 'class="move"' not in page


def page_of(folder: Path, path: str, documents: dict[str, str]) -> str:
    """The page of a site of Example Trust and some documents."""
    page = Resources(load(data_folder(folder, documents))).find(path, Choice())
    assert page is not None
    return page.body.decode()


def test_a_condition_and_that_it_may_change_are_said_wherever_the_day_is(tmp_path: Path) -> None:
    closing = '{date: "April 28, 2031", subject to: [shareholder approval, change]}'
    plan = plan_of({"closing": closing}, "Example A Portfolio", acquiring="Example B Portfolio")
    words = "epends on shareholder approval, and may change"
    for path, times in (("/plans/plan/", 5), ("/embed/timeline/all/", 1), ("/embed/agenda/all/", 1), ("/", 4)):
        assert page_of(tmp_path / path.replace("/", "-"), path, {"plans/plan.yaml": plan}).count(words) == times


def test_a_timeline_to_embed_says_what_has_no_date(tmp_path: Path) -> None:
    milestones = {"closing": "April 28, 2031", "name change": "{date: to be announced, of: target}"}
    plan = plan_of(milestones, A, acquiring="Example B Portfolio")
    page = page_of(tmp_path, "/embed/timeline/all/", {"plans/plan.yaml": plan})
    assert "<strong>Target&#39;s name change</strong> no date yet: “to be announced”</p>" in page


def test_a_timeline_to_embed_names_its_plan_once(tmp_path: Path) -> None:
    plan = "title: The one plan\n" + plan_of({"closing": "April 28, 2031"}, A, acquiring="Example B Portfolio")
    for address, headings in (("plans/plan", 0), ("plans/plan/?kind=closing", 0), ("all", 1)):
        path, _, query = address.partition("/?")
        documents = {"plans/plan.yaml": plan}
        resources = Resources(load(data_folder(tmp_path, documents)))
        found = resources.find(f"/embed/timeline/{path}/", Choice(kinds=("closing",) if query else ()))
        assert found is not None
        assert found.body.count(b"<h2>") == headings
        assert found.body.count(b"The one plan") >= 1


@pytest.mark.parametrize(
    ("title", "shown"),
    [
        ("Minutes of the board, November 12, 2030", "Minutes of the board, November 12, 2030</li>"),
        ("SUPPLEMENT DATED NOVEMBER 12, 2030", "SUPPLEMENT DATED NOVEMBER 12, 2030</li>"),
        ("Minutes of November 1, 2030", "Minutes of November 1, 2030, Tuesday, November 12, 2030</li>"),
    ],
)
def test_a_source_says_its_day_once(tmp_path: Path, title: str, shown: str) -> None:
    plan = plan_of({"closing": "April 28, 2031"}, A, acquiring="Example B Portfolio")
    (line,) = [line for line in plan.splitlines() if "title:" in line]
    titled = plan.replace(line, f'  supplement: {{title: "{title}", dated: "November 12, 2030"}}')
    page = page_of(tmp_path, "/plans/plan/", {"plans/plan.yaml": titled})
    assert shown in page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("April 28, 2031 at 11:00 p.m. Eastern", ", 11:00 p.m. Eastern"),
        ("9.30 a.m. London time on April 28, 2031", ", 9:30 a.m. London time"),
        ("before the opening of business on April 28, 2031", ", before the opening of business"),
        ("April 28, 2031, after the NYSE closes", ", after the close of business"),
        ("as of the close of business on April 28, 2031", ", close of business"),
        ("not after the close of business on April 28, 2031", ", close of business"),
        (
            "2 business days after the special meeting, at the close of business",
            ", close of business, counted by calfeed",
        ),
    ],
)
def test_the_part_of_the_day_is_said_beside_the_day(tmp_path: Path, words: str, said: str) -> None:
    milestones = {"special meeting": "April 24, 2031", "liquidation": f'"{words}"'}
    page = page_of(tmp_path, "/embed/agenda/all/", {"plans/plan.yaml": plan_of(milestones, A)})
    assert f"Monday, April 28, 2031</time>{said}</span>" in page


def test_a_plan_is_said_to_be_off_where_all_of_it_is(tmp_path: Path) -> None:
    plan = plan_of({"closing": "April 28, 2031"}, "Example A Portfolio", "Example B Portfolio")
    notice = '  notice: {title: Notice, dated: "March 3, 2031"}\nreorganizations:'
    off = plan.replace("reorganizations:", notice).replace(
        "Example A Portfolio\n", "Example A Portfolio\n    cancelled: {source: notice}\n"
    )
    path = "/trusts/example-trust/a/"
    assert "off-notice" not in page_of(tmp_path / "one", path, {"plans/plan.yaml": off})
    whole = plan.replace("reorganizations:", notice).replace("\nreorg", "\ncancelled: {source: notice}\nreorg")
    assert '<p class="off-notice">Cancelled.</p>' in page_of(tmp_path / "all", path, {"plans/plan.yaml": whole})


def test_words_of_the_source_are_shown_where_they_say_more(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}trusts/example-trust/mid-cap/")
    closed = table_row(plain_page, "mid-cap", "Purchase stop")
    expect(closed.locator(".day")).to_have_text("Thursday, May 15, 2031, after the close of business")
    expect(closed.locator(".said")).to_have_text("“after the close of business on May 15, 2031”")
    assert table_row(plain_page, "mid-cap", "Liquidation").locator(".said").count() == 0


def test_sources_stand_once_below_each_table_with_their_addresses(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}plans/moved/")
    first = plain_page.locator(".sources").first
    expect(first).to_contain_text("Sources; the filing governs:")
    expect(first.get_by_role("listitem")).to_have_text(
        ["A <b>supplement</b>, Tuesday, November 12, 2030", "A second supplement, Monday, March 3, 2031"]
    )
    link = first.get_by_role("link", name="A second supplement")
    expect(link).to_have_attribute("href", "https://www.example.com/second.htm")
    mark = table_row(plain_page, "ampersand", "Closing").get_by_role("link", name="source 2")
    expect(plain_page.locator(f"{mark.get_attribute('href')}")).to_contain_text("A second supplement")
    for table in plain_page.locator(".milestones").all():
        expect(table).not_to_contain_text("governs")
    plain_page.goto(f"{base(rich)}plans/liquidation/")
    expect(plain_page.locator(".sources")).to_contain_text("Source; the filing governs:")
    assert plain_page.locator("sup").count() == 0


@each_page
def test_pages_speak_no_jargon_of_calendars(page: Page, rich: RunningServer, path: str) -> None:
    text = visit(page, rich, path).locator("main").inner_text().lower()
    assert [word for word in ("confirmed", "tentative", "~ ") if word in text] == []


def test_what_the_milestones_mean_is_said_once(page: Page, rich: RunningServer) -> None:
    visit(page, rich, "trusts/example-trust/")
    assert page.locator("main").inner_text().count("The reorganization takes effect") == 0
    page.locator(".words summary").click()
    assert page.locator("main").inner_text().count("The reorganization takes effect") == 1


def test_a_plan_that_is_cancelled_says_so_above_its_timeline(plain_page: Page, founding_server: RunningServer) -> None:
    plain_page.goto(f"{base(founding_server)}plans/met-investors-2007-12/")
    assert plain_page.locator(".off-notice").count() == 0


LAZARD = "Batterymarch Mid-Cap Stock Portfolio MIST → Lazard Mid-Cap Portfolio MIST"
VALUE = "MFS Value Portfolio MIST → MFS Value Portfolio MSF"


@pytest.mark.parametrize(
    ("path", "parties"),
    [
        ("metropolitan-series-fund/mfs-value/", [f"{VALUE} this portfolio, acquiring"]),
        ("met-investors-series-trust/mfs-value/", [VALUE.replace(" →", " this portfolio, the target →")]),
        ("met-investors-series-trust/", [LAZARD, VALUE]),
        ("metropolitan-series-fund/", [VALUE]),
    ],
    ids=["the acquiring portfolio", "the target", "the targets' trust", "the acquiring trust"],
)
def test_a_page_shows_its_reorganizations_and_the_portfolios_part(
    plain_page: Page, founding_server: RunningServer, path: str, parties: list[str]
) -> None:
    plain_page.goto(f"{base(founding_server)}trusts/{path}")
    expect(plain_page.locator(".parties li")).to_have_text(parties)


def test_a_page_shows_other_names(plain_page: Page, founding_server: RunningServer) -> None:
    plain_page.goto(f"{base(founding_server)}trusts/metropolitan-series-fund/mfs-value/")
    expect(plain_page.locator("main")).to_contain_text("Harris Oakmark Large Cap Value Portfolio")


def test_a_liquidation_and_a_fund_outside_are_said_in_words(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}trusts/example-trust/")
    expect(plain_page.locator(".parties").filter(has_text="Liquidation of")).to_contain_text("Mid Cap Growth Portfolio")
    outside = plain_page.locator(".parties").filter(has_text="A Fund of <Another> House")
    expect(outside.get_by_role("link")).to_have_text([f"{SCRIPT} Portfolio"])


@each_page
def test_text_of_the_data_stays_text(page: Page, rich: RunningServer, path: str) -> None:
    main = visit(page, rich, path).locator("main")
    assert main.locator("b, i, em, :not(.qr) > img, script, office, orders, another, failed, sec").count() == 0
    assert "Fonds & <i>portfolios</i>" in page.title()
    assert main.inner_text().count("&amp;") == main.inner_text().count(SCRIPT)


def test_a_portfolio_page_is_small(page: Page, rich: RunningServer) -> None:
    for path in ("trusts/example-trust/mid-cap/", "trusts/example-trust/large-cap/", "trusts/example-trust/series-1/"):
        response = page.goto(base(rich) + path)
        assert response is not None
        assert len(response.body()) < 50_000


def test_a_portfolio_that_acquires_many_has_a_line_of_each_on_a_small_page(tmp_path: Path) -> None:
    trust = "name: Example Trust\nportfolios:\n" + "".join(f"  p{n}: Example Portfolio {n}\n" for n in range(21))
    plan = """\
sources: {{letter: {{title: A letter, dated: "January 7, 2031", url: "https://www.example.com/letter-{0}.htm"}}}}
reorganizations: [{{target: Example Portfolio {0}, acquiring: Example Portfolio 0}}]
milestones:
  board approval: January 6, 2031
  record date: February 3, 2031
  proxy mailing: on or about February 10, 2031
  special meeting: March 7, 2031
  closing: {{date: "on or about May 30, 2031", subject to: shareholder approval}}
"""
    plans = {f"plans/plan-{n}.yaml": plan.format(n) for n in range(1, 21)}
    folder = make_folder(tmp_path, {"site.yaml": SITE, "trusts/example-trust.yaml": trust} | plans)
    found = Resources(load(folder)).find("/trusts/example-trust/p0/", Choice())
    assert found is not None
    text = found.body.decode()
    assert len(found.body) < 50_000
    assert text.count('<p class="who">') == 20
    assert {f"plans/plan-{n}/" for n in range(1, 21)} <= set(re.findall(r"plans/plan-\d+/", text))


def test_the_page_of_everything_is_not_called_as_the_first_page_is(plain_page: Page, rich: RunningServer) -> None:
    plain_page.goto(f"{base(rich)}all/")
    expect(plain_page.get_by_role("heading", level=1)).to_have_text("All plans")
    expect(plain_page).to_have_title("All plans · Fonds & <i>portfolios</i>")


IN_ARABIC_LETTERS = {
    "trusts/example-trust.yaml": "name: صندوق\nportfolios: {alpha: محفظة الأسهم, beta: محفظة السندات}\n",
    "plans/plan.yaml": """\
trust: صندوق
sources: {letter: {title: A letter, dated: "January 7, 2031"}}
reorganizations: [{target: alpha, acquiring: beta}]
milestones: {closing: "May 30, 2031"}
""",
}
LEFT_EDGES = """element => {
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return ["الأسهم", "→", "السندات"].map(words => {
        const text = texts.find(text => text.data.includes(words));
        const range = document.createRange();
        range.setStart(text, text.data.indexOf(words));
        range.setEnd(text, text.data.indexOf(words) + words.length);
        return range.getBoundingClientRect().left;
    });
}"""


@pytest.mark.parametrize("place", [".who a", ".parties li"])
def test_the_arrow_leads_to_the_acquirer_where_names_are_written_from_the_right(
    plain_page: Page, tmp_path: Path, place: str
) -> None:
    with served(tmp_path, "", IN_ARABIC_LETTERS) as server:
        plain_page.goto(f"{base(server)}plans/plan/")
        edges = plain_page.locator(place).evaluate(LEFT_EDGES)
    assert edges == sorted(edges)
