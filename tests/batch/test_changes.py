"""The index says what a run changed against the run of the same case before it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from srmkit.batch import Case, run_cases, runs_of
from srmkit.batch.changes import changes
from srmkit.batch.index import write_index
from srmkit.batch.ledger import Ledger
from srmkit.batch.stamp import Stamps

CASE = Case("account_selection", "ten", {"capacity": 10})


class Maker:
    """Leaves a decision and a manifest, as the exports do, or fails."""

    def __init__(self, *, answer: str = "Ten.", recommendation: tuple[str, ...] = ("Serve A.",),
                 results: str = "one", fails: bool = False, **parts: Any) -> None:
        self.decision = {"answer": answer, "recommendation": list(recommendation)}
        self.manifest = {"settings": {"capacity": 10}, "inputs": {"orders.csv": "a"}, "scorecards": {}, "packages": {},
                         "results": {"Accounts": results, "Hours": "same"}} | parts
        self.fails = fails

    def __call__(self, case: Case, folder: Path) -> None:
        if self.fails:
            raise ValueError("no such luck")
        (folder / "report.html").write_text("report", encoding="utf-8")
        (folder / "decision.json").write_text(json.dumps(self.decision), encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps(self.manifest), encoding="utf-8")


def after(place: Path, *makers: Maker) -> tuple[str, ...]:
    for maker in makers:
        run_cases([CASE], place, make=maker)
    return changes(place / CASE.folder)


def test_the_first_run_of_a_case_has_nothing_before_it(tmp_path: Path) -> None:
    assert after(tmp_path, Maker()) == ()


def test_the_same_again_says_so(tmp_path: Path) -> None:
    assert after(tmp_path, Maker(), Maker()) == ("Every number is as in the run before.",)


def test_another_answer_is_told_with_what_it_came_from(tmp_path: Path) -> None:
    other = Maker(answer="Nine.", recommendation=("Serve B.",), results="two", inputs={"orders.csv": "b"},
                  settings={"capacity": 9})
    assert after(tmp_path, Maker(), other) == (
        "The run before said: Ten.",
        "No longer: Serve A.",
        "Settings that changed: capacity.",
        "Inputs that changed: orders.csv.",
        "Tables with other numbers: Accounts.",
    )
    page = write_index(runs_of(tmp_path), tmp_path).read_text(encoding="utf-8")
    assert "Against the run before" in page
    assert "No longer: Serve A." in page


def links(place: Path) -> list[str]:
    return re.findall(r'href="([^"]*)"', write_index(runs_of(place), place).read_text(encoding="utf-8"))


def test_the_index_finds_the_runs_whose_numbers_changed_and_offers_it_only_then(tmp_path: Path) -> None:
    after(tmp_path, Maker(), Maker())
    assert 'data-state="done"' in (page := write_index(runs_of(tmp_path), tmp_path).read_text(encoding="utf-8"))
    assert "The run before" not in page
    after(tmp_path, Maker(results="two"))
    assert 'data-state="done changed"' in write_index(runs_of(tmp_path), tmp_path).read_text(encoding="utf-8")


def test_a_run_that_was_cut_short_shows_no_answer_and_leads_to_the_report_before_it(tmp_path: Path) -> None:
    after(tmp_path, Maker(answer="Ten."))
    folder = CASE.folder
    assert links(tmp_path) == [f"{folder}/{file}" for file in ("report.html", "decision.json", "manifest.json")]
    with Ledger(tmp_path) as ledger:
        ledger.begin(CASE, Stamps().of(CASE))
    assert links(tmp_path) == [f"{folder}/report.html"]
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    assert "run again with --resume" in page
    assert "report of an earlier run, of " in page
    assert "Ten." not in page


def test_the_index_leads_to_no_file_that_a_failed_run_never_wrote(tmp_path: Path) -> None:
    after(tmp_path, Maker(fails=True))
    assert links(tmp_path) == []


def test_a_failed_run_does_not_hide_the_one_before_it(tmp_path: Path) -> None:
    assert after(tmp_path, Maker(), Maker(fails=True)) == ()
    assert after(tmp_path, Maker(results="two"))[0] == "The answer in one sentence is as in the run before."
