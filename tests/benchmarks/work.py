"""The measured work, each piece in a process of its own: `python -m tests.benchmarks.work load FOLDER`.

Printed is the processor time that the work alone took, in seconds. Starting Python, importing and what one side has to
have before it begins are not in it.
"""

import gc
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import yaml

from calfeed.addresses.choices import Choice
from calfeed.addresses.resources import Resources
from calfeed.feeds.feeds import Feed, Feeds
from calfeed.formats import ics
from calfeed.model.plans import Plan
from calfeed.model.trusts import Portfolio
from calfeed.reading.files import Look, look_at_public
from calfeed.reading.folder import Reading, load, read
from tests.benchmarks import peers


def calfeed_load(folder: str) -> float:
    """A data folder to a checked catalog."""
    return _timed(lambda: load(Path(folder)), frozen=False)


def yaml_load(folder: str) -> float:
    """The same files to plain values, unchecked and without positions, by PyYAML's C loader."""
    paths = sorted(Path(folder).rglob("*.yaml"))
    loader = yaml.CSafeLoader
    return _timed(lambda: [yaml.load(path.read_text(encoding="utf-8"), loader) for path in paths])  # noqa: S506


def one_calendar(library: str, folder: str) -> float:
    """All events of a folder, loaded before, to one calendar."""
    feed = Feeds(load(Path(folder))).feed("all")
    write = peers.LIBRARIES.get(library, by_calfeed)
    write(feed._replace(entries=feed.entries[:1]))  # some libraries import late
    made: list[bytes] = []
    spent = _timed(lambda: made.append(write(feed)))
    assert made[0].count(b"BEGIN:VEVENT") == len(feed.events)
    return spent


def by_calfeed(feed: Feed) -> bytes:
    """The feed by calfeed, with all its events."""
    return ics.vcalendar(feed, [ics.vevent(event) for event in feed.events], None)


def all_feeds(folder: str) -> float:
    """Every feed of a catalog from nothing, events included."""
    catalog = load(Path(folder))
    return _timed(lambda: _render(Resources(catalog)), collected=False)


def first_feed(folder: str) -> float:
    """One trust's feed of a catalog from nothing: what the first request waits for."""
    catalog = load(Path(folder))
    path = f"/trusts/{catalog.trusts[-1].id}.ics"
    return _timed(lambda: Resources(catalog).find(path, Choice()))


def one_edit(folder: str) -> float:
    """A note written into one plan, from its file to resources that show it, all feeds having been asked for."""
    look = look_at_public(Path(folder))
    reading = read(look.files)
    catalog = reading.catalog
    assert catalog is not None
    resources = Resources(catalog)
    _render(resources)
    plan = catalog.plans[len(catalog.plans) // 2]
    addresses = resources.feeds.addresses
    watched = {*addresses[:: len(addresses) // 500 + 1], *_feeds_with(plan)}
    before = {address: resources.find(f"/{address}.ics", Choice()) for address in watched}
    path = Path(folder) / "plans" / f"{plan.id}.yaml"
    text = path.read_text(encoding="utf-8")
    made: list[Resources] = []
    try:
        path.write_text(
            re.sub(r"(  board approval:) (.*)", r"\1\n    date: \2\n    note: edited", text), encoding="utf-8"
        )
        spent = _timed(lambda: made.append(_updated(resources, look_at_public(Path(folder), look), reading)))
    finally:
        path.write_text(text, encoding="utf-8")
    again = {address for address in watched if made[0].find(f"/{address}.ics", Choice()) is not before[address]}
    assert again == _feeds_with(plan), "only what the edit touches is rendered again, and all of that"
    return spent


def trust_edit(folder: str) -> float:
    """Another short name of one trust, from its file to resources that show it."""
    name = f"trusts/{load(Path(folder)).trusts[-1].id}.yaml"
    return _edit(folder, name, "short name: ", "short name: New ")


def site_edit(folder: str) -> float:
    """Another title of the site, from its file to resources that show it."""
    return _edit(folder, "site.yaml", "title: ", "title: New ")


def _edit(folder: str, name: str, old: str, new: str) -> float:
    """An edit of one file, after which everything is as if it had been read anew."""
    look = look_at_public(Path(folder))
    reading = read(look.files)
    assert reading.catalog
    resources = Resources(reading.catalog)
    path = Path(folder) / name
    text = path.read_text(encoding="utf-8")
    made: list[Resources] = []
    try:
        path.write_text(text.replace(old, new), encoding="utf-8")
        spent = _timed(lambda: made.append(_updated(resources, look_at_public(Path(folder), look), reading)))
        assert made[0].catalog == load(Path(folder)) != reading.catalog
    finally:
        path.write_text(text, encoding="utf-8")
    return spent


def _updated(resources: Resources, look: Look, before: Reading) -> Resources:
    after = read(look.files, before).catalog
    assert after is not None
    return resources.updated(after)


def _feeds_with(plan: Plan) -> set[str]:
    reorganizations = plan.reorganizations
    portfolios = [each for both in reorganizations for each in (both.target, both.acquiring)]
    inside = [portfolio for portfolio in portfolios if isinstance(portfolio, Portfolio)]
    return {"all", plan.address, *(each.address for each in inside), *(each.trust.address for each in inside)}


def rebuilt_feeds(folder: str, step: str) -> float:
    """Every feed rebuilt by icalendar, reckoned from each `step`-th.

    The sample begins in the middle of the first stride: trusts, portfolios and plans are in it by their share, and
    `all`, the one very large feed, is not, which is to the peer's good. So is that it is told which events a feed has,
    and makes only their texts: the index of all feeds is there before the clock starts.
    """
    stride = int(step)
    feeds = Feeds(load(Path(folder)))
    sample = feeds.addresses[stride // 2 :: stride]
    spent = _timed(lambda: [peers.by_icalendar(feeds.feed(address)) for address in sample], collected=False)
    return spent * len(feeds.addresses) / len(sample)


def _render(resources: Resources) -> Resources:
    everything = Choice()
    for address in resources.feeds.addresses:
        assert resources.find(f"/{address}.ics", everything)
    return resources


def _timed(work: Callable[[], object], *, frozen: bool = True, collected: bool = True) -> float:
    # What was there before is no part of the work, and Python's collector need not look through it again and again.
    gc.collect()
    if frozen:  # as no command does before it reads: calfeed then leaves the collector out itself
        gc.freeze()
    if not collected:  # as no process that renders a site does
        gc.disable()
    start = time.process_time()
    made = work()  # kept until the clock is read: throwing it away is not part of the work
    spent = time.process_time() - start
    del made
    return spent


TASKS: dict[str, Callable[..., float]] = {
    task.__name__: task
    for task in (
        calfeed_load,
        yaml_load,
        one_calendar,
        all_feeds,
        first_feed,
        one_edit,
        trust_edit,
        site_edit,
        rebuilt_feeds,
    )
}

if __name__ == "__main__":
    print(TASKS[sys.argv[1]](*sys.argv[2:]))
