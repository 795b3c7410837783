"""How the members of a group come to one value: they add up, they multiply, or they average geometrically.

additive        u = sum of s v; a poor value can be bought back at a fixed price
multiplicative  1 + K u = product of (1 + K k v), the scaling constants k in the ratios of the weights and K the
                master constant with 1 + K = product of (1 + K k) (Keeney & Raiffa 1976, Decisions with Multiple
                Objectives, chapter 6). With two members u = kx vx + ky vy + (1 - kx - ky) vx vy: the last factor is
                the `interaction`. Above 0 a value counts more where the others are good too; below 0 one good value
                already does most of the work.
geometric       u = product of v ** s; the poorer a value, the dearer, and no value of 0 can be bought back

s are the weights as shares of their group, v the values from 0 to 1. All three reach from 0 to 1 and never fall when a
value rises. Where a figure is missing and its weight goes to the others, K stays and the k are scaled anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import TYPE_CHECKING, Literal, cast

import numpy as np
from numpy.typing import NDArray

from srmkit.errors import Problems

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Criterion, Group

Floats = NDArray[np.float64]
Aggregation = Literal["additive", "multiplicative", "geometric"]

STEPS = 60  # of Newton's method, which needs fewer than ten


@dataclass(frozen=True)
class Node:
    """One place of the tree where values come together; a member is a node or the column of a criterion.

    `master` is the constant K of a multiplicative node.
    """

    name: str
    aggregation: Aggregation
    master: float
    members: tuple[Node | int, ...]

    @property
    def additive(self) -> bool:
        """Whether everything from here down adds up."""
        below = all(member.additive for member in self.members if isinstance(member, Node))
        return self.aggregation == "additive" and below


@dataclass
class Evaluation:
    """One walk over the tree.

    `value` and `weight` give the value (0 to 1) and the weight of a criterion by its column, any shapes that
    broadcast; weights of 0 take no part. `turns` collects, for each node that does not add up, by how
    much its value differs from the sum, times its weight.
    """

    value: Callable[[int], Floats]
    weight: Callable[[int], Floats]
    turns: dict[str, Floats] = field(default_factory=dict)

    def of(self, node: Node | int) -> tuple[Floats, Floats]:
        """Value and weight of a node; the value is 0 where nothing below it has weight."""
        if isinstance(node, int):
            return self.value(node), self.weight(node)
        below = [self.of(member) for member in node.members]
        whole = np.asarray(sum(weight for _, weight in below), dtype=np.float64)
        shares = [np.divide(weight, whole, out=np.zeros(np.shape(whole)), where=whole > 0) for _, weight in below]
        values = [value for value, _ in below]
        added = np.asarray(sum(share * value for share, value in zip(shares, values, strict=True)))
        if node.aggregation == "additive":
            return added, whole
        together = combined(node, values, shares)
        self.turns[node.name] = (together - added) * whole
        return together, whole


def combined(node: Node, values: Sequence[Floats], shares: Sequence[Floats]) -> Floats:
    """Value of a node that does not add up, of its members' values and their shares (which sum to 1, or are all 0)."""
    if node.aggregation == "geometric":
        with np.errstate(divide="ignore", invalid="ignore"):
            logs = [np.where(share > 0, share * np.log(value), 0.0)
                    for share, value in zip(shares, values, strict=True)]
        known = np.asarray(sum(share > 0 for share in shares)) > 0
        return np.where(known, np.exp(sum(logs)), 0.0)
    scale = scaling(node.master, shares)
    with np.errstate(divide="ignore", invalid="ignore"):
        logs = [np.log1p(node.master * scale * share * value) for share, value in zip(shares, values, strict=True)]
        return np.asarray(np.expm1(sum(logs)) / node.master + 0.0)


