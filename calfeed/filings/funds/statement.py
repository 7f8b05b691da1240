"""A statement: a way of saying that one fund goes into another, with examples that the tests run.

A statement is a pattern over a sentence in which each name stands as one sign. It is written in the parts of
`PARTS`: `<T>` is the place of the targets, `<A>` that of the acquirers, `…` stands for other words without a name.
The verbs are tables of their own. So a new wording is a verb in a table.
"""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

FIRST_SIGN = ord("\ue000")
_LAST_SIGN = ord("\ue7ff")
SIGN = f"[{chr(FIRST_SIGN)}-{chr(_LAST_SIGN)}]"
"""The characters that stand for names in a sentence: the first for the first name, and so on."""

# Verbs whose object, or passive subject, is the target: "merge A into B", "A will be merged into B".
_JOINING = (
    "merge", "reorganize", "reorganise", "consolidate", "combine", "fold", "convert", "absorb", "roll", "transfer",
    "amalgamate", "acquire", "collapse", "integrate", "incorporate", "transition", "join", "migrate",
)  # fmt: skip
_JOINING_NOUNS = (
    "reorganization", "reorganisation", "merger", "consolidation", "combination", "conversion", "amalgamation",
    "acquisition", "transfer", "integration", "absorption", "migration",
)  # fmt: skip
# Verbs whose subject is the acquirer: "B will acquire the assets of A", "A will be acquired by B".
_TAKING = ("acquire", "absorb", "assume", "succeed", "purchase", "take over", "buy")
_TAKING_NOUNS = ("acquisition", "absorption", "takeover", "assumption", "purchase")
# Verbs whose subject is the target, and whose object are its assets: "A will transfer its assets to B".
_GIVING = ("transfer", "convey", "hand over", "sell", "assign", "contribute", "exchange")
_GIVING_NOUNS = ("transfer", "sale", "conveyance", "assignment", "contribution", "exchange")
_IRREGULAR = {"sell": "sold", "take over": "taken over|took over", "buy": "bought", "transfer": "transferr(?:ed|ing)"}


def _forms(verbs: tuple[str, ...]) -> str:
    """A pattern for the forms of some regular verbs, and of those in the table of irregular ones."""
    return "(?:" + "|".join(_forms_of(verb) for verb in verbs) + ")"


