"""How firm a sentence leaves a day that its soft words do not stand beside: "It is expected that … on August 26".

The words are looked for in a sentence in small letters in which `@` stands for the day in question and `#` for every
other one. A reading that is too soft can be seen and mended; one that is too firm sends people to the wrong day. So
soft words hold for the day unless something between them and the day clearly begins something else.
"""

import re
from collections.abc import Iterator
from enum import Enum, auto
from functools import cached_property
from typing import NamedTuple

from calfeed.filings.dates.dating import OTHER, THIS, Dating
from calfeed.filings.dates.mentions import Mention, Softening
from calfeed.filings.passages.clauses import sentence_behind, sentences
from calfeed.filings.passages.denials import OF_RESULTS
from calfeed.filings.passages.sections import is_heading, words_above_list
from calfeed.filings.passages.subjects import MERGERS
from calfeed.filings.passages.text import Filing, in_small_letters
from calfeed.model.when import Dated, Precision


class _Reach(Enum):
    """Whether soft words are about a day."""

    NO = auto()
    PERHAPS = auto()
    YES = auto()


_EXPECTED = "expected|anticipated|estimated|proposed|planned|intended|targeted|projected|contemplated|envisaged"
_PARTICIPLE = (
    rf"(?:{_EXPECTED}|envisioned|forecast(?:ed)?|hoped|believed|aimed|foreseen|thought|supposed|scheduled tentatively)"
)
_STEM = r"(?:expect|anticipat|intend|hop|believ|aim|contemplat|envisag|envision|foresee|predict)"
_ACTIVE = (
    rf"(?:{_STEM}(?:s|es|e|ing)?|(?:target|plann|propos|project|estimat)ing|"
    r"(?<!\bthe )(?<!\bthis )(?<!\ban )(?<!\bits )(?<!\ba )(?<!\bof )(?<!\btheir )(?<!approved )(?:plans?(?= to\b)|"
    r"(?:proposes?|estimates?|projects|forecasts)(?= (?:to|that|the|an?|it|its|this|closing|@)\b)))"
)
"""What somebody does who is not sure of a day: "expects", "is planning", "the Board proposes to"."""
_NOT_OF_HOLDERS = r"(?<!\bif you )(?<!\bwho )(?<!holders )(?<!investors )(?<!owners )"
"""What those who hold shares intend is no matter of the plan."""
_HAPPENS = (
    r"(?:close|occur|take (?:place|effect)|happen|become|cease|stop|end|begin|start|commence|merge|liquidate|convert|"
    r"complete|reorgani[sz]e|finish|receive|reach|transfer|acquire|combine|"
    r"exchange|distribute|pay|issue|hold|mail|be (?:\w+ly )?(?:completed|consummated|effected|implemented|closed|"
    r"carried out|finali[sz]ed|held|mailed|made|effective|finished|reorgani[sz]ed|merged|liquidated|combined|"
    r"converted|transferred|paid|concluded|distributed|suspended|discontinued|delisted|terminated|dissolved|over|"
    r"acquired|exchanged|substituted|replaced|settled|final|the|its|on|@))"
)
"""What may happen on a day."""
_TO = re.compile(
    rf"{_NOT_OF_HOLDERS}\b(?:(?<!who are )(?<!who is ){_PARTICIPLE}|{_ACTIVE}|likely|on (?:track|course)|"
    r"(?:looking|seeking|working|trying|striving|preparing|hopeful|ought|appears?|seems?|looks set)|"
    r"scheduled tentatively|tentatively scheduled) to\b|"
    rf"\b(?:should|would|could|might) (?:\w+ly )?(?={_HAPPENS}\b)|"
    r"\b(?:probably|likely|tentatively|presumably|provisionally|hopefully|ideally|perhaps)\b(?! to\b)"
)
"""Soft words about one verb: another verb behind it may be firm."""
_TIMES = r"(?:dates?|days?|times?|timing|timetable|schedule|timeline|calendar)"
_TIME = (
    r"(?:(?:clos(?:ing|ure)|effective|completion|merger|reorgani[sz]ation|liquidation|conversion|substitution|"
    r"transaction|meeting|mailing|record|payment|last|final|first|trading|of|the)\s+){0,3}"
    rf"(?:{_TIMES}|closing|completion|consummation|effectiveness)\b"
)
"""A noun for a day with the words before it: "effective date", "date of the closing"."""
SOFT = rf"(?:{_EXPECTED}|approximate|tentative|likely|probable|preliminary|provisional|indicative|hoped-for)"
_NOT_FIRM = r"not (?:yet )?(?:certain|final|firm|fixed|guaranteed|definite|assured|settled|binding)"
_OPEN = (
    rf"(?:{SOFT}|estimates?|approximations?|targets?|goals?|expectations?|plans?|guess(?:es)?|hopes?|uncertain|"
    rf"{_NOT_FIRM})"
)
"""What a day is said to be that is not firm."""
_CURRENT = r"(?:current|present|existing|tentative|proposed|preliminary|provisional)"
_ONLY = r"(?:only |merely |just |simply |still |currently |presently |no more than |considered |subject to )*"
_IF_ALL_GOES_WELL = r"\bif (?:all|everything) (?:goes|proceeds|happens|works out)\b"
_IF_EVER = (
    r"\bif (?:ever|at all|(?:it|they|this|that) (?:happens?|occurs?|takes? place|proceeds?|goes? ahead|closes?|"
    r"(?:is|are) (?:held|completed|consummated|effected|carried out)))\b|"
    r"\b(?:if|should) (?!you|your|there|any|\w*holders|investors)(?:[\w’'-]+ ){1,8}?at all\b"
)
"""What leaves open whether a day has its event: "on May 5, if at all", "should it close at all"."""
_BY_PLANS = (
    rf"\b(?:under|according to|based on|per|on) (?:\w+ )?{_CURRENT} (?:\w+ )?(?:timetable|schedule|plans?|timeline|"
    r"calendar|expectations?|estimates?|guess)\b"
)
_IS_SOFT = rf"{_ONLY}(?:(?:an?|the|our|its) )?{_ONLY}(?:(?:best|current|present) )?{_OPEN}\b"
_DOUBTED = (
    r"\b(?:best|base|likeliest|likely|probable)[- ](?:case|scenario|outcome|guess)\b|"
    rf"\bnothing (?:is|has been) (?:yet )?(?:final|fixed|certain|settled|decided|firm)\b|"
    rf"\b(?:although|though|while|if) (?:\w+ )?{_NOT_FIRM}|"
    r"\b(?:cannot|can not) (?:yet )?(?:be (?:certain|sure)|guarantee|promise|assure)\b|"
    rf"(?!{OF_RESULTS})\bno (?:assurance|guarantee|certainty)\b"
)
"""What leaves open all that the sentence says."""
_THAT = re.compile(
    rf"\b(?:is|are|be|(?<!had )been|being)(?: \w+ly| now| still| also)* {_PARTICIPLE}\b(?! to\b)|"
    rf"\b{_PARTICIPLE} that\b|{_NOT_OF_HOLDERS}\b{_ACTIVE}\b(?! to\b)|"
    rf"\b{SOFT} {_TIME}|\btarget dates?\b|"
    rf"\b{_TIMES} [^.;@]{{0,60}}\b{_OPEN}(?= ?[:,]| to be\b| as follows\b)|"
    r"\b(?:expectation|intention|intent|hope|goal|aim|estimate|target|forecast)s?(?: date)? "
    r"(?:is|are|to|of|that|for)\b|"
    r"\bplans (?:are|call) (?:for|to|that)\b|\bcurrent plans?\b|\bas (?:is )?(?:currently|presently|now) "
    rf"{_PARTICIPLE}\b|\bit (?:appears|seems|is possible|is likely)\b|\bpencill?ed in\b|"
    r"\b(?:with a view|working|looking) towards?\b|\bwith (?:a view|the aim|the goal|the intention|the hope)\b|"
    rf"{_IF_ALL_GOES_WELL}|{_IF_EVER}|{_BY_PLANS}|\bin all (?:likelihood|probability)\b|"
    # "While it is only an expectation, the closing will be on …", "as an estimate only, …", "nothing is final, but …"
    rf"\b(?:{_TIMES}|it|this|that)\b[^,@#;]{{0,40}}\b(?:is|are|remains?) {_IS_SOFT}[^,@#;]{{0,30}}(?=, | but\b)|"
    rf"\bas (?:an?|our|its) (?:\w+ )?{_OPEN}(?: only| date)?,|"
    rf"\bby (?:our|its|the \w+['’]s) (?:\w+ )?(?:guess|estimates?)\b|{_DOUBTED}"
)
"""Soft words about all that the rest of the sentence says."""
_LIMIT = re.compile(
    r"\bat the (?:very )?(?P<end>earliest|latest)\b"
    r"(?! (?:opportunity|practica\w+|possible|convenien\w+|feasible|reasonabl\w+|available|time|date))[^@#;]*$"
)
_VERBS = r"(?:will|shall|is|are|was|were|has|have|must|would|should)"
_NO_TIME = rf"(?!\b(?:{_TIMES}|when)\b)"
_ASIDE = re.compile(
    rf", (?:(?:the (?:(?!{_TIMES}\b)\w+ ){{1,3}})?\w+ which|which|who|whose|whom|where)\b(?:{_NO_TIME}[^,@;])*,"
    rf"(?=[^@]*\b{_VERBS}\b)| \((?:{_NO_TIME}[^()@])*\)"
)
"""What is said of something on the way: "the reorganization, which is expected to be tax-free, will …"."""
_MAIN = r"(?:the|this|that|these|it|they|we|you|its|their|our|your|an?|each|all|both|target|fund|acquirer|\w*holders)"
_PLAN = rf"(?:clos\w+|{MERGERS})"
_OF_THE_DAY = (
    rf"\b(?:{_TIMES}|it|this|that)\b[^,@#;]*\b(?:is|are|remains?) {_IS_SOFT}|\b(?:this|that) {_TIMES}\b|\bso,|"
    rf"\b{_PLAN}\b[^,@#;]*\b(?:is|are) {_IS_SOFT} ?,|{_DOUBTED}"
)
_CONCEDED = re.compile(
    rf"(?:^\W*|(?<=[,:] )|(?<=\band )|(?<=\bbut ))(?!{_DOUBTED})"
    rf"(?:although|though|even though|while|whereas|because|despite|notwithstanding)\b(?:(?!{_OF_THE_DAY})[^@#;])*?, "
    rf"(?={_MAIN}\b[^@,]*\b(?:will|shall|must|is|are|has|have)\b)"
)
"""A clause before the one that has the day: "although the adviser hopes for a better price, the closing will …"."""
_FORMER = re.compile(r",? ?\b(?:previously|originally|initially|formerly) [^@#,;]*#,?")
"""What was expected once: "the closing date, previously expected to be on or about #, has been changed to @"."""
_HAS_OBJECT = re.compile(rf"{_STEM}(?:s|es|e|ing)?|\w+ing")
_OWN_CLAUSE = re.compile(
    rf" (?:(?!\b(?:that|will|would|shall|should|may|can|is|are|be|{_PLAN})\b)[^@,;])+, (?:and|but|while|whereas) "
    rf"{_MAIN} (?:[\w’'-]+ ){{0,6}}?(?:will|shall)\b(?!.*\bthat\b)"
)
"""What ends soft words with their object, and begins a clause: "expects lower costs, and the closing will …"."""
_OPINION = re.compile(r"\b(?:interests? of|benefi|advisable|appropriate|desirable|fair|advantage)")
"""What a board believes of a plan, and not of its day."""
_SET = r"(?:held|set|fixed|scheduled|called|convened|established|designated|chosen|declared|dated)"
_FIRM = re.compile(
    rf"\b(?:and|but|while|which|who)\b[^,;]*\b(?:has|have|had)(?: \w+ly| now| also| been)* {_SET}\b|"
    rf"\bwhich (?:will be|is|are|was|has been|is to be|are to be)(?: \w+ly| now)? {_SET}\b|"
    r"\b(?:\w*holders?|owners|investors|those|persons|accounts|participants) of record\b|"
    r"\bwho (?:own|h[eo]ld|owned|are|were|have)\b"
)
"""What stands between soft words and a day that is firm all the same."""
_NEXT = re.compile(r"\b(?:will|shall|must|may|can|cannot|should)\b")
_STATES = re.compile(r"\b(?:is|are|was|were|has|have|had)\b")
_AND_THAT = re.compile(r"\b(?:and|or|but) that\b")
_VOTE = re.compile(r"\b(?:present|submi|consider|vot|approv|adopt|act|ask|put)\w*")
_AT_MEETING = re.compile(r"\bat (?:an?|the|its|their|such|that|this|any) (?:[\w-]+ ){0,3}meetings?\b")
_LEADS = re.compile(
    r"(?:(?:but|and|then|also|therefore|accordingly|however|on|effective|as|of|at|after|before|following|from|until|"
    r"through|the|close|opening|open|end|business|trading|beginning|starting|immediately)\b|\W)*"
)
"""What stands before a day that leads its sentence."""
_VERB = re.compile(r"\b(?:will|shall|must|may|can|was|were|did|approved|had)\b")
_ENDS = rf"(?=\W*$|[,.;)]| (?:only|at|and|or|but|{_TIME}))"
_BEHIND = re.compile(
    r"^(?:[)”\"]|\s*\([^()]*\))*,? ?(?:(?:but|and|although|though|which|as|at) )*(?:(?:this|that|it|the|"
    rf"such|these|they)(?: (?:dates?|days?|times?))? )?(?:(?:is|are|remains?|being|should be) )?{_IS_SOFT}"
    rf"(?:{_ENDS}| to be (?:the |its |an? )?{_TIME})|^,? (?:as )?(?:the |our |its )?[\w' ]{{0,40}}\b{_ACTIVE}\W*$|"
    rf"^[^@#;]{{0,60}}(?:{_IF_ALL_GOES_WELL}|{_BY_PLANS})|^[^@#;,]{{0,30}},? \(?(?:but )?(?:only )?(?:{_IF_EVER})|"
    r"^,? (?:give or take|plus or minus|more or less(?! (?:as|in|according) )|or thereabout)"
)
"""What softens a day from right behind it."""
_IT = r"(?:it|this|that|they|these|those)"
_THAT_IT_HAPPENS = (
    r"[^.;@#]*\b(?:dates?|days?|clos(?:ing|ure)|reorgani\w+|merger|transaction|liquidation|meeting|it)\b"
    rf"(?: [\w’'-]+){{0,3}}? (?:will|would|can|shall|may) (?:not )?{_HAPPENS}\b|"
    rf"(?: (?:of|as to|about|regarding|for|on|that))? (?:the|this|that|these|any) (?:\w+ ){{0,2}}{_TIMES}\b"
)
"""What is not assured of a day, beside many other things of which nothing is: "that the merger will be completed"."""
_OF_THAT_DAY = re.compile(
    r"^(?:however,? |please note (?:that )?)?(?:(?:this|that|the|such|these|those|both|all|each) (?:\w+ ){0,2}"
    rf"{_TIMES}|{_IT})\b[^.;@#]{{0,40}}?\b(?:is|are|remains?|should be|represents?) {_IS_SOFT}{_ENDS}|"
    r"\b(?:no (?:assurance|guarantee)|(?:cannot|can not) be (?:\w+ )?(?:guaranteed|assured|certain|sure|relied)|"
    rf"(?:cannot|do not) guarantee|not guaranteed|uncertain)\b(?={_THAT_IT_HAPPENS})|"
    rf"\b{_TIMES}\b[^.;@#]{{0,40}}\b(?:cannot be|not) (?:guaranteed|assured)\b"
)
"""A sentence that softens the day of the sentence before."""
_OF_ALL_DAYS = re.compile(
    rf"\b(?P<which>all|following|below|these|those|such|above|foregoing|other|the)(?: (?:the|of|these|other|above))* "
    rf"(?:\w+ ){{0,2}}(?:dates|days|times|timetable|schedule|timeline)\b[^@#;.]{{0,60}}?\b(?:is|are|remain|should be|"
    rf"represent) {_IS_SOFT}{_ENDS}"
)
"""A sentence that softens many days: "The following dates are estimates"."""
_DAYS = r"\b(?:dates|timetable|schedule|timeline|calendar|timing)\b"
_HEADS_DAYS = re.compile(rf"\b{SOFT} (?:\w+ ){{0,3}}{_DAYS}|{_DAYS}\W{{1,3}}{SOFT}\W*$")
_LONGEST_SECTION = 40
"""So many passages below a heading, it says nothing of a day."""
_AHEAD = frozenset({"following", "below"})
_BACK = frozenset({"these", "those", "such", "above", "foregoing"})
_TO_SOFTEN = frozenset({Precision.EXACT, Precision.NO_LATER_THAN, Precision.NO_EARLIER_THAN})
"""What a day, or a limit, that some kinds take as a day, may be, so that there is something to soften."""
_WORDS = (
    *(
        (stem, "approximate", Precision.APPROXIMATE)
        for stem in ("approximat", "give or", "plus or", "more or", "thereabout")
    ),
    *(
        (stem, word, Precision.EXPECTED)
        for stem, word in (
            ("expect", "expected"), ("anticipat", "anticipated"), ("estimat", "estimated"), ("propos", "proposed"),
            ("plann", "planned"), ("inten", "intended"), ("project", "projected"), ("contemplat", "contemplated"),
            ("envis", "envisaged"), ("target", "targeted"), ("toward", "targeted"), ("goal", "targeted"),
            ("aim", "targeted"), ("likel", "likely"), ("probab", "likely"), ("tentativ", "tentative"),
            ("indicativ", "indicative"), ("provisional", "provisional"), ("preliminar", "provisional"),
            ("hop", "tentative"), ("not", "tentative"), ("no ", "tentative"), ("uncertain", "tentative"),
            ("forecast", "forecast"), ("if ever", "tentative"), ("if it", "tentative"), ("at all", "tentative"),
        )
    ),
)  # fmt: skip
"""Parts of soft words, each with the word that a plan has for it."""


