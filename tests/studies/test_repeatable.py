"""The same settings give the same numbers: twice, shuffled, from the explorer, or after other settings."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from srmkit.decisions.result import fingerprint
from srmkit.errors import SrmkitError
from srmkit.studies import STUDIES, again_of, params_of, run_of

OTHER = {
    "supplier_segmentation": {"impact_cut": 60.0, "weights": {"spend_share": 30.0}, "weight_doubt": 30.0},
    "criteria_weights": {"combine": "arithmetic", "up_cut": 55.0, "weights": {"spend_share": 30.0},
                         "weights_within": "doubt"},
    "account_selection": {"capacity": 30, "theme": "cabin", "grading": "shares", "limit": "hours"},
}


def results(study: Any) -> dict[str, str]:
    return {name: fingerprint(frame) for name, frame in study.tables().items()}


@pytest.fixture(scope="module", params=[study for study in STUDIES if "draws" in params_of(study).model_fields])
def pair(request: pytest.FixtureRequest) -> tuple[Any, Any]:
    """A study at its defaults, and the same with other settings; few draws, to be quick."""
    kind = params_of(request.param)
    first = run_of(request.param)(kind(draws=128))
    return first, run_of(request.param)(kind(draws=128, **OTHER[request.param]))


def test_a_study_that_reuses_its_evidence_agrees_to_the_last_digit(pair: tuple[Any, Any]) -> None:
    first, other = pair
    reused = again_of(first.params.study)(first, other.params)
    assert reused.evidence is first.evidence
    assert results(reused) == results(other)
    back = again_of(first.params.study)(reused, first.params)
    assert results(back) == results(first)


def test_other_settings_are_other_results(pair: tuple[Any, Any]) -> None:
    first, other = pair
    assert results(first) != results(other)
    assert first.manifest()["inputs"] == other.manifest()["inputs"]
    assert set(other.manifest()["changed_settings"]) == {*OTHER[first.params.study], "draws"}


def test_another_seed_moves_probabilities_a_little_and_classes_not_at_all(pair: tuple[Any, Any]) -> None:
    first, _ = pair
    again = again_of(first.params.study)(first, type(first.params)(draws=128, seed=8))
    one, two = (study.overview() for study in (first, again))
    pd.testing.assert_series_equal(one["segment"], two["segment"])
    assert results(again) != results(first)


def test_a_data_setting_reads_the_data_again(pair: tuple[Any, Any]) -> None:
    first, _ = pair
    again = again_of(first.params.study)(first, type(first.params)(draws=128, months=24))
    assert again.evidence is not first.evidence
    assert again.evidence.period.years == 2


def test_points_for_a_criterion_that_no_scorecard_has_are_refused(pair: tuple[Any, Any]) -> None:
    first, _ = pair
    with pytest.raises(SrmkitError, match="'no_such_criterion' is on no scorecard of this study"):
        again_of(first.params.study)(first, type(first.params)(weights={"no_such_criterion": 5}))


def test_an_unknown_category_and_segment_list_what_there_is() -> None:
    suppliers, accounts = params_of("supplier_segmentation"), params_of("account_selection")
    with pytest.raises(SrmkitError, match=r"'category' is no category of the data; found 'Seal'\..*Seals"):
        run_of("supplier_segmentation")(suppliers(category="Seal"))
    with pytest.raises(SrmkitError, match=r"'segment' is no market segment of the data; found 'Moon'"):
        run_of("account_selection")(accounts(segment="Moon"))


def test_a_period_without_orders_is_refused_with_what_to_do() -> None:
    for study, table in (("supplier_segmentation", "purchase_order_lines"), ("account_selection", "sales_order_lines")):
        with pytest.raises(SrmkitError, match=rf"{table} has no .* from 2009-02-01 to 2010-01-31.*Widen 'months'"):
            run_of(study)(params_of(study)(as_of="2010-01-31"))


def test_weights_of_one_scorecard_leave_the_presets_as_they_are(pair: tuple[Any, Any]) -> None:
    first, _ = pair
    name = first.scorecards[next(iter(first.scorecards))].criteria[0].name
    again = again_of(first.params.study)(first, type(first.params)(draws=128, weights={name: 99.0}))
    hashes = {part: card.hash for part, card in again.scorecards.items()}
    changed = [part for part, card in first.scorecards.items() if card.hash != hashes[part]]
    assert changed == [next(iter(first.scorecards))]
