"""Scoring: a scorecard turns one number per metric into scores that can be explained."""

from srmkit.scoring.criteria import Criterion, Gate, Group
from srmkit.scoring.explanation import Explanation
from srmkit.scoring.gaps import Missing
from srmkit.scoring.reading import scorecard_names
from srmkit.scoring.scales import Exponential, Linear, Logarithmic, PiecewiseLinear, Scale, Steps, Target
from srmkit.scoring.scorecard import Scorecard
from srmkit.scoring.scores import Scores
from srmkit.scoring.writing import scorecard_toml, write_scorecard

__all__ = [
    "Criterion",
    "Explanation",
    "Exponential",
    "Gate",
    "Group",
    "Linear",
    "Logarithmic",
    "Missing",
    "PiecewiseLinear",
    "Scale",
    "Scorecard",
    "Scores",
    "Steps",
    "Target",
    "scorecard_names",
    "scorecard_toml",
    "write_scorecard",
]
