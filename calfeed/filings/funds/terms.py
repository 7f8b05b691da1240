"""The terms that a filing defines for any fund of a group, and the roles that terms state."""

import re
from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from calfeed.filings.funds.printed_names import ACQUIRING_WORDS, TARGET_WORDS, has_own_words, is_trust_name
from calfeed.filings.funds.statement import signs_of, with_signs
from calfeed.filings.funds.statements import statements_in
from calfeed.filings.passages.clauses import sentences


class Place(NamedTuple):
    """The start and end of some words of a text."""

    start: int
    end: int


class RoleOf(StrEnum):
    """The role of a fund in a reorganization."""

    TARGET = "target"
    ACQUIRING = "acquiring"
    NONE = ""


def role_of(term: str) -> RoleOf:
    """The role that the words of a term or of the heading of a column state."""
    words = {word.lower() for word in re.findall(r"[A-Za-z]+", term)}
    if words & TARGET_WORDS:
        return RoleOf.TARGET
    return RoleOf.ACQUIRING if words & ACQUIRING_WORDS else RoleOf.NONE


DEFINED = re.compile(r"\((?P<before>[^()“\"]{0,60})[“\"](?P<first>[^”\"()]{2,60})[”\"](?P<rest>[^()]{0,120})\)")
"""The definition of a term in brackets."""


def groups_of(texts: Sequence[str], printed: Sequence[Sequence[tuple[int, int]]]) -> Mapping[str, RoleOf]:
    """The terms, in lower case, for any fund of a group, and the role that the filing's sentences give to each.

    Such a term is "Blue Fund" in "each series of Blue Trust (each, a “Blue Fund”)". `printed` are the places of the
    names in each of the `texts`.
    """
    terms = frozenset(_terms(texts, printed))
    if not terms:
        return {}
    roles: dict[str, set[RoleOf]] = {term: set() for term in terms}
    pattern = re.compile(rf"\b(?:{'|'.join(sorted(map(re.escape, terms), key=len, reverse=True))})\b", re.IGNORECASE)
    for text, places in zip(texts, printed, strict=True):
        groups = [Place(*match.span()) for match in pattern.finditer(text)]
        if len({text[each.start : each.end].lower() for each in groups}) > 1:
            others = [
                Place(*place)
                for place in places
                if not any(each.start < place[1] and place[0] < each.end for each in groups)
            ]
            for term, role in _roles_in(text, sorted([*groups, *others])):
                if term in terms:
                    roles[term].add(role)
    return {term: next(iter(found)) if len(found) == 1 else RoleOf.NONE for term, found in roles.items()}


def _terms(texts: Sequence[str], printed: Sequence[Sequence[tuple[int, int]]]) -> Iterator[str]:
    """The terms of groups. The plural of one is too, unless the filing has it before, as the name of a trust."""
    first: dict[str, tuple[int, int]] = {}
    for index, places in enumerate(printed):
        for start, end in places:
            first.setdefault(texts[index][start:end].lower(), (index, start))
    for index, text in enumerate(texts):
        for match in DEFINED.finditer(text):
            if _is_behind_a_fund(texts, printed, index, match.start()):
                continue
            for term in filter(has_own_words, _TERM.findall(match[0])):
                singular = term.lower().removesuffix("s")
                yield singular
                if (index, match.start()) < first.get(f"{singular}s", (len(texts), 0)):
                    yield f"{singular}s"


def _is_behind_a_fund(
    texts: Sequence[str], printed: Sequence[Sequence[tuple[int, int]]], index: int, place: int
) -> bool:
    """Whether a definition stands directly behind a fund, or below a list of funds: it is for these."""
    if place == 0 and index:
        index, place = index - 1, len(texts[index - 1])
    before = [each for each in printed[index] if each[1] <= place]
    if not before or is_trust_name(texts[index][slice(*before[-1])]):
        return False
    return re.fullmatch(r"[\s,.;]*", texts[index][before[-1][1] : place]) is not None


_NOUN = "Fund|Portfolio|ETF"
_TERM = re.compile(
    rf"(?:\beach(?: such \w+)?,? (?:an? |the )?[“\"](?=[^”\"]*(?:{_NOUN}|Series)[”\"])|"
    rf"[“\"](?=[^”\"]*(?:{_NOUN})s[”\"]))([^”\"]+)"
)
"""A term in a definition that stands for any of several funds: "each, a “Blue Fund”", "the “Blue Funds”"."""


def _roles_in(text: str, places: Sequence[Place]) -> Iterator[tuple[str, RoleOf]]:
    """The words at some places, in lower case, with the roles that the sentences of a text give to them."""
    for start, end in sentences(text):
        inside = [each for each in places if start <= each.start and each.end <= end]
        trusts = {number: "TRUST" for number, each in enumerate(inside) if is_trust_name(text[slice(*each)])}
        for match in statements_in(with_signs(text, start, end, inside, trusts)):
            for side, role in (("t", RoleOf.TARGET), ("a", RoleOf.ACQUIRING)):
                numbers = [number for number in signs_of(match[side]) if number < len(inside)]
                yield from ((text[slice(*inside[number])].lower(), role) for number in numbers)
