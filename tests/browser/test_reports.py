"""Reports opened with the network off: nothing is asked for, nothing is missing, nothing overflows."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from playwright.sync_api import Page

from srmkit.batch import Case, Run, run_cases
from srmkit.batch.index import write_index
from srmkit.batch.ledger import State
from srmkit.studies import STUDIES


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("reports")
    runs = run_cases([Case(study, study, {}) for study in STUDIES], into, jobs=2)
    assert [run.error for run in runs] == [""] * len(STUDIES)
    write_index(runs, into)
    return into


@pytest.mark.parametrize("study", STUDIES)
def test_a_report_is_whole_without_a_network(
    study: str, reports: Path, page: Page, requests_made: list[str], pictures: Path
) -> None:
    page.context.set_offline(True)
    page.goto((reports / study / "report.html").as_uri())
    pictures_shown = page.evaluate(
        """() => Array.from(document.querySelectorAll('img, svg'), picture => [
            picture.localName === 'svg' ? picture.getBoundingClientRect().height > 200
                                        : picture.complete && picture.naturalWidth > 400,
            (picture.alt ?? picture.getAttribute('aria-label')).length > 40,
        ])"""
    )
    assert len(pictures_shown) >= 6
    assert all(whole and told for whole, told in pictures_shown)
    assert page.locator("script").count() == 1
    assert page.locator("pre:has-text('import ')").count() == 0
    assert page.locator("table").count() >= 6
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert requests_made == []
    page.screenshot(path=pictures / f"report-{study}.png", full_page=True)


def test_a_thousand_runs_open_within_a_second_and_are_found_by_words(
    tmp_path: Path, page: Page, requests_made: list[str], pictures: Path
) -> None:
    runs = []
    for place in range(1_000):
        case = Case("account_selection", f"Region {place}", {"places": place % 50})
        state: State = "failed" if place % 100 == 7 else "done"
        folder = tmp_path / f"region-{place}"
        folder.mkdir()
        record = {"question": "Which customers are our key accounts?", "recommendation": [f"Take customer {place}."]}
        (folder / "decision.json").write_text(json.dumps({**record, "certainty": "Firm."}), encoding="utf-8")
        runs.append(Run(case, state, folder, 3.0, "<script>alert(1)</script>" if state == "failed" else ""))
    index = write_index(runs, tmp_path)
    page.context.set_offline(True)
    page.goto(index.as_uri())
    loaded = page.evaluate("() => performance.getEntriesByType('navigation')[0].loadEventEnd")
    assert loaded < 1_000
    visible = page.locator("section.card:visible")
    assert visible.count() == 1_000

    page.get_by_label("Find").fill("customer 99 REGION")
    assert visible.count() == 19  # 99, 990 to 999, and those that end in it: 199, 299 … 899
    assert page.locator("#shown").inner_text() == "19 of 1000 runs"
    page.screenshot(path=pictures / "index-found.png")
    page.get_by_label("Find").fill("")
    page.get_by_label("Show").select_option("failed")
    assert visible.count() == 10
    assert "Region 7" in visible.first.inner_text()
    assert requests_made == []


def test_the_index_leads_to_every_report(reports: Path, page: Page, requests_made: list[str], pictures: Path) -> None:
    page.context.set_offline(True)
    page.goto((reports / "index.html").as_uri())
    page.screenshot(path=pictures / "index.png", full_page=True)
    for study in STUDIES:
        page.goto((reports / "index.html").as_uri())
        page.locator(f"a[href='{study}/report.html']").click()
        assert page.locator("h1").inner_text().endswith("?")
    assert requests_made == []
