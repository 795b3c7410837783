"""A scorecard: named criteria in a tree, with the agreed ends and the reason for every weight."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.errors import Problems, did_you_mean
from srmkit.scoring.aggregation import Aggregation, Node, check_aggregation, master_constant, tree_of
from srmkit.scoring.criteria import Criterion, Gate, Group
from srmkit.scoring.tree import check_tree, nodes_of, with_weights, without

if TYPE_CHECKING:
    from srmkit.scoring.differences import ScorecardDiff
    from srmkit.scoring.gaps import Missing
    from srmkit.scoring.measured import MetricsLike
    from srmkit.scoring.scores import Scores


@dataclass(frozen=True)
class Scorecard:
    """Axes, each a tree of weighted criteria, and the gates that no score can buy back.

    Weights are points of any positive unit; only their ratios within a group count. Names of axes,
    groups and criteria all differ. `aggregation` says how the axes come to a total, as that of a `Group`
    says it for its members. Raises SrmkitError naming everything that is wrong.

    >>> from srmkit.scoring import Linear
    >>> price = Criterion("price_index", weight=25, scale=Linear(worst=110, best=90))
    >>> on_time = Criterion("on_time_rate", weight=75, scale=Linear(worst=0.8, best=1))
    >>> card = Scorecard("suppliers", axes=(Group("performance", 1, (price, on_time)),))
    >>> figures = pd.DataFrame({"price_index": [100, 90], "on_time_rate": [0.9, 0.8]}, index=["Alba", "Dahl"])
    >>> card.score(figures).total.round(6).to_dict()
    {'Alba': 50.0, 'Dahl': 25.0}
    """

    name: str
    title: str = ""
    version: str = ""
    date: dt.date | None = None
    owner: str = ""
    axes: tuple[Group, ...] = ()
    gates: tuple[Gate, ...] = ()
    aggregation: Aggregation = "additive"
    interaction: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "axes", tuple(self.axes))
        object.__setattr__(self, "gates", tuple(self.gates))
        object.__setattr__(self, "interaction", float(self.interaction))
        problems = Problems(f"scorecard '{self.name}'")
        check_tree(nodes_of(self.axes), problems)
        weights = [axis.weight for axis in self.axes]
        check_aggregation("the axes", self.aggregation, self.interaction, weights, problems)
        problems.raise_if_any()

    @classmethod
    def read(cls, source: str | Path) -> Scorecard:
        """The scorecard of that name among those that come with srmkit, or the one in that TOML file."""
        from srmkit.scoring.reading import read_scorecard

        return read_scorecard(source)

    @cached_property
    def criteria(self) -> tuple[Criterion, ...]:
        """Every criterion, axis by axis, in the order of the file."""
        return tuple(criterion for _, criterion, _ in self._leaves())

    @cached_property
    def weights(self) -> pd.Series[float]:
        """Share of each criterion within its axis (0 to 1; sums to 1 for each axis)."""
        shares = {criterion.name: share for _, criterion, share in self._leaves()}
        return pd.Series(shares, name="weight", dtype=float).rename_axis("criterion")

    @cached_property
    def axis_of(self) -> pd.Series[str]:
        """Axis of each criterion."""
        axes = {criterion.name: axis.name for axis, criterion, _ in self._leaves()}
        return pd.Series(axes, name="axis", dtype=object).rename_axis("criterion")

    @cached_property
    def axis_weights(self) -> pd.Series[float]:
        """Share of each axis in the total (0 to 1; sums to 1)."""
        points = sum(axis.weight for axis in self.axes)
        shares = {axis.name: axis.weight / points for axis in self.axes}
        return pd.Series(shares, name="weight", dtype=float).rename_axis("axis")

    @property
    def trees(self) -> dict[str, Node]:
        """How the criteria of each axis come together, criteria by their place in `criteria`."""
        return tree_of(self.axes)

    @property
    def root(self) -> Node:
        """How the axes come to the total; its members are the places of the axes."""
        master = master_constant([axis.weight for axis in self.axes], self.interaction)
        return Node("total", self.aggregation, master, tuple(range(len(self.axes))))

    @property
    def additive(self) -> bool:
        """Whether every score is a plain weighted sum: what exact answers about weights rest on."""
        return self.aggregation == "additive" and all(tree.additive for tree in self.trees.values())

    @cached_property
    def hash(self) -> str:
        """SHA-256 of the content: two scorecards that could score differently never share it.

        It is the same in every language: how a weighing came to a weight (`judged`) is told in that of the report,
        and has no part in it.
        """
        text = json.dumps(_plain(self), sort_keys=True, ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    def __hash__(self) -> int:
        return hash(self.hash)

    def reweighted(self, **points: float) -> Scorecard:
        """A second scorecard with other points for the named criteria, groups or axes; this one stays.

        SrmkitError names unknown names, negative points, and groups left without any.
        """
        self._check_known(points, "reweighted")
        parts = {part.name: part for axis in self.axes for part in axis.walk()}
        # the signed reason belongs to the signed weight, so the new weight says what it replaces
        changes = {}
        for name, weight in points.items():
            if weight != parts[name].weight:
                why = f"{weight:g} points instead of {parts[name].weight:g}. {parts[name].rationale}"
                changes[name] = (weight, why.strip())
        return replace(self, axes=tuple(with_weights(axis, changes) for axis in self.axes))

    def without(self, *names: str) -> Scorecard:
        """A second scorecard that leaves the named criteria, groups or axes out; this one stays."""
        self._check_known(names, "without")
        kept = [without(axis, names) for axis in self.axes]
        return replace(self, axes=tuple(axis for axis in kept if axis is not None))

    def diff(self, other: Scorecard) -> ScorecardDiff:
        """What changed from this scorecard to another version, as a table and in words."""
        from srmkit.scoring.differences import diff

        return diff(self, other)

    def table(self) -> pd.DataFrame:
        """One row a criterion: axis, label, metric, share of the axis, ends, definition, rationale."""
        rows = [
            {
                "criterion": criterion.name,
                "axis": axis.name,
                "label": criterion.label,
                "metric": criterion.metric,
                "points": criterion.weight,
                "weight": share,
                "scale": criterion.scale.type,
                "worst": criterion.scale.worst_words,
                "best": criterion.scale.best_words,
                "unit": criterion.unit,
                "outside": criterion.outside,
                "source": criterion.source,
                "definition": criterion.definition,
                "rationale": criterion.why,
            }
            for axis, criterion, share in self._leaves()
        ]
        return pd.DataFrame(rows).set_index("criterion")

    def outline(self) -> pd.DataFrame:
        """One row an axis, group or criterion, as in the file, each with its points and rationale.

        `share` is that of the points of its siblings (0 to 1), `part_of` the axis or group around it.
        """
        rows = [row for axis in self.axes for row in _outlined(axis, "axis", "", self.axes)]
        return pd.DataFrame(rows).set_index("name")

    def score(self, metrics: MetricsLike | pd.DataFrame, *, missing: Missing = "refuse") -> Scores:
        """Score every candidate (0 to 100): `metrics` holds one figure a candidate and metric.

        A plain table has one row a candidate and one column a metric; further columns are left alone.
        `missing` decides what a gap does: `"refuse"` raises SrmkitError naming who lacks what,
        `"reweight"` gives the weight to the other criteria of the axis, `"worst"` counts it as worst,
        `"interval"` scores as `"reweight"` and keeps beside it the lowest and the highest possible score
        (`Scores.low`, `Scores.high`). Figures beyond a scale's ends count as the end, or are refused where
        the criterion says so. The result remembers all of it.
        """
        from srmkit.scoring.scoring import score

        return score(self, metrics, missing=missing)

    def _leaves(self) -> Iterator[tuple[Group, Criterion, float]]:
        for axis in self.axes:
            for criterion, share in axis.leaves():
                yield axis, criterion, share

    def _check_known(self, names: Iterable[str], what: str) -> None:
        known = [part.name for axis in self.axes for part in axis.walk()]
        problems = Problems(f"scorecard '{self.name}' {what}")
        for name in names:
            if name not in known:
                problems.add(f"'{name}'", "is no axis, group or criterion of it",
                             todo=did_you_mean(name, known, "Names are"))
        problems.raise_if_any()


def _outlined(
    part: Criterion | Group, kind: str, parent: str, siblings: Sequence[Criterion | Group]
) -> Iterator[dict[str, Any]]:
    yield {
        "name": part.name,
        "kind": kind if isinstance(part, Group) else "criterion",
        "part_of": parent,
        "label": part.label,
        "points": part.weight,
        "share": part.weight / sum(sibling.weight for sibling in siblings),
        "aggregation": part.aggregation if isinstance(part, Group) else "",
        "rationale": part.why,
    }
    for member in part.members if isinstance(part, Group) else ():
        yield from _outlined(member, "group", part.name, part.members if isinstance(part, Group) else ())


def _plain(scorecard: Scorecard) -> dict[str, Any]:
    content = {name: getattr(scorecard, name) for name in ("name", "title", "version", "date", "owner")}
    axes = [_plain_part(axis) for axis in scorecard.axes]
    return content | _said(scorecard) | {"axes": axes, "gates": [vars(gate) for gate in scorecard.gates]}


def _said(part: Scorecard | Group | Criterion) -> dict[str, Any]:
    """Decisions that differ from the usual ones: what nobody said leaves the hash of a signed scorecard alone."""
    usual = {"aggregation": "additive", "interaction": 0.0, "outside": "clip", "said": ""}
    return {name: value for name, value in vars(part).items() if name in usual and value != usual[name]}


def _plain_part(part: Criterion | Group) -> dict[str, Any]:
    if isinstance(part, Group):
        content = {name: getattr(part, name) for name in ("name", "weight", "label", "rationale")}
        return content | _said(part) | {"members": [_plain_part(member) for member in part.members]}
    scale = {str(name): _plain_value(value) for name, value in vars(part.scale).items()}
    content = {name: value for name, value in vars(part).items() if name not in ("outside", "judged", "said")}
    return content | _said(part) | {"scale": {"type": part.scale.type, **scale}}


def _plain_value(value: Any) -> Any:
    return {str(step): worth for step, worth in value.items()} if isinstance(value, dict) else value
