"""The address of a feed's calendar as a QR code (ISO/IEC 18004) in SVG, for phones."""

from io import BytesIO

import segno

from calfeed.feeds.feeds import Feed
from calfeed.formats.format import Format, Options


def qr_code(address: str) -> bytes:
    """An absolute address as a QR code; raises ValueError for one that is too long."""
    picture = BytesIO()
    segno.make(address, micro=False).save(picture, kind="svg", scale=4, light="#fff")
    return picture.getvalue()


def _render(feed: Feed, options: Options) -> bytes:
    at, _, query = feed.address.partition("?")
    terms = [query] if query else []
    if options.alarm:
        terms.append(f"alarm={options.alarm.words}")
    try:
        return qr_code(f"{options.site.url}/{at}.ics{'?' if terms else ''}{'&'.join(terms)}")
    except ValueError:
        raise ValueError("the address is too long for a QR code: choose fewer feeds or kinds") from None


# A phone can reach only a public address.
FORMAT = Format(
    extension="svg", media_type="image/svg+xml", render=_render, needs_url=True, alarms=True, is_limited=True
)
