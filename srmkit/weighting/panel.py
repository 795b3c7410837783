"""What several raters say about one group of weights: the group's weights, how far they agree, who differs on what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, get_args

import pandas as pd

from srmkit.errors import Problems, SrmkitError
from srmkit.language import say
from srmkit.scoring import Scorecard
from srmkit.weighting.groups import Agreement, combined_weights, criterion_spreads, kendall_w, rater_distances
from srmkit.weighting.judged import Judged, Rules, judged
from srmkit.weighting.judgement_file import Judgements, families
from srmkit.weighting.pairwise import combined_comparisons, pairwise_weights

Combine = Literal["geometric", "arithmetic", "comparisons"]


@dataclass(frozen=True, eq=False)
class Panel:
    """One group of weights as its raters see it.

    `members` are the names and labels of its weights; `judged` what each rater made of them. `combine` says how they
    become the group's weights: by the geometric or arithmetic mean of the raters' weights (AIP), or, with
    `"comparisons"`, by the geometric mean of their comparisons (AIJ) where all of them compared in pairs.
    """

    group: str
    label: str
    members: Mapping[str, str]
    judged: tuple[Judged, ...]
    combine: Combine = "geometric"
    rules: Rules = Rules()

    @cached_property
    def raters(self) -> pd.DataFrame:
        """Weights: one row a rater, one column a weight; rows sum to 1."""
        return self._table("weights")

    @cached_property
    def low(self) -> pd.DataFrame:
        """Lowest that each rater's own judgements leave open, in the shape of `raters`."""
        return self._table("low")

    @cached_property
    def high(self) -> pd.DataFrame:
        """Highest that each rater's own judgements leave open, in the shape of `raters`."""
        return self._table("high")

    @property
    def by_comparisons(self) -> bool:
        """Whether the comparisons are combined, and not the weights."""
        return self.combine == "comparisons" and all(one.comparisons is not None for one in self.judged)

    @cached_property
    def weights(self) -> pd.Series[float]:
        """The group's weights (shares, sum to 1)."""
        return self.without(None)

    def without(self, rater: str | None) -> pd.Series[float]:
        """The group's weights as they would be without one of the raters."""
        kept = [one for one in self.judged if one.said.rater != rater]
        if self.by_comparisons:
            both = combined_comparisons([one.comparisons for one in kept if one.comparisons is not None])
            return pairwise_weights(both, self.rules.priority).weights
        mean: Literal["geometric", "arithmetic"] = "arithmetic" if self.combine == "arithmetic" else "geometric"
        return combined_weights(self.raters.loc[[one.said.rater for one in kept]], mean)

    @cached_property
    def agreement(self) -> Agreement | None:
        """How far the raters order the weights alike; None for a rater alone."""
        return kendall_w(self.raters) if len(self.judged) > 1 else None

    @cached_property
    def distances(self) -> pd.DataFrame:
        """How far each rater is from the group, and on what most."""
        return rater_distances(self.raters, self.weights)

    @cached_property
    def spreads(self) -> pd.DataFrame:
        """How far the raters are apart on each weight, and who stands at the ends."""
        return criterion_spreads(self.raters, self.weights)

    def _table(self, part: str) -> pd.DataFrame:
        rows = {one.said.rater: getattr(one, part)[list(self.members)] for one in self.judged}
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("rater")


def panels(
    judgements: Judgements, scorecard: Scorecard, *, combine: Combine = "geometric", rules: Rules | None = None
) -> tuple[Panel, ...]:
    """A panel for each group of weights that anybody judged, in the order of the scorecard.

    Raises SrmkitError naming every rater whose judgements cannot be made into weights.
    """
    rules = rules or Rules()
    problems = Problems(f"judgements {judgements.name}")
    if combine not in get_args(Combine):
        problems.add("'combine'", f"must be {', '.join(get_args(Combine))}", found=repr(combine))
    labels = {"total": say("Total"), **{part.name: say(part.label) for axis in scorecard.axes for part in axis.walk()}}
    found = []
    for group, parts in families(scorecard).items():
        members = {part.name: say(part.label) for part in parts}
        made = tuple(_each(judgements, group, members, rules, problems))
        if made:
            found.append(Panel(group, labels[group], members, made, combine, rules))
    problems.raise_if_any()
    return tuple(found)


def _each(
    judgements: Judgements, group: str, members: Mapping[str, str], rules: Rules, problems: Problems
) -> Iterable[Judged]:
    for said in judgements.said:
        if said.group == group:
            try:
                yield judged(said, members, rules)
            except SrmkitError as error:
                for problem in error.problems:
                    problems.add(f"rater '{said.rater}', {group}: {problem.thing}", problem.wrong,
                                 found=problem.found, todo=problem.todo)
