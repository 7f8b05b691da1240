"""`calfeed draft`: a plan drafted from the text of a filing."""

import json
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

import click

from calfeed.cli.filing import read_given_filing, registered_names
from calfeed.cli.options import data_option_if_there, no_folder
from calfeed.cli.output import count, counted, refuse, say
from calfeed.cli.revise import show_revision
from calfeed.filings.drafts.draft import draft_of
from calfeed.filings.drafts.drafted import Draft
from calfeed.filings.drafts.ledger import LedgerError
from calfeed.filings.drafts.writing import as_document, as_yaml
from calfeed.filings.funds.pair import Pair
from calfeed.filings.passages.text import Filing, NotAFilingError
from calfeed.formats.review import review_page
from calfeed.model.catalog import Catalog
from calfeed.reading.files import PLANS_FOLDER
from calfeed.reading.folder import load
from calfeed.reading.problems import InvalidData


@click.command()
@click.argument("filing", metavar="FILING")
@click.option(
    "--pair",
    "pairs",
    multiple=True,
    metavar="PAIR",
    help='A reorganization that the text does not state: "Target Fund -> Acquiring Fund", more than once if need be.',
)
@click.option(
    "--plan",
    metavar="PLAN",
    help="The plan that FILING is a later document of, by its id or file: shows what changes in its file.",
)
@click.option(
    "--apply",
    is_flag=True,
    help='With --plan: make these edits, if "check" then finds no problem and no filing between was missed.',
)
@click.option(
    "-o",
    "--output",
    "out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the draft into FILE, which must be new, in place of showing it.",
)
@click.option(
    "--review",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Also write a page in HTML into FILE, which must be new: the filing beside the plan, its dates marked.",
)
@data_option_if_there
@click.option(
    "--format",
    "output",
    type=click.Choice(["yaml", "json"]),
    default="yaml",
    show_default=True,
    help="How to show the draft: as a plan in YAML, or as JSON.",
)
def draft(
    filing: str,
    pairs: tuple[str, ...],
    plan: str | None,
    apply: bool,
    out: Path | None,
    review: Path | None,
    data: Path,
    output: str,
) -> None:
    """Draft a plan from FILING, a text or HTML file, or - for standard input.

    A date is placed where a rule for its clause fits and nothing speaks against it. What is not certain is to be
    decided: in the YAML it stands in comments. Every other date is left out, with the reason.

    With --plan, FILING is a later document of a plan in the data folder. What it moves, cancels, approves or completes
    is shown as a diff of the plan's file, what is not certain as comments below it.

    Exits with 0 where nothing is to be decided, 1 where something is, and 2 where the file cannot be read.
    """
    for file in (out, review):
        if file and file.exists():
            refuse(f"{file} is there already: name a new file")
    if plan:
        _refuse_with_plan(pairs, out or review)
        if not data.exists():
            raise click.BadParameter(no_folder(data), param_hint="'--data'")
        show_revision(read_given_filing(filing), plan, data, apply=apply, output=output)
    if apply:
        refuse("--apply needs --plan")
    _show_draft(read_given_filing(filing), [_pair(each) for each in pairs], out, review, data, output)


def _show_draft(
    filing: Filing, pairs: Sequence[Pair], out: Path | None, review: Path | None, data: Path, output: str
) -> NoReturn:
    """Show the draft of a new plan, or write it, and end the command."""
    catalog = _catalog(data)
    drafted = _drafted(filing, catalog, pairs)
    if review:
        _write(review, review_page(drafted, catalog))
        say(f"Wrote {review}. Open it in a browser.")
    text = _json(drafted) if output == "json" else f"{_schema_line(out, data)}{as_yaml(drafted, catalog)}"
    if out:
        _write(out, text.encode())
        say(f"Wrote {out}.{_what_next(out, drafted, data)}")
    else:
        click.echo(text, nl=False)
    say(_totals(drafted))
    sys.exit(1 if drafted.is_open else 0)


