"""One selection under several scorecards."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.strategy import select, side_by_side


@pytest.fixture
def selections(scorecard, customers):
    cards = {
        "balanced": scorecard,
        "margin led": scorecard.reweighted(margin=100, growth=0),
        "growth led": scorecard.reweighted(margin=0, growth=100),
    }
    return {name: select(card.score(customers), capacity=2) for name, card in cards.items()}


def test_a_customer_chosen_by_all_is_told_from_one_chosen_by_some(selections):
    table = side_by_side(selections)
    # balanced: Alba, Dahl; by margin: Alba 90, Dahl 80; by growth: Fink 60, then Alba and Eck 50 each
    assert table["chosen_by"].to_dict() == {
        "Alba": "all",
        "Dahl": "balanced, margin led",
        "Fink": "only growth led",
        "Eck": "none",
        "Hahn": "none",
        "Gold": "none",
    }
    assert table["presets"].tolist() == [3, 2, 1, 0, 0, 0]
    assert table.loc["Fink", "growth led rank"] == 1
    assert table.loc["Fink", "growth led selected"]
    assert pd.isna(table.loc["Gold", "balanced rank"])


def test_one_preset_alone_chooses_all_or_none(selections):
    table = side_by_side({"balanced": selections["balanced"]})
    assert set(table["chosen_by"]) == {"all", "none"}


def test_presets_about_other_customers_are_refused(selections, scorecard, customers):
    others = select(scorecard.score(customers.drop("Eck")), capacity=2)
    with pytest.raises(SrmkitError, match="preset 'others' has not scored .*; found nothing on Eck"):
        side_by_side({**selections, "others": others})


def test_no_presets_are_refused():
    with pytest.raises(SrmkitError, match="selections are none"):
        side_by_side({})
