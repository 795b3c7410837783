"""What a source holds, shown before any of it is trusted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from srmkit.errors import Problem, on_one_line
from srmkit.intake.detection import Detected, said_looks
from srmkit.intake.raw_tables import look
from srmkit.language import Language, column, counted, joined, percent, say, say_many, speaking, speaks, spoken
from srmkit.tables.map_settings import FileRule

FILES = ("table", "rows", "columns", "broken_rows", "notes")
COLUMNS = ("table", "column", "looks_like", "share", "writing", "in_doubt", "filled", "different", "samples",
           "do_not_fit", "maybe_gaps")  # fmt: skip


@speaks
@dataclass(frozen=True)
class Preview:
    """What was found, and what is in doubt.

    - `files`: one row a table (file, sheet, list): rows, columns, rows that could not be cut into cells, notes.
    - `columns`: one row a column: what it looks like (day, number, yes or no, code, text), the share of its filled
      cells that read so, how days and numbers are written, what is in doubt, samples, cells that do not fit, and
      words that may mean a gap. Nothing of it is used by a reading until a column map says so.
    - `problems`: what could not be read at all.
    - `language`: in which its words are; `looks_like` holds the same words in every language.
    """

    label: str
    files: pd.DataFrame
    columns: pd.DataFrame
    problems: tuple[Problem, ...]
    language: Language = field(default_factory=spoken)

    @property
    def doubts(self) -> pd.DataFrame:
        """Columns that can be read in two ways."""
        return self.columns.loc[self.columns["in_doubt"].ne(""), ["table", "column", "in_doubt", "samples"]]

    def sentence(self) -> str:
        """One sentence: how much is there, and how much of it is in doubt."""
        there = {"label": self.label, "tables": counted(len(self.files), "table"),
                 "columns": counted(len(self.columns), "column")}
        doubts, broken = len(self.doubts), len(self.problems)
        return joined(
            say("{label}: {tables} with {columns}; {doubts:,} can be read in two ways.", doubts=doubts, **there)
            if doubts else say("{label}: {tables} with {columns}; none can be read in two ways.", **there),
            say_many("{count:,} thing could not be read.", "{count:,} things could not be read.", broken)
            if broken else "",
        )

    def text(self) -> str:
        """All of it as plain text, for a terminal."""
        parts = [self.sentence()]
        for name, rows, notes in self.files[["table", "rows", "notes"]].itertuples(index=False, name=None):
            told = say("{table}: {rows}", table=name, rows=counted(rows, "row"))
            parts.append(f"\n{told}" + (f" ({notes})" if notes else ""))
            shown = self.columns.loc[self.columns["table"].eq(name)]
            table = shown[["column", "looks_like", "share", "writing", "samples"]].assign(
                looks_like=shown["looks_like"].map(said_looks),
                share=shown["share"].map(lambda share: "" if pd.isna(share) else percent(share)),
            )
            table.columns = pd.Index(
                [column("column"), column("looks_like"), column("share"), column("writing"), column("samples")]
            )
            parts.append(table.to_string(index=False, max_colwidth=44))
            doubts = shown.loc[shown["in_doubt"].ne(""), ["column", "in_doubt"]]
            parts += [f"  ? {name} {doubt}" for name, doubt in doubts.itertuples(index=False, name=None)]
        lines = "\n".join([*parts, *(f"\n  - {problem}" for problem in self.problems)]).split("\n")
        return "\n".join(map(on_one_line, lines))


def preview(
    source: str | Path, *, files: Mapping[str, FileRule] | None = None, language: Language | None = None
) -> Preview:
    """Show what a folder, workbook, file, package or database holds, before anything is trusted.

    - `files`: how a file is written (encoding, separator, header row), as `[files]` says in a column map.
    - `language`: "en" or "zh"; by default the one that is spoken.

    >>> found = preview("sample")
    >>> found.columns.set_index(["table", "column"]).loc[("suppliers.parquet", "country"), "looks_like"]
    'text'
    """
    if str(source) == "sample":
        from srmkit.places import data_folder

        source = data_folder() / "sample"
    with speaking(language or spoken()):
        looked = look(source, files)
        rows = [(one.label, one.rows, len(one.columns), one.broken, joined(*one.notes)) for one in looked.tables]
        columns = [_row(one.label, name, found) for one in looked.tables for name, found in one.columns.items()]
        return Preview(
            looked.label,
            pd.DataFrame(rows, columns=list(FILES)),
            pd.DataFrame(columns, columns=list(COLUMNS)),
            looked.problems,
        )


def _row(table: str, name: str, found: Detected) -> tuple[object, ...]:
    share = float("nan") if found.looks == "nothing" else found.share
    return (
        table, name, found.looks, share, found.writing, found.doubt, found.filled, found.different,
        ", ".join(found.samples), ", ".join(found.misfits), ", ".join(found.gaps),
    )  # fmt: skip