def _softening(words: str, *, is_sure: bool = True) -> Softening:
    """What some soft words of a filing leave of a firm day, in a word that a plan takes."""
    found = ((word, precision) for stem, word, precision in _WORDS if stem in words)
    word, precision = next(found, ("expected", Precision.EXPECTED))
    return Softening(word, precision, is_sure)


class _OfAll(NamedTuple):
    """A sentence of a passage that softens many days: which of them, and how."""

    passage: int
    which: str
    is_of_table: bool
    softening: Softening

    def holds_for(self, mention: Mention, *, has_table: bool) -> bool:
        """Whether it is about a day, by its place."""
        is_behind = mention.index < self.passage if self.which in _AHEAD else mention.index > self.passage
        is_elsewhere = self.which in _AHEAD | _BACK and is_behind
        return not is_elsewhere and not (self.is_of_table and has_table and not mention.passage.cells)


class Softness:
    """What the sentences of a filing say of how firm its days are."""

    def __init__(self, dating: Dating, filing: Filing) -> None:
        self._dating = dating
        self._filing = filing

    def of(self, mention: Mention) -> Softening | None:
        """What soft words around a day that is still to come leave of it; None where there are none."""
        own, states = self._dating.printed, mention.reading.states
        if not isinstance(states, Dated) or states.precision not in _TO_SOFTEN or self._dating.is_own(mention):
            return None
        if own is not None and states.last < own:
            return None
        start, end = self._statement(mention)
        said = self._dating.masked_nearby(mention, start, end)
        before, _, behind = said.partition(THIS)
        above = "" if mention.passage.cells else words_above_list(self._filing, mention.index)
        return (
            _before(f"{above} {before}" if start == 0 else before)
            or _behind(before, behind)
            or self._in_sentence_behind(mention, end)
            or self._below_heading(mention)
            or self._of_all(mention)
        )

    def _statement(self, mention: Mention) -> tuple[int, int]:
        """The start and end of the clause of a day; it begins where its list, or what it goes on with, begins."""
        start, end = mention.clause_span
        text = mention.passage.text
        cell = mention.passage.cell_at(mention.core[0])
        if cell is not None:
            spans = [each for each in sentences(text) if each[0] <= mention.core[0]]
            return max(spans[-1][0], cell.start), min(max(spans[-1][1], mention.core[1]), cell.end)
        while start and text[:start].rstrip().endswith(";"):
            start = max((begin for begin, _ in sentences(text) if begin < start), default=0)
        return start, end

    def _in_sentence_behind(self, mention: Mention, end: int) -> Softening | None:
        """What the sentence behind a day says of it."""
        found = _OF_THAT_DAY.search(in_small_letters(sentence_behind(mention.passage, end)))
        return _softening(found[0]) if found else None

    def _below_heading(self, mention: Mention) -> Softening | None:
        """What the heading of a section says of the days in it: "Anticipated Timetable"."""
        for index in range(mention.index - 1, max(-1, mention.index - _LONGEST_SECTION), -1):
            passage = self._filing.passages[index]
            if is_heading(passage) and not self._dating.in_passage(index):
                found = _HEADS_DAYS.search(in_small_letters(passage.text))
                return _softening(found[0]) if found else None
        return None

    def _of_all(self, mention: Mention) -> Softening | None:
        """What a sentence anywhere says of all days of the filing, or of those behind or before it."""
        found = (each for each in self._of_all_days if each.holds_for(mention, has_table=self._filing.has_table))
        return next((each.softening for each in found), None)

    @cached_property
    def _of_all_days(self) -> list[_OfAll]:
        return [
            _OfAll(index, found["which"], "table" in sentence, _softening(found[0]))
            for index, passage in enumerate(self._filing.passages)
            for sentence in (in_small_letters(passage.text[start:end]) for start, end in sentences(passage.text))
            if (found := _OF_ALL_DAYS.search(sentence))
        ]


