"""Ways to subscribe: the links that calendars understand made of a feed's address."""

from dataclasses import dataclass
from ipaddress import ip_address
from urllib.parse import quote, urlsplit


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to subscribe: `link` has {https}, {webcal} and {name} where the encoded address and name go.

    `reaches_out` says that the client's servers fetch the feed, so that its host must be reachable from outside.
    """

    name: str
    link: str
    then: str
    reaches_out: bool = False


def ways(google_links: str) -> tuple[Way, ...]:
    """The ways to subscribe, with what happens next and how often each client looks for news.

    `google_links` is the scheme, webcal or https, of the address that Google Calendar is given: reports differ on which
    it takes.
    """
    scheme = "webcal" if google_links == "webcal" else "https"
    return (
        Way(
            name="Google Calendar",
            link=f"https://calendar.google.com/calendar/r?cid={{{scheme}}}",
            then="Google asks whether to add the calendar. It looks for news every 4 to 24 hours.",
            reaches_out=True,
        ),
        Way(
            name="Outlook (work)",
            link="https://outlook.office.com/calendar/0/addfromweb?url={https}&name={name}",
            then="Outlook opens with the address filled in; press Import. It looks for news about every 3 hours.",
            reaches_out=True,
        ),
        Way(
            name="Outlook (personal)",
            link="https://outlook.live.com/calendar/0/addfromweb?url={https}&name={name}",
            then="Outlook.com opens with the address filled in; press Import. It looks about every 3 hours.",
            reaches_out=True,
        ),
        Way(
            name="Apple and other calendars",
            link="{webcal:plain}",
            then="Your calendar asks whether to subscribe. You choose how often it looks, from 5 minutes to a week.",
        ),
    )


def link(way: Way, address: str, name: str) -> str:
    """A way's link for a feed's absolute address, which is encoded whole: an & in it would cut it short."""
    webcal = f"webcal:{address.partition(':')[2]}"
    return (
        way.link.replace("{webcal:plain}", webcal)
        .replace("{https}", quote(address, safe=""))
        .replace("{webcal}", quote(webcal, safe=""))
        .replace("{name}", quote(name, safe=""))
    )


def is_reachable(address: str) -> bool:
    """Whether an absolute address could be fetched from the internet: no local name, no private network."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".local", ".localhost", ".internal", ".lan", ".test"))
