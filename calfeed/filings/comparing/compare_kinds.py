"""Tells where a filing has a day of a plan for another milestone than the plan."""

from collections.abc import Collection

from calfeed.filings.comparing.planned import PlannedDate
from calfeed.filings.dates.doubts import NO_PAIRS, WHICH_FUNDS, WHICH_FUNDS_VOTE, WHICH_PAIRS
from calfeed.filings.drafts.drafted import Draft, DraftMilestone
from calfeed.filings.drafts.ledger import MentionKey, key_of
from calfeed.model.kinds import Kind

_ALIKE = (
    frozenset({"board approval", "agreement signed"}),
    frozenset({"n-14 filing"}),
    frozenset({"n-14 effectiveness"}),
    frozenset({"record date"}),
    frozenset({"proxy mailing", "information statement mailing"}),
    frozenset({"voting deadline"}),
    frozenset({"special meeting", "approval obtained"}),
    frozenset({"closed to new investors", "closed to purchases", "last purchase"}),
    frozenset({"last redemption"}),
    frozenset({"dividend record date"}),
    frozenset({"dividend ex-date"}),
    frozenset({"dividend payment"}),
    frozenset({"name change", "subadviser change", "objective change", "benchmark change", "identifier change"}),
    frozenset({"sales charge waiver"}),
    frozenset({"transition begins", "transition ends"}),
    frozenset({"creation orders end"}),
    frozenset({"outside date"}),
    frozenset({"first trading day"}),
    frozenset({"last trading day", "delisting"}),
    frozenset({"sec order", "regulatory approval"}),
    frozenset({"closing", "conversion", "substitution", "valuation"}),
    frozenset({"liquidation", "proceeds payment"}),
)
"""The kinds that are not taken for each other, but for those in one set. Others may be called in several ways."""
_GROUPS = {name: group for group in _ALIKE for name in group}


def kind_otherwise(
    date: PlannedDate, besides: Collection[Kind], keys: Collection[MentionKey], draft: Draft
) -> Kind | None:
    """The kind for which a filing has a day of a plan; None if that may be the plan's own.

    `besides` are the kinds of what else the plan has on that day: where these are what the filing says, its sentence
    may say more. `keys` are those of the mentions that state the day. What the draft leaves to decide may be what the
    plan says, unless it asks for the funds alone.
    """
    said = [each for each in (*draft.placed, *draft.to_decide) if key_of(each.mention) in keys]
    kinds = [each.kind for each in said if each.kind and _is_of_certain_kind(each)]
    if date.kind is None or not said or len(kinds) < len(said):
        return None
    is_other = not any(_may_be(other, each) for other in (date.kind, *besides) for each in kinds)
    return kinds[0] if is_other else None


def _is_of_certain_kind(milestone: DraftMilestone) -> bool:
    return milestone.doubts <= _OF_FUNDS


_OF_FUNDS = frozenset({NO_PAIRS, WHICH_FUNDS, WHICH_FUNDS_VOTE, WHICH_PAIRS})
"""What is asked of the funds that a date is about, whatever its kind."""


def _may_be(kind: Kind, other: Kind) -> bool:
    groups = _GROUPS.get(kind.name), _GROUPS.get(other.name)
    return None in groups or groups[0] == groups[1]