def _forms_of(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    behind = f" {rest}" if rest else ""
    stem = first.removesuffix("e")
    regular = rf"{stem}(?:e|es|ed|ing|s)?{behind}"
    return f"{regular}|{_IRREGULAR[verb]}" if verb in _IRREGULAR else regular


ASIDE = (
    r"(?:\s*\([^()]*\)|\s*[*†‡®]+|,?\s+(?:each |both |also |another |which is |which are )*(?:an? )?(?:[\w-]+ ){0,4}"
    r"(?:series|portfolio|fund|sub-fund)s? of (?:the )?TRUST)*"
)
"""What may stand behind a name in a list: a term in brackets, a footnote's mark, the trust."""
AND = r"(?:,\s+(?:(?:and|or|as well as)\s+)?|\s+(?:and|or|&|as well as)\s+)(?:the |each of |\(\w{1,4}\)\s*)*"
_NOT_NEXT_TARGET = (
    r"(?! (?:\([^()]*\) )?(?:(?:with and )?into|(?:now |also )?(?:will|would|is|was|has|had|no longer|closed|ceased|"
    r"stopped|expects|intends)|may(?! \d))\b)"
)
"""Keeps the list of acquirers from taking the next target: "Red Fund into Blue Fund and Green Fund into Grey Fund".

Nor does it take the subject of what follows: "in view of the merger of Red Fund into Blue Fund, Red Fund is closed".
"""
_ACQUIRERS = rf"(?:{SIGN}{ASIDE}(?:{AND}{SIGN}{ASIDE}{_NOT_NEXT_TARGET}){{0,40}})"
_NOT_THAT_OF = r"(?<!that of )(?<!those of )(?<!that of the )(?<!those of the )"
"""Keeps from an acquirer what only has something: "the benchmark of Red Fund is replaced by that of Blue Fund"."""
LIST = rf"(?:{SIGN}{ASIDE}(?:{AND}(?:of (?:the )?)?{SIGN}{ASIDE}){{0,40}})"
OTHER_WORDS = f"[^;{chr(FIRST_SIGN)}-{chr(_LAST_SIGN)}]"
PARTS = {
    "<T>": rf"(?P<t>{LIST})",
    "<one T>": rf"(?P<t>{SIGN})",
    "<A>": rf"{_NOT_THAT_OF}(?P<a>{_ACQUIRERS})",
    "<one A>": rf"{_NOT_THAT_OF}(?P<a>{SIGN})",
    "<aside>": ASIDE,
    "<joins>": _forms(_JOINING),
    "<joining>": rf"(?:{'|'.join(_JOINING_NOUNS)})s?",
    "<takes>": _forms(_TAKING),
    "<taken>": r"(?:acquired|absorbed|succeeded|assumed|purchased|taken over|replaced|substituted)",
    "<taking>": rf"(?:{'|'.join(_TAKING_NOUNS)})s?",
    "<gives>": _forms(_GIVING),
    "<giving>": rf"(?:{'|'.join(_GIVING_NOUNS)})s?",
    "<coming>": r"(?:(?:pending|proposed|planned|upcoming|forthcoming|expected|coming|intended) )?",
    "<assets>": r"(?:assets|property|properties|holdings|everything)",
    "<shares>": r"(?:shares|units|interests|stock)",
    "<holders>": r"(?:\w*holders|owners|investors)",
    "<will>": r"(?:will|would|shall|should|is to|are to|to)",
    "<into>": r"(?:with and |up )?(?:into|(?<!together )(?<!along )with)(?! (?:which|whom)\b)",
    "<ends>": r"(?:liquidat(?:e|es|ing)|dissolv(?:e|es|ing)|terminat(?:e|es|ing)|wind(?:s|ing)? (?:up|down)|"
    r"go(?:es|ing)? out of business)",
    "<ending>": r"(?:liquidation|dissolution|termination|winding[ -](?:up|down))",
    "<ended>": r"(?:liquidated|dissolved|terminated|wound (?:up|down))",
    "<of it>": rf"(?:(?!\b(?:to|into|in|for|by|with|from|shares|than|while|who|whose|exchang\w+)\b)"
    rf"{OTHER_WORDS}){{0,110}}?",
    "<marks>": f"[^\\w{chr(FIRST_SIGN)}-{chr(_LAST_SIGN)}]*",
    "<all>": r"(?:everything|assets|business|portfolio|property|properties|holdings|investments|liabilities|debts|"
    r"obligations|possessions|estate)",
    "<one's>": r"(?:its|their|all|every|the whole|the entire|what|whatever)",
    "…": rf"{OTHER_WORDS}{{0,110}}?",
    "<no verb>": rf"(?:(?!\b(?:is|are|was|were|be|has|have|had|will|would|may|can|could|does|do)\b)"
    rf"{OTHER_WORDS}){{0,110}}?",
    "<itself>": rf"(?:(?!\b(?:prospectus|statement|notice|report|letter)){OTHER_WORDS}){{0,110}}?",
    "<near>": rf"(?:(?!\b(?:as|like|than|from|while)\b){OTHER_WORDS}){{0,50}}?",
}  # fmt: skip


class Placed(Protocol):
    """A place in a text, by its start and end."""

    @property
    def start(self) -> int:
        """Its start."""

    @property
    def end(self) -> int:
        """Its end."""


def with_signs(
    text: str, start: int, end: int, inside: Sequence[Placed], words: Mapping[int, str] | None = None
) -> str:
    """A sentence with a sign of its own for each place inside it; `words` are those in place of some signs."""
    pieces, place = [], start
    for number, each in enumerate(inside):
        sign = (words or {}).get(number, chr(FIRST_SIGN + number))
        pieces += [text[place : each.start], sign]
        place = each.end
    return "".join([*pieces, text[place:end]])


def signs_of(part: str) -> list[int]:
    """The numbers of the places whose signs stand in a part of a sentence, but for what is said in brackets."""
    return [ord(sign) - FIRST_SIGN for sign in re.findall(SIGN, _IN_BRACKETS.sub("", part))]


_IN_BRACKETS = re.compile(r"(?<=[^\s(]) \([^()]*\)")


class Statement(NamedTuple):
    """A way of saying that targets go into acquirers.

    `says` is the pattern; `only_with` must be found somewhere in the sentence too. Each of the `examples` states that
    Elm Bond Fund goes into Elm Income Fund; the `others` state nothing, although they look like it.
    """

    says: str
    examples: tuple[str, ...]
    others: tuple[str, ...] = ()
    only_with: str = ""

    @property
    def pattern(self) -> re.Pattern[str]:
        """The pattern, whose groups `t` and `a` hold the signs of the targets and of the acquirers."""
        says = self.says
        for name, part in PARTS.items():
            says = says.replace(name, part)
        return re.compile(says, re.IGNORECASE)
