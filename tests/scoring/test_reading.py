"""Scorecard files: read strictly, and every mistake told at once in words that name the place."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from srmkit.errors import SrmkitError
from srmkit.places import data_folder
from srmkit.scoring import Linear, Scorecard, Steps, Target, scorecard_names

HEAD = """
name = "small"
title = "A small scorecard"
version = "1.2"
date = 2026-11-23
owner = "Head of procurement"
"""
AXIS = """
[[axes]]
name = "performance"
weight = 60
rationale = "It is what we pay for."
"""
CRITERION = """
[[axes.criteria]]
name = "{name}"
weight = {weight}
scale = {scale}
rationale = "Because."
definition = "What it is."
unit = "days"
"""
LINEAR = '{ type = "linear", worst = 30, best = 5 }'


def criterion(name="lead_time_days", weight="10", scale=LINEAR):
    return CRITERION.format(name=name, weight=weight, scale=scale)


@pytest.fixture
def write(tmp_path):
    def write_file(text, name="small.toml"):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        return file

    return write_file


@pytest.fixture
def problems(write):
    def read_problems(text):
        with pytest.raises(SrmkitError) as error:
            Scorecard.read(write(text))
        assert error.value.subject == "scorecard small.toml"
        return [str(problem) for problem in error.value.problems]

    return read_problems


def test_a_file_is_read_with_everything_it_says(write):
    text = (
        HEAD
        + AXIS
        + criterion()
        + """
metric = "days"
label = "Lead time"
source = "audited"
[[axes.groups]]
name = "quality"
label = "Quality"
weight = 30
rationale = "Faults cost."
[[axes.groups.criteria]]
name = "audit"
weight = 1
scale = { type = "steps", steps = { none = 0, full = 1 } }
rationale = "The auditor saw it."
definition = "Result of the last audit."
unit = ""
[[gates]]
metric = "certificates_valid"
at_least = 1
words = "no valid certificate"
missing = "fails"
"""
    )
    card = Scorecard.read(write(text))
    assert (card.name, card.version, card.date) == ("small", "1.2", dt.date(2026, 11, 23))
    assert card.weights.to_dict() == {"lead_time_days": 0.25, "audit": 0.75}
    first, second = card.criteria
    assert (first.metric, first.label, first.source, first.unit) == ("days", "Lead time", "audited", "days")
    assert first.scale == Linear(worst=30, best=5)
    assert second.scale == Steps({"none": 0, "full": 1})
    assert second.label == "Audit"
    assert card.gates[0].missing == "fails"
    assert card.outline().loc["quality", "rationale"] == "Faults cost."


@pytest.mark.parametrize(
    "scale",
    [
        LINEAR,
        '{ type = "logarithmic", worst = 1, best = 100 }',
        '{ type = "exponential", worst = 1, best = 5, rho = 0.653 }',
        '{ type = "piecewise", points = [[0, 0], [2, 0.5], [10, 1]] }',
        '{ type = "target", worst = [0, 60], best = [10, 20] }',
        '{ type = "steps", steps = { "1" = 0, "2" = 0.5, "4" = 1 } }',
    ],
)
def test_every_scale_can_be_written(write, scale):
    read = Scorecard.read(write(HEAD + AXIS + criterion(scale=scale))).criteria[0].scale
    assert f'type = "{read.type}"' in scale


def test_numbers_in_the_keys_of_steps_are_numbers(write):
    scale = '{ type = "steps", steps = { "1" = 0, "2.5" = 1 } }'
    read = Scorecard.read(write(HEAD + AXIS + criterion(scale=scale))).criteria[0].scale
    assert read == Steps({1.0: 0, 2.5: 1})
    target = '{ type = "target", worst = [0, 60], best = [10, 20] }'
    read = Scorecard.read(write(HEAD + AXIS + criterion(scale=target))).criteria[0].scale
    assert read == Target(worst=(0, 60), best=(10, 20))


def test_the_hash_does_not_depend_on_layout(write):
    text = HEAD + AXIS + criterion()
    first = Scorecard.read(write(text)).hash
    assert Scorecard.read(write("# a remark\r\n" + text.replace("\n", "\r\n"))).hash == first
    assert Scorecard.read(write("\ufeff" + text)).hash == first
    assert Scorecard.read(write(text.replace("best = 5", "best = 6"))).hash != first


def test_all_mistakes_of_a_file_are_told_at_once(problems):
    text = """
