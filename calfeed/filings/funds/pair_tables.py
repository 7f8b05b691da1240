"""Finds pairs of funds in tables: a column for each side, a row for each side, or a label before each name."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from calfeed.filings.funds.named import Sort, folded
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.printed_names import has_own_words, is_trust_name, printed_names
from calfeed.filings.funds.terms import RoleOf, role_of
from calfeed.filings.passages.text import LINE_BREAKS, Filing, Passage, flat


class PairInTable(NamedTuple):
    """A pair of a table, by the names in its cells; a trust is empty if the table does not name it."""

    target: str
    acquiring: str
    line: int
    target_trust: str = ""
    acquiring_trust: str = ""


class _Columns(NamedTuple):
    """The numbers of the columns of the targets and of the acquirers, and of their trusts; -1 where there is none."""

    target: int
    acquiring: int
    target_trust: int = -1
    acquiring_trust: int = -1


class _Section(NamedTuple):
    """A row of headings and the rows below it. `columns` are the two sides; None where it has new names."""

    heading: Passage
    columns: _Columns | None
    rows: Sequence[Passage]


def pairs_in_tables(filing: Filing, names: Names) -> Iterator[PairInTable]:
    """The pairs of all tables of a filing."""
    for number, rows in filing.tables.items():
        first = filing.rows[number][0]
        yield from _pairs_of_table(rows, filing.passages[first - 1].text if first else "", names)


def _pairs_of_table(rows: Sequence[Passage], words_above: str, names: Names) -> Iterator[PairInTable]:
    sections = list(_sections(rows, names))
    if sections:
        for heading, columns, below in sections:
            if columns:
                yield from _from_rows(below, columns, names, _trusts_of_heading(heading, columns, names))
        return
    if any(map(_cells_of_merger, rows)):
        yield from _from_rows_of_mergers(rows, names)
        return
    arrows = [row for row in rows if _has_cell_of_an_arrow(row)]
    if arrows and len(arrows) >= len(rows) - 1:
        yield from _from_rows(arrows, _Columns(arrows[0].cells[0].column, arrows[0].cells[2].column), names)
        return
    says_pairs = _SAYS_PAIRS.search(words_above) or all(map(_has_arrow, rows))
    below = rows if _begins_with_two_funds(rows[0]) or _are_two_trusts(rows[0]) else _below_headings(rows)
    if says_pairs and below and all(map(_begins_with_two_funds, below[1:])):
        yield from _from_rows(below, _Columns(below[0].cells[0].column, below[0].cells[1].column), names)
        return
    yield from _from_table_on_its_side(rows, names)


def _sections(rows: Sequence[Passage], names: Names) -> Iterator[_Section]:
    """The sections of a table that rows of headings begin; rows that say "Liquidation" are no pairs."""
    columns = {
        place: _columns(row, rows[place + 1 :], names)
        for place, row in enumerate(rows)
        if place < _MOST_HEADINGS or _is_heading(row, names)
    }
    first = next((place for place, found in columns.items() if found), None)
    if first is None:
        return
    heads = [place for place in columns if place == first or (place > first and _is_heading(rows[place], names))]
    for place, following in pairwise([*heads, len(rows)]):
        below = [row for row in rows[place + 1 : following] if not _compares(row, rows[place])]
        yield _Section(rows[place], columns[place], [row for row in below if not _is_of_liquidation(row)])


def _is_of_liquidation(row: Passage) -> bool:
    """Whether a cell of a row says that its fund is liquidated: what stands beside it is no acquirer."""
    return any(IS_LIQUIDATED.fullmatch(row.text[cell.start : cell.end].strip()) for cell in row.cells)


IS_LIQUIDATED = re.compile(
    r"(?:to be |will be |will )?(?:liquidat(?:ed?|ion)|dissol(?:ved?|ution)|terminat(?:ed?|ion)|w(?:ind|ound) up)"
    r"(?: and (?:liquidat|dissol|terminat)\w+)?(?: (?:of the fund|of fund|on .{5,40}))?",
    re.IGNORECASE,
)
"""The words of a cell that says what becomes of a fund that goes into no other."""


def _cells_of_merger(row: Passage) -> Sequence[str]:
    """The cells with the two funds of a row in which another cell says "Merger" or the like; otherwise none."""
    cells = [row.text[cell.start : cell.end].strip() for cell in row.cells]
    funds = [text for text in cells if _ENDS_AS_FUND.search(cell_name(text))]
    return funds if len(funds) == _TWO and any(map(_IS_MERGER.fullmatch, cells)) else ()


def _from_rows_of_mergers(rows: Sequence[Passage], names: Names) -> Iterator[PairInTable]:
    for row in rows:
        if funds := _cells_of_merger(row):
            yield from _of_cells(funds[0], funds[1], row.line_at(0), ["", ""], names)


_TWO = 2
_IS_MERGER = re.compile(
    r"(?:to be |will be |will )?(?:merge[rd]?|reorgani[sz](?:ed?|ation)|combin(?:ed?|ation)|consolidat(?:ed?|ion)|"
    r"substitut(?:ed?|ion)|replace(?:d|ment)|acqui(?:red|sition)|absor(?:bed|ption))(?: (?:into|with|by))?",
    re.IGNORECASE,
)
"""The words of a cell that says what becomes of a fund that goes into another."""


def _compares(row: Passage, heading: Passage) -> bool:
    """Whether a row begins with what it compares, such as "Benchmark", in a column that has no heading."""
    first = row.cells[0]
    label = row.text[first.start : first.end]
    has_heading = bool(heading.cells) and heading.cells[0].column <= first.column
    return not has_heading and re.search(r"[A-Za-z]{3}", label) is not None and not _OF_NAMES.search(label)


_OF_NAMES = re.compile(r"\b(?:names?|funds?|portfolios?|series|mergers?|reorganizations?)\b", re.IGNORECASE)


def _is_heading(row: Passage, names: Names) -> bool:
    """Whether the cells of a row are headings of both sides, and no names of funds."""
    cells = [row.text[cell.start : cell.end] for cell in row.cells]
    roles = {_role_of_column(words, names) for words in cells}
    return {RoleOf.TARGET, RoleOf.ACQUIRING} <= roles and not any(map(names.has_printed, map(cell_name, cells)))


def _begins_with_two_funds(row: Passage) -> bool:
    """Whether the first two cells of a row end as the names of funds do."""
    first = [cell_name(row.text[cell.start : cell.end]) for cell in row.cells[:2]]
    return len(first) == 2 and all(_ENDS_AS_FUND.search(name) for name in first)


def _below_headings(rows: Sequence[Passage]) -> Sequence[Passage]:
    """The rows below a row of two headings, if these are not about names or the like that change."""
    is_heading = len(rows[0].cells) == 2 and not _OF_RENAMING.search(rows[0].text)
    is_above_funds = len(rows) > 1 and _begins_with_two_funds(rows[1])
    return rows[1:] if is_heading and is_above_funds and not _OTHER_HEADINGS.search(rows[0].text) else ()


_OTHER_HEADINGS = re.compile(
    r"\b(?:names?|benchmarks?|ind(?:ex|ices)|advis[eo]rs?|managers?|underlying|master|feeder|compar\w+|similar|classes|"
    r"classe?s?|peer)\b",
    re.IGNORECASE,
)
"""Headings of tables in which the funds on the right only have to do with those on the left."""


def _are_two_trusts(row: Passage) -> bool:
    """Whether a row is the names of two trusts, whose funds stand below."""
    return len(row.cells) == 2 and all(is_trust_name(cell_name(row.text[cell.start : cell.end])) for cell in row.cells)


def _has_arrow(row: Passage) -> bool:
    """Whether an arrow points from the first cell of a row to the second."""
    return len(row.cells) > 1 and _ARROW.search(row.text, row.cells[0].end - 2, row.cells[1].start + 2) is not None


def _has_cell_of_an_arrow(row: Passage) -> bool:
    """Whether a row is a name, an arrow or "into" in a cell of its own, and another name."""
    words = [row.text[cell.start : cell.end].strip() for cell in row.cells]
    return len(words) == 3 and _INTO.fullmatch(words[1]) is not None


_ARROW = re.compile(r"→|[-–—=]+>")
_INTO = re.compile(rf"{_ARROW.pattern}|(?:[a-z]+ ){{0,3}}(?:into|with)", re.IGNORECASE)
"""The words of a cell between those of the two funds."""
_MOST_HEADINGS = 4
_SAYS_PAIRS = re.compile(
    r"(?:merg|reorgani[sz]|consolidat|combin|amalgamat|replac|substitut|conver|transfer|acqui)\w*"
    r"\b.{0,200}\b(?:into|with|opposite|right|as follows|below)\b",
    re.IGNORECASE,
)
"""Words above a table without headings that say that the funds on the left go into those on the right."""


# --- headings --------------------------------------------------------------------------------------------------------


def _columns(row: Passage, below: Sequence[Passage], names: Names) -> _Columns | None:
    """The columns of the two sides. One whose heading says nothing is the other side, if it has funds."""
    headings = {cell.column: row.text[cell.start : cell.end] for cell in row.cells}
    if any(_OF_RENAMING.search(words) for words in headings.values()):
        return None
    with_funds = [column for column in headings if _has_funds(below, column, names)]
    roles: dict[RoleOf, int] = {}
    for column in (*with_funds, *headings):
        roles.setdefault(_role_of_column(headings[column], names), column)
    if RoleOf.ACQUIRING in roles:
        _add_target(roles, headings, with_funds)
    elif RoleOf.TARGET in roles:
        _add_acquirer(roles, headings, with_funds)
    if RoleOf.TARGET not in roles or RoleOf.ACQUIRING not in roles:
        return None
    return _with_trusts(_Columns(roles[RoleOf.TARGET], roles[RoleOf.ACQUIRING]), headings)


def _with_trusts(columns: _Columns, headings: Mapping[int, str]) -> _Columns:
    """The columns with those of the trusts, if a heading says "Trust" of a side or stands beside it."""
    of_trusts = [column for column, words in headings.items() if _OF_TRUSTS.search(words)]
    for column in of_trusts:
        role = role_of_heading(headings[column])
        if role is RoleOf.TARGET or (role is RoleOf.NONE and column == columns.target + 1):
            columns = columns._replace(target_trust=column)
        elif role is RoleOf.ACQUIRING or column == columns.acquiring + 1:
            columns = columns._replace(acquiring_trust=column)
    return columns


def _trusts_of_heading(heading: Passage, columns: _Columns, names: Names) -> tuple[str, str]:
    """The trust that the heading of each side names, as in "Blue Trust (Target Fund)"; empty if it names none."""
    of_target, of_acquirer = (_trust_named_in(_cell_text(heading, column), names) for column in columns[:2])
    return of_target, of_acquirer


def _trust_named_in(text: str, names: Names) -> str:
    """The first trust that a text names; empty if there is none."""
    text = flat(text)
    printed = (text[start:end] for start, end in printed_names(text))
    return next((names.trust_called(name) for name in printed if names.sort_of(name) is Sort.TRUST), "")


_OF_TRUSTS = re.compile(r"^(?:its )?(?:trust|registrant|company|investment company)\b", re.IGNORECASE)


def _add_target(roles: dict[RoleOf, int], headings: Mapping[int, str], with_funds: Sequence[int]) -> None:
    """Add the column of the targets under a heading that says no role, if it is the only other column with funds."""
    if roles.get(RoleOf.TARGET) in with_funds:
        return
    others = [column for column in with_funds if role_of_heading(headings[column]) is RoleOf.NONE]
    if len(others) == 1 and roles[RoleOf.ACQUIRING] in with_funds:
        roles[RoleOf.TARGET] = others[0]


def _add_acquirer(roles: dict[RoleOf, int], headings: Mapping[int, str], with_funds: Sequence[int]) -> None:
    """Add the column of the acquirers under a heading that says no role, if it is the only one beside merged funds."""
    target = roles[RoleOf.TARGET]
    others = [column for column in with_funds if column != target]
    if target not in with_funds or len(others) != 1 or not _IS_MERGED.search(headings[target]):
        return
    if not _OTHER_HEADINGS.search(headings[others[0]]):
        roles[RoleOf.ACQUIRING] = others[0]


_IS_MERGED = re.compile(r"\bbe (?:absorbed|acquired|merged|reorgani[sz]ed|consolidated|combined)\W*$", re.IGNORECASE)
"""The heading of a column of funds that go into others: "Series to be absorbed"."""


def _has_funds(rows: Sequence[Passage], column: int, names: Names) -> bool:
    cells = [text for text in (_cell_text(row, column) for row in rows) if text]
    return any(_is_fund(cell_name(text), names) for text in cells)


def _role_of_column(heading: str, names: Names) -> RoleOf:
    return names.role_of_term(heading) if names.is_of_a_group(heading) else role_of_heading(heading)


def role_of_heading(words: str) -> RoleOf:
    """The role of the funds below, or behind, a heading."""
    if not words or len(words) > _LONGEST_HEADING or re.search(r"\d", words):
        return RoleOf.NONE
    if _FROM.search(words):
        return RoleOf.TARGET
    return RoleOf.ACQUIRING if _TOWARDS.search(words) else role_of(words)


_LONGEST_HEADING = 60
_TOWARDS = re.compile(
    r"\b(?:into|with|(?:become|becoming) part of|(?:acquired|absorbed|replaced|succeeded) by|"
    r"in exchange for shares of)\W*$|\bwill (?:become|receive|own|hold|get|have|be invested)\b|"
    r"\b(?:into|with) (?:this|these|the) \w+\W*$|\bpartner$|\bwhere (?:\w+ ){1,4}goe?s?$|"
    r"\bafter the (?:merger|reorganization|combination|substitution|transaction|closing)\b|^to$|"
    r"\b(?:that|which|to) (?:(?:will|would|is to|are to) )?(?:continue|survive|receive|remain|acquire|absorb|goe?s? on|"
    r"carry on|take|replace|issue|live|succeed)s?\b|^(?:your )?(?:fund|portfolio)s? after\b",
    re.IGNORECASE,
)
"""A heading of the column of acquirers: "Will merge into", "After the merger", "Fund that will survive"."""
_FROM = re.compile(
    r"^from$|\bto be (?!(?:substituted|issued|used|received|offered|added|renamed)\b)\w+ed\b(?! (?:by|into|with)\b)|"
    r"\b(?:that|which) (?:(?:will|would|is to|are to) )?(?:be (?!the\b)\w+ed|cease|disappear|join|end|go|dissolve|"
    r"merge|transfer|give)\b",
    re.IGNORECASE,
)
"""The heading of a column of targets that says what will become of them: "Fund that will be merged"."""
"""The heading of a column of acquirers that is said of the funds in the other column: "will become part of"."""
_OF_RENAMING = re.compile(
    r"\b(?:new|old|current|former|present|prior|revised|existing) (?:\w+ )?"
    r"(?:names?|(?:sub-?)?advis[eo]rs?|managers?|benchmarks?|ind(?:ex|ices)|objectives?)\b",
    re.IGNORECASE,
)
"""The heading of a table of names, or something else of a fund, that change."""


# --- rows ------------------------------------------------------------------------------------------------------------


def _from_rows(
    rows: Sequence[Passage], columns: _Columns, names: Names, of_heading: Sequence[str] = ("", "")
) -> Iterator[PairInTable]:
    """The pairs of rows. A blank acquirer is the one above; a row with trusts alone heads those below.

    `of_heading` are the trusts that the heading names.
    """
    acquiring, trusts = "", list(of_heading)
    whole_rows = list(_with_whole_acquirers(list(_whole_rows(rows, columns))))
    if _has_rows_of_trusts([cells[:2] for _, cells in whole_rows]):
        yield from _above_their_trusts(whole_rows, names)
        return
    has_funds = any(_ENDS_AS_FUND.search(cell_name(cells[0])) for _, cells in whole_rows)
    for line, (*cells, target_trust, acquiring_trust) in whole_rows:
        if has_funds and _are_trusts(cells, names):
            trusts = [names.trust_called(cell_name(text)) for text in cells]
            continue
        if has_funds and all(map(_IS_SERIES_OF.match, cells)):
            trusts = [_trust_named_in(text, names) for text in cells]
            continue
        trusts = [cell_name(target_trust) or trusts[0], cell_name(acquiring_trust) or trusts[1]]
        for side, text in enumerate(cells):
            trust, rest = _with_its_trust(text)
            trusts[side] = trust or trusts[side]
            cells[side] = rest
        target, acquired_by = cells
        is_fund = bool(acquiring) and _IS_A_FUND_ALONE.search(target) is not None
        if is_trust_name(cell_name(target)) and not acquired_by and not is_fund:
            trusts[0] = cell_name(target)
            continue
        if not target and acquired_by and is_trust_name(cell_name(acquired_by)):
            trusts[1] = cell_name(acquired_by)
            continue
        acquiring = acquiring if _DITTO.fullmatch(acquired_by) else acquired_by
        for one, other in _of_lines(target, acquiring):
            if one and other:
                yield from _of_cells(one, other, line, trusts, names)


_IS_SERIES_OF = re.compile(r"\((?:each |all )?(?:an? )?(?:series|portfolios?|funds?) of\b", re.IGNORECASE)
"""The beginning of a cell below a heading that says whose series the funds below are."""


def _with_whole_acquirers(rows: Sequence[tuple[int, list[str]]]) -> Iterator[tuple[int, list[str]]]:
    """The rows; an acquirer whose name goes on beside the next target is that of both targets."""
    skipped = -1
    for number, (line, cells) in enumerate(rows):
        if number == skipped:
            continue
        following = rows[number + 1] if number + 1 < len(rows) else None
        if following is None or not _goes_on_beside(cells, following[1]):
            yield line, cells
            continue
        acquiring = f"{cells[1]} {following[1][1]}"
        yield line, [cells[0], acquiring, *cells[2:]]
        yield following[0], [following[1][0], acquiring, *following[1][2:]]
        skipped = number + 1


def _goes_on_beside(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether the acquirer of a row has the rest of its name in the next row, beside another target."""
    are_targets = all(_ENDS_AS_FUND.search(cell_name(text)) for text in (above[0], cells[0]))
    is_cut = _begin_alike(above[0], above[1]) and not _is_complete(above[1])
    is_rest = _ENDS_AS_FUND.search(cell_name(cells[1])) is not None and not _begin_alike(above[1], cells[1])
    return are_targets and is_cut and is_rest


