"""Whether a filing says that a day may still move: "or such other date as the parties may agree", "may be delayed"."""

import re
from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from calfeed.filings.dates.dating import OTHER, THIS
from calfeed.filings.dates.mentions import Mention
from calfeed.filings.dates.scope import Context
from calfeed.filings.passages.clauses import sentence_behind, sentences
from calfeed.filings.passages.subjects import MERGERS
from calfeed.filings.passages.text import in_small_letters
from calfeed.model.kinds import Kind

CHANGE = "change"
"""The condition with which a plan says that a day may move."""
_MOVED = (
    r"(?:changed|moved|shifted|delayed|postponed|deferred|rescheduled|extended|accelerated|advanced|brought forward|"
    r"pushed back|put off|revised)"
)
_OTHER_DAY = (
    r"(?:sooner|earlier|later(?! than)|(?:another|(?:an? |any |some )?(?:different|other|alternat\w+)) "
    r"(?:date|day|time))"
)
_AGAIN = r"(?:other|later|earlier|sooner|different|subsequent|alternat\w+|next|following|succeeding)"
_HAPPEN = r"(?:be|occur|take place|close|happen|fall|come)"
_MAY = r"\b(?:may|might|could|can) (?:also |still |then |yet |however,? )?"
_TAIL = re.compile(
    r"@[^@#;]{0,90}?(?:"
    r"\bor,? (?:(?:on|at|by|as of|in|upon) )?"
    rf"(?:(?:such|another)(?! adjourn| postpone)|(?:any|some|an?|one) {_AGAIN}) "
    r"(?:[\w’'-]+,? ){0,5}?(?:dates?|days?|times?)\b|"
    r"\bor,? (?:(?:on|at) )?any (?:dates?|days?) thereafter\b|"
    rf"\bor,? [^@#;]{{0,60}}?\b(?:on|at) (?:another|(?:any|some|an?) {_AGAIN}) (?:date|day|time)\b|"
    r"\bor,? (?:(?:on|at) )?(?:a|another) (?:date|day|time) (?:to be|that)\b|"
    r"\bwhichever (?:is|comes|occurs) (?:the )?(?:sooner|earlier|later|first|last)\b|"
    r"\bor,? (?:as (?:soon|promptly|quickly|shortly|close|near)\b|(?:promptly|shortly|soon) (?:after|there)|"
    r"within (?:[\w-]+ ){1,3}?(?:days?|weeks?|time)\b|"
    r"(?:when|whenever|once|upon|after|following) (?:(?!you)[\w’'-]+ ){0,6}?"
    r"(?:conditions?|approv\w+|satisf\w+|receipt|received|obtained|met|granted|orders?|consents?|effective\w*)\b)|"
    r"\bor,? (?:sooner|earlier|later(?! than)|thereafter)\b|"
    r"\bor,? (?:(?:on|at) )?the (?:immediately )?(?:next|first|following|succeeding|subsequent|earliest|soonest) "
    r"(?:\w+ ){0,2}(?:days?|dates?|opportunity)\b|"
    rf"\bor,? if [^@#;]{{0,80}}\b{_AGAIN}\b)"
)
"""What stands right behind a day."""
_DAY = (
    r"(?:(?:clos(?:ing|ure)s?|effective|merger|reorgani[sz]ation|liquidation|conversion|substitution|meeting)"
    r"(?: (?:dates?|times?))?|dates?|days?|timing|timetables?|schedules?)"
)
_BETWEEN = (
    r"(?:(?!\b(?:meetings?|unless|if|fees?|terms|waivers?|limitations?|offers?|offerings?|periods?)\b)[^@#;,.]){0,80}?"
)
_OF_A_DAY = (
    rf"\b{_DAY}\b{_BETWEEN}{_MAY}(?:be (?:\w+ly )?{_MOVED}\b|(?:change|slip|move|shift|vary|differ)\b)|"
    rf"\b{_DAY}\b{_BETWEEN}\b(?:is|are|remains?) (?:\w+ )?subject to (?:\w+ )?"
    r"(?:change|postponement|delay|adjustment)s?\b|"
    rf"\b{MERGERS}\b{_BETWEEN}{_MAY}be (?:\w+ly )?(?:delayed|postponed|deferred|rescheduled|accelerated|"
    r"brought forward|put off)\b|"
    rf"\b(?:{MERGERS}|{_DAY})\b{_BETWEEN}{_MAY}{_HAPPEN} (?:[\w’'-]+ ){{0,3}}?(?<!no ){_OTHER_DAY}\b|"
    r"\b(?:(?:may|might|could|can|agree to|elect to|rights? to) (?:[\w’'-]+,? ){0,4}?)"
    r"(?:change|move|delay|postpone|defer|reschedule|extend|accelerate|advance) "
    r"(?:(?:the|its|their|this|that|such|these|either|any) )?"
    r"(?:(?!(?:at|after|before|by|during|following|for|from|in|on|prior|to|until|with) )[\w’'-]+ ){0,3}?"
    rf"(?:{MERGERS}|{_DAY})\b|"
    rf"{_MAY}(?:\w+ ){{0,3}}?agree (?:to|on|upon) (?:an? |another |some )"
    rf"(?:different|other|later|earlier|new) {_DAY}\b|"
    rf"\b(?:if|should|in the event)(?: that)? (?:[\w’'-]+ ){{0,3}}?(?:{MERGERS}|{_DAY}) (?:is|are|be|were) {_MOVED}\b|"
    r"\bany (?:changes?|delays?|postponements?) (?:in|to|of) (?:the |this |that )?"
    rf"(?:[\w’'-]+ ){{0,3}}?(?:{MERGERS}|{_DAY})\b"
)
"""What is said of a day or of a plan by a noun: "the closing may be delayed"."""
_OF_IT = (
    rf"(?:^|[@#)”\"],? ?|\b(?:and|but|or|which|that|it|they|this|these|although|though|however|while),? ){{1,4}}{_MAY}"
    rf"(?:be (?:\w+ly )?{_MOVED}\b|(?:change|slip|move|shift)\b(?! (?:your|their|his|her|its|my|the)\b)|"
    rf"{_HAPPEN} (?:[\w’'-]+ ){{0,3}}?(?<!no ){_OTHER_DAY}\b)|"
    r"\bthe (?:later|latest|earlier|earliest) of [^@#;]{0,60}@|"
    r"\b(?:barring|absent|in the absence of) (?:an? |any |further )?(?:unforeseen|unexpected|unanticipated|delays?|"
    r"postponements?)\b|\b(?:assuming|provided|providing|if|so long as|as long as)(?: that)?"
    r"(?: there (?:is|are|will be))? (?:no (?:\w+ )?(?:delays?|postponements?|changes?|surprises?|complications?|"
    r"(?:unforeseen|unexpected) \w+)|"
    r"nothing (?:changes|unforeseen|unexpected))\b|"
    r"\bsubject to (?:any |further |possible |a )?(?:change|postponement|delay)s?\b|"
    rf"\bunless (?:[\w’'-]+ ){{0,6}}?(?:{_MOVED}|adjourned)\b|"
    r"\b(?:rights?|power|authority|free|entitled|may|can|could)(?: to)? (?:choose|set|select|fix|name|pick|designate) "
    r"(?:another|(?:an? )?(?:different|later|earlier|new|other)) ?(?:one\b|dates?\b|days?\b|$|[.,;])|"
    r"\bunless (?:[\w’'-]+ ){0,3}?otherwise (?:agreed|determined|announced|decided)\b|"
    r"\bunless (?:[\w’'-]+ ){1,6}?(?:agrees?|determines?|decides?|elects?|chooses?|announces?) "
    r"(?:otherwise|on|upon|to)\b"
)
"""What is said of a day without a noun: "but may be delayed", "subject to change"."""
_SAYS_SO = re.compile(f"{_OF_A_DAY}|{_OF_IT}")
_SAYS_OF_A_DAY = re.compile(_OF_A_DAY)
_OF_THAT_DAY = re.compile(
    r"^(?:however,? |please note (?:that )?)?(?:this|that|the|such) (?:\w+ )?(?:dates?|days?|times?)\b|^it\b"
)
"""How a sentence begins that goes on about the day of the sentence before."""
_OF_THIS_DAY = re.compile(r"(?:this|that|such) (?:\w+ )?(?:dates?|days?|times?)\b")
_OF_ALL_DAYS = re.compile(
    r"\b(?:all|these|those|such|above|following|the) (?:\w+ ){0,2}(?:dates|days)\b[^@#;.]{0,60}"
    r"\b(?:may (?:change|be changed)|subject to change)\b|^\W*(?:dates? )?subject to change\W*$"
)
_OF_OTHERS = re.compile(
    r"\b(?:fees?|rates?|expenses?|holdings|allocations?|terms|polic(?:y|ies)|objectives?|information|names?|yields?|"
    r"privileges?|prospectus)\b[^@#;.]{0,50}?\b(?:(?:may|might|could|can) (?:be )?chang\w+|subject to change)\b"
)
"""What changes that is no day."""
_IF_NOT_APPROVED = re.compile(r"\b(?:adjourn\w*|quorum)\b")
_OF_NO_CLOSING = re.compile(
    r"\brecord dates? (?:for|of) (?:[\w’'-]+ ){0,3}?dividends?\b|"
    rf"\badvance (?:(?!(?:{MERGERS}|{_DAY})\b)[\w’'-]+ ){{0,3}}?(?:expenses|costs|fees)\b"
)
"""What is moved and is no closing: the record dates of dividends, and money that is advanced."""
_MAY_TELL = re.compile(
    r"\b(?:adjust|different|new|chang|mov|delay|postpon|defer|reschedul|extend|accelerat|advanc|sooner|earlier|later)",
    re.I,
)
_SAYS_CHANGE = re.compile(
    r"^changes?$|\b(?:delay|postpone)|\b(?:other|later|earlier) (?:date|day|time)|"
    r"\b(?:date|day|time|closing)s?\b[^.;]{0,40}\bchang|"
    r"\bchang\w* (?:of|in|to) (?:the |its |that )?(?:date|day|time|closing)",
    re.IGNORECASE,
)
"""What a condition says of the day; a change of adviser, say, is another one."""


