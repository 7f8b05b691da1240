"""A data folder with a public and a confidential part, its readers, and requests whose whole answer is compared."""

import re
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from hashlib import sha256
from http.client import HTTPConnection
from textwrap import dedent

from tests.support import PATIENCE_SECONDS, RunningServer, wait_until

SITE = """\
    title: Example calendars
    domain: calendars.example.com
    url: https://calendars.example.com
    """
EXAMPLE_TRUST = """\
    name: Example Trust
    short name: EXT
    portfolios:
      alpha: Alpha Portfolio
      beta:
        name: Beta Portfolio
        other names: [Former Beta Portfolio]
    """
OTHER_TRUST = """\
    name: Other Trust
    short name: OTH
    portfolios:
      alpha: Alpha Portfolio
      gamma: Gamma Portfolio
    """


def plan(target: str, acquiring: str, *, kind: str = "closing", url: str = "") -> str:
    """A plan of one reorganization, `trust/portfolio` each."""
    first, second = target.split("/"), acquiring.split("/")
    return f"""\
sources:
  supplement: {{title: Supplement, dated: "November 12, 2030"{f", url: {url}" if url else ""}}}
reorganizations:
  - target: {{portfolio: {first[1]}, trust: {first[0]}}}
    acquiring: {{portfolio: {second[1]}, trust: {second[0]}}}
milestones:
  record date: December 2, 2030
  {kind}:
    date: on or about April 28, 2031
    subject to: shareholder approval
"""


OPEN = {
    "site.yaml": SITE,
    "trusts/example-trust.yaml": EXAMPLE_TRUST,
    "trusts/other-trust.yaml": OTHER_TRUST,
    "plans/open.yaml": plan("example-trust/alpha", "example-trust/beta"),
    "plans/deal.yaml": plan("example-trust/beta", "other-trust/alpha"),
}
"""The public part."""

# Every name and id of what is confidential has the word "umbra" in it, and the kind "conversion" stands nowhere else.
CONFIDENTIAL = {
    "confidential/trusts/example-trust.yaml": """\
        portfolios:
          umbra-shell:
            name: Umbra Shell Portfolio
            other names: [Umbra Sibling Portfolio]
        """,
    "confidential/trusts/umbra-whisper-trust.yaml": """\
        name: Umbra Whisper Trust
        short name: UWT
        other names: [Umbra Whispering Trust]
        portfolios:
          umbra-whisper: Umbra Whisper Portfolio
        """,
    "confidential/plans/umbra-merger.yaml": "title: Umbra merger\n"
    + plan("example-trust/beta", "other-trust/gamma", kind="conversion"),
    "confidential/plans/umbra-shell-deal.yaml": "title: Umbra shell deal\n"
    + plan("example-trust/alpha", "example-trust/umbra-shell"),
    "confidential/plans/umbra-whisper-deal.yaml": plan("other-trust/gamma", "umbra-whisper-trust/umbra-whisper"),
}
UMBRA = (
    "plans/umbra-merger",
    "plans/umbra-shell-deal",
    "plans/umbra-whisper-deal",
    "trusts/example-trust/umbra-shell",
    "trusts/umbra-whisper-trust",
    "trusts/umbra-whisper-trust/umbra-whisper",
)
ALIASES = ("trusts/example-trust/umbra-sibling", "trusts/umbra-whispering-trust")
SEES = {
    "Plan desk": ["plans/umbra-merger"],
    "Trust desk": ["trusts/example-trust"],
    "Other desk": ["trusts/other-trust", "plans/umbra-shell-deal"],
    "Board": ["everything"],
    "Counsel": ["everything"],
    "Auditor": ["plans/open"],
}
SEEN = {
    "Plan desk": {"plans/umbra-merger"},
    "Trust desk": {"plans/umbra-merger", "plans/umbra-shell-deal", "trusts/example-trust/umbra-shell"},
    "Other desk": set(UMBRA),
    "Board": set(UMBRA),
    "Counsel": set(UMBRA),
    "Auditor": set[str](),
}
"""Whom which confidential feeds are for. Who may see a plan sees the portfolios that it names, and their trust."""

TOKENS = {name: f"calfeed_{sha256(name.encode()).hexdigest()[:43]}" for name in SEES}
DIGESTS = {name: sha256(token.encode()).hexdigest() for name, token in TOKENS.items()}


def readers(*names: str) -> str:
    """The file readers.yaml for some of the readers."""
    entries = [
        f"  {name}:\n    token: {DIGESTS[name]}\n    sees: [{', '.join(map(repr, SEES[name]))}]" for name in names
    ]
    return "\n".join(["readers:", *entries, ""])


READERS = {"confidential/readers.yaml": readers(*SEES)}
WHOLE = OPEN | CONFIDENTIAL | READERS
BROKEN = 'sources: {"\n'


def octets(documents: dict[str, str]) -> dict[str, bytes]:
    """Documents as the octets of their files."""
    return {name: dedent(text).encode() for name, text in documents.items()}


def under(name: str, path: str = "/") -> str:
    """A path in a reader's tree."""
    return f"/private/{TOKENS[name]}{path}"


@dataclass(frozen=True)
class Answer:
    """All of an answer but its day and time."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes

    def header(self, name: str) -> str:
        """The value of a header, empty without it."""
        return next((value for header, value in self.headers if header.lower() == name.lower()), "")


def ask(server: RunningServer, path: str, method: str = "GET", headers: dict[str, str] | None = None) -> Answer:
    """The answer to a request whose path is sent as it is given, over a connection of its own."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)) as connection:
        return _ask(connection, path, method, headers or {})


def ask_all(server: RunningServer, paths: Iterable[str]) -> dict[str, Answer]:
    """The answers at many paths, over one connection."""
    with closing(HTTPConnection("127.0.0.1", server.port, timeout=PATIENCE_SECONDS)) as connection:
        return {path: _ask(connection, path, "GET", {}) for path in paths}


def _ask(connection: HTTPConnection, path: str, method: str, headers: dict[str, str]) -> Answer:
    connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
    for name, value in ({"Host": "calendars.example.com"} | headers).items():
        connection.putheader(name, value)
    connection.endheaders()
    response = connection.getresponse()
    told = dict(response.getheaders())
    told.pop("date")
    if "allow" in told:
        told["allow"] = ", ".join(sorted(told["allow"].split(", ")))  # in no order of its own
    return Answer(response.status, tuple(sorted(told.items())), response.read())


def statuses(server: RunningServer, *paths: str) -> list[int]:
    """The status at each path."""
    return [ask(server, path).status for path in paths]


def until(holds: Callable[[], bool]) -> None:
    """Wait until something holds; fails where it never does."""
    wait_until(holds, "what is waited for")


def problems_told(server: RunningServer) -> int:
    """How many problems the server says that the public files have."""
    found = re.search(rb'"problems":(\d+)', ask(server, "/health").body)
    assert found is not None
    return int(found[1])
