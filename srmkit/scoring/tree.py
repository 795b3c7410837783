"""What must hold for the tree of a scorecard, whether it was read from a file or built in Python."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from srmkit.errors import Problems
from srmkit.scoring.criteria import Criterion, Group


@dataclass(frozen=True)
class Node:
    """One entry of the tree: its kind (axis, group or criterion), name, points, and what is below it.

    `weight` is None where a file's entry has no number there; the check of its shape tells.
    """

    kind: str
    name: str
    weight: float | None
    members: tuple[Node, ...] = ()

    @property
    def place(self) -> str:
        """How a message names it."""
        return f"{self.kind} '{self.name}'"

    def walk(self) -> Iterator[Node]:
        """This entry and everything below it."""
        yield self
        for member in self.members:
            yield from member.walk()


def nodes_of(axes: Iterable[Group]) -> tuple[Node, ...]:
    """The tree of axes as plain nodes."""
    return tuple(_node(axis, "axis") for axis in axes)


def check_tree(axes: tuple[Node, ...], problems: Problems) -> None:
    """Note repeated names, impossible weights, and groups that hold nothing."""
    if not axes:
        problems.add("axes", "are missing", found="none", todo="A scorecard needs at least one axis.")
    everyone = [node for axis in axes for node in axis.walk()]
    _check_names(everyone, problems)
    for node in everyone:
        if node.weight is not None and not 0 <= node.weight < math.inf:
            problems.add(f"weight of {node.place}", "must be 0 or more points", found=f"{node.weight:g}",
                         todo="A figure that speaks against a candidate needs a scale the other way round.")
        if node.kind != "criterion" and not node.members:
            problems.add(node.place, "holds no criteria", todo="Add one, or leave it out.")
    _check_points("the axes", axes, problems)
    for node in everyone:
        _check_points(node.place, node.members, problems)


def with_weights(group: Group, changes: Mapping[str, tuple[float, str]]) -> Group:
    """The group with other points and reasons, by name, for itself and whatever is below it.

    What was said of the weights before goes with them.
    """
    return with_changes(group, {name: {"weight": weight, "rationale": rationale, "judged": "", "said": ""}
                                for name, (weight, rationale) in changes.items()})


def with_changes(group: Group, changes: Mapping[str, Mapping[str, Any]]) -> Group:
    """The group with other values, by the name of the part and of its field, for itself and whatever is below it."""
    members = tuple(
        with_changes(member, changes)
        if isinstance(member, Group)
        else replace(member, **changes.get(member.name, {}))
        for member in group.members
    )
    return replace(group, members=members, **changes.get(group.name, {}))


def without(group: Group, names: Collection[str]) -> Group | None:
    """The group without the named parts; None when nothing is left of it."""
    kept = [
        without(member, names) if isinstance(member, Group) else member
        for member in group.members
        if member.name not in names
    ]
    members = tuple(member for member in kept if member is not None)
    return replace(group, members=members) if members and group.name not in names else None


def _node(part: Criterion | Group, kind: str) -> Node:
    if isinstance(part, Criterion):
        return Node("criterion", part.name, part.weight)
    return Node(kind, part.name, part.weight, tuple(_node(member, "group") for member in part.members))


def _check_names(everyone: list[Node], problems: Problems) -> None:
    counts = Counter(node.name for node in everyone if node.name)
    for name, count in counts.items():
        if count > 1:
            kinds = ", ".join(node.kind for node in everyone if node.name == name)
            problems.add(f"the name '{name}'", f"stands {count} times", found=kinds,
                         todo="Every axis, group and criterion needs its own name.")


def _check_points(where: str, members: tuple[Node, ...], problems: Problems) -> None:
    if members and all(member.weight == 0 for member in members):
        problems.add(f"weights in {where}", "are all 0", found=", ".join(f"'{m.name}'" for m in members),
                     todo="Give at least one of them points.")
