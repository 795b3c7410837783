"""The user's guide: its examples run, and it becomes a site in which every link leads somewhere."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
FENCE = re.compile(r'^```(\S+)(?: title="(\S+)")?\n(.*?)^```', re.DOTALL | re.MULTILINE)
COMPANY = """
from srmkit import Doubt, Period, Scorecard, item_metrics, kraljic, read_dataset, supplier_metrics, supplier_spend_by
data = read_dataset("sample")
period = Period.ending(data.last_date(), 12)
"""
CATEGORIES = COMPANY + """
scores = Scorecard.read("kraljic").score(item_metrics(data, period, level="category"), missing="reweight")
spend = supplier_spend_by(data, period, level="category")
"""
ACCOUNTS = CATEGORIES + """
from srmkit import account_metrics
segments = kraljic().assign(scores.axes)
metrics = account_metrics(data, period)
scores = Scorecard.read("account").score(metrics, missing="reweight")
revenue = metrics.values["revenue"]
"""
# what a page takes as given
GIVEN = {"scoring": COMPANY + "metrics = supplier_metrics(data, period)", "segmentation": CATEGORIES,
         "strategy": ACCOUNTS}
ELSEWHERE = {"bring-your-own-data"}  # its files, map and printed tables have tests of their own
PAGES = [file for file in sorted((REPOSITORY / "docs").glob("*.md"))
         if file.stem not in ELSEWHERE and "```python\n" in file.read_text(encoding="utf-8")]


def fences(page: Path) -> list[tuple[str, str, str]]:
    """Language, file name and text of each example."""
    return FENCE.findall(page.read_text(encoding="utf-8"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_the_examples_of_a_page_run_one_after_the_other(
    page: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("builtins.print", lambda *words: None)
    names: dict[str, object] = {"__name__": "example"}
    monkeypatch.setitem(sys.modules, "example", type(sys)("example"))
    exec(GIVEN.get(page.stem, ""), names)
    for language, file, text in fences(page):
        if file:
            (tmp_path / file).write_text(text, encoding="utf-8")
        if language == "python":
            exec(compile(text, f"{page.name}{' ' + file if file else ''}", "exec"), names)


def test_the_guide_becomes_a_site_in_which_every_link_leads_somewhere(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")],
        cwd=REPOSITORY, capture_output=True, text=True, env=None)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").exists()
    for file in (tmp_path / "site").rglob("*.html"):
        assert "```" not in file.read_text(encoding="utf-8"), f"{file.name} shows an example as words"
    page = (tmp_path / "site" / "tutorial.html").read_text(encoding="utf-8")
    assert not re.findall(r"""(?:src|href)=["']https?://(?!distributed\.dask\.org)[^"']*\.(?:js|css|woff2?)""", page)
