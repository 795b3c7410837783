"""What the documents tell people to type or to schedule is there: commands, options, studies, notebooks, settings."""

from __future__ import annotations

import ast
import re
import shlex
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import papermill.cli
import pytest
from click.testing import CliRunner
from jinja2 import StrictUndefined, Template, UndefinedError
from typer.main import get_command

from srmkit.cli import app
from srmkit.decisions.params import column_of
from srmkit.errors import SrmkitError
from srmkit.studies import STUDIES, params_of

REPOSITORY = Path(__file__).resolve().parents[2]
NOTEBOOKS = REPOSITORY / "notebooks"
DOCUMENTS = [*REPOSITORY.glob("*.md"), *sorted((REPOSITORY / "docs").rglob("*.md"))]
BATCHES = REPOSITORY / "docs" / "run-a-batch.md"
FENCE = re.compile(r"^```(\S+)\n(.*?)^```", re.DOTALL | re.MULTILINE)
OURS = re.compile(r"(?:^|[\s;&])(?:\.venv/bin/)?(srmkit|papermill) (.*?)(?:>>|&&|&\s*$|$)")
YOURS = "visits.ipynb"  # the reader writes it, on the page that names it


class Wrong(AssertionError):
    """What a document says is not so."""


def fences(text: str, *languages: str) -> list[str]:
    return [block for language, block in FENCE.findall(text) if language in languages]


def commands(text: str) -> Iterator[tuple[str, list[str]]]:
    """Each of our commands in a text of a shell, a crontab or a scheduler, with what stands behind it."""
    for line in text.splitlines():
        for program, rest in OURS.findall(line):
            yield program, shlex.split(rest, comments=True)


def check_srmkit(arguments: list[str]) -> None:
    """Parsed as the command itself does; studies and settings looked up."""
    known: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    name, *rest = arguments
    if name not in known:
        raise Wrong(f"srmkit has no command {name}")
    try:
        given = known[name].make_context(name, rest).params
    except Exception as error:  # typer carries its own click: the class is not ours to name
        raise Wrong(f"srmkit {' '.join(arguments)}: {error}") from None
    for study in given.get("studies") or ():
        if study == f"mine/{YOURS}":
            continue
        if study not in STUDIES:
            raise Wrong(f"no study {study}")
        field = params_of(study).settings().get(given["per"])
        if given["per"] and (field is None or column_of(field) is None):
            raise Wrong(f"{given['per']} of {study} takes no values from the data")


def check_settings(notebook: str, settings: Mapping[str, Any]) -> None:
    if not (NOTEBOOKS / notebook).exists():
        raise Wrong(f"no notebook {notebook}")
    try:
        params_of(Path(notebook).stem).check(settings)
    except SrmkitError as error:
        raise Wrong(str(error)) from None


def check_papermill(arguments: list[str], into: Path) -> None:
    """Papermill itself puts the settings into the notebook; they are what its cell then says."""
    source, _, *rest = arguments
    if source == YOURS:
        return
    if Path(source).parent.name != "notebooks" or not (REPOSITORY / source).exists():
        raise Wrong(f"no notebook {source}")
    done = CliRunner().invoke(papermill.cli.papermill, [str(REPOSITORY / source), str(into), "--prepare-only", *rest])
    if done.exit_code:
        raise Wrong(done.output)
    check_settings(Path(source).name, injected(into))


def injected(notebook: Path) -> dict[str, Any]:
    """What papermill has put into a notebook, as its kernel would read it."""
    cells = nbformat.read(notebook, as_version=4).cells  # type: ignore[no-untyped-call]
    (text,) = (cell.source for cell in cells if "injected-parameters" in cell.metadata.get("tags", []))
    lines = [line for line in ast.parse(text).body if isinstance(line, ast.Assign)]
    return {ast.unparse(line.targets[0]): ast.literal_eval(line.value) for line in lines}


def check(program: str, arguments: list[str], folder: Path) -> None:
    if program == "srmkit":
        check_srmkit(arguments)
    else:
        check_papermill(arguments, folder / "out.ipynb")


def calls(code: str, name: str) -> list[ast.Call]:
    return [node for node in ast.walk(ast.parse(code))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name]


def filled_in(value: Any) -> Any:
    """As Airflow fills in its templates before a task runs."""
    if isinstance(value, dict):
        return {name: filled_in(one) for name, one in value.items()}
    try:
        return Template(value, undefined=StrictUndefined).render(ds="2026-01-31") if isinstance(value, str) else value
    except UndefinedError as error:
        raise Wrong(str(error)) from None


def as_the_operator_does(given: Mapping[str, Any], into: Path, **more: Any) -> dict[str, Any]:
    """Execute the notebook of a PapermillOperator by the call that it makes; what was put into it."""
    source = NOTEBOOKS / Path(given["input_nb"]).name
    if not source.exists():
        raise Wrong(f"no notebook {source.name}")
    papermill.execute_notebook(
        str(source), str(into), parameters=given["parameters"], progress_bar=False, report_mode=True, log_output=False,
        kernel_name=None, language=None, engine_name=None, **more)
    return injected(into)


