"""Candidates placed on one matrix, with how sure each place is and what would move it."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from srmkit.decisions.shared_settings import SharedSettings
from srmkit.metrics import Metrics
from srmkit.robustness import ClassAcceptability, class_acceptability, tipping_points
from srmkit.scoring import Scorecard, Scores
from srmkit.segmentation import Matrix, Segments


@dataclass(frozen=True)
class Placement:
    """Scores, classes, their certainty and their tipping points on one matrix."""

    scores: Scores
    segments: Segments
    certainty: ClassAcceptability
    tipping: pd.DataFrame

    def table(self) -> pd.DataFrame:
        """One row a candidate: axes, class, probability and label, margin, and the nearest other class."""
        classes = self.segments.table
        return classes.assign(probability=self.certainty.certainty, certainty=self.certainty.label)[
            ["x", "y", "segment", "probability", "certainty", "margin", "flips_to", "flips_on"]
        ]


def place(scorecard: Scorecard, metrics: Metrics, matrix: Matrix, params: SharedSettings) -> Placement:
    """Score the candidates, put them on the matrix and say how sure each class is."""
    scores = scorecard.score(metrics, missing=params.missing)
    return Placement(
        scores,
        matrix.assign(scores.axes),
        class_acceptability(scores, matrix, params.doubt(), firm=params.firm, likely=params.likely),
        tipping_points(scores, matrix),
    )
