"""A study of your own to begin with: a module and a notebook that are whole, run, and are yours to change."""

from __future__ import annotations

import keyword
import sys
from importlib import import_module, invalidate_caches
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Any

from srmkit.batch.notebook_check import PARAMETERS, WATCHED, beside, check_notebook
from srmkit.batch.refresh import refresh_notebook
from srmkit.errors import Problems
from srmkit.studies import STUDIES

_STUDY = Path(__file__).with_name("template") / "study.py.txt"
_TAGS = {"parameters": [PARAMETERS], "run": ["brief"], "in-brief": [WATCHED, "brief"], "suppliers": [WATCHED],
         "what-if-words": ["what-if"], "what-if": ["what-if"]}
_CELLS = """\
question
# Which suppliers do we visit this year?

For whom, and what hangs on it: two sentences of yours.
---
parameters
$parameters
---
run
from srmkit import charts
from srmkit.exports import write_exports
from srmkit.widgets import explore

from $name import Params, run

params = Params.read(globals())
study = run(params)
charts.words(study.decision().answer, strong=True)
---
in-brief
charts.table(study.decision().brief(), "In brief")
---
health-words
## Can we trust the data?
---
health
charts.table(study.dataset.health.tables, "Rows read = used + excluded + refused", index="table", most_rows=30)
---
model-words
## What is judged, and how?

The spend on lines that came late: spend, times the share of due lines that came late.
---
figures
charts.table(study.definitions()[["label", "unit", "meaning"]], "What the figures mean")
---
result-words
## Result
---
suppliers
charts.table(
    study.suppliers,
    "Suppliers, the most late spend first",
    formats={"late_spend": "money", "late_spend_at_least": "money"},
)
---
sure-words
## How sure are we?
---
sure
charts.words(study.decision().certainty)
---
change-words
## What would change it?
---
change
charts.words(study.would_change_it(), listed=True)
---
record-words
## Decision record
---
record
charts.table(study.decision().table())
---
exports-words
## Files
---
exports
written = write_exports(study, params.export_to)
charts.table(written, "Files written" if params.export_to else "No files: set export_to to a folder")
---
what-if-words
## What if?
---
what-if
explore(study, run=run)
"""


def new_study(name: str, into: str | Path = ".") -> tuple[Path, Path]:
    """Write `<name>.py` and `<name>.ipynb` into a folder, run the notebook once, and return both files.

    It is the smallest study that is whole: settings with limits, a result with its certainty and with what would change
    it, a decision record, files, a form. SrmkitError where the name is none for a module, is taken by a study of
    ours or another module, or one of the files is there already.
    """
    folder = Path(into)
    module, notebook = folder / f"{name}.py", folder / f"{name}.ipynb"
    problems = Problems("new study")
    if not name.isidentifier() or keyword.iskeyword(name) or name != name.lower():
        problems.add(f"the name '{name}'", "is none for a module", todo="Use small letters, digits and _.")
    elif name in STUDIES:
        problems.add(f"the name '{name}'", "is that of a study that comes with srmkit", todo="Take another name.")
    elif name in sys.stdlib_module_names or find_spec(name) is not None:
        problems.add(f"the name '{name}'", "is that of another module", todo="Take another name.")
    for file in (module, notebook):
        if file.exists():
            problems.add(f"the file '{file}'", "is there already", todo="Take another name or folder.")
    problems.raise_if_any()
    folder.mkdir(parents=True, exist_ok=True)
    module.write_text(Template(_STUDY.read_text(encoding="utf-8")).substitute(name=name), encoding="utf-8")
    invalidate_caches()  # the module has only just been written
    with beside(folder.resolve()):
        settings = import_module(name).Params
    _write(notebook, Template(_CELLS).substitute(name=name, parameters=settings.cell()))
    refresh_notebook(notebook)
    check_notebook(notebook)
    return module, notebook


def _write(file: Path, cells: str) -> None:
    from nbformat import v4, write

    notebook = v4.new_notebook()  # type: ignore[no-untyped-call]
    for cell in cells.split("\n---\n"):
        name, _, source = cell.partition("\n")
        kind: Any = v4.new_markdown_cell if name == "question" or name.endswith("-words") else v4.new_code_cell
        notebook.cells.append(kind(source.rstrip(), id=name, metadata={"tags": _TAGS.get(name, [])}))
    write(notebook, file)  # type: ignore[no-untyped-call]
