"""The address of a feed's calendar as a QR code, for phones."""

from importlib import import_module

from calfeed.feeds.feeds import Feed
from calfeed.formats.format import Format, Options


def _render(feed: Feed, options: Options) -> bytes:
    at, _, query = feed.address.partition("?")
    terms = [query] if query else []
    if options.alarm:
        terms.append(f"alarm={options.alarm.words}")
    address = f"{options.site.url}/{at}.ics{'?' if terms else ''}{'&'.join(terms)}"
    try:
        code: bytes = import_module("calfeed.formats.qr_code").qr_code(address)
    except ValueError:
        raise ValueError("the address is too long for a QR code: choose fewer feeds or kinds") from None
    return code


# A phone can reach only a public address.
FORMAT = Format(
    extension="svg", media_type="image/svg+xml", render=_render, needs_url=True, alarms=True, is_limited=True
)