def _before(before: str) -> Softening | None:
    """What the words before a day leave of it."""
    before = _CONCEDED.sub("", _ASIDE.sub(" ", _FORMER.sub(" ", before)))
    if limit := _LIMIT.search(before):
        is_first = limit["end"] == "earliest"
        return Softening(f"at the {limit['end']}", Precision.NO_EARLIER_THAN if is_first else Precision.NO_LATER_THAN)
    reached = [(_reach(before, *each), each) for each in _soft_words(before)]
    for wanted in (_Reach.YES, _Reach.PERHAPS):
        if found := next((each for reach, each in reached if reach is wanted), None):
            return _softening(before[found[0] : found[1]], is_sure=wanted is _Reach.YES)
    return None


def _soft_words(text: str) -> Iterator[tuple[int, int, bool]]:
    """The start and end of soft words, the last first, and whether they are about all that follows."""
    found = [(*match.span(), pattern is _THAT) for pattern in (_THAT, _TO) for match in pattern.finditer(text)]
    yield from sorted(found, reverse=True)


def _reach(before: str, start: int, end: int, is_of_all: bool) -> _Reach:
    """Whether soft words before a day are about it."""
    between = before[end:]
    if _FIRM.search(between) or (before.startswith("believ", start) and _OPINION.search(between)):
        return _Reach.NO
    if is_of_all and _HAS_OBJECT.fullmatch(before[start:end]) and _OWN_CLAUSE.match(between):
        return _Reach.NO
    if is_of_all or _AND_THAT.search(between):
        return _Reach.YES
    if _AT_MEETING.search(between) and _VOTE.search(before):
        return _Reach.NO
    rest = re.sub(r"^\W*(?:will|shall)\b", "", between)
    if _NEXT.search(rest):
        return _Reach.NO
    return _Reach.PERHAPS if _STATES.search(rest) else _Reach.YES


def _behind(before: str, behind: str) -> Softening | None:
    """What the words behind a day leave of it."""
    if found := _BEHIND.search(behind):
        return _softening(found[0])
    if _LEADS.fullmatch(before) is None:
        return None
    near = behind.partition(OTHER)[0]
    soft = min((match for pattern in (_THAT, _TO) if (match := pattern.search(near))), key=re.Match.start, default=None)
    firm = _VERB.search(near)
    return _softening(soft[0]) if soft and not (firm and firm.start() < soft.start()) else None
