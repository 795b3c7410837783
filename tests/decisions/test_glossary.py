"""Every figure is explained beside the tables, by the study or by the glossary that all studies share."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.decisions.glossary import SHARED, criteria, definitions_of
from srmkit.scoring import Scorecard


class Small:
    def definitions(self) -> pd.DataFrame:
        rows = {"spend": ("spend", "EUR", "What we paid.", "measured"),
                "age": ("age", "years", "Since 2000.", "judged")}
        return pd.DataFrame.from_dict(rows, orient="index", columns=["label", "unit", "meaning", "source"])


def test_what_the_study_says_of_a_figure_comes_before_what_all_studies_share() -> None:
    table = definitions_of(Small())
    assert table.loc["spend", "meaning"] == "What we paid."
    assert table.index.is_unique
    assert list(table.index[:2]) == ["spend", "age"]
    assert set(SHARED) <= set(table.index)


def test_only_the_shared_ones_that_are_asked_for_are_named() -> None:
    assert list(definitions_of(Small(), ["probability", "name"]).index) == ["spend", "age", "probability"]


def test_criteria_of_a_scorecard_explain_themselves() -> None:
    table = criteria([Scorecard.read("account")])
    assert len(table)
    assert (table["meaning"].str.len() > 10).all()


@pytest.mark.parametrize("name", sorted(SHARED))
def test_a_shared_figure_has_a_label_a_unit_and_a_sentence(name: str) -> None:
    label, unit, meaning = SHARED[name]
    assert label
    assert unit
    assert meaning.endswith(".")
