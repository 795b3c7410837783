"""The cheapest path up: the smallest change of figures that reaches a grade, a rank or a score.

Between the points of its scale a figure gains points in proportion, so the cheapest changes are a linear programme:
the least sum of cost times change such that the points add up to the goal. Where a scale is not concave (steps, a
second steeper stretch, two sides of a target) each figure also chooses one stretch of its scale. That is a
mixed-integer programme, solved by branch and bound over linear ones (HiGHS through SciPy, whose own integer solver
writes to the screen). Curved scales are cut into short chords, ever shorter about the answer, until they are exact to a
millionth of a point.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import count, pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems, did_you_mean
from srmkit.language import enumerated, joined, percent, say
from srmkit.rounding import enough_of, figure, said_before, said_in
from srmkit.scoring.scales import Exponential, Logarithmic, PiecewiseLinear, RelativeMinMax, Steps, Target

if TYPE_CHECKING:
    from srmkit.scoring.criteria import Criterion
    from srmkit.scoring.scores import Scores

Floats = NDArray[np.float64]

CHORDS = 20  # into which a curved scale is cut, and cut again about the answer
ROUNDS = 3
HAIR = 1e-6  # points: what the solver may leave open
BELOW = 1e-6  # points by which a score must stay below a cut, since a score on it belongs to the higher side
COLUMNS = ["criterion", "label", "unit", "now", "to", "whole", "change", "cost", "gain"]


@dataclass(frozen=True)
class Goal:
    """Points that the total (`on` is "total") or an axis must have: at least so many, below so many, or both."""

    on: str = "total"
    at_least: float | None = None
    below: float | None = None


@dataclass(frozen=True)
class PathUp:
    """The cheapest change of one candidate's figures that reaches an aim.

    `changes` has one row a figure that changes: criterion, label, unit, now, to, change (in its unit; a gap for
    words), cost, and gain (points of the total); `whole` says that such figures come in whole numbers, and the
    words then name the next one. `cost` is their sum: in shares of the scales unless costs were
    given; 0 where the aim is reached already, infinite where no change within the limits reaches it. `best`
    are the points with the changes, or the most that can be had where none suffice. `held` are figures
    that nobody can change here: missing ones, and those valued relative to the candidates at hand.
    `besides` are gates that it must meet and that no figure in reach decides; amounts are in `currency`.
    """

    candidate: Hashable
    aim: str
    cost: float
    changes: pd.DataFrame
    best: float
    held: tuple[str, ...]
    besides: tuple[str, ...]
    priced: bool
    currency: str = ""

    @property
    def reachable(self) -> bool:
        """Whether the figures can reach the aim within the limits."""
        return bool(np.isfinite(self.cost))

    @property
    def moves(self) -> str:
        """The changes in words, figures rounded to the side where they are enough."""
        return enumerated(_move(row, self.currency) for row in self.changes.to_dict("records"))

    @property
    def sentence(self) -> str:
        """The path in one sentence, figures rounded to the side where they are enough."""
        besides = say("; ").join(self.besides)
        first = say("It must first meet: {conditions}.", conditions=besides) if besides else ""
        return joined(first, self._way())

    def _way(self) -> str:
        if not self.reachable:
            return say("No change of its figures reaches {aim}: {most:.1f} points are the most.", aim=self.aim,
                       most=self.best)
        if self.changes.empty:
            return say("Its figures reach {aim} as they are.", aim=self.aim)
        if self.priced:
            return say("The cheapest path to {aim}: {moves} (at a cost of {cost}).", aim=self.aim, moves=self.moves,
                       cost=figure(self.cost))
        return say("The cheapest path to {aim}: {moves} ({share} of a scale in all).", aim=self.aim, moves=self.moves,
                   share=percent(self.cost))


def path_up(
    scores: Scores,
    candidate: Hashable,
    aim: str,
    ways: Sequence[Sequence[Goal]],
    *,
    limits: Mapping[str, tuple[float, float]] | None = None,
    costs: Mapping[str, float] | None = None,
    fixed: Collection[str] = (),
) -> PathUp:
    """The cheapest change that meets all goals of one of the `ways`; see `Scores.path_up`."""
    _check(scores, candidate, limits or {}, costs, fixed)
    row = int(scores.total.index.get_indexer(pd.Index([candidate]))[0])
    levers, held = _levers(scores, row, limits or {}, costs, fixed)
    found = [plan for goals in ways if (plan := _cheapest(scores, row, levers, goals)) is not None]
    failed = scores.gated[scores.gated["candidate"] == candidate]
    movable = {lever.metric for lever in levers}
    measured = {gate.condition for gate in scores.scorecard.gates if gate.metric in movable}
    besides = tuple(failed.loc[~failed["condition"].isin(measured), "condition"])
    if not found:
        on = ways[0][0].on if ways and ways[0] else "total"
        best = _level(scores, row, levers, [lever.best(_weights(scores, row, on)) for lever in levers], on)
        return PathUp(candidate, aim, np.inf, _table(scores, row, [], []), best, held, besides, costs is not None,
                      scores.currency)
    figures = min(found, key=lambda plan: sum(lever.cost_of(x) for lever, x in zip(levers, plan, strict=True)))
    changes = _table(scores, row, levers, figures)
    best = _level(scores, row, levers, figures, "total")
    return PathUp(candidate, aim, float(changes["cost"].sum()), changes, best, held, besides, costs is not None,
                  scores.currency)


@dataclass(frozen=True)
class Lever:
    """One figure that can change: the criteria it is behind, where it stands, how far it may go, and what a unit costs.

    Words are numbered; `words` are their names, `now` and the limits are numbers of theirs.
    """

    metric: str
    criteria: tuple[tuple[int, Criterion], ...]
    now: float
    low: float
    high: float
    unit_cost: float
    words: tuple[Any, ...] = ()
    extra: tuple[float, ...] = ()

    @property
    def curved(self) -> bool:
        """Whether a scale of its is neither straight between points nor in steps."""
        return any(isinstance(item.scale, Exponential | Logarithmic) for _, item in self.criteria)

    @property
    def stepped(self) -> bool:
        """Whether its value jumps somewhere."""
        return any(isinstance(item.scale, Steps) for _, item in self.criteria)

    def worth(self, item: Criterion, figures: Floats) -> Floats:
        """Values of figures, or of numbered words, on the scale of one of its criteria."""
        if self.words:
            return item.scale.values(np.array([self.words[int(place)] for place in figures], dtype=object))
        return item.scale.values(figures)

    def cost_of(self, x: float) -> float:
        """What it costs to have this figure."""
        if self.words:
            item = self.criteria[0][1]
            here, there = self.worth(item, np.array([self.now, x]))
            return float(self.unit_cost * abs(there - here))
        return self.unit_cost * abs(x - self.now)

    def best(self, weights: Floats) -> float:
        """The figure that wins most points under these weights."""
        ends = np.array([end for piece in self.pieces() for end in piece])
        worth = sum(weights[place] * self.worth(item, ends) for place, item in self.criteria)
        return float(ends[np.argmax(worth)]) if len(ends) else self.now

    def pieces(self) -> list[tuple[float, float]]:
        """Stretches of figures on which every value and the cost are straight lines (single words as points)."""
        if self.words:
            return [(float(place), float(place)) for place in range(len(self.words))]
        marks = {self.low, self.high, *self.extra}
        for _, item in self.criteria:
            marks.update(_marks(item, self.low, self.high))
        inside = sorted(mark for mark in {*marks, self.now} if self.low <= mark <= self.high)
        if len(inside) < 2:
            return [(mark, mark) for mark in inside]
        short = 1e-7 * (inside[-1] - inside[0]) if self.stepped else 0.0
        pieces = [(a, max(a, b - short)) for a, b in pairwise(inside)]
        return [*pieces, (inside[-1], inside[-1])] if self.stepped else pieces


def _marks(item: Criterion, low: float, high: float) -> list[float]:
    """Figures at which the slope of a scale changes; a curved one is cut into chords."""
    scale = item.scale
    if isinstance(scale, PiecewiseLinear):
        return [point for point, _ in scale.points]
    if isinstance(scale, Target):
        return [*scale.worst, *scale.best]
    if isinstance(scale, Steps):
        return [float(step) for step in scale.steps]
    ends = list(scale.ends)
    if isinstance(scale, Logarithmic):
        return [*ends, *np.geomspace(max(low, ends[0]), max(min(high, ends[1]), ends[0]), CHORDS + 1).tolist()]
    if isinstance(scale, Exponential):
        return [*ends, *np.linspace(max(low, ends[0]), max(min(high, ends[1]), ends[0]), CHORDS + 1).tolist()]
    return ends


def _levers(
    scores: Scores,
    row: int,
    limits: Mapping[str, tuple[float, float]],
    costs: Mapping[str, float] | None,
    fixed: Collection[str],
) -> tuple[list[Lever], tuple[str, ...]]:
    weights, stated = _weights(scores, row, "total"), scores.scorecard.weights.to_dict()
    behind: dict[str, list[tuple[int, Criterion]]] = {}
    for place, item in enumerate(scores.criteria):
        if stated[item.name] > 0:
            behind.setdefault(item.metric, []).append((place, item))
    levers, held, as_written = [], [], scores.scorecard.criteria
    for metric, criteria in behind.items():
        names = [item.name for _, item in criteria]
        raw = scores.raw[names[0]].iloc[row]
        relative = any(isinstance(item.scale, RelativeMinMax) for item in as_written if item.name in names)
        if pd.isna(raw) or relative:
            held += names
        elif not any(name in fixed for name in (metric, *names)) and (
            costs is None or any(name in costs for name in (metric, *names))
        ):
            main = max(criteria, key=lambda one: weights[one[0]])[1]
            lever = _lever(scores, metric, tuple(criteria), main, raw, limits, costs)
            if lever is not None:
                levers.append(lever)
    return levers, tuple(held)


def _lever(
    scores: Scores,
    metric: str,
    criteria: tuple[tuple[int, Criterion], ...],
    main: Criterion,
    raw: Any,
    limits: Mapping[str, tuple[float, float]],
    costs: Mapping[str, float] | None,
) -> Lever | None:
    names = (metric, *(item.name for _, item in criteria))
    asked = next((costs[name] for name in names if costs is not None and name in costs), None)
    if isinstance(main.scale, Steps) and main.scale.in_words:
        words = tuple(main.scale.steps)
        cost = 1.0 if asked is None else asked
        return Lever(metric, criteria, float(words.index(raw)), 0, len(words) - 1, cost, words)
    now = float(raw)
    ends = [end for _, item in criteria for end in item.scale.ends]
    given = next((limits[name] for name in names if name in limits), None)
    low, high = (min(*ends, now), max(*ends, now)) if given is None else (min(given[0], now), max(given[1], now))
    for gate in scores.scorecard.gates:
        if gate.metric == metric:
            at_least = gate.equals if gate.at_least is None and gate.at_most is None else gate.at_least
            at_most = gate.equals if gate.at_least is None and gate.at_most is None else gate.at_most
            low = low if at_least is None else max(low, at_least)
            high = high if at_most is None else min(high, at_most)
    span = main.scale.ends[1] - main.scale.ends[0]
    return Lever(metric, criteria, now, low, high, 1 / span if asked is None else asked)


def _weights(scores: Scores, row: int, on: str) -> Floats:
    """Points that the best value of each criterion wins, of the total or of an axis."""
    card = scores.scorecard
    effective = scores.effective if scores.effective.ndim == 1 else scores.effective[row]
    points = sum(axis.weight for axis in card.axes)
    share = [axis.weight / points if on == "total" else float(axis.name == on)
             for axis in card.axes for _ in axis.leaves()]
    return np.asarray(100 * effective * np.array(share, dtype=np.float64), dtype=np.float64)


def _level(scores: Scores, row: int, levers: Sequence[Lever], figures: Sequence[float], on: str) -> float:
    """Points with these figures, all others as they are."""
    weights = _weights(scores, row, on)
    values = np.nan_to_num(scores.values.iloc[row].to_numpy(dtype=float))
    for lever, x in zip(levers, figures, strict=True):
        for place, item in lever.criteria:
            values[place] = lever.worth(item, np.array([x]))[0]
    return float(weights @ values)


def _cheapest(scores: Scores, row: int, levers: list[Lever], goals: Sequence[Goal]) -> list[float] | None:
    """Figures that meet all goals at the least cost; None where none do."""
    margin, now, last = 0.0, [lever.now for lever in levers], None
    within = all(lever.low <= lever.now <= lever.high for lever in levers)
    if within and all(_short(scores, row, levers, now, goal) <= 0 for goal in goals):
        return now
    for _ in range(2 * ROUNDS):
        finer, figures = levers, None
        for _ in range(ROUNDS if any(lever.curved for lever in levers) else 1):
            figures = _solved(scores, row, finer, goals, margin)
            if figures is None:
                return last
            finer = [_finer(lever, x) if lever.curved else lever for lever, x in zip(finer, figures, strict=True)]
        assert figures is not None  # noqa: S101  # there was at least one round
        short = max(_short(scores, row, levers, figures, goal) for goal in goals)
        if short <= 0:
            return figures
        last = figures if short <= HAIR else None
        margin += 1.5 * short  # chords of a curve may promise what it does not keep
    return last


def _finer(lever: Lever, x: float) -> Lever:
    """The lever with short chords about a figure."""
    pieces = lever.pieces()
    near = next((place for place, (a, b) in enumerate(pieces) if a <= x <= b), 0)
    low, high = pieces[max(0, near - 1)][0], pieces[min(len(pieces) - 1, near + 1)][1]
    marks = (*lever.extra, *np.linspace(low, high, CHORDS + 1).tolist(), x)
    return Lever(lever.metric, lever.criteria, lever.now, lever.low, lever.high, lever.unit_cost, lever.words, marks)


def _short(scores: Scores, row: int, levers: Sequence[Lever], figures: Sequence[float], goal: Goal) -> float:
    """Points by which figures miss a goal; 0 or less where they meet it."""
    level = _level(scores, row, levers, figures, goal.on)
    lacking = -np.inf if goal.at_least is None else goal.at_least - level - 1e-9
    beyond = -np.inf if goal.below is None else level - goal.below + 2e-9
    return float(max(lacking, beyond))


@dataclass(frozen=True)
class _Stretches:
    """Where the stretches of one lever start and end (columns 0 and 1): figures, costs, and gains by goal."""

    figures: Floats
    costs: Floats
    gains: tuple[Floats, ...]

    @classmethod
    def of(cls, lever: Lever, weights: Sequence[Floats]) -> _Stretches:
        figures = np.array(lever.pieces(), dtype=np.float64).reshape(-1, 2)
        ends = figures.ravel()
        worth = {place: lever.worth(item, ends) for place, item in lever.criteria}
        gains = tuple(
            np.asarray(sum(points[place] * value for place, value in worth.items())).reshape(-1, 2)
            for points in weights
        )
        return cls(figures, np.array([lever.cost_of(x) for x in ends]).reshape(-1, 2), gains)


@dataclass(frozen=True)
class _Relaxed:
    """Answer of the programme in which a lever may mix its allowed stretches: cost, and by lever its mix."""

    cost: float
    mixes: tuple[Floats, ...]


def _solved(
    scores: Scores, row: int, levers: Sequence[Lever], goals: Sequence[Goal], margin: float
) -> list[float] | None:
    """The cheapest figures by branch and bound: where a mix of stretches promises what no figure keeps, part them."""
    weights = [_weights(scores, row, goal.on) for goal in goals]
    known = np.nan_to_num(scores.values.iloc[row].to_numpy(dtype=float))
    known[[place for lever in levers for place, _ in lever.criteria]] = 0.0
    have = [float(points @ known) for points in weights]
    stretches = [_Stretches.of(lever, weights) for lever in levers]
    if not levers or not all(len(each.figures) for each in stretches):
        return None  # nothing can move, or limits and gates leave no figure
    best, cheapest = None, np.inf
    start = tuple(slice(0, len(each.figures)) for each in stretches)
    order = count()
    waiting = [(0.0, next(order), start)]
    while waiting:
        bound, _, allowed = heappop(waiting)
        if bound >= cheapest:
            break
        relaxed = _relaxed(stretches, allowed, goals, have, margin)
        if relaxed is None or relaxed.cost >= cheapest - 1e-12:
            continue
        figures, apart = _mixed(levers, stretches, relaxed, goals, weights)
        if apart is None:
            best, cheapest = figures, relaxed.cost
            continue
        lever, cut = apart
        for part in (slice(allowed[lever].start, cut), slice(cut, allowed[lever].stop)):
            heappush(waiting, (relaxed.cost, next(order), (*allowed[:lever], part, *allowed[lever + 1 :])))
    return None if best is None else [_at_rest(lever, x) for lever, x in zip(levers, best, strict=True)]


def _relaxed(
    stretches: Sequence[_Stretches], allowed: tuple[slice, ...], goals: Sequence[Goal], have: list[float], margin: float
) -> _Relaxed | None:
    from scipy.optimize import linprog

    costs = np.concatenate([each.costs[part].ravel() for each, part in zip(stretches, allowed, strict=True)])
    sizes = [2 * (part.stop - part.start) for part in allowed]
    rows, most = [], []
    for place, goal in enumerate(goals):
        gains = np.concatenate([each.gains[place][part].ravel() for each, part in zip(stretches, allowed, strict=True)])
        if goal.at_least is not None:
            rows.append(-gains)
            most.append(have[place] - goal.at_least - margin)
        if goal.below is not None:
            rows.append(gains)
            most.append(goal.below - have[place] - BELOW - margin)
    whole = np.repeat(np.eye(len(sizes)), sizes, axis=1)  # each lever's mix sums to 1
    limits = {"A_ub": np.array(rows), "b_ub": np.array(most)} if rows else {}
    answer = linprog(costs, **limits, A_eq=whole, b_eq=np.ones(len(sizes)), method="highs-ds")
    if answer.status != 0:
        return None
    mixes, first = [], np.cumsum([0, *sizes])
    for each, part, start in zip(stretches, allowed, first, strict=False):
        mix = np.zeros(each.figures.shape)
        mix[part] = answer.x[start : start + 2 * (part.stop - part.start)].reshape(-1, 2)
        mixes.append(mix)
    return _Relaxed(float(answer.fun), tuple(mixes))


def _mixed(
    levers: Sequence[Lever], stretches: Sequence[_Stretches], relaxed: _Relaxed, goals: Sequence[Goal],
    weights: Sequence[Floats],
) -> tuple[list[float], tuple[int, int] | None]:
    """The figures of the mixes; the lever whose figure misses most of what its mix promises, and where to part it."""
    figures, worst, apart = [], 1e-7, None
    for place, (lever, each, mix) in enumerate(zip(levers, stretches, relaxed.mixes, strict=True)):
        x = float((mix * each.figures).sum())
        taken = np.flatnonzero(mix.sum(axis=1) > 1e-9)
        if len(taken) > 1:
            missed = _missed(lever, each, mix, x, goals, weights)
            if missed > worst:
                inside = int(np.searchsorted(each.figures[:, 0], x, side="right"))
                worst, apart = missed, (place, min(max(inside, taken[0] + 1), taken[-1]))
        figures.append(float(taken[0]) if lever.words and len(taken) == 1 else x)
    return figures, apart


def _missed(
    lever: Lever, each: _Stretches, mix: Floats, x: float, goals: Sequence[Goal], weights: Sequence[Floats]
) -> float:
    """Points (or cost) by which the figure falls short of its mix; words cannot be mixed at all."""
    if lever.words:
        return np.inf
    missed = lever.cost_of(x) - float((mix * each.costs).sum())
    for goal, gains, points in zip(goals, each.gains, weights, strict=True):
        promised = float((mix * gains).sum())
        kept = float(sum(points[place] * lever.worth(item, np.array([x]))[0] for place, item in lever.criteria))
        if goal.at_least is not None:
            missed = max(missed, promised - kept)
        if goal.below is not None:
            missed = max(missed, kept - promised)
    return missed


def _at_rest(lever: Lever, x: float) -> float:
    """The figure itself where the solver leaves it by a hair; words by their number."""
    if lever.words:
        return float(round(x))
    hair = 1e-9 * max(1.0, abs(lever.high - lever.low))
    near = [mark for mark in (lever.now, lever.low, lever.high) if abs(mark - x) <= hair]
    return near[0] if near else x


def _table(scores: Scores, row: int, levers: Sequence[Lever], figures: Sequence[float]) -> pd.DataFrame:
    rows, weights = [], _weights(scores, row, "total")
    for lever, x in zip(levers, figures, strict=True):
        if x == lever.now:
            continue
        gain = 0.0
        for place, item in lever.criteria:
            here, there = lever.worth(item, np.array([lever.now, x]))
            gain += weights[place] * (there - here)
        item = lever.criteria[0][1]
        now, to = (lever.words[int(lever.now)], lever.words[int(x)]) if lever.words else (lever.now, x)
        change = np.nan if lever.words else x - lever.now
        whole = not lever.words and bool((scores.raw[item.name].dropna() % 1 == 0).all())
        rows.append((item.name, item.label, item.unit, now, to, whole, change, lever.cost_of(x), gain))
    table = pd.DataFrame(rows, columns=COLUMNS)
    table["cost"] = table["cost"].astype(float)
    return table.sort_values("cost", ascending=False, kind="stable", ignore_index=True)


def _move(row: Mapping[Any, Any], currency: str) -> str:
    now, to = row["now"], row["to"]
    if not isinstance(to, str):
        enough = enough_of(to, upwards=to > now, whole=row["whole"])
        now, to = said_before(now, row["unit"], currency), said_in(enough, row["unit"], currency)
    return say("{criterion} from {now} to {then}", criterion=say(row["label"]).lower(), now=now, then=to)


def _check(
    scores: Scores, candidate: Hashable, limits: Mapping[str, tuple[float, float]],
    costs: Mapping[str, float] | None, fixed: Collection[str],
) -> None:
    card = scores.scorecard
    problems = Problems(f"path up by '{card.name}'")
    if candidate not in scores.total.index:
        problems.add(f"'{candidate}'", "was not scored", todo="Use a name from the index of the scores.")
    elif scores.total[scores.total.index == candidate].isna().all():
        problems.add(f"'{candidate}'", "has no total", todo="Complete its figures first.")
    if not card.additive:
        problems.add("the scorecard", "does not simply add up, and the path is found for sums alone",
                     todo="Score the change that you have in mind.")
    known = {name for item in card.criteria for name in (item.name, item.metric)}
    for what, names in (("limit", limits), ("cost", costs or {}), ("fixed", fixed)):
        for name in names:
            if name not in known:
                problems.add(f"{what} of '{name}'", "is about no criterion",
                             todo=did_you_mean(str(name), sorted(known), "Criteria are"))
    for name, (low, high) in limits.items():
        if not low <= high:
            problems.add(f"limit of '{name}'", "must be the lowest and the highest figure", found=f"{low:g}, {high:g}")
    for name, cost in (costs or {}).items():
        if not 0 < cost < np.inf:
            problems.add(f"cost of '{name}'", "must be above 0 a unit", found=f"{cost:g}",
                         todo="What cannot change belongs into fixed.")
    problems.raise_if_any()
