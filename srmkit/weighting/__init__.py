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
from srmkit.weighting.judged import Judged, Rules, judged
from srmkit.weighting.judgement_file import (
    METHODS,
    Judgement,
    Judgements,
    Method,
    Said,
    families,
    read_judgements,
    write_judgements,
)
from srmkit.weighting.orders import order_weights
from srmkit.weighting.pairwise import Mend, PairwiseWeights, combined_comparisons, pairwise_weights
from srmkit.weighting.panel import Combine, Panel, panels
from srmkit.weighting.points import direct_weights, swing_weights
from srmkit.weighting.spread import double_counting, spread_weights

__all__ = [
    "METHODS",
    "Agreement",
    "BestWorstWeights",
    "Combine",
    "Comparisons",
    "Interview",
    "Judged",
    "Judgement",
    "Judgements",
    "Mend",
    "Method",
    "PairwiseWeights",
    "Panel",
    "Question",
    "Rules",
    "Said",
    "best_worst_weights",
    "combined_comparisons",
    "combined_weights",
    "criterion_spreads",
    "direct_weights",
    "double_counting",
    "families",
    "judged",
    "kendall_w",
    "order_weights",
    "pairwise_weights",
    "panels",
    "rater_distances",
    "read_judgements",
    "spread_weights",
    "swing_weights",
    "write_judgements",
]
