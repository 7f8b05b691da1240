"""Words before a day or a month that make it another time: "the second Friday in June 2026", "within a week of June 5".

The grammar reads none of them. The month alone would say less than the filing, and the day alone something else.
"""

import re

from calfeed.model.when import MONTHS, WEEKDAYS

_WEEKDAY = "|".join(WEEKDAYS)
_NUMBER = (
    r"(?:first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th|last|final|penultimate|next|earliest|latest|opening|"
    r"closing|initial|latter|early|a|an|the|few|couple|of|several|one|two|three|four|five|six|seven|ten|\d{1,3}|"
    r"\(\d+\)|same|following|preceding)"
)
"""Which, or how many, of the days or weeks: "second", "last", "three"."""
_UNIT = rf"(?:(?:business|trading|calendar|working) )?(?:days?|weeks?|weekends?|months?|{_WEEKDAY})"
_OF_TIME = r"(?:(?:the )?(?:month|quarter|year)s? of )?(?:the )?"
_PLACE = (
    r"(?:on|at|by|in|during|around|about|or|towards?|within|over|through|until|before|after|no|not|later|earlier|than|"
    r"near)"
)
_OF_A_PERIOD = re.compile(
    rf"\b(?:{_PLACE} )*(?:the )?(?:very |latter )?(?:(?:tail[- ])?end|close|beginning|start|outset|turn) (?:of|in) "
    rf"{_OF_TIME}$|\b(?:{_PLACE} )*(?:the )?(?:month|quarter)[- ]end(?:,| of| in)? $",
    re.IGNORECASE,
)
"""What is part of a month or of a longer time: "at the end of June 2026"."""
_OF_ANY = re.compile(
    rf"\b(?:{_PLACE} )*(?:"
    # "the second Friday in June 2026", "the last two weeks of June 2026", "the weekend of June 6", not "the day of"
    rf"(?:{_NUMBER} )*?(?:(?!(?:the|of) ){_NUMBER} {_UNIT}|(?:business|trading|working) days?|weeks|weekends?|months|"
    rf"{_WEEKDAY}) (?:of|in) "
    # "two days before June 5", "the Friday after June 5"
    rf"|(?:{_NUMBER} )+{_UNIT} (?:(?:immediately|right|just) )?(?:before|after|following|prior to|preceding) "
    # "the eve of June 5", "around the time of June 5", "the days around June 5"
    rf"|the (?:eve|time) of |the {_UNIT} (?:around|about) "
    r"|the (?:holiday )?weekend (?:beginning|starting|ending)(?: on)? "
    rf"){_OF_TIME}$"
    # "between the end of May and the middle of June 2026"
    rf"|\bbetween (?:the )?(?:end|beginning|start|middle|early|mid|late|{'|'.join(MONTHS)})\b[^.;@#]{{0,40}} and "
    r"(?:the )?(?:\w+ of )?$"
    r"|\bwithin (?:an?|one|the) $",
    re.IGNORECASE,
)
"""What is another time than the day or the month behind it."""
_FAR = 90


def narrowed_from(text: str, start: int, core: int, behind: int, *, is_period: bool) -> int | None:
    """Where the words begin that make the time at `core`, of a date that begins at `start`, another; None if none do.

    They begin no sooner than at `behind`. `is_period` says that the time is longer than a day.
    """
    first = max(behind, core - _FAR)
    before = text[first:core]
    patterns = (_OF_ANY, _OF_A_PERIOD) if is_period else (_OF_ANY,)
    found = next((match for pattern in patterns if (match := pattern.search(before))), None)
    begins = found.start() + first if found else start
    return begins if begins < start else None
