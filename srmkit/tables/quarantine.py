"""Rows set aside: each with its place, what was found there and why it cannot be used."""

from __future__ import annotations

from typing import Literal, TypeAlias

import pandas as pd

from srmkit.language import say
from srmkit.tables.cells import Cells, Mask
from srmkit.tables.health import SET_ASIDE

SetAside: TypeAlias = Literal["excluded", "refused"]
_LONGEST = 80


class Quarantine:
    """Collects the rows of one table that are not used.

    A row excluded by a rule of the analyst is never refused on top; a row refused for several reasons is
    listed once, at the first column, with all its reasons.
    """

    def __init__(self, table: str, file: str) -> None:
        self.table = table
        self.file = file
        self._parts: list[pd.DataFrame] = []

    def put(
        self, reason: Cells, *, column: str = "", found: Cells | None = None, kind: SetAside = "refused"
    ) -> None:
        """Set aside the rows that `reason` is indexed by."""
        if reason.empty:
            return
        shown = pd.Series("", index=reason.index) if found is None else found.reindex(reason.index).fillna("")
        part = pd.DataFrame(
            {
                "table": self.table,
                "file": self.file,
                "row": reason.index,
                "column": column,
                "reason": reason.to_numpy(dtype=object),
                "found": shown.astype(str).str.slice(0, _LONGEST).to_numpy(dtype=object),
                "kind": kind,
            }
        )
        self._parts.append(part)

    def frame(self) -> pd.DataFrame:
        """One row for each row set aside, by row number; columns as in `DataHealth.set_aside`."""
        if not self._parts:
            return pd.DataFrame(columns=list(SET_ASIDE), dtype=object)
        listed = pd.concat(self._parts, ignore_index=True)
        excluded = listed.loc[listed["kind"].eq("excluded")].drop_duplicates("row")
        refused = listed.loc[listed["kind"].eq("refused") & ~listed["row"].isin(excluded["row"])]
        every_reason = refused.groupby("row")["reason"].agg(lambda told: say("; ").join(dict.fromkeys(told)))
        refused = refused.drop_duplicates("row")
        refused = refused.assign(reason=refused["row"].map(every_reason))
        return pd.concat([excluded, refused]).sort_values("row", ignore_index=True)

    def rows(self) -> pd.Index:
        """Numbers of all rows set aside."""
        rows: pd.Index = pd.Index([row for part in self._parts for row in part["row"]])
        return rows.unique()

    def rows_at(self, column: str) -> pd.Index:
        """Numbers of the rows set aside for something in that column."""
        parts = (part["row"] for part in self._parts if part["column"].eq(column).all())
        rows: pd.Index = pd.Index([row for part in parts for row in part])
        return rows

    def still_in(self, index: pd.Index) -> Mask:
        """Which rows of the index are not set aside."""
        return pd.Series(~index.isin(self.rows()), index=index)

    def only(self, index: pd.Index) -> Quarantine:
        """The same for a table of which only these rows are kept."""
        kept = Quarantine(self.table, self.file)
        kept._parts = [part.loc[part["row"].isin(index)] for part in self._parts]
        return kept
