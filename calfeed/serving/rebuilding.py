"""What a build after an edit of plans need not make anew: for the row "build after an edit" of the benchmarks.

What a document of everything says of a plan depends on that plan alone. So all else is taken from the document as it
was built before. What is no longer as it was written is not used.
"""

from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import NamedTuple

from calfeed.formats import html
from calfeed.formats.format import Format, Octets
from calfeed.formats.formats import FORMATS
from calfeed.formats.html import IN_BRIEF
from calfeed.formats.json import what_and_when
from calfeed.model.plans import Plan
from calfeed.serving.choices import Choice
from calfeed.serving.manifest import Manifest, entry_of
from calfeed.serving.places import Place
from calfeed.serving.rendering import CACHE_CONTROL, Wanted, rendered
from calfeed.serving.representations import Representation
from calfeed.serving.resources import Resources

_FEW_PLANS = 10
"""To look for the parts of more plans takes longer than to put the documents together anew."""
_TELLING_OF_EACH_PLAN = {
    "all.atom": "{}.atom",
    "embed/agenda/all/index.html": "embed/agenda/{}/index.html",
    "embed/timeline/all/index.html": "embed/timeline/{}/index.html",
}
"""Documents that say of a plan what its own document says, and nothing else; of that the name, but for its address."""
_PAGE = "all/index.html"


def remaining(
    place: Place, resources: Resources, wanted: Sequence[Wanted], now: Manifest, before: Manifest
) -> list[Wanted]:
    """Those of some objects in a folder that are to be rendered, some of which have been put together already.

    The manifests must differ in plans alone.
    """
    edit = _Edit(place, resources, wanted, now, before)
    left = [each for one in wanted if (each := edit.left_of(one))] if edit.moves_nothing else list(wanted)
    for each in left:
        if each.made_of == "all" and not each.made and resources.is_reusable(each.path):
            body = edit.as_written(each)
            if body is not None:
                resources.reuse(each.path, body, edit.plans)
    return left


class _Change(NamedTuple):
    """What a document says of the milestone with a UID: before an edit, and after it."""

    uid: str
    before: bytes
    after: bytes

    def place_in(self, document: bytes) -> int:
        """Where a document says it, as it was before; 0 where it does not."""
        return document.find(b"\n%b" % self.before) + 1


class _Edit:
    """An edit of `plans`: those that are new, or not as they were."""

    def __init__(
        self, place: Place, resources: Resources, wanted: Iterable[Wanted], now: Manifest, before: Manifest
    ) -> None:
        self._place = place
        self._resources = resources
        self._wanted = {each.name: each for each in wanted}
        self._has_same_plans = now.plans.keys() == before.plans.keys()
        self._earlier: dict[str, bytes | None] = {}
        self.plans = [
            plan for plan in resources.catalog.plans if now.plans[plan.address] != before.plans.get(plan.address)
        ]

    @cached_property
    def moves_nothing(self) -> bool:
        """Whether it is of few plans, none comes or goes, and all milestones keep their places in every feed."""
        return (
            self._has_same_plans and len(self.plans) <= _FEW_PLANS and all(map(self._is_placed_as_before, self.plans))
        )

    def as_written(self, wanted: Wanted) -> bytes | None:
        """An object as an earlier build wrote it; None if it is not known, or not so any more."""
        name = wanted.name
        if name not in self._earlier:
            body = self._place.get(name) if wanted.known else None
            form = FORMATS.get(name.rpartition(".")[2])
            media_type = form.media_type if form else html.MEDIA_TYPE
            is_same = body is not None and entry_of(body, media_type, CACHE_CONTROL) == wanted.known
            self._earlier[name] = body if is_same else None
        return self._earlier[name]

    def left_of(self, wanted: Wanted) -> Wanted | None:
        """What is to be rendered of an object, where the edit moves nothing: None if it is the same as before."""
        if wanted.made_of != "all" or not wanted.known:
            return wanted
        if own := _TELLING_OF_EACH_PLAN.get(wanted.name):
            return None if all(self._is_same(own.format(plan.address)) for plan in self.plans) else wanted
        if wanted.name == _PAGE:
            return None if all(map(self._is_briefly_the_same, self.plans)) else wanted
        form = FORMATS.get(wanted.path.removeprefix("/all."))
        return self._with_parts(wanted, form) if form else wanted

    def _is_placed_as_before(self, plan: Plan) -> bool:
        name = f"{plan.address}.json"
        earlier = self.as_written(self._wanted[name])
        return earlier is not None and what_and_when(earlier) == what_and_when(self._now(name))

    def _is_briefly_the_same(self, plan: Plan) -> bool:
        """Whether the page of everything lists plans in brief, and says of a plan in its list what it said before."""
        page = self.as_written(self._wanted[_PAGE]) or b""
        line = self._resources.brief(plan.address)
        is_listed = line.partition(b'">')[0] in page
        return IN_BRIEF in page and (line in page or not is_listed)

    def _with_parts(self, wanted: Wanted, form: Format) -> Wanted | None:
        """A document with what it says of the plans now in place of what it said; None if it says nothing of them."""
        document = self.as_written(wanted)
        changes = self._changes(form)
        if document is None or form.parts is None or changes is None:
            return wanted
        if form.is_limited:
            # What was left out for want of room still is if nothing has become shorter.
            there, may_fit = form.parts(document), any(len(each.before) > len(each.after) for each in changes)
            return wanted if may_fit or any(each.uid in there for each in changes) else None
        places = [each.place_in(document) for each in changes]
        if not all(places):
            return wanted
        pieces, end, view = list[Octets](), 0, memoryview(document)
        for at, change in sorted(zip(places, changes, strict=True)):
            pieces += [view[end:at], change.after]
            end = at + len(change.before)
        return wanted._replace(made=Representation(b"".join([*pieces, view[end:]]), form.media_type))

    def _changes(self, form: Format) -> list[_Change] | None:
        """What a format says of all milestones of the plans; None if that is not known of each."""
        changes: list[_Change] = []
        for plan in self.plans:
            name = f"{plan.address}.{form.extension}"
            earlier = self.as_written(self._wanted[name])
            if earlier is None or form.parts is None:
                return None
            before, now = form.parts(earlier), form.parts(self._now(name))
            count = sum(len(each.milestones) for each in plan.reorganizations)
            if before.keys() != now.keys() or (len(now) < count and not form.is_limited):
                return None
            changes += [_Change(uid, bytes(before[uid]), bytes(now[uid])) for uid in now]
        return changes

    def _is_same(self, name: str) -> bool:
        """Whether an object that is made of a plan alone is the same as before."""
        return not next(rendered(self._resources, [self._wanted[name]], None)).is_new

    def _now(self, name: str) -> bytes:
        """The bytes of an object that is made of a plan alone."""
        found = self._resources.find(self._wanted[name].path, Choice())
        return found.body if found else b""
