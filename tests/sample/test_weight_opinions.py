"""The sample's judgements of weights: the committed file is the generator's, and holds what is planted."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.places import data_folder
from srmkit.sample import SampleSettings
from srmkit.sample.weight_opinions import METHODS, weight_opinions


def test_the_committed_judgements_are_those_of_the_generator() -> None:
    table, _ = weight_opinions()
    written = (data_folder() / "judgements" / "kraljic.csv").read_text(encoding="utf-8")
    assert written == table.to_csv(index=False, lineterminator="\n")


def test_another_seed_has_other_judgements_of_the_same_people() -> None:
    (one, truth), (other, _) = weight_opinions(), weight_opinions(SampleSettings(seed=7))
    assert not one.equals(other)
    assert list(one["rater"].unique()) == list(METHODS)
    for weights in truth["raters"].values():
        for axis in weights.values():
            assert sum(axis.values()) == pytest.approx(1, abs=5e-4)


def test_every_method_is_used_and_one_comparison_is_the_wrong_way_round() -> None:
    table, truth = weight_opinions()
    assert set(table["method"]) == {"points", "swing", "rank", "pairs", "best_worst", "choice"}
    slip = truth["slip"]
    row = table[(table["rater"] == slip["rater"]) & (table["criterion"] == slip["criterion"])
                & (table["other"] == slip["other"])]
    assert row["value"].tolist() == ["1/5"]
    assert slip["meant"] > 1
    assert isinstance(table, pd.DataFrame)
