"""What may be in doubt, and a probability in a word."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.robustness import Doubt, certainty_label, certainty_labels, with_errors


def test_each_share_of_draws_has_its_error_beside_it() -> None:
    table = pd.DataFrame({"name": ["Alba"], "top_k": [0.5], "ahead": [0.9]})
    found = with_errors(table, 100, ["top_k", "ahead"])
    assert list(found) == ["name", "top_k", "top_k_error", "ahead", "ahead_error"]
    assert found.loc[0, ["top_k_error", "ahead_error"]].tolist() == pytest.approx([0.05, 0.03])


def test_one_doubt_can_be_left_on_alone() -> None:
    doubt = Doubt(concentration=100, cut_band=5, draws=512, seed=0)

    assert doubt.alone("weights") == Doubt(concentration=100, data=False, cut_band=0, draws=512, seed=0)
    assert doubt.alone("data") == Doubt(concentration=None, data=True, cut_band=0, draws=512, seed=0)
    assert doubt.alone("cuts") == Doubt(concentration=None, data=False, cut_band=5, draws=512, seed=0)


def test_every_setting_outside_its_limits_is_named_at_once() -> None:
    with pytest.raises(SrmkitError) as told:
        Doubt(concentration=0, cut_band=-1, draws=0, seed=-1)

    assert str(told.value).splitlines() == [
        "Doubt: 4 problems",
        "  - concentration must be above 0; found 0. "
        'Use 60, "uniform" for wholly open weights, or None for certain ones.',
        "  - cut_band must lie between 0 and 50 points; found -1. 0 takes the cuts as certain.",
        "  - draws must be a whole number from 1 to 1,048,576; found 0. "
        "4096 gives a standard error below 0.8 points of a hundred.",
        "  - seed must be a whole number of 0 or more; found -1. Choose one and keep it in the report.",
    ]


@pytest.mark.parametrize("setting", [
    {"concentration": "even"}, {"concentration": float("nan")}, {"concentration": True}, {"cut_band": float("inf")},
    {"cut_band": 51}, {"draws": 12.5}, {"draws": 2**20 + 1}, {"seed": 1.5},
])
def test_a_setting_that_is_no_such_number_is_refused(setting: dict[str, object]) -> None:
    with pytest.raises(SrmkitError, match=next(iter(setting))):
        Doubt(**{"seed": 1, **setting})


def test_the_bars_belong_to_the_better_word() -> None:
    words = [certainty_label(p) for p in (1, 0.9, np.nextafter(0.9, 0), 0.7, np.nextafter(0.7, 0), 0, np.nan)]
    assert words == ["firm", "firm", "likely", "likely", "contested", "contested", "unknown"]


def test_bars_can_be_moved() -> None:
    labels = certainty_labels(pd.Series([0.8, 0.6, 0.5], index=["A", "B", "C"]), firm=0.8, likely=0.6)
    assert labels.to_dict() == {"A": "firm", "B": "likely", "C": "contested"}


def test_bars_the_wrong_way_round_are_refused() -> None:
    with pytest.raises(SrmkitError) as told:
        certainty_label(0.5, firm=0.6, likely=0.7)
    assert "firm and likely must satisfy 0 <= likely <= firm <= 1; found firm 0.6, likely 0.7." in str(told.value)
