"""`calfeed draft --plan`: what a later filing changes in a plan, as the smallest edits of the plan's file."""

import difflib
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn

import click

from calfeed.cli.filing import refuse_unknown_plan, registered_names
from calfeed.cli.output import count, counted, documents_of, mend_first, refuse, say, text_of
from calfeed.filings.drafts.ledger import LedgerError
from calfeed.filings.drafts.writing import TO_DECIDE, as_document
from calfeed.filings.passages.text import Filing, NotAFilingError
from calfeed.filings.revising.revision import NotOfThisPlanError, Question, Revision, revise
from calfeed.filings.revising.written_plan import PlanFile
from calfeed.model.plans import Plan
from calfeed.reading.documents import PlanDocument
from calfeed.reading.files import CONFIDENTIAL, PLANS_FOLDER, Parts, look_at_confidential, look_at_public
from calfeed.reading.overlay import Whole, read_parts
from calfeed.reading.problems import problems_in
from calfeed.reading.shapes import check_shape
from calfeed.reading.yaml import read_octets


def show_revision(filing: Filing, plan: str, data: Path, *, apply: bool, output: str) -> NoReturn:
    """Show what a filing changes in a plan, and with `apply` write it, unless something speaks against it.

    Ends the command: with 0 where nothing is to decide, with 1 where something is, or where nothing was written though
    it was asked for, and with 2 where the plan or the filing cannot be used.
    """
    parts = Parts(look_at_public(data).files, look_at_confidential(data).files)
    whole = read_parts(parts, data)
    path, file = _plan_file(plan, whole, data)
    try:
        revision = revise(file, filing, registered_names(whole.catalog))
    except (LedgerError, NotAFilingError, NotOfThisPlanError) as error:
        refuse(str(error))
    diff = _diff(file.content, revision.content, path)
    problems = problems_in(_read_with(path, revision.content, parts, data).found)
    if output == "json":
        document = {**as_document(revision.draft), "diff": diff, "stops": list(revision.stops)}
        click.echo(json.dumps({**document, "problems": documents_of(problems)}, indent=1))
    else:
        click.echo("".join([diff, *map(_in_words, revision.questions)]), nl=False)
        click.echo(text_of(problems), nl=bool(problems))
    for stop in revision.stops:
        say(f"Error: {stop}.")
    if problems:
        say(f"With these edits the data has {counted(problems)}: they are not made.")
    is_refused = bool(revision.stops or problems)
    if apply and diff and not is_refused:
        _write(path, file.content, revision.content)
    say(_totals(revision, diff, _done(apply=apply, is_refused=is_refused)))
    sys.exit(1 if revision.questions or is_refused else 0)


def _plan_file(plan: str, whole: Whole, data: Path) -> tuple[Path, PlanFile]:
    """The plan of a name or file, which must lie in the data folder and have no problem."""
    plans = dict(_plans(whole, data))
    given = Path(plan).resolve()
    path = next((each for each in plans if plan == each.stem or each.resolve() == given), None)
    if problems := problems_in(whole.found):
        click.echo(text_of(problems), err=True)
        refuse(mend_first(problems, data))
    if path is None:
        refuse_unknown_plan(plan, [each.stem for each in plans], data)
    content = path.read_bytes()
    document = check_shape(read_octets(content, path.as_posix()), PlanDocument).document
    if document is None:
        refuse(f"{path} has changed while it was read")
    return path, PlanFile(plans[path], document, content)


def _plans(whole: Whole, data: Path) -> Iterator[tuple[Path, Plan]]:
    """The plans of a data folder, each with its file."""
    for each in whole.catalog.plans if whole.catalog else ():
        yield data / PLANS_FOLDER / f"{each.id}.yaml", each
    for each in whole.overlay.plans:
        yield data / CONFIDENTIAL / PLANS_FOLDER / f"{each.id}.yaml", each


def _read_with(path: Path, content: bytes, parts: Parts, data: Path) -> Whole:
    """Read a data folder as it would be if a file held other bytes."""
    top = data / CONFIDENTIAL
    public = {name: content if data / name == path else was for name, was in parts.public.items()}
    confidential = {name: content if top / name == path else was for name, was in parts.confidential.items()}
    return read_parts(Parts(public, confidential), data)


def _diff(before: bytes, after: bytes, path: Path) -> str:
    """The edits as a unified diff; nothing where there are none."""
    old, new = (content.decode("utf-8-sig").splitlines() for content in (before, after))
    name = path.as_posix()
    lines = difflib.unified_diff(old, new, name, name, lineterm="")
    return "".join(f"{line}\n" for line in lines)


def _in_words(question: Question) -> str:
    """What is to be decided, as comments."""
    where = f", line {question.line}" if question.line else ""
    said = f"{question.kind}: {question.phrase}" if question.kind else question.phrase
    clause = f"#   {question.clause}\n" if question.clause else ""
    return f"# {TO_DECIDE}{where}: {question.why}\n#   {said}\n{clause}"


def _write(path: Path, before: bytes, after: bytes) -> None:
    """Write a plan's file, unless somebody has changed it in the meantime."""
    try:
        if path.read_bytes() != before:
            refuse(f"{path} has changed in the meantime: run this again")
        _replace(path.resolve(), after)
    except OSError as error:
        refuse(f"{path} cannot be written: {error.strerror or error}")


def _replace(path: Path, content: bytes) -> None:
    """Give a file another content, as a whole or not at all. Raises OSError."""
    part = path.with_name(f".{path.name}.part")  # which is no plan, since its name begins with a dot
    try:
        part.write_bytes(content)
        shutil.copymode(path, part)
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


def _done(*, apply: bool, is_refused: bool) -> str:
    if is_refused:
        return "not written"
    return "written" if apply else "not written (--apply writes it)"


def _totals(revision: Revision, diff: str, done: str) -> str:
    """How many lines of the plan changed, whether that is `done`, and how much is to decide."""
    lines = [line for line in diff.splitlines()[2:] if line[:1] in "+-"]
    left = f"{len(revision.questions):,} to decide"
    if not lines:
        return f"No change; {left}."
    return f"{count(len(lines), 'line')} of the plan changed, {done}; {left}."
