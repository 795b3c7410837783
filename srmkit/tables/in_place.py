"""Data that stay where they are: checked there, measured there, only the answers come here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from srmkit.errors import Problem, Problems, SrmkitError, did_you_mean
from srmkit.language import enumerated, say
from srmkit.tables.catalogue import CATALOGUE
from srmkit.tables.catalogue import Table as Canonical
from srmkit.tables.column_map import ColumnMap, ColumnRule, TableMap
from srmkit.tables.dataset import Dataset, runs
from srmkit.tables.engine import Engine, OutsideEngine, Runs, Table, is_connection
from srmkit.tables.fingerprint import file_fingerprint
from srmkit.tables.health import COLUMNS, CONVERSIONS, MERGED, MONEY, SET_ASIDE, DataHealth, table_account
from srmkit.tables.merged_in_place import merge_in_place
from srmkit.tables.merging import Merges, OneFirm
from srmkit.tables.parquet_files import cuts_of
from srmkit.tables.parts import is_several
from srmkit.tables.reading import map_file
from srmkit.tables.rule_checks import Checked, check
from srmkit.tables.sources import Folder
from srmkit.tables.typed import typed

_PLAIN = frozenset({"from_", "value", "source"})
_INSTEAD = "Do it in a view where the data lie, or read the data with read_dataset."
MANY = 2_000_000  # rows of a table that had better stay where they are
AT_ONCE = 4_000_000  # rows that are looked at together: what is known of them fits into a gigabyte


def connect_dataset(
    source: Any,
    *,
    tables: Mapping[str, str] | None = None,
    column_map: str | Path | None = None,
    name: str = "",
    currency: str = "",
    keys: bool = True,
    threads: int = 0,
    memory: str = "",
    one_firm: OneFirm | None = None,
) -> Dataset:
    """Measure tables of any size where they lie: on a server, in a cluster, in Parquet files.

    - `source`: a database URL (`postgresql://user@host/name`, `duckdb:///file`), a folder of Parquet files
      (`<table>.parquet` or a folder `<table>` of parts), a running Spark session, or any connection of Ibis.
    - `tables`: canonical table to the name it has there, such as `{"purchase_order_lines": "dwh.po_lines"}`;
      tables that bear their canonical names are found without it.
    - `column_map`: a TOML file that says which of your columns is which; here it may rename columns and give
      fixed values, nothing else. What must be converted is converted where it lies, in a view.
    - `name`, `currency`: whose figures these are, in which currency, where no map says so.
    - `keys`: whether to look for rows that stand there twice, which reads every key.
    - `threads`, `memory`: for Parquet and DuckDB files, how many cores (0: all) and the most memory (such as "4GB")
      that DuckDB may use; by default as many bytes as the files have, but at least 1 GB and at most half of the
      machine, and that half where a figure cannot do with less. What does not fit goes to disk and back.
    - `one_firm`: as in `read_dataset`; ids are rewritten inside every figure, nothing where they lie.

    What was measured is kept for as long as the dataset: connect again to see what has changed since. Rows that break
    a rule of the catalogue are left out of every figure and counted in `health`. SrmkitError, with every problem at
    once, where a table, a required column or a type is not right, or a key stands there twice.
    """
    mapping = ColumnMap.read(map_file(column_map)) if column_map else None
    engine, label = _engine(source, threads=threads, memory=memory)
    where = f"data of {name or (mapping.name if mapping else label)}"
    problems = Problems(where)
    wanted = _wanted(engine, tables or {}, mapping, problems)
    problems.raise_if_any()
    shaped = {canonical: _typed(engine, canonical, part, problems) for canonical, part in wanted.items()}
    problems.raise_if_any()
    origins = {canonical: _origins(engine, canonical, part) for canonical, part in wanted.items()}
    cuts = {canonical: _cuts(source, part.name, canonical, origins) for canonical, part in wanted.items()}
    checked = _checked(engine, {key: table for key, table in shaped.items() if table is not None})
    for canonical in checked if keys else ():
        _check_keys(engine, CATALOGUE[canonical], checked[canonical].table, cuts[canonical], problems)
    problems.raise_if_any()
    used = _one_currency(checked, currency or (mapping.currency if mapping else ""), problems)
    problems.raise_if_any()
    fingerprints = {f"{canonical} (state)": _fingerprint(part) for canonical, part in checked.items()}
    merges = None
    if one_firm is not None:
        checked, merges = merge_in_place(engine, checked, one_firm)
    return Dataset(
        name or (mapping.name if mapping else label),
        used,
        {canonical: part.table for canonical, part in checked.items()},
        _health(checked, origins, used, merges, _unused(source, engine, wanted)),
        fingerprints | _of_files(source, wanted) | _of_map(column_map),
        engine,
        cuts.get("purchase_order_lines", ()),
    )


def has_many_rows(source: str | Path, *, column_map: str | Path | None = None) -> bool:
    """Whether a table of Parquet files or of a database has more rows than had better be brought here.

    Files are told by what stands at their end; of a server's tables no more rows are counted than it takes to know.
    """
    home = _home(source)
    if home is not None and home.is_dir():
        return _all_parquet(home) and any(_rows_of(files) > MANY for files in _parquet_files(home.resolve()).values())
    if home is None and urlsplit(str(source)).scheme not in ("postgres", "postgresql"):
        return False
    engine, _ = _engine(source, threads=0, memory="")
    mapping = ColumnMap.read(map_file(column_map)) if column_map else None
    found = _wanted(engine, {}, mapping, Problems("data"))
    return any(_more_than_many(engine, part.name) for part in found.values() if part.name in engine.names)


def _all_parquet(home: Path) -> bool:
    """Whether all data files of a folder are Parquet: others are read, never measured in place."""
    names = Folder(home).names
    return all(name.lower().endswith(".parquet") for name in names if not (home / name).is_dir())


def _rows_of(files: Iterable[Path]) -> int:
    try:
        return sum(pq.read_metadata(file).num_rows for file in files)
    except (OSError, pa.ArrowException):  # whoever reads the file says what is wrong with it
        return 0


def _more_than_many(engine: Runs, name: str) -> bool:
    counted = engine.table(name).limit(MANY + 1)
    return int(engine.collect(counted.agg(rows=counted.count()))["rows"].iloc[0]) > MANY


@dataclass(frozen=True)
class _Part:
    """What a canonical table is called there, and which of its columns is which; None: they bear our names."""

    name: str
    columns: Mapping[str, ColumnRule] | None = None


def _engine(source: Any, *, threads: int, memory: str) -> tuple[Runs, str]:
    if is_connection(source):
        return OutsideEngine(source, source.name), str(source.name)
    if type(source).__module__.startswith("pyspark."):
        return OutsideEngine.spark(source), "Spark"
    parts = urlsplit(str(source))
    if parts.scheme in ("postgres", "postgresql"):
        label = parts.path.strip("/") or "postgres"
        return _postgres(str(source), label), label
    if parts.scheme == "duckdb":
        if (path := _home(str(source))) is not None and path.is_file():
            return Engine.over_duckdb_file(path, threads=threads, memory=memory), path.name
    elif Path(source).is_dir():
        folder = Path(source).resolve()
        files = _parquet_files(folder)
        return Engine.over_files(files, within=folder, threads=threads, memory=memory), folder.name
    shown = Path(parts.path).name if "@" in str(source) else str(source)  # an address may hold a password
    todo = (
        "Give a folder of Parquet files, postgresql://user@host/name, duckdb:///file, a Spark session or a "
        "connection of Ibis; everything else is read with read_dataset."
    )
    raise SrmkitError("data", [Problem(f"'{shown}'", "is nothing to connect to", "", todo)])


def _postgres(url: str, label: str) -> OutsideEngine:
    try:
        return OutsideEngine.postgres(url, label)
    except ImportError:
        problem = Problem("PostgreSQL", "needs the package psycopg", "", 'Run: pip install "psycopg[binary]"')
    except Exception as error:  # the driver has a family of errors of its own
        found = str(error).splitlines()[0] if str(error) else type(error).__name__
        problem = Problem("the database", "cannot be reached", found, "Check the address and that you may read it.")
    raise SrmkitError(f"database {label}", [problem]) from None


def _parquet_files(folder: Path) -> dict[str, list[Path]]:
    """Files of each table; a folder of that name holds its parts."""
    found = {path.stem: [path] for path in sorted(folder.glob("*.parquet")) if path.is_file()}
    for part in sorted(path for path in folder.iterdir() if path.is_dir()):
        if files := sorted(part.rglob("*.parquet")):
            found[part.name.removesuffix(".parquet")] = files
    return {name: files for name, files in found.items() if all(_inside(file, folder) for file in files)}


def _inside(file: Path, folder: Path) -> bool:
    return file.resolve().is_relative_to(folder)


def _wanted(
    engine: Runs, tables: Mapping[str, str], mapping: ColumnMap | None, problems: Problems
) -> dict[str, _Part]:
    there = engine.names
    found = {name: _Part(name) for name in there if name in CATALOGUE and mapping is None}
    for setting in ("gaps", "rows", "rates") if mapping else ():
        if getattr(mapping, setting) != ColumnMap.model_fields[setting].default:
            problems.add(f"'{setting}' of the column map", "cannot be done in place", todo=_INSTEAD)
    for canonical, mapped in (mapping.tables if mapping else {}).items():
        problems.extend(_too_much(canonical, mapped))
        found[canonical] = _Part(_table_of(mapped.file, there), mapped.columns)
    for canonical, called in tables.items():
        if canonical not in CATALOGUE:
            todo = did_you_mean(canonical, CATALOGUE, "Tables are")
            problems.add(f"table '{canonical}'", "is not one the catalogue knows", todo=todo)
        found[canonical] = _Part(called, found[canonical].columns if canonical in found else None)
    for canonical, part in found.items():
        if "." not in part.name and part.name not in there:
            todo = did_you_mean(part.name, there, "Tables are")
            problems.add(f"{canonical}: table '{part.name}'", "is not there", todo=todo)
    if not found:
        todo = f"Name tables or views {', '.join(CATALOGUE)}, or say with 'tables' what they are called."
        problems.add("no table of the catalogue", "is there", found=", ".join(there[:20]) or "nothing", todo=todo)
    return {name: found[name] for name in CATALOGUE if name in found}


def _table_of(file: str, there: Iterable[str]) -> str:
    """A map that was written for reading names the file, here the table is called as the file without its ending."""
    return file if file in there else file.removesuffix(".parquet")


def _too_much(canonical: str, mapped: TableMap) -> Iterator[Problem]:
    """Settings of a map that ask for conversions, which are for data that are read."""
    if is_several(mapped.file):
        todo = "Put them into one folder, named as the table: they are its parts then."
        yield Problem(f"tables.{canonical}.file", "names several files, which are not measured in place", mapped.file,
                      todo)  # fmt: skip
    for setting in ("sheet", "unpivot", "currency", "join", "exclude", "distinct"):
        if getattr(mapped, setting):
            yield Problem(f"tables.{canonical}.{setting}", "cannot be done in place", "", _INSTEAD)
    for column, rule in mapped.columns.items():
        extra = sorted(rule.model_fields_set - _PLAIN)
        if extra or len(rule.from_) > 1:
            found = ", ".join(extra) or "several columns"
            yield Problem(f"tables.{canonical}.columns.{column}", "cannot be converted in place", found, _INSTEAD)


def _typed(engine: Runs, canonical: str, part: _Part, problems: Problems) -> Table | None:
    try:
        raw = engine.table(part.name)
    except Exception as error:  # each engine has its own family of errors
        found = str(error).splitlines()[0] if str(error) else type(error).__name__
        problems.add(f"{canonical}: table '{part.name}'", "cannot be opened", found=found, todo="Correct its name.")
        return None
    return typed(raw, CATALOGUE[canonical], part.columns, problems)


def _checked(engine: Runs, tables: Mapping[str, Table]) -> dict[str, Checked]:
    checked: dict[str, Checked] = {}
    for name in sorted(tables, key=lambda name: bool(CATALOGUE[name].parents)):  # what others refer to comes first
        checked[name] = check(engine, CATALOGUE[name], tables[name], checked)
    return {name: checked[name] for name in CATALOGUE if name in checked}


def _check_keys(engine: Runs, canonical: Canonical, table: Table, cuts: Sequence[str], problems: Problems) -> None:
    parts = [table.filter(mine) for mine in runs(table[canonical.key[0]], cuts)] or [table]
    if repeated := sum(_repeated(engine, canonical, part) for part in parts):
        todo = "Keep each once, in a view where the data lie; keys=False does without this check."
        said = f"{canonical.name}: {repeated:,} keys ({', '.join(canonical.key)})"
        problems.add(said, "stand on more than one row", todo=todo)


def _repeated(engine: Runs, canonical: Canonical, table: Table) -> int:
    counted = table.group_by(*canonical.key).agg(rows=table.count())
    several = counted.filter(counted["rows"] > 1)
    return int(engine.collect(several.agg(keys=several.count()))["keys"].iloc[0])


def _one_currency(checked: Mapping[str, Checked], currency: str, problems: Problems) -> str:
    """The one currency of all amounts; nothing is converted in place."""
    found = sorted({code for part in checked.values() for code in part.currencies})
    for name, part in checked.items():
        if len({*part.currencies, *([currency] if currency and part.currencies else [])}) > 1:
            todo = "Convert them in a view where the data lie, or read the data with a table of rates."
            wrong = "is in several currencies" if len(part.currencies) > 1 else f"is not in {currency}, as was said"
            problems.add(name, wrong, found=", ".join(part.currencies), todo=todo)
    return currency or next(iter(found), "")


def _origins(engine: Runs, canonical: str, part: _Part) -> dict[str, str]:
    """The column there that each of ours is taken from; "" where there is none."""
    there = engine.table(part.name).columns
    own = {column.name: column.name for column in CATALOGUE[canonical].columns}
    if part.columns is not None:
        own = {name: rule.from_[0] if rule.from_ else "" for name, rule in part.columns.items()}
    return {name: source for name, source in own.items() if source in there}


def _unused(source: Any, engine: Runs, wanted: Mapping[str, _Part]) -> Iterator[str]:
    """Files of a folder that no table is taken from; a server has many tables that are none of ours."""
    if isinstance(source, str | Path) and (home := _home(source)) is not None and home.is_dir():
        taken = {part.name for part in wanted.values()}
        if unread := sorted(name for name in engine.names if name not in taken):
            yield say("Not read, because no table is taken from it: {files}.", files=enumerated(unread))


def _health(
    checked: Mapping[str, Checked], origins: Mapping[str, Mapping[str, str]], currency: str, merges: Merges | None,
    unused: Iterable[str],
) -> DataHealth:  # fmt: skip
    counts = {name: (part.rows, part.used, part.excluded, part.refused) for name, part in checked.items()}
    columns = [
        (name, column.name, column.source, gaps, gaps / part.used if part.used else float("nan"), column.unit, 0,
         origins[name].get(column.name, ""))
        for name, part in checked.items()
        for column in CATALOGUE[name].columns
        for gaps in [part.gaps[column.name]]
    ]
    notes = [
        say("{table}: {rows:,} of {all:,} rows are left out where {reason}.", table=name, rows=rows, all=part.rows,
            reason=reason)
        for name, part in checked.items()
        for reason, rows in part.reasons.items()
    ]
    money = [
        (name, column, part.currencies[0] if part.currencies else currency, read, used,
         part.excluded_money.get(column, Decimal(0)), refused, without)
        for name, part in checked.items()
        for column, (read, used, refused, without) in part.money.items()
        if column in origins[name]
    ]
    return DataHealth(
        table_account(counts),
        pd.DataFrame(columns=list(SET_ASIDE)),
        pd.DataFrame(columns, columns=list(COLUMNS)),
        pd.DataFrame(columns=list(CONVERSIONS)),
        (*(merges.notes if merges else ()),
         say("The data were measured where they lie; rows left out are counted, not listed."), *unused, *notes),
        pd.DataFrame(money, columns=list(MONEY)),
        merges.table if merges else pd.DataFrame(columns=list(MERGED)),
    )


def _fingerprint(part: Checked) -> str:
    """SHA-256 over rows, gaps, ends of keys and days, and sums of money: tells another state of a table from this."""
    sums = {name: [str(amount) for amount in found] for name, found in part.money.items()}
    said = {"rows": part.rows, "gaps": dict(part.gaps), "ends": dict(part.ends), "money": sums}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def _of_files(source: Any, wanted: Mapping[str, _Part]) -> dict[str, str]:
    """SHA-256 of the files, where the data lie in files."""
    if not isinstance(source, str | Path) or (home := _home(source)) is None:
        return {}
    if home.is_file():
        return {home.name: file_fingerprint(home)}
    files = _parquet_files(home.resolve())
    return {f"{part.name}.parquet": _of_all(files[part.name]) for part in wanted.values()}


def _cuts(source: Any, name: str, canonical: str, origins: Mapping[str, Mapping[str, str]]) -> tuple[str, ...]:
    """Keys at which the Parquet files of a table are parted; none where its rows are few, or lie in no order."""
    home = _home(source) if isinstance(source, str | Path) else None
    if home is None or not home.is_dir():
        return ()
    key = CATALOGUE[canonical].key[0]
    return cuts_of(_parquet_files(home.resolve())[name], origins[canonical].get(key, ""), AT_ONCE)


def _of_all(files: Sequence[Path]) -> str:
    digests = [file_fingerprint(path) for path in files]
    return digests[0] if len(digests) == 1 else hashlib.sha256("\n".join(digests).encode()).hexdigest()


def _of_map(column_map: str | Path | None) -> dict[str, str]:
    return {f"column map {map_file(column_map).name}": file_fingerprint(map_file(column_map))} if column_map else {}


def _home(source: str | Path) -> Path | None:
    """The folder or the DuckDB file that an address leads to; None for a server."""
    parts = urlsplit(str(source))
    if parts.scheme == "duckdb":
        return Path(unquote(parts.netloc + parts.path.removeprefix("/")))
    return Path(source) if Path(source).is_dir() else None
