"""The sample company as files, and back."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pandas as pd

from srmkit.sample.canonical import canonical
from srmkit.sample.company import Company
from srmkit.tables.catalogue import CATALOGUE

TRUTH = "truth.json"


def write_company(company: Company, folder: str | Path) -> Path:
    """One Parquet file a table, and truth.json with settings and planted facts; the folder is returned.

    A messy company goes into CSV files: see `write_messy`.
    """
    into = Path(folder)
    into.mkdir(parents=True, exist_ok=True)
    for name, table in company.tables.items():
        table.to_parquet(into / f"{name}.parquet", compression="zstd", index=False)
    write_truth(company, into)
    return into


def write_truth(company: Company, folder: Path) -> None:
    """truth.json, with keys in order so that a change shows as a change."""
    text = json.dumps(company.truth, indent=1, sort_keys=True, ensure_ascii=False, default=_plain)
    (folder / TRUTH).write_text(text + "\n", encoding="utf-8")


def read_truth(folder: str | Path) -> dict[str, Any]:
    """What was planted in the company of a folder."""
    found: dict[str, Any] = json.loads((Path(folder) / TRUTH).read_text(encoding="utf-8"))
    return found


def changed_tables(company: Company, folder: str | Path) -> dict[str, str]:
    """Tables of the folder that differ from those of the company, and how; empty when all are equal."""
    differences = {name: _difference(table, name, Path(folder)) for name, table in company.tables.items()}
    extra = {path.stem for path in Path(folder).glob("*.parquet")} - set(company.tables)
    differences.update(dict.fromkeys(sorted(extra), "is in the folder only"))
    return {name: words for name, words in differences.items() if words}


def _difference(table: pd.DataFrame, name: str, folder: Path) -> str:
    path = folder / f"{name}.parquet"
    if not path.is_file():
        return "is not in the folder"
    written = pd.read_parquet(path)
    if list(written.columns) != [column.name for column in CATALOGUE[name].columns]:
        return f"has the columns {', '.join(map(str, written.columns))}"
    written = canonical(written, name)
    if len(written) != len(table):
        return f"has {len(written):,} rows instead of {len(table):,}"
    differ = [column for column in table.columns if not written[column].equals(table[column])]
    return f"differs in {', '.join(differ)}" if differ else ""


def _plain(value: Any) -> Any:
    """NumPy's numbers and days as JSON knows them."""
    if isinstance(value, pd.Timestamp):
        return value.date().isoformat()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return value.tolist() if hasattr(value, "tolist") else list(value)
