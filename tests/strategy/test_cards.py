"""Strategy cards: what they say, and what a file of them must not leave open."""

from __future__ import annotations

import dataclasses
import re

import pytest

from srmkit.errors import SrmkitError
from srmkit.metrics.account_definitions import ACCOUNT_DEFINITIONS
from srmkit.metrics.supplier_definitions import SUPPLIER_DEFINITIONS
from srmkit.segmentation import kraljic
from srmkit.strategy import card_names, read_cards

CLASSES = {
    "suppliers": kraljic().names,
    "accounts": ("key", "key development", "maintenance", "opportunistic"),
}
DEFINITIONS = {"suppliers": SUPPLIER_DEFINITIONS, "accounts": ACCOUNT_DEFINITIONS}

FILE = """
name = "mine"
title = "Two classes"
version = "1.0"
date = 2026-01-31
owner = "me"

[[classes]]
name = "close"
title = "Close"
posture = "Stay close."
objectives = ["Stay"]
hours_per_year = 10
rationale = "It pays."
source = "Ours."
governance = { reviews_per_year = 4, owner = "me", sponsor = "you" }
options = [{ move = "hold", how = "Talk." }, { move = "far", how = "Talk less." }]
kpis = [{ metric = "otif_rate", label = "On time and in full", better = "higher" }]
services = { "hot line" = "included" }

[[classes]]
name = "far"
title = "Far"
posture = "Keep away."
objectives = ["Leave"]
hours_per_year = 0
rationale = "It costs."
source = "Ours."
governance = { reviews_per_year = 0, owner = "me", sponsor = "you" }
options = [{ move = "hold", how = "Wait." }]
kpis = [{ label = "Calls" }]
services = { "hot line" = "not offered" }
"""


@pytest.fixture
def written(tmp_path):
    def write(text):
        file = tmp_path / "mine.toml"
        file.write_text(text, encoding="utf-8")
        return file

    return write


def test_every_shipped_file_is_known_to_these_tests():
    assert set(card_names()) == set(CLASSES)


@pytest.mark.parametrize("name", card_names())
def test_every_class_of_the_matrix_has_a_card_and_no_card_is_idle(name):
    cards = read_cards(name)
    cards.check_covers(CLASSES[name])
    assert cards.names == CLASSES[name]


@pytest.mark.parametrize("name", card_names())
def test_every_metric_of_a_kpi_is_defined_and_wants_the_same_direction(name):
    cards, known = read_cards(name), {definition.name: definition for definition in DEFINITIONS[name]}
    cards.check_metrics(known)
    for kpi in cards.kpis().itertuples():
        if kpi.metric:
            assert kpi.better == known[kpi.metric].better, f"{kpi.metric} of {name}"


@pytest.mark.parametrize("name", card_names())
def test_the_cards_offer_to_hold_or_to_move_and_never_one_forced_way(name):
    options = read_cards(name).options()
    by_class = options.groupby("class")["move"].agg(list)
    assert all("hold" in moves and len(moves) > 1 for moves in by_class)


@pytest.mark.parametrize("name", card_names())
def test_the_more_demanding_class_takes_no_fewer_hours_or_reviews(name):
    table = read_cards(name).table()
    assert table["hours_per_year"].is_monotonic_decreasing
    assert table["reviews_per_year"].is_monotonic_decreasing


@pytest.mark.parametrize("name", card_names())
def test_the_hours_of_a_card_are_the_sum_that_its_reason_gives(name):
    parts = {
        "strategic": 4 * 20 + 100 + 60,
        "bottleneck": 2 * 10 + 12 * 5,
        "leverage": 2 * 8 + 44,
        "non-critical": 4,
        "key": 4 * 20 + 48 * 5 + 80,
        "key development": 4 * 10 + 48 * 3 + 16,
        "maintenance": 2 * 6 + 12 * 4,
        "opportunistic": 6,
    }
    assert read_cards(name).hours.to_dict() == {card: parts[card] for card in CLASSES[name]}


