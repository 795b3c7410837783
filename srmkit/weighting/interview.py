"""Weights by a short interview: the next question is the one whose answer settles most of the order.

Each question compares two candidates who differ on two criteria only (in the manner of trade-off methods such as
PAPRIKA, Hansen and Ombler 2008), so an answer is one linear inequality of weights. What the answers so far imply is
never asked, so answers cannot contradict each other.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import combinations
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.arrays.sobol_points import sobol_points
from srmkit.errors import Problems
from srmkit.language import marked, say
from srmkit.robustness.polytope import Polytope
from srmkit.robustness.weight_space import Simplices, Walked, weight_space
from srmkit.robustness.weight_statements import Row

Floats = NDArray[np.float64]
Preferred = Literal["first", "second", "equal"]

# how far up on each of the two criteria: plain ends first, then the steps that people can picture, then any tenth
PLAIN = ((1.0, 1.0),)
STEPS = tuple(pair for step in (0.5, 0.25, 0.75) for pair in ((1.0, step), (step, 1.0)))
TENTHS = tuple(pair for tenth in range(1, 10) for pair in ((1.0, tenth / 10), (tenth / 10, 1.0)))
REACHED = {1.0: marked("{name} at its best"), 0.75: marked("{name} three quarters up"),
           0.5: marked("{name} half way up"), 0.25: marked("{name} a quarter up")}
DRAWS = 1024
SETTLED = 1e-9  # shares of the weight; differences within it are none
MOST_PAIRS = 2_000  # open pairs that are weighed for the next question
MOST_CANDIDATES = 1_000


@dataclass(frozen=True)
class Question:
    """Which of two would you rather have, all else equal?

    The first is as good as `reach` of the way from worst to best on `criterion` and at its worst on `other`;
    the second the other way round, with `other_reach`. `chance` is the share of the weights still
    allowed that prefers the first.
    """

    criterion: str
    other: str
    reach: float = 1.0
    other_reach: float = 1.0
    chance: float = 0.5

    @property
    def text(self) -> str:
        """The question in words."""
        first, second = _reached(self.criterion, self.reach), _reached(self.other, self.other_reach)
        return say(
            "All else equal, which would you rather have: first, {first} with {other} at its worst; or second, "
            "{second} with {criterion} at its worst?",
            first=first, second=second, other=self.other, criterion=self.criterion,
        )

    def rows(self, preferred: Preferred) -> tuple[Row, ...]:
        """The answer as inequalities of weights."""
        first = Row(((self.criterion, self.reach), (self.other, -self.other_reach)), 0.0,
                    f"{_reached(self.criterion, self.reach)} is worth {_reached(self.other, self.other_reach)} or more")
        second = Row(((self.criterion, -self.reach), (self.other, self.other_reach)), 0.0,
                     f"{_reached(self.other, self.other_reach)} is worth "
                     f"{_reached(self.criterion, self.reach)} or more")
        return {"first": (first,), "second": (second,), "equal": (first, second)}[preferred]


@dataclass(frozen=True, eq=False)
class Interview:
    """What is known of the weights after some answers, and what to ask next.

    names       criteria
    candidates  candidate x criterion, values 0 to 1: the interview ends when their order is settled.
                None: it ends when the order of the criteria is.
    top         with candidates: it ends as soon as it is settled who the best `top` are
    answers     questions and answers so far

    >>> talk = Interview(("price", "quality", "service"))
    >>> true = {"price": 0.5, "quality": 0.3, "service": 0.2}  # what the person who answers has in mind
    >>> while (asked := talk.question) is not None:
    ...     first, second = true[asked.criterion] * asked.reach, true[asked.other] * asked.other_reach
    ...     talk = talk.answered("first" if first > second else "second")
    >>> list(talk.weights.sort_values(ascending=False).index), len(talk.answers)
    (['price', 'quality', 'service'], 3)
    """

    names: tuple[str, ...]
    candidates: pd.DataFrame | None = None
    top: int | None = None
    answers: tuple[tuple[Question, Preferred], ...] = ()
    seed: int = 7

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        problems = Problems("an interview about weights")
        if len(self.names) < 2 or len(set(self.names)) < len(self.names):
            problems.add("criteria", "must be two or more, each once", found=", ".join(self.names) or "none")
        if self.candidates is not None:
            _check_candidates(self.candidates, self.names, self.top, problems)
        elif self.top is not None:
            problems.add("'top'", "needs candidates", found=str(self.top))
        problems.raise_if_any()

    def answered(self, preferred: Preferred) -> Interview:
        """The interview after the next answer. Raises SrmkitError for other words, and when nothing is left to ask."""
        problems = Problems("an answer")
        if preferred not in get_args(Preferred):
            problems.add("the answer", f"must be {', '.join(get_args(Preferred))}", found=repr(preferred))
        if self.question is None:
            problems.add("the answer", "has no question", todo="Everything is settled.")
        problems.raise_if_any()
        assert self.question is not None
        return replace(self, answers=(*self.answers, (self.question, preferred)))

    def undone(self) -> Interview:
        """The interview before the last answer."""
        return replace(self, answers=self.answers[:-1])

    @cached_property
    def weights(self) -> pd.Series[float]:
        """Mean of all weights that agree with the answers (shares, sum to 1)."""
        return pd.Series(self._space.mean, index=list(self.names), name="weight").rename_axis("criterion")

    @cached_property
    def deviations(self) -> pd.Series[float]:
        """Standard deviation of each weight over all that agree with the answers (shares)."""
        off = np.sqrt(np.diag(self._space.covariance).clip(min=0.0))
        return pd.Series(off, index=list(self.names), name="deviation").rename_axis("criterion")

    @cached_property
    def ranges(self) -> pd.DataFrame:
        """Least and most of each weight that agrees with the answers, exactly; shares of 0 to 1."""
        ends = [_ends(self._polytope, row) for row in np.eye(len(self.names))]
        table = pd.DataFrame(ends, index=list(self.names), columns=["low", "high"]).rename_axis("criterion")
        return table.clip(0.0, 1.0) + 0.0  # what a linear programme leaves of 0

    @cached_property
    def settled(self) -> bool:
        """Whether the order (or who the best `top` are) is the same for all weights that agree with the answers.

        Exactly: drawn weights only find what is open; what they do not find is asked of the corners.
        """
        if len(self._open):
            return False
        values, labels = self._values
        if self.top is None:  # neighbours of the order suffice
            places = [labels.index(name) for name in self.order]
            doubtful = values[places[:-1]] - values[places[1:]]
        else:
            doubtful = self._pairs
        corners = self._polytope.corners()
        if corners is None:
            return all(_ends(self._polytope, row)[0] >= -SETTLED for row in doubtful)
        return bool((self._polytope.weights(corners) @ doubtful.T >= -SETTLED).all())

    @cached_property
    def open_share(self) -> float:
        """Share of the pairs whose order the answers do not settle yet, as far as drawn weights show it (0 to 1)."""
        return float(len(self._open) / max(self._pairs.shape[0], 1))

    @cached_property
    def order(self) -> tuple[Hashable, ...]:
        """Candidates (criteria, where there are none), the best first, by the mean of the allowed weights."""
        values, labels = self._values
        return tuple(labels[place] for place in np.argsort(-(values @ self.weights.to_numpy()), kind="stable"))

    @cached_property
    def question(self) -> Question | None:
        """What to ask next; None when all is settled, or when tenths of the way are too coarse to settle more."""
        if self._polytope.dimension == 0 or self.settled:
            return None
        return next((found for levels in (PLAIN + STEPS, TENTHS) if (found := self._best(levels)) is not None), None)

    @cached_property
    def _rows(self) -> list[Row]:
        return [row for question, preferred in self.answers for row in question.rows(preferred)]

    @cached_property
    def _polytope(self) -> Polytope:
        return Polytope.of(self.names, self._rows)

    @cached_property
    def _space(self) -> Simplices | Walked:
        return weight_space(self.names, self._rows, draws=DRAWS, seed=(self.seed, len(self.answers)))

    @cached_property
    def _draws(self) -> Floats:
        points = sobol_points(len(self.names) - 1, draws=DRAWS, seed=[self.seed, 1])
        return self._space.draws(points)

    @cached_property
    def _values(self) -> tuple[Floats, list[Hashable]]:
        if self.candidates is None:
            return np.eye(len(self.names)), list(self.names)
        return self.candidates[list(self.names)].to_numpy(dtype=float), list(self.candidates.index)

    @cached_property
    def _pairs(self) -> Floats:
        """Differences whose sign is asked about: all pairs, or those across the border of the best `top`."""
        values, _ = self._values
        if self.top is None:
            one, other = np.triu_indices(len(values), 1)
        else:
            order = np.argsort(-(values @ self.weights.to_numpy()), kind="stable")
            inside, outside = order[: self.top], order[self.top :]
            one, other = np.repeat(inside, len(outside)), np.tile(outside, len(inside))
        return np.asarray(values[one] - values[other])

    @cached_property
    def _open(self) -> Floats:
        # block by block: draws x pairs of many candidates would not fit
        kept = []
        for start in range(0, len(self._pairs), 4096):
            block = self._pairs[start : start + 4096]
            gaps = self._draws @ block.T
            kept.append(block[(gaps.min(axis=0) < -SETTLED) & (gaps.max(axis=0) > SETTLED)])
        return np.concatenate(kept) if kept else self._pairs

    def _best(self, levels: tuple[tuple[float, float], ...]) -> Question | None:
        """The question whose answer is expected to tell most; None where all answers are implied."""
        places = np.array(list(combinations(range(len(self.names)), 2)))
        reach = np.array(levels)
        gaps = (
            self._draws[:, places[:, 0], None] * reach[:, 0] - self._draws[:, places[:, 1], None] * reach[:, 1]
        ).reshape(len(self._draws), -1)
        first = gaps > 0
        chance = first.mean(axis=0)
        asked = np.flatnonzero(
            (np.abs(chance - 0.5) < 0.49) & (gaps.max(axis=0) > SETTLED) & (gaps.min(axis=0) < -SETTLED)
        )
        if not len(asked):
            return None
        pairs = self._open if len(self._open) else self._pairs
        told = _told(first[:, asked], self._draws @ pairs[:MOST_PAIRS].T > 0)
        best = asked[int(np.argmax(told.round(6)))]  # the plainest of those that tell as much
        pair, level = divmod(int(best), len(levels))
        one, other = places[pair]
        return Question(self.names[one], self.names[other], *levels[level], chance=float(chance[best]))


def _told(first: NDArray[np.bool_], wins: NDArray[np.bool_]) -> Floats:
    """How much the answer of each question (draws x questions) tells about who wins (draws x pairs), in bits."""
    count = len(first)
    yes = first.sum(axis=0)
    won = wins.sum(axis=0).astype(float)
    both = (first.T.astype(np.float32) @ wins.astype(np.float32)).astype(float)
    after = yes * _unknown(both / yes[:, None]) + (count - yes) * _unknown((won - both) / (count - yes)[:, None])
    return np.asarray(_unknown(won / count) - after / count)


def _unknown(share: Floats) -> Floats:
    """Bits that are missing to know who wins each pair, summed over the pairs (the last axis)."""
    from scipy.special import entr

    return np.asarray((entr(share) + entr(1 - share)).sum(axis=-1) / np.log(2))


def _ends(space: Polytope, direction: Floats) -> tuple[float, float]:
    """Least and most of a weighted sum over the allowed weights, by linear programmes."""
    from scipy.optimize import linprog

    if space.dimension == 0:
        value = float(space.inside @ direction)
        return value, value
    along = space.basis.T @ direction
    ends = []
    for sign in (1.0, -1.0):
        found = linprog(sign * along, A_ub=-space.rows, b_ub=-space.least, bounds=(None, None))
        ends.append(float(space.inside @ direction + along @ found.x))
    return ends[0], ends[1]


def _check_candidates(table: pd.DataFrame, names: tuple[str, ...], top: int | None, problems: Problems) -> None:
    lacking = [name for name in names if name not in table.columns]
    if lacking:
        problems.add("the candidates", "lack criteria", found=", ".join(lacking))
        return
    numbers = table[list(names)].to_numpy(dtype=float)
    if not 2 <= len(numbers) <= MOST_CANDIDATES:
        problems.add("the candidates", f"must be 2 to {MOST_CANDIDATES:,}", found=f"{len(numbers):,}",
                     todo="Ask about those that matter; weights found with some serve all.")
    if not ((numbers >= 0) & (numbers <= 1)).all():
        problems.add("values of the candidates", "must be numbers of 0 to 1 without gaps",
                     todo="Take `scores.values` of candidates without missing figures.")
    if top is not None and not 0 < top < len(numbers):
        problems.add("'top'", "must be at least 1 and less than the candidates", found=str(top))


def _reached(name: str, reach: float) -> str:
    if reach in REACHED:
        return say(REACHED[reach], name=name)
    return say("{name} {tenths:.0f} tenths up", name=name, tenths=10 * reach)