def scaling(master: float, shares: Sequence[Floats]) -> Floats:
    """The factor c that makes scaling constants k = c s of shares: 1 + K = product of (1 + K c s).

    By Newton's method on the logarithms, from the side where it cannot overshoot.

    >>> round(float(scaling(4 * 0.2 / 0.8**2, [np.array(0.5), np.array(0.5)])), 12)
    0.8
    """
    largest = np.asarray(np.max(np.broadcast_arrays(*shares), axis=0), dtype=np.float64)
    largest = np.where(largest > 0, largest, 1.0)
    if master <= -1:
        return np.asarray(1 / largest)  # the product is 0 as soon as one factor is
    scale = np.zeros_like(largest) if master > 0 else 1 / largest
    for _ in range(STEPS):
        height = sum(np.log1p(master * scale * share) for share in shares) - np.log1p(master)
        slope = sum(master * share / (1 + master * scale * share) for share in shares)
        step = np.divide(height, slope, out=np.zeros_like(scale), where=slope != 0)
        scale = scale - step
        if np.all(np.abs(step) <= 1e-15 * np.abs(scale)):
            break
    return np.asarray(scale)


def master_constant(shares: Sequence[float], interaction: float) -> float:
    """Keeney and Raiffa's K for members with these shares and 1 - interaction as the sum of their constants k.

    >>> master_constant([0.5, 0.5], 0.2), master_constant([1.0], 0.2), master_constant([0.5, 0.5], -1.0)
    (1.25, 0.0, -1.0)
    """
    live = np.array([share for share in shares if share > 0])
    if interaction == 0 or len(live) < 2:
        return 0.0
    constants = (1 - interaction) * live / live.sum()
    if interaction < 0 and constants.max() >= 1 - 1e-12:
        return -1.0

    def height(master: float) -> float:
        return float(np.log1p(master * constants).sum() - np.log1p(master))

    near, far = (0.0, 1.0) if interaction > 0 else (0.0, -1.0)
    while interaction > 0 and height(far) < 0:
        near, far = far, 2 * far
    for _ in range(200):
        middle = (near + far) / 2
        if middle in (near, far):
            break
        beyond = middle != -1 and height(middle) > 0
        near, far = (near, middle) if beyond else (middle, far)
    return float(f"{far:.14g}")  # halving ends beside the root by the last digit


def check_aggregation(
    thing: str, aggregation: str, interaction: float, weights: Sequence[float], problems: Problems
) -> None:
    """Note an unknown aggregation, and an interaction that is missing, in the wrong place or out of range."""
    if aggregation not in ("additive", "multiplicative", "geometric"):
        problems.add(f"aggregation of {thing}", "must be additive, multiplicative or geometric",
                     found=repr(aggregation))
        return
    if aggregation != "multiplicative":
        if interaction != 0:
            problems.add(f"interaction of {thing}", "goes with multiplicative only",
                         found=f"{interaction:g} with {aggregation}",
                         todo='Leave it out, or write aggregation = "multiplicative".')
        return
    live = [weight for weight in weights if 0 < weight < float("inf")]
    least = 1 - sum(live) / max(live) if len(live) > 1 else -float("inf")
    if interaction == 0:
        problems.add(f"interaction of {thing}", "must not be 0, which is the same as adding up",
                     todo="Say how much of the score comes only where all are good, such as 0.2.")
    elif not (least - 1e-12 <= interaction < 1):
        problems.add(f"interaction of {thing}", f"must be from {least:.4g} to below 1 with these weights",
                     found=f"{interaction:g}",
                     todo="It is what is left of 1 after the weights that each member has by itself.")


def tree_of(axes: Sequence[Group]) -> dict[str, Node]:
    """The node of each axis, criteria by their column in the order of the file."""
    columns = count()  # one counter for the whole tree
    return {axis.name: _node(axis, columns) for axis in axes}


def _node(group: Group, columns: Iterator[int]) -> Node:
    members = tuple(_member(member, columns) for member in group.members)
    return Node(group.name, group.aggregation, group.master, members)


def _member(part: Criterion | Group, columns: Iterator[int]) -> Node | int:
    return _node(cast("Group", part), columns) if hasattr(part, "members") else next(columns)