def test_the_service_menu_says_for_every_class_what_is_offered():
    menu = read_cards("accounts").service_menu()
    assert list(menu.columns) == list(CLASSES["accounts"])
    assert set(menu.to_numpy().ravel()) <= {"included", "on request", "not offered"}
    assert menu.loc["named account manager"].tolist() == ["included", "included", "on request", "not offered"]
    assert read_cards("suppliers").service_menu().empty


def test_a_file_of_ones_own_reads_like_a_shipped_one(written):
    cards = read_cards(written(FILE))
    assert cards.hours.to_dict() == {"close": 10, "far": 0}
    assert cards.table().loc["close", "options"] == "hold: Talk.\ntoward far: Talk less."
    assert cards.table().loc["close", "kpis"] == "On time and in full (higher is better)"
    assert cards.card("far").governance.sponsor == "you"


def test_cards_cannot_be_changed_by_whoever_reads_them(written):
    card = read_cards(written(FILE)).card("far")
    with pytest.raises(dataclasses.FrozenInstanceError):
        card.hours_per_year = 5.0


def test_a_class_without_a_card_is_named_with_the_nearest(written):
    cards = read_cards(written(FILE))
    with pytest.raises(SrmkitError) as error:
        cards.check_covers(["close", "closer", "nuisance"])
    assert "class 'closer' has no card. Did you mean 'close'?" in str(error.value)
    assert "class 'nuisance' has no card. Known are: close, far." in str(error.value)


def test_a_kpi_that_nobody_measures_is_named(written):
    with pytest.raises(SrmkitError, match=re.escape("KPI 'otif_rate' of class 'close' is no known metric.")):
        read_cards(written(FILE)).check_metrics(["spend"])


def test_everything_wrong_with_a_file_is_said_at_once(written):
    text = (
        FILE.replace("hours_per_year = 10", "hours_per_year = -1")
        .replace('move = "far"', 'move = "away"')
        .replace('rationale = "It costs."\n', "")
        .replace('"not offered"', '"never"')
        .replace("reviews_per_year = 0", 'reviews_per_year = "none"')
        .replace('version = "1.0"', 'version = "1.0"\nedition = 2')
        .replace('objectives = ["Leave"]', "objectives = []")
    )
    with pytest.raises(SrmkitError) as error:
        read_cards(written(text))
    assert str(error.value).startswith("strategy cards mine.toml: 7 problems")
    for words in (
        "an option of class 'close' leads to a class that has no card; found 'away'. Classes are: close,",
        "'hours_per_year' of class 'close' must be 0 or more; found -1.",
        "'rationale' of class 'far' is missing. Say why this class is treated so.",
        "'hot line' of 'services' of class 'far' must be 'included', 'on request' or 'not offered'; found",
        "'reviews_per_year' of 'governance' of class 'far' must be a number; found 'none'.",
        "'edition' of the file is no known key.",
        "'objectives' of class 'far' is empty; found [].",
    ):
        assert words in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('name = "far"', 'name = "close"', "class 'close' stands there more than once."),
        ('move = "far"', 'move = "close"', "an option of class 'close' leads to the class itself."),
        ('"hot line" = "not offered"', '"visit" = "included"',
         "class 'far' does not say whether it is offered every service; found nothing on hot line."),
        ('{ label = "Calls" }', '{ metric = "spend" }', "'label' of KPI no. 1 of class 'far' is missing."),
        ("date = 2026-01-31", 'date = "soon"', "'date' of the file must be a date; found 'soon'."),
        ("[[classes]]", "[classes", "the file is no readable TOML"),
    ],
)
def test_each_slip_in_a_file_is_told_with_its_place(written, old, new, words):
    with pytest.raises(SrmkitError) as error:
        read_cards(written(FILE.replace(old, new, 1)))
    assert words in str(error.value)


def test_a_file_without_classes_is_refused(written):
    with pytest.raises(SrmkitError, match="'classes' of the file is missing"):
        read_cards(written(FILE.split("[[classes]]")[0]))


def test_a_name_that_was_mistyped_is_told_with_the_nearest():
    with pytest.raises(SrmkitError, match="strategy cards 'supplier': 1 problem\n.*Did you mean 'suppliers'"):
        read_cards("supplier")