def operators(code: str) -> list[dict[str, Any]]:
    """What each PapermillOperator of an example is given, as it reads it."""
    found = []
    for call in calls(code, "PapermillOperator"):
        given = {str(word.arg): filled_in(ast.literal_eval(word.value)) for word in call.keywords}
        if set(given) != {"task_id", "input_nb", "output_nb", "parameters"}:
            raise Wrong(f"the operator is given {', '.join(given)}")
        found.append(given)
    return found


def check_airflow(code: str, folder: Path) -> None:
    shells = calls(code, "BashOperator")
    assert operators(code)
    assert shells
    for given in operators(code):
        arrived = as_the_operator_does(given, folder / "out.ipynb", prepare_only=True)
        check_settings(Path(given["input_nb"]).name, arrived)
    for call in shells:
        (text,) = (ast.literal_eval(word.value) for word in call.keywords if word.arg == "bash_command")
        ((_, arguments),) = commands(text)
        check_srmkit(arguments)


def check_dagster(code: str, folder: Path) -> None:
    assets = calls(code, "define_dagstermill_asset")
    assert assets
    for call in assets:
        name, notebook = map(ast.literal_eval, call.args)
        if not name.isidentifier():
            raise Wrong(f"an asset cannot be called {name}")
        check_settings(Path(notebook).name, {})
        cells = nbformat.read(NOTEBOOKS / Path(notebook).name, as_version=4).cells  # type: ignore[no-untyped-call]
        # dagstermill puts its own cell behind this one, and refuses a notebook that has it twice
        if sum("parameters" in cell.metadata.get("tags", []) for cell in cells) != 1:
            raise Wrong(f"{notebook} has not one cell with parameters")


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda file: file.stem)
def test_commands_in_the_documents_are_ours_with_options_studies_and_settings_that_there_are(
    document: Path, tmp_path: Path
) -> None:
    found = 0
    for block in fences(document.read_text(encoding="utf-8"), "sh", "cron"):
        for program, arguments in commands(block):
            found += 1
            check(program, arguments, tmp_path)
    assert found >= (7 if document == BATCHES else 0)


@pytest.mark.parametrize("tool", ["airflow", "dagster"])
def test_the_examples_for_schedulers_name_notebooks_and_settings_that_there_are(tool: str, tmp_path: Path) -> None:
    (code,) = fences(BATCHES.read_text(encoding="utf-8"), f"python-{tool}")
    {"airflow": check_airflow, "dagster": check_dagster}[tool](code, tmp_path)


def test_the_call_that_airflows_operator_makes_runs_with_the_settings_of_the_page(tmp_path: Path) -> None:
    (code,) = fences(BATCHES.read_text(encoding="utf-8"), "python-airflow")
    (given,) = operators(code)
    settings, out = given["parameters"], tmp_path / "out.ipynb"
    quicker = {"draws": 64, "theme": "cabin", "grading": "capacity", "limit": "accounts"}
    assert as_the_operator_does({**given, "parameters": quicker | settings}, out).items() >= settings.items()
    cells = {cell.id: cell for cell in nbformat.read(out, as_version=4).cells}  # type: ignore[no-untyped-call]
    assert f"{settings['capacity']} key accounts" in str(cells["run"].outputs)
    assert settings["as_of"] in str(cells["settings"].outputs)


@pytest.mark.parametrize(("tool", "right", "wrong"), [
    ("airflow", '"capacity": 25', '"capacty": 25'),
    ("airflow", '"capacity": 25', '"capacity": "many"'),
    ("airflow", '"as_of": "{{ ds }}"', '"as_of": "{{ today }}"'),
    ("airflow", "account_selection.ipynb", "account_selections.ipynb"),
    ("airflow", "run supplier_segmentation", "run supplier_segmentations"),
    ("airflow", "--per category", "--per months"),
    ("airflow", "--resume", "--resumes"),
    ("airflow", "input_nb=", "input_notebook="),
    ("dagster", "account_selection.ipynb", "account_selections.ipynb"),
])
def test_a_wrong_word_in_an_example_for_a_scheduler_is_found(
    tool: str, right: str, wrong: str, tmp_path: Path
) -> None:
    (code,) = fences(BATCHES.read_text(encoding="utf-8"), f"python-{tool}")
    assert right in code
    with pytest.raises(Wrong):
        {"airflow": check_airflow, "dagster": check_dagster}[tool](code.replace(right, wrong), tmp_path)


@pytest.mark.parametrize("line", [
    "papermill notebooks/supplier_segmentations.ipynb out.ipynb",
    "papermill notebooks/supplier_segmentation.ipynb out.ipynb -p month 24",
    "papermill notebooks/supplier_segmentation.ipynb out.ipynb -p months many",
    "papermill notebooks/supplier_segmentation.ipynb out.ipynb --param months 24",
    "srmkit runs supplier_segmentation",
    "srmkit run supplier_segmentation --job 2",
    "0 5 1 */3 *   cd /srv && .venv/bin/srmkit run supplier_segmentation --per lead_time >> batch.log 2>&1",
])
def test_a_wrong_word_in_a_command_is_found(line: str, tmp_path: Path) -> None:
    ((program, arguments),) = commands(line)
    with pytest.raises(Wrong):
        check(program, arguments, tmp_path)
