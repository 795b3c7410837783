"""A small CSV file of what each rater said: one row a judgement, by any of six methods, side by side."""

from __future__ import annotations

import csv
import datetime as dt
import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Literal, get_args

from srmkit.errors import Problems, did_you_mean
from srmkit.language import say
from srmkit.scoring import Scorecard
from srmkit.scoring.criteria import Criterion, Group
from srmkit.tables.csv_files import read_csv
from srmkit.tables.raw import RawTable

Method = Literal["points", "swing", "rank", "pairs", "best_worst", "choice"]
METHODS: tuple[Method, ...] = get_args(Method)
TWO = ("pairs", "best_worst", "choice")  # methods whose judgements are about two criteria
NEEDED = ("rater", "method", "criterion", "value")
COLUMNS = (*NEEDED[:3], "other", "value", "reach", "other_reach", "said_on", "reason")
ALL_AXES = "total"  # the group that the axes themselves make up


@dataclass(frozen=True)
class Judgement:
    """One thing that a rater said; `row` is its row in the file, the header being 1.

    `value` is points, a rank, a ratio, or in a choice 1 for the first, -1 for the second and 0 for equal.
    """

    row: int
    rater: str
    method: Method
    criterion: str
    other: str
    value: float
    reach: float = 1.0
    other_reach: float = 1.0
    said_on: dt.date | None = None
    reason: str = ""


@dataclass(frozen=True)
class Said:
    """Everything that one rater said about one group of weights, by one method."""

    rater: str
    group: str
    method: Method
    judgements: tuple[Judgement, ...]

    @property
    def said_on(self) -> dt.date | None:
        """Day of the last of them; None where no day is noted."""
        return max((one.said_on for one in self.judgements if one.said_on), default=None)

    @property
    def reasons(self) -> dict[str, str]:
        """Reason that the rater gave for each criterion, where one was given."""
        found: dict[str, list[str]] = {}
        for one in self.judgements:
            if one.reason:
                found.setdefault(one.criterion, []).append(one.reason)
        return {name: "; ".join(dict.fromkeys(reasons)) for name, reasons in found.items()}


@dataclass(frozen=True)
class Judgements:
    """What all raters said about the weights of one scorecard, in the order of the file."""

    name: str
    said: tuple[Said, ...]
    fingerprints: Mapping[str, str]

    @property
    def raters(self) -> tuple[str, ...]:
        """Who judged, in the order of the file."""
        return tuple(dict.fromkeys(one.rater for one in self.said))

    @property
    def last_day(self) -> dt.date | None:
        """Day of the last judgement; None where no day is noted."""
        return max((one.said_on for one in self.said if one.said_on), default=None)

    @property
    def count(self) -> int:
        """How many judgements there are."""
        return sum(len(one.judgements) for one in self.said)


def families(scorecard: Scorecard) -> dict[str, tuple[Criterion | Group, ...]]:
    """Groups of weights that are shares of one whole, by the name of what holds them; the axes are `total`."""
    found: dict[str, tuple[Criterion | Group, ...]] = {ALL_AXES: scorecard.axes}
    for axis in scorecard.axes:
        found |= {part.name: part.members for part in axis.walk() if isinstance(part, Group)}
    return {name: members for name, members in found.items() if len(members) > 1}


def read_judgements(path: str | Path, scorecard: Scorecard) -> Judgements:
    """Read a file of judgements about this scorecard; any usual separator and encoding.

    Columns: rater, method, criterion, value; other for judgements about two; reach and other_reach for choices;
    said_on (YYYY-MM-DD) and reason where known. A rater may judge each group by another method, and need not judge all.
    Raises SrmkitError naming every row that cannot be right, with its number.
    """
    file = Path(path)
    problems = Problems(say("judgements {file}", file=file.name))
    if not file.is_file():
        problems.add(say("the file"), say("does not exist"), found=say("nothing at {place}", place=file),
                     todo=say("Its columns are: {names}.", names=", ".join(COLUMNS)))
    problems.raise_if_any()
    raw = read_csv(file, file.name)
    rows = _rows(raw, scorecard, problems)
    problems.raise_if_any()
    return Judgements(file.stem, _sorted(rows, scorecard, problems), raw.fingerprints)


