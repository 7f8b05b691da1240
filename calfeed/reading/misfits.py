"""What is wrong with the shape of a file that does not fit its document: what is misspelt, missing or no such value."""

from collections.abc import Collection, Iterator
from importlib import import_module
from itertools import pairwise, takewhile
from pathlib import Path
from typing import Any, TypeAlias

from calfeed.model.kinds import kind_named
from calfeed.reading.documents import LIST_KEYS, Document, Fault, form_at, keys_at
from calfeed.reading.files import CONFIDENTIAL, PLANS_FOLDER, READERS_FILE, TRUSTS_FOLDER
from calfeed.reading.fitting import D, fitted
from calfeed.reading.lists import check_lists
from calfeed.reading.nodes import Mapping, Node, Sequence
from calfeed.reading.problems import Problem
from calfeed.reading.states import BESIDE_MILESTONES, OF_ALL
from calfeed.reading.suggestions import did_you_mean, misspelt
from calfeed.reading.syntax import item_slip
from calfeed.reading.yaml import YamlFile

_Path: TypeAlias = tuple[int | str, ...]


def fit(file: YamlFile, model: type[D]) -> tuple[D | None, set[_Path]]:
    """The document that can be made of a file, with the paths of the parts that were left out; the problems are added.

    The document is None where nothing can be used.
    """
    check_lists(file)
    if not isinstance(file.values, dict):
        if file.values:
            file.problems.append(_wrong_shape(file, (), "model_type", ""))
        return None, {()}
    if place := _place_of_another(file, model):
        file.problems.append(file.problem(place))
        return None, {()}
    lost = set(_refused(file.root, ())) if file.problems else set()
    document = fitted(model, file.values)
    if document is not None:
        return document, lost
    faults = _faults_in(model, file.values)
    # A place with a problem gets no second one, nor does a list that is empty since its items were refused.
    refused = {problem.location for problem in file.problems}
    told = _problems(file, model, [each for each in faults if each.kind != "too_short" or each.path not in lost])
    file.problems.extend(each for each in told if each.location not in refused)
    while document is None:
        if not faults:  # a server that reads again and again must not hang
            raise RuntimeError(f"{file.name} does not fit, and nothing is wrong with it: this is a mistake of calfeed")
        lost |= {fault.path for fault in faults if fault.kind != "extra_forbidden"}
        _take_out(file.root, faults)
        faults = _faults_in(model, file.root, lenient=True)
        document = fitted(model, file.root, lenient=True)
    return document, lost


_PLACES = {
    "reorganizations": ("a plan", f"{PLANS_FOLDER}/"),
    "portfolios": ("a trust", f"{TRUSTS_FOLDER}/"),
    "readers": (READERS_FILE, ""),
}
"""The keys that tell documents apart, each with what has it and the folder in which that belongs."""


def _place_of_another(file: YamlFile, model: type[Document]) -> str:
    """What to do with a file that lacks what tells its document and has what tells another one; empty for others."""
    own = set(keys_at(model, ()))
    told = [key for key in _PLACES if isinstance(file.values, dict) and key in file.values]
    if not told or own & set(told):
        return ""
    what, folder = _PLACES[told[0]]
    is_confidential = told == ["readers"] or CONFIDENTIAL in Path(file.name).parts
    return f"this looks like {what}: move it to {f'{CONFIDENTIAL}/' if is_confidential else ''}{folder}"


def _faults_in(model: type[Document], values: object, *, lenient: bool = False) -> list[Fault]:
    """All that is wrong with values; imports what says so, and the library for it, where something is."""
    faults: list[Fault] = import_module("calfeed.reading.schemas").faults_in(model, values, lenient=lenient)
    return faults


def _refused(node: Node | None, path: _Path) -> Iterator[_Path]:
    """Yields the paths of mappings and lists of which the reader has refused a part."""
    if isinstance(node, Mapping | Sequence):
        if not node.whole:
            yield path
        for step, child in node.items() if isinstance(node, Mapping) else enumerate(node):
            yield from _refused(child, (*path, step))


