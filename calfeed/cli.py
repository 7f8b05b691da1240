"""The command line: the only place that prints, exits, or knows of the world outside the data."""

import json
import secrets
import sys
from collections.abc import Callable, Collection, Iterator
from importlib.metadata import version as installed_version
from importlib.resources import files
from io import TextIOWrapper
from pathlib import Path

import click

from calfeed.feeds.feeds import Feeds
from calfeed.model.catalog import Catalog
from calfeed.reading.documents import DOCUMENTS, json_schema
from calfeed.reading.folder import PLANS_FOLDER, TRUSTS_FOLDER, load
from calfeed.reading.problems import InvalidData, Problem
from calfeed.reading.readers import EVERYTHING, READERS_FILE, TOKEN_BYTES, TOKEN_PREFIX, digest_of_token
from calfeed.reading.suggestions import did_you_mean
from calfeed.serving import observing, server, snapshot
from calfeed.serving import publishing as publish
from calfeed.serving.confidential import part_seen, with_marks
from calfeed.serving.live import Live, State
from calfeed.serving.metrics import Metrics
from calfeed.serving.observing import STDERR, tell
from calfeed.serving.resources import schema_bytes

SHOWN_FEEDS = 20

_data_argument = click.argument(
    "data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="data",
    metavar="[DATA]",
)
_data_option = click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default="data",
    show_default=True,
    metavar="FOLDER",
    help="The folder that holds site.yaml, trusts/ and plans/.",
)


def _within(low: int, high: int) -> Callable[[click.Context, click.Parameter, int], int]:
    """A check of a number, in place of click's own, whose help shows a formula."""

    def check_range(_context: click.Context, _parameter: click.Parameter, value: int) -> int:
        if not low <= value <= high:
            raise click.BadParameter(f"{value} is not a number from {low} to {high}.")
        return value

    return check_range


def _place(_context: click.Context, _parameter: click.Parameter, value: str | None) -> tuple[str, int] | None:
    """The host and the port of a place to listen on."""
    if value is None:
        return None
    host, _, port = value.rpartition(":")
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise click.BadParameter(f"{value} is not a port or a host and a port, such as 9464 or 0.0.0.0:9464.")
    return host.strip("[]") or "127.0.0.1", int(port)


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(installed_version("calfeed"), prog_name="calfeed", message="%(prog)s %(version)s")
def main() -> None:
    """Turn the milestones of fund reorganizations, written in YAML, into calendar feeds.

    DATA is the folder that holds site.yaml, trusts/ and plans/. Where you leave it out, it is the folder "data".
    """
    for stream in (sys.stdout, sys.stderr):
        # A console or file of an old encoding shows what it lacks as an escape, in place of a failure.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


@main.command()
@click.argument("data", type=click.Path(file_okay=False, path_type=Path), default="data", metavar="[DATA]")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on; 0.0.0.0 for all.")
@click.option(
    "--port",
    default=8000,
    show_default=True,
    metavar="NUMBER",
    callback=_within(0, 65535),
    help="The port to listen on; 0 for any that is free.",
)
@click.option(
    "--workers",
    default=2,
    show_default=True,
    metavar="NUMBER",
    callback=_within(1, 256),
    help="How many processes answer; one for each processor is a good number.",
)
@click.option("--no-watch", is_flag=True, help="Serve the data as it is now, whatever happens to the files.")
@click.option(
    "--last-good",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Keep the last good data in FILE, and start with it where DATA has problems.",
)
@click.option("--access-log", is_flag=True, help="Print a line for each request, as JSON.")
@click.option(
    "--metrics",
    "metrics_at",
    metavar="[HOST:]PORT",
    callback=_place,
    help="Answer Prometheus there, at 127.0.0.1 where HOST is left out.",
)
def serve(
    data: Path,
    host: str,
    port: int,
    workers: int,
    no_watch: bool,
    last_good: Path | None,
    access_log: bool,
    metrics_at: tuple[str, int] | None,
) -> None:
    """Serve the feeds of the folder DATA to calendars and browsers, until you press Ctrl+C.

    Edits are served as soon as the files are saved. Data with problems is not served: they are all shown instead, and
    what was served before stays served.
    """
    if not (data.exists() or last_good):
        raise click.BadParameter(f"Directory '{data}' does not exist.", param_hint="'[DATA]'")
    address, free_port = _free_address(host, port, "--host and --port name")
    if metrics_at and metrics_at[1] == free_port:
        raise click.UsageError("--port and --metrics need two different ports.")
    live = _live(data, last_good)
    metrics = _metrics(metrics_at, live.state) if metrics_at else None
    observers = [*([observing.log] if access_log else []), *([metrics.observer()] if metrics else [])]
    feeds = Feeds(part_seen(live.state.catalog, also_hidden=live.state.hidden))
    at_here = _url(address, free_port)

    def announce() -> None:
        click.echo(f"Serving {_count(len(feeds.addresses), 'feed')} at {at_here}", err=True)
        for at in feeds.addresses[:SHOWN_FEEDS]:
            click.echo(f"  {at_here}{at}.ics  {feeds.name(at)}", err=True)
        if (more := len(feeds.addresses) - SHOWN_FEEDS) > 0:
            click.echo(f"  and {more:,} more: {at_here} lists them all", err=True)
        if metrics:
            click.echo(f"Metrics at {_url(metrics.address, metrics.port)}metrics", err=True)

    def changed(state: State) -> None:
        if metrics:
            metrics.changed(state)
        _keep(state, last_good)
        if state.problems:
            held_back = f" Held back until then: {', '.join(sorted(state.hidden))}." if state.hidden else ""
            tell(
                f"{_text(state.problems)}\n{_count(len(state.problems), 'problem')} in {data}: "
                f"what was served before stays served.{held_back}",
                STDERR,
            )
        else:
            tell(f"Serving {data} as it is now.", STDERR)

    try:
        server.serve(live, address, free_port, workers, announce, None if no_watch else changed, observers)
    except server.WorkersFailedError as error:
        raise click.ClickException(str(error)) from None
    tell("Stopped.", STDERR)


