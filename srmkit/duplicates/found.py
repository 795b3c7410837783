"""Which parties may be one: every pair with its worth in bits, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from math import log2
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.duplicates.fields import PARTY, Field
from srmkit.duplicates.linking import UNKNOWN, link
from srmkit.errors import Problem, SrmkitError
from srmkit.language import Language, marked, say, speaking, speaks, spoken

if TYPE_CHECKING:
    from srmkit.duplicates.decisions import Decisions

LEAST = 0.05  # pairs less probable than this are not kept
OPEN, SAME, DIFFERENT = marked("open"), marked("same"), marked("different")

_SUMMARY = ["left", "right", "left_name", "right_name", "bits", "probability", "decision", "why"]


@speaks
@dataclass(frozen=True)
class Duplicates:
    """Pairs of parties that may be one; nothing is merged before a person says so.

    - `pairs`: one row a pair, the most probable first: `left`, `right` (ids), their names, `bits` (the log2 of the
      odds that they are one; 0 is even odds), `probability`, `decision` (open, same, different), `why` in words,
      and by field `level_<name>` (0 the nearest, -1 unknown) and `bits_<name>`. `bits` = `start_bits` + the fields.
    - `parties`: the parties compared, by id. `compared`: pairs looked at; the others have nothing in common.
    - `language`: in which the reasons are told.
    """

    pairs: pd.DataFrame
    parties: pd.DataFrame
    fields: tuple[Field, ...]
    start_bits: float
    compared: int
    trained: bool
    problems: tuple[str, ...] = field(default=())
    language: Language = field(default_factory=spoken)

    @property
    def review(self) -> pd.DataFrame:
        """Pairs nobody has decided yet, the most probable first."""
        return self.pairs[self.pairs["decision"].eq(OPEN)]

    def reasons(self, left: str, right: str) -> pd.DataFrame:
        """Where the bits of a pair come from: a row for the start, one a field, and the sum.

        Columns: what, left, right (the values as they were read), finding, bits. KeyError for a pair not listed.
        """
        row = self._row(left, right)
        rows: list[tuple[object, ...]] = [
            (say("before looking"), "", "", say("chance that any two are one"), self.start_bits)
        ]
        for item in self.fields:
            values = [self._value(party, item.name) for party in (row["left"], row["right"])]
            rows.append((say(item.label), *values, _finding(item, int(row[f"level_{item.name}"])),
                         float(row[f"bits_{item.name}"])))
        rows.append((say("together"), "", "", _chance(row["probability"]), row["bits"]))
        return pd.DataFrame(rows, columns=["what", "left", "right", "finding", "bits"])

    def decided(self, decisions: Decisions) -> Duplicates:
        """The same with what was decided before; `problems` tells which decisions no longer fit."""
        return replace(self, pairs=decisions.applied(self.pairs), problems=decisions.stale(self.parties))

    def _row(self, left: str, right: str) -> dict[str, Any]:
        pairs = self.pairs
        one = pairs["left"].eq(left) & pairs["right"].eq(right) | pairs["left"].eq(right) & pairs["right"].eq(left)
        if not one.any():
            raise KeyError((left, right))
        return {str(name): value for name, value in pairs[one].iloc[0].items()}

    def _value(self, party: str, name: str) -> str:
        value: Any = self.parties.loc[party, name] if name in self.parties else None
        return "" if pd.isna(value) else str(value)


def find_duplicates(
    parties: pd.DataFrame,
    *,
    fields: Sequence[Field] = PARTY,
    twins: float = 0.05,
    least: float = LEAST,
    train: bool = False,
    seed: int = 7,
    database: Any = None,
    language: Language | None = None,
) -> Duplicates:
    """Which suppliers (or customers) are in the list twice, how sure is that, and why?

    - `parties`: one row a party, the index its id; a column for each field. What a party lacks counts neither for
      nor against; a column that is missing altogether is the same as one full of gaps.
    - `twins`: how many further entries of firms already in the list are expected, as a share of the list.
    - `least`: pairs less probable than this are left out.
    - `train`: learn from these parties how often true and chance pairs come near (expectation maximisation, with a
      sample drawn by `seed`), instead of the agreed worth.
    - `database`: where Splink works; a DuckDB in memory by default. Give `splink.DuckDBAPI("file.db")` for lists
      larger than memory, or a `SparkAPI` where the list is on a cluster.
    - `language`: in which the reasons are told and the review asks, "en" or "zh"; by default the one that is spoken.

    SrmkitError where the extra `duplicates` is not installed, or two parties have one id.

    >>> firms = pd.DataFrame({"name": ["Dornau Guss GmbH", "DORNAU-GUSS G.m.b.H.", "Velmau AG"],
    ...                       "tax_id": ["DE 123456789", "DE123456789", "DE987654321"]}, index=["S1", "S2", "S3"])
    >>> found = find_duplicates(firms)
    >>> found.pairs[["left", "right"]].values.tolist(), found.pairs["why"].iloc[0]
    ([['S1', 'S2']], 'name: same but for legal form and writing (+12.6 bits); tax number: same (+19.7 bits)')
    """
    _refuse_repeated(parties)
    fields = tuple(fields)
    index = pd.Index([str(name) for name in parties.index], name="party")
    known = parties.set_axis(index)
    least_bits = _bits(least)
    linked = link(_parts(known, fields), fields, twins=twins * 2, least_bits=least_bits, train=train, seed=seed,
                  database=database)
    pairs = _in_order(linked.pairs, known)
    with speaking(language or spoken()):
        return Duplicates(_told(pairs, known, fields), known, fields, linked.start_bits, linked.compared, train)


def _chance(probability: float) -> str:
    """Never quite certain: it is a model's word."""
    if probability > 0.999:
        return say("chance over {share:.1%}", share=0.999)
    return say("chance {share:.1%}", share=max(probability, 0.001))


