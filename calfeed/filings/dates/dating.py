"""The date of the filing itself, and the dates of other documents: neither is a milestone."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from datetime import date
from functools import cached_property
from operator import attrgetter

from calfeed.filings.dates.mentions import Mention
from calfeed.filings.passages.text import CELL_ENDS, LINE_BREAKS, Passage, in_small_letters

THIS, OTHER = "@", "#"
"""The marks for the date in question, and for every other date, in a text with masked dates."""
_NEAR_TOP = 16
"""How many passages at the start of a letter or press release may hold its date alone on a line."""
_NEAR_END = 6
_DOCUMENT = (
    r"(?:prospectus(?:es)?|SAIs?|statements? of additional information|supplements?|registration statements?|"
    r"proxy (?:statement|materials?|card|statement ?/ ?prospectus)s?|(?:semi-?)?annual (?:and semi-?annual )?reports?|"
    r"information statements?|press releases?|news releases?|notices?|letters?|circulars?|contract prospectuses|"
    r"(?:key (?:investor )?information|offering|explanatory|private placement) (?:documents?|"
    r"memorand(?:um|a))|memorandum|"
    r"financial statements|stickers?|announcements?|agreements?(?: and (?:plan|declaration)[^,.;]*)?)"
)
"""What a document of a fund is called."""
_TO_WHOM = r"(?:(?:ASX|NZX|SGX|LSE|SEHK|stock exchange|market|regulatory|company|joint|important)\s+)?"
_STATEMENT = (
    r"(?:proxy statement(?: ?/ ?prospectus)?|prospectus ?/ ?proxy statement|information statement(?: ?/ ?prospectus)?|"
    r"(?:management )?(?:information )?circular)"
)
"""What holders are sent before a plan is carried out."""
# The date of the document itself, most certain first: a heading, a sentence of its own, a line, a dateline.
_OWN = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (
            r"^\W*(?!(?:In|A|As|The|Our|By|An|On|Under)\s)(?:(?:[A-Z][\w.,&®'’/-]*|\d+|to|the|and|of|&)\s+){0,10}"
            r"(?:Supplement|SUPPLEMENT)(?:\s+(?:No\.?|NO\.?|Number|NUMBER)\s*\w+)?\s*(?:[-–—:,|]\s*)?"
            r"(?:(?:[Dd]ated|DATED)(?:\s+(?:as\s+of|AS\s+OF))?\s*:?\s*)?[\"“(\[]?@",
            0,
        ),
        (
            r"^.{0,40}\bsubject to completion\W{1,4}(?:dated\s+)?@|"
            r"^\W*this\s+(?:\w+\s+){0,2}(?:supplement|notice|letter|circular),?\s+(?:is\s+)?(?:made\s+|"
            r"dated\s+)?(?:as\s+of\s+)?@",
            re.IGNORECASE,
        ),
        (
            r"^\W*(?:the\s+)?(?:(?:release|notice|announcement)\s+)?(?:date|dated)\s*(?:of (?:this )?(?:notice|"
            r"release|report|supplement|letter))?\s*(?:\(date of (?:the )?earliest event reported\)\s*)?"
            r"(?::|is\b)?\s*@|^\W*dated\s+at\s+(?:[A-Z][\w.’'-]*,?\s+){1,4}(?:on\s+|this\s+)?@\W*$",
            re.IGNORECASE,
        ),
        (
            r"^(?![AQ][.:)])(?!.{0,90}\b(?:ON|BY|HELD|UNTIL|MEETING|OF|DATED|TO)\s+@)"
            r"[A-Z][A-Z .,’'-]{2,60}?(?:,\s*[A-Z][A-Za-z.]{1,14})?,?\s*(?:\([A-Z ]+\))?\s*(?:--?|"
            r"[-–—/(])*\s*(?:\([^)]{0,40}\)\s*[-–—]*\s*)?@",
            0,
        ),
        (
            # The dateline of a press release, with the city in small letters.
            r"^(?![^@]{0,60}\b(?:meeting|date|closing|merger|reorgani[sz]ation|board)\b)"
            r"(?:[A-Z][\w.’'-]*,?\s+){1,4}(?:\([A-Z][^)]{0,30}\)\s*)?[-–—]{0,2}\s*@[\s,]*"
            r"(?:[/(]\s*(?:PR ?News|Business ?Wire|Globe ?News|Market ?Wire|Access ?Wire|CNW)|"
            r"(?:[-–—]{1,2}|\.)\s(?=[^@#.]{0,160}\b(?:announced?|today)\b))",
            re.IGNORECASE,
        ),
        (
            r"^@\s*[-–—]{1,2}\s*(?:[A-Z][\w.’'-]*,?\s+){1,4}[-–—]{1,2}\s(?=[^@#.]{0,160}\b(?:announced?|today)\b)|"
            r"^\W*(?:for (?:immediate )?release|issued|released|filed)\W*(?:on\s+)?@\W*$",
            re.IGNORECASE,
        ),
        (
            # However the word for the document is spelled: what is dated to a prospectus is the filing.
            r"^\W*(?!(?:prospectus|statement|SAI)\b)(?:[\w’'-]+\s+){1,3}dated(?:\s+as\s+of)?\s+@,?\s+to\s+"
            r"(?:the|each|your|all|its|prospectus\w*|statements?)\b",
            re.IGNORECASE,
        ),
        (
            rf"^\W*{_TO_WHOM}(?:supplement|notice|notification|letter|circular|press release|news release|"
            r"announcement|release|consent solicitation(?: statement)?)\b"
            r"(?:(?!\b(?:prospectus|statement))[^.@#]){0,80}?\b(?:dated|of)\s+(?:as of\s+)?@",
            re.IGNORECASE,
        ),
        (
            r"^\W*(?:supplement|notice|letter|circular|bulletin|memorandum|press release|news release|announcement|"
            r"(?:important )?information)\b[^.@#]{0,80}?,\s*@\W*$|"
            r"^\W*(?:[\w&.,’'-]+\s+){0,8}(?:ASX|NZX|press|news|media)\s+(?:release|announcement)\W*@\W*$",
            re.IGNORECASE,
        ),
        (
            # The title of a statement with its date: "INFORMATION STATEMENT dated May 1, 2026".
            rf"^\W*(?:(?:combined|joint|definitive|preliminary|important)\s+)*{_STATEMENT}\W*(?:dated\s+(?:as\s+of\s+)?)?"
            rf"@\W*$|\bthe date of this (?:combined |joint )?{_STATEMENT} is @",
            re.IGNORECASE,
        ),
        (
            # The name of a firm above a day: "Arden Fund Managers Limited, 27 January 2026".
            r"^\W*(?:[A-Z][\w.&,’'-]*\s+){1,7}(?:Limited|Ltd\.?|LLC|L\.P\.|Inc\.?|plc|PLC|Company|SICAV|ICAV|Management|"
            r"Advis[eo]rs|Investments|Group|Funds)\W+@\W*$",
            0,
        ),
        (
            # A memorandum, a letter with its date beside "Dear", questions and answers, a date before its title.
            r"^\W*(?:memo\w*\W+)?(?:to|from|re|subject)\s*:[^@#]{0,160}?\bdate\s*:\s*@|"
            r"^\W*dear\s[^@#:,]{3,60}[:,][\s|]*@\W*$|^@[\s|]*dear\s|"
            r"^\W*(?:[\w&.,’'-]+\s+){0,6}(?:questions\s+and\s+answers|q\s?&\s?a)\b[^@#.]{0,60}?(?:\b(?:dated|"
            r"as\s+of)\s+|[-–—|,]\s*)@\W*$|^@\s+(?:supplement|notice)\s+to\s",
            re.IGNORECASE,
        ),
    )
)
_DATE_ALONE = re.compile(r"^\W*(?:[A-Z][a-z]+(?: [A-Z][a-z]+)?,\s+)?@\W*$")
_DATED = re.compile(
    r"\b(?:dated|(?:bears|bearing|with|has|having) (?:a|the) date of)(?:\s+as\s+of)?"
    r"(?:\s+#\s*(?:\([^)]*\))?\s*(?:,|and|or|,\s*and)?)*\s*$",
    re.IGNORECASE,
)
"""What stands right before the date of a document: "dated", "dated # and"."""
_BEHIND_DOCUMENT = re.compile(
    rf"\b{_DOCUMENT}(?:\s*\([^)]*\))?\s*(?:(?:for|of|to)\s(?:(?!\b(?:was|were|been)\s+(?:adopted|"
    r"approved)\b)[^.;@]){0,80})?,?\s*(?:(?:each|all|both|as|"
    r"which|that|is|are|was|were)\s+)*(?:\bdated|\bof|\bas\s+of|\()\s*$",
    re.IGNORECASE,
)
"""A document and what leads from it to its date: "prospectus of the fund dated", "supplement ("."""
_AMENDED = re.compile(
    r"\b(?:supplemented|amended|revised|restated|updated)(?:\s+(?:and|or|,)\s+\w+)?(?:\s+(?:to date|"
    r"through|on|by|as of|dated|from))?(?:\s+#\s*(?:,|and|or|,\s*and)?)*\s*$",
    re.IGNORECASE,
)
"""What leads to the date of an amendment: "as supplemented", "as amended on # and"."""
_CHAIN = re.compile(
    r"^\s*(?:\([^)]{0,80}\))?\s*(?:,|and|or|,\s*and|;|,?\s*as (?:amended|supplemented|"
    r"revised)(?: and \w+)?(?:\s+(?:on|by|through))?)\s*$",
    re.IGNORECASE,
)
"""What stands between two dates of documents: ",", "and", ", as supplemented on"."""
_HEADED = re.compile(rf"\b(?:{_DOCUMENT}|SAI)\b.*|^\s*dated\s*$", re.IGNORECASE)
_CONTEXT = 240
_BEGINNING = 2_000
"""So many characters from its start, a passage says nothing of the date of the filing."""
_FAR = 800
"""So many characters from a day, nothing is said of it."""

_start = attrgetter("start")
_end = attrgetter("end")


class Dating:
    """Which dates of a filing are its own, and which are those of other documents."""

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self.mentions = mentions
        self._by_passage: dict[int, list[Mention]] = {}
        for mention in mentions:
            self._by_passage.setdefault(mention.index, []).append(mention)
        self._others: dict[tuple[int, int], bool] = {}

    def in_passage(self, index: int) -> Sequence[Mention]:
        """The mentions in a passage, in order."""
        return self._by_passage.get(index, ())

    def in_row(self, passage: Passage) -> Sequence[Mention]:
        """The mentions in a row of a table."""
        return self._by_row.get(passage, ())

    @cached_property
    def _by_row(self) -> dict[Passage, list[Mention]]:
        return {found[0].passage: found for found in self._by_passage.values()}

    def masked(self, mention: Mention, start: int, end: int) -> str:
        """A part of a mention's passage with this date masked as THIS and every other one as OTHER."""
        text = mention.passage.text
        pieces, place = [], start
        nearby = self.in_passage(mention.index)
        for each in nearby[bisect_right(nearby, start, key=_end) : bisect_left(nearby, end, key=_start)]:
            first, last = each.core
            if each.days is not None and start <= first and last <= end:
                pieces += [text[place:first], THIS if each is mention else OTHER]
                place = last
            elif each is mention and start <= first and last <= end:
                pieces += [text[place:first], THIS]
                place = last
        return "".join([*pieces, text[place:end]]).replace(CELL_ENDS, " | ").replace(LINE_BREAKS, " ")

    def masked_nearby(self, mention: Mention, start: int, end: int) -> str:
        """The same, as far as it may say something of this date, in small letters."""
        first, last = mention.core
        return in_small_letters(self.masked(mention, max(start, first - _FAR), min(end, last + _FAR)))

    def masked_beginning(self, mention: Mention) -> str:
        """The beginning of a mention's passage with its dates masked. The whole of a long one would take minutes."""
        return self.masked(mention, 0, min(len(mention.passage.text), _BEGINNING))

    @cached_property
    def printed(self) -> date | None:
        """The date that the filing prints as its own; for a month, its first day. None if it prints none."""
        found = self.printed_mention
        return found.days[0] if found and found.days else None

    @cached_property
    def printed_mention(self) -> Mention | None:
        """The first mention of the filing's own date."""
        dated = [mention for mention in self.mentions if mention.days]
        beginnings = [self.masked_beginning(mention)[:_CONTEXT] for mention in dated]
        for pattern in _OWN:
            for mention, beginning in zip(dated, beginnings, strict=True):
                if pattern.search(beginning):
                    return mention
        return next((mention for mention in dated if self._stands_alone(mention)), None)

    def is_own(self, mention: Mention) -> bool:
        """Whether the words around a date say that it is the filing's own."""
        if mention.days is None or mention.days[0] != self.printed:
            return False
        beginning = self.masked_beginning(mention)[:_CONTEXT]
        if any(pattern.search(beginning) for pattern in _OWN) or self._stands_alone(mention):
            return True
        before = self.masked(mention, max(0, mention.core[0] - _FAR), mention.core[1]).partition(THIS)[0]
        return _DATED.search(before) is not None

    def _stands_alone(self, mention: Mention) -> bool:
        count = len(mention.filing.passages)
        at_an_end = mention.index < _NEAR_TOP or mention.index >= count - _NEAR_END
        if not at_an_end or mention.passage.cells or len(mention.passage.text) > _CONTEXT:
            return False
        return _DATE_ALONE.match(self.masked_beginning(mention)) is not None

    def is_of_another_document(self, mention: Mention) -> bool:
        """Whether the words around a date say that it is that of a document, such as a prospectus."""
        key = (mention.index, mention.start)
        if key not in self._others:
            self._others[key] = self._is_of_another_document(mention)
        return self._others[key]

    def _is_of_another_document(self, mention: Mention) -> bool:
        if mention.days is None:
            return False
        before = self.masked(mention, max(0, mention.core[0] - _CONTEXT), mention.core[1]).partition(THIS)[0]
        sentence = re.split(r"(?<=[a-z)”\"])[.;]\s", before)[-1]
        if _DATED.search(sentence) or _AMENDED.search(sentence):
            return True
        if _BEHIND_DOCUMENT.search(sentence) and not mention.words.lower().startswith(("on ", "by ", "effective")):
            return True
        return self._goes_on_with_one(mention) or self._is_headed(mention)

    def _goes_on_with_one(self, mention: Mention) -> bool:
        """Whether it follows the date of a document in a list."""
        nearby = self.in_passage(mention.index)
        count = bisect_left(nearby, mention.start, key=_start)
        if count == 0 or mention.start < mention.core[0]:
            return False
        before = nearby[count - 1]
        between = mention.passage.text[before.end : mention.start]
        return _CHAIN.match(between) is not None and self.is_of_another_document(before)

    def _is_headed(self, mention: Mention) -> bool:
        """Whether it is alone in a cell below a heading such as "Prospectus dated"."""
        cell = mention.passage.cell_at(mention.core[0])
        if cell is None or mention.passage.table is None:
            return False
        rest = mention.passage.text[cell.start : mention.core[0]] + mention.passage.text[mention.core[1] : cell.end]
        if re.search(r"[^\W\d]{2}", rest):
            return False
        header = mention.filing.tables[mention.passage.table][0]
        above = next((each for each in header.cells if each.column == cell.column), None)
        return above is not None and _HEADED.search(header.text[above.start : above.end]) is not None
