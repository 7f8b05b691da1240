"""Rules that tell the kind of a date from the clause around it.

A rule is matched against a masked clause: in lower case, with `@` for the date in question, `#` for every other date,
`target`, `acquirer` or `fund` for a fund, `trust` for a trust, and `:` for the end of a cell. In a pattern, `~`
matches up to 110 characters without a date, and `~~` up to 45. Words in capitals are those of `_PARTS`.
"""

import re
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True, kw_only=True)
class Rule:
    """The kind of a date in a clause that matches one of the patterns `says`, and does not match `unless`.

    `kind` is a kind of the vocabulary. A rule with a `reason` instead says why the date is no milestone; those of
    `calfeed.filings.standings.standing_rules` have neither, since they are about a sentence as a whole. A rule that is
    not `sure` only guesses: it never places a milestone. The tests run `examples`, which the rule must fit, and
    `counters`, which it must not fit.
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
        return compiled("|".join(self.says))

    @cached_property
    def _unless(self) -> re.Pattern[str] | None:
        return compiled(self.unless) if self.unless else None

    def fits(self, clause: str) -> bool:
        """Whether the rule fits a masked clause."""
        if self._unless is not None and self._unless.search(clause):
            return False
        return self._says.search(clause) is not None


_PARTS = {
    "BOARD": r"\b(?:boards?|trustees|directors|managers)\b",
    "DECIDES": (
        r"\b(?:approv(?:ed|al)|adopted|voted|determined|decided|resolved|authori[sz]ed|"
        r"(?:gave|given) (?:(?:the|this|that|each) \w+ )?(?:its|their|the|a) (?:\w+ )?(?:approval|consent|assent|"
        r"blessing|green light|go-ahead)|"
        r"unanimously|concluded|agreed|endorsed|ratified|accepted|consented|assented|signed off|passed)\b"
    ),
    "MERGER": (
        r"\b(?:reorgani[sz]ations?|mergers?|consolidations?|transactions?|combinations?|acquisitions?|amalgamations?|"
        r"exchange of (?:assets|shares)[\w ]*|closings?|scheme)\b"
    ),
    "MERGED": r"\b(?:merged|reorgani[sz]ed|combined|absorbed|folded|consolidated|amalgamated)\b",
    "TO_MERGE": (
        r"\b(?:decided|resolved|determined|agreed|intends|plans|proposes) to "
        r"(?:merge|reorgani[sz]e|combine|amalgamate) (?:the )?(?:sub-fund )?target\b[^@#;]{0,40}?"
        r"\b(?:into|with) (?:the )?(?:sub-fund )?acquirer\b"
    ),
    "WITH_EFFECT": r"(?:\binto (?:the )?acquirer|\bliquidation of (?:the )?(?:target|fund)),? (?:to be )?effective\b",
    "ENDED": r"\b(?:liquidated|dissolved|wound up)\b",
    "HAPPENS": (
        r"\b(?:takes? place|took place|occurs?|occurred|happens?|closed?|closes|(?:be )?completed|(?:be )?consummated|"
        r"(?:becomes?|be) effective|takes? effect|took effect|effected|be made|be carried out|"
        r"be implemented|effective)\b"
    ),
    "HOLDERS": r"\b(?:(?:share|stock|unit)?holders?|owners?|investors|persons|those|accounts|participants|"
    r"contract owners)\b",
    "VOTE": r"\b(?:vot(?:e|es|ing)|meetings?)\b",
    "ONLY_TO_SOME": (
        r"\b(?:sold|offered|available|issued|open) (?:only|solely) to (?:persons|those|existing|current|present|"
        r"investors who|\w*holders)\b"
    ),
    "MAIL": (
        r"\b(?:mail(?:ed|ing|s)?|sent|send(?:ing)?|go(?:es)? out|went out|distribut(?:ed|ion)|deliver(?:ed|y)|"
        r"furnish(?:ed)?|dispatched|forwarded|posted|made available|receive)\b"
    ),
    "PROXY": r"\b(?:prox(?:y|ies)\b|prospectus/proxy|information (?:detailing|about|describing)|voting instruction)",
    "OWNS_ON": (
        r"(?:\b(?:of record|(?<!\bwill )own(?:s|ed)?|(?<!\bbe )(?<!\bwas )(?<!\bwere )(?<!\bbeen )(?<!\bwill )(?<!\bmee"
        r"ting )h[eo]lds?|ha(?:d|ve|s) (?:shares|units|(?:contract )?value|an interest)|"
        r"invested in|on the (?:books|register)|(?:stood|stands?|appear(?:s|ed)?) (?:in|on)|"
        r"(?:were|was|are|is|been) an? (?:registered )?\w*holders?|(?:contract|policy) owners|\w+holders|"
        r"value (?:in|allocated to))\b(?:(?!\b(?:meetings?|vot(?:e|ed|es|ing)|approv\w+|will|mailed|sent|receiv\w+|"
        r"after)\b)[^@#;]){0,60}?\b(?:on|at|of|as of|as at|when(?: [\w’' ]{1,40})? closed?s?(?: on)?)\b,? "
        r"(?:(?!\b(?:meetings?|vot(?:e|ed|es|ing)|will|after|before)\b)[^@#;]){0,70}?@)"
    ),
    "BALLOT": (
        r"(?:\b(?:entitled|eligible|able|asked|invited|permitted|allowed|qualified|right|who|may|can|cannot|could|must|"
        r"to|a|their|the|give|how|be)(?: \w+){0,5}? (?:vot(?:e|es|ed|ing)|instruct(?:ions?)?|ballots?)\b|"
        r"\bentitled to (?:\w+ )?notice\b|\bhave a say\b)"
    ),
    "GIVES_UP": (
        r"(?:not to proceed|not (?:to )?go ahead|abandon|rescind|withdr[ae]w|cancel|postpone|g[ai]ve up|giving up|"
        r"\bdrop(?:ped)?\b|call(?:ed)? off)"
    ),
    "REGULATOR": (
        r"\b(?:central bank|financial conduct authority|fca|cssf|ontario securities commission|regulators?|"
        r"securities regulators?|(?:high )?court|monetary authority)\b"
    ),
    "LIQUIDATE": r"\b(?:liquidat\w+|dissol\w+|wound up|winding[- ]up|terminat(?:ed|ion) (?:and|of the (?:fund|"
    r"portfolio))|cease operations|closed and liquidated)\b",
}


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern of a rule with its marks replaced: `~`, `~~` and the words in capitals."""
    for name, part in _PARTS.items():
        pattern = pattern.replace(name, part)
    return re.compile(pattern.replace("~~", r"[^@#;]{0,45}?").replace("~", r"[^@#;]{0,110}?"))
