"""Settings come from cells, command lines and batch files: what fits is taken, all that does not is named."""

from __future__ import annotations

import json
from typing import ClassVar, Literal, Self

import numpy as np
import pytest
from pydantic import model_validator

from srmkit.decisions.params import StudyParams, setting
from srmkit.errors import SrmkitError


class Params(StudyParams):
    study: ClassVar[str] = "tasting"
    cheese: str = setting("brie", "which cheese", group="Data")
    slices: int = setting(3, "how many", group="Model", unit="slices", low=1, high=10)
    ripeness: float = setting(0.5, "share that is ripe", group="Model", low=0, high=1)
    rind: bool = setting(True, "with its rind", group="Model")
    cut: Literal["thin", "thick"] = setting("thin", "how it is cut", group="Model")
    weights: dict[str, float] = setting({}, "points by criterion", group="Model")
    export_to: str = setting("", "where to write", group="Files")


def problems_of(**values: object) -> str:
    with pytest.raises(SrmkitError) as caught:
        Params.check(values)
    return str(caught.value)


def test_text_from_a_command_line_becomes_the_declared_type():
    params = Params.check({"rind": "false", "slices": "7", "ripeness": "0.25", "weights": '{"smell": 2}'})
    assert params.rind is False
    assert params.slices == 7
    assert params.ripeness == 0.25
    assert params.weights == {"smell": 2.0}


def test_every_problem_is_named_at_once():
    message = problems_of(slices="many", rind="perhaps", cut="diced", ripeness=float("nan"))
    assert message.startswith("parameters of tasting: 4 problems")
    for name in ("slices", "rind", "cut", "ripeness"):
        assert f"'{name}'" in message
    assert "found 'many'" in message
    assert "found nan" in message


def test_a_misspelt_setting_is_refused_and_the_right_one_suggested():
    assert "'slice' is no setting of this study; found 4. Did you mean 'slices'?" in problems_of(slice=4)


def test_a_setting_unlike_any_other_lists_them_all():
    assert "Settings are: cheese, slices" in problems_of(zzz=1)


def test_a_number_for_text_says_how_to_keep_it_text():
    # papermill reads -p cheese 007 as the number 7
    assert "use -r cheese VALUE" in problems_of(cheese=7)


def test_limits_are_told_with_the_meaning():
    message = problems_of(slices=11)
    assert "found 11" in message
    assert "It means: how many; 1 to 10 [slices]." in message


def test_the_reader_of_a_notebook_takes_plain_values_only():
    namespace = {"slices": 4, "pd": pytest, "_hidden": 1, "In": ["x"], "Out": {}, "run": print}
    assert Params.read(namespace) == Params.check({"slices": 4})


def test_the_reader_of_a_notebook_refuses_an_unknown_plain_value():
    with pytest.raises(SrmkitError, match="'slixes' is no setting"):
        Params.read({"slixes": 4})


def test_the_cell_gives_the_defaults_back():
    namespace: dict[str, object] = {}
    exec(Params.cell(), {}, namespace)
    assert Params.read(namespace) == Params.check({})


def test_each_line_of_the_cell_has_one_equals_sign():
    # papermill's reader of parameters stumbles over a second one
    lines = [line for line in Params.cell().splitlines() if line and not line.startswith("#")]
    assert lines
    assert all(line.count("=") == 1 for line in lines)


def test_a_line_of_the_cell_has_its_type_unless_papermill_would_stumble_over_it():
    class Odd(StudyParams):
        taste: float | None = setting(None, "points, if anybody tasted", group="Model", high=2**31 - 1, low=0)
        kinds: list[Literal["soft", "hard"]] = setting([], "which kinds", group="Model")

    lines = Params.cell().splitlines()
    assert 'cheese: str = "brie"  # which cheese' in lines
    assert 'cut: str = "thin"  # how it is cut; thin or thick' in lines
    assert "weights: dict[str, float] = {}  # points by criterion" in lines
    assert Odd.cell().splitlines()[1:] == ["taste = None  # points, if anybody tasted; 0 to 2147483647",
                                           "kinds = []  # which kinds"]


def test_settings_that_do_not_fit_together_are_told_beside_those_that_are_wrong():
    class Two(Params):
        @model_validator(mode="after")
        def _enough(self) -> Self:
            if self.slices < 5 and self.cut == "thin":
                raise ValueError("'slices' should be 5 or more where 'cut' is thin")
            return self

    with pytest.raises(SrmkitError) as caught:
        Two.check({"ripeness": 2, "slices": 4, "slice": 4})
    assert [problem.thing for problem in caught.value.problems] == ["'ripeness'", "'slice'", "'slices'"]
    assert "'slices' should be 5 or more where 'cut' is thin; found slices = 4, cut = 'thin'." in str(caught.value)
    with pytest.raises(SrmkitError) as caught:
        Two.check({"slices": 40})  # what it would be without the wrong number fits nothing, and is nobody's wish
    assert [problem.thing for problem in caught.value.problems] == ["'slices'"]


def test_pasted_settings_repeat_the_run():
    params = Params.check({"slices": 5, "weights": {"smell": 1}, "export_to": "somewhere"})
    namespace: dict[str, object] = {}
    exec(params.paste(), {}, namespace)
    assert "export_to" not in namespace
    assert Params.check(namespace).answer_settings() == params.answer_settings()


def test_the_table_marks_what_was_changed():
    table = Params.check({"slices": 5}).table().set_index("setting")
    assert table["changed"].to_dict()["slices"]
    assert not table["changed"].to_dict()["rind"]
    assert "export_to" not in table.index


def test_a_setting_whose_name_something_else_took_is_told_and_not_passed_over() -> None:
    class Visits(StudyParams):
        study = "visits"
        visits: int = setting(3, "how many", group="Model")
        months: int = setting(12, "how far back", group="Data")

    namespace = {"visits": json, "months": np.int64(24), "np": np, "odd": 3}
    with pytest.raises(SrmkitError) as caught:
        Visits.read(namespace)
    assert [problem.thing for problem in caught.value.problems] == ["'visits'", "'months'", "'odd'"]
    assert "found module. Give that another name" in str(caught.value)
