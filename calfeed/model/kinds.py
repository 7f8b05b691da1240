"""The vocabulary of milestone kinds: one table, in the order in which the milestones usually happen.

Terms and spacing come from prospectus supplements, N-14 registration statements and proxy statements. `code` is the
nearest ISO 15022 or ISO 20022 corporate action code, where the field has one; `rule` is the form or rule of the SEC
under which the milestone comes about.
"""

from dataclasses import dataclass
from enum import StrEnum


class Whose(StrEnum):
    """Who acts in a milestone. Feeds say whose board or holders these are, since two funds share the event."""

    BOARD = "board"
    SHAREHOLDERS = "shareholders"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind of milestone: `name` as written in YAML, `label` as shown in a SUMMARY.

    A label has at most 18 characters, so that a month view has room for some letters of the fund behind it.
    """

    name: str
    label: str
    definition: str
    code: str = ""
    rule: str = ""
    whose: Whose | None = None
    completes: bool = False
    """Whether the reorganization is complete after it. `completed` confirms the milestones of these kinds."""
    begins: bool = False
    """Whether something begins with it. "until" and "through" are then refused: they name an end."""
    ends: bool = False
    """Whether something ends with it. "until" and "through" then name the last day; a clock time is the last moment."""
    needs_of: bool = False
    """Whether an author must write `of`. The title of such a milestone always says whose it is."""
    approves: bool = False
    """Whether the shareholders have approved after it."""

    @property
    def slug(self) -> str:
        """The name as it stands in addresses: `?kind=record-date`."""
        return self.name.replace(" ", "-")


def _kind(
    name: str,
    definition: str,
    *,
    label: str = "",
    code: str = "",
    rule: str = "",
    whose: Whose | None = None,
    completes: bool = False,
    begins: bool = False,
    ends: bool = False,
    needs_of: bool = False,
    approves: bool = False,
) -> Kind:
    return Kind(
        name=name,
        label=label or name[0].upper() + name[1:],
        definition=definition,
        code=code,
        rule=rule,
        whose=whose,
        completes=completes,
        begins=begins,
        ends=ends,
        needs_of=needs_of,
        approves=approves,
    )


# "After the close of business on" leaves the day itself out, "effective" does not.
_DAY_ITSELF = "the source's words say whether the day itself counts."
_BOARD, _HOLDERS = Whose.BOARD, Whose.SHAREHOLDERS
KINDS: tuple[Kind, ...] = (
    _kind("board approval", "The board approves the reorganization.", whose=_BOARD),
    _kind(
        "agreement signed",
        "The agreement on the reorganization is signed.",
        rule="Form N-14, exhibit",
    ),
    _kind(
        "announcement",
        "The reorganization is made public.",
        code="ANOU",
        rule="Rule 497(e), Form 497; Rule 425",
    ),
    _kind(
        "n-14 filing",
        "The registration statement for the acquirer's shares is filed with the SEC.",
        label="N-14 filing",
        rule="Form N-14",
    ),
    _kind(
        "n-14 effectiveness",
        "The registration statement for the acquirer's shares takes effect.",
        label="N-14 effectiveness",
        rule="Rule 488",
    ),
    _kind(
        "n-14 withdrawal",
        "The registration statement for the acquirer's shares is withdrawn.",
        label="N-14 withdrawal",
        rule="Rule 477, Form RW",
    ),
    _kind(
        "sec order",
        "The SEC gives notice of, or grants, an order that the transaction needs.",
        label="SEC order",
        rule="Investment Company Act, sections 17(b) and 26(c)",
    ),
    _kind(
        "regulatory approval",
        "A regulator or a court gives an approval that the transaction needs.",
        label="Regulator approval",
    ),
    _kind(
        "broker search",
        "Brokers and banks are asked for how many owners they hold shares.",
        rule="Rules 14a-13(a)(3) and 14c-7",
        whose=_HOLDERS,
    ),
    _kind(
        "record date",
        "Whoever holds shares on this day may vote.",
        code="RDTE",
        whose=_HOLDERS,
    ),
    _kind(
        "proxy mailing",
        "The notice of the meeting and what goes with it are sent to those who may vote.",
        rule="Form DEF 14A; Rule 497(b)",
        whose=_HOLDERS,
    ),
    _kind(
        "information statement mailing",
        "Holders are sent a statement about the reorganization, on which they do not vote.",
        label="Statement mailing",
        rule="Rule 14c-2, Form DEF 14C",
    ),
    _kind(
        "voting deadline",
        "Last day for proxies or voting instructions to arrive.",
        code="MKDT, RDDT",
        whose=_HOLDERS,
        ends=True,
    ),
    _kind(
        "special meeting",
        "The holders vote.",
        code="XMET, MEET",
        whose=_HOLDERS,
    ),
    _kind(
        "approval obtained",
        "The vote has been counted: the holders have approved.",
        code="APPD",
        whose=_HOLDERS,
        approves=True,
    ),
    _kind(
        "closed to new investors",
        f"Only those who already hold shares may buy more from then on; {_DAY_ITSELF}",
        label="New investor stop",
        begins=True,
    ),
    _kind(
        "closed to purchases",
        f"No purchases or transfers in are accepted from then on; {_DAY_ITSELF}",
        label="Purchase stop",
        begins=True,
    ),
    _kind(
        "sales charge waiver",
        f"Sales charges or distribution fees are waived or suspended from then on; {_DAY_ITSELF}",
        label="Charge waiver",
        begins=True,
    ),
    _kind(
        "last purchase",
        "Last day on which shares can be bought.",
        ends=True,
    ),
    _kind(
        "last exchange",
        "Last day on which shares can be exchanged for others, or others for them.",
        ends=True,
    ),
    _kind(
        "last redemption",
        "Last day on which shares can be redeemed.",
        ends=True,
    ),
    _kind(
        "check writing ends",
        "Last day of the check-writing service.",
        ends=True,
    ),
    _kind(
        "free transfers begin",
        f"Transfers are free of charge from then on; {_DAY_ITSELF}",
        label="Transfers free",
        begins=True,
    ),
    _kind(
        "free transfers end",
        "Last day on which transfers are free of charge.",
        ends=True,
    ),
    _kind(
        "instruction deadline",
        "Last day for instructions about what is invested in the target to arrive.",
        label="Instructions due",
        code="RDDT",
        ends=True,
    ),
    _kind(
        "dealing suspension begins",
        f"No orders to buy, sell or switch are carried out from then on; {_DAY_ITSELF}",
        label="Dealing suspended",
        begins=True,
    ),
    _kind(
        "dealing suspension ends",
        "Last day on which no orders to buy, sell or switch are carried out.",
        label="Suspension ends",
        ends=True,
    ),
    _kind(
        "creation orders end",
        "Last day on which orders for the creation of ETF shares are accepted.",
        label="Creations end",
        ends=True,
    ),
    _kind(
        "transition begins",
        f"The target may be repositioned and may depart from its objective from then on; {_DAY_ITSELF}",
        begins=True,
    ),
    _kind(
        "transition ends",
        "Last day on which the target may be repositioned.",
        ends=True,
    ),
    _kind("fractional redemption", "Fractions of shares are redeemed for cash.", label="Fractions redeemed"),
    _kind(
        "brokerage account deadline",
        "Last day to bring shares into an account that can hold what they become.",
        label="Account deadline",
        ends=True,
    ),
    _kind(
        "dividend record date",
        "Whoever holds shares on this day receives the distribution; this is not the record date of a vote.",
        label="Dividend record",
        code="RDTE",
    ),
    _kind("dividend ex-date", "From this day shares trade without the distribution.", code="XDTE"),
    _kind("dividend payment", "The distribution is paid.", code="PAYD"),
    _kind(
        "blackout begins",
        f"Participants of a retirement plan cannot direct or move their account from then on; {_DAY_ITSELF}",
        rule="ERISA blackout notice",
        begins=True,
    ),
    _kind(
        "blackout ends",
        "Last day on which participants of a retirement plan cannot direct or move their account.",
        rule="ERISA blackout notice",
        ends=True,
    ),
    _kind("valuation", "The net asset values that count for the transaction are determined.", code="VALU"),
    _kind(
        "closing",
        "The reorganization takes effect.",
        code="MRGR, EXOF, EFFD",
        completes=True,
    ),
    _kind(
        "liquidation",
        "The target ends: its holders are paid out.",
        code="LIQU, REDM",
        completes=True,
    ),
    _kind("proceeds payment", "What the holders receive is paid out.", code="PAYD"),
    _kind(
        "substitution",
        "The target is replaced under an insurer's contracts.",
        completes=True,
    ),
    _kind(
        "conversion",
        "The target changes its form, for example from a mutual fund into an ETF.",
        code="MRGR, EXOF",
        completes=True,
    ),
    _kind(
        "tender offer expiration",
        "Last day on which shares can be tendered.",
        label="Tender offer ends",
        code="TEND",
        ends=True,
    ),
    _kind(
        "last trading day",
        "Last day of trading on the exchange.",
        code="SUSP",
        ends=True,
    ),
    _kind(
        "first trading day",
        "First day of trading on the exchange.",
        code="ACTV",
        begins=True,
    ),
    _kind("delisting", "The shares are removed from the exchange.", code="DLST"),
    _kind(
        "order forwarding ends",
        "Last day on which orders for the target count as orders for the acquirer.",
        label="Forwarding ends",
        ends=True,
    ),
    _kind(
        "outside date",
        "Last day that the agreement allows for the closing; a party may then end the agreement.",
        ends=True,
    ),
    _kind("completion announcement", "The completion is made public.", label="Completion notice", code="CONF, COMP"),
    # "Name change: A → B" would read as if A were renamed to B, so these always say whose.
    _kind("name change", "A new name applies.", code="CHAN", needs_of=True),
    _kind("subadviser change", "A new subadviser takes over.", code="INFO, CHAN", needs_of=True),
    _kind("objective change", "A new investment objective or strategy applies.", code="INFO, CHAN", needs_of=True),
    _kind("benchmark change", "A new benchmark index applies.", code="INFO, CHAN", needs_of=True),
    _kind("identifier change", "A new identifier applies, such as a CUSIP, an ISIN or a ticker.", needs_of=True),
    _kind(
        "deregistration filing",
        "The registrant applies to the SEC to end its registration as an investment company.",
        label="N-8F filing",
        rule="Rule 8f-1, Form N-8F",
    ),
    _kind(
        "deregistration order",
        "The SEC ends the registrant's registration as an investment company.",
        label="Deregistration",
        rule="Rule 8f-1",
    ),
    _kind("other", "A milestone of another kind; its title says what it is."),
)
_BY_NAME = {kind.name: kind for kind in KINDS}
KIND_NAMES = tuple(_BY_NAME)
"""The names of all kinds, in the order of the table."""
_BY_SLUG = {kind.slug: kind for kind in KINDS}


def kind_named(name: str) -> Kind | None:
    """Return the kind with a name, as in YAML (`record date`), or None."""
    return _BY_NAME.get(name)


def kind_at(slug: str) -> Kind | None:
    """Return the kind with a slug, as in an address (`record-date`), or None."""
    return _BY_SLUG.get(slug)


BEGUN_BY = {
    "free transfers end": "free transfers begin",
    "transition ends": "transition begins",
    "blackout ends": "blackout begins",
    "dealing suspension ends": "dealing suspension begins",
}
"""The names of the kinds that end a period, each with that of the kind that begins it."""
DEADLINES = frozenset({"voting deadline", "instruction deadline", "brokerage account deadline", "outside date"})
"""The names of the kinds that are limits themselves, so that "by" a day says no more of them than the day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindGroup:
    """Several kinds that have one word in addresses."""

    slug: str
    label: str
    kinds: tuple[Kind, ...]


GROUPS = (
    KindGroup(
        slug="ends",
        label="Closings, liquidations, substitutions and conversions",
        kinds=tuple(kind for kind in KINDS if kind.completes),
    ),
)
"""The groups of kinds. `ends` has every kind that completes a reorganization."""
_GROUPS_BY_SLUG = {group.slug: group for group in GROUPS}


def group_at(slug: str) -> KindGroup | None:
    """Return the group of kinds with a slug, as in an address (`ends`), or None."""
    return _GROUPS_BY_SLUG.get(slug)
