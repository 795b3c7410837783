"""A report in Chinese is Chinese from its first line to its last; only names stay as they are."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterator
from csv import DictReader
from html import unescape
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from python_calamine import CalamineWorkbook

from srmkit.batch import run_cases
from srmkit.batch.cases import Case
from srmkit.decisions.params import choices_of
from srmkit.language.fonts.carried import FIRST
from srmkit.places import data_folder
from srmkit.scoring import scorecard_names
from srmkit.studies import STUDIES, params_of, run_of
from srmkit.tables import read_dataset
from srmkit.tables.catalogue import CATALOGUE
from srmkit.widgets.explorer import Explorer

HASH = re.compile(r"\b[0-9a-f]{16,}\b")
FEW = 64  # draws: the words are the same
LATIN = re.compile(r"[A-Za-zÀ-ž][A-Za-zÀ-ž'’]+")
MOVES = {"supplier_segmentation": {"impact_cut": 75.0}, "account_selection": {"capacity": 12},
         "criteria_weights": {"up_cut": 65.0}, "data_health": {"helpful": 96.0}}
# authors, methods and what is never translated
KEPT = frozenset(re.findall(r"\S+", """
    srmkit Python numpy pandas scipy duckdb ibis framework verify SHA CSV HHI ABC KPI CRITIC OTIF TOML YYYY MM DD sd id
    log     EUR en zh Beta Kaplan Meier Kendall TOPSIS VIKOR PROMETHEE ELECTRE TRI MR Sort II tau
    decision definitions manifest tables json xlsx csv toml
    Kraljic Rezaei Ortt Steele Court Gelderman van Weele Bensaou Cheverton McDonald Rogers Woodburn Millman Wilson
    Triantaphyllou Sanchez Sobol
    Key Account Management Customers Harvard Business Review Journal of Purchasing and Supply
"""))
# a sign of English beside a Chinese letter, also where a space keeps them apart
HALF_WIDTH = re.compile(r"[\u4e00-\u9fff] ?[.,;:?!()]|[.,;:?!()] ?[\u4e00-\u9fff]")
WITHIN_A_LINE = re.compile(r"</?(?:a|b|em|i|small|span|strong|sup|sub|tspan)\b[^>]*>")


@pytest.fixture(scope="module", params=STUDIES)
def made(request, tmp_path_factory) -> Path:
    """The folder of one study's run in Chinese."""
    into = tmp_path_factory.mktemp("zh")
    drawn = {"draws": FEW} if "draws" in params_of(request.param).model_fields else {}
    settings = {"language": "zh", **drawn}
    (run,) = run_cases([Case(request.param, request.param, settings)], into, jobs=1)
    assert run.state == "done", run.error
    return run.folder


@pytest.fixture(scope="module")
def names() -> set[str]:
    """Every word that stands in the data, and the names of tables, columns, settings and scorecards."""
    data = read_dataset("sample")
    found: set[str] = set()
    for table in data.tables:
        frame = data.frame(table)
        for name in frame.select_dtypes(exclude=["number", "bool", "datetime"]).columns:
            found |= {word for value in frame[name].dropna().astype(str).unique() for word in LATIN.findall(value)}
        found |= set(LATIN.findall(" ".join([table, *frame.columns])))
    for table, declared in CATALOGUE.items():
        found |= set(LATIN.findall(" ".join([table, *(column.name for column in declared.columns)])))
    found |= set(LATIN.findall(" ".join(f"{card} {card}_agreed" for card in scorecard_names())))
    for study in STUDIES:
        found |= set(LATIN.findall(" ".join([study, *params_of(study).model_fields])))
    return found


@pytest.fixture(scope="module")
def stops_of_others() -> re.Pattern[str]:
    """Words with a full stop that is not ours: how names in the data end ("Sp. z o.o."), and raters' own words."""
    data = read_dataset("sample")
    frames = [data.frame(table) for table in data.tables]
    texts = (frame[name].dropna().astype(str).unique() for frame in frames
             for name in frame.select_dtypes(exclude=["number", "bool", "datetime"]).columns)
    ends = {text.split()[-1] for found in texts for text in found if text.endswith(".")}
    rows = (row for file in (data_folder() / "judgements").glob("*.csv")
            for row in DictReader(file.read_text(encoding="utf-8").splitlines()))
    reasons = {row["reason"] for row in rows if row["reason"]}
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, sorted(ends | reasons)))})")


def texts_of(page: str) -> Iterator[str]:
    """What a reader of the page sees or hears, code left out."""
    page = re.sub(r"<(style|script|code)\b.*?</\1>", "", page, flags=re.DOTALL)
    page = re.sub(r'<a href="[^"]+\.(?:svg|xlsx|json|ipynb)">[^<]*</a>', "", page)
    for text in re.findall(r">([^<]+)<", page) + re.findall(r'(?:aria-label|title|alt|placeholder)="([^"]*)"', page):
        # without hashes, and without words that are cut short
        yield re.sub(r"[\w.&-]+…", "", HASH.sub("", unescape(text)))