name = "small"
title = ""
version = 1.2
date = "soon"
ower = "Head of procurement"
[[axes]]
name = "performance"
weight = 60
rationale = "It is what we pay for."
[[axes.criteria]]
name = "price"
wieght = 10
scale = { type = "lineer", worst = 1, best = 5 }
definition = "What it is."
unit = ""
[[axes.criteria]]
name = "price"
weight = -3
scale = { type = "linear", worst = 5, best = 5 }
rationale = " "
definition = "What it is."
unit = ""
[[axes.criteria]]
weight = "ten"
scale = { worst = 1, best = 5 }
rationale = "Because."
definition = "What it is."
unit = ""
"""
    assert problems(text) == [
        "the name 'price' stands 2 times; found criterion, criterion. "
        "Every axis, group and criterion needs its own name.",
        "weight of criterion 'price' must be 0 or more points; found -3. "
        "A figure that speaks against a candidate needs a scale the other way round.",
        "'title' of the file is empty; found ''.",
        "'version' of the file must be text; found 1.2.",
        "'date' of the file must be a date; found 'soon'. Write it as 2026-01-31, without quotes.",
        "'owner' of the file is missing.",
        "'weight' of criterion 'price' is missing. Give it points.",
        "'scale' of criterion 'price' is no known scale; found 'lineer'. Did you mean 'linear'?",
        "'rationale' of criterion 'price' is missing. Say why it weighs what it weighs.",
        "'wieght' of criterion 'price' is no known key. Did you mean 'weight'?",
        "worst and best of criterion 'price' are equal, so no figure is better than another; "
        "found 5 for both. Agree on two different ends.",
        "'rationale' of criterion 'price' is empty; found ' '. Say why it weighs what it weighs.",
        "'name' of criterion no. 3 of axis 'performance' is missing.",
        "'weight' of criterion no. 3 of axis 'performance' must be a number; found 'ten'. Give it points.",
        "'scale' of criterion no. 3 of axis 'performance' has no type; found {'worst': 1, 'best': 5}. "
        "Scales are: linear, logarithmic, exponential, piecewise, target, steps, relative_min_max, "
        "relative_rank.",
        "'ower' of the file is no known key. Did you mean 'owner'?",
    ]


@pytest.mark.parametrize(
    ("scale", "words"),
    [
        ('{ type = "linear", worst = 1 }', "'best' of the scale of criterion 'x' is missing."),
        (
            '{ type = "exponential", worst = 1, best = 5, roh = 1, rho = 0.5 }',
            "'roh' of the scale of criterion 'x' is no known key. Did you mean 'rho'?",
        ),
        (
            '{ type = "linear", worst = "1", best = true }',
            "'worst' of the scale of criterion 'x' must be a number; found '1'.",
        ),
        ('{ type = "linear", worst = nan, best = 1 }', "must be a finite number; found nan."),
        (
            '{ type = "piecewise", points = [[1, 0], [1, 1]] }',
            "need at least two figures that ascend; found 1, 1.",
        ),
        (
            '{ type = "piecewise", points = 3 }',
            "'points' of the scale of criterion 'x' must be a list; found 3.",
        ),
        ('{ type = "steps", steps = { none = 0, full = 2 } }', "must reach from 0 (worst) to 1 (best)"),
        ('{ type = "sprial" }', "is no known scale; found 'sprial'. Scales are: linear, logarithmic,"),
        ("5", "'scale' of criterion 'x' must be a table; found 5."),
    ],
)
def test_a_wrong_scale_is_told_in_words(problems, scale, words):
    assert any(words in problem for problem in problems(HEAD + AXIS + criterion("x", scale=scale)))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (HEAD, "'axes' of the file is missing."),
        (HEAD + "axes = []", "axes are missing; found none."),
        (HEAD + "axes = 3", "'axes' of the file must be a list; found 3."),
        (HEAD + AXIS, "axis 'performance' holds no criteria. Add one, or leave it out."),
        (
            HEAD + AXIS + criterion(weight="0"),
            "weights in axis 'performance' are all 0; found 'lead_time_days'.",
        ),
        (HEAD + AXIS + criterion(weight="inf"), "must be 0 or more points; found inf."),
        (
            HEAD + AXIS + criterion(name="Lead time"),
            "must be lower case letters, digits and _; found 'Lead time'.",
        ),
        (
            HEAD + AXIS + criterion() + '[[gates]]\nmetric = "x"\nwords = "y"\nequals = 1\nat_most = 2',
            "limit of gate 'y' must be exactly one of at_least, at_most, equals; found at_most and equals.",
        ),
        (
            HEAD + AXIS + criterion() + '[[gates]]\nmetric = "x"\nwords = "y"\natleast = 1',
            "'atleast' of gate 'y' is no known key. Did you mean 'at_least'?",
        ),
        (
            HEAD + AXIS + criterion() + 'source = "guessed"',
            "'source' of criterion 'lead_time_days' must be 'measured', 'audited', 'judged' or 'imputed'; "
            "found 'guessed'.",
        ),
    ],
)
def test_a_wrong_file_is_told_in_words(problems, text, words):
    assert any(words in problem for problem in problems(text))


def test_a_file_that_is_no_toml_names_the_line(problems):
    assert problems('name = "small"\nweight 3') == [
        "the file is no readable TOML; found Expected '=' after a key in a key/value pair "
        "(at line 2, column 8). Save it as UTF-8 text and mend that line."
    ]


def test_a_file_in_another_encoding_is_told(write):
    file = write("")
    file.write_bytes(HEAD.replace("small", "gr\xf6sser").encode("cp1252"))
    with pytest.raises(SrmkitError, match="the file is no readable TOML"):
        Scorecard.read(file)


def test_an_unknown_name_is_told_with_the_nearest():
    with pytest.raises(
        SrmkitError, match="scorecard 'krajlic': 1 problem\n.*does not exist.*Did you mean 'kraljic'"
    ):
        Scorecard.read("krajlic")


def test_a_file_that_is_not_there_is_told(tmp_path):
    with pytest.raises(SrmkitError, match="does not exist.*Names are: account, "):
        Scorecard.read(tmp_path / "zzz.toml")


PRESET = """
extends = "small"
name = "hasty"
title = "The same in a hurry"
version = "1.0"
date = 2026-12-01
owner = "Head of logistics"
[weights]
"""


def test_a_preset_changes_weights_and_their_reasons_only(write):
    base = Scorecard.read(write(HEAD + AXIS + criterion() + criterion("price", "90")))
    points = 'lead_time_days = { points = 110, rationale = "Time is short." }'
    preset = Scorecard.read(write(PRESET + points, "hasty.toml"))
    assert (preset.name, preset.owner) == ("hasty", "Head of logistics")
    assert preset.weights.to_dict() == {"lead_time_days": 0.55, "price": 0.45}
    assert preset.outline()["rationale"].to_dict() == {
        "performance": "It is what we pay for.",
        "lead_time_days": "Time is short.",
        "price": "Because.",
    }
    assert [c.scale for c in preset.criteria] == [c.scale for c in base.criteria]


@pytest.mark.parametrize(
    ("points", "words"),
    [
        (
            'lead_time = { points = 1, rationale = "r" }',
            "weight of 'lead_time' has no place in 'small'. Did you mean",
        ),
        (
            "price = { points = 1 }",
            "'rationale' of the weight of 'price' is missing. Say why it weighs what it weighs.",
        ),
        (
            'price = { points = -1, rationale = "r" }',
            "weight of criterion 'price' must be 0 or more points; found -1",
        ),
        ("price = 3", "weight of 'price' must be a table; found 3."),
    ],
)
def test_a_wrong_preset_is_told_in_words(write, points, words):
    write(HEAD + AXIS + criterion() + criterion("price", "90"))
    with pytest.raises(SrmkitError) as error:
        Scorecard.read(write(PRESET + points, "hasty.toml"))
    assert error.value.subject == "scorecard hasty.toml"
    assert words in str(error.value)


def test_a_preset_may_extend_one_that_comes_with_srmkit(write):
    text = PRESET.replace('"small"', '"account"') + 'trust = { points = 90, rationale = "r" }'
    assert Scorecard.read(write(text, "hasty.toml")).outline().loc["trust", "points"] == 90


def test_a_preset_extends_no_preset(write):
    write(HEAD + AXIS + criterion())
    write(PRESET + 'lead_time_days = { points = 1, rationale = "r" }', "hasty.toml")
    with pytest.raises(
        SrmkitError, match="must name a scorecard that extends no other; found 'hasty'. Extend 'small'"
    ):
        Scorecard.read(write(PRESET.replace('"small"', '"hasty"'), "third.toml"))


def test_names_are_those_of_the_folder():
    assert {"account", "kraljic", "supplier_potential"} <= set(scorecard_names())


def test_the_scorecards_in_the_manual_can_be_read(tmp_path):
    manual = data_folder().parent / "docs" / "scoring.md"
    if not manual.is_file():
        pytest.skip("the manual is not part of an installed package")
    blocks = re.findall(r"```toml\n(.*?)```", manual.read_text(encoding="utf-8"), flags=re.DOTALL)
    for block in blocks:
        file = tmp_path / "manual.toml"
        file.write_text(block, encoding="utf-8")
        assert Scorecard.read(file).criteria
    assert len(blocks) == 2