def _free_address(host: str, port: int, options: str) -> tuple[str, int]:
    try:
        return server.free_address(host, port)
    except OSError as error:
        reason = error.strerror or str(error)
        raise click.ClickException(f"cannot listen on {host}, port {port}: {reason}; {options} another place") from None


def _metrics(at: tuple[str, int], state: State) -> Metrics:
    with server.signals_kept_back():
        return Metrics(*_free_address(*at, "--metrics names"), state)


def _url(address: str, port: int) -> str:
    reached = server.reachable_at(address)
    return f"http://[{reached}]:{port}/" if ":" in reached else f"http://{reached}:{port}/"


def _live(data: Path, last_good: Path | None) -> Live:
    """The data folder to serve or, where it has problems, the data that was good last."""
    kept, lost = None, ""
    if last_good:
        if not last_good.parent.is_dir():
            raise click.ClickException(f"the folder {last_good.parent} for the last good data does not exist: make it")
        if last_good.resolve().is_relative_to(data.resolve()) or snapshot.is_another_file(last_good):
            raise click.ClickException(f"{last_good} is not calfeed's to replace: name a new file, outside {data}")
        try:
            kept = snapshot.restore(last_good)
        except snapshot.SnapshotError as error:
            lost = f", since {error}"
    try:
        live = Live(data, kept)
    except InvalidData as error:
        click.echo(_text(error.problems), err=True)
        told = f"{_count(len(error.problems), 'problem')} in {data}"
        raise click.ClickException(f"{told}: mend them first{lost}") from None
    if problems := live.state.problems:
        told = f"{_count(len(problems), 'problem')} in {data}"
        click.echo(f"{_text(problems)}\n{told}: serving the last good data, from {last_good}.", err=True)
    _keep(live.state, last_good)
    return live


def _keep(state: State, last_good: Path | None) -> None:
    if last_good is None:
        return
    try:
        # What is confidential must stay so if the server starts again before the problems are mended.
        snapshot.save(with_marks(state.catalog, state.hidden), last_good)
    except OSError as error:
        tell(f"{last_good} cannot be written: {error.strerror or error}; it keeps what it had.", STDERR)


@main.command()
@_data_argument
@click.option(
    "--format",
    "output",
    type=click.Choice(["text", "json", "github"]),
    default="text",
    show_default=True,
    help="How to show problems: a line each, as JSON, or as annotations of GitHub Actions.",
)
def check(data: Path, output: str) -> None:
    """Check the folder DATA and show every problem, with its file, line and column.

    Exits with 0 where all is well, 1 where there are problems, and 2 where the command itself was not understood.
    """
    try:
        catalog = part_seen(load(data))  # what this says of good data may stand in a log that anybody can read
    except InvalidData as error:
        click.echo(_FORMATS[output](error.problems))
        click.echo(f"{_count(len(error.problems), 'problem')}.", err=True)
        sys.exit(1)
    if output == "json":
        click.echo("[]")
    events = Feeds(catalog).size("all")
    click.echo(
        f"No problems: {_count(len(catalog.trusts), 'trust')}, {_count(len(catalog.portfolios), 'portfolio')}, "
        f"{_count(len(catalog.plans), 'plan')}, {_count(events, 'event')}.",
        err=True,
    )


@main.command()
@click.argument("out", metavar="OUT")
@_data_option
def build(out: str, data: Path) -> None:
    """Write the whole site as files that any web server can serve, the same that "serve" answers.

    OUT is a folder, or a place in an object store: s3://BUCKET/PATH, gs://BUCKET/PATH or az://CONTAINER/PATH. Only what
    has changed is written, and only what an earlier build wrote is deleted. A build that was cut short can be repeated.
    """
    try:
        built = publish.build(out, data, part_seen(_loaded(data)), _with_progress)
    except publish.BuildError as error:
        raise click.ClickException(str(error)) from None
    click.echo(
        f"Built {_count(built.written + built.unchanged, 'file')} in {out}: {built.written:,} written, "
        f"{built.deleted:,} deleted, {built.unchanged:,} unchanged.",
        err=True,
    )


