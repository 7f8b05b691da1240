"""The event of which a clause gives the day where it says what holds until then: "you may redeem until the merger @".

The day is that of the merger. Whether it is also the last day to redeem shares, the clause does not say.
"""

from calfeed.filings.kinds.reasons import ANNOUNCED
from calfeed.filings.kinds.rule import compiled

_OF_TRADING = r"(?! (?:of|on) (?:(?:the|regular|new york) )?(?:business|trading|stock|market|exchange|nyse))"
_OF_WHAT = (
    r"(?: (?:of|between|for) (?:(?:the|its|each|our|your|both|all|two|special) )*"
    r"(?:target|acquirer|funds?|portfolios?|MERGER|HOLDERS)\b(?:(?!\b(?:will|may|can|on|until)\b)[\w'’ ]){0,60}?)?"
)
"""Of which funds: the merger of the adviser, and the meeting of a board, are other events."""
_HAPPENS = (
    r"(?:,? (?:which|that)\b[^@#;]{0,20})?(?: (?:is|are|has|have|will|been|be|to|now|currently|expected|scheduled|"
    r"anticipated|planned|proposed|takes?|place|occurs?|closes?|held|completed|consummated|effective|becomes?|"
    r"convenes?))*"
)
_ON = (
    r",? ?\(?(?:(?:expected|scheduled|planned|anticipated|currently|for|to|be|take|place|occur|held|on|on or about|"
    r"on or around|about|around|as|of|at|after|before|the|close|opening|business|trading) |[a-z]+day,? )*"
)
_NOUNS = (
    ("special meeting", rf"(?:(?:special|joint|\w*holders?['’]?) )*meetings?\b{_OF_WHAT}"),
    ("liquidation", rf"liquidations?(?: dates?)?\b{_OF_WHAT}"),
    ("conversion", rf"conversions?(?: dates?)?\b{_OF_WHAT}"),
    (
        "closing",
        rf"(?:(?:closing|completion|consummation|effective date|closing date)\b{_OF_TRADING} of )?(?:the |each |its )?"
        rf"(?:\w+ )?(?:MERGER|MERGER dates?\b|(?:effective|closing) dates?\b){_OF_TRADING}{_OF_WHAT}",
    ),
)
"""What the events are called, the most particular first."""
_SAID = {
    "special meeting": "the special meeting of shareholders will be held on @",
    "liquidation": "the fund will be liquidated on @",
    "conversion": "the conversion is expected to take place on @",
    "closing": "the reorganization will take place on @",
}
"""What the rules read in place of a clause about something that holds until an event."""
_UNTIL = (
    r"\b(?:(?:until|till|up to|up until|through)(?: and including)?|days? (?:immediately )?(?:before|prior to|"
    r"preceding|after|following)) (?:(?:the|its|this|that|each|our|your) )?(?:proposed |planned )?"
)
"""What stands before an event: "until", or a day that is counted from it."""
_EVENTS = tuple((_SAID[kind], compiled(f"{_UNTIL}{noun}{_HAPPENS}{_ON}@")) for kind, noun in _NOUNS)


_ASIDE = compiled(rf",? ?\b(?:which )?{ANNOUNCED} on (?:or about )?#,? ?")
"""What a clause says beside its day of that of an announcement."""


def with_event_alone(clause: str) -> str:
    """What a masked clause says of the event until which something holds, where the day is that of the event.

    What it says of the day of an announcement is left out.
    """
    clause = _ASIDE.sub(" ", clause)
    return next((said for said, pattern in _EVENTS if pattern.search(clause)), clause)
