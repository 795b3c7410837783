"""A scorecard that can be worked by hand, and six customers to choose from."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.scoring import Criterion, Gate, Group, Linear, Scorecard, Scores


@pytest.fixture(scope="session")
def scorecard() -> Scorecard:
    """Total = 0.6 margin + 0.4 growth, both from 0 to 100; the customer must be willing."""
    worth = Group(
        "worth",
        1,
        (
            Criterion("margin", 60, Linear(worst=0, best=100), unit="points"),
            Criterion("growth", 40, Linear(worst=0, best=100), unit="points"),
        ),
    )
    return Scorecard("customers", axes=(worth,), gates=(Gate("willing", "customer unwilling", equals=1),))


@pytest.fixture(scope="session")
def customers() -> pd.DataFrame:
    """Totals: Alba 74, Dahl 52, Eck 50, Fink 48, Hahn 20; Gold would have 100 but does not want us."""
    return pd.DataFrame(
        {
            "margin": [90.0, 80, 50, 40, 100, 20],
            "growth": [50.0, 10, 50, 60, 100, 20],
            "willing": [1.0, 1, 1, 1, 0, 1],
            "revenue": [500.0, 100, 300, 200, 900, 50],
            "hours": [100.0, 80, 40, 30, 10, 5],
        },
        index=pd.Index(["Alba", "Dahl", "Eck", "Fink", "Gold", "Hahn"], name="customer_id"),
    )


@pytest.fixture
def scores(scorecard: Scorecard, customers: pd.DataFrame) -> Scores:
    """The six customers scored."""
    return scorecard.score(customers)