def _are_trusts(cells: Sequence[str], names: Names) -> bool:
    """Whether both cells of a row name a trust, which heads the funds below: the second may end as a fund does."""
    target, acquiring = map(cell_name, cells)
    is_trust = names.sort_of(acquiring) is Sort.TRUST or re.search(r"\bSeries$", acquiring) is not None
    return is_trust_name(target) and not _ENDS_AS_FUND.search(target) and (is_trust or is_trust_name(acquiring))


def _with_its_trust(text: str) -> tuple[str, str]:
    """The trust that a cell names before a colon, or nothing; and the rest of the cell."""
    trust, colon, rest = text.partition(":")
    rest = rest.removeprefix(LINE_BREAKS).strip()
    return (trust, rest) if colon and rest and is_trust_name(cell_name(trust)) else ("", text)


def _of_lines(target: str, acquiring: str) -> Sequence[tuple[str, str]]:
    """The pairs in two cells of a row. Of several lines, each fund goes into the one on its line, or the only one."""
    targets, acquirers = _lines_of_funds(target), _lines_of_funds(acquiring)
    if len(targets) == len(acquirers):
        return list(zip(targets, acquirers, strict=True))
    return [(each, acquiring) for each in targets] if len(acquirers) == 1 else [(target, acquiring)]