def _take_out(root: Node | None, faults: list[Fault]) -> None:
    """Remove the parts that have faults; for a missing key, the mapping that lacks it."""
    parts: dict[_Path, tuple[Mapping | Sequence, set[Any]]] = {}
    for fault in faults:
        path = fault.path[:-1] if fault.kind == "missing" else fault.path
        holders: list[tuple[Mapping | Sequence, int | str]] = []
        node: Node | None = root
        for step in path:
            if isinstance(node, Mapping | Sequence):
                holders.append((node, step))
                node = _child(node, step)
        if holders:
            holder, step = holders[-1]
            parts.setdefault(path[: len(holders) - 1], (holder, set()))[1].add(step)
    for holder, steps in parts.values():
        for step in sorted(steps, reverse=True):
            if isinstance(holder, Mapping):
                del holder[step]
            else:
                del holder[step], holder.items_at[step]


_NO_MARK = ": what is confidential lies in the folder confidential/, so move it there, and delete this line"


_STATES = OF_ALL | {"cancelled"}
"""What happens to a plan, or to one of its reorganizations, as a whole; a milestone alone can be cancelled."""


def _problems(file: YamlFile, model: type[D], faults: list[Fault]) -> list[Problem]:
    states = {fault.path[:at] for fault in faults if (at := _end_of_state(fault.path))}
    faults = [fault for fault in faults if not any(fault.path[: len(state)] == state for state in states)]
    problems = [file.problem(_of_a_state(path[-1]), *path, key=True) for path in states]
    unknown = _unknown_keys(file, model, [fault.path for fault in faults if fault.kind == "extra_forbidden"])
    problems += [file.problem(f'unknown key "{path[-1]}"{hint}', *path, key=True) for path, hint in unknown.items()]
    for path, kind, wanted in faults:
        if kind == "missing":
            # A misspelt key is one problem, not two.
            if any(other[:-1] == path[:-1] and f'mean "{path[-1]}"' in hint for other, hint in unknown.items()):
                continue
            place = f' in "{path[-2]}"' if len(path) > 1 and isinstance(path[-2], str) else ""
            problems.append(file.problem(f'"{path[-1]}" is missing{place}', *path))
        elif kind != "extra_forbidden":
            problems.append(_wrong_shape(file, path, kind, wanted))
    return problems


def _end_of_state(path: _Path) -> int:
    """How many steps of a path lead to a state that stands as if it were a milestone; 0 where none does."""
    for at, (above, step) in enumerate(pairwise(path), 2):
        if above == "milestones" and step in _STATES:
            return at
    return 0


def _of_a_state(name: int | str) -> str:
    """What to do with a state that stands as if it were a milestone."""
    one = " indent it below the milestone that it is of; or" if name == "cancelled" else ""
    return f'"{name}" is no milestone:{one} {BESIDE_MILESTONES}'


def _unknown_keys(file: YamlFile, model: type[Document], paths: Collection[_Path]) -> dict[_Path, str]:
    """What is to be done about each unknown key."""
    known = {path[:-1]: keys_at(model, path[:-1]) for path in paths}
    empty_above = {parent: _empty_above(file, parent, keys) for parent, keys in known.items()}
    hints: dict[_Path, str] = {}
    for path in paths:
        key, parent = str(path[-1]), path[:-1]
        if key.casefold() == "confidential":
            hints[path] = _NO_MARK
        elif key in _STATES and "milestones" in path:
            hints[path] = f": {BESIDE_MILESTONES}"
        elif hint := misspelt(key, known[parent]):
            hints[path] = hint
        elif key in empty_above[parent]:
            hints[path] = f': if it belongs to "{empty_above[parent][key]}", indent it'
        else:
            hints[path] = (
                _elsewhere(file, model, path, known[parent])
                or did_you_mean(key, known[parent])
                or f": known here are {', '.join(known[parent])}"
            )
    return hints


def _elsewhere(file: YamlFile, model: type[Document], path: _Path, known: Collection[str]) -> str:
    """Where an unknown key belongs that would fit a little further in, below a known key above it, or further out."""
    *parent, key = path
    mapping = _at(file.root, tuple(parent))
    value = _child(mapping, key)
    above = list(takewhile(lambda each: each != key, mapping)) if isinstance(mapping, Mapping) else []
    for holder in reversed(above):
        if holder in known and _fits_below(model, (*parent, holder), str(key), value):
            has_text = isinstance(_child(mapping, holder), str)
            return f': if it belongs to "{holder}", indent it' + (
                f', below "portfolio:" with the text that stands behind "{holder}:" now' if has_text else ""
            )
    if parent and isinstance(parent[-1], str) and _fits_below(model, tuple(parent[:-1]), str(key), value):
        return f': if it belongs beside "{parent[-1]}", indent it less'
    return ""


