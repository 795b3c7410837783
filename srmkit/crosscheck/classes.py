"""Ordered classes, and what each but the last asks for on every criterion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.bands import TOLERANCE
from srmkit.crosscheck.judged import Floats, Judged
from srmkit.errors import Problems
from srmkit.scoring.measured import listed


@dataclass(frozen=True)
class Classes:
    """Names of the classes, best first, and the profile (class x criterion) that each but the last asks for."""

    names: tuple[str, ...]
    profiles: Floats

    @classmethod
    def of(cls, profiles: pd.DataFrame, otherwise: str, judged: Judged, problems: Problems) -> Classes:
        """Classes by their profiles, aligned by criterion; raises `problems` with everything that is wrong."""
        names = (*map(str, profiles.index), otherwise)
        if len(set(names)) < len(names):
            problems.add("classes", "must differ", found=", ".join(names))
        if profiles.empty:
            problems.add("profiles", "are empty", todo="Give each class but the last the least it asks for.")
        asked, known = (listed(map(str, index), most=20) for index in (profiles.columns, judged.criteria))
        if sorted(map(str, profiles.columns)) != sorted(map(str, judged.criteria)):
            problems.add("profiles", "must have the criteria of the values", found=asked,
                         todo=f"Criteria are: {known}.")
        problems.raise_if_any()
        numbers = profiles[judged.criteria].apply(pd.to_numeric, errors="coerce")
        levels: Floats = numbers.to_numpy(dtype=float, na_value=np.nan)
        if np.isnan(levels).any():
            problems.add("profiles", "must hold a number for each class and criterion")
        for name, worse, rises in zip(names, names[1:], levels[1:] > levels[:-1] + TOLERANCE, strict=False):
            for criterion in judged.criteria[rises]:
                problems.add(f"'{worse}'", f"asks for more of '{criterion}' than '{name}'",
                             todo="Write the best class first; each further one asks for no more.")
        problems.raise_if_any()
        return cls(names, levels)

    def named(self, codes: NDArray[np.integer], candidates: pd.Index) -> pd.Series[Any]:
        """The classes of these codes (0 is the best), ordered best first as grades are."""
        grades = pd.Categorical.from_codes(codes.tolist(), categories=pd.Index(self.names), ordered=True)
        return pd.Series(grades, index=candidates, name="grade")

    def by_profile(self, columns: list[Floats], candidates: pd.Index) -> pd.DataFrame:
        """One column for each class that has a profile."""
        return pd.DataFrame(dict(zip(self.names, columns, strict=False)), index=candidates)
