"""Robustness: how far the answer depends on the weights, the data and the cuts, and what would change it."""

from srmkit.robustness.axis_draws import AxisDraws, axis_draws, few_draws
from srmkit.robustness.cause_split import CauseSplit, Run, cause_split
from srmkit.robustness.class_acceptability import ClassAcceptability, class_acceptability
from srmkit.robustness.confidence_factors import confidence_factors
from srmkit.robustness.critical_criterion import CriticalCriterion, changes_to_swap, critical_criterion
from srmkit.robustness.doubts import Doubt, certainty_label, certainty_labels, with_errors
from srmkit.robustness.exact_acceptability import ExactAcceptability, exact_acceptability, exact_classes
from srmkit.robustness.grade_acceptability import grade_acceptability, grade_shares
from srmkit.robustness.rank_acceptability import RankAcceptability, rank_acceptability, winning_indices
from srmkit.robustness.rank_reversal import rank_reversal_test, rank_reversals
from srmkit.robustness.rank_tipping_points import rank_tipping_points
from srmkit.robustness.rolled_up_tipping_points import rolled_up_tipping_points
from srmkit.robustness.score_sensitivity import score_sensitivity
from srmkit.robustness.sobol import class_sensitivity, sobol_shares
from srmkit.robustness.stability_intervals import stability_intervals
from srmkit.robustness.stated_weights import allowed_weights
from srmkit.robustness.tipping_points import flip_condition, labels_of, nearest_flips, tipping_points, weights_in_words
from srmkit.robustness.weight_statements import AtLeast, Between, Inequality, Ordered, Statement
from srmkit.robustness.weight_sweep import weight_sweep

__all__ = [
    "AtLeast",
    "AxisDraws",
    "Between",
    "CauseSplit",
    "ClassAcceptability",
    "CriticalCriterion",
    "Doubt",
    "ExactAcceptability",
    "Inequality",
    "Ordered",
    "RankAcceptability",
    "Run",
    "Statement",
    "allowed_weights",
    "axis_draws",
    "cause_split",
    "certainty_label",
    "certainty_labels",
    "changes_to_swap",
    "class_acceptability",
    "class_sensitivity",
    "confidence_factors",
    "critical_criterion",
    "exact_acceptability",
    "exact_classes",
    "few_draws",
    "flip_condition",
    "grade_acceptability",
    "grade_shares",
    "labels_of",
    "nearest_flips",
    "rank_acceptability",
    "rank_reversal_test",
    "rank_reversals",
    "rank_tipping_points",
    "rolled_up_tipping_points",
    "score_sensitivity",
    "sobol_shares",
    "stability_intervals",
    "tipping_points",
    "weight_sweep",
    "weights_in_words",
    "winning_indices",
    "with_errors",
]
