"""QR codes (ISO/IEC 18004) in SVG. The library for them has an HTTP client, so it is imported where one is made."""

from io import BytesIO

import segno


def qr_code(address: str) -> bytes:
    """An absolute address as a QR code; raises ValueError for one that is too long."""
    picture = BytesIO()
    segno.make(address, micro=False).save(picture, kind="svg", scale=4, light="#fff")
    return picture.getvalue()
