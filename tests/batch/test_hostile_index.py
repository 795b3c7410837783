"""A batch whose every word is an attack: the page that lists its runs shows words as words and leads nowhere else."""

from __future__ import annotations

import json
from html.parser import HTMLParser
from pathlib import Path

from srmkit.batch.cases import Case
from srmkit.batch.index import write_index
from srmkit.batch.ledger import Run

EVIL = (
    "<script>alert('x')</script>", '"><img src=x onerror=alert(1)>', "</section></main><script>alert(1)</script>",
    "'; DROP TABLE x; --", '=HYPERLINK("http://evil","x")', "javascript:alert(1)", "{{ 7*7 }}{% raw %}",
    "../../etc/passwd", "&lt;b&gt;", "\u202eevil", "a\nb", "</script><script>alert(1)</script>",
    "' onmouseover='alert(1)", "https://evil/x",
)  # fmt: skip


class Page(HTMLParser):
    """What a browser would make of the page: elements with their attributes, and the words."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def evil_runs(into: Path) -> list[Run]:
    """One run for each attack: in the name of its case, settings, error, and in all that its report says."""
    runs = []
    for number, evil in enumerate(EVIL):
        case = Case("supplier_segmentation", f"{evil} {number}", {"reviewer": evil, "category": evil})
        folder = into / case.folder
        folder.mkdir(parents=True)
        said = {"question": evil, "recommendation": [evil], "certainty": evil}
        (folder / "decision.json").write_text(json.dumps(said), encoding="utf-8")
        (folder / "manifest.json").write_text(json.dumps({"changed_settings": {evil: evil}}), encoding="utf-8")
        runs.append(Run(case, "failed" if number % 2 else "done", folder, 1.0, evil))
    return runs


def test_nothing_in_the_index_is_an_element_a_script_or_a_way_out(tmp_path: Path) -> None:
    runs = evil_runs(tmp_path)
    page = Page(write_index(runs, tmp_path).read_text(encoding="utf-8"))
    elements = [tag for tag, _ in page.elements]
    assert elements.count("script") == 1
    assert "img" not in elements
    assert elements.count("section") == len(runs)
    assert not [attrs for _, attrs in page.elements if any(name.startswith("on") for name in attrs)]
    folders = {run.folder.name for run in runs}
    for href in (str(attrs["href"]) for tag, attrs in page.elements if tag == "a"):
        place, _, file = href.partition("/")
        assert place in folders
        assert file in ("report.html", "tables.xlsx", "decision.json", "manifest.json", "notebook.ipynb")
    told = "".join(page.words)
    assert all(evil in told for evil in EVIL)


def test_the_folder_of_a_run_stays_in_that_of_the_batch(tmp_path: Path) -> None:
    names = [run.case.folder for run in evil_runs(tmp_path)]
    assert len(set(names)) == len(names)
    for name in names:
        assert (tmp_path / name).resolve().parent == tmp_path.resolve()
        assert not set(name) & set('/\\<>"\'&:?*\n\u202e')
