"""`calfeed serve`: the feeds of a data folder, to calendars and browsers."""

from functools import partial
from pathlib import Path

import click

from calfeed.cli.diff import changes_in_words
from calfeed.cli.options import no_folder, place, within
from calfeed.cli.output import Refusal, count, counted, mend_first, say, say_found, say_placeholder, text_of
from calfeed.feeds.differences import Difference, differences
from calfeed.feeds.feeds import Feeds
from calfeed.model.catalog import Site
from calfeed.publishing.published import differing
from calfeed.reading.files import CONFIDENTIAL, octets_of
from calfeed.reading.overlay import found_in_overlay, with_advice
from calfeed.reading.problems import InvalidData, Problem, problems_in
from calfeed.serving import access_log, server, snapshot, streams
from calfeed.serving.confidential import State
from calfeed.serving.live import Live
from calfeed.serving.metrics import Metrics
from calfeed.serving.signals import signals_kept_back
from calfeed.serving.snapshot import LastGood
from calfeed.serving.workers import WorkersFailedError

SHOWN_FEEDS = 20
MOST_CHANGES = 200
"""How many changes of one edit the log tells."""


@click.command()
@click.argument("data", type=click.Path(file_okay=False, path_type=Path), default="data", metavar="[DATA]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    metavar="NUMBER",
    callback=within(0, 65535),
    help="The port to listen on; 0 for any that is free.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    metavar="NUMBER",
    callback=within(1, 256),
    help="How many processes answer; one for each processor is a good number.",
)
@click.option("--no-watch", is_flag=True, help="Serve the data as it is now, whatever happens to the files.")
@click.option(
    "--last-good",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the last good data in FILE, and start with it where DATA has problems.",
)
@click.option("--access-log", "log_requests", is_flag=True, help="Print a line for each request, as JSON.")
@click.option(
    "--metrics",
    "metrics_at",
    metavar="[HOST:]PORT",
    callback=place,
    help="Answer Prometheus there, at 127.0.0.1 where HOST is left out.",
)
def serve(
    data: Path,
    host: str,
    port: int,
    workers: int,
    no_watch: bool,
    last_good: Path | None,
    log_requests: bool,
    metrics_at: tuple[str, int] | None,
) -> None:
    """Serve the feeds of the folder DATA to calendars and browsers, until you press Ctrl+C.

    Edits are served as soon as the files are saved. If the data has problems, all of them are shown, and the last good
    data stays served.
    """
    streams.never_wait()
    if not (data.exists() or last_good):
        raise click.BadParameter(no_folder(data), param_hint="'[DATA]'")
    address, free_port = _place(host, port, metrics_at)
    live = _live(data, last_good)
    warn_of_placeholder(live.state.catalog.site, data, address)
    metrics = _metrics(metrics_at, live.state) if metrics_at else None
    observers = [*([access_log.log] if log_requests else []), *([metrics.observer()] if metrics else [])]
    log = _Log(data, live.state)
    announce = partial(_announce, Feeds(live.state.catalog), _url(address, free_port), metrics)

    def changed(state: State) -> None:
        if metrics:
            metrics.changed(state)
        _keep(state, last_good)
        log.changed(state)

    try:
        follow = None if no_watch else partial(live.follow, changed, log.at_rest)
        server.serve(live, address, free_port, workers, announce, follow, observers)
    except WorkersFailedError as error:
        raise Refusal(str(error)) from None
    say("Stopped.")


def _announce(feeds: Feeds, at_here: str, metrics: Metrics | None) -> None:
    """Say that the server answers, and at which addresses."""
    say(f"Serving {count(len(feeds.addresses), 'feed')} at {at_here}")
    for at in feeds.addresses[:SHOWN_FEEDS]:
        click.echo(f"  {at_here}{at}.ics  {feeds.name(at)}", err=True)
    if (more := len(feeds.addresses) - SHOWN_FEEDS) > 0:
        say(f"  and {more:,} more: {at_here} lists them all")
    if metrics:
        say(f"Metrics at {_url(metrics.address, metrics.port)}metrics")


def warn_of_placeholder(site: Site, data: Path, address: str) -> None:
    """Warn once of a domain for examples where others can subscribe. Where the site has a `url`, the log has it too."""
    if not (site.url or server.is_this_machine_alone(address)):
        say_placeholder(site, data)


def _place(host: str, port: int, metrics_at: tuple[str, int] | None) -> tuple[str, int]:
    """The address and the port to listen on."""
    address, free_port = _free_address(host, port, "--host or --port")
    if metrics_at and metrics_at[1] == free_port:
        raise click.UsageError("--port and --metrics need two different ports.")
    if server.needs_a_proxy(address):
        say("On this system nothing disconnects clients that read no answers: put a proxy such as nginx in front.")
    return address, free_port


