"""The file site.yaml: the site as a whole."""

import re
from datetime import timedelta

from calfeed.model.catalog import Site
from calfeed.reading.documents import SiteDocument
from calfeed.reading.shapes import Checked
from calfeed.reading.web_addresses import is_web_address
from calfeed.reading.yaml import YamlFile

LONGEST_URL = 200
"""With two ids behind it, it still fits into a QR code."""
_LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?"
_DOMAIN = re.compile(rf"(?=.{{1,253}}$)(?:{_LABEL}\.)+(?!\d+$){_LABEL}", re.IGNORECASE)
_ORIGIN = rf"https?://(?:{_LABEL}\.)*{_LABEL}(?::\d{{1,5}})?"
_PLACEHOLDER = "example.com"
_DURATION = re.compile(r"([1-9]\d{0,3}) (minute|hour|day)s?")


def read_site(checked: Checked[SiteDocument]) -> Site:
    """The site that its document states; placeholders stand for what has a problem."""
    file, document = checked.file, checked.document
    if document is None:
        return Site(
            title="",
            domain="",
            url="",
            refresh=timedelta(hours=6),
            events_per_feed=None,
            embed_on=(),
        )
    _check_addresses(file, document)
    duration = _DURATION.fullmatch(document.refresh)
    if duration is None:
        file.problems.append(
            file.problem(f'"{document.refresh}" is not a duration such as 30 minutes, 6 hours or 1 day', "refresh")
        )
    limit = re.fullmatch(r"[1-9]\d{0,6}", document.events_per_feed)
    if document.events_per_feed and limit is None:
        file.problems.append(
            file.problem(f'"{document.events_per_feed}" is not a number of events such as 1000', "events per feed")
        )
    return Site(
        title=document.title,
        domain=document.domain,
        url=document.url.rstrip("/"),
        refresh=timedelta(**{f"{duration[2]}s": int(duration[1])}) if duration else timedelta(hours=6),
        events_per_feed=int(limit[0]) if limit else None,
        embed_on=document.embed_on,
    )


def is_placeholder(domain: str) -> bool:
    """Whether it is a domain for examples, which belongs to nobody (RFC 2606)."""
    return f".{domain}".endswith(f".{_PLACEHOLDER}")


def _check_addresses(file: YamlFile, document: SiteDocument) -> None:
    """Hold the domain, the public address and the sites that may frame pages against their forms."""
    if document.domain and not _DOMAIN.fullmatch(document.domain):
        file.problems.append(
            file.problem(f'"{document.domain}" is not a domain name such as calendars.example.com', "domain")
        )
    if document.url and (
        not is_web_address(document.url) or {"?", "#"} & set(document.url) or len(document.url) > LONGEST_URL
    ):
        file.problems.append(
            file.problem(
                f'"{document.url}" is not a web address: write one such as https://calendars.example.com', "url"
            )
        )
    if document.url and is_placeholder(document.domain):
        file.warn(f'"{document.domain}" is a placeholder: every UID is made of it, so write your own domain', "domain")
    for number, origin in enumerate(document.embed_on):
        if not re.fullmatch(_ORIGIN, origin, re.IGNORECASE):
            file.problems.append(
                file.problem(f'"{origin}" is not a site such as https://intranet.example.com', "embed on", number)
            )
