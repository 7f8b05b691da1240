"""What an event is called: its UID, which never changes, and its SUMMARY, which says what, how firmly and who."""

from collections.abc import Iterable
from unicodedata import bidirectional

from calfeed.model.plans import Milestone, Reorganization
from calfeed.model.trusts import OutsideFund, Portfolio
from calfeed.model.when import Undated

MAX_UID_OCTETS = 202
"""Outlook cannot tell longer ones apart ([MS-STANOICAL], UID)."""
MAX_SUMMARY_UNITS = 255
"""UTF-16 units; Exchange cuts longer ones ([MS-OXCICAL], SUMMARY)."""
TENTATIVE = "~ "
CANCELLED = "Cancelled: "
DEFERRED = "Deferred, no new date: "
_ROOM = MAX_SUMMARY_UNITS - max(map(len, (CANCELLED, DEFERRED, TENTATIVE)))
_CONDITIONAL, _MAY_CHANGE = "conditional", "subject to change"
_SHORT = _ROOM // 2 - len(f":  ({_CONDITIONAL}, {_MAY_CHANGE})")
"""With so many characters beside these words a statement fits: a character has two units at most."""
_MARK = "\N{LEFT-TO-RIGHT MARK}"


def reorganization_key(plan: str, target: Portfolio, own_id: str) -> str:
    """Return the beginning of the UIDs of a reorganization. It is made of ids only; `own_id` may be empty."""
    return f"{plan}.{target.trust.id}.{target.id}{'.' if own_id else ''}{own_id}"


def uid(reorganization: str, milestone: str, domain: str) -> str:
    """The UID (RFC 5545 section 3.8.4.7) of a milestone: its reorganization's key, and its own slug."""
    return f"{reorganization}.{milestone}@{domain}"


def with_classes(name: str, classes: tuple[str, ...]) -> str:
    """Return a fund's name with its share classes behind it: `Money Market Class A and Class C`."""
    return f"{name} {listed(classes)}" if classes else name


def listed(words: tuple[str, ...]) -> str:
    """Return one or more words as a list in a sentence: `Class A, Class B and Class C`."""
    *others, last = words
    return f"{', '.join(others)} and {last}" if others else last


def target_in_brief(reorganization: Reorganization) -> str:
    """Return the target's label and its share classes."""
    return with_classes(reorganization.target.label, reorganization.target_classes)


def target_and_trust(reorganization: Reorganization) -> str:
    """Return the target's label, its share classes and its trust's label."""
    return f"{target_in_brief(reorganization)}{_trust(reorganization.target)}"


def parties(reorganization: Reorganization) -> str:
    """Return target and acquirer, with each trust named once: `MFS Value (MIST) → MFS Value (MSF)`.

    A stand-alone fund has its trust's name, so the trust is not named again.
    """
    target, acquiring = reorganization.target, reorganization.acquiring
    if acquiring is None:
        return target_and_trust(reorganization)
    comes = with_classes(acquiring.label, reorganization.acquiring_classes)
    if isinstance(acquiring, Portfolio) and acquiring.trust.id == target.trust.id:
        return _arrow(target_in_brief(reorganization), f"{comes}{_trust(acquiring) or _trust(target)}")
    return _arrow(target_and_trust(reorganization), f"{comes}{_trust(acquiring)}")


def _arrow(goes: str, comes: str) -> str:
    """Return two names with an arrow between them, which leads from left to right also where letters do not.

    Between two names in Arabic or Hebrew the arrow would point at the wrong one: they are shown from right to left, and
    arrows are not mirrored (Unicode Standard Annex 9, section 3.4). Left-to-right marks keep the names apart.
    """
    if goes.isascii() or comes.isascii() or not (_is_from_the_right(reversed(goes)) and _is_from_the_right(comes)):
        return f"{goes} → {comes}"
    return f"{goes} {_MARK}→{_MARK} {comes}{_MARK}"


def _is_from_the_right(characters: Iterable[str]) -> bool:
    """Whether the first of some characters that has a direction is written from right to left."""
    directions = map(bidirectional, characters)
    return next((each for each in directions if each in {"L", "R", "AL"}), "L") != "L"


def _trust(fund: Portfolio | OutsideFund) -> str:
    """Return the label of a fund's trust in brackets; nothing for a stand-alone fund or a fund without a trust."""
    return f" ({fund.trust.label})" if isinstance(fund, Portfolio) and not fund.stands_alone else ""


def is_deferred(milestone: Milestone) -> bool:
    """Whether it had a date and has none now."""
    return isinstance(milestone.when, Undated) and milestone.shown is not None


def summary(who: str, milestone: Milestone) -> str:
    """The SUMMARY (RFC 5545 section 3.8.1.12) of a milestone's event; `who` is what `parties` says.

    What, whether it is firm, and who come first: a month view shows some 20 to 25 characters.
    """
    return f"{prefix(milestone)}{statement(who, milestone)}"


def prefix(milestone: Milestone) -> str:
    """Return what its SUMMARY begins with: `CANCELLED`, `DEFERRED`, `TENTATIVE`, or nothing if it is firm.

    It is tentative if anything leaves its date open: soft words, conditions, or that it may change.
    """
    if milestone.cancelled:
        return CANCELLED
    when = milestone.when
    if isinstance(when, Undated):
        return DEFERRED if milestone.shown else TENTATIVE
    if not when.is_firm or milestone.conditions or milestone.may_change:
        return TENTATIVE
    return ""


def statement(who: str, milestone: Milestone) -> str:
    """Return its SUMMARY behind the prefix; `who` is what `parties` says."""
    qualifier = milestone.when.qualifier or (_CONDITIONAL if milestone.conditions else "")
    if milestone.may_change:
        qualifier = f"{qualifier}, {_MAY_CHANGE}" if qualifier else _MAY_CHANGE
    said = f"{milestone.title}: {who}"
    return f"{said} ({qualifier})" if qualifier else said


def excess(who: str, milestone: Milestone) -> int:
    """Return by how many UTF-16 units the SUMMARY with the longest prefix passes the limit; 0 or less if it fits.

    `who` is what `parties` says. The prefix always counts, so that a milestone whose event fits today can be cancelled
    tomorrow.
    """
    if len(milestone.title) + len(who) + len(milestone.when.qualifier) <= _SHORT:
        return 0
    return len(statement(who, milestone).encode("utf-16-le")) // 2 - _ROOM
