"""How sure each grade is: the share of draws in which a candidate's total falls in it."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.arrays.grades import shares_between
from srmkit.bands import TOLERANCE, Bands
from srmkit.robustness.axis_draws import ALL, engine_of
from srmkit.robustness.class_acceptability import FIRM, LIKELY, ClassAcceptability, by_draw, named, new_codes
from srmkit.robustness.doubts import Doubt
from srmkit.robustness.totals import totals_by_doubt
from srmkit.scoring import Scores

Floats = NDArray[np.float64]


def grade_acceptability(
    scores: Scores, bands: Bands, doubt: Doubt, *, firm: float = FIRM, likely: float = LIKELY
) -> ClassAcceptability:
    """How sure each candidate's grade is under a doubt; the grades are the classes of the result.

    Each cut moves by itself within the band. Candidates that fail a gate have no grade to be sure
    of: their certainty is NaN.
    """
    engine = engine_of(scores, doubt)
    shifts = engine.chance.shifts(len(bands.cuts))
    drawn = new_codes(len(scores.total), doubt.draws)
    for block in engine.blocks():
        for source in block.axes:
            moved = shifts if source == ALL else np.zeros_like(shifts)
            drawn[source][block.members] = _codes(engine.total(block, source), bands, moved)
        stated: Floats = np.asarray(scores.total, dtype=np.float64)[block.members, None]
        drawn["cuts"][block.members] = _codes(stated, bands, shifts)
    graded = scores.rank.notna().to_numpy(dtype=bool)
    for codes in drawn.values():
        codes[~graded] = -1
    base = np.where(graded, bands.codes(scores.total), -1)
    grades = named(base, bands.names, scores.total.index, "grade")
    return ClassAcceptability(bands.names, grades, by_draw(drawn), doubt, firm, likely)


def grade_shares(scores: Scores, bands: Bands, doubt: Doubt) -> pd.DataFrame:
    """Share of draws per grade (candidate x grade, rows sum to 1), and nothing else: for very many candidates.

    The same as `grade_acceptability(...).probabilities`, without keeping who had which grade in which
    draw. NaN for who fails a gate. Standard errors are sqrt(p (1 - p) / draws).
    """
    engine = engine_of(scores, doubt)
    graded = np.flatnonzero(scores.rank.notna())
    shifted = np.array(bands.cuts) + engine.chance.shifts(len(bands.cuts)) - TOLERANCE
    lines = -np.sort(-shifted, axis=1)  # who is below so many cuts has that grade, whichever cuts they are
    shares = np.full((len(scores.total), len(bands.names)), np.nan)
    shares[graded] = shares_between(totals_by_doubt(engine, graded)[ALL], len(graded), lines)
    return pd.DataFrame(shares, index=scores.total.index, columns=list(bands.names))


def _codes(totals: Floats, bands: Bands, shifts: Floats) -> NDArray[np.int8]:
    """Place of each total's grade (0 is the best), members x draws; -1 without a total."""
    codes = np.zeros(np.broadcast_shapes(totals.shape, (1, len(shifts))), dtype=np.int8)
    for cut, shift in zip(bands.cuts, shifts.T, strict=True):
        codes += totals < cut + shift - TOLERANCE
    return np.where(np.isnan(totals), np.int8(-1), codes)