def _lines_of_funds(text: str) -> Sequence[str]:
    """The lines or items of a cell, if each is the name of a fund; otherwise the cell."""
    lines = _BETWEEN_FUNDS.split(text)
    called = [cell_name(line) for line in lines]
    are_funds = all(_ENDS_AS_FUND.search(name) and not is_trust_name(name) for name in called)
    return lines if are_funds else [text]


_BETWEEN_FUNDS = re.compile(rf"{LINE_BREAKS}|(?:(?<=Fund)|(?<=Portfolio)|(?<=ETF))(?:[;,] (?:and )?| and )(?=[A-Z])")


def _has_rows_of_trusts(rows: Sequence[Sequence[str]]) -> bool:
    """Whether a row with the trusts of both sides follows each row with two funds."""
    full = [_kinds_of_cells(cells) for cells in rows if _may_be_names(cells)]
    funds, trusts = full[::2], full[1::2]
    return (
        bool(funds)
        and len(funds) == len(trusts)
        and not any(True in kinds for kinds in funds)
        and all(True in kinds for kinds in trusts)
        and any(all(kinds) for kinds in trusts)
    )


def _kinds_of_cells(cells: Sequence[str]) -> list[bool]:
    """For each cell, whether its name is that of a trust."""
    return [is_trust_name(cell_name(text)) for text in cells]


