"""The one way in: files, a workbook, a database or frames become a checked dataset."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

import pandas as pd

from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.language import Language, enumerated, say, spoken
from srmkit.places import data_folder
from srmkit.tables.accounts import account
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.column_map import ColumnMap
from srmkit.tables.dataset import Dataset
from srmkit.tables.engine import Engine
from srmkit.tables.fingerprint import file_fingerprint, path_fingerprint
from srmkit.tables.health import DataHealth
from srmkit.tables.merging import OneFirm, merge_parties
from srmkit.tables.parts import parts_of
from srmkit.tables.plain_map import plain_map, unknown_columns
from srmkit.tables.plausible_days import check_days_beside_each_other
from srmkit.tables.rates import at_rates, read_rates, refuse_mixed
from srmkit.tables.read_once import ReadOnce
from srmkit.tables.references import check_references
from srmkit.tables.sources import Frames, Source, open_source
from srmkit.tables.table_reading import ReadTable, read_table


def read_dataset(
    source: str | Path = "sample", *, column_map: str | Path | None = None, one_firm: OneFirm | None = None
) -> Dataset:
    """Read, convert and check the tables of one company.

    - `source`: "sample" (the sample company), a folder of text, Parquet, xlsx or OCDS files, one text or Parquet
      file, one workbook whose sheets are the tables, one OCDS package (.json) whose lists are the tables, or a
      database URL: duckdb:///file, sqlite:///file, postgresql://host/name.
    - `column_map`: a TOML file, or the name of one that comes with the project ("adventureworks"); without it
      files must be named as the tables of the catalogue and headers as their columns.
    - `one_firm`: says which suppliers and customers are others of the list, such as `srmkit.duplicates.Replayed`;
      their rows then count as those of the entry that is kept, and `health.merged` lists them.

    Rows that cannot be used are set aside and listed in `health`, never dropped in silence. SrmkitError, with
    every problem at once, where a table, a required column or the map itself is not right, where days or numbers
    can be read in two ways or make no sense beside each other, or where amounts are in several currencies without
    a table of rates.
    """
    source = data_folder() / "sample" if str(source) == "sample" else source
    as_kept, kept = _KEPT.get((str(source), str(column_map), spoken()), ("", None))
    is_kept = kept is not None and as_kept == _content(source, column_map)
    read = kept if kept is not None and is_kept else _checked(source, column_map)
    return (read.merged(one_firm) if one_firm else read).dataset()


def keep_dataset(source: str | Path = "sample", *, column_map: str | Path | None = None) -> None:
    """Read now what `read_dataset` will be asked for: it then answers from memory, while the files stay as they are.

    Meant for a process that others are forked from, which all find the tables there. Databases are not
    kept: nobody can tell whether they changed.
    """
    source = data_folder() / "sample" if str(source) == "sample" else source
    asked, content = (str(source), str(column_map), spoken()), _content(source, column_map)
    if content is not None and (asked not in _KEPT or _KEPT[asked][0] != content):
        _KEPT[asked] = content, _checked(source, column_map)


def read_frames(frames: Mapping[str, pd.DataFrame], *, name: str, currency: str) -> Dataset:
    """Check tables that are already frames, under canonical names, the same way as files.

    >>> items = pd.DataFrame({"item_id": [1, 2], "name": ["bolt", "nut"]})
    >>> read_frames({"items": items}, name="test", currency="EUR").frame("items")["item_id"].tolist()
    ['1', '2']
    """
    source = ReadOnce(Frames(name, frames))
    return _read(source, plain_map(source, name=name, currency=currency), {}, unknown_columns(source)).dataset()


@dataclass(frozen=True)
class _Checked:
    """Everything of a dataset but the engine that answers questions about it."""

    name: str
    currency: str
    tables: Mapping[str, ReadTable]
    health: DataHealth
    fingerprints: Mapping[str, str]

    def merged(self, one_firm: OneFirm) -> _Checked:
        tables, merges = merge_parties(self.tables, one_firm)
        health = account(tables.values(), [*merges.notes, *self.health.notes], self.currency)
        return replace(self, tables=tables, health=replace(health, merged=merges.table))

    def dataset(self) -> Dataset:
        engine = Engine()
        for name, read in self.tables.items():
            engine.add(name, read.usable, columns=read.table.columns)
        engine.lock()
        expressions = {name: engine.table(name) for name in self.tables}
        return Dataset(self.name, self.currency, expressions, self.health, self.fingerprints, engine)


_MOST_REASONS = 5
_KEPT: dict[tuple[str, str, Language], tuple[str, _Checked]] = {}  # reasons and notes are words of one language


def _content(source: str | Path, column_map: str | Path | None) -> str | None:
    """Fingerprint of the files that a dataset is read from; None for a database."""
    if "://" in str(source) or not Path(source).exists():
        return None
    files = [Path(source), *([map_file(column_map)] if column_map else [])]
    return " ".join(map(path_fingerprint, files))


def _checked(source: str | Path, column_map: str | Path | None) -> _Checked:
    if not column_map:
        found = ReadOnce(open_source(source))
        return _read(found, plain_map(found, name=found.label), {}, unknown_columns(found))
    path = map_file(column_map)
    mapping = ColumnMap.read(path)
    fingerprints = {f"column map {path.name}": file_fingerprint(path)}
    return _read(ReadOnce(open_source(source), mapping.file_rule), mapping, fingerprints)


def _read(
    source: Source, mapping: ColumnMap, fingerprints: Mapping[str, str], notes: Iterable[str] = ()
) -> _Checked:
    as_written = _read_tables(source, mapping)
    check_days_beside_each_other(as_written)
    tables = _in_one_currency(source, mapping, as_written)
    check_references(tables, mapping.rows.sentinels)
    _raise_where_nothing_is_left(source, tables)
    digests = {name: digest for table in tables.values() for name, digest in table.fingerprints.items()}
    currency = mapping.currency if mapping.rates else refuse_mixed(tables, mapping.currency)
    health = account(tables.values(), [*notes, *_unread(source, mapping)], currency)
    return _Checked(mapping.name, currency, tables, health, {**digests, **fingerprints})


def _read_tables(source: Source, mapping: ColumnMap) -> dict[str, ReadTable]:
    problems = Problems(f"data of {mapping.name}")
    tables = {}
    for name in (name for name in CATALOGUE if name in mapping.tables):
        try:
            tables[name] = read_table(source, name, mapping)
        except SrmkitError as error:
            problems.extend(Problem(f"{name}: {p.thing}", p.wrong, p.found, p.todo) for p in error.problems)
    problems.raise_if_any()
    return tables


def _raise_where_nothing_is_left(source: Source, tables: Mapping[str, ReadTable]) -> None:
    problems = Problems(f"data of {source.label}")
    for name, read in tables.items():
        aside = read.quarantine.frame()
        refused = aside[aside["kind"].eq("refused")]
        if len(refused) and len(refused) == len(read.frame) + read.broken:
            for (column, reason), rows in islice(refused.groupby(["column", "reason"], sort=False), _MOST_REASONS):
                first = rows.iloc[0]
                thing = f"{name}: every row of {first['file']} ({len(refused):,})"
                count = "" if len(rows) == len(refused) else f" (so in {len(rows):,} of them)"
                wrong = f"cannot be used: {column} {reason}{count}".replace("  ", " ")
                found = f"{first['found']!r} in row {first['row']}"
                problems.add(thing, wrong, found=found, todo="Correct the file or the column map.")
    problems.raise_if_any()


def _unread(source: Source, mapping: ColumnMap) -> Iterator[str]:
    named = [table.file for table in mapping.tables.values()]
    named += [part.file for table in mapping.tables.values() for part in table.join]
    named += [mapping.rates.file] if mapping.rates else []
    asked = {part for name in named for part in parts_of(name, source.names)}
    asked |= {part.split("/")[0] for part in asked}  # a file in a folder, named by itself
    unread = [name for name in source.names if name not in asked]
    if unread:
        yield say("Not read, because no table is taken from it: {files}.", files=enumerated(unread))


def _in_one_currency(
    source: Source, mapping: ColumnMap, tables: Mapping[str, ReadTable]
) -> Mapping[str, ReadTable]:
    rule = mapping.rates
    if rule is None:
        return tables
    rates = read_rates(source, rule)
    return {
        name: at_rates(read, rates, mapping.currency, oldest_days=rule.oldest_days) for name, read in tables.items()
    }


def map_file(column_map: str | Path) -> Path:
    """The file of a column map, which may be one that comes with the project; SrmkitError where there is none."""
    path = Path(column_map)
    if path.is_file():
        return path
    known = {file.stem: file for file in sorted((data_folder() / "column_maps").glob("*.toml"))}
    if str(column_map) in known:
        return known[str(column_map)]
    todo = say("Give the path of a TOML file, or one of these names: {names}.", names=", ".join(known))
    raise SrmkitError(say("column map {file}", file=path.name), [
        Problem(say("the file"), say("is not there"), str(path), todo)])
