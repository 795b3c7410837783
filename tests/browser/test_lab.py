"""The notebooks in JupyterLab as an analyst meets them: run all, move a control, see table and chart follow."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

from srmkit.studies import again_of, params_of, run_of
from srmkit.widgets.views import view_of

# a control that an analyst would reach for, and another value for it
MOVES = {"supplier_segmentation": ("impact_cut", 75), "account_selection": ("capacity", 12),
         "criteria_weights": ("up_cut", 65), "data_health": ("helpful", 96)}


@pytest.mark.parametrize("study", sorted(MOVES))
def test_run_all_move_a_control_and_see_table_and_chart_follow(
    study: str, lab: Any, page: Page, words_of: Callable[[str], str], requests_made: list[str], pictures: Path
) -> None:
    lab.run_all(page, study)
    page.wait_for_selector(".srm-table table")
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0
    by_keys_alone(page)
    table, chart, status = (page.locator(f".srm-{part}") for part in ("table", "chart svg", "status"))
    before, drawn_before = table.inner_text(), chart.inner_html()

    control, value = MOVES[study]
    readout = page.locator(f".srm-{control.replace('_', '-')} .widget-readout")
    _open_group_of(page, control, study)
    readout.click()
    page.keyboard.press("Control+A")
    page.keyboard.type(str(value))
    page.keyboard.press("Enter")
    moved = _run(study, control, value)
    expected = view_of(moved)
    page.wait_for_function("([text]) => document.querySelector('.srm-status').innerText.includes(text)",
                           arg=[expected.sentence])
    assert table.inner_text() != before
    assert words_of(expected.table._repr_html_()) == table.inner_text()
    assert f"{control} = {params_of(study).check({control: value}).model_dump()[control]!r}" in page.locator(
        ".srm-paste").inner_text()
    assert chart.get_attribute("aria-label") == expected.chart.alt
    assert chart.inner_html() != drawn_before
    drawn = re.sub(' tabindex="-?[0-9]+" style="cursor: pointer;"', "", chart.inner_html())
    assert drawn == _shapes(expected.chart.svg(), page)  # what a run without a browser draws
    status.scroll_into_view_if_needed()
    page.screenshot(path=pictures / f"lab-{study}.png")

    header = page.locator(".jupyter-widget-Collapse-header")
    header.filter(has_text="Who moves?").click()
    page.locator(".srm-moves", has_text=f"changed: {control.replace('_', ' ')} ").wait_for()
    page.screenshot(path=pictures / f"lab-{study}-moves.png")
    header.filter(has_text="Why?").click()
    page.locator(".srm-candidate input").fill(next(iter(moved.candidate_ids())))
    page.keyboard.press("Enter")
    page.locator(".srm-reasons table").first.wait_for()
    page.screenshot(path=pictures / f"lab-{study}-reasons.png")
    pointed = chart.locator("[data-candidate]").last
    name = pointed.get_attribute("data-candidate")
    page.set_viewport_size({"width": 1440, "height": 700})  # the reasons open below its edge, and come into sight
    pointed.press("Enter")
    page.locator(".srm-reasons", has_text=str(name)).wait_for()
    page.wait_for_function(
        "() => document.querySelector('.srm-candidate').getBoundingClientRect().bottom < innerHeight")
    page.set_viewport_size({"width": 1440, "height": 1000})
    row = table.locator("tbody tr").nth(2)
    row.click()
    page.locator(".srm-reasons", has_text=row.locator("th").inner_text()).wait_for()
    page.screenshot(path=pictures / f"lab-{study}-pointed.png")
    page.locator(".srm-case input").fill(f"{study} in the browser")
    page.locator(".srm-save").click()
    page.locator(".srm-saved", has_text="is in cases.toml").wait_for()
    if moved.weighted is not None:
        header.filter(has_text="Weights").click()
        page.locator("[class*=srm-weight-]").last.scroll_into_view_if_needed()
        page.screenshot(path=pictures / f"lab-{study}-weights.png")
    page.locator(".srm-undo").click()
    page.wait_for_function("([text]) => document.querySelector('.srm-table').innerText === text", arg=[before])
    assert requests_made == []


def by_keys_alone(page: Page) -> None:
    """Each fold opens and closes by keys; of what is typed in the explorer the notebook gets what Ctrl goes with."""
    heads = page.locator(".srm-explorer .jupyter-widget-Collapse-header")
    unfolded = heads.evaluate_all("heads => heads.findIndex(head => head.ariaExpanded === 'true')")
    for head in heads.all():
        assert head.get_attribute("role") == "button"
        was = head.get_attribute("aria-expanded")
        assert was == str(head.locator("xpath=following-sibling::*").is_visible()).lower()
        for key, now in (("Enter", {"true": "false", "false": "true"}[str(was)]), ("Space", was)):
            head.press(key)
            head.and_(page.locator(f"[aria-expanded={now}]")).wait_for()
            assert head.locator("xpath=following-sibling::*").is_visible() == (now == "true")
    heads.nth(unfolded).press("Enter")  # another one of its group has closed it
    assert set(heads.evaluate_all("heads => heads.map(head => head.tabIndex)")) == {0}
    page.evaluate("""() => {
        const fold = document.querySelector('.srm-explorer .jupyter-widget-Collapse').cloneNode();
        fold.innerHTML = '<div class="jupyter-widget-Collapse-header later">drawn later</div>';
        document.querySelector('.srm-explorer').append(fold);
    }""")
    page.locator(".later[role=button][tabindex='0'][aria-expanded]").evaluate("late => late.parentElement.remove()")

    cells = "() => window.jupyterapp.shell.currentWidget.content.model.cells.length"
    before = page.evaluate(cells)
    beside = "() => window.jupyterapp.shell.leftCollapsed"
    for place in (page.locator(".srm-explorer .noUi-handle:visible").first, page.locator(".srm-table tbody tr").first,
                  heads.first):
        place.focus()
        for key in ("b", "a"):
            page.keyboard.press(key)
        shown = page.evaluate(beside)
        page.keyboard.press("Control+b")  # is JupyterLab's: the files at the left
        page.wait_for_function(f"shown => ({beside})() !== shown", arg=shown)
        assert page.evaluate(cells) == before


def _run(study: str, control: str, value: int) -> Any:
    kind = params_of(study)
    return again_of(study)(run_of(study)(kind()), kind.check({control: value}))


def _open_group_of(page: Page, control: str, study: str) -> None:
    field = params_of(study).model_fields[control].json_schema_extra
    assert isinstance(field, dict)
    place = page.locator(f".srm-{control.replace('_', '-')}")
    if not place.is_visible():
        page.locator(".jupyter-widget-Collapse-header", has_text=str(field["group"])).click()
    place.scroll_into_view_if_needed()


def _shapes(svg: str, page: Page) -> str:
    """The inside of a picture as this browser writes it."""
    return str(page.evaluate(
        """svg => {
            const box = document.createElement('div');
            box.innerHTML = svg;
            return box.firstChild.innerHTML;
        }""",
        svg,
    ))
