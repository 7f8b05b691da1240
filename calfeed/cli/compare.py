"""`calfeed compare`: a plan held against the text of its filings."""

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import click

from calfeed.cli.filing import read_given_filing, refuse_unknown_plan
from calfeed.cli.options import data_option
from calfeed.cli.output import count, documents_of, mend_first, refuse, say, text_of
from calfeed.filings.comparing.compare import Comparison, Given, UnknownSourceError
from calfeed.filings.comparing.compare import compare as hold
from calfeed.filings.comparing.compare_drafts import contradictions
from calfeed.filings.comparing.compare_standings import SaidOfTarget, said_of_targets
from calfeed.filings.comparing.planned import Planned, read_planned
from calfeed.filings.dates.mentions import Mention
from calfeed.filings.drafts.ledger import LedgerError, key_of
from calfeed.filings.passages.text import NotAFilingError
from calfeed.reading.documents import PlanDocument
from calfeed.reading.files import (
    CONFIDENTIAL,
    PLANS_FOLDER,
    Parts,
    is_trust,
    look_at_confidential,
    look_at_public,
)
from calfeed.reading.overlay import read_parts
from calfeed.reading.problems import Problem, printable
from calfeed.reading.registry import Registry
from calfeed.reading.shapes import check_shape
from calfeed.reading.suggestions import did_you_mean
from calfeed.reading.yaml import read_octets


@click.command()
@click.argument("plan", metavar="PLAN")
@click.argument("filings", metavar="FILING...", nargs=-1, required=True)
@data_option
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json"]),
    default="text",
    show_default=True,
    help="How to show what was found: a line for each date, or as JSON.",
)
def compare(plan: str, filings: tuple[str, ...], data: Path, output: str) -> None:
    """Hold PLAN against the text of its filings: every date of either must be accounted for.

    PLAN is a plan's id, or its file. FILING is a text or HTML file, or - for standard input. The date that it
    prints tells which of the plan's sources it is; where that is not enough, write SOURCE=FILING.

    What a filing says otherwise beside the dates is told as well, as a warning: who merges, whose a date is, on what it
    depends; and what it says of a reorganization as a whole, such as that it was approved, and the plan does not.

    Exits with 0 where every date of the plan stands in a filing, and every date of the filings in the plan, 1 where one
    does not, and 2 where a file cannot be read.
    """
    planned = _planned(plan, data)
    given = [_given(filing, planned) for filing in filings]
    found = _found(planned, given)
    click.echo(_json(found) if output == "json" else _text(found))
    say(_totals(found.dates))
    sys.exit(0 if found.dates.is_clean else 1)


class _Found(NamedTuple):
    """What was found of the dates, and beside them."""

    dates: Comparison
    warnings: Sequence[Problem]
    said: Sequence[SaidOfTarget]


def _found(planned: Planned, filings: Sequence[Given]) -> _Found:
    sources = [filing.source for filing in filings]
    if len(set(sources)) < len(sources):
        refuse("two files are the text of one source: name one of them, or write SOURCE=FILING")
    try:
        dates = hold(planned, filings)
        return _Found(dates, contradictions(planned, dates, filings), said_of_targets(planned, filings))
    except LedgerError as error:
        refuse(str(error))


def _planned(plan: str, data: Path) -> Planned:
    known = sorted([*data.glob(f"{PLANS_FOLDER}/*.yaml"), *data.glob(f"{CONFIDENTIAL}/{PLANS_FOLDER}/*.yaml")])
    path = Path(plan) if Path(plan).is_file() else next((each for each in known if each.stem == plan), None)
    if path is None:
        refuse_unknown_plan(plan, [each.stem for each in known], data)
    try:
        content = path.read_bytes()
    except OSError as error:
        refuse(f"{path} cannot be read: {error.strerror or error}")
    checked = check_shape(read_octets(content, path.as_posix()), PlanDocument)
    problems = tuple(checked.file.problems)
    if checked.document is None or problems:
        click.echo(text_of(problems), err=True)
        refuse(mend_first(problems, path.as_posix()))
    return read_planned(checked.file, checked.document, _registry(data))