def _may_be_names(cells: Sequence[str]) -> bool:
    return all(looks_like_a_fund(cell_name(text)) for text in cells)


def _above_their_trusts(rows: Sequence[tuple[int, Sequence[str]]], names: Names) -> Iterator[PairInTable]:
    """The pairs of a table in which a row with the trusts follows each row with two funds."""
    full = [(line, cells[:2]) for line, cells in rows if _may_be_names(cells[:2])]
    for (line, funds), (_, trusts) in zip(full[::2], full[1::2], strict=True):
        called = [_OF.sub("", cell_name(text)) for text in trusts]
        yield from _of_cells(funds[0], funds[1], line, [names.trust_called(words) for words in called], names)


_OF = re.compile(r"^of (?:the )?", re.IGNORECASE)


_DITTO = re.compile(r"(?:(?:the )?same(?: (?:fund|portfolio|as above))?|ditto|idem|as above|[\"”″'’]+)?", re.IGNORECASE)
"""A cell that stands for the one above it."""
_IS_A_FUND_ALONE = re.compile(r"(?<!Series) Fund,? Inc\b", re.IGNORECASE)
"""The end of the name of a closed-end fund, which is a company by itself."""


def _from_table_on_its_side(rows: Sequence[Passage], names: Names) -> Iterator[PairInTable]:
    """The pairs of a table on its side: a row of targets, and below it a row of acquirers."""
    targets: dict[int, str] = {}
    for row in rows:
        role = role_of_heading(_cell_text(row, 0))
        for cell in row.cells[1:]:
            text = _cell_text(row, cell.column)
            if role is RoleOf.TARGET:
                targets[cell.column] = text
            elif role is RoleOf.ACQUIRING and cell.column in targets:
                yield from _of_cells(targets.pop(cell.column), text, row.line_at(0), ["", ""], names)