def _free_address(host: str, port: int, options: str) -> tuple[str, int]:
    try:
        return server.free_address(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise Refusal(f"cannot listen on {host}, port {port}: {reason}; choose another with {options}") from None


def _metrics(at: tuple[str, int], state: State) -> Metrics:
    with signals_kept_back():
        return Metrics(*_free_address(*at, "--metrics"), state)


def _url(address: str, port: int) -> str:
    reached = server.reachable_at(address)
    return f"http://[{reached}]:{port}/" if ":" in reached else f"http://{reached}:{port}/"


def _live(data: Path, last_good: Path | None) -> Live:
    """The data folder to serve or, if it has problems, the last good data."""
    kept, lost = None, ""
    if last_good:
        if not last_good.parent.is_dir():
            raise Refusal(f"the folder {last_good.parent} for the last good data does not exist: make it")
        if last_good.resolve().is_relative_to(data.resolve()) or snapshot.is_another_file(last_good):
            raise Refusal(f"{last_good} is not calfeed's to replace: name a new file, outside {data}")
        try:
            kept = snapshot.restore(last_good)
        except snapshot.SnapshotError as error:
            lost = str(error)
    try:
        live = Live(data, kept)
    except InvalidData as error:
        click.echo(text_of(error.problems), err=True)
        raise Refusal(f"{mend_first(error.problems, data)}{f', since {lost}' if lost else ''}") from None
    if lost and last_good and last_good.exists():
        say(f"{lost}. The data as it is now replaces it.")
    if problems := live.state.problems:
        told = f"{counted(problems)} in {data}"
        say_found(problems, f"{told}: serving the last good data, from {last_good}.")
    _keep(live.state, last_good)
    return live


def _keep(state: State, last_good: Path | None) -> None:
    if last_good is None:
        return
    kept = LastGood(public=octets_of(state.good.files), confidential=state.overlay.good, withheld=state.withheld)
    try:
        snapshot.save(kept, last_good)
    except OSError as error:
        say(f"{last_good} cannot be written: {error.strerror or error}; it keeps what it had.")


class _Log:
    """What the operator is told of changes in a data folder, each once."""

    def __init__(self, data: Path, state: State) -> None:
        self._data = data
        self._state = state
        self._told = state.catalog
        self._found: tuple[Problem, ...] = ()
        self._warnings: tuple[Problem, ...] = ()
        self._tell_what_is_found(state)

    def changed(self, state: State) -> None:
        """Tell how a state differs from the one before."""
        before, self._state = self._state, state
        for address in sorted(before.catalog.addresses - state.catalog.addresses):
            say(f"Withdrawn from the public: {address}.")
        if state.problems and state.problems != before.problems:
            advice = dict(zip(state.reading.found, with_advice(state.reading, state.overlay, self._data), strict=True))
            problems = tuple(advice.get(problem, problem) for problem in state.problems)
            told = f"{counted(problems)} in {self._data}"
            say_found(problems, f"{told}: what was served before stays served.")
        if not state.problems and (before.problems or state.good is not before.good):
            say(f"Serving {self._data} as it is now.")
        if state.overlay is not before.overlay or state.readers != before.readers:
            files, known = state.overlay.files, before.overlay.files
            changes = sum(files.get(name) != known.get(name) for name in files.keys() | known.keys())
            if changes:
                say(f"{count(changes, 'change')} in {self._data / CONFIDENTIAL}.")

    def at_rest(self, state: State) -> None:
        """Tell what is found in the files and, as `diff` does, what subscribers see change.

        This is for a state after which no other is to come: a file that moves is gone, or there twice, at first.
        """
        self._tell_what_is_found(state)
        before, self._told = self._told, state.catalog
        if self._told is before:
            return
        found = differences(*differing(before, self._told))
        if not found:
            return
        warnings = sum(len(each.warnings) for each in found)
        lines = [f"Subscribers see {count(len(found), 'change')}, {count(warnings, 'warning')}:"]
        lines.append(changes_in_words(_most_important(found)))
        if len(found) > MOST_CHANGES:
            lines.append(f"and {count(len(found) - MOST_CHANGES, 'more change')}")
        click.echo("\n".join(lines), err=True)

    def _tell_what_is_found(self, state: State) -> None:
        if (warnings := state.reading.warnings) != self._warnings:
            self._warnings = warnings
            if warnings:
                say_found(warnings, f"{counted(warnings)} in {self._data}.")
        found = found_in_overlay(state.reading, state.overlay, self._data)
        if found != self._found:
            self._found = found
            if found:
                click.echo(text_of(found), err=True)
            if problems := problems_in(found):
                say(f"{counted(problems)} in {self._data / CONFIDENTIAL}: readers see what was good last.")


def _most_important(found: list[Difference]) -> list[Difference]:
    """The changes that there is room to tell: those with warnings, then others, in their order."""
    kept = sorted(range(len(found)), key=lambda place: not found[place].warnings)[:MOST_CHANGES]
    return [found[place] for place in sorted(kept)]