class _Sentence(NamedTuple):
    """A sentence in small letters, without what it says of changes of something else, and its place."""

    passage: int
    start: int
    end: int
    words: str


class Moving:
    """What a filing says of whether the days that it states may move."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._dating = context.dating
        self._filing = context.names.filing

    def may_move(self, mention: Mention, kind: Kind | None, pairs: frozenset[int]) -> bool:
        """Whether a day that is still to come, of a milestone of a kind of some pairs, may move."""
        own = self._dating.printed
        if mention.days is None or (own is not None and mention.days[1] < own) or self._dating.is_own(mention):
            return False
        start, end = mention.clause_span
        clause = _without_others(self._dating.masked_nearby(mention, start, end))
        near = clause if kind is not None and kind.completes else _near(clause)
        if _TAIL.search(clause) or _SAYS_SO.search(near):
            return True
        if self._goes_on(mention, end) or self._is_of_all_days(mention):
            return True
        if kind is None or not kind.completes:
            return False
        return any(not pairs or each & pairs for each in self._with_closings_that_move)

    def _goes_on(self, mention: Mention, end: int) -> bool:
        """Whether the sentence behind a day says that it may move."""
        sentence = _plain(sentence_behind(mention.passage, end))
        return _OF_THAT_DAY.search(sentence) is not None and _SAYS_SO.search(sentence) is not None

    @cached_property
    def _sentences(self) -> list[_Sentence]:
        """The sentences of the filing that may say of days that they move."""
        return [each for each in self._all_sentences() if each.words and not _IF_NOT_APPROVED.search(each.words)]

    def _all_sentences(self) -> Iterator[_Sentence]:
        """The sentences of the passages that have a word of moving at all."""
        for index, passage in enumerate(self._filing.passages):
            if _MAY_TELL.search(passage.text):
                for start, end in sentences(passage.text):
                    yield _Sentence(index, start, end, _plain(passage.text[start:end]))

    @cached_property
    def _with_closings_that_move(self) -> list[frozenset[int]]:
        """For each sentence that says that closings may be delayed: the pairs that it is about."""
        return [
            self._context.pairs_told_of(each.passage, each.start, each.end)
            for each in self._sentences
            if _SAYS_OF_A_DAY.search(_OF_NO_CLOSING.sub(" ", each.words)) and not _OF_THIS_DAY.match(each.words)
        ]

    def _is_of_all_days(self, mention: Mention) -> bool:
        """Whether a sentence anywhere says of all days of the filing, or of all in its table, that they may change."""
        is_in_table = bool(mention.passage.cells) or not self._filing.has_table
        return any(is_in_table or "table" not in each for each in self._of_all_days)

    @cached_property
    def _of_all_days(self) -> list[str]:
        return [each.words for each in self._sentences if _OF_ALL_DAYS.search(each.words)]


def _plain(text: str) -> str:
    return _without_others(in_small_letters(text))


def _without_others(text: str) -> str:
    """A text in small letters without what it says of changes of something else."""
    return _OF_OTHERS.sub(" ", text)


def _near(clause: str) -> str:
    """The part of a masked clause from the date before this one to the date behind it."""
    before, _, behind = clause.partition(THIS)
    return f"{before.rpartition(OTHER)[2]}{THIS}{behind.partition(OTHER)[0]}"


def says_change(condition: str) -> bool:
    """Whether a condition of a plan says that a day may move, in whatever words."""
    return _SAYS_CHANGE.search(condition.strip()) is not None
