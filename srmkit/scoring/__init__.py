"""Scoring: a scorecard turns one number per metric into scores that can be explained."""

from srmkit.scoring.aggregation import Aggregation, Evaluation
from srmkit.scoring.compensation import compensation_sentences
from srmkit.scoring.criteria import Criterion, Gate, Group
from srmkit.scoring.differences import ScorecardDiff
from srmkit.scoring.explanation import Explanation
from srmkit.scoring.gaps import Missing
from srmkit.scoring.path_up import Goal, PathUp, path_up
from srmkit.scoring.reading import scorecard_names
from srmkit.scoring.scales import (
    Exponential,
    Linear,
    Logarithmic,
    PiecewiseLinear,
    RelativeMinMax,
    RelativeRank,
    Scale,
    Steps,
    Target,
)
from srmkit.scoring.scorecard import Scorecard
from srmkit.scoring.scores import Scores
from srmkit.scoring.totals import over_axes
from srmkit.scoring.writing import scorecard_toml, write_scorecard

__all__ = [
    "Aggregation",
    "Criterion",
    "Evaluation",
    "Explanation",
    "Exponential",
    "Gate",
    "Goal",
    "Group",
    "Linear",
    "Logarithmic",
    "Missing",
    "PathUp",
    "PiecewiseLinear",
    "RelativeMinMax",
    "RelativeRank",
    "Scale",
    "Scorecard",
    "ScorecardDiff",
    "Scores",
    "Steps",
    "Target",
    "compensation_sentences",
    "over_axes",
    "path_up",
    "scorecard_names",
    "scorecard_toml",
    "write_scorecard",
]