def _refuse_repeated(parties: pd.DataFrame) -> None:
    ids = pd.Index([str(name) for name in parties.index])
    again = ids[ids.duplicated()].unique()
    if len(again):
        shown = ", ".join(map(repr, again[:5]))
        raise SrmkitError("search for duplicates", [
            Problem("the ids of the parties", "must be different", f"{shown} more than once",
                    "Give each row an id of its own.")])


def _bits(probability: float) -> float:
    return log2(probability / (1 - probability)) if 0 < probability < 1 else -1e9


def _parts(parties: pd.DataFrame, fields: Sequence[Field]) -> pd.DataFrame:
    """The parts that are compared; what has no letter or digit left is a gap."""
    columns = {}
    for item in fields:
        raw = parties[item.name] if item.name in parties else pd.Series(None, index=parties.index, dtype=object)
        words = raw.astype(object).where(raw.notna(), None)
        for part, clean in item.comparison.parts.items():
            made = [clean(str(word)) or None if word is not None else None for word in words]
            columns[f"{item.name}_{part}"] = pd.Series(made, index=parties.index, dtype=pd.StringDtype())
    return pd.DataFrame(columns, index=parties.index)


def _in_order(pairs: pd.DataFrame, parties: pd.DataFrame) -> pd.DataFrame:
    """Left before right as in the list, the most probable pair first: no order of rows in a database shows."""
    place = pd.Series(range(len(parties)), index=parties.index)
    swapped = (pairs["left"].map(place) > pairs["right"].map(place)).to_numpy(dtype=bool)
    left, right = pairs["left"].where(~swapped, pairs["right"]), pairs["right"].where(~swapped, pairs["left"])
    found = pairs.assign(left=left, right=right, _rank=-pairs["bits"].round(6), _one=left.map(place),
                         _other=right.map(place))
    found = found.sort_values(["_rank", "_one", "_other"], ignore_index=True)
    return found.drop(columns=["_rank", "_one", "_other"])


def _told(pairs: pd.DataFrame, parties: pd.DataFrame, fields: Sequence[Field]) -> pd.DataFrame:
    names = parties[fields[0].name] if fields[0].name in parties else pd.Series(parties.index, index=parties.index)
    told = pairs.assign(
        left_name=pairs["left"].map(names), right_name=pairs["right"].map(names),
        probability=1 / (1 + 2.0 ** -pairs["bits"]), decision=OPEN, why=_why(pairs, fields),
    )
    rest = [name for name in told.columns if name not in _SUMMARY]
    return told[[*_SUMMARY, *rest]]


def _why(pairs: pd.DataFrame, fields: Sequence[Field]) -> pd.Series:
    """The fields known on both sides, from what speaks most for it to what speaks most against it."""
    said = []
    for row in pairs.to_dict("records"):
        known = [item for item in fields if row[f"level_{item.name}"] != UNKNOWN]
        known = sorted(known, key=lambda item: -abs(row[f"bits_{item.name}"])) if len(known) > len(PARTY) else known
        said.append(say("; ").join(
            say("{field}: {finding} ({bits:+.1f} bits)", field=say(item.label),
                finding=_finding(item, int(row[f"level_{item.name}"])), bits=row[f"bits_{item.name}"])
            for item in known
        ))
    return pd.Series(said, index=pairs.index, dtype=object)


def _finding(item: Field, level: int) -> str:
    return say("one of the two has none") if level == UNKNOWN else say(item.comparison.levels[level].says)

