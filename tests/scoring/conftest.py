"""A scorecard of two axes and some suppliers to score with it."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard


@pytest.fixture
def scorecard() -> Scorecard:
    """Price and delivery on one axis, growth and answers on the other; a supplier must be certified."""
    performance = Group(
        "performance",
        60,
        (
            Criterion("price_index", 25, Linear(worst=110, best=90), unit="index"),
            Criterion("on_time_rate", 75, Linear(worst=0.8, best=1.0)),
        ),
    )
    potential = Group(
        "potential",
        40,
        (
            Criterion("growth_rate", 30, Linear(worst=-0.1, best=0.1)),
            Group(
                "service", 70, (Criterion("answers", 1, Linear(worst=10, best=0), metric="response_days"),)
            ),
        ),
    )
    gate = Gate("certificates_valid", "no valid certificate", at_least=1)
    return Scorecard("suppliers", version="1.0", axes=(performance, potential), gates=(gate,))


@pytest.fixture
def metrics() -> pd.DataFrame:
    """Complete figures of five suppliers; Eck and Fink are equal, Gold has no certificate."""
    return pd.DataFrame(
        {
            "price_index": [100.0, 95.0, 105.0, 105.0, 90.0],
            "on_time_rate": [0.95, 0.90, 0.90, 0.90, 1.0],
            "growth_rate": [0.0, 0.05, 0.1, 0.1, 0.1],
            "response_days": [2.0, 5.0, 1.0, 1.0, 0.0],
            "certificates_valid": [1.0, 2.0, 1.0, 1.0, 0.0],
        },
        index=pd.Index(["Alba", "Dahl", "Eck", "Fink", "Gold"], name="supplier_id"),
    )
