"""A column map proposed for files nobody has described yet, and what has to be asked before it can be used."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import pandas as pd

from srmkit.errors import Problem, SrmkitError, did_you_mean
from srmkit.intake.currencies import codes_of, currencies_in
from srmkit.intake.open_contracting import is_list_of_package, standard_tables
from srmkit.intake.proposed import ProposedColumn, ProposedTable
from srmkit.intake.raw_tables import Looked, look
from srmkit.intake.tables_of_files import Guess, guesses
from srmkit.intake.toml_text import toml_text
from srmkit.intake.writing_rules import rule_of
from srmkit.language import Language, counted, joined, say, speaking, speaks, spoken
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.map_settings import FileRule
from srmkit.toml_files import toml_value

ACCEPTED = 0.8
_TELLING = 4  # columns: two tables of ids and names have the same few
SHOWN = ("table", "column", "required", "from", "confidence", "accepted", "name", "content", "rival", "question")


@speaks
@dataclass(frozen=True)
class Proposal:
    """A column map with the confidence of each part; nothing below `accept` is used before somebody says so.

    `currency` is "" where no column and no header tells it. `unused` names files that no table is taken from.
    `headers` tells of each file whose names of columns do not stand in the first row which rows were taken for them,
    `alike` which unused file has the very columns of one that a table is taken from.
    """

    name: str
    currency: str
    tables: tuple[ProposedTable, ...]
    gaps: tuple[str, ...]
    accept: float
    unused: tuple[str, ...]
    problems: tuple[Problem, ...] = ()
    files: Mapping[str, FileRule] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    alike: tuple[tuple[str, str], ...] = ()
    language: Language = field(default_factory=spoken)

    @property
    def questions(self) -> tuple[str, ...]:
        """What a person has to answer before the map can be used."""
        return tuple(self._questions())

    @property
    def about_files(self) -> tuple[str, ...]:
        """Files that could not be read, and those that may be more of one that is used."""
        unread = [say("{problem} Nothing is taken from it as it is: mend it, or leave it out?", problem=problem)
                  for problem in self.problems]  # fmt: skip
        more = [say("{other} has the columns of {one} and is not used: is it more of the same? Then write both: "
                    "file = {both}", other=other, one=one, both=toml_value([one, other]))
                for other, one in self.alike]  # fmt: skip
        return (*unread, *more)

    @property
    def complete(self) -> bool:
        """Whether every required column was accepted and nothing is left to ask."""
        return not self.questions

    @property
    def has_money(self) -> bool:
        """Whether there are amounts that no column of the source gives a currency to."""
        return any(_has_money(table) for table in self.tables)

    def table(self) -> pd.DataFrame:
        """One row a column of ours that something was found for: from where, how sure, accepted or not, and why."""
        rows = [
            (table.name, column.name, column.name in CATALOGUE[table.name].required, f"{table.place}: {column.source}",
             column.confidence, column.accepted, column.likeness, column.content, column.rival, column.question)
            for table in self.tables for column in table.columns
        ]  # fmt: skip
        return pd.DataFrame(rows, columns=list(SHOWN))

    def accepting(self, table: str, column: str, rule: Mapping[str, Any] | str | None = None) -> Proposal:
        """The same with one column accepted, as proposed or from another source column; SrmkitError for unknown names.

        `rule` is what a column map says: a header, or {"from": ..., "formats": [...]}.
        """
        return self._changed(table, column, rule, accepted=True)

    def without(self, table: str, column: str = "") -> Proposal:
        """The same without one column, or without the whole table."""
        if not column:
            self._found(table)
            return replace(self, tables=tuple(one for one in self.tables if one.name != table))
        return self._changed(table, column, None, accepted=False)

    def called(self, name: str) -> Proposal:
        """The same under another name of whose data it is."""
        return replace(self, name=name)

    def in_currency(self, currency: str) -> Proposal:
        """The same with the currency of all amounts that carry none."""
        return replace(self, currency=currency)

    def text(self) -> str:
        """The map as the text of a TOML file; what was not accepted stands in it as remarks."""
        return toml_text(self)

    def write(self, path: str | Path) -> Path:
        """Write the map; the next run needs nobody."""
        into = Path(path)
        into.write_text(self.text(), encoding="utf-8")
        return into

    def sentence(self) -> str:
        """One sentence: how much was found, accepted and left to ask."""
        columns = [column for table in self.tables for column in table.columns]
        taken = sum(column.accepted for column in columns)
        return say(
            "{name}: {tables}, {columns} proposed, {taken} of them with a confidence of {accept:g} or more; "
            "{questions} left.", name=self.name, taken=taken, accept=self.accept,
            tables=counted(len(self.tables), "table"), columns=counted(len(columns), "column"),
            questions=counted(len(self.questions), "question"),
        )  # fmt: skip

    def _found(self, name: str) -> ProposedTable:
        for table in self.tables:
            if table.name == name:
                return table
        todo = did_you_mean(name, [table.name for table in self.tables], "Proposed are")
        raise SrmkitError("proposed map", [Problem(f"table '{name}'", "is not proposed", "", todo)])

    def _changed(self, name: str, column: str, rule: Mapping[str, Any] | str | None, *, accepted: bool) -> Proposal:
        table = self._found(name)
        if column not in {one.name for one in CATALOGUE[name].columns}:
            todo = did_you_mean(column, [one.name for one in CATALOGUE[name].columns], "Its columns are")
            raise SrmkitError("proposed map", [Problem(f"column '{column}' of {name}", "is unknown", "", todo)])
        old = table.column(column)
        if rule is None and old is None:
            problem = Problem(f"column '{column}' of {name}", "has no proposal", "", "Say which column it comes from.")
            raise SrmkitError("proposed map", [problem])
        said: Mapping[str, Any] = {"from": rule} if isinstance(rule, str) else rule or (old.rule if old else {})
        new = ProposedColumn(column, said, 1.0 if accepted else (old.confidence if old else 0.0), accepted)
        kept = [one for one in table.columns if one.name != column]
        order = [one.name for one in CATALOGUE[name].columns]
        columns = tuple(sorted([*kept, new], key=lambda one: order.index(one.name)))
        changed = replace(table, columns=columns)
        return replace(self, tables=tuple(changed if one.name == name else one for one in self.tables))

    def _questions(self) -> Iterator[str]:
        if not self.tables:
            yield say("No table of the catalogue was recognised: name the file of at least one.")
        if not self.currency and self.has_money:
            yield say("In which currency are the amounts? No column and no header says so.")
        yield from self.about_files
        for table in self.tables:
            for column in table.columns:
                if column.question and not column.accepted:
                    yield f"{table.name}.{column.name}: {column.question}"
            for name in table.missing:
                found = table.column(name)
                if found is None:
                    yield say("{column} ({meaning}) is required: which column of {file} is it?",
                              column=f"{table.name}.{name}", file=table.place,
                              meaning=say(CATALOGUE[table.name].column(name).meaning))  # fmt: skip
                elif not found.question:
                    yield say("{column} is required: is it '{source}' (confidence {confidence:.2f})?",
                              column=f"{table.name}.{name}", source=found.source, confidence=found.confidence)


def _has_money(table: ProposedTable) -> bool:
    kinds = {column.name: column.kind for column in CATALOGUE[table.name].columns}
    has_currency = (own := table.column("currency")) is not None and own.accepted
    return not has_currency and any(kinds[column.name] == "money" for column in table.columns)


def propose(
    source: str | Path, *, name: str = "", accept: float = ACCEPTED, files: Mapping[str, FileRule] | None = None,
    language: Language | None = None,
) -> Proposal:  # fmt: skip
    """Propose a column map for a folder, workbook, file, package or database that nobody has described.

    Each column of ours gets at most one of the source, each of the source at most one of a table (the best assignment
    over all), by likeness of names (`data/synonyms.toml`: English, German, Chinese, ERP field names) and by what the
    cells hold. Nothing below `accept` (0 to 1), and nothing that can be read in two ways, is accepted without you.
    Its questions are in `language` ("en" or "zh", by default the one that is spoken). SrmkitError where nothing at all
    can be read.
    """
    with speaking(language or spoken()):
        return _proposed(source, name, accept, files)


def _proposed(source: str | Path, name: str, accept: float, files: Mapping[str, FileRule] | None) -> Proposal:
    looked = look(source, files)
    if not looked.tables:
        found = looked.problems or (Problem(looked.label, "holds no table", "", "Give the folder of your files."),)
        raise SrmkitError(f"data of {looked.label}", found)
    standard = list(standard_tables(looked))
    others = replace(looked, tables=tuple(one for one in looked.tables if not is_list_of_package(one, looked)))
    guessed = [_table(guess, accept) for guess in guesses(others)]
    there = {table.name for table in standard}
    found_tables = [*standard, *(table for table in guessed if table.name not in there)]
    used = {table.file for table in found_tables} | {join["file"] for table in found_tables for join in table.joins}
    return Proposal(
        name or looked.label,
        _currency(looked, others, found_tables),
        tuple(found_tables),
        _gaps(others),
        accept,
        tuple(dict.fromkeys(one.file for one in looked.tables if one.file not in used)),
        looked.problems,
        {**(files or {}), **{one.label: one.written for one in looked.tables if one.written and one.file in used}},
        {one.label: joined(*one.notes) for one in looked.tables if one.written},
        tuple(_alike(looked, used)),
    )


def _alike(looked: Looked, used: Collection[str]) -> Iterator[tuple[str, str]]:
    """Files that nothing is taken from although their columns are those of one that is used."""
    taken = {tuple(one.cells.columns): one.file for one in looked.tables if one.file in used}
    for one in looked.tables:
        columns = tuple(one.cells.columns)
        if one.file not in used and columns in taken and len(columns) >= _TELLING:
            yield one.file, taken[columns]


def _table(guess: Guess, accept: float) -> ProposedTable:
    table = CATALOGUE[guess.table]
    columns = []
    for column in table.columns:
        if (match := guess.matches.get(column.name)) is not None:
            rule, question = rule_of(match.source, column)
            sure = match.confidence >= accept and not question
            told = (match.name, match.content, match.rival, question)
            columns.append(ProposedColumn(column.name, rule, match.confidence, sure, *told))
        elif column.name in guess.extra:
            rule, confidence = guess.extra[column.name]
            columns.append(ProposedColumn(column.name, rule, confidence, confidence >= accept))
    return ProposedTable(
        guess.table, guess.look.file, guess.look.sheet, guess.confidence, tuple(columns), guess.joins, guess.distinct,
        guess.choices, guess.look.series,
    )  # fmt: skip


def _currency(looked: Looked, others: Looked, tables: list[ProposedTable]) -> str:
    """The one code that a currency column holds or a header names; "" where there is none or several."""
    found = currencies_in(others, {table.file for table in tables}) or codes_of(looked, tables)
    return found[0] if len(found) == 1 else ""


def _gaps(looked: Looked) -> tuple[str, ...]:
    """Words that stand for nothing in columns of days and numbers."""
    found = [word for one in looked.tables for column in one.columns.values() for word in column.gaps
             if column.looks in ("day", "number")]  # fmt: skip
    return tuple(dict.fromkeys(found))