def write_judgements(judgements: Judgements, path: str | Path) -> Path:
    """Write judgements into a CSV file that `read_judgements` reads back as the same; the file is returned."""
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.DictWriter(stream, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(_entry(one) for said in judgements.said for one in said.judgements)
    return file


def _entry(one: Judgement) -> dict[str, str]:
    choice = one.method == "choice"
    value = {1.0: "first", -1.0: "second", 0.0: "equal"}[one.value] if choice else f"{one.value:.15g}"
    return {
        "rater": one.rater, "method": one.method, "criterion": one.criterion, "other": one.other, "value": value,
        "reach": f"{one.reach:g}" if choice else "", "other_reach": f"{one.other_reach:g}" if choice else "",
        "said_on": one.said_on.isoformat() if one.said_on else "", "reason": one.reason,
    }


def _rows(raw: RawTable, scorecard: Scorecard, problems: Problems) -> list[Judgement]:
    cells = raw.cells.rename(columns=lambda name: str(name).strip().lower())
    for broken in raw.broken:
        problems.add(f"row {broken.row}", broken.reason, found=broken.found, todo="Put text with commas in quotes.")
    for name in NEEDED:
        if name not in cells.columns:
            problems.add(f"column '{name}'", "is missing", found=", ".join(cells.columns),
                         todo=f"Columns are: {', '.join(COLUMNS)}.")
    for name in cells.columns.difference(list(COLUMNS)):
        problems.add(f"column '{name}'", "is not known", todo=did_you_mean(name, COLUMNS, "Columns are"))
    if problems.found:
        return []
    if cells.empty:
        problems.add("the file", "holds no judgement")
    known = [member.name for members in families(scorecard).values() for member in members]
    text = cells.reindex(columns=list(COLUMNS)).astype(object)
    text = text.where(text.notna(), "")
    found = (
        _judgement(int(str(row)), {str(key): str(cell).strip() for key, cell in entry.items()}, known, problems)
        for row, entry in zip(text.index, text.to_dict("records"), strict=True)
    )
    return [one for one in found if one is not None]


def _judgement(row: int, entry: Mapping[str, str], known: list[str], problems: Problems) -> Judgement | None:
    before = len(problems.found)
    method = entry["method"].lower().replace(" ", "_").replace("-", "_")
    place = f"row {row}"
    if not entry["rater"]:
        problems.add(place, "names no rater", todo="Who said it stands in the scorecard's rationale.")
    if method not in METHODS:
        problems.add(f"{place}, method", "is not known", found=repr(entry["method"]),
                     todo=did_you_mean(method, METHODS, "Methods are"))
    two = method in TWO
    for column in ("criterion", "other") if two else ("criterion",):
        if entry[column] not in known:
            problems.add(f"{place}, {column}", "is no weight of the scorecard", found=repr(entry[column]),
                         todo=did_you_mean(entry[column], known, "Weights are"))
    if entry["other"] and not two and method in METHODS:
        problems.add(f"{place}, other", f"has no place in a judgement by {method}", found=repr(entry["other"]))
    value = _choice(entry["value"]) if method == "choice" else _number(entry["value"])
    if value is None:
        words = "must be first, second or equal" if method == "choice" else "must be a number, such as 3, 0.5 or 1/3"
        problems.add(f"{place}, value", words, found=repr(entry["value"]))
    reaches = [_number(entry[column] or "1") for column in ("reach", "other_reach")]
    for column, reach in zip(("reach", "other_reach"), reaches, strict=True):
        if reach is None or not 0 < reach <= 1:
            problems.add(f"{place}, {column}", "must be above 0 and up to 1", found=repr(entry[column]),
                         todo="0.5 is half of the way from worst to best.")
    day = _day(entry["said_on"])
    if day is None and entry["said_on"]:
        problems.add(f"{place}, said_on", "must be a day, YYYY-MM-DD", found=repr(entry["said_on"]))
    if len(problems.found) > before:
        return None
    return Judgement(row, entry["rater"], method, entry["criterion"], entry["other"] if two else "",  # type: ignore[arg-type]  # checked above
                     value or 0.0, reaches[0] or 1.0, reaches[1] or 1.0, day, entry["reason"])


def _sorted(rows: Iterable[Judgement], scorecard: Scorecard, problems: Problems) -> tuple[Said, ...]:
    """Rows by rater and group; names of different groups, and two methods in one group, are refused."""
    group_of = {member.name: name for name, members in families(scorecard).items() for member in members}
    found: dict[tuple[str, str], list[Judgement]] = {}
    for one in rows:
        group = group_of[one.criterion]
        if one.other and group_of[one.other] != group:
            problems.add(f"row {one.row}", f"compares '{one.criterion}' of {group} with '{one.other}' of "
                         f"{group_of[one.other]}", todo="Compare weights of one group, or the groups themselves.")
            continue
        found.setdefault((one.rater, group), []).append(one)
    for (rater, group), said in found.items():
        methods = list(dict.fromkeys(one.method for one in said))
        if len(methods) > 1:
            problems.add(f"rater '{rater}', {group}", "is judged by several methods", found=", ".join(methods),
                         todo="Keep one for each group of weights.")
    problems.raise_if_any()
    return tuple(Said(rater, group, said[0].method, tuple(said)) for (rater, group), said in found.items())


def _number(text: str) -> float | None:
    try:
        number = float(Fraction(text.replace(" ", "").replace(",", ".")))
    except (ValueError, ZeroDivisionError, OverflowError):
        return None
    return number if math.isfinite(number) else None


def _choice(text: str) -> float | None:
    return {"first": 1.0, "second": -1.0, "equal": 0.0}.get(text.lower())


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        return None
