"""The opening and the close of a business day, as far as a phrase names them."""

from typing import NamedTuple

from calfeed.model.when import Anchor
from calfeed.reading.phrases.clocks import clock_at
from calfeed.reading.phrases.days import printed_day_at
from calfeed.reading.phrases.tokens import Found, Text
from calfeed.reading.phrases.words import ABOUT_A_CLOCK, AT_EXCHANGES, BARE_EDGES, EDGES, SIDES, Side
from calfeed.reading.phrases.zones import zone_at

_ABBREVIATIONS = frozenset(
    {"exchange", "stock", "market", "nyse", "arca", "american", "nasdaq", "amex", "cboe", "tsx", "lse", "asx", "sgx"}
)
"""Words of the short names that exchanges are given in brackets."""


class NamedAnchor(NamedTuple):
    """The opening or the close, and whether something happens before, at or after it."""

    anchor: Anchor
    side: Side


def anchor_at(text: Text, index: int) -> Found[NamedAnchor] | None:
    """The opening or the close that a text names at a token, with its exchange and its zone."""
    side = SIDES.at(text, index)
    start = side.end if side else index
    full = EDGES.at(text, start)
    edge = full or BARE_EDGES.at(text, start)
    if edge is None:
        return None
    if full is None and not _is_clear(text, edge.end, side):
        return None
    end = _past_zone(text, _past_exchange(text, edge.end))
    end += text.at(end) == "of" and printed_day_at(text, end + 1) is not None
    return Found(NamedAnchor(edge.meaning, side.meaning if side else Side.AT), end)


def _is_clear(text: Text, end: int, side: Found[Side] | None) -> bool:
    """Whether a bare "close" or "open", up to `end`, is that of a business day."""
    if AT_EXCHANGES.at(text, end):
        return True
    return side is not None and text.at(end - 1) != "closing" and text.at(end) != "of"


def _past_zone(text: Text, index: int) -> int:
    """The index behind the zone in which the business day is counted, as in "close of business, Eastern time"."""
    if not text.says_time:
        return index  # without a look at the zones, of which there are many: for the row "folder to catalog"
    zone = zone_at(text, index)
    return zone.end if zone and "time" in {text.at(zone.end - 1), text.at(zone.end - 2)} else index


def _past_exchange(text: Text, index: int) -> int:
    """The index behind the exchange, and behind the abbreviation of it that stands in brackets."""
    exchange = AT_EXCHANGES.at(text, index)
    end = exchange.end if exchange else index
    while True:
        end = _past_usual_time(text, _past_abbreviation(text, end))
        exchange = AT_EXCHANGES.at(text, end)
        if exchange is None:
            return end
        end = exchange.end


def _past_usual_time(text: Text, index: int) -> int:
    """The index behind `(generally 4:00 p.m. Eastern time)`, which is no clock time of the milestone."""
    words = ABOUT_A_CLOCK.at(text, index + 1) if text.at(index) in {"(", ","} else None
    clock = clock_at(text, words.end) if words else None
    if clock is None:
        return index
    return clock.end + (text.at(clock.end) in {")", ","})


def _past_abbreviation(text: Text, index: int) -> int:
    """The index behind `("NYSE")` or `(the "Exchange")`."""
    start = index + 2 if text.has(index, "(", "the") else index + 1
    if text.at(index) != "(" or text.at(start) != '"':
        return index
    end = start + 1
    while text.at(end) in _ABBREVIATIONS:
        end += 1
    return end + 2 if text.has(end, '"', ")") else index