def _of_cells(target: str, acquiring: str, line: int, trusts: Sequence[str], names: Names) -> Iterator[PairInTable]:
    """The pair of two cells, if both hold a fund; `trusts` are those of the table's headings."""
    both = _behind_its_trust(cell_name(target), names), _behind_its_trust(cell_name(acquiring), names)
    ends_as_fund = any(_ENDS_AS_FUND.search(name) for name in both)
    if any(map(names.is_of_a_group, both)):
        return
    if all(looks_like_a_fund(name) and (_is_fund(name, names) or ends_as_fund) for name in both):
        own = _cell_trust(target, names), _cell_trust(acquiring, names)
        full = names.full_name(both[0]), names.full_name(both[1])
        both = both if folded(full[0]) == folded(full[1]) else full
        yield PairInTable(*both, line, own[0] or trusts[0], own[1] or trusts[1])


def _behind_its_trust(name: str, names: Names) -> str:
    """The name of a fund without that of its trust before it, as in "Blue Trust - Blue Bond Fund"."""
    dash = _DASH.search(name)
    is_behind = dash is not None and names.sort_of(name[: dash.start()]) is Sort.TRUST
    return name[dash.end() :] if dash and is_behind else name


_DASH = re.compile(r" [–—-] ")


def _is_fund(name: str, names: Names) -> bool:
    """Whether a name ends as that of a fund, or begins as another name of the filing does."""
    return _ENDS_AS_FUND.search(name) is not None or names.has_family(name)


