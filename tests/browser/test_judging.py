"""The form for raters in JupyterLab: who judges sees the weights at once, and the file is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from playwright.sync_api import Page


def test_a_rater_judges_and_writes_the_file(
    lab: Any, page: Page, requests_made: list[str], pictures: Path
) -> None:
    lab.run_all(page, "criteria_weights")
    rater = page.locator(".srm-judge-rater input")
    rater.wait_for()
    rater.fill("Ada")
    page.keyboard.press("Tab")
    page.locator(".srm-judge-method select").select_option(index=5)
    asked = page.locator(".srm-judge-asked")
    asked.get_by_text("which would you rather have").wait_for()
    outcome = page.locator(".srm-judge-outcome")
    asked.get_by_role("button", name="first").click()
    outcome.get_by_text("was not judged").wait_for()  # one answer says nothing of the third criterion
    asked.get_by_role("button", name="first").click()
    outcome.get_by_text("Share of our spend").wait_for()
    rater.scroll_into_view_if_needed()
    page.screenshot(path=pictures / "lab-judge-choice.png")
    page.locator(".srm-judge-method select").select_option(index=1)
    page.locator(".srm-judge-outcome", has_text="Share of our spend 33 %").wait_for()
    page.screenshot(path=pictures / "lab-judge-swing.png")
    page.locator(".srm-judge-keep").click()
    page.locator(".srm-judge-outcome", has_text="Kept: Ada").wait_for()
    page.locator(".srm-judge-write").click()
    page.locator(".srm-judge-outcome", has_text="Written.").wait_for()
    assert requests_made == []
