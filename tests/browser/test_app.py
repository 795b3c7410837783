"""The notebooks as pages for who opens no JupyterLab: no code, and the same controls."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Page

from srmkit.studies import params_of, run_of
from srmkit.widgets.views import view_of

MOVES = {"supplier_segmentation": ("missing", "worst"), "account_selection": ("limit", "hours")}


@pytest.mark.parametrize("study", sorted(MOVES))
def test_a_reader_moves_a_control_and_points_at_a_candidate(
    study: str, app: str, page: Page, requests_made: list[str], pictures: Path
) -> None:
    page.goto(f"{app}/voila/render/{study}.ipynb")
    page.wait_for_selector(".srm-table table")
    assert page.locator(".jp-InputArea-editor:visible").count() == 0
    assert page.locator(".jp-OutputArea-output[data-mime-type*='error']").count() == 0

    control, value = MOVES[study]
    place = page.locator(f".srm-{control} select")
    if not place.is_visible():
        group = params_of(study).model_fields[control].json_schema_extra
        assert isinstance(group, dict)
        page.locator(".jupyter-widget-Collapse-header", has_text=str(group["group"])).click()
    place.select_option(value)
    expected = view_of(run_of(study)(params_of(study).check({control: value})))
    page.wait_for_function("([text]) => document.querySelector('.srm-status').innerText.includes(text)",
                           arg=[expected.sentence])
    bubble = page.locator(".srm-chart [data-candidate]").last
    bubble.press("Enter")
    page.locator(".srm-reasons", has_text=str(bubble.get_attribute("data-candidate"))).wait_for()
    page.screenshot(path=pictures / f"app-{study}.png")
    # Voila asks a server for the font of its icons, which are missing where there is none
    assert [address for address in requests_made if "fontawesome" not in address.lower()] == []
