"""What an event is called: its UID, which never changes, and its SUMMARY, which says what, how firmly and who."""

from calfeed.model.plans import Milestone
from calfeed.model.trusts import OutsideFund, Portfolio, brief
from calfeed.model.when import Undated

MAX_UID_OCTETS = 202
"""Outlook cannot tell longer ones apart ([MS-STANOICAL], UID)."""
MAX_SUMMARY_UNITS = 255
"""UTF-16 units; Exchange cuts longer ones ([MS-OXCICAL], SUMMARY)."""
CANCELLED = "Cancelled: "
DEFERRED = "Deferred, no new date: "


def reorganization_key(plan: str, target: Portfolio) -> str:
    """What the UIDs of a target's milestones in a plan begin with: ids alone."""
    return f"{plan}.{target.trust.id}.{target.id}"


def uid(reorganization: str, milestone: str, domain: str) -> str:
    """The UID (RFC 5545 section 3.8.4.7) of a milestone: its reorganization's key, and its own slug."""
    return f"{reorganization}.{milestone}@{domain}"


def parties(target: Portfolio, acquiring: Portfolio | OutsideFund | None) -> str:
    """Who becomes what, with each trust named once: `MFS Value (MIST) → MFS Value (MSF)`."""
    target_name, target_trust = brief(target.name), f"({target.trust.label})"
    if acquiring is None:
        return f"{target_name} {target_trust}"
    if isinstance(acquiring, Portfolio) and acquiring.trust.id == target.trust.id:
        return f"{target_name} → {brief(acquiring.name)} {target_trust}"
    outside = f" ({acquiring.trust.label})" if isinstance(acquiring, Portfolio) else ""
    return f"{target_name} {target_trust} → {brief(acquiring.name)}{outside}"


def is_deferred(milestone: Milestone) -> bool:
    """Whether it had a date and has none now."""
    return isinstance(milestone.when, Undated) and bool(milestone.dates)


def summary(who: str, milestone: Milestone) -> str:
    """The SUMMARY (RFC 5545 section 3.8.1.12) of a milestone's event; `who` is what `parties` says."""
    prefix = CANCELLED if milestone.cancelled else DEFERRED if is_deferred(milestone) else ""
    return prefix + _statement(who, milestone)


def _statement(who: str, milestone: Milestone) -> str:
    qualifier = milestone.when.qualifier or ("conditional" if milestone.conditions else "")
    brackets = f" ({qualifier})" if qualifier else ""
    return f"{milestone.title}{brackets}: {who}"


def excess(who: str, milestone: Milestone) -> int:
    """By how many UTF-16 units the SUMMARY would pass the limit, with room for any prefix; 0 or less where it fits.

    `who` is what `parties` says. The prefix always counts, so that a milestone whose event fits today can be cancelled
    tomorrow.
    """
    room = MAX_SUMMARY_UNITS - max(len(CANCELLED), len(DEFERRED))
    statement = _statement(who, milestone)
    if 2 * len(statement) <= room:
        return 0  # a character has two units at most
    return len(statement.encode("utf-16-le")) // 2 - room
