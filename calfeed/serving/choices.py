"""What a reader asks for beside the path, and what is said to one who asks for what there is not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from calfeed.formats.format import Alarm
from calfeed.model.kinds import GROUPS, KINDS, Kind, KindGroup, group_at, kind_at
from calfeed.reading.suggestions import did_you_mean

_SHOWN = 60
"""How many characters of an unknown word an answer repeats."""
_MOST_UNKNOWN = 20
"""How many unknown feeds an answer names."""
ALARM = re.compile(r"([1-9][0-9]{0,2})([mhdw])")
"""How an alarm is written."""
CHOOSABLE = (*(kind.slug for kind in KINDS), *(group.slug for group in GROUPS))
"""What `kind` may be."""
THEMES = ("light", "dark")
_LONGEST_QUERY = 200
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class ChoiceError(ValueError):
    """What a reader asked for cannot be read; the message says what could be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a reader asks for beside the path: the values of `kind`, `alarm`, `feed`, `theme` and `q`, as given.

    What they mean is worked out when it is asked for, and raises ChoiceError where it cannot be read.
    """

    kinds: Sequence[str] = ()
    alarms: Sequence[str] = ()
    feeds: Sequence[str] = ()
    themes: Sequence[str] = ()
    queries: Sequence[str] = ()

    @property
    def only(self) -> list[Kind | KindGroup]:
        """The kinds, or groups of kinds, of which alone a feed is to be; none where all are."""
        return [_kind(name) for name in self.kinds]

    @property
    def theme(self) -> str:
        """The colour scheme of a page that is embedded; a page of another site is light unless it says otherwise."""
        theme = self.themes[0] if self.themes else THEMES[0]
        if theme not in THEMES:
            raise ChoiceError('a theme is "light" or "dark"')
        return theme

    @property
    def query(self) -> str:
        """What is searched for, without what is beyond any name."""
        return self.queries[0][:_LONGEST_QUERY] if self.queries else ""

    @property
    def alarm(self) -> Alarm | None:
        """How long before an event to sound an alarm: `7d`, `12h`, `30m` or `2w`."""
        if not self.alarms:
            return None
        match = ALARM.fullmatch(self.alarms[0])
        if match is None or len(self.alarms) > 1:
            raise ChoiceError(
                'an alarm is one number of minutes, hours, days or weeks, such as "30m", "12h", "7d" or "2w"'
            )
        return Alarm(match[0], timedelta(**{_UNITS[match[2]]: int(match[1])}))


def shown(names: Sequence[str]) -> list[str]:
    """Names of unknown feeds as an answer may repeat them.

    They came in with the request: nothing in them may be more than text, nor much of it.
    """
    return sorted("".join(filter(str.isprintable, name))[:_SHOWN] for name in names)[:_MOST_UNKNOWN]


def _kind(name: str) -> Kind | KindGroup:
    if found := kind_at(name) or group_at(name):
        return found
    word = name[:_SHOWN]
    raise ChoiceError(f'unknown kind "{word}"{did_you_mean(word, CHOOSABLE)}')
