"""A notebook is fit to be a report, or every reason why not is told at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from srmkit.batch.notebook_check import check_notebook
from srmkit.cli import app
from srmkit.errors import SrmkitError
from srmkit.studies import params_of

NOTEBOOKS = Path(__file__).resolve().parents[2] / "notebooks"
SHIPPED = sorted(NOTEBOOKS.glob("*.ipynb"))
Change = Callable[[dict[str, dict[str, Any]], list[dict[str, Any]]], None]


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_our_own_notebooks_are_fit(file: Path) -> None:
    assert check_notebook(file) is params_of(file.stem)


def changed(into: Path, change: Change) -> Path:
    """A copy of a notebook after a change of its cells, by id and in their order."""
    content = json.loads((NOTEBOOKS / "account_selection.ipynb").read_text(encoding="utf-8"))
    cells = content["cells"]
    for cell in cells:
        cell["source"] = "".join(cell["source"])
    change({cell["id"]: cell for cell in cells}, cells)
    file = into / "mine.ipynb"
    file.write_text(json.dumps(content), encoding="utf-8")
    return file


def say(cell: str, source: str) -> Change:
    def change(named: dict[str, dict[str, Any]], _: list[dict[str, Any]]) -> None:
        named[cell]["source"] = source

    return change


def add(cell: str, line: str) -> Change:
    def change(named: dict[str, dict[str, Any]], _: list[dict[str, Any]]) -> None:
        named[cell]["source"] += f"\n{line}"

    return change


def _untag(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    for cell in cells:
        cell["metadata"].pop("tags", None)


def _move(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    cells.append(cells.pop(cells.index(named["record-words"])))


def _late(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    cells.append(cells.pop(cells.index(named["parameters"])))


def _print(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    named["health"]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "12 rows"}]


def _twin(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    named["health"]["id"] = "rows"


def _silent(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    named["accounts"]["outputs"] = []


def _draw(named: dict[str, dict[str, Any]], cells: list[dict[str, Any]]) -> None:
    named["accounts"]["outputs"][0]["data"] = {"image/png": "iVBORw0KGgo=", "text/plain": "<Figure size 640x480>"}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (say("question", "# Key accounts"), "the first line is no question; found '# Key accounts'."),
        (say("sure-words", "## Certainty"), "the sections lack 'How sure are we?'; found Can we trust"),
        (_move, "the sections are not the agreed ones in their order"),
        (add("parameters", "places = 12"), "the settings have a line too many; found places = 12."),
        (say("run", "study = 1 + 1"), "no cell checks the settings. Add: params = <study>.Params.read(globals())"),
        (add("health", "def shout(text): return text.upper()"), "cell 'health' holds a function; found def shout"),
        (add("health", "for row in study: print(row)"), "cell 'health' holds a loop; found for row in study"),
        (add("health", "class Mine: pass"), "cell 'health' holds a class"),
        (add("health", "display('/exports/orders.csv')"), "cell 'health' holds a path; found /exports/orders.csv."),
        (add("health", "threshold = 0.8"), "cell 'health' leaves a plain value; found threshold = 0.8."),
        (add("health", "first, second = 0.8, study"), "leaves a plain value; found first, second = (0.8, study)."),
        (add("health", "if study:\n    floor = 3"), "cell 'health' leaves a plain value; found floor = 3."),
        (add("health", "print(floor := 3)"), "cell 'health' leaves a plain value; found (floor := 3)."),
        (add("health", "[print(row) for row in study]"), "cell 'health' holds a loop; found [print(row) for row in"),
        (add("health", "display(r'C:\\orders.csv')"), "cell 'health' holds a path; found C:\\orders.csv."),
        (add("health", "display('~/orders.csv')"), "cell 'health' holds a path; found ~/orders.csv."),
        (say("run", "from srmkit.studies import account_selection\nparams = account_selection.Params.read({})"),
         "cell 'run' checks other values than the settings; found account_selection.Params.read({}). Write: acc"),
        (_late, "cell 'run' checks the settings before they are there. Move the cell tagged 'parameters' above it."),
        (say("exports", "print()"), "the setting 'export_to' is used by no cell. Add in section 'Files': write_exp"),
        (add("health", "print(np.random.rand(3))"), "cell 'health' draws at random; found np.random.rand(3)."),
        (add("health", "default_rng(7).normal()"), "cell 'health' draws at random; found default_rng(7)"),
        (add("health", "class Mine: pass"), "in 'Can we trust the data?', cell 'health' holds a class"),
        (say("health", "%matplotlib inline"), "cell 'health' is not plain Python."),
        (_untag, "0 cells are tagged 'parameters'."),
        (_untag, "no cell is tagged 'nbval-check-output'."),
        (_print, "cell 'health' keeps its output. Clear it"),
        (_silent, "cell 'accounts' is watched and has no output."),
        (_draw, "cell 'accounts' is watched and has an output without words. Show a table; pictures and controls"),
        (_twin, "the file is not a sound notebook; found Non-unique cell id 'rows' detected."),
    ],
)
def test_what_is_wrong_is_told_in_words(tmp_path: Path, change: Change, told: str) -> None:
    with pytest.raises(SrmkitError) as caught:
        check_notebook(changed(tmp_path, change))
    assert str(caught.value).startswith("notebook mine.ipynb: ")
    assert told in str(caught.value)


def test_a_setting_of_another_default_shows_the_line_that_belongs_there(tmp_path: Path) -> None:
    line = next(line for line in params_of("account_selection").cell().splitlines() if line.startswith("months"))

    def change(named: dict[str, dict[str, Any]], _: list[dict[str, Any]]) -> None:
        named["parameters"]["source"] = named["parameters"]["source"].replace(line, "months = 24")

    with pytest.raises(SrmkitError) as caught:
        check_notebook(changed(tmp_path, change))
    assert f"the settings lack a line. Add: {line}" in str(caught.value)
    assert "found months = 24" in str(caught.value)


def test_a_study_of_your_own_beside_the_notebook_is_found(tmp_path: Path) -> None:
    (tmp_path / "bidding_of_mine.py").write_text(
        "from srmkit.decisions.params import StudyParams, setting\n"
        "class Params(StudyParams):\n"
        "    study = 'bidding_of_mine'\n"
        "    rounds: int = setting(2, 'rounds of bidding', group='Model')\n",
        encoding="utf-8",
    )

    def change(named: dict[str, dict[str, Any]], _: list[dict[str, Any]]) -> None:
        named["parameters"]["source"] = "# Model\nrounds: int = 2  # rounds of bidding"
        named["run"]["source"] = "from bidding_of_mine import Params\nparams = Params.read(globals())"

    assert check_notebook(changed(tmp_path, change)).study == "bidding_of_mine"


def test_a_study_that_is_not_there_is_told(tmp_path: Path) -> None:
    change = say("run", "from nowhere_to_be_found import Params\nparams = Params.read(globals())")
    with pytest.raises(SrmkitError, match="'Params' cannot be imported; found No module named 'nowhere_to_be_found'"):
        check_notebook(changed(tmp_path, change))
    change = say("run", "from pathlib import Path as Params\nparams = Params.read(globals())")
    with pytest.raises(SrmkitError, match="'Params' is no class of settings"):
        check_notebook(changed(tmp_path, change))


@pytest.mark.parametrize(("module", "told"), [
    ("1 / 0", "'Params' cannot be imported; found ZeroDivisionError: division by zero."),
    ("def (", "'Params' cannot be imported; found SyntaxError: invalid syntax"),
    ("raise SystemExit(3)", "'Params' cannot be imported; found SystemExit: 3."),
])
def test_a_study_that_breaks_when_it_is_imported_is_told(tmp_path: Path, module: str, told: str) -> None:
    (tmp_path / "broken_study_of_mine.py").write_text(module, encoding="utf-8")
    change = say("run", "from broken_study_of_mine import Params\nparams = Params.read(globals())")
    with pytest.raises(SrmkitError) as caught:
        check_notebook(changed(tmp_path, change))
    assert told in str(caught.value)


def test_a_name_that_the_next_reading_passes_over_is_free(tmp_path: Path) -> None:
    assert check_notebook(changed(tmp_path, add("health", "_floor, rows = 0.8, study.health()")))


@pytest.mark.parametrize("kernelspec", [{"name": "ir", "display_name": "R"}, None])
def test_the_kernel_is_one_that_every_machine_has(tmp_path: Path, kernelspec: dict[str, str] | None) -> None:
    file = changed(tmp_path, lambda named, cells: None)
    content = json.loads(file.read_text(encoding="utf-8"))
    content["metadata"].pop("kernelspec")
    if kernelspec:
        content["metadata"]["kernelspec"] = kernelspec
    file.write_text(json.dumps(content), encoding="utf-8")
    found = repr(kernelspec["name"]) if kernelspec else "''"
    with pytest.raises(SrmkitError, match=f"the kernel is not the one that every machine has; found {found}. Choose"):
        check_notebook(file)


def test_a_file_that_is_not_there_and_a_folder_are_told(tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match="the file '.*none.ipynb' is not there. Check its path"):
        check_notebook(tmp_path / "none.ipynb")
    with pytest.raises(SrmkitError, match="is a folder. Name the notebooks in it"):
        check_notebook(tmp_path)


def test_what_is_no_notebook_is_told(tmp_path: Path) -> None:
    file = tmp_path / "notes.ipynb"
    file.write_text("not a notebook", encoding="utf-8")
    with pytest.raises(SrmkitError, match="notebook notes.ipynb: 1 problem\n  - the file is not a sound notebook"):
        check_notebook(file)


def test_the_command_checks_many_and_ends_with_1_where_one_is_unfit(tmp_path: Path) -> None:
    bad = changed(tmp_path, say("question", "# Key accounts"))
    found = CliRunner().invoke(app, ["check", str(SHIPPED[0]), str(bad)])
    assert found.exit_code == 1
    assert "account_selection.ipynb is fit to be a report of account_selection." in found.output
    assert "the first line is no question" in found.output
    assert CliRunner().invoke(app, ["check", *map(str, SHIPPED)]).exit_code == 0
