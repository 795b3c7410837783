"""What became of one column: values, cells that could not be read, and the rules that were used."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import pandas as pd

from srmkit.tables.cells import TEXT, Cells, Mask


@dataclass(frozen=True)
class Converted:
    """A column in its final type.

    `cells` has a gap where there is nothing or nothing readable; `wrong` says for the unreadable ones why
    (indexed by row); `rules` says which rule handled which cells; `imputed` marks stand-ins.
    """

    cells: Cells
    wrong: Cells = field(default_factory=lambda: pd.Series(dtype=TEXT))
    rules: Mapping[str, Mask] = field(default_factory=dict)
    imputed: Mask | None = None

    def only(self, rows: pd.Index) -> Converted:
        """The same column for some of its rows."""
        return Converted(
            self.cells.loc[rows],
            self.wrong[self.wrong.index.isin(rows)],
            used_rules({rule: mask.loc[rows] for rule, mask in self.rules.items()}),
            None if self.imputed is None else self.imputed.loc[rows],
        )


def reasons(rows: Mask, reason: str) -> Cells:
    """The same reason for every row that the mask marks."""
    return pd.Series(reason, index=rows.index[rows], dtype=TEXT)


def used_rules(rules: Mapping[str, Mask]) -> dict[str, Mask]:
    """Only the rules that handled at least one cell."""
    return {rule: mask for rule, mask in rules.items() if mask.any()}