def _registry(data: Path) -> Registry:
    """The trusts of a data folder and their portfolios, with those that are confidential; whatever is wrong with it."""
    parts = (look_at_public(data).files, look_at_confidential(data).files)
    public, confidential = ({name: each for name, each in files.items() if is_trust(name)} for files in parts)
    return read_parts(Parts(public, confidential), data).overlay.registry


def _given(filing: str, planned: Planned) -> Given:
    source, separator, path = filing.partition("=")
    is_named = bool(separator) and source in planned.sources
    if separator and not is_named and not Path(filing).exists():
        known = did_you_mean(source, planned.sources) or f": the plan has {', '.join(planned.sources)}"
        refuse(f'there is no source "{source}" in the plan{known}')
    text = read_given_filing(path if is_named else filing)
    try:
        return Given(text, planned, source if is_named else "")
    except (UnknownSourceError, NotAFilingError) as error:
        refuse(str(error))


# --- what is shown ---------------------------------------------------------------------------------------------------


def _text(every: _Found) -> str:
    found, warnings, said = every
    lines = ["The plan's dates:"]
    lines += [f"  {problem}" for problem in found.problems]
    for stated in found.stated:
        planned, mention = stated.planned, stated.mention
        lines.append(f'  {planned.location}: {planned.milestone}: "{planned.phrase}" stands in {_place(mention)}')
    for planned in found.not_compared:
        lines.append(f'  {planned.location}: {planned.milestone}: "{planned.phrase}" is not compared')
    lines.append("The filings' dates:")
    lines += [f'  {_place(each)}: "{each.phrase}" is not in the plan: {each.clause}' for each in found.not_in_plan]
    names: dict[str, list[str]] = {}
    for stated in found.stated:
        names.setdefault(f'{_place(stated.mention)}: "{stated.mention.phrase}"', []).append(stated.planned.milestone)
    lines += [f"  {mention} is {', '.join(dict.fromkeys(milestones))}" for mention, milestones in names.items()]
    lines += [
        f'  {_place(each.mention)}: "{each.mention.phrase}" is left out: {each.reason}' for each in found.left_out
    ]
    if warnings:
        lines.append("Beside the dates:")
    lines += [f"  {warning}" for warning in warnings]
    if said:
        lines.append("The reorganizations:")
    lines += [f"  {_said(each)}" for each in said]
    return "\n".join(lines)


def _said(said: SaidOfTarget) -> str:
    place = f"{printable(said.file)}:{said.line}" if said.line else printable(said.file)
    words = f"to decide: {said.question}" if said.question else f"the filing says that it was {said.status}"
    return f"{place}: {said.target}: {words}"


def _place(mention: Mention) -> str:
    return f"{printable(mention.filing.name)}:{mention.line}"


def _json(every: _Found) -> str:
    found, warnings, said = every
    document = {
        "problems": documents_of(tuple(found.problems)),
        "warnings": documents_of(tuple(warnings)),
        "stated": [
            {
                "milestone": each.planned.milestone,
                "file": each.planned.location.file,
                "line": each.planned.location.line,
                "phrase": each.planned.phrase,
                "filing_line": each.mention.line,
            }
            for each in found.stated
        ],
        "left_out": [
            {"phrase": each.mention.phrase, "line": each.mention.line, "reason": each.reason} for each in found.left_out
        ],
        "not_in_plan": [
            {"phrase": each.phrase, "line": each.line, "clause": each.clause} for each in found.not_in_plan
        ],
        "reorganizations": [
            {
                "target": each.target,
                "status": each.status,
                "to_decide": each.question or None,
                "filing_line": each.line or None,
            }
            for each in said
        ],
    }
    return json.dumps(document, indent=1)


def _totals(found: Comparison) -> str:
    stated = len({each.planned for each in found.stated})
    in_plan = len({key_of(each.mention) for each in found.stated})
    return (
        f"Of the plan: {count(stated, 'date')} stated, {count(len(found.problems), 'problem')}, "
        f"{len(found.not_compared):,} not compared. Of the filings: {count(in_plan, 'date')} in the plan, "
        f"{len(found.left_out):,} left out, {len(found.not_in_plan):,} not in the plan."
    )
