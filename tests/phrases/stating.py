"""What a phrase states, in one line that tests can compare and people can read."""

from calfeed.model.kinds import kind_named
from calfeed.model.when import Dated, Direction, Undated, When
from calfeed.reading.phrases import read_phrase
from calfeed.reading.phrases.stated import Relative


def stating(phrase: str, kind: str = "other") -> str:
    """What a phrase states: `2024-05-15, approximate, close of business`, or `refused`."""
    try:
        return line(read_phrase(phrase, kind_named(kind)))
    except ValueError:
        return "refused"


def error_of(phrase: str, kind: str = "other") -> str:
    """The message with which a phrase is refused; empty where it is read."""
    try:
        read_phrase(phrase, kind_named(kind))
    except ValueError as error:
        return str(error)
    return ""


def invented(phrase: str, kind: str) -> list[str]:
    """What the message of a refusal quotes that is not in the phrase; it would be advice of another meaning."""
    quoted = error_of(phrase, kind).split('"')[1::2] if '"' not in phrase else []
    words = " ".join(phrase.split())
    return [text for text in quoted if text not in words]


def line(when: When | Relative) -> str:
    """What is stated, in one line."""
    match when:
        case Undated():
            return "undated"
        case Relative():
            return ", ".join([_counted(when), when.precision, *_times(when)])
        case Dated():
            days = str(when.first) if when.first == when.last else f"{when.first}..{when.last}"
            return ", ".join([days, when.precision, *_times(when)])


def _counted(when: Relative) -> str:
    bases = [kind.name for kind in when.base.kinds]
    base = "its source" if not bases else bases[0] if len(bases) == 1 else "what completes it"
    if when.direction is Direction.ON:
        return f"on {base}"
    return f"{when.amount} {when.unit} {when.direction} {base}"


def _times(when: Dated | Relative) -> list[str]:
    times = [str(when.anchor)] if when.anchor else []
    if isinstance(when, Dated) and when.clock:
        times.append(f"{when.clock:%Y-%m-%dT%H:%MZ} {when.zone}")
    if isinstance(when, Relative) and when.clock:
        times.append(f"{when.clock.time:%H:%M} {when.clock.zone.iana if when.clock.zone else ''}")
    return times
