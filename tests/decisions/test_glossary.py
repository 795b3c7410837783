"""Every figure is explained beside the tables, by the study or by the glossary that all studies share."""

from __future__ import annotations

from dataclasses import asdict

import pandas as pd
import pytest

from srmkit.decisions.glossary import SHARED, criteria, definitions_of, footnotes_of, scorecard_rows
from srmkit.language import say, speaking
from srmkit.metrics.definition import FACTS
from srmkit.metrics.page import catalogue_page
from srmkit.metrics.supplier_definitions import ON_TIME_RATE, SUPPLIER_DEFINITIONS
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


class Measured:
    def definitions(self) -> pd.DataFrame:
        return pd.DataFrame([asdict(one) for one in SUPPLIER_DEFINITIONS]).set_index("name")


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_footnote_prints_the_whole_definition_of_a_metric(language: str) -> None:
    """Two screens with two on-time rates differ in one of these; the reader must be able to see in which."""
    with speaking(language):
        how = footnotes_of(Measured())["how"]
        for one in SUPPLIER_DEFINITIONS:
            said = {part: getattr(one, part) for part in FACTS}
            assert all(say(text) in how[one.name] for text in said.values() if text)
            assert all(say(FACTS[part]) in how[one.name] for part, text in said.items() if text)
    assert how["on_time_rate"].count(" · ") == len(FACTS) - 1


def test_the_page_of_metrics_and_the_footnote_say_the_same() -> None:
    page = catalogue_page()
    how = footnotes_of(Measured())["how"][ON_TIME_RATE.name]
    assert all(f"- {fact}" in page for fact in how.split(" · "))


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


def test_a_scorecard_on_show_has_its_amounts_in_the_currency_of_the_data() -> None:
    card = Scorecard.read("account")
    known, unknown = (scorecard_rows(card, currency)["unit"] for currency in ("EUR", ""))
    assert known.loc["revenue"] == "EUR a year"
    assert unknown.loc["revenue"] == "currency a year"
    assert known.loc["profit_rate"] == unknown.loc["profit_rate"] == "share of revenue"
