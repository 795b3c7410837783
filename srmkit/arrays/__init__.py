"""Arrays: the engine on plain NumPy arrays; no names, no tables, and nothing loaded but NumPy."""

from srmkit.arrays.dirichlet import drawn_weights
from srmkit.arrays.grades import grade_shares
from srmkit.arrays.preference import Preference
from srmkit.arrays.preference_flows import PreferenceFlows, preference_flows
from srmkit.arrays.ranking import RankShares, rank_shares, top_shares
from srmkit.arrays.simplex import exact_band_shares, half_space_share

__all__ = [
    "Preference",
    "PreferenceFlows",
    "RankShares",
    "drawn_weights",
    "exact_band_shares",
    "grade_shares",
    "half_space_share",
    "preference_flows",
    "rank_shares",
    "top_shares",
]
