"""Which customers are our key accounts, how sure is that, and what would change it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import pandas as pd

from srmkit.decisions.params import day, setting
from srmkit.decisions.placement import Placement, place
from srmkit.decisions.result import DecisionRecord, make_manifest
from srmkit.decisions.sentences import chance, counted, listed
from srmkit.decisions.shared_settings import SharedSettings

QUESTION = "Which customers are our key accounts?"


class Params(SharedSettings):
    """Settings of one account selection."""

    study: ClassVar[str] = "account_selection"

    segment: str = setting("", "only customers of this market segment; empty for all", group="Data")
    scorecard: str = setting(
        "", "scorecard of the accounts, a name or a file; empty for account, or account_measured without ratings",
        group="Model",
    )
    attractiveness_cut: float = setting(50.0, "attractiveness from which an account is attractive", group="Model",
                                        unit="points", low=0, high=100, step=1)
    strength_cut: float = setting(50.0, "strength from which we are strong at an account", group="Model",
                                  unit="points", low=0, high=100, step=1)
    capacity: int = setting(20, "how many key accounts we can serve", group="Selection", unit="accounts",
                            low=1, high=1000)
    grading: Literal["cuts", "shares", "capacity"] = setting(
        "cuts", "grades by agreed cuts, by shares of the accounts, or by how many each grade can hold",
        group="Selection",
    )
    theme: Literal["medals", "league", "cabin"] = setting("medals", "names of the grades", group="Selection")
    first_cut: float = setting(60.0, "score of the highest grade", group="Selection", unit="points",
                               low=0, high=100, step=1)
    second_cut: float = setting(40.0, "score of the middle grade", group="Selection", unit="points",
                                low=0, high=100, step=1)
    borderline: float = setting(2.0, "pairs around the last place this close are shown", group="Selection",
                                unit="points", low=0, high=20, step=0.5)
    failing: float = setting(0.25, "a criterion below this value counts as failing in the compensation report",
                             group="Selection", low=0, high=1, step=0.05)
    hours_available: float = setting(8000.0, "hours a year for account management", group="Resources",
                                     unit="hours", low=0, high=1_000_000, step=100)