def _catalog(data: Path) -> Catalog | None:
    """What the data folder has, if there is one without problems: it only serves to know names."""
    if not data.exists():
        say(f"There is no folder {data} here: no names of trusts and portfolios are known.")
        return None
    try:
        return load(data)
    except InvalidData as error:
        say(f"{counted(error.problems)} in {data}: the names in it are not known here. Mend them first.")
        return None


def _refuse_with_plan(pairs: Sequence[str], file: Path | None) -> None:
    if pairs:
        refuse("--pair has no meaning with --plan, which states the reorganizations")
    if file:
        refuse("-o and --review are for a new plan: with --plan, --apply writes into the plan's own file")


def _drafted(filing: Filing, catalog: Catalog | None, pairs: Sequence[Pair]) -> Draft:
    try:
        return draft_of(filing, registered_names(catalog), pairs)
    except (LedgerError, NotAFilingError) as error:
        refuse(str(error))


def _pair(words: str) -> Pair:
    """The pair that an option states: `Target Fund (Its Trust) -> Acquiring Fund (Its Trust)`."""
    sides = re.split(r"\s*(?:->|→)\s*", words.strip())
    if len(sides) > 2 or not sides[0]:
        refuse(f'"{words}" is no pair: write "Target Fund -> Acquiring Fund", or the target alone if it is liquidated')
    (target, target_trust), (acquiring, acquiring_trust) = map(_fund_and_trust, [*sides, ""][:2])
    return Pair(
        target=target, target_trust=target_trust, acquiring=acquiring, acquiring_trust=acquiring_trust, is_certain=True
    )


def _fund_and_trust(words: str) -> tuple[str, str]:
    match = re.fullmatch(r"(?P<fund>.*?)\s*(?:\((?P<trust>[^()]*)\))?", words)
    return (match["fund"], match["trust"] or "") if match else (words, "")


def _write(out: Path, content: bytes) -> None:
    try:
        with out.open("xb") as stream:
            stream.write(content)
    except OSError as error:
        refuse(f"{out} cannot be written: {error.strerror or error}")


def _schema_line(out: Path | None, data: Path) -> str:
    """The first line that tells editors the schema of a plan, as in what `init` writes; empty where there is none.

    A plan that lies outside of the data folder is to be moved to its plans.
    """
    top = data.resolve()
    schema = Path("schema", "plan.json")
    if not (top / schema).is_file():
        return ""
    folder = out.resolve().parent if out else top
    if folder == top or not folder.is_relative_to(top):
        folder = top / PLANS_FOLDER
    up = "../" * len(folder.relative_to(top).parts)
    return f"# yaml-language-server: $schema={up}{schema.as_posix()}\n"


def _what_next(out: Path, drafted: Draft, data: Path) -> str:
    """What is left to do with a draft that was written into a file."""
    decide = " Decide what is marked in it." if drafted.is_open else ""
    plans = data / PLANS_FOLDER
    move = "" if out.resolve().is_relative_to(plans.resolve()) else f" Then move it to {plans.as_posix()}/."
    return f"{decide}{move}"


def _json(drafted: Draft) -> str:
    return json.dumps(as_document(drafted), indent=1) + "\n"


def _totals(drafted: Draft) -> str:
    if not drafted.pairs:
        return (
            f"{drafted.filing.name} states no reorganization that calfeed can tell. "
            f"{count(len(drafted.to_decide), 'date')} to decide, {len(drafted.left_out):,} left out; "
            'name what is reorganized with --pair "Target Fund -> Acquiring Fund".'
        )
    open_pairs = f" ({len(drafted.pairs_to_decide):,} to decide)" if drafted.pairs_to_decide else ""
    return (
        f"{count(len(drafted.pairs), 'reorganization')}{open_pairs}: {count(len(drafted.placed), 'milestone')} placed, "
        f"{len(drafted.to_decide):,} to decide, {count(len(drafted.left_out), 'date')} left out."
    )
