"""The shape of a scorecard file: which keys there are, and of what kind their values must be."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from srmkit.scoring.aggregation import Aggregation
from srmkit.scoring.criteria import Criterion, Gate, Group, Outside, Source
from srmkit.scoring.scales import SCALES, Scale

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]
Number = Annotated[float, Field(strict=True, allow_inf_nan=False)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _ScaleModel(_Part):
    type: str

    def scale(self) -> Scale:
        """The scale that this entry describes."""
        made: Scale = SCALES[self.type](**self.model_dump(exclude={"type"}))
        return made

    @model_validator(mode="after")
    def _makes_a_scale(self) -> Any:
        self.scale()  # equal ends and the like: the scale itself knows, and its error says so
        return self


class LinearModel(_ScaleModel):
    """`{ type = "linear", worst = 30, best = 5 }`."""

    type: Literal["linear"]
    worst: Number
    best: Number


class LogarithmicModel(LinearModel):
    """`{ type = "logarithmic", worst = 10000, best = 1000000 }`."""

    type: Literal["logarithmic"]  # type: ignore[assignment]  # same keys, other name


class ExponentialModel(LinearModel):
    """`{ type = "exponential", worst = 1, best = 5, rho = 0.653 }`."""

    type: Literal["exponential"]  # type: ignore[assignment]  # same keys, other name
    rho: Number


class PiecewiseModel(_ScaleModel):
    """`{ type = "piecewise", points = [[0, 0], [2, 0.5], [10, 1]] }`."""

    type: Literal["piecewise"]
    points: tuple[tuple[Number, Number], ...]


class TargetModel(_ScaleModel):
    """`{ type = "target", worst = [0, 60], best = [10, 20] }`."""

    type: Literal["target"]
    worst: tuple[Number, Number]
    best: tuple[Number, Number]


class StepsModel(_ScaleModel):
    """`{ type = "steps", steps = { none = 0, some = 0.6, full = 1 } }`."""

    type: Literal["steps"]
    steps: dict[str, Number]


class RelativeMinMaxModel(_ScaleModel):
    """`{ type = "relative_min_max", better = "lower" }`: the ends are taken from the candidates at hand."""

    type: Literal["relative_min_max"]
    better: Literal["higher", "lower"]


class RelativeRankModel(RelativeMinMaxModel):
    """`{ type = "relative_rank", better = "higher" }`: only the order of the candidates at hand counts."""

    type: Literal["relative_rank"]  # type: ignore[assignment]  # same keys, other name


ScaleModel = Annotated[
    LinearModel
    | LogarithmicModel
    | ExponentialModel
    | PiecewiseModel
    | TargetModel
    | StepsModel
    | RelativeMinMaxModel
    | RelativeRankModel,
    Field(discriminator="type"),
]

SCALE_MODELS: dict[str, type[_ScaleModel]] = {
    "linear": LinearModel,
    "logarithmic": LogarithmicModel,
    "exponential": ExponentialModel,
    "piecewise": PiecewiseModel,
    "target": TargetModel,
    "steps": StepsModel,
    "relative_min_max": RelativeMinMaxModel,
    "relative_rank": RelativeRankModel,
}


class CriterionModel(_Part):
    """One `[[axes.criteria]]` entry."""

    name: Name
    weight: Number
    scale: ScaleModel
    rationale: Text
    definition: Text
    unit: str
    metric: str = ""
    label: str = ""
    source: Source = "measured"
    outside: Outside = "clip"
    judged: str = ""
    said: str = ""

    def criterion(self) -> Criterion:
        """The criterion that this entry describes."""
        return Criterion(**{**dict(self), "scale": self.scale.scale()})


class GroupModel(_Part):
    """One `[[axes]]` or `[[axes.groups]]` entry: criteria, further groups, or both."""

    name: Name
    weight: Number
    rationale: Text
    label: str = ""
    aggregation: Aggregation = "additive"
    interaction: Number = 0.0
    judged: str = ""
    said: str = ""
    criteria: tuple[CriterionModel, ...] = ()
    groups: tuple[GroupModel, ...] = ()

    def group(self) -> Group:
        """The group that this entry describes."""
        members: tuple[Criterion | Group, ...] = tuple(c.criterion() for c in self.criteria)
        members += tuple(g.group() for g in self.groups)
        return Group(
            self.name, self.weight, members, self.label, self.rationale, self.aggregation, self.interaction,
            self.judged, self.said,
        )

    @model_validator(mode="after")
    def _makes_a_group(self) -> GroupModel:
        self.group()
        return self


class GateModel(_Part):
    """One `[[gates]]` entry."""

    metric: Text
    words: Text
    at_least: Number | None = None
    at_most: Number | None = None
    equals: Number | None = None
    missing: Literal["passes", "fails"] = "passes"

    def gate(self) -> Gate:
        """The gate that this entry describes."""
        return Gate(**dict(self))

    @model_validator(mode="after")
    def _makes_a_gate(self) -> GateModel:
        self.gate()
        return self


class _HeadModel(_Part):
    name: Name
    title: Text
    version: Text
    date: dt.date
    owner: Text


class ScorecardModel(_HeadModel):
    """A whole scorecard file."""

    axes: tuple[GroupModel, ...]
    gates: tuple[GateModel, ...] = ()
    aggregation: Aggregation = "additive"
    interaction: Number = 0.0


class PointsModel(_Part):
    """One entry under `[weights]` of a preset: `trust = { points = 25, rationale = "..." }`."""

    points: Number
    rationale: Text


class PresetModel(_HeadModel):
    """A file that takes another scorecard and gives other weights, each with its reason."""

    extends: Name
    weights: dict[str, PointsModel]
