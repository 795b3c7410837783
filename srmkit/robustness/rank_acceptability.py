"""How sure the ranks are: shares of draws per rank, the top k, and the pairs at the line.

SMAA-2 (Lahdelma & Salminen 2001, Operations Research 49(3), 444-454) with weights about the stated
ones, or over all possible weights with `concentration="uniform"`.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.errors import Problems
from srmkit.robustness.axis_draws import Engine
from srmkit.robustness.doubts import Doubt, standard_error
from srmkit.robustness.ranking import TIE, ranked_blocks
from srmkit.scoring import Scores

Floats = NDArray[np.float64]

MOST_RANKS = 1_000
NEIGHBOURS = 3


@dataclass(frozen=True)
class RankAcceptability:
    """Ranks over the draws, candidates in order of their present rank; those failing a gate have none.

    `ranks`: share of draws per rank (candidate x rank from 1; rows sum to 1, and columns too unless
    candidates tie; later ranks than `most_ranks` are left out). `expected_rank`: mean rank.
    `central_weights`: mean of the weights that put a candidate first (shares of the total, rows sum
    to 1; NaN when nothing does). `pairwise`: for the candidates on either side of the line, the
    share of draws in which `candidate` is ahead of `against`. `by_doubt`: probability of changing
    sides of the line, with the weights or the data alone in doubt and all together.
    """

    top: int
    ranks: pd.DataFrame
    expected_rank: pd.Series
    central_weights: pd.DataFrame
    pairwise: pd.DataFrame
    by_doubt: pd.DataFrame
    top_k: pd.Series
    doubt: Doubt
