"""What srmkit does. Each function gets ready and gives back the work to be timed, which gives back its answer."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from typing import Any

Work = Callable[[], Sequence[float]]


def rank_acceptability(candidates: int, draws: int) -> Work:
    """Share of draws in which each candidate has each rank; answer: mean ranks over the candidates."""
    from inputs import TOP, shown, values

    from srmkit.robustness import rank_acceptability

    table = values(candidates)
    scores, doubt, those = _scores(table), _doubt(draws), shown(table)

    def work() -> Sequence[float]:
        found = rank_acceptability(scores, doubt, top=TOP, most_ranks=candidates)
        assert found.ranks.shape == (candidates, candidates)
        return (found.expected_rank[those] / candidates).tolist()

    return work


def top_places(candidates: int, draws: int) -> Work:
    """Chance of a place among the first; answer: chances of a place."""
    from inputs import TOP, shown, values

    from srmkit.robustness import rank_acceptability

    table = values(candidates)
    scores, doubt, those = _scores(table), _doubt(draws), shown(table)
    return lambda: rank_acceptability(scores, doubt, top=TOP, only_top=True).top_k[those].tolist()


def rank_acceptability_arrays(candidates: int, draws: int) -> Work:
    """The same on plain arrays."""
    from inputs import WEIGHTS, shown, values

    from srmkit.arrays import drawn_weights, rank_shares

    table = values(candidates)

    def work() -> Sequence[float]:
        weights = drawn_weights(WEIGHTS, concentration="uniform", draws=draws, seed=7)
        return (rank_shares(table, weights).mean[shown(table)] / candidates).tolist()

    return work


def top_places_arrays(candidates: int, draws: int) -> Work:
    """The same on plain arrays."""
    from inputs import TOP, WEIGHTS, shown, values

    from srmkit.arrays import drawn_weights, top_shares

    table = values(candidates)

    def work() -> Sequence[float]:
        weights = drawn_weights(WEIGHTS, concentration="uniform", draws=draws, seed=7)
        return top_shares(table, weights, top=TOP)[shown(table)].tolist()

    return work


def grades_arrays(candidates: int, draws: int) -> Work:
    """The same on plain arrays."""
    from inputs import WEIGHTS, shown, values

    from srmkit.arrays import drawn_weights, grade_shares

    table, bands = values(candidates), _bands()

    def work() -> Sequence[float]:
        weights = drawn_weights(WEIGHTS, concentration="uniform", draws=draws, seed=7)
        return grade_shares(table, weights, bands)[shown(table)][:, ::-1].ravel().tolist()

    return work


def grade_shares_arrays(candidates: int, draws: int) -> Work:
    """The same on plain arrays."""
    from inputs import CUTS, shown, values

    from srmkit.arrays import exact_band_shares

    table = values(candidates)
    return lambda: exact_band_shares(table, sorted(CUTS))[shown(table)].ravel().tolist()


def promethee_arrays(candidates: int, draws: int) -> Work:
    """The same on plain arrays."""
    from inputs import INDIFFERENCE, POINTS, PREFERENCE, shown, values

    from srmkit.arrays import Preference, preference_flows

    table, preference = values(candidates), Preference("linear", q=INDIFFERENCE, p=PREFERENCE)
    return lambda: preference_flows(table, POINTS, preference).net[shown(table)].tolist()


def grades(candidates: int, draws: int) -> Work:
    """Chance of each grade; answer: chances of the grades, the lowest first."""
    from inputs import shown, values

    from srmkit.robustness import grade_shares

    table = values(candidates)
    scores, doubt, those = _scores(table), _doubt(draws), shown(table)
    return lambda: grade_shares(scores, _bands(), doubt).loc[those].to_numpy()[:, ::-1].ravel().tolist()


def stability_intervals(candidates: int, draws: int) -> Work:
    """How far each weight may move before the first ten change, exactly; answer: both ends of each interval."""
    from inputs import TOP, values

    from srmkit.robustness import stability_intervals

    scores = _scores(values(candidates))

    def work() -> Sequence[float]:
        found = stability_intervals(scores, top=TOP)
        return found.loc[found["holds"] == f"first {TOP}", ["low", "high"]].to_numpy().ravel().tolist()

    return work


def grade_shares(candidates: int, draws: int) -> Work:
    """Share of all possible weights that gives each grade, exactly; answer: shares of the grades."""
    import pandas as pd
    from inputs import CUTS, shown, values

    from srmkit.robustness.simplex import exact_bands

    table = values(candidates)
    frame, those = pd.DataFrame(table), shown(table)

    def work() -> Sequence[float]:
        found = exact_bands(frame, sorted(CUTS))
        return found.loc[those].to_numpy().ravel().tolist()

    return work


def promethee(candidates: int, draws: int) -> Work:
    """Net flows by PROMETHEE II with indifference and preference thresholds; answer: net flows."""
    import pandas as pd
    from inputs import INDIFFERENCE, NAMES, POINTS, PREFERENCE, shown, values

    from srmkit.crosscheck import Preference, promethee

    table = values(candidates)
    frame, weights = pd.DataFrame(table, columns=NAMES), dict(zip(NAMES, POINTS, strict=True))

    def work() -> Sequence[float]:
        found = promethee(frame, weights, Preference("linear", q=INDIFFERENCE, p=PREFERENCE))
        return found.table["net"][shown(table)].tolist()

    return work


def scoring(candidates: int, draws: int) -> Work:
    """Checked figures to values, totals and ranks, points by criterion when asked; answer: totals (0 to 1)."""
    import pandas as pd
    from inputs import NAMES, shown, values

    table = values(candidates)
    card, frame, those = _card(), pd.DataFrame(table, columns=NAMES), shown(table)

    def work() -> Sequence[float]:
        return (card.score(frame).total[those] / 100).tolist()

    return work


def import_srmkit(candidates: int, draws: int) -> Work:
    """Import of the package."""
    return lambda: _import("srmkit")


def import_pandas(candidates: int, draws: int) -> Work:
    """Import of pandas, for comparison."""
    return lambda: _import("pandas")


def _import(module: str) -> Sequence[float]:
    importlib.import_module(module)
    return []


def _card() -> Any:
    from inputs import NAMES, POINTS

    from srmkit.scoring import Criterion, Group, Linear, Scorecard

    scale = Linear(worst=0, best=1)
    criteria = tuple(Criterion(name, points, scale) for name, points in zip(NAMES, POINTS, strict=True))
    return Scorecard("speed", axes=(Group("value", 1, criteria),))


def _scores(table: Any) -> Any:
    import pandas as pd
    from inputs import NAMES

    return _card().score(pd.DataFrame(table, columns=NAMES))


def _doubt(draws: int) -> Any:
    """Any weights at all, equally likely; figures and cuts as they are."""
    from srmkit.robustness import Doubt

    return Doubt(concentration="uniform", data=False, cut_band=0, draws=draws, seed=7)


def _bands() -> Any:
    from inputs import CUTS

    from srmkit.bands import Bands

    return Bands(("gold", "silver", "bronze"), tuple(100 * cut for cut in CUTS))
