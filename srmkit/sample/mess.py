"""The sample company as bad exports show it, with every fault counted, so that a reader can be held to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pandas as pd

from srmkit.errors import Problem, Problems
from srmkit.sample.company import Company
from srmkit.sample.faults import TOTALLED, as_cells, faults_of
from srmkit.sample.files import write_truth
from srmkit.sample.mess_map import column_map, header
from srmkit.sample.streams import stream

LEVELS = (0, 1, 2, 3)
MAP = "column_map.toml"
FOOTER = "End of list"
FILES_SUFFER = 2  # level from which files have footers and are written as Windows-1252

Faults = dict[str, int]


def messy(company: Company, level: int) -> Company:
    """The company as its exports would look: foreign headers, cells as text, and the faults of the level.

    - 0: nothing but text; 1: other headers, two writings of days, 1 % of order lines twice;
    - 2: also total and footer rows, Windows-1252 files, 9 % of names in another spelling;
    - 3: also words in 25 % of the hours on tickets, customer "0", 5 % of lines shipped before ordered.

    `truth["mess"]` has `level`, `faults` (how many, by table and fault) and `set_aside` (rows that a careful
    reader excludes and refuses, by table). SrmkitError for another level, or a company that is messy already.
    """
    _check(company, level)
    tables: dict[str, pd.DataFrame] = {}
    faults: dict[str, Faults] = {}
    for name, table in company.tables.items():
        cells, faults[name] = _worsened(table, name, level, company.settings.seed)
        tables[name] = cells.rename(columns={column: header(str(column), level) for column in cells.columns})
    mess = {"level": level, "faults": faults, "set_aside": _set_aside(faults)}
    return replace(company, tables=tables, truth={**company.truth, "mess": mess}, mess=level)


def write_messy(company: Company, folder: str | Path, level: int) -> Path:
    """CSV files of the messy company, the column map that reads them back, and truth.json; gives the folder.

    >>> import tempfile
    >>> from srmkit.sample import SampleSettings, make_company
    >>> small = make_company(SampleSettings(customers=60))
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     sorted(path.name for path in write_messy(small, folder, 2).iterdir())[:3]
    ['column_map.toml', 'export_account_ratings.csv', 'export_category_ratings.csv']
    """
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    written = messy(company, level)
    for name, cells in written.tables.items():
        content = _content(cells, written.truth["mess"]["faults"][name])
        (into / f"export_{name}.csv").write_bytes(content)
    (into / MAP).write_text(column_map(written), encoding="utf-8")
    write_truth(written, into)
    return into


def _check(company: Company, level: int) -> None:
    problems = Problems("messy company")
    if company.mess:
        problems.add(
            "the company", "is messy already", found=f"level {company.mess}", todo="Give a clean one."
        )
    if level not in LEVELS:
        problems.extend([Problem("'level'", "is unknown", str(level), "Use 0, 1, 2 or 3.")])
    problems.raise_if_any()


def _worsened(table: pd.DataFrame, name: str, level: int, seed: int) -> tuple[pd.DataFrame, Faults]:
    cells, counts = as_cells(table, name), {}
    for fault in faults_of(name, level):
        # each kind of fault has its own stream: a higher level keeps the faults of the lower ones
        cells, counts[fault.name] = fault.change(cells, name, stream(seed, f"mess {fault.name} {name}"))
    if level >= FILES_SUFFER and name in TOTALLED:
        counts["footer_rows"] = 1
    if level >= FILES_SUFFER and _needs_cp1252(cells):
        counts["cp1252_files"] = 1
    return cells, counts


def _needs_cp1252(cells: pd.DataFrame) -> bool:
    """Whether there are letters beyond ASCII, all of them known to Windows-1252."""
    text = cells.to_csv(index=False)
    try:
        return not text.isascii() and bool(text.encode("cp1252"))
    except UnicodeEncodeError:
        return False


def _content(cells: pd.DataFrame, counts: Faults) -> bytes:
    text = cells.to_csv(index=False, lineterminator="\n") + f"{FOOTER}\n" * counts.get("footer_rows", 0)
    return text.encode("cp1252" if "cp1252_files" in counts else "utf-8")


def _set_aside(faults: dict[str, Faults]) -> dict[str, Faults]:
    """Rows by what becomes of them: excluded by the column map, or refused as unusable."""
    kinds = {"excluded": ("total_rows", "customer_0"), "refused": ("rows_twice", "footer_rows")}
    return {
        kind: {name: sum(counts.get(fault, 0) for fault in of_kind) for name, counts in faults.items()}
        for kind, of_kind in kinds.items()
    }
