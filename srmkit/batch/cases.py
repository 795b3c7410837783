"""Cases of a batch: one named set of settings for one study, checked before the first run starts."""

from __future__ import annotations

import csv
import hashlib
import io
import itertools
import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from srmkit.batch.named_files import NamedFiles
from srmkit.batch.rehearsal import Rehearsal, hangs_on, keep
from srmkit.decisions.params import StudyParams, column_of
from srmkit.decisions.shared_settings import DataSettings
from srmkit.errors import Problem, Problems, SrmkitError, did_you_mean
from srmkit.studies import STUDIES, is_study, params_of

CASE_KEYS = ("name", "study")
WHERE = {"data", "column_map", "duplicate_decisions"}  # settings without which nobody knows the data
MOST_NAMED = 3  # cases in front of a problem that they share
SEPARATORS = ",;\t"  # between the cells of a row, as spreadsheets of several languages write them
DEVICE_NAMES = re.compile(r"^(con|prn|aux|nul|com\d|lpt\d)$", re.IGNORECASE)


@dataclass(frozen=True)
class Case:
    """One run to make: which study, under which name, with which settings beside the defaults."""

    study: str
    name: str
    settings: Mapping[str, Any]

    @property
    def folder(self) -> str:
        """Folder of the run's files, the same every time for the same study and name."""
        return self.study if self.name == self.study else f"{self.study}-{slug(self.name)}"

    @property
    def told(self) -> str:
        """The folder, and the name where the folder does not hold it.

        >>> Case("account_selection", "Retail", {}).told
        'account_selection-retail'
        >>> Case("account_selection", "华东", {}).told
        "account_selection-case-142461b1 ('华东')"
        """
        return self.folder if self.folder.endswith(self.name.lower()) else f"{self.folder} ({self.name!r})"


