"""Ways to subscribe: what each calendar program wants, with the links that some of them understand."""

from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import quote, urlsplit


class Way(NamedTuple):  # as with Milestone
    """A calendar program, what to do there, and how often it checks for changes.

    `link` has {https} and {name} where the address and the name of the calendar go, encoded, and {webcal} where the
    address goes with that scheme; without them the address is to be copied. `reaches_out` says that the program's
    servers fetch the feed, so that its host must be reachable from the internet.
    """

    name: str
    steps: str
    looks: str
    link: str = ""
    link_text: str = ""
    reaches_out: bool = False


WAYS = (
    Way(
        name="Outlook (work or school)",
        link="https://outlook.office.com/calendar/0/addfromweb?url={https}&name={name}",
        link_text="Add to Outlook",
        steps="Outlook opens with the address filled in: press Import.",
        looks="about every 3 hours, at times only after a day",
        reaches_out=True,
    ),
    Way(
        name="Outlook.com",
        link="https://outlook.live.com/calendar/0/addfromweb?url={https}&name={name}",
        link_text="Add to Outlook.com",
        steps="Outlook.com opens with the address filled in: press Import.",
        looks="about every 3 hours, at times only after a day",
        reaches_out=True,
    ),
    Way(
        name="Google Calendar",
        link="https://calendar.google.com/calendar/u/0/r/settings/addbyurl",
        link_text="Open Google's page “From URL” (new tab)",
        steps="Copy the address above (opening Google's page does so, where the browser allows it). Paste it there and "
        "press “Add calendar”.",
        looks="every 4 to 24 hours",
        reaches_out=True,
    ),
    Way(
        name="Classic Outlook for Windows",
        steps="Copy the address above. In Outlook's calendar choose Add Calendar (or Open Calendar), then From "
        "Internet. Paste the address, press OK, and then Yes.",
        looks="with each Send/Receive, but no more often than the calendar asks for",
    ),
    Way(
        name="Apple Calendar (iPhone, iPad, Mac)",
        link="{webcal}",
        link_text="Subscribe in Calendar",
        steps="Your calendar opens and asks whether to subscribe.",
        looks="as often as you choose there, from every 5 minutes to every week",
    ),
    Way(
        name="Thunderbird",
        steps="Copy the address above. Choose New Calendar, then On the Network, and paste the address. Thunderbird "
        "names the calendar by its address: give it a name there.",
        looks="as often as you choose in the calendar's properties",
    ),
    Way(
        name="Another program",
        steps="Copy the address above, and add it there as a calendar from the internet.",
        looks="as often as the program does",
    ),
)


def link(way: Way, address: str, name: str) -> str:
    """A way's link for a feed's absolute address, which is encoded whole: an & in it would cut it short."""
    webcal = f"webcal:{address.partition(':')[2]}"
    return (
        way.link.replace("{webcal}", webcal)
        .replace("{https}", quote(address, safe=""))
        .replace("{name}", quote(name, safe=""))
    )


def is_reachable(address: str) -> bool:
    """Whether an absolute address could be fetched from the internet: no local name, no private network."""
    host = urlsplit(address).hostname or ""
    try:
        return ip_address(host).is_global
    except ValueError:
        return "." in host.strip(".") and not host.endswith((".local", ".localhost", ".internal", ".lan", ".test"))
