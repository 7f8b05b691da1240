"""Which texts are web addresses."""

import re

# RFC 3986: no spaces, quotes or brackets, and nothing outside ASCII. Letters stand here in both cases: to ignore
# the case would allow a long s, and takes three times as long.
_URL = re.compile(
    r"[Hh][Tt][Tt][Pp][Ss]?://(?:[!$-.0-;=A-Z_a-z~]*+@)?(?:[!$-.0-9;=A-Z_a-z~]+|\[[0-9A-Fa-f:.]+\])"
    r"(?::(?P<port>[0-9]{1,5}))?(?:[/?#][!#-;=?-\[\]_a-z~]*)?"
)


def is_web_address(text: str) -> bool:
    """Whether a text is an absolute http or https URL with a host (RFC 3986)."""
    match = _URL.fullmatch(text)
    return match is not None and (match["port"] is None or 0 < int(match["port"]) < 65_536)
