"""Which texts are web addresses."""

import re

# RFC 3986: no spaces, quotes or brackets, and nothing outside ASCII.
_URL = re.compile(
    r"https?://(?:[!$-.0-;=_a-z~]*+@)?(?:[!$-.0-9;=_a-z~]+|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?"
    r"(?:[/?#][!#-;=?-\[\]_a-z~]*)?",
    re.IGNORECASE,
)


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https URL with a host (RFC 3986)."""
    match = _URL.fullmatch(text)
    return match is not None and (match["port"] is None or 0 < int(match["port"]) < 65_536)
