"""A rule by which a clause says what a date in it is, with examples and counter-examples, and how it is written.

A rule is tried on a clause in lower case in which `@` stands for the date in question and `#` for every other one,
`target`, `acquirer` and `fund` for names of funds, `trust` for those of trusts, and `:` for the end of a cell. In a
pattern, `~` stands for any words of the clause but dates, and `~~` for a few of them.
"""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What a clause says of its date in which one of the patterns `says` is found, and `unless` is not.

    `kind` is a name of the vocabulary; `reason` is given in its place where the date is no milestone. A rule that is
    not `sure` gives the best guess, and never places a milestone.
    """

    says: tuple[str, ...]
    kind: str = ""
    reason: str = ""
    unless: str = ""
    sure: bool = True
    examples: tuple[str, ...] = ()
    counters: tuple[str, ...] = ()

    @cached_property
    def _says(self) -> re.Pattern[str]:
        return _compiled("|".join(self.says))

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return _compiled(self.unless) if self.unless else None

    def fits(self, clause: str) -> bool:
        """Whether the rule fits a masked clause."""
        if self._unless is not None and self._unless.search(clause):
            return False
        return self._says.search(clause) is not None


_PARTS = {
    "BOARD": r"\b(?:boards?|trustees|directors|managers)\b",
    "DECIDES": (
        r"\b(?:approv(?:ed|al)|adopted|voted|determined|decided|resolved|authori[sz]ed|gave (?:its|"
        r"their) (?:approval|consent)|"
        r"unanimously|concluded|agreed)\b"
    ),
    "MERGER": (
        r"\b(?:reorgani[sz]ations?|mergers?|consolidations?|transactions?|combinations?|acquisitions?|amalgamations?|"
        r"exchange of (?:assets|shares)[\w ]*|closings?|scheme)\b"
    ),
    "HAPPENS": (
        r"\b(?:takes? place|took place|occurs?|occurred|happens?|closed?|closes|(?:be )?completed|(?:be )?consummated|"
        r"(?:becomes?|be) effective|takes? effect|took effect|effected|be made|be carried out|"
        r"be implemented|effective)\b"
    ),
    "HOLDERS": r"\b(?:(?:share|stock|unit)?holders?|owners?|investors|persons|those|accounts|participants|"
    r"contract owners)\b",
    "VOTE": r"\b(?:vot(?:e|es|ing)|meetings?)\b",
    "MAIL": (
        r"\b(?:mail(?:ed|ing|s)?|sent|send|go(?:es)? out|went out|distribut(?:ed|ion)|deliver(?:ed|y)|"
        r"furnish(?:ed)?|dispatched|"
        r"made available|receive)\b"
    ),
    "PROXY": r"\b(?:prox(?:y|ies)\b|prospectus/proxy|information (?:detailing|about|describing)|voting instruction)",
    "LIQUIDATE": r"\b(?:liquidat\w+|dissol\w+|wound up|winding[- ]up|terminat(?:ed|ion) (?:and|of the (?:fund|"
    r"portfolio))|cease operations|closed and liquidated)\b",
}


def _compiled(pattern: str) -> re.Pattern[str]:
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern.replace("~~", r"[^@#;]{0,45}?").replace("~", r"[^@#;]{0,110}?"))
