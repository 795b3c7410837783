"""Why is it different from last time: the model, the data or the cuts?

The old model is run on the new data, the new model on the old data, and so on for all eight mixtures. A cause is
credited with what switching it changes, averaged over all orders of switching (Shapley 1953, A value for n-person
games), so the parts sum to the whole whatever the order.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import permutations, product
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import Bands
from srmkit.errors import Problems
from srmkit.language import bracketed, listed, marked, percent, say
from srmkit.robustness.class_acceptability import check_axes
from srmkit.scoring import Missing, Scorecard, Scores

if TYPE_CHECKING:
    from srmkit.metrics import Metrics
    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]
Mixture = tuple[bool, bool, bool]

CAUSES = ("model", "data", "cuts")
OLD, NEW = (False, False, False), (True, True, True)
THE = {"model": marked("the model"), "data": marked("the data"), "cuts": marked("the cuts")}
NONE = "no class"


@dataclass(frozen=True, eq=False)
class Run:
    """One run as its three parts: the model (scorecard and what it does about gaps), the figures, the cuts.

    `figures` hold every metric that the scorecards of both runs ask for. `cuts` are a matrix or
    grades.
    """

    scorecard: Scorecard
    figures: Metrics | pd.DataFrame
    cuts: Matrix | Bands
    missing: Missing = "refuse"


@dataclass(frozen=True, eq=False)
class CauseSplit:
    """What changed between two runs, by cause, for the candidates of both.

    `scores` has one row a candidate: before, after and change of the total, and the points of it that the
    model and the data account for (cuts move no score). `classes` has before, after, moved, and what
    the model, the data and the cuts account for of the move: they sum to 1 for who moved, to 0 for
    who stayed (two causes may have cancelled). `came` and `went` are those in one run only.
    """

    scores: pd.DataFrame
    classes: pd.DataFrame
    came: tuple[Any, ...]
    went: tuple[Any, ...]

    @cached_property
    def moves(self) -> pd.DataFrame:
        """Moves from class to class with their number, and how many of them each cause accounts for."""
        moved = self.classes[self.classes["moved"]]
        groups = moved.astype({"moved": int}).groupby(["before", "after"], sort=True)
        return groups[["moved", *CAUSES]].sum().rename(columns={"moved": "candidates"})

    @cached_property
    def by_cause(self) -> pd.Series:
        """How many moves each cause accounts for; they sum to the number of movers."""
        return self.classes[self.classes["moved"]][list(CAUSES)].sum().rename("moves")

    @cached_property
    def sentences(self) -> list[str]:
        """One sentence for each mover: from where to where, why, and what its total did."""
        return self.told()

    def told(self, called: Mapping[Any, str] = MappingProxyType({})) -> list[str]:
        """The `sentences`, with candidates called as here; who is not in it by its id."""
        points = self.scores.to_dict("index")
        movers = self.classes[self.classes["moved"]].to_dict("index")
        return [_sentence(called.get(one, one), row, points[one]) for one, row in movers.items()]


def cause_split(before: Run, after: Run) -> CauseSplit:
    """How much of what changed between two runs is due to the model, to the data and to the cuts.

    Raises SrmkitError where one of the mixtures cannot be had: a metric of the new scorecard that the
    old figures lack, an axis of one matrix that the other scorecard lacks, or no candidate in common.
    """
    names = _common(before, after)
    runs = (before, after)
    scores = {
        (model, data): runs[model].scorecard.score(runs[data].figures, missing=runs[model].missing)
        for model, data in product((False, True), repeat=2)
    }
    totals = {
        mixture: np.asarray(scores[mixture[:2]].total.reindex(names), dtype=np.float64) for mixture in _mixtures()
    }
    classes = {mixture: _classes(scores[mixture[:2]], runs[mixture[2]].cuts, names) for mixture in _mixtures()}
    arrived = {mixture: (found == classes[NEW]).astype(float) for mixture, found in classes.items()}
    points, moves = _shapley(totals), _shapley(arrived)
    table = {"before": totals[OLD], "after": totals[NEW], "change": totals[NEW] - totals[OLD],
             "model": points["model"], "data": points["data"]}
    moved = {"before": classes[OLD], "after": classes[NEW], "moved": classes[OLD] != classes[NEW], **moves}
    old, new = (pd.Index(score.total.index) for score in (scores[False, False], scores[True, True]))
    return CauseSplit(
        scores=pd.DataFrame(table, index=names),
        classes=pd.DataFrame(moved, index=names),
        came=tuple(new.difference(old, sort=False)),
        went=tuple(old.difference(new, sort=False)),
    )


def _mixtures() -> list[Mixture]:
    return [(model, data, cuts) for model, data, cuts in product((False, True), repeat=3)]


def _shapley(worth: Mapping[Mixture, Floats]) -> dict[str, Floats]:
    """What each cause adds, on average over the orders of switching them from old to new."""
    parts = {cause: np.zeros_like(worth[OLD]) for cause in CAUSES}
    orders = list(permutations(range(len(CAUSES))))
    for order in orders:
        now = list(OLD)
        for place in order:
            was = worth[now[0], now[1], now[2]]
            now[place] = True
            parts[CAUSES[place]] += worth[now[0], now[1], now[2]] - was
    return {cause: part / len(orders) for cause, part in parts.items()}


def _classes(scores: Scores, cuts: Matrix | Bands, names: pd.Index) -> NDArray[np.object_]:
    if isinstance(cuts, Bands):
        found = scores.grades(cuts).astype(object)
    else:
        check_axes(scores, cuts)
        found = cuts.assign(scores.axes).segment
    return np.asarray(found.reindex(names).astype(object).fillna(NONE), dtype=object)


def _common(before: Run, after: Run) -> pd.Index:
    """Candidates of both runs, in the order of the later one."""
    old, new = (
        (run.figures if isinstance(run.figures, pd.DataFrame) else run.figures.values).index for run in (before, after)
    )
    problems = Problems("causes of change")
    if not new.isin(old).any():
        problems.add("the two runs", "have no candidate in common", todo="Use the same ids in both.")
    problems.raise_if_any()
    return new[new.isin(old)]


def _sentence(name: Any, row: Mapping[Any, Any], score: Mapping[Any, Any]) -> str:
    """One mover in words; causes that account for less than half a percent of the move are not named."""
    credited = sorted(((row[cause], cause) for cause in CAUSES if row[cause] > 0.005), key=lambda part: -part[0])
    against = [say(THE[cause]) for cause in CAUSES if row[cause] < -0.005]
    why = listed([say(THE[cause]) if len(credited) == 1 else bracketed(say(THE[cause]), percent(part))
                  for part, cause in credited])
    if against:
        why = say("{causes}, against {others}", causes=why, others=listed(against))
    model, data = (round(score[cause], 1) + 0.0 for cause in ("model", "data"))
    return say(
        "{who} moved from {before} to {after} because of {causes}; its total went from {old:.1f} to {new:.1f} points "
        "(model {model:+.1f}, data {data:+.1f}).", who=name, before=say(row["before"]), after=say(row["after"]),
        causes=why, old=score["before"], new=score["after"], model=model, data=data)
