"""Every kind of control of every study's form is moved as a person moves it, and what was found is taken along."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import nbformat
import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page

from srmkit.batch import read_cases
from srmkit.places import notebooks_folder
from srmkit.studies import STUDIES, params_of, run_of
from srmkit.widgets.explorer import Explorer
from srmkit.widgets.views import view_of

# of each kind that the study's form has, one setting and another value for it
MOVES: Mapping[str, Mapping[str, Any]] = {
    "account_selection": {"limit": "hours", "capacity": 12, "strength_cut": 55.0, "data_doubt": False,
                          "as_of": "2026-03-31", "reviewer": "Ada"},
    "criteria_weights": {"priority": "geometric_mean", "months": 24, "up_cut": 65.0, "data_doubt": False,
                         "new_name": "agreed"},
    "data_health": {"months": 24, "helpful": 96.0, "duplicates": False, "as_of": "2026-03-31"},
    "supplier_segmentation": {"missing": "worst", "late_days": 3, "impact_cut": 62.0, "data_doubt": False,
                              "as_of": "2026-03-31"},
}


def type_in(place: Locator, value: object) -> None:
    place.click()
    place.press("Control+A")
    place.press_sequentially(str(value))
    place.press("Enter")


def slide(place: Locator, value: object) -> None:
    type_in(place.locator(".widget-readout"), value)


def write(place: Locator, value: object) -> None:
    type_in(place.locator("input"), value)


def choose(place: Locator, value: object) -> None:
    place.locator("select").select_option(str(value))


def tick(place: Locator, value: object) -> None:
    place.locator("input[type=checkbox]").set_checked(bool(value))


# how a person moves each kind of control of a form; the other parts have a step of their own in the test below
MOVE: Mapping[str, Callable[[Locator, object], None]] = {
    "IntSlider": slide, "FloatSlider": slide, "Dropdown": choose, "Checkbox": tick, "Text": write}
OTHER_PARTS = {"Button", "ToggleButton", "Combobox", "Pointing", "Copying", "Accordion"}
SHOW_ONLY = {"HTML", "HBox", "VBox"}


@pytest.mark.parametrize("study", STUDIES)
def test_no_kind_of_control_is_left_out(study: str, parts_of: Callable[[Any], Iterator[Any]]) -> None:
    kind = params_of(study)
    explorer = Explorer(run_of(study)(kind.check({"draws": 64} if "draws" in kind.model_fields else {})))
    everything = {type(part).__name__ for part in parts_of(explorer.box)}
    assert everything <= {*MOVE, *OTHER_PARTS, *SHOW_ONLY}, "a new kind of control: say how a person moves it"
    of_the_form = {type(part).__name__ for part in parts_of(explorer.form.box)} - SHOW_ONLY - {"Accordion"}
    assert {type(explorer.form.controls[name]).__name__ for name in MOVES[study]} == of_the_form


# every kind of control in both places, and every study in one: test_lab.py runs all of them in JupyterLab
@pytest.mark.parametrize(("server", "study"), [
    ("lab", "account_selection"), ("lab", "supplier_segmentation"),
    ("app", "account_selection"), ("app", "criteria_weights"), ("app", "data_health"),
])
def test_every_control_moves_and_the_copied_settings_give_the_same_tables_in_a_fresh_run(
    server: str, study: str, page: Page, words_of: Callable[[str], str], requests_made: list[str], pictures: Path,
    tmp_path: Path, request: pytest.FixtureRequest,
) -> None:
    place = request.getfixturevalue(server)
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    if server == "lab":
        place.run_all(page, study)
    else:
        page.goto(f"{place}/voila/render/{study}.ipynb")
    page.wait_for_selector(".srm-table table")
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    assert server == "lab" or page.locator(".jp-InputArea-editor:visible").count() == 0
    paste, table, status = (page.locator(f".srm-{part}") for part in ("paste pre", "table", "status"))

    for name, value in MOVES[study].items():
        move(page, study, name, value)
        page.locator(".srm-paste pre", has_text=params_of(study).check({name: value}).paste()).wait_for()
    if page.locator(".jupyter-widget-Collapse-header", has_text="Weights").count():
        weigh(page, pictures / f"{server}-{study}-weighed.png")
    if server == "app":
        rules = {"aria-input-field-name", "color-contrast"}
        seen = Axe().run(page, ".srm-explorer", {"runOnly": sorted(rules)}).response
        assert [(one["id"], node["html"]) for one in seen["violations"] for node in one["nodes"]] == []
        assert {one["id"] for one in seen["passes"]} == rules
    point(page)

    moved = paste.inner_text()
    page.locator(".srm-undo").click()
    page.wait_for_function("([text]) => document.querySelector('.srm-paste pre').innerText !== text", arg=[moved])
    page.locator(".srm-redo").click()
    page.wait_for_function("([text]) => document.querySelector('.srm-paste pre').innerText === text", arg=[moved])
    header = page.locator(".jupyter-widget-Collapse-header", has_text="Who moves?")
    header.click()
    page.locator(".srm-moves", has_text="changed:").wait_for()
    page.locator(".srm-pin").click()
    page.locator(".srm-moves", has_text="Nothing has been changed").wait_for()

    page.wait_for_function("() => !document.querySelector('.srm-status').innerText.includes('First look')")
    page.locator(".srm-copy").click()
    page.locator(".srm-copy", has_text="copied").wait_for()
    copied = page.evaluate("() => navigator.clipboard.readText()")
    assert copied == moved
    page.screenshot(path=pictures / f"{server}-{study}-moved.png")
    found = fresh_run(study, copied, tmp_path) if server == "lab" else run_here(study, copied)
    assert found["answer"].removesuffix(".") == status.inner_text()
    assert words_of(found["table"]) == table.inner_text()
    if server == "lab":
        assert results_shown(place, page) == found["results"]  # each table, to the last digit
        name = f"{study}, every control"
        page.locator(".srm-case input").fill(name)
        page.locator(".srm-save").click()
        page.locator(".srm-saved", has_text="is in cases.toml").wait_for()
        (case,) = (case for case in read_cases(place.root / "cases.toml", study) if case.name == name)
        assert params_of(study).check(case.settings).paste() == copied
    assert [address for address in requests_made if "fontawesome" not in address.lower()] == []
    if server == "app":
        leave(page, place)


def move(page: Page, study: str, name: str, value: object) -> None:
    field = params_of(study).model_fields[name]
    place = page.locator(f".srm-{name.replace('_', '-')}")
    if not place.is_visible():
        assert isinstance(field.json_schema_extra, dict)
        group = str(field.json_schema_extra["group"])
        page.locator(".jupyter-widget-Collapse-header").get_by_text(group, exact=True).click()
    MOVE[kind_of(study, name)](place, value)


def kind_of(study: str, name: str) -> str:
    from srmkit.widgets.form import control

    field = params_of(study).model_fields[name]
    return type(control(name, field, field.default)).__name__


def weigh(page: Page, picture: Path) -> None:
    """Lock one weight, drag another: the locked one stays, and the group still makes 100."""
    page.locator(".jupyter-widget-Collapse-header", has_text="Weights").click()
    sliders = page.locator("[class*=srm-weight-]")
    sliders.last.wait_for()
    readouts = sliders.locator(".widget-readout")
    mine, locked = readouts.last, readouts.nth(sliders.count() - 2)
    sliders.nth(sliders.count() - 2).locator("xpath=following-sibling::button").click()
    stays, before = locked.inner_text(), float(mine.inner_text())
    rest = [float(one) for one in readouts.all_inner_texts()]
    type_in(mine, round(before / 2, 1))
    page.locator(".srm-paste pre", has_text="weights = {").wait_for()
    page.wait_for_timeout(200)  # the sliders follow the answer
    assert locked.inner_text() == stays
    after = [float(one) for one in readouts.all_inner_texts()]
    assert after[-1] == pytest.approx(before / 2, abs=0.06)
    assert sum(after) == pytest.approx(sum(rest), abs=0.1 * len(rest))
    sliders.last.scroll_into_view_if_needed()
    page.screenshot(path=picture)


def leave(page: Page, app: str) -> None:
    """Whoever leaves a page leaves no kernel behind, and no other site can end one."""
    kernel = page.evaluate("() => JSON.parse(document.getElementById('jupyter-config-data').textContent).kernelId")
    running, ended = (f"{app}/{part}/{kernel}" for part in ("api/kernels", "voila/api/shutdown"))
    assert page.request.post(ended, headers={"Origin": "https://elsewhere.example"}).status == 404
    assert page.request.get(running).ok
    page.context.unroute_all()  # what a page sends while it goes gets lost on a route
    page.goto("about:blank")
    until = time.monotonic() + 30
    while page.request.get(running).status != 404:
        assert time.monotonic() < until, "the kernel of a page that was left still runs"
        time.sleep(0.25)


def point(page: Page) -> None:
    """Choose a candidate in the table, in the picture, and by name."""
    row = page.locator(".srm-table tbody tr").nth(1)
    row.click()
    name = row.locator("th").inner_text()
    explained(page, name)
    drawn = page.locator(".srm-chart [data-candidate]")
    chosen = str(drawn.first.get_attribute("data-candidate"))
    drawn.first.press("Enter")
    explained(page, chosen)
    page.locator(".srm-candidate input").fill(name)
    page.keyboard.press("Enter")
    explained(page, name)


def explained(page: Page, name: str) -> None:
    """Wait for the reasons of this candidate; those of another may hold its name, too."""
    page.wait_for_function("name => document.querySelector('.srm-candidate input').value === name", arg=name)
    page.locator(".srm-reasons").get_by_text(name).first.wait_for()


def results_shown(lab: Any, page: Page) -> dict[str, str]:
    """Fingerprints of all tables of the study on show."""
    # a notebook that another test has opened keeps its kernel, and so the explorers of that time: the last one is ours
    shown = "[it for it in Out.values() if type(it).__name__ == 'Explorer'][-1].study.manifest()['results']"
    results: dict[str, str] = json.loads(lab.said(page, f"import json\nprint(json.dumps({shown}))"))
    assert len(results) > 3
    return results


def run_here(study: str, copied: str) -> dict[str, Any]:
    """What a run with these lines gives, without a notebook around it."""
    pasted: dict[str, Any] = {}
    exec(copied, {}, pasted)  # as a notebook's cell would
    view = view_of(run_of(study)(params_of(study).check(pasted)))
    return {"answer": view.sentence, "table": view.table._repr_html_()}


def fresh_run(study: str, copied: str, folder: Path) -> dict[str, Any]:
    """What the notebook gives under plain papermill, with these lines at the end of its parameters cell."""
    notebook = nbformat.read(notebooks_folder() / f"{study}.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    (cell,) = (cell for cell in notebook.cells if "parameters" in cell.metadata.get("tags", []))
    cell.source += f"\n{copied}"
    seen = nbformat.v4.new_code_cell("from srmkit.widgets.views import view_of\nview_of(study).table")  # type: ignore[no-untyped-call]
    notebook.cells.append(seen)
    nbformat.write(notebook, folder / "pasted.ipynb")  # type: ignore[no-untyped-call]
    done = subprocess.run(
        [sys.executable, "-m", "papermill", "pasted.ipynb", "out.ipynb", "--no-progress-bar", "-k", "python3",
         "-p", "export_to", str(folder)], capture_output=True, text=True, cwd=folder, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    executed = nbformat.read(folder / "out.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    decision, manifest = (json.loads((folder / f"{part}.json").read_text(encoding="utf-8"))
                          for part in ("decision", "manifest"))
    return {"answer": decision["answer"], "results": manifest["results"],
            "table": executed.cells[-1].outputs[0]["data"]["text/html"]}
