"""Reports opened with the network off: whole, read by anyone on any screen, and as told in the run's files."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe
from jsonschema import Draft202012Validator
from playwright.sync_api import Page

from srmkit.batch import Case, Run, run_cases
from srmkit.batch.index import write_index
from srmkit.batch.ledger import State
from srmkit.batch.paper import is_on, write_pdf
from srmkit.batch.verify import verify
from srmkit.language.fonts.carried import FIRST, LOCAL
from srmkit.studies import STUDIES, params_of

LARGEST = 1_500_000  # bytes of a report of the sample company
LARGEST_ON_PAPER = 1_100_000  # two thirds are the marks by which a screen reader finds its way
MARGIN, PIXELS = 14, 96 / 25.4  # of the printed page on either side, in mm; pixels of the style sheet in a mm
PHONE = {"width": 390, "height": 844}
TEXT = 3  # type of a node of the page


SETTINGS = {"reviewer": "R. Vogt", "review_by": "2027-03-31", "draws": 512}


def settings_of(study: str) -> dict[str, object]:
    """Those of the settings that the study has."""
    return {name: value for name, value in SETTINGS.items() if name in params_of(study).model_fields}


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("reports")
    runs = run_cases([Case(study, study, settings_of(study)) for study in STUDIES], into, jobs=2)
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
    assert pictures_shown
    assert all(whole and told for whole, told in pictures_shown)
    assert page.locator("script").count() == 1
    assert page.locator("pre:has-text('import ')").count() == 0
    assert page.locator("table").count() >= 4
    wide = page.evaluate("() => document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0
    assert requests_made == []
    assert (reports / study / "report.html").stat().st_size < LARGEST
    page.screenshot(path=pictures / f"report-{study}.png", full_page=True)


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A report of each study in Chinese, and an English index of them."""
    into = tmp_path_factory.mktemp("chinese")
    few = {study: {"draws": 64} if "draws" in params_of(study).model_fields else {} for study in STUDIES}
    runs = run_cases([Case(study, study, {"language": "zh", **few[study]}) for study in STUDIES], into, jobs=2)
    assert [run.error for run in runs] == [""] * len(STUDIES)
    english = Run(Case("account_selection", "english", {}), "failed", into / "english", 1.0, "no such file")
    write_index([*runs, english], into)
    return into


@pytest.mark.parametrize("name", [*STUDIES, "index"])
def test_every_chinese_letter_is_drawn_by_a_font_that_has_it(
    name: str, chinese: Path, page: Page, pictures: Path
) -> None:
    page.goto((chinese / ("index.html" if name == "index" else f"{name}/report.html")).as_uri())
    page.evaluate("() => document.fonts.ready")
    page.screenshot(path=pictures / f"chinese-{name}.png", full_page=True)
    browser = page.context.new_cdp_session(page)
    browser.send("DOM.enable")
    browser.send("CSS.enable")
    nodes = browser.send("DOM.getFlattenedDocument", {"depth": -1})["nodes"]
    drawn, boxes = 0, []
    for node in (node for node in nodes if node["nodeType"] == TEXT):
        letters = sum(ord(letter) >= FIRST for letter in node["nodeValue"])
        fonts = browser.send("CSS.getPlatformFontsForNode", {"nodeId": node["nodeId"]})["fonts"] if letters else []
        found = sum(font["glyphCount"] for font in fonts if font["isCustomFont"] or font["familyName"] in LOCAL)
        drawn += found
        if fonts and found < letters:
            boxes.append(node["nodeValue"])
    assert boxes == []
    assert drawn > 100