@main.command("list")
@_data_argument
def list_feeds(data: Path) -> None:
    """List the feeds of the folder DATA: number of events, address and name of each."""
    catalog = part_seen(_loaded(data))
    feeds = Feeds(catalog)
    for address in feeds.addresses:
        click.echo(f"{feeds.size(address):>5}  {catalog.site.url}/{address}.ics  {feeds.name(address)}")


@main.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def init(folder: Path) -> None:
    """Make a data folder to start from, DIR, with an example that explains itself."""
    starter = files("calfeed").joinpath("starter")
    try:
        if folder.exists() and any(folder.iterdir()):
            raise click.ClickException(f"{folder} is not empty: name a new folder")
        for name in ("site.yaml", "trusts/example-trust.yaml", "plans/example-plan.yaml"):
            _write(folder / name, starter.joinpath(name).read_bytes())
        for name in DOCUMENTS:
            _write(folder / "schema" / f"{name}.json", schema_bytes(name))
    except OSError as error:
        raise click.ClickException(f"cannot make {folder}: {error.strerror or error}") from None
    click.echo(f"Made {folder}. Edit the files in it, then run: calfeed check {folder}", err=True)


@main.command()
@click.argument("reader", metavar="READER")
@click.option(
    "--sees",
    multiple=True,
    required=True,
    metavar="WHAT",
    help=f"What the reader may see: plans/PLAN, trusts/TRUST (more than once if need be) or {EVERYTHING}.",
)
@_data_option
def token(reader: str, sees: tuple[str, ...], data: Path) -> None:
    """Make a secret address for READER, who may see what is confidential.

    The address is shown once and kept nowhere. What goes into readers.yaml does not give it away.
    """
    files = [path for kind in (PLANS_FOLDER, TRUSTS_FOLDER) for path in sorted(data.glob(f"{kind}/*.yaml"))]
    known = [*(path.relative_to(data).with_suffix("").as_posix() for path in files), EVERYTHING]
    for address in sees:
        if address not in known:
            hint = did_you_mean(address, known) or f": write plans/PLAN, trusts/TRUST or {EVERYTHING}"
            raise click.ClickException(f'there is no "{address}" in {data}{hint}')
    secret = TOKEN_PREFIX + secrets.token_urlsafe(TOKEN_BYTES)
    try:
        url = load(data).site.url
    except InvalidData:
        url = ""  # the address is the secret all the same
    click.echo(f"{url}/private/{secret}/")
    if not url:
        click.echo("Put the address of your server before it.", err=True)
    click.echo(
        f'This address is shown once: give it to {reader} alone. In {data / READERS_FILE}, under "readers:"', err=True
    )
    click.echo(
        f"  {json.dumps(reader, ensure_ascii=False)}:\n    token: {digest_of_token(secret)}\n    sees:\n"
        + "\n".join(f"      - {address}" for address in sees)
    )


@main.command()
@click.argument("name", required=False, type=click.Choice(list(DOCUMENTS)))
def schema(name: str | None) -> None:
    """Print the JSON Schema of site, trust, plan or readers files, for editors; without NAME, all of them."""
    if name:
        click.echo(schema_bytes(name), nl=False)
    else:
        click.echo(json.dumps({each: json_schema(each) for each in DOCUMENTS}, indent=1))


def _loaded(data: Path) -> Catalog:
    """The catalog of a data folder; shows its problems and ends where it has any."""
    try:
        return load(data)
    except InvalidData as error:
        click.echo(_text(error.problems), err=True)
        raise click.ClickException(f"{_count(len(error.problems), 'problem')} in {data}: mend them first") from None


def _with_progress(label: str, items: Collection[str]) -> Iterator[str]:
    """The items, with a bar that shows how far they have got where somebody sees it."""
    if not sys.stderr.isatty():
        yield from items
        return
    with click.progressbar(items, label=label, file=sys.stderr) as bar:
        yield from bar


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _text(problems: tuple[Problem, ...]) -> str:
    return "\n".join(map(str, problems))


def _json(problems: tuple[Problem, ...]) -> str:
    return json.dumps(
        [
            {
                "file": problem.location.file,
                "line": problem.location.line,
                "column": problem.location.column,
                "message": problem.message,
            }
            for problem in problems
        ],
        indent=1,
        ensure_ascii=False,
    )


def _github(problems: tuple[Problem, ...]) -> str:
    """Workflow commands of GitHub Actions, which show a problem beside the line that it is about."""
    return "\n".join(
        f"::error file={_escaped(problem.location.file, ':,')},line={problem.location.line},"
        f"col={problem.location.column}::{_escaped(problem.message)}"
        for problem in problems
    )


def _escaped(text: str, also: str = "") -> str:
    for character in f"%\r\n{also}":
        text = text.replace(character, f"%{ord(character):02X}")
    return text


_FORMATS = {"text": _text, "json": _json, "github": _github}
