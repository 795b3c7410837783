"""Weighting: what people say about importance becomes weights, with a check of how far they agree with themselves."""

from srmkit.weighting.best_worst import BestWorstWeights, best_worst_weights
from srmkit.weighting.comparisons import Comparisons
from srmkit.weighting.groups import (
    Agreement,
    combined_weights,
    criterion_spreads,
    kendall_w,
    rater_distances,
)
from srmkit.weighting.interview import Interview, Question
from srmkit.weighting.orders import order_weights
from srmkit.weighting.pairwise import Mend, PairwiseWeights, combined_comparisons, pairwise_weights
from srmkit.weighting.points import direct_weights, swing_weights
from srmkit.weighting.spread import double_counting, spread_weights

__all__ = [
    "Agreement",
    "BestWorstWeights",
    "Comparisons",
    "Interview",
    "Mend",
    "PairwiseWeights",
    "Question",
    "best_worst_weights",
    "combined_comparisons",
    "combined_weights",
    "criterion_spreads",
    "direct_weights",
    "double_counting",
    "kendall_w",
    "order_weights",
    "pairwise_weights",
    "rater_distances",
    "spread_weights",
    "swing_weights",
]
