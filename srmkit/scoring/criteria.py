"""The parts of a scorecard: criteria in groups, and gates that no score can buy back."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.language import column, joined, say
from srmkit.scoring.aggregation import Aggregation, check_aggregation, master_constant
from srmkit.scoring.scales import Scale

Source = Literal["measured", "audited", "judged", "imputed"]
Outside = Literal["clip", "refuse"]


@dataclass(frozen=True)
class Criterion:
    """One metric with its weight in points, the scale that values it, and why it counts.

    `metric` names the figure (the criterion's own name where left out); `source` says whether it is
    measured, audited, judged or imputed. A figure beyond the ends of the scale counts as the end and is
    counted (`outside="clip"`), or is refused. `judged` tells how a weighing came to the weight, in the
    language of its report, and `said` what the raters said of it; the scorecard's hash is of decisions and of
    people's own words, and leaves `judged` out.
    """

    name: str
    weight: float
    scale: Scale
    metric: str = ""
    label: str = ""
    unit: str = ""
    definition: str = ""
    rationale: str = ""
    source: Source = "measured"
    outside: Outside = "clip"
    judged: str = ""
    said: str = ""

    @property
    def why(self) -> str:
        """Why it counts as it does: how its weight was judged, what the raters said, and its rationale."""
        return joined(self.judged, self.said, say(self.rationale)) if self.judged or self.said else self.rationale

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", float(self.weight))
        object.__setattr__(self, "metric", self.metric or self.name)
        object.__setattr__(self, "label", self.label or label_of(self.name))


@dataclass(frozen=True)
class Group:
    """Criteria (or further groups) that share one weight; an axis is a group at the top.

    `aggregation` says how the members come to one value; `interaction` belongs to multiplicative ones:
    what is left of 1 after the weights that the members have by themselves (see `aggregation`).
    Raises SrmkitError for an interaction that the weights leave no room for.
    """

    name: str
    weight: float
    members: tuple[Criterion | Group, ...]
    label: str = ""
    rationale: str = ""
    aggregation: Aggregation = "additive"
    interaction: float = 0.0
    judged: str = ""
    said: str = ""

    @property
    def why(self) -> str:
        """Why it counts as it does: how its weight was judged, what the raters said, and its rationale."""
        return joined(self.judged, self.said, say(self.rationale)) if self.judged or self.said else self.rationale

    def __post_init__(self) -> None:
        object.__setattr__(self, "weight", float(self.weight))
        object.__setattr__(self, "members", tuple(self.members))
        object.__setattr__(self, "label", self.label or label_of(self.name))
        object.__setattr__(self, "interaction", float(self.interaction))
        problems = Problems(f"group '{self.name}'")
        weights = [member.weight for member in self.members]
        check_aggregation(f"'{self.name}'", self.aggregation, self.interaction, weights, problems)
        problems.raise_if_any()

    @property
    def master(self) -> float:
        """Keeney and Raiffa's master constant K of a multiplicative group, else 0."""
        return master_constant([member.weight for member in self.members], self.interaction)

    def walk(self) -> Iterator[Criterion | Group]:
        """This group and everything below it."""
        yield self
        for member in self.members:
            if isinstance(member, Group):
                yield from member.walk()
            else:
                yield member

    def leaves(self, share: float = 1.0) -> Iterator[tuple[Criterion, float]]:
        """Every criterion below, with its share of this group times `share`."""
        points = sum(member.weight for member in self.members)
        for member in self.members:
            part = share * member.weight / points
            if isinstance(member, Group):
                yield from member.leaves(part)
            else:
                yield member, part


@dataclass(frozen=True)
class Gate:
    """A condition that a candidate must meet, whatever its score: exactly one of the three limits.

    A candidate that fails keeps its score and its contributions but gets no rank and no grade.
    Where the figure is missing the candidate `passes` (and a note says so) or `fails`.
    """

    metric: str
    words: str
    at_least: float | None = None
    at_most: float | None = None
    equals: float | None = None
    missing: Literal["passes", "fails"] = "passes"

    def __post_init__(self) -> None:
        problems = Problems(f"gate '{self.words or self.metric}'")
        given = [name for name in ("at_least", "at_most", "equals") if getattr(self, name) is not None]
        if len(given) != 1:
            problems.add("limit", "must be exactly one of at_least, at_most, equals",
                         found=" and ".join(given) or "none")
        elif not math.isfinite(getattr(self, given[0])):
            problems.add(given[0], "must be a finite number", found=str(getattr(self, given[0])))
        if not self.words.strip():
            problems.add("words", "are empty", todo="Say what a candidate that fails lacks.")
        problems.raise_if_any()

    @property
    def condition(self) -> str:
        """The rule in words: 'willing must be 1'."""
        metric = column(self.metric, self.metric)
        if self.at_least is not None:
            return say("{metric} must be at least {limit:g}", metric=metric, limit=self.at_least)
        if self.at_most is not None:
            return say("{metric} must be at most {limit:g}", metric=metric, limit=self.at_most)
        return say("{metric} must be {limit:g}", metric=metric, limit=self.equals)

    def fails(self, raw: NDArray[np.float64]) -> NDArray[np.bool_]:
        """Which figures break the rule; a missing one only where the gate says so."""
        if self.at_least is not None:
            broken = raw < self.at_least - 1e-9
        elif self.at_most is not None:
            broken = raw > self.at_most + 1e-9
        else:
            broken = np.abs(raw - (self.equals or 0.0)) > 1e-9
        return np.asarray(np.where(np.isnan(raw), self.missing == "fails", broken))


def label_of(name: str) -> str:
    """Words for a name: 'spend_share' is 'Spend share'."""
    return name.replace("_", " ").capitalize()