_ENDS_AS_FUND = re.compile(r"\b(?:Fund|Portfolio|ETF|Series)$", re.IGNORECASE)


def _whole_rows(rows: Sequence[Passage], columns: _Columns) -> Iterator[tuple[int, list[str]]]:
    """The line and the cells of some columns of each row. A name that continues in the next row is joined."""
    pending: tuple[int, list[str]] | None = None
    for row in rows:
        cells = [_cell_text(row, column) for column in columns]
        if not any(cells):
            continue
        if pending and _is_rest(pending[1], cells):
            pending = pending[0], [" ".join(f"{a} {b}".split()) for a, b in zip(pending[1], cells, strict=True)]
            continue
        if pending:
            yield pending
        pending = row.line_at(0), cells
    if pending:
        yield pending


def _cell_text(row: Passage, column: int) -> str:
    """The text of a cell, with its line breaks."""
    for cell in row.cells:
        if cell.column <= column < cell.column + cell.columns:
            lines = row.text[cell.start : cell.end].split(LINE_BREAKS)
            return LINE_BREAKS.join(" ".join(line.split()) for line in lines)
    return ""


def _is_rest(above: Sequence[str], cells: Sequence[str]) -> bool:
    """Whether a row continues the names of the row above, which lack their last words."""
    target, rest = above[0], cells[0]
    if all(_begin_alike(one, other) for one, other in zip(above[:2], cells[:2], strict=True)):
        return False
    is_in_brackets = all(text.startswith("(") for text in cells if text)
    if is_in_brackets or any(text.count("(") > text.count(")") for text in above):
        return True
    if target and all(_BEGINS_TRUST.match(text) for text in cells if text):
        return True
    if not target or (_is_complete(above[1]) and _BEGINS_NAME.match(cells[1]) and above[1]):
        return False
    if not rest:
        return not _is_complete(above[1]) and bool(cells[1])
    return not _is_complete(target) and len(rest.split()) < 5