@pytest.mark.parametrize("study", STUDIES)
def test_the_first_page_tells_the_decision_how_sure_it_is_what_would_change_it_and_who_moves(
    study: str, reports: Path, page: Page, repository: Path
) -> None:
    page.goto((reports / study / "report.html").as_uri())
    record = json.loads((reports / study / "decision.json").read_text(encoding="utf-8"))
    schema = json.loads((repository / "docs" / "schemas" / "decision.schema.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(record)) == []
    brief = page.locator("header.brief")
    assert brief.locator("h1").inner_text() == record["question"]
    shown = " ".join(brief.inner_text().split())
    told = [record["answer"], record["certainty"], *record["recommendation"][:1], *record["would_change_it"][:3],
            *record["movers"], record["period"], record["reviewer"], record["review_by"]]
    for sentence in told:
        assert " ".join(sentence.split()) in shown
    assert page.locator("h1").count() == 1
    assert page.title() == f"{brief.locator('.kicker').text_content()} – {record['question']}"


@pytest.mark.parametrize("study", STUDIES)
def test_the_last_page_tells_what_was_set_read_and_run(study: str, reports: Path, page: Page) -> None:
    page.goto((reports / study / "report.html").as_uri())
    manifest = json.loads((reports / study / "manifest.json").read_text(encoding="utf-8"))
    footer = page.locator("footer").inner_text()
    for name, value in settings_of(study).items():
        assert str(value) in footer, name
    for name, value in manifest["packages"].items():
        assert f"{name} {value}" in footer
    for name, mark in {**manifest["inputs"], **manifest["scorecards"]}.items():
        assert f"{name} {mark[:16]}" in footer
    assert manifest["python"] in footer
    if "seed" in manifest["settings"]:
        assert f"Seed {manifest['settings']['seed']}" in " ".join(footer.split())
    for link in page.locator("footer a").all():
        assert (reports / study / str(link.get_attribute("href"))).is_file()


@pytest.mark.parametrize("study", STUDIES)
def test_every_number_of_a_table_has_its_definition_one_click_away(study: str, reports: Path, page: Page) -> None:
    page.goto((reports / study / "report.html").as_uri())
    lacking = page.evaluate(
        """() => Array.from(document.querySelectorAll('main .srm-data th.n[data-name]'))
            .filter(head => !head.querySelector('sup a')).map(head => head.dataset.name)"""
    )
    assert sorted(set(lacking)) == []
    assert page.evaluate(
        """() => Array.from(document.querySelectorAll('sup a, .notes a'))
            .every(link => document.querySelector(link.getAttribute('href')))"""
    )


@pytest.mark.parametrize("study", STUDIES)
def test_every_number_of_the_workbook_is_defined_on_its_last_sheet(study: str, reports: Path) -> None:
    sheets = pd.read_excel(reports / study / "tables.xlsx", sheet_name=None, engine="calamine")
    *_, last = sheets
    defined = set(sheets.pop(last)[["sheet", "column"]].itertuples(index=False, name=None))
    other = "every other"
    lacking = [
        (name, column) for name, frame in sheets.items() for column in frame.columns
        if name != "Settings" and frame[column].dtype.kind in "iuf" and frame[column].notna().any()
        and not {(name, column), (name, other), (other, column)} & defined
    ]
    assert lacking == []


@pytest.mark.parametrize("wide", [False, True])
@pytest.mark.parametrize("name", [*STUDIES, "index"])
def test_nobody_is_kept_out_and_a_phone_scrolls_one_way(
    name: str, wide: bool, reports: Path, page: Page, pictures: Path
) -> None:
    """axe-core: names, roles, headings, landmarks, tables, focus, contrast (WCAG 2.2 and best practice)."""
    if not wide:
        page.set_viewport_size(PHONE)
    page.goto((reports / "index.html" if name == "index" else reports / name / "report.html").as_uri())
    for part in page.locator("summary").all():
        part.click()
    found = Axe().run(page)
    assert [(one["id"], one["nodes"][0]["html"]) for one in found.response["violations"]] == []
    assert page.evaluate("() => document.documentElement.scrollWidth") <= (1440 if wide else PHONE["width"])
    if not wide:
        page.screenshot(path=pictures / f"phone-{name}.png")


@pytest.mark.parametrize("study", STUDIES)
def test_no_title_of_a_table_runs_into_its_tools(study: str, reports: Path, page: Page) -> None:
    page.goto((reports / study / "report.html").as_uri())
    page.evaluate("() => document.querySelectorAll('details').forEach(one => { one.open = true; })")
    for width in (PHONE["width"], 808, 1000, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        titles, covered = page.evaluate(
            """() => {
                const meets = (one, other) => one.left < other.right - 0.5 && other.left < one.right - 0.5 &&
                    one.top < other.bottom - 0.5 && other.top < one.bottom - 0.5;
                const lines = one => {
                    const words = document.createRange();
                    words.selectNodeContents(one);
                    return Array.from(words.getClientRects());
                };
                const titles = Array.from(document.querySelectorAll('.srm-title'));
                const covered = titles.filter(title => [...title.parentElement.children, title.closest('.srm-data')
                    .querySelector('table')].some(other => other !== title && lines(title).some(line =>
                        meets(line, other.getBoundingClientRect()))));
                return [titles.length, covered.map(title => title.textContent)];
            }"""
        )
        assert titles > 5
        assert covered == [], width


@pytest.mark.parametrize("study", STUDIES)
def test_charts_are_files_too_and_their_numbers_one_click_away(study: str, reports: Path, page: Page) -> None:
    page.goto((reports / study / "report.html").as_uri())
    charts = page.locator("figure.srm-picture")
    files = sorted((reports / study / "charts").glob("*.svg"))
    assert charts.count() == len(files) >= 1
    assert page.locator("figure.srm-picture svg title").count() > 5
    details = charts.first.locator("details")
    assert not details.locator("table").is_visible()
    details.locator("summary").click()
    assert details.locator("tbody tr:visible").count() > 0
    page.goto(files[0].as_uri())
    assert page.evaluate("() => document.documentElement.localName") == "svg"


def test_on_paper_the_decision_has_the_first_page_and_nothing_is_cut(
    reports: Path, chromium: Path, tmp_path: Path
) -> None:
    for study in STUDIES:
        for paper, size in (("A4", (595, 842)), ("Letter", (612, 792))):
            pdf = tmp_path / f"{study}-{paper}.pdf"
            write_pdf(reports / study / "report.html", pdf, paper=paper, browser=str(chromium))
            content = pdf.read_bytes()
            assert content.startswith(b"%PDF")
            assert b"/Subtype /Link" in content, "what stands in a PDF can be read"
            assert b"/Subtype /Image" not in content, "a chart was printed as a picture of dots"
            assert len(content) < LARGEST_ON_PAPER
            boxes = set(re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content))
            assert {tuple(round(float(side)) for side in box) for box in boxes} == {size}
            assert [one for one in ("A4", "Letter") if is_on(pdf, one)] == [paper]
    if shutil.which("pdftotext"):
        command = ["pdftotext", "-layout", str(pdf), "-"]
        told = subprocess.run(command, capture_output=True, text=True, check=True)
        first, second, *others = told.stdout.rstrip("\f").split("\f")
        assert [sheet.split()[-3:] for sheet in (first, *others[-1:])] == [
            [page, "/", str(2 + len(others))] for page in ("1", str(2 + len(others)))]
        assert "Review by: 2027-03-31" in first
        assert "Can we trust the data?" in second


@pytest.mark.parametrize("study", STUDIES)
@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_wider_than_the_paper_so_a_browser_prints_it_at_full_size(
    study: str, paper: str, reports: Path, page: Page
) -> None:
    """Chromium prints a whole page smaller where one thing in it is wider; also with all numbers of charts opened."""
    sides = {"A4": 210.0, "Letter": 215.9}[paper] - 2 * MARGIN
    page.goto((reports / study / "report.html").as_uri())
    page.emulate_media(media="print")
    page.set_viewport_size({"width": int(sides * PIXELS), "height": 1000})
    for opened in (False, True):
        page.evaluate("opened => document.querySelectorAll('details').forEach(one => { one.open = opened; })", opened)
        wide = page.evaluate(
            """() => Array.from(document.querySelectorAll('table, svg, img, pre'), one =>
                    [one.getBoundingClientRect().right, one.caption?.textContent ?? one.localName])
                .filter(([right]) => right > document.documentElement.clientWidth + 0.5)"""
        )
        assert wide == []
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")


def test_a_number_changed_by_hand_is_seen(reports: Path, tmp_path: Path) -> None:
    folder = tmp_path / "run"
    shutil.copytree(reports / STUDIES[0], folder)
    page = folder / "report.html"
    assert verify(page).sentences == ("Every number is the same.",)
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(" 20 ", " 21 ", 1), encoding="utf-8")
    verdict = verify(page)
    assert not verdict.same
    assert verdict.sentences[1].endswith("do not trust their numbers: report.html.")


def a_thousand_runs(of: Path, place: Path) -> list[Run]:
    """Runs with the files of real ones: their decisions, manifests, and in every second one another run before it."""
    runs = []
    for number in range(1_000):
        study = ("account_selection", "supplier_segmentation")[number % 2]
        state: State = "failed" if number % 100 == 7 else "done"
        folder = place / f"region-{number}"
        folder.mkdir()
        decision, manifest = (json.loads((of / study / f"{part}.json").read_text(encoding="utf-8"))
                              for part in ("decision", "manifest"))
        if number % 4 < 2:
            before = {"decision": {**decision, "answer": "Nobody.", "recommendation": ["Serve nobody."]},
                      "manifest": {**manifest, "results": {}}}
            (folder / "previous.json").write_text(json.dumps(before), encoding="utf-8")
        if state == "done":
            decision["recommendation"] = [*decision["recommendation"], f"Take customer-{number}."]
            (folder / "decision.json").write_text(json.dumps(decision), encoding="utf-8")
            (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        runs.append(Run(Case(study, f"Region {number}", {"months": 12}), state, folder, 3.0,
                        "<script>alert(1)</script>" if state == "failed" else ""))
    return runs


def test_a_thousand_runs_open_within_a_second_and_are_found_by_words(
    reports: Path, tmp_path: Path, page: Page, requests_made: list[str], pictures: Path
) -> None:
    index = write_index(a_thousand_runs(reports, tmp_path), tmp_path)
    page.context.set_offline(True)
    page.goto(index.as_uri())
    page.wait_for_function("() => performance.getEntriesByName('first-contentful-paint').length > 0")
    loaded, painted = page.evaluate(
        """() => [performance.getEntriesByType('navigation')[0].loadEventEnd,
                  performance.getEntriesByName('first-contentful-paint')[0].startTime]""")
    assert max(loaded, painted) < 1_000, (loaded, painted)
    visible = page.locator("section.card:not([hidden])")
    assert visible.count() == 1_000
    page.screenshot(path=pictures / "index-thousand.png")

    searched = page.evaluate(  # from the key to the picture: the layout is asked for within the clock
        """() => {
            const words = document.getElementById('words'), started = performance.now();
            words.value = 'customer-99 REGION';
            words.dispatchEvent(new Event('input', { bubbles: true }));
            return document.body.getBoundingClientRect().height && performance.now() - started;
        }""")
    assert searched < 1_000, searched
    assert visible.count() == 11  # 99, and 990 to 999
    assert page.locator("#shown").inner_text() == "11 of 1,000 runs"
    first = visible.filter(has_text="Region 992")
    assert first.locator("li:visible").count() == 0  # a digest; the rest is there when one asks
    first.get_by_text("What to do").click()
    first.get_by_text("Take customer-992.").wait_for()
    first.get_by_text("Against the run before: The run before said: Nobody.").click()
    first.get_by_text("No longer: Serve nobody.").wait_for()
    page.screenshot(path=pictures / "index-found.png")
    page.get_by_label("Find").fill("")
    page.get_by_label("Show").select_option("failed")
    assert visible.count() == 10
    visible.first.filter(has_text="Region 7").wait_for()
    page.get_by_label("Show").select_option("changed")
    assert visible.count() == 500
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
