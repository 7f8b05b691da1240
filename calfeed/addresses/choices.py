"""What a query asks for, and the messages if it asks for something unknown."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from calfeed.formats.format import Alarm
from calfeed.model.kinds import GROUPS, KINDS, Kind, KindGroup, group_at, kind_at
from calfeed.model.synonyms import kind_meant
from calfeed.reading.suggestions import did_you_mean

_SHOWN = 60
"""How many characters of an unknown word are shown."""
_MOST_UNKNOWN = 20
"""How many unknown feeds are named."""
ALARM = re.compile(r"([1-9][0-9]{0,2})([mhdw])")
"""An alarm: a number and a unit."""
CHOOSABLE = (*(kind.slug for kind in KINDS), *(group.slug for group in GROUPS))
"""The values of `kind`."""
THEMES = ("light", "dark")
_LONGEST_QUERY = 200
_SEPARATORS = re.compile(r"[,;\s|+]+")
"""What people put between kinds in place of "&kind="."""
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


class ChoiceError(ValueError):
    """A choice that cannot be read. The message says what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """The values of `kind`, `alarm`, `feed`, `theme` and `q` in a query, as given.

    The properties say what they mean, and raise ChoiceError if a value cannot be read.
    """

    kinds: Sequence[str] = ()
    alarms: Sequence[str] = ()
    feeds: Sequence[str] = ()
    themes: Sequence[str] = ()
    queries: Sequence[str] = ()

    @property
    def only(self) -> list[Kind | KindGroup]:
        """The kinds, or groups of kinds, that a feed is restricted to; empty if there is no restriction."""
        return [_kind(name) for name in self.kinds]

    @property
    def theme(self) -> str:
        """The colour scheme of an embedded page: light without a choice, as most sites are."""
        theme = self.themes[0] if self.themes else THEMES[0]
        if theme not in THEMES:
            raise ChoiceError('a theme is "light" or "dark"')
        return theme

    @property
    def query(self) -> str:
        """What is searched for, cut to a length that no name exceeds."""
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
    """The names of unknown feeds as an answer may repeat them: printable, short, and not too many, in order."""
    printable = sorted({"".join(filter(str.isprintable, name))[:_SHOWN] for name in names})
    more = len(printable) - _MOST_UNKNOWN
    return [*printable[:_MOST_UNKNOWN], f"and {more:,} more"] if more > 0 else printable


def _kind(name: str) -> Kind | KindGroup:
    if found := kind_at(name) or group_at(name):
        return found
    if not name:
        raise ChoiceError('"kind" is empty: write a kind, such as kind=closing')
    pieces = [piece for piece in _SEPARATORS.split(name.replace("kind=", "")) if piece]
    unknown = [piece for piece in pieces if not (kind_at(piece) or group_at(piece))]
    if len(pieces) > 1 and not unknown:
        advice = "&".join(f"kind={piece}" for piece in dict.fromkeys(pieces))
        raise ChoiceError(f'"{name[:_SHOWN]}" is not one kind: write {advice}')
    is_list = 0 < len(unknown) < len(pieces) and not _meant(name)
    raise _unknown(unknown[0] if is_list else name)


def _unknown(name: str) -> ChoiceError:
    word, meant = name[:_SHOWN], _meant(name)
    hint = f': did you mean "{meant.slug}"?' if meant else did_you_mean(word, CHOOSABLE)
    return ChoiceError(f'unknown kind "{word}"{hint}')


def _meant(name: str) -> Kind | None:
    """The kind that other words for it mean, such as "closing date"."""
    return kind_meant(name[:_SHOWN].replace("-", " "))
