"""What moves an answer most, whatever its form: Sobol indices by sampling.

First order is what certainty about one input alone would take off the variance, total what it takes part in, alone and
with others (Sobol 1993; estimators of Saltelli et al. 2010, Computer Physics Communications 181, 259-270, in SciPy).
Inputs must be independent. Weights that sum to 1 are not, but weights of a Dirichlet distribution are independent gamma
variables over their sum, and those can be asked one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.axis_draws import Engine, engine_of
from srmkit.robustness.class_acceptability import check_axes
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.figures import at_knots
from srmkit.robustness.tree_draws import refuse_unless_additive
from srmkit.scoring import Scores

if TYPE_CHECKING:
    from srmkit.segmentation import Matrix

Floats = NDArray[np.float64]

REPEATS = 8  # independent estimates, whose scatter is the standard error


def sobol_shares(
    function: Callable[[Floats], Floats], inputs: Mapping[Any, Callable[[Floats], Floats]], *, draws: int, seed: int
) -> pd.DataFrame:
    """Shares of the variance of `function` that its independent inputs account for.

    `inputs` gives for each name the value at a probability; `function` takes their values (inputs x
    points) and gives one number a point. One row an input: first, total (0 to 1, up to their error), and
    the standard errors first_error and total_error. NaN where the function does not vary. About `draws` points
    behind each, and (inputs + 2) times as many evaluations.
    """
    from scipy.stats import sobol_indices

    points = 2 ** max(4, (max(1, draws // REPEATS) - 1).bit_length())
    count = len(inputs)
    # an idle one beside them, because SciPy cannot be asked about a single input
    asked = [_Quantiles(quantile) for quantile in (*inputs.values(), _idle)]
    first, total = np.empty((2, REPEATS, count))
    for repeat in range(REPEATS):
        with np.errstate(divide="ignore", invalid="ignore"):  # a constant has no variance to share
            found = sobol_indices(
                func=lambda drawn: function(drawn[:count]),
                n=points,
                dists=asked,
                rng=np.random.default_rng([seed, repeat]),
            )
        first[repeat], total[repeat] = found.first_order[:count], found.total_order[:count]
    if not total.any():
        first[:] = total[:] = np.nan
    error = {name: part.std(axis=0, ddof=1) / REPEATS**0.5 for name, part in (("first", first), ("total", total))}
    columns = {"first": first.mean(axis=0), "total": total.mean(axis=0), "first_error": error["first"],
               "total_error": error["total"]}
    return pd.DataFrame(columns, index=pd.Index(list(inputs), tupleize_cols=False))


def class_sensitivity(scores: Scores, matrix: Matrix, candidate: Hashable, doubt: Doubt) -> pd.DataFrame:
    """Which weight, figure or cut decides whether a candidate keeps its class: Sobol indices of that yes or no.

    One row an input in doubt: index (source, name) with source weights, data or cuts, columns as in
    `sobol_shares`; the largest total first. NaN where the class never changes. Raises SrmkitError for
    an unknown candidate, one without a class, and statements about weights, which do not vary independently.
    """
    check_axes(scores, matrix)
    refuse_unless_additive(scores, "sensitivity of a class")
    engine = engine_of(scores, doubt)
    _check(scores, matrix, candidate, engine)
    chain = _Chain.of(engine, scores, matrix, candidate)
    if not chain.inputs:
        return pd.DataFrame(columns=["first", "total", "first_error", "total_error"], dtype=float)
    table = sobol_shares(chain.keeps, chain.inputs, draws=doubt.draws, seed=doubt.seed)
    table.index = pd.MultiIndex.from_tuples(table.index.tolist(), names=["source", "name"])
    return table.sort_values("total", ascending=False, kind="stable", na_position="last")


@dataclass(frozen=True)
class _Quantiles:
    """A distribution as SciPy asks for it."""

    ppf: Callable[[Floats], Floats]


@dataclass(frozen=True)
class _Chain:
    """From inputs to the class of one candidate."""

    engine: Engine
    matrix: Matrix
    row: int
    base: int
    inputs: dict[tuple[str, str], Callable[[Floats], Floats]]

    @classmethod
    def of(cls, engine: Engine, scores: Scores, matrix: Matrix, candidate: Hashable) -> _Chain:
        row = int(engine.terms.candidates.get_indexer(pd.Index([candidate]))[0])
        inputs: dict[tuple[str, str], Callable[[Floats], Floats]] = {}
        criteria = list(scores.values.columns)
        mine = [axis for axis in engine.terms.axes if axis.name in (matrix.x_axis, matrix.y_axis)]
        for axis in mine:
            for name, weight in zip(axis.criteria, axis.weights, strict=True):
                if engine.doubt.concentration is not None and 0 < weight < 1:
                    inputs["weights", name] = _gamma(engine.doubt.concentration, weight)
        asked = {int(column) for axis in mine for column in axis.columns}
        for column, table in engine.figures.quantiles(row) if engine.figures is not None else []:
            if column in asked:
                inputs["data", criteria[column]] = _figure(table)
        if engine.doubt.cut_band > 0:
            for name in dict.fromkeys((matrix.x_axis, matrix.y_axis)):
                inputs["cuts", name] = _shift(engine.doubt.cut_band)
        levels = (scores.axes[name].to_numpy()[row] for name in (matrix.x_axis, matrix.y_axis))
        return cls(engine, matrix, row, int(matrix.codes(*levels)), inputs)

    def keeps(self, drawn: Floats) -> Floats:
        """1 where the class is the present one, 0 elsewhere; inputs x points."""
        given = dict(zip(self.inputs, drawn, strict=True))
        x, y = (self._level(name, given) for name in (self.matrix.x_axis, self.matrix.y_axis))
        shifts = (given.get(("cuts", name), np.zeros(1)) for name in (self.matrix.x_axis, self.matrix.y_axis))
        codes = self.matrix.codes(x, y, **dict(zip(("x_shift", "y_shift"), shifts, strict=True)))
        return np.asarray(codes == self.base, dtype=float)

    def _level(self, name: str, given: Mapping[tuple[str, str], Floats]) -> Floats:
        """The axis score at every point."""
        axis = next(axis for axis in self.engine.terms.axes if axis.name == name)
        points: Floats = np.zeros(1)
        whole: Floats = np.zeros(1)
        for criterion, stated, column in zip(axis.criteria, axis.weights, axis.columns, strict=True):
            weight = given.get(("weights", criterion), np.array([stated]))
            value, counted = self.engine.terms.values[self.row, column], self.engine.terms.counted[self.row, column]
            drawn = given.get(("data", criterion))
            points = points + weight * (value * counted if drawn is None else drawn)
            whole = whole + weight * (counted if drawn is None else 1.0)
        return np.asarray(100 * points / whole)


def _gamma(concentration: float | str, weight: float) -> Callable[[Floats], Floats]:
    from scipy.special import gammaincinv

    shape = 1.0 if concentration == "uniform" else float(concentration) * weight
    return lambda probability: np.asarray(np.maximum(gammaincinv(shape, probability), 1e-300))


def _figure(table: Floats) -> Callable[[Floats], Floats]:
    return lambda probability: at_knots(table, probability)


def _idle(probability: Floats) -> Floats:
    return probability


def _shift(band: float) -> Callable[[Floats], Floats]:
    return lambda probability: np.asarray((2 * probability - 1) * band)


def _check(scores: Scores, matrix: Matrix, candidate: Hashable, engine: Engine) -> None:
    problems = Problems("sensitivity of a class")
    if candidate not in scores.axes.index:
        problems.add(f"'{candidate}'", "is not among the candidates", todo="Take the name from the scores.")
    elif scores.axes.loc[[candidate], [matrix.x_axis, matrix.y_axis]].isna().any(axis=None):
        problems.add(f"'{candidate}'", "has no class", found="no figure on an axis")
    if any(space is not None for space in engine.chance.spaces):
        problems.add("weights under statements", "do not vary independently",
                     todo="Ask with a concentration, or see score_sensitivity.")
    problems.raise_if_any()
