"""How firm a milestone is."""

from enum import StrEnum

from calfeed.model import naming
from calfeed.model.plans import Milestone
from calfeed.model.when import Undated


class Status(StrEnum):
    """RFC 5545 section 3.8.1.11, for a VEVENT."""

    CONFIRMED = "CONFIRMED"
    TENTATIVE = "TENTATIVE"
    CANCELLED = "CANCELLED"


STATUSES = {
    naming.CANCELLED: Status.CANCELLED,
    naming.DEFERRED: Status.CANCELLED,
    naming.TENTATIVE: Status.TENTATIVE,
    "": Status.CONFIRMED,
}
"""The STATUS of an event by what its SUMMARY begins with (`naming.prefix`)."""

STANDINGS = (*(status.lower() for status in Status), "deferred", "undated")
"""The values that `standing_of` returns."""


def standing_of(milestone: Milestone) -> str:
    """Return the status of a milestone in lower case, or "deferred" or "undated" if it has no date."""
    if not milestone.cancelled and isinstance(milestone.when, Undated):
        return "deferred" if naming.is_deferred(milestone) else "undated"
    return STATUSES[naming.prefix(milestone)].lower()
