"""Two customers with the same numbers: one is given copies of everything the other has."""

from __future__ import annotations

import pandas as pd


def with_twin(table: pd.DataFrame, twins: tuple[str, str], *, key: str = "customer_id") -> pd.DataFrame:
    """The table with the rows of the second twin replaced by copies of the rows of the first."""
    first, second = twins
    copies = table[table[key].eq(first)].assign(**{key: second})
    copies[key] = copies[key].astype(table[key].dtype)
    return pd.concat([table[table[key].ne(second)], copies], ignore_index=True)


def twin_figures(figures: pd.DataFrame, twins: tuple[str, str]) -> pd.DataFrame:
    """Figures with those of the first twin for the second as well."""
    first, second = twins
    copied = figures.copy()
    copied.loc[second] = figures.loc[first]
    return copied
