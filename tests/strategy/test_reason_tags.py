"""Customers that the numbers leave out and somebody wants in."""

from __future__ import annotations

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.strategy import select, with_reason_tags


@pytest.fixture
def selection(scores):
    return select(scores, capacity=2)


def test_only_tagged_customers_that_are_not_selected_are_up_for_discussion(selection):
    tags = {"Alba": "reference", "Eck": "", "Gold": "reference", "Hahn": "door opener", "Fink": None}
    exceptions = with_reason_tags(selection, pd.Series(tags))
    assert exceptions["tag"].to_dict() == {"Hahn": "door opener", "Gold": "reference"}
    assert exceptions.loc["Hahn", "reason"] == "rank 5, 32.0 points behind the last place"
    assert exceptions.loc["Hahn", "total"] == pytest.approx(20)
    assert exceptions.loc["Gold", "gate"] == "customer unwilling"


def test_several_tags_of_one_customer_are_all_named(selection):
    tags = pd.Series(["reference", "inspiration", "reference"], index=["Hahn", "Hahn", "Hahn"])
    assert with_reason_tags(selection, tags)["tag"].to_dict() == {"Hahn": "reference; inspiration"}


def test_without_tags_there_is_nothing_to_discuss(selection):
    assert with_reason_tags(selection, pd.Series(dtype=object)).empty


def test_a_tag_of_a_customer_nobody_scored_is_refused(selection):
    with pytest.raises(SrmkitError, match="tags belong to candidates that were not scored; found Zorn"):
        with_reason_tags(selection, pd.Series({"Zorn": "reference"}))
