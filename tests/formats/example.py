"""The data of the tests of formats: all that can happen to a plan, and how somebody asks for it."""

import csv
import json
from io import StringIO
from typing import Any, NamedTuple
from urllib.parse import urlencode

from icalendar import Calendar

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.formats.formats import FORMATS

DOMAIN = "calendars.example.com"
MEDIA_TYPES = {each.extension: each.media_type for each in FORMATS.values() if each.label}
EXT, SAMPLE = "trusts/example-trust", "trusts/sample-funds"

# Between them all that can happen to a plan, and two trusts with portfolios of the same names.
DATA = {
    "site.yaml": f"""\
        title: Example calendars
        domain: {DOMAIN}
        url: https://{DOMAIN}
        """,
    "trusts/example-trust.yaml": """\
        name: Example Trust
        short name: EXT
        other names: Former Example Trust
        cik: 0000123456
        portfolios:
          growth: {name: Growth Portfolio, other names: Former Growth Portfolio, earlier names: Income Portfolio}
          value: Value Portfolio
          bond: {name: Bond Portfolio, short name: Bonds}
          idle: Idle Portfolio
        """,
    "trusts/sample-funds.yaml": """\
        name: Sample Funds
        portfolios:
          value: Value Portfolio
          bond: Bond Portfolio
        """,
    "plans/moved.yaml": """\
        title: Reorganizations of 2031
        trust: EXT
        sources:
          first: {title: First supplement, dated: "January 6, 2031", url: "https://www.example.com/first.txt"}
          second: {title: Second supplement, dated: "March 3, 2031"}
          third:
            title: Third supplement
            dated: May 5, 2031
            url: https://www.example.com/third.txt
            form: 497
            accession: 0000123456-31-000003
          results: {title: Results of the vote, dated: "May 12, 2031"}
        reorganizations:
          - target: Growth Portfolio
            acquiring: {portfolio: Value Portfolio, trust: Sample Funds}
          - target: Value Portfolio
            acquiring: Bond Portfolio
            milestones:
              closing:
                date: on or about June 24, 2031
                source: third
                subject to: shareholder approval
                previously: on or about May 19, 2031
        approved: {source: results}
        milestones:
          record date: as of the close of business on December 2, 2030
          special meeting: February 27, 2031 at 10:00 a.m. Eastern
          Reconvened meeting:
            kind: special meeting
            date: March 27, 2031
            source: second
            previously: to be announced
          closing:
            date: on or about June 16, 2031
            source: third
            subject to: ["shareholder approval", "a favorable tax opinion"]
            note: The exchange ratio is set the evening before.
            previously: ["on or about May 19, 2031", "fourth quarter of 2030"]
            corrected: May 7, 2031
        """,
    "plans/abandoned.yaml": """\
        title: Bond merger
        trust: EXT
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
          notice: {title: Notice, dated: "March 10, 2031", url: "https://www.example.com/notice.txt"}
        reorganizations:
          - target: Bond Portfolio
            acquiring: {portfolio: Bond Portfolio, trust: Sample Funds}
        cancelled: {source: notice, reason: too few votes}
        milestones:
          special meeting: February 27, 2031
          closing: {date: "on or about April 28, 2031", subject to: shareholder approval}
          name change: {date: to be announced, of: target}
        """,
    "plans/deferred.yaml": """\
        title: Value merger
        trust: Sample Funds
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
          notice: {title: Notice, dated: "April 1, 2031"}
        reorganizations:
          - target: Value Portfolio
            acquiring: Bond Portfolio
        milestones:
          valuation: {date: to be announced, previously: "April 25, 2031", source: notice}
          closing: {date: until further notice, previously: "on or about April 28, 2031", source: notice}
        """,
    "plans/done.yaml": """\
        title: Growth merger
        trust: EXT
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
          second: {title: Second supplement, dated: "February 3, 2031"}
          results: {title: Results, dated: "March 3, 2031"}
          report: {title: Report, dated: "May 1, 2031"}
        reorganizations:
          - target: Growth Portfolio
            acquiring: Value Portfolio
        approved: {source: results}
        completed: {source: report, date: "April 30, 2031"}
        milestones:
          closing:
            date: on or about April 28, 2031
            source: second
            subject to: shareholder approval
            previously: on or about April 14, 2031
        """,
    "plans/soft.yaml": """\
        title: Soft dates
        trust: Sample Funds
        sources:
          first:
            title: Supplement
            dated: January 6, 2031
            entered: January 8, 2031
            left out: {"December 2, 2030": The date of the prospectus}
        reorganizations:
          - target: {portfolio: Bond Portfolio, classes: ["Class B", "Class C"]}
            id: classes-b-and-c
            acquiring: {name: Fund of Another House, classes: Class A}
        milestones:
          board approval:
            date: December 10-12, 2030
            of: both
            quote: At its meeting of December 10-12, 2030 each Board approved the plan.
          announcement: {date: "week of January 6, 2031", as printed: yes, subject to: change}
          instruction deadline: prior to December 1, 2031
          closing: fourth quarter of 2031
          name change: {date: to be announced, of: target}
        """,
    "plans/wound-up.yaml": """\
        trust: EXT
        sources:
          first: {title: Supplement, dated: "January 6, 2031"}
        reorganizations:
          - target: Bond Portfolio
        milestones:
          last purchase: no later than May 1, 2031
          liquidation: May 30, 2031
        """,
}
GROWTH_CLOSING = f"moved.example-trust.growth.closing@{DOMAIN}"


