"""An executed notebook as one self-contained page: the decision first, no code, no request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srmkit.batch.pages import render_page
from srmkit.decisions.glossary import IN_WORDS
from srmkit.decisions.result import shown_day
from srmkit.language import marked, say, speaking
from srmkit.language.notebooks import language_of, translate

if TYPE_CHECKING:
    from markupsafe import Markup

# what people do at a kernel, and what the page's own first and last part say
LEFT_OUT = ("what-if", "brief")
MOST_LINES = 6  # recommendations on the first page
SCRIPT_WORDS = (  # what the page's script says
    marked("Tools for: {title}"), marked("Find"), marked("Save as CSV: {title}"), marked("Sort"),
    marked("{shown} of {count} shown"), marked("{count} found"), marked("{count} found, {shown} shown"),
    marked("Show {count} only"), marked("Show all {count}"), marked("{count} more rows are in the workbook."),
)
HEADING = re.compile(r'<h2 id="([^"]*)">(.*?)<a class="anchor-link".*?</a></h2>', re.DOTALL)
ANCHOR = re.compile(r'<a class="anchor-link".*?</a>')
COLUMN = re.compile(r'(<th\b(?=[^>]* scope="col")[^>]* data-name="([^"]*)"[^>]*>.*?)</th>', re.DOTALL)
STYLE = re.compile(r"<style>\s*\.srm-data.*?</style>\s*", re.DOTALL)  # for notebooks: the page has its own
PICTURE = re.compile(r'<figure class="srm-picture">.*?(<svg\b.*?</svg>)', re.DOTALL)


def write_report(notebook: Path, page: Path, *, title: str) -> None:
    """Write the page of an executed notebook, and each of its charts as a file in the folder `charts` beside it.

    First page, footnotes and last page come from decision.json, definitions.json and manifest.json where these lie
    beside the notebook. Cells tagged `what-if` or `brief` are left out.
    """
    import nbformat

    content = nbformat.read(notebook, as_version=4)  # type: ignore[no-untyped-call]
    charts = charts_of(content.cells)
    page.write_text(render_report(content, notebook.parent, charts, title=title), encoding="utf-8")
    for name, svg in charts.items():
        file = page.parent / "charts" / f"{name}.svg"
        file.parent.mkdir(exist_ok=True)
        file.write_text(svg, encoding="utf-8")


def render_report(content: Any, folder: Path, charts: Mapping[str, str], *, title: str) -> str:
    """The HTML of a notebook with its record in `folder`, in the language that the notebook's parameters ask for."""
    decision, definitions, manifest = (
        _read(folder / f"{name}.json") for name in ("decision", "definitions", "manifest")
    )
    with speaking(language_of(content.cells)):
        notes = Footnotes(definitions)
        sure = notes.mark("certainty") if decision else ""  # the first page comes before every table
        body = _cells(content, title, opens=not decision)
        contents = [(place, _plain(words)) for place, words in HEADING.findall(body)]
        body = COLUMN.sub(notes.with_mark, STYLE.sub("", ANCHOR.sub("", body)))
        return render_page(
            "page.html.j2", "report.js",
            title=say(title.replace("_", " ").capitalize()) if title == manifest.get("study") else title,
            body=body, contents=[*contents, *([("meanings", say("What the figures mean"))] if notes.used else [])],
            decision=decision, review_by=shown_day(decision.get("review_by", "")), manifest=manifest,
            settings=_settings(manifest), notes=notes.used,
            charts=charts, certainty_note=sure, most_lines=MOST_LINES,
            words={text: say(text) for text in SCRIPT_WORDS},
        )


def charts_of(cells: Iterable[Any]) -> dict[str, str]:
    """The SVG of each chart of an executed notebook by the id of its cell."""
    found: dict[str, str] = {}
    for cell in cells:
        if not set(LEFT_OUT) & set(cell.metadata.get("tags", [])):
            pages = (output.get("data", {}).get("text/html", "") for output in cell.get("outputs", []))
            svgs = [svg for page in pages for svg in PICTURE.findall(page)]
            found |= {f"{cell['id']}{f'-{place}' if place else ''}": svg for place, svg in enumerate(svgs)}
    return found


@dataclass
class Footnotes:
    """Definitions in the order in which a page first needs them."""

    definitions: Mapping[str, Mapping[str, str]]
    numbers: dict[str, int] = field(default_factory=dict)

    @property
    def used(self) -> list[Mapping[str, str]]:
        """The definitions that the page needs, in order."""
        return [self.definitions[name] for name in self.numbers]

    def mark(self, name: str) -> Markup:
        """The mark behind a figure that leads to its definition; nothing where there is none."""
        from markupsafe import Markup

        if name not in self.definitions:
            return Markup("")
        # columns of one table that share a definition, such as its months, share the note
        name = next((known for known in self.numbers if self.definitions[known] == self.definitions[name]), name)
        place = "" if name in self.numbers else Markup(' id="use-{}"').format(len(self.numbers) + 1)
        number = self.numbers.setdefault(name, len(self.numbers) + 1)
        return Markup('<sup><a href="#note-{0}"{1} aria-label="{2}">{0}</a></sup>').format(
            number, place, say("Note {number}: {label}", number=number, label=self.definitions[name]["label"]))

    def with_mark(self, heading: re.Match[str]) -> str:
        """The heading of a column with its mark; words have one only where their definition is about words."""
        name = unescape(heading[2])
        number = re.search(r' class="[^"]*\bn\b', heading[1].partition(">")[0])
        fits = number or self.definitions.get(name, {}).get("unit") in IN_WORDS
        return f"{heading[1]}{self.mark(name) if fits else ''}</th>"


def _cells(content: Any, title: str, *, opens: bool) -> str:
    """Words and outputs of the notebook as HTML; its own title stays where nothing else `opens` the page."""
    from srmkit.batch.exporter import cells_as_html

    first = content.cells[0]
    if not opens and first.cell_type == "markdown" and first.source.startswith("# "):
        first.source = first.source.partition("\n")[2]
    translate(content.cells)
    return cells_as_html(content, title=title, left_out=LEFT_OUT)


def _settings(manifest: Mapping[str, Any]) -> list[dict[str, str]]:
    """The settings that differ from their defaults, with what they mean."""
    from srmkit.decisions.params import meaning_of
    from srmkit.studies import is_study, params_of

    fields = params_of(manifest["study"]).model_fields if is_study(manifest.get("study", "")) else {}
    return [
        {"name": name, "value": json.dumps(value, ensure_ascii=False),
         "meaning": meaning_of(fields[name]) if name in fields else ""}
        for name, value in manifest.get("changed_settings", {}).items()
    ]


def _plain(html: str) -> str:
    return unescape(re.sub(r"<[^>]+>", "", html))


def _read(file: Path) -> dict[str, Any]:
    return dict(json.loads(file.read_text(encoding="utf-8"))) if file.exists() else {}
