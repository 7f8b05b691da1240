"""Finds the trust of each fund of a filing: "Red Fund, a series of Blue Trust", "into a new series of Blue Trust"."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import pairwise

from calfeed.filings.funds.named import Named, Sort, folded
from calfeed.filings.funds.names import Names
from calfeed.filings.funds.printed_names import is_trust_name
from calfeed.filings.funds.terms import RoleOf, role_of
from calfeed.filings.passages.text import Filing, flat


class FundTrusts:
    """The trusts of the funds of a filing."""

    def __init__(self, filing: Filing, names: Names) -> None:
        self._filing = filing
        self._names = names

    def of_fund(self, fund: str) -> str:
        """The trust of a fund, as the filing states it, or by default."""
        return self._stated.get(folded(fund), "") or self._by_default(fund)

    def of_target(self, target: str, acquiring: str, stated: str) -> str:
        """The trust of a target; `stated` is what the place that pairs it says of it."""
        if stated:
            return stated
        same_name = folded(target) == folded(acquiring)
        elsewhere = "" if same_name else self._stated.get(folded(target), "")
        elsewhere = elsewhere or self.of_all_of_role(RoleOf.TARGET)
        return elsewhere or self._of_family(target) or self._by_default(target)

    def of_acquirer(self, acquiring: str, stated: str) -> str:
        """The trust of an acquirer; `stated` is what the place that pairs it says of it. Empty for a liquidation."""
        if not acquiring:
            return ""
        elsewhere = self._stated.get(folded(acquiring), "") or self.of_all_of_role(RoleOf.ACQUIRING)
        return stated or elsewhere or self._of_family(acquiring) or self._by_default(acquiring)

    def _of_family(self, fund: str) -> str:
        """The trust of all funds of a name, in "each Red fund is a series of Red Trust", if this is one of them."""
        return self._of_families.get(_first_word(fund), "")

    @cached_property
    def _of_families(self) -> Mapping[str, str]:
        found: dict[str, str] = {}
        for index, passage in enumerate(self._filing.passages):
            text = flat(passage.text)
            for each in filter(_is_a_trust, self._names.in_passage(index)):
                family = _EACH_OF_FAMILY.search(text, max(0, each.start - _NEAR), each.start)
                if family:
                    first_word = family["family"] or family["begin"] or ""
                    found.setdefault(first_word.lower(), each.names[0])
        return found

    def _by_default(self, fund: str) -> str:
        """The trust of a fund if the filing names none for it: the fund itself, that of "each fund", or the issuer."""
        if is_trust_name(fund) or self._names.stands_alone(fund):
            return fund
        return self._of_families.get("") or self._named_alike(fund) or self._names.issuer_of_funds

    def _named_alike(self, fund: str) -> str:
        """The only trust that begins with the same word as a fund, unless the issuer does too."""
        word = _first_word(fund)
        if _first_word(self._names.issuer_of_funds) == word:
            return ""
        alike = [name for name in self._trusts if _first_word(name) == word]
        return alike[0] if len(alike) == 1 else ""

    @cached_property
    def _trusts(self) -> Sequence[str]:
        """The trusts that the filing names, each once."""
        everywhere = (self._names.in_passage(index) for index in range(len(self._filing.passages)))
        names = (each.names[0] for named in everywhere for each in named if _is_a_trust(each))
        return [name for name in dict.fromkeys(names) if _HAS_SERIES.search(name)]

    @cached_property
    def _stated(self) -> Mapping[str, str]:
        """The trust of each fund that the filing calls "X, a series of Y", unless it states two."""
        found: dict[str, set[str]] = {}
        for index, passage in enumerate(self._filing.passages):
            named = self._names.in_passage(index)
            text = flat(passage.text)
            for place, (one, other) in enumerate(pairwise(named)):
                between = text[one.end : other.start]
                if _is_a_trust(one) and other.sort is Sort.FUND and _ON_BEHALF_OF.fullmatch(between):
                    for name in other.names:
                        found.setdefault(folded(name), set()).add(one.names[0])
                is_trust = other.sort is Sort.TRUST and other.names
                if one.sort is not Sort.FUND or not is_trust or not _IS_A_SERIES_OF.fullmatch(between):
                    continue
                each_of = _EACH_A_SERIES.search(between) is not None
                for fund in _list_up_to(named, place, text) if each_of else [one]:
                    for name in fund.names:
                        found.setdefault(folded(name), set()).add(other.names[0])
            for marked, trust in self._by_marks(text, named):
                found.setdefault(folded(marked), set()).add(trust)
        return _without_contradictions(found)

    def _by_marks(self, text: str, named: Sequence[Named]) -> Iterator[tuple[str, str]]:
        """The funds of a passage with a mark behind them, each with the trust that the footnote of that mark names."""
        for each in named:
            mark = _MARK_BEHIND.match(text, each.end) if each.sort is Sort.FUND and self._of_marks else None
            if mark and mark["mark"] in self._of_marks:
                yield from ((name, self._of_marks[mark["mark"]]) for name in each.names)

    @cached_property
    def _of_marks(self) -> Mapping[str, str]:
        """The trust of each footnote such as "(2) A series of Blue Trust", by its mark, unless the mark has two."""
        found: dict[str, set[str]] = {}
        for index, passage in enumerate(self._filing.passages):
            text = flat(passage.text)
            for each in filter(_is_a_trust, self._names.in_passage(index)):
                note = (
                    _FOOTNOTE.search(text, max(0, each.start - _NEAR), each.start)
                    or _MARKED.search(text, max(0, each.start - _NEAR), each.start)
                    or _ARE_MARKED.match(text, each.end)
                )
                if note:
                    found.setdefault(note["mark"], set()).add(each.names[0])
        return _without_contradictions(found)

    def of_all_of_role(self, role: RoleOf) -> str:
        """The trust of all funds of a role, in "each Acquiring Fund is a series of Y" or "into a series of Y"."""
        return self._of_all.get(role, "")

    @cached_property
    def _of_all(self) -> Mapping[RoleOf, str]:
        found: dict[RoleOf, str] = {}
        for index, passage in enumerate(self._filing.passages):
            text = flat(passage.text)
            for before, each in pairwise([None, *self._names.in_passage(index)]):
                if each is None or not _is_a_trust(each):
                    continue
                is_of_several = before is not None and len(before.names) != 1
                if before and is_of_several and _IS_A_SERIES_OF.fullmatch(text, before.end, each.start):
                    found.setdefault(before.role, each.names[0])
                is_named = before is not None and not before.is_term
                begins = max(before.end if before and is_named else 0, each.start - _NEAR)
                if _INTO_A_SERIES_OF.search(text, begins, each.start):
                    found.setdefault(RoleOf.ACQUIRING, each.names[0])
                said = _ROLE_A_SERIES_OF.search(text, max(0, each.start - _NEAR), each.start)
                if said:
                    found.setdefault(role_of(said["role"]), each.names[0])
        found.pop(RoleOf.NONE, None)
        return found


def _without_contradictions(found: Mapping[str, set[str]]) -> dict[str, str]:
    """The trust of each name or mark that is said to be of one alone."""
    return {said_of: next(iter(trusts)) for said_of, trusts in found.items() if len(trusts) == 1}


def _list_up_to(named: Sequence[Named], last: int, text: str) -> Iterator[Named]:
    """The funds of the list that ends with one."""
    yield named[last]
    for one, other in pairwise(reversed(named[: last + 1])):
        if other.sort is not Sort.FUND or not _IN_A_LIST.fullmatch(text[other.end : one.start]):
            return
        yield other


def trust_beside(text: str, inside: Sequence[Named], number: int) -> str:
    """The trust of the fund at a place in a sentence, if words such as "a series of" join them; otherwise empty.

    `inside` are the places of the sentence, `number` is that of the fund among them.
    """
    fund = inside[number]
    following = next(filter(_is_a_trust, inside[number + 1 :]), None)
    if following and _IS_A_SERIES_OF.fullmatch(text, fund.end, following.start):
        return following.names[0]
    before = next(filter(_is_a_trust, reversed(inside[:number])), None)
    if before and _ON_BEHALF_OF.fullmatch(text, before.end, fund.start):
        return before.names[0]
    if before and before is inside[number - 1] and _ITS_OWN.search(text, before.end, fund.start):
        return before.names[0]
    if before and _A_SERIES_OF.search(text, 0, before.start) and _CALLED.fullmatch(text, before.end, fund.start):
        return before.names[0]
    return ""


def _first_word(name: str) -> str:
    return folded(name).partition(" ")[0]


def _is_a_trust(named: Named) -> bool:
    return named.sort is Sort.TRUST and bool(named.names)


_NEAR = 100
_HAS_SERIES = re.compile(r"trust|fund|series|portfolio|variable", re.IGNORECASE)
"""What the name of a trust says, and that of a company that manages funds does not."""
_MARK = r"(?P<mark>\(\d{1,2}\)|\*{1,4}|[†‡§+#]{1,2}|[¹²³⁴⁵])"
_MARK_BEHIND = re.compile(rf"\s?{_MARK}(?!\*)")
_FOOTNOTE = re.compile(
    rf"(?:^|(?<=\s)){_MARK}\s*(?:(?:this|each)(?: \w+)? is )?(?:each )?(?:an? )?(?:[\w-]+ ){{0,2}}"
    r"(?:series|portfolio|fund)s? of (?:the )?$",
    re.IGNORECASE,
)
"""A footnote up to the name of the trust: "(2) A series of Blue Trust"."""
_MARKED_WITH = rf"\bmarked (?:with|by) (?:an? )?(?:[a-z]+ )?\(?{_MARK}"
_MARKED = re.compile(
    rf"{_MARKED_WITH}\)? (?:is|are) (?:each )?(?:an? )?(?:series|portfolio|fund)s? of (?:the )?$", re.IGNORECASE
)
_ARE_MARKED = re.compile(rf" (?:is|are) (?:each )?{_MARKED_WITH}", re.IGNORECASE)
"""What says of a mark whose funds have it: "those marked with a + are series of", "Funds of Blue Trust are …"."""
_ON_BEHALF_OF = re.compile(
    r"(?:\s*\([^()]*\))?, (?:acting )?(?:for and )?on behalf of "
    r"(?:its (?:\w+ ){0,2}(?:series|portfolio|fund),? )?(?:the )?| ?[–—-] |: |['’]s? ",
    re.IGNORECASE,
)
"""What stands between a trust and its fund: "Blue Trust, on behalf of Red Fund", "Blue Trust's Red Fund"."""
_ITS_OWN = re.compile(r"\bits (?:(?:series|portfolio|fund),? )?(?:the )?$", re.IGNORECASE)
"""What stands before a fund of the trust that its sentence names last: "Blue Trust approved … by its Red Fund"."""
_EACH_OF_FAMILY = re.compile(
    r"\b(?:(?:[Ee]ach|[Bb]oth|[Aa]ll)(?: of (?:the|these))? (?:(?P<family>[A-Z]\w+) )?(?:[Ff]unds?|[Pp]ortfolios?)\b"
    r"[^.;]{0,30}?|(?:names?|titles?) (?:begins?|starts?) with (?:the (?:word|letters) )?[“\"]?(?P<begin>\w+)[”\"]?)"
    r" (?:is|are) (?:each )?(?:a )?(?:series|portfolios?|funds?) of (?:the )?$"
)
"""What stands before the trust of a family: "each Red fund is a series of", "whose names begin with Red are …"."""
_EACH_A_SERIES = re.compile(r"\b(?:each|both|all)\b")
_IN_A_LIST = re.compile(r"(?:\s|,|and|&|\([^()]*\)|\(the|[“”\")(])*")
_ROLE_A_SERIES_OF = re.compile(
    r"\b(?P<role>[a-z]+) (?:funds?|portfolios?|series|etfs?) (?:is|are|will be)(?: each| both| all)? (?:an? )?"
    r"(?:[\w-]+ ){0,2}(?:series|portfolios?|funds?) of (?:the )?$",
    re.IGNORECASE,
)
"""What says of the funds of a role whose series they are: "the two acquiring funds are series of"."""
_INTO_A_SERIES_OF = re.compile(
    r"\b(?:into|(?:merg|combin|consolidat|amalgamat)\w+ with) (?:[a-z][\w-]*,? ){0,5}"
    r"(?:series|portfolios?|funds?|sub-?funds?)(?: \([^()]*\))? (?:of|within) (?:the )?$",
    re.IGNORECASE,
)
"""What stands before the trust of an acquirer: "into a newly created series of"."""
_A_SERIES_OF = re.compile(r"\b(?:series|portfolios?|funds?|sub-?funds?) (?:of|within) (?:the )?$", re.IGNORECASE)
_CALLED = re.compile(
    r",? ?(?:\([^()]*\),? ?)?\(?(?:(?:that|which) )?(?:(?:is|are|will be|also|to be|likewise) ){0,3}"
    r"(?:called|named|known as) (?:the )?",
    re.IGNORECASE,
)
"""What stands between a trust and its new series: "a new series of Blue Trust, also called Red Fund"."""
_IS_A_SERIES_OF = re.compile(
    r"(?:[”\"]\)|\s*\([^()]*\))?,?\s*(?:respectively,? )?(?:(?:which|that|each|both|all)\s)?(?:is |are )?"
    r"(?:also |likewise )?(?:a |an |another |each a )?(?!into |with |to )(?:[\w-]+ ){0,3}"
    r"(?:series|portfolio|fund|sub-?fund)s? of (?:the )?|\s*\(|,?\s+of (?:the )?",
    re.IGNORECASE,
)
"""What stands between a fund and its trust: ", a series of", " (", " of the"."""