class Asked(NamedTuple):
    """What somebody asks for."""

    address: str
    kinds: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()

    def target(self, extension: str, *more: str) -> str:
        """The path and query of a request."""
        pairs = [*(("kind", kind) for kind in self.kinds), *(("feed", feed) for feed in self.feeds)]
        return f"/{self.address}.{extension}?{'&'.join([urlencode(pairs), *more])}"

    def body(self, resources: Resources, extension: str) -> bytes:
        """What it is answered with."""
        found = resources.find(f"/{self.address}.{extension}", Choice(kinds=self.kinds, feeds=self.feeds))
        assert found is not None
        return found.body


# What is asked for, and how many milestones it holds, how many of them without a date to show, and of how many plans.
ASKED = {
    "everything": (Asked("all"), (21, 2, 6)),
    "a trust": (Asked(EXT), (14, 1, 4)),
    "the other trust": (Asked(SAMPLE), (14, 2, 4)),
    "a target": (Asked(f"{EXT}/growth"), (5, 0, 2)),
    "a portfolio of a name": (Asked(f"{EXT}/value"), (5, 0, 2)),
    "the other one of that name": (Asked(f"{SAMPLE}/value"), (6, 0, 2)),
    "a portfolio without plans": (Asked(f"{EXT}/idle"), (0, 0, 0)),
    "a plan": (Asked("plans/moved"), (8, 0, 1)),
    "one kind": (Asked("all", kinds=("closing",)), (6, 0, 5)),
    "two kinds of a trust": (Asked(SAMPLE, kinds=("name-change", "closing")), (6, 2, 4)),
    "a kind that nothing has": (Asked("all", kinds=("delisting",)), (0, 0, 0)),
    "a selection": (Asked("selection", feeds=("plans/soft", f"{SAMPLE}/bond", "plans/wound-up")), (12, 2, 4)),
    "a kind of a selection": (Asked("selection", kinds=("closing",), feeds=("plans/soft", "plans/done")), (2, 0, 2)),
}


def milestones_in(body: bytes) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(body)["milestones"]
    return found


def rows_in(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(StringIO(body.decode("utf-8-sig"), newline="")))


def uids_in(extension: str, body: bytes) -> list[str]:
    if extension == "ics":
        return [str(event["UID"]) for event in Calendar.from_ical(body).walk("VEVENT")]
    return [entry["uid"] for entry in (milestones_in(body) if extension == "json" else rows_in(body))]
