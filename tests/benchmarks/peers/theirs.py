"""What others do, or a loop with their help: the same work as in `ours`, with their fastest settings unless said."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from inputs import CRITERIA, CUTS, INDIFFERENCE, PREFERENCE, TOP, WEIGHTS, chosen, shown, values

Work = Callable[[], Sequence[float]]
GAIN = np.ones(CRITERIA)


def rank_acceptability_pysensmcda(candidates: int, draws: int) -> Work:
    """Rank acceptability by pysensmcda, which is given a plain matrix product for a method."""
    table = values(candidates)
    return lambda: _expected(_simulated(table, draws, _product), table)


def rank_acceptability_both(candidates: int, draws: int) -> Work:
    """Rank acceptability by pysensmcda with a method of pymcdm and its normalisation, as its own examples have it."""
    table, method = values(candidates), _weighted_sum(normalised=True)
    return lambda: _expected(_simulated(table, draws, method), table)


def rank_acceptability_pymcdm(candidates: int, draws: int) -> Work:
    """Rank acceptability by a loop over pymcdm's weighted sum, neither validating nor normalising, and its ranks."""
    return _loop(candidates, draws, as_it_comes=False)


def rank_acceptability_pymcdm_by_default(candidates: int, draws: int) -> Work:
    """The same as pymcdm comes."""
    return _loop(candidates, draws, as_it_comes=True)


def _loop(candidates: int, draws: int, *, as_it_comes: bool) -> Work:
    table, method = values(candidates), _weighted_sum(normalised=as_it_comes)
    everyone = np.arange(candidates)

    def work() -> Sequence[float]:
        counts = np.zeros((candidates, candidates))
        for weights in _draws(draws):
            total = method(table, weights, GAIN, validation=as_it_comes)
            counts[everyone, method.rank(total).astype(int) - 1] += 1
        return _expected(counts / draws, table)

    return work


def top_by_full_matrix(candidates: int, draws: int) -> Work:
    """Chance of a place among the first, from the whole matrix of pysensmcda; it knows no grades."""
    table = values(candidates)
    return lambda: _simulated(table, draws, _product)[shown(table), :TOP].sum(axis=1).tolist()


def stability_sweep(candidates: int, draws: int) -> Work:
    """Ends of the weights that keep the first ten, to the next of 101 steps, by pymcdm at its fastest."""
    return _sweep(candidates, as_it_comes=False)


def stability_sweep_by_default(candidates: int, draws: int) -> Work:
    """The same as pymcdm comes."""
    return _sweep(candidates, as_it_comes=True)


def grade_shares_by_draws(candidates: int, draws: int) -> Work:
    """Share of draws that gives each grade, by a loop over pymcdm's weighted sum at its fastest."""
    table, method = values(candidates), _weighted_sum(normalised=False)

    def work() -> Sequence[float]:
        reached = np.zeros((candidates, len(CUTS)))
        for weights in _draws(draws):
            total = method(table, weights, GAIN, validation=False)
            reached += total[:, None] >= sorted(CUTS)
        share = np.column_stack([np.ones(candidates), reached / draws, np.zeros(candidates)])
        return (-np.diff(share, axis=1))[shown(table)].ravel().tolist()

    return work


def promethee(candidates: int, draws: int) -> Work:
    """Net flows by pymcdm, all pairs."""
    from pymcdm.methods import PROMETHEE_II

    table = values(candidates)

    def work() -> Sequence[float]:
        method = PROMETHEE_II("vshape_2", p=[PREFERENCE] * CRITERIA, q=[INDIFFERENCE] * CRITERIA)
        return method(table, WEIGHTS, GAIN, validation=False)[shown(table)].tolist()

    return work


def scoring(candidates: int, draws: int) -> Work:
    """Totals and ranks by pymcdm's weighted sum as it comes, with its validation; the ends are those of the data."""
    table, method = values(candidates), _weighted_sum(normalised=True)
    those = shown(table)

    def work() -> Sequence[float]:
        total = method(table, WEIGHTS, GAIN)
        method.rank(total)
        return total[those].tolist()

    return work


def scoring_numpy(candidates: int, draws: int) -> Work:
    """Totals and their order in plain NumPy, which checks and remembers nothing."""
    table = values(candidates)
    those = shown(table)

    def work() -> Sequence[float]:
        low, high = table.min(axis=0), table.max(axis=0)
        total = (table - low) / (high - low) @ WEIGHTS
        np.argsort(-total, kind="stable")
        return total[those].tolist()

    return work


def _weighted_sum(*, normalised: bool) -> Any:
    """pymcdm's weighted sum; both give the same, since every column spans 0 to 1 exactly."""
    from pymcdm.methods import WSM
    from pymcdm.normalizations import minmax_normalization

    return WSM(minmax_normalization if normalised else lambda column, cost: column)


def _draws(draws: int) -> np.ndarray:
    return np.random.default_rng(11).dirichlet(GAIN, draws)


def _product(matrix: np.ndarray, weights: np.ndarray, types: np.ndarray) -> np.ndarray:
    return matrix @ weights


def _simulated(table: np.ndarray, draws: int, method: Callable[..., np.ndarray]) -> np.ndarray:
    from pysensmcda.smaa.simulate import simulate

    found = simulate(method, table, GAIN.astype(int), num_samples=draws, store="accumulate", seed=11)
    return np.asarray(found.rank_acceptability())


def _expected(acceptability: np.ndarray, table: np.ndarray) -> Sequence[float]:
    ranks = np.arange(1, len(table) + 1)
    return (acceptability[shown(table)] @ ranks / len(table)).tolist()


def _sweep(candidates: int, *, as_it_comes: bool) -> Work:
    table, method = values(candidates), _weighted_sum(normalised=as_it_comes)
    best = chosen(table)

    def kept(place: int, weight: float) -> bool:
        weights = WEIGHTS * (1 - weight) / (1 - WEIGHTS[place])
        weights[place] = weight
        ranks = method.rank(method(table, weights, GAIN, validation=as_it_comes))
        return np.array_equal(np.flatnonzero(ranks <= TOP), best)

    def work() -> Sequence[float]:
        ends = []
        for place, now in enumerate(WEIGHTS):
            steps = np.linspace(0, 1, 101)
            lost = steps[[not kept(place, step) for step in steps]]
            ends += [max(lost[lost < now], default=0.0), min(lost[lost > now], default=1.0)]
        return ends

    return work
