"""How the data came in: what was used, what was set aside and why, what was read by rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from srmkit.language import say

TABLES = ("rows_read", "rows_used", "rows_excluded", "rows_refused")
SET_ASIDE = ("table", "file", "row", "column", "reason", "found", "kind")
COLUMNS = ("table", "column", "source", "gaps", "share_of_gaps", "unit", "imputed", "taken_from")
CONVERSIONS = ("table", "column", "rule", "count", "count_used")
MERGED = ("table", "entry", "name", "kept", "kept_name", "why", "rows")
MONEY = ("table", "column", "currency", "read", "used", "excluded", "refused", "rows_without_amount")


@dataclass(frozen=True)
class DataHealth:
    """The account of one reading: every row and every converted value is in it.

    - `tables`: one row a table: rows read = used + excluded (a rule of the analyst) + refused (unusable).
    - `set_aside`: one row a row set aside, with the row number as the spreadsheet shows it.
    - `columns`: gaps of each column among the rows used; `imputed` counts values that stand in for another.
    - `conversions`: values read by a rule; `count` over all rows read, `count_used` over the rows used.
    - `notes`: what else a reader of the results should know.
    - `money`: one row a money column and currency, as the source writes it and to the cent (`decimal.Decimal`):
      read = used + excluded + refused; `rows_without_amount` have a gap or no number there.
    - `merged`: one row an entry that counts as another: its list (`table`), its id and name, those of the entry that is
      kept, why, and how many `rows` of other tables named it.
    """

    tables: pd.DataFrame
    set_aside: pd.DataFrame
    columns: pd.DataFrame
    conversions: pd.DataFrame
    notes: tuple[str, ...] = ()
    money: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(MONEY)))
    merged: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(MERGED)))

    def reasons(self) -> pd.DataFrame:
        """Why rows were set aside, counted: table, kind, reason, rows; the most frequent first."""
        counted = self.set_aside.groupby(["table", "kind", "reason"], sort=True).size().rename("rows")
        return counted.reset_index().sort_values("rows", ascending=False, kind="stable", ignore_index=True)

    def parts(self) -> Mapping[str, pd.DataFrame]:
        """All of it as named tables, for a workbook."""
        merged = {"Merged": self.merged} if len(self.merged) else {}
        return {
            **merged,
            "Rows read": self.tables,
            "Columns read": self.columns,
            "Values read by rule": self.conversions,
            "Money read": self.money,
            "Rows set aside": self.set_aside,
        }

    def sentence(self) -> str:
        """One sentence for the head of a report."""
        read, used, excluded, refused = (int(self.tables[name].sum()) for name in TABLES)
        return say("{used:,} of {read:,} rows were used; {excluded:,} were excluded by rule and {refused:,} refused as "
                   "unusable.", used=used, read=read, excluded=excluded, refused=refused)


def table_account(counts: Mapping[str, tuple[int, int, int, int]]) -> pd.DataFrame:
    """Rows read, used, excluded and refused per table."""
    index = pd.Index(list(counts), name="table", dtype="str")
    return pd.DataFrame(list(counts.values()), index=index, columns=list(TABLES), dtype="int64")