def english_in(texts: Iterator[str], names: set[str]) -> set[str]:
    """Latin words that are no names."""
    return {word for text in texts for word in LATIN.findall(text)} - names - KEPT


def test_no_english_word_is_left_in_the_report(made, names):
    page = (made / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans-CN">' in page
    assert "font/woff;base64," in page
    page = re.sub(r"<dt>[^<]*<span[^>]*>（SHA-256.*?</dd>", "", page, flags=re.DOTALL)  # names of files
    assert english_in(texts_of(page), names) == set()


def test_no_english_sign_stands_beside_a_chinese_letter(made, stops_of_others):
    """Signs within figures, code and names of files have no Chinese letter beside them, and so stay as they are."""
    page = (made / "report.html").read_text(encoding="utf-8")
    page = WITHIN_A_LINE.sub("", re.sub(r"<code\b.*?</code>", "", page, flags=re.DOTALL))  # a sign may follow a link
    book = CalamineWorkbook.from_path(made / "tables.xlsx")
    sheets = (book.get_sheet_by_name(name).to_python() for name in book.sheet_names)
    cells = (str(cell) for rows in sheets for row in rows for cell in row)
    texts = {stops_of_others.sub("…", text) for text in [*texts_of(page), *cells]}
    assert sorted(text for text in texts if HALF_WIDTH.search(text)) == []


def test_every_chinese_letter_has_its_shape_in_the_page_charts_included(made):
    """A reader without a Chinese font sees no empty boxes: the page carries each letter that it shows."""
    page = (made / "report.html").read_text(encoding="utf-8")
    coded = re.search(r"font/woff;base64,([\w+/=]+)", page)
    assert coded
    carried = set(TTFont(BytesIO(base64.b64decode(coded[1]))).getBestCmap())
    shown = {letter for text in texts_of(page) for letter in text if ord(letter) >= FIRST}
    assert len(shown) > 200
    assert "".join(sorted(letter for letter in shown if ord(letter) not in carried)) == ""
    charts = re.findall(r"<svg\b.*?</svg>", page, flags=re.DOTALL)
    assert any(ord(letter) >= FIRST for svg in charts for letter in svg)
    assert all("srmkit Sans SC" in svg for svg in charts), "a chart names the font that the page carries"


def test_no_english_word_is_left_in_the_decision_whose_keys_stay_english(made, names):
    decision = json.loads((made / "decision.json").read_text(encoding="utf-8"))
    assert {"question", "answer", "certainty"} <= set(decision)
    texts = [text for value in decision.values() for text in (value if isinstance(value, list) else [value])]
    assert english_in((HASH.sub("", text) for text in texts), names) == set()


def test_sheets_and_headings_of_the_workbook_are_chinese(made, names):
    book = CalamineWorkbook.from_path(made / "tables.xlsx")
    heads = [str(cell) for sheet in book.sheet_names for cell in book.get_sheet_by_name(sheet).to_python()[0]]
    assert english_in(iter([*book.sheet_names, *heads]), names) == set()


def test_two_languages_in_one_kernel_do_not_mix(names):
    study = "supplier_segmentation"
    both = {language: run_of(study)(params_of(study).check({"language": language, "draws": FEW}))
            for language in ("en", "zh")}
    english, chinese = both["en"].headline(), both["zh"].headline()
    assert LATIN.findall(english)
    assert not english_in(iter([chinese, *both["zh"].sentences()]), names)
    assert not re.search("[\u4e00-\u9fff]", " ".join([*both["en"].sentences(), both["en"].decision().certainty]))
    assert sorted(re.findall(r"\d+", english)) == sorted(re.findall(r"\d+", chinese))  # the same figures


@pytest.mark.parametrize("study", STUDIES)
def test_no_english_word_is_left_beside_the_controls(study, names, said_by, tmp_path, monkeypatch):
    """Codes of settings stay, as one writes them into the parameters cell, and so do reasons in raters' own words."""
    monkeypatch.chdir(tmp_path)  # where the case is saved
    kind = params_of(study)
    drawn = {"draws": FEW} if "draws" in kind.model_fields else {}
    explorer = Explorer(run_of(study)(kind.check({"language": "zh", **drawn})))
    ((name, value),) = MOVES[study].items()
    explorer.more.selected_index = 1
    explorer.form.controls[name].value = value
    said = [explorer.moves.value]
    explorer.table.chosen = next(iter(explorer.study.candidate_ids()))
    explorer.case.value = "案例"
    explorer.save.click()
    quoting = () if explorer.weights is None else tuple(explorer.weights.sliders.values())
    said += said_by(explorer.box, quoting)
    codes = {word for field in kind.settings().values() for code in choices_of(field) for word in LATIN.findall(code)}
    texts = (text for one in said for text in texts_of(f"<p>{one}</p>"))
    assert english_in(texts, names | codes | {"sample", "cases"}) == set()
    assert "案例已存入" in explorer.saved.value.replace(" ", "")