def _begin_alike(one: str, other: str) -> bool:
    """Whether two cells begin with the same word, as the names of two funds of a family do."""
    return bool(one) and one.split(maxsplit=1)[0] == (other.split(maxsplit=1) or [""])[0]


_BEGINS_TRUST = re.compile(r"\(?(?:each |both )?(?:an? )?(?:[a-z-]+ ){0,2}(?:series|portfolio|fund) of \w")
_BEGINS_NAME = re.compile(r"[A-Z]\w+ \w")


def _is_complete(name: str) -> bool:
    return (
        not name
        or re.search(
            r"\b(?:Funds?|Portfolio|ETF|Series|Trust|Class|Inc\.?)\b[^A-Za-z]*$|[,)]|\bseries of\b", name, re.IGNORECASE
        )
        is not None
    )


# --- cells -----------------------------------------------------------------------------------------------------------


def cell_name(text: str) -> str:
    """The name in a cell, without the number, footnote marks, classes and trust that stand with it."""
    first, _, _ = text.partition(LINE_BREAKS)
    text = first if _ENDS_AS_FUND.search(first) else " ".join(text.split())
    text = re.sub(rf"\s*(?:{_ARROW.pattern})\s*", " ", text)
    text = re.sub(r"^\W*(?:\(?\w{1,3}[.)]\s+)?", "", text)
    if traded := _NUMBERED_AND_TRADED.match(text):
        return traded[1]
    text = re.split(
        r",?\s*\b(?:a|an|each a|another|also a)\s+(?:newly\s+\w+\s+)?(?:series|portfolio|fund)\b|\s\(|"
        r"\s/\s(?=(?:Class(?:es)? )?[A-Z]\d?(?:, ?[A-Z]\d?)*$)|"
        r"\s[–—-]+\s(?=(?:[\w-]+ )?(?:Class|Shares)\b)|,\s(?=(?:[\w-]+ )?(?:Class|Shares)\b)|[“\"]|"
        r"(?:(?<=Fund)|(?<=Portfolio))\s(?=Class \w{1,3}\b)|"
        r"(?:(?<=Fund)|(?<=Portfolio)|(?<=Series))\s+of\s+(?:the\s+)?(?=\w+\s+[A-Z])|,\s+(?:of|OF)\s+(?=[A-Z])|"
        r"(?:(?<=FUND)|(?<=PORTFOLIO))\s+OF\s+(?=(?:THE\s+)?[A-Z]+\b)|"
        r"(?:(?<=Fund)|(?<=Portfolio)|(?<=Series))\s+of\s+the\s+(?:Company|Trust|Corporation|Funds?)$",
        text,
    )[0]
    return text.strip(" *†‡,;:.¹²³⁴⁵0123456789").removesuffix("®").strip()