def slug(name: str) -> str:
    """A file name made of the name: readable, safe on every system, different for different names.

    >>> slug("Packaging")
    'packaging'
    >>> slug("Müller & Söhne").startswith("muller-sohne-")
    True
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    short = re.sub(r"[^A-Za-z0-9]+", "-", plain).strip("-").lower()[:40]
    if short and short == name.lower() and not DEVICE_NAMES.match(short):
        return short
    return f"{short or 'case'}-{hashlib.sha256(name.encode()).hexdigest()[:8]}"


def read_cases(path: str | Path, study: str) -> list[Case]:
    """Cases from a file: TOML or CSV, for `study` unless a case names another.

    TOML has shared `[defaults]`, one `[[case]]` a run with a `name`, and `[grid]` with a list of values for
    each setting: one case for every combination. CSV has a header and one row a run: `name`, `study` and
    settings; an empty cell leaves the default. Between its cells stand commas, semicolons or tabs.

    SrmkitError names every problem of every case; nothing runs until all are right.
    """
    file = Path(path)
    problems = Problems(str(path))
    cases: list[Case] = []
    readers = {".csv": _from_csv, ".toml": _from_toml}
    try:
        text = file.read_bytes()
        if file.suffix.lower() in readers:
            cases = readers[file.suffix.lower()](text.decode("utf-8-sig"), study, problems)
        else:
            problems.add(f"file '{path}'", "is neither TOML nor CSV by its name", found=repr(file.suffix),
                         todo="Save it as .toml or .csv.")
    except FileNotFoundError:
        problems.add(f"file '{path}'", "is not there", todo="Check the path of --cases.")
    except IsADirectoryError:
        problems.add(f"'{path}'", "is a folder", todo="Name the file with the cases.")
    except UnicodeDecodeError as error:
        problems.add(f"file '{path}'", "is not UTF-8 text", found=str(error), todo="Save it as UTF-8.")
    except tomllib.TOMLDecodeError as error:
        problems.add(f"file '{path}'", "is not valid TOML", found=str(error), todo="Mend the line it names.")
    check_cases(cases, problems)
    problems.raise_if_any()
    return cases


def one_per_value(study: str, name: str, settings: Mapping[str, Any] | None = None) -> list[Case]:
    """One case for each value that the data have for a setting, such as one report per category.

    `settings` hold for all of them. SrmkitError where the setting takes no values from the data.
    """
    params = params_of(study).check(settings or {})
    possible = {known: column_of(field) for known, field in type(params).settings().items()}
    place = possible.get(name)
    if place is None:
        problems = Problems(f"cases of {study}")
        able = [known for known, column in possible.items() if column]
        problems.add(f"'{name}'", "takes no values from the data", todo=did_you_mean(name, able, "Settings that do"))
        problems.raise_if_any()
        return []
    from srmkit.tables import open_dataset

    table, column = place
    where = params.model_dump()
    keep([(where["data"], where["column_map"], where["language"])])
    dataset = open_dataset(where["data"], column_map=where["column_map"])
    values = sorted(dataset.frame(table)[column].dropna().unique()) if dataset.has(table, column) else []
    if not values:
        problems = Problems(f"cases of {study}")
        problems.add(f"'{name}'", "has no value in the data", found=f"nothing in column '{column}' of '{table}'",
                     todo="Fill the column, or write the cases into a file.")
        problems.raise_if_any()
    return [Case(study, str(value), {**(settings or {}), name: str(value)}) for value in values]


def check_cases(cases: Iterable[Case], problems: Problems, *, rehearsed: bool = False) -> None:
    """Note what is wrong with any case: unknown study, settings that do not fit or name what is not there, names.

    What can be known only with the data and scorecards is looked for when something is wrong already, so that it is
    all in one message, or when it should be `rehearsed`. What is wrong with many cases is told once.
    """
    seen: dict[str, str] = {}
    named = NamedFiles()
    right: list[tuple[int, DataSettings]] = []
    wrong: dict[Problem, list[int]] = {}
    cases = list(cases)
    for place, case in enumerate(cases):
        if not is_study(case.study):
            problems.add(f"case '{case.name}'", "asks for an unknown study", found=repr(case.study),
                         todo=f"Studies are: {', '.join(STUDIES)}.")
            continue
        if case.folder in seen:
            problems.add(f"case '{case.name}'", "has the name of another case", found=seen[case.folder],
                         todo="Give each case a name of its own.")
        seen[case.folder] = case.name
        params, found = _as_far_as_right(case, named)
        for problem in found:
            wrong.setdefault(problem, []).append(place)
        if isinstance(params, DataSettings) and case.study in STUDIES:
            right.append((place, params))
    if rehearsed or wrong or problems.found:
        rehearsal = Rehearsal()
        for place, params in sorted(right, key=lambda one: repr(hangs_on(one[1]))):
            for problem in rehearsal.problems(params):
                wrong.setdefault(problem, []).append(place)
    for problem, places in sorted(wrong.items(), key=lambda one: min(one[1])):
        names = [cases[place].name for place in sorted(places)]
        problems.extend([replace(problem, thing=f"{_named(names)}, {problem.thing}")])


def _as_far_as_right(case: Case, named: NamedFiles) -> tuple[StudyParams | None, list[Problem]]:
    """The settings of a case without those that are wrong, and what is wrong; none where nobody knows its data."""
    settings, found = dict(case.settings), list[Problem]()
    while True:
        params, wrong = None, list[Problem]()
        try:
            params = params_of(case.study).check(settings)
            wrong = list(named.problems(params))
        except SrmkitError as error:
            wrong = list(error.problems)
        found += wrong
        left = {name: value for name, value in settings.items()
                if not any(f"'{name}'" in problem.thing + problem.wrong for problem in wrong)}  # fmt: skip
        if not wrong or len(left) == len(settings):
            return params, found
        if WHERE & (settings.keys() - left.keys()):
            return None, found
        settings = left


def _named(cases: Sequence[str]) -> str:
    first = ", ".join(f"'{name}'" for name in cases[:MOST_NAMED])
    more = len(cases) - MOST_NAMED
    return f"case{'s' if len(cases) > 1 else ''} {first}{f' and {more} more' if more > 0 else ''}"


def _from_toml(text: str, study: str, problems: Problems) -> list[Case]:
    content = tomllib.loads(text)
    for key in content.keys() - {"defaults", "case", "grid", "study"}:
        problems.add(f"'{key}'", "is not known here", todo="Use [defaults], [[case]] and [grid].")
    defaults, entries, grid = content.get("defaults", {}), content.get("case", []), content.get("grid", {})
    if not isinstance(defaults, dict) or not isinstance(grid, dict):
        problems.add("'defaults' or 'grid'", "is no table of settings", todo="Write [defaults] or [grid] above it.")
        return []
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries) or not (entries or grid):
        problems.add("the file", "has no [[case]]", todo='Write at least one [[case]] with a name = "...".')
        return []
    for name, values in grid.items():
        if not isinstance(values, list) or not values:
            todo = f"Write {name} = [{values!r}]." if values != [] else "Write the values, or take the line out."
            problems.add(f"[grid], '{name}'", "should be a list of values", found=repr(values), todo=todo)
    grid = {name: values for name, values in grid.items() if isinstance(values, list) and values}
    rows = [defaults | entry for entry in entries]
    usual = str(content.get("study", study))
    for values in itertools.product(*grid.values()) if grid else []:
        chosen = dict(zip(grid, values, strict=True))
        rows.append(defaults | chosen | {"name": ", ".join(f"{name} {value}" for name, value in chosen.items())})
    return [_case(row, usual, number) for number, row in enumerate(rows, start=1)]


def _from_csv(text: str, study: str, problems: Problems) -> list[Case]:
    header = text.partition("\n")[0]
    separator = max(SEPARATORS, key=header.count)
    reader = csv.DictReader(io.StringIO(text, newline=""), restkey="", restval="", delimiter=separator)
    rows = list(reader)
    for name, count in Counter(reader.fieldnames or ()).items():
        if count > 1:
            problems.add(f"column '{name}'", "is there more than once", found=f"{count} times", todo="Keep one.")
    for number, row in enumerate(rows, start=1):
        if row.get(""):
            problems.add(f"row {number}", "has more cells than the header", found=str(row[""]),
                         todo=f"Put text with '{separator}' in quotes.")
    if not rows:
        problems.add("the file", "has no row below its header", todo="Write one row for each case.")
    return [_case({key: cell for key, cell in row.items() if key and cell}, study, number)
            for number, row in enumerate(rows, start=1)]


def _case(row: Mapping[str, Any], study: str, number: int) -> Case:
    return Case(str(row.get("study", study)), str(row.get("name", "")) or f"case {number}",
                {key: value for key, value in row.items() if key not in CASE_KEYS})
