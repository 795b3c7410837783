"""The scorecards that come with srmkit: readable, reasoned, and with the middle where the rationale says."""

from __future__ import annotations

import tomllib

import pandas as pd
import pytest

from srmkit.places import data_folder
from srmkit.scoring import Scorecard, scorecard_names

NAMES = scorecard_names()
PRESETS = ("account_size_led", "account_profit_led", "account_relationship_led")


@pytest.mark.parametrize("name", NAMES)
def test_every_file_is_a_scorecard_of_its_own_name(name):
    card = Scorecard.read(name)
    assert card.name == name
    assert card.title
    assert card.owner


@pytest.mark.parametrize("name", NAMES)
def test_every_weight_has_a_reason_and_every_criterion_a_definition(name):
    card = Scorecard.read(name)
    assert card.outline()["rationale"].str.len().gt(0).all()
    assert card.table()["definition"].str.len().gt(0).all()


@pytest.mark.parametrize("name", NAMES)
def test_judged_criteria_use_the_whole_scale_of_the_raters(name):
    for criterion in Scorecard.read(name).criteria:
        assert (criterion.source == "judged") == (criterion.unit == "points 1 to 5")
        if criterion.source == "judged":
            assert criterion.scale.ends == (1, 5)


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith(("measured", "performance"))])
def test_a_measured_scorecard_asks_nobody(name):
    assert "judged" not in Scorecard.read(name).table()["source"].tolist()


@pytest.mark.parametrize("name", NAMES)
def test_the_ends_score_0_and_100(name):
    card = Scorecard.read(name)
    ends = {c.metric: [c.scale.worst, c.scale.best] for c in card.criteria}
    table = pd.DataFrame(ends, index=["worst", "best"]).assign(willing=1)
    assert card.score(table).total.to_list() == pytest.approx([0, 100])


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_keeps_criteria_scales_and_gates(preset):
    base, other = Scorecard.read("account"), Scorecard.read(preset)
    assert [c.scale for c in other.criteria] == [c.scale for c in base.criteria]
    assert other.gates == base.gates
    assert other.weights.to_dict() != base.weights.to_dict()


@pytest.mark.parametrize("preset", PRESETS)
def test_a_preset_repeats_nothing_of_its_base(preset):
    document = tomllib.loads((data_folder() / "scorecards" / f"{preset}.toml").read_text(encoding="utf-8"))
    points = Scorecard.read("account").outline()["points"]
    assert set(document) == {"extends", "name", "title", "version", "date", "owner", "weights"}
    assert all(entry["points"] != points[name] for name, entry in document["weights"].items())


@pytest.mark.parametrize(
    ("name", "criterion", "figure", "points"),
    [
        ("kraljic", "spend_share", 0.014142, 50),
        ("kraljic", "qualified_sources", 2, 61.3),
        ("kraljic", "lead_time_days", 25.1, 50),
        ("kraljic_measured", "spend_share", 0.001732, 50),
        ("kraljic_measured", "qualified_sources", 2, 50),
        ("kraljic_measured", "qualified_sources", 3, 20.8),
        ("supplier_preferencing", "dependence_on_us", 0.05, 50),
        ("supplier_preferencing", "dependence_on_us", 0.15, 80),
        ("account", "revenue", 200_000, 50),
        ("account", "growth", 0, 50),
        ("account_measured", "revenue", 28_284, 50),
        ("account_measured", "growth", 0, 50),
    ],
)
def test_the_middle_is_where_the_rationale_says(name, criterion, figure, points):
    scale = next(c.scale for c in Scorecard.read(name).criteria if c.name == criterion)
    assert 100 * scale.values([figure])[0] == pytest.approx(points, abs=0.06)


def test_an_unwilling_customer_gets_no_rank_and_an_unasked_one_is_noted():
    card = Scorecard.read("account")
    middle = {c.metric: 0.5 * sum(c.scale.ends) for c in card.criteria}
    accounts = pd.DataFrame([middle] * 3, index=["Alba", "Dahl", "Eck"]).assign(willing=[1, 0, None])
    scores = card.score(accounts)
    assert scores.rank.notna().to_list() == [True, False, True]
    assert scores.gated["gate"].to_list() == ["customer unwilling"]
    assert scores.notes == ("Gate 'customer unwilling': 'willing' is missing for Eck; they pass.",)