def _fits_below(model: type[Document], path: _Path, key: str, value: Node | None) -> bool:
    """Whether a key and its value fit a mapping at a path of a document."""
    form = form_at(model, path)
    if form.item is None:
        return form.type is not str and key in keys_at(model, path)
    if form.type is not dict:
        return False
    if isinstance(value, Mapping):
        return bool(value) and set(value) <= set(keys_at(model, (*path, key)))
    return path[-1] == "milestones" and kind_named(key) is not None


def _empty_above(file: YamlFile, path: _Path, known: Collection[str]) -> dict[str, str]:
    """The unknown keys of the mapping at a path, each with the known key above it, where that has no value."""
    node = _at(file.root, path)
    found: dict[str, str] = {}
    if not isinstance(node, Mapping):
        return found
    empty = ""
    for key, value in node.items():
        if key in known:
            empty = "" if value else key
        elif empty:
            found[key] = empty
    return found


_NOT_EMPTY = ": write what belongs there, or leave the key out"
_LINES = "lines of its own"
_ENTRY = '"key: value"'
_WANTED = {
    "string_type": "a text",
    "list_type": "a list",
    "tuple_type": "a text or a list",
    "CancelledDocument": f'{_LINES}, such as "source: notice" and "reason: why"',
    "ApprovedDocument": f'{_LINES}, such as "source: notice"',
    "CompletedDocument": f'{_LINES}, such as "source: notice" and "date: May 5, 2031"',
    "SourceDocument": f'{_LINES}, such as "title: Supplement" and "dated: May 5, 2031"',
    "ReorganizationDocument": f'{_LINES}, such as "target: Growth Portfolio"',
    "ReaderDocument": f'{_LINES}, "token" and "sees"',
    **dict.fromkeys(
        ("PortfolioDocument", "MilestoneDocument", "PortfolioReference", "AcquiringReference"), f"a text or {_LINES}"
    ),
}
_ENTRIES = {
    "portfolios": '"growth: Growth Portfolio"',
    "milestones": '"closing: May 5, 2031"',
    "sources": '"supplement:" with "title" and "dated" below it',
    "readers": '"Fund operations:" with "token" and "sees" below it',
}
"""What stands below the keys whose own keys the author chooses."""


def _wrong_shape(file: YamlFile, path: _Path, kind: str, model: str) -> Problem:
    node = _at(file.root, path)
    key = next((f'"{step}"' for step in reversed(path) if isinstance(step, str)), "the file")
    if path and isinstance(path[-1], int):
        key = f"an item of {key}"
    if not node:
        may_be_left_out = isinstance(node, Sequence) and path[-1] in LIST_KEYS
        return file.problem(f"{key} is empty{_NOT_EMPTY if may_be_left_out else ''}", *path)
    if kind == "list_type" and isinstance(node, Mapping) and (slip := item_slip(first := next(iter(node)))):
        return file.problem(slip, *path, first, key=True)
    entry = _ENTRIES.get(str(path[-1]), _ENTRY) if path else _ENTRY
    wanted = _WANTED.get(model) or _WANTED.get(kind, f"{_LINES if path else 'lines'}, such as {entry}")
    found = "a text" if isinstance(node, str) else "a list" if isinstance(node, Sequence) else "lines with keys"
    advice = ': put "- " before the first key of each item' if kind == "list_type" and isinstance(node, Mapping) else ""
    if path[-1:] == ("target",) and isinstance(node, Sequence):
        advice = ": write a reorganization for each target"
    return file.problem(f"{key} must be {wanted}, not {found}{advice}", *path)


def _at(root: Node | None, path: _Path) -> Node | None:
    """The node at a path."""
    node = root
    for step in path:
        node = _child(node, step)
    return node


def _child(node: Node | None, step: int | str) -> Node | None:
    """A node's child. A text is its own child, since a path may name a part of its long form."""
    if isinstance(node, Mapping):
        return node.get(str(step))
    return node[step] if isinstance(node, Sequence) and isinstance(step, int) else node