_NUMBERED_AND_TRADED = re.compile(r"([A-Z][^()]* (?:Fund|Trust|Portfolio),? \d{1,2}) \((?:NYSE|Nasdaq|NASDAQ|AMEX)\b")
"""A fund with a number in its name and its symbol, so that the number is no mark: "Premium Fund 2 (NYSE: PRE)"."""


def _cell_trust(text: str, names: Names) -> str:
    """The trust in a cell such as "Blue Fund, a series of Blue Trust"; empty if there is none."""
    text = flat(text)
    match = _SERIES_OF.search(text) or _FUND_OF_TRUST.search(text)
    if match:
        return names.trust_called(match[1].strip(" .,"))
    of_term = _FUND_OF_TERM.search(text)
    if of_term and is_trust_name(trust := names.trust_called(of_term[1])):
        return trust
    in_brackets = (names.trust_called(each.strip(" .,")) for each in _IN_BRACKETS.findall(text))
    return next(filter(is_trust_name, in_brackets), "")


_IN_BRACKETS = re.compile(r"\(([^()]+)\)")
_SERIES_OF = re.compile(
    r"\b(?:a|each a|another|both|which is (?:also |likewise )?a|also a) ?(?:\w+ ){0,2}(?:series|"
    r"portfolio|fund|sub-?fund) of (?:the )?([A-Z][^;()“\"]{2,80}?(?:, Inc\.)?)(?=$|[;()“\".]|"
    r",? (?:into|and|with|as)\b|,(?! Inc))",
    re.IGNORECASE,
)
"""A fund’s trust in its cell: "Blue Fund, a series of Blue Trust"."""
_FUND_OF_TERM = re.compile(r"\b(?:Fund|Portfolio|Series) of (?:the )?([A-Z]\w*)$")
_FUND_OF_TRUST = re.compile(
    r"\b(?:Fund|Portfolio|Series|FUND|PORTFOLIO|SERIES),? (?:of|OF) (?:the )?([A-Z]\w* [A-Z][^;()“\"]{2,80})$"
)


def looks_like_a_fund(name: str) -> bool:
    """Whether the words of a cell look like the name of a fund."""
    words = name.split()
    is_class = re.match(r"(?:\w+ )?(?:Class|Shares?)\b", name) is not None
    is_dated = _YEAR.search(name) is not None
    is_own = has_own_words(name)
    is_capital = name[:1].isupper() or (len(words) > 2 and all(word[0].isupper() for word in words[1:]))
    small = [word for word in words[1:] if word[:1].islower() and word not in _SMALL_WORDS]
    is_sentence = len(small) > 1 or (bool(small) and len(words) < 4)
    return 1 < len(words) <= 14 and is_own and is_capital and not is_class and not is_dated and not is_sentence


_YEAR = re.compile(
    r"\d,? (?:19|20)\d\d\b|\b(?:19|20)\d\d\b(?! (?:\w+ )?(?:fund|portfolio|trust|series|etf)\b)|[?!]",
    re.IGNORECASE,
)
"""A year, but for the one that a fund is invested for: "Lifestyle 2010 Fund"."""
_SMALL_WORDS = frozenset({"and", "of", "for", "the", "to", "in", "on", "ex"})
