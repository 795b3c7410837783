"""The study of weights: what holds whatever the raters say, then what was planted in the sample's judgements."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.exports import write_exports
from srmkit.language import speaking
from srmkit.sample.weight_opinions import METHODS, weight_opinions
from srmkit.scoring import Gate, Scorecard
from srmkit.scoring.tree import with_changes
from srmkit.studies import criteria_weights, supplier_segmentation
from srmkit.studies._signed_scorecard import in_points
from srmkit.studies.criteria_weights import CriteriaWeights, Params
from srmkit.weighting import pairwise_weights

DRAWS = 256


@pytest.fixture(scope="module")
def study() -> CriteriaWeights:
    return criteria_weights.run(Params(draws=DRAWS))


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return weight_opinions()[1]


def judged(tmp_path: Path, *rows: str) -> str:
    file = tmp_path / "said.csv"
    file.write_text("rater,method,criterion,other,value\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return str(file)


def again(study: CriteriaWeights, **settings: Any) -> CriteriaWeights:
    return criteria_weights.decide(study.evidence, Params(draws=DRAWS, **settings))


def test_the_signed_scorecard_reads_back_as_the_one_that_was_judged(study: CriteriaWeights, tmp_path: Path) -> None:
    written = write_exports(study, tmp_path)
    assert "kraljic_agreed.toml" in set(written["file"])
    card = Scorecard.read(tmp_path / "kraljic_agreed.toml")
    assert card == study.agreed
    assert card.hash == study.agreed.hash == study.manifest()["scorecards"]["kraljic_agreed"]
    assert (card.version, card.owner, str(card.date)) == ("1.0", "Head of procurement", "2026-06-23")


def test_each_weight_says_who_judged_how_and_what_it_was_before(study: CriteriaWeights) -> None:
    for item in study.agreed.criteria:
        for rater in METHODS:
            assert rater in item.judged
        assert "Before: " in item.judged
        assert item.judged.startswith(f"{item.weight:g} points, the geometric mean of 6 raters")
        assert item.judged in study.agreed.table().loc[item.name, "rationale"]
    assert "Two recalls in three years" in study.agreed.criteria[1].said
    assert study.agreed.axes[0].rationale == study.before.axes[0].rationale  # nobody judged the axes


def test_a_scorecard_signed_in_another_language_is_the_same_one(study: CriteriaWeights, tmp_path: Path) -> None:
    chinese = criteria_weights.run(Params(draws=DRAWS, language="zh"))
    assert chinese.agreed != study.agreed  # it tells in Chinese who judged how
    assert "6" in chinese.agreed.criteria[0].judged
    assert "geometric" not in chinese.agreed.criteria[0].judged
    with speaking("zh"):
        reasons = " ".join(chinese.agreed.table()["rationale"])
    assert not any(item.rationale in reasons for item in study.before.criteria)  # those are translated
    assert chinese.agreed.hash == study.agreed.hash
    write_exports(chinese, tmp_path)
    assert Scorecard.read(tmp_path / "kraljic_agreed.toml") == chinese.agreed
    assert chinese.agreed.diff(study.agreed).scores_alike


def test_its_hash_hangs_on_weights_gates_and_the_words_of_people(study: CriteriaWeights) -> None:
    card = study.agreed
    first = card.criteria[0]
    others = [
        card.reweighted(**{first.name: first.weight + 1}),
        replace(card, gates=(Gate("spend", "is too small", at_least=1),)),
        *(replace(card, axes=tuple(with_changes(axis, {first.name: {field: "Other words."}}) for axis in card.axes))
          for field in ("rationale", "said")),
    ]
    assert len({card.hash, *(other.hash for other in others)}) == 5


def test_the_signed_scorecard_gives_other_studies_the_same_classes(study: CriteriaWeights, tmp_path: Path) -> None:
    write_exports(study, tmp_path)
    other = supplier_segmentation.run(supplier_segmentation.Params(
        scorecard=str(tmp_path / "kraljic_agreed.toml"), draws=DRAWS, level="category"))
    assert other.kraljic.segments.segment.to_dict() == study.segment.to_dict()


def test_points_are_tenths_that_sum_to_a_hundred_and_keep_the_order() -> None:
    points = in_points(pd.Series({"a": 1 / 3, "b": 1 / 3, "c": 1 / 3}))
    assert sum(points.values()) == pytest.approx(100, abs=1e-9)
    assert sorted(points.values()) == [33.3, 33.3, 33.4]
    shares = pd.Series(np.random.default_rng(1).dirichlet(np.ones(7)))
    assert sum(in_points(shares).values()) == pytest.approx(100, abs=1e-9)
    assert max(abs(in_points(shares)[str(name)] - 100 * share) for name, share in shares.items()) < 0.1


def test_agreed_weights_and_every_raters_lie_within_the_range_that_is_drawn_from(study: CriteriaWeights) -> None:
    ranges = {one.name: one for one in study.doubt.weights}  # type: ignore[union-attr]  # a tuple of ranges
    for card in (study.agreed, *study.raters.values()):
        for name, share in card.weights.items():
            assert ranges[str(name)].low <= share <= ranges[str(name)].high  # type: ignore[union-attr]
    assert all(0 <= one.low <= one.high <= 1 for one in ranges.values())  # type: ignore[union-attr]


def test_a_class_at_stake_does_change_between_the_lowest_and_the_highest_rater(study: CriteriaWeights) -> None:
    name = "spend_share"
    row = study.weights.loc[name]
    classes = []
    for end in ("lowest", "highest"):
        rest = float(study.agreed.outline().query("part_of == 'profit_impact'")["points"].sum()
                     - study.agreed.outline().loc[name, "points"])
        card = study.agreed.reweighted(**{name: row[end] / (1 - row[end]) * rest})
        assert card.weights[name] == pytest.approx(row[end])
        classes.append(study.matrix.assign(card.score(study.evidence.metrics, missing="reweight").axes).segment)
    moved = set(study.segment.index[(classes[0] != study.segment) | (classes[1] != study.segment)])
    assert moved == set(study.at_stake(name))
    assert row["at_stake"] == len(moved)


def test_raters_alike_are_those_under_whose_weights_the_class_is_the_same(study: CriteriaWeights) -> None:
    card = study.raters["Controlling"]
    alone = study.matrix.assign(card.score(study.evidence.metrics, missing="reweight").axes).segment
    assert study.by_rater["Controlling"].to_dict() == alone.to_dict()
    assert study.influence.loc["Controlling", "alone"] == int((alone != study.segment).sum())
    assert (study.same <= len(study.raters)).all()


def test_weights_that_decide_are_held_by_the_raters_named(study: CriteriaWeights) -> None:
    assert len(study.decisive)
    for row in study.decisive.to_dict("records"):
        beyond = row["raters_beyond"].split(", ")
        for rater, card in study.raters.items():
            share = float(card.weights[row["criterion"]])
            past = share < row["weight_at_flip"] if row["direction"] == "less" else share > row["weight_at_flip"]
            assert (rater in beyond) == past


def test_raters_of_one_mind_leave_no_doubt_about_the_weights(study: CriteriaWeights, tmp_path: Path) -> None:
    rows = [f"{who},points,{item.name},,{item.weight}" for who in ("Ada", "Ben") for item in study.before.criteria]
    alike = again(study, judgements=judged(tmp_path, *rows))
    moved = alike.placed.certainty.by_doubt["weights"]
    # what was planted on the cut may fall to either side by the rounding to a tenth of a point
    assert set(moved.index[moved > 0]) <= {"Tooling and patterns", "Gearboxes"}
    assert alike.agreement.loc["profit_impact", "w"] == pytest.approx(1)
    assert alike.agreed.weights.to_dict() == pytest.approx(study.before.weights.to_dict())
    assert alike.moved.empty
    assert "Nobody judged" in " ".join(alike.health())
    assert alike.decision().dissent == ()


def test_one_rater_is_enough(study: CriteriaWeights, tmp_path: Path) -> None:
    rows = ["Ada,pairs,spend_share,quality_impact,2", "Ada,pairs,quality_impact,growth_of_need,2",
            "Ada,pairs,spend_share,growth_of_need,1/2"]
    alone = again(study, judgements=judged(tmp_path, *rows))
    assert np.isnan(alone.agreement.loc["profit_impact", "w"])
    assert alone.consistency.loc[0, "consistency"] == "judge again"
    assert "Ada should look at a judgement again" in alone.headline()
    # what the rater's own judgements leave open is the doubt, unless it is not asked for
    certain = again(study, judgements=judged(tmp_path, *rows), own_doubt=False)
    open_, closed = (one.placed.certainty.by_doubt["weights"].sum() for one in (alone, certain))
    assert open_ > closed
    assert all(len(table.columns) for name, table in alone.tables().items() if name != "Spread, not importance")


def test_an_account_scorecard_is_a_tree_and_can_be_judged_group_by_group(tmp_path: Path) -> None:
    rows = ["Ada,points,attractiveness,,60", "Ada,points,strength,,40", "Ben,points,attractiveness,,50",
            "Ben,points,strength,,50", "Ada,swing,size,,100", "Ada,swing,earnings,,80", "Ada,swing,fit,,20",
            "Ben,rank,size,,2", "Ben,rank,earnings,,1", "Ben,rank,fit,,3", "Ben,points,revenue,,30",
            "Ben,points,potential,,70"]
    found = criteria_weights.run(Params(scorecard="account", judgements=judged(tmp_path, *rows), draws=DRAWS))
    assert [panel.group for panel in found.panels] == ["total", "attractiveness", "size"]
    assert found.agreed.axis_weights.sum() == pytest.approx(1)
    assert found.raters["Ben"].weights["potential"] == pytest.approx(
        0.7 * float(found.raters["Ben"].outline().loc["size", "share"]))
    ranges = {one.name for one in found.doubt.weights}  # type: ignore[union-attr]
    assert {"attractiveness", "strength", "revenue", "growth"} <= ranges
    assert "trust" not in ranges  # nobody judged that axis: its weights stay as sure as weight_doubt says
    assert set(found.classed["segment"].dropna()) <= set(found.matrix.names)
    assert found.amount == "our revenue"
    assert "accounts" in found.headline()


def test_settings_that_cannot_be_say_what_to_do() -> None:
    with pytest.raises(SrmkitError, match="are none in the sample for this scorecard; found 'account'.*kraljic"):
        criteria_weights.run(Params(scorecard="account"))
    with pytest.raises(SrmkitError, match="its axes are those of no matrix; found performance"):
        criteria_weights.run(Params(scorecard="supplier_performance"))
    with pytest.raises(SrmkitError, match="'signed_on' should be a day written YYYY-MM-DD"):
        Params.check({"signed_on": "1.5.2026"})
    with pytest.raises(SrmkitError, match="'new_name'"):
        Params.check({"new_name": "Our Card"})


def test_the_planted_slip_is_found_and_its_remedy_is_what_was_meant(
    study: CriteriaWeights, truth: dict[str, Any]
) -> None:
    slip = truth["slip"]
    table = study.consistency
    again_ = table[table["consistency"] == "judge again"]
    assert again_[["rater", "part_of"]].to_numpy().tolist() == [[slip["rater"], slip["axis"]]]
    panel = next(panel for panel in study.panels if panel.group == slip["axis"])
    one = next(one for one in panel.judged if one.said.rater == slip["rater"])
    assert one.comparisons is not None
    mend = pairwise_weights(one.comparisons).mend()
    assert mend is not None
    assert (mend.criterion, mend.other) == (slip["criterion"], slip["other"])
    assert abs(np.log(mend.on_scale / slip["meant"])) < np.log(2)  # a ratio was said in whole numbers
    assert abs(np.log(mend.on_scale / slip["judged"])) > np.log(8)
    assert study.advice()[0].startswith(f"{slip['rater']} judges Scarcity on the market 1/5 times as important")


def test_the_planted_dissenter_is_named_with_what_it_is_about(study: CriteriaWeights, truth: dict[str, Any]) -> None:
    planted = truth["dissenter"]
    panel = next(panel for panel in study.panels if panel.group == planted["axis"])
    assert panel.distances.index[0] == planted["rater"]
    assert panel.distances.iloc[0]["most_on"] == planted["on"]
    assert study.decision().dissent[0].startswith(f"{planted['rater']} would put")


def test_weights_of_the_house_come_out_of_six_ways_of_judging(study: CriteriaWeights, truth: dict[str, Any]) -> None:
    for axis, house in truth["house"].items():
        found = study.agreed.weights[list(house)]
        assert (found - pd.Series(house)).abs().max() < 0.09, axis  # one dissenter pulls by 0.08
        panel = next(panel for panel in study.panels if panel.group == axis)
        off = {rater: float((panel.raters.loc[rater] - pd.Series(truth["raters"][rater][axis])).abs().sum() / 2)
               for rater in panel.raters.index if rater != truth["slip"]["rater"]}
        assert max(off.values()) < 0.2  # what an order or whole numbers cannot say


def test_judging_the_slip_again_makes_the_raters_agree_more(study: CriteriaWeights, tmp_path: Path) -> None:
    table, truth = weight_opinions()
    slip = truth["slip"]
    row = (table["rater"] == slip["rater"]) & (table["criterion"] == slip["criterion"]) & (
        table["other"] == slip["other"])
    file = tmp_path / "again.csv"
    table.assign(value=table["value"].mask(row, str(round(slip["meant"])))).to_csv(file, index=False)
    better = again(study, judgements=str(file))
    assert (better.consistency["consistency"] != "judge again").all()
    assert better.agreement.loc["supply_risk", "w"] > study.agreement.loc["supply_risk", "w"]
