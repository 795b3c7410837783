"""Named steps over a number: which grade is this score?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from srmkit.errors import Problems
from srmkit.language import say

if TYPE_CHECKING:  # loaded where used: grades of plain arrays need no tables
    import pandas as pd

# a score built from sums may miss a cut by the last digits of a float
TOLERANCE = 1e-9

THEMES: dict[str, tuple[str, ...]] = {
    "medals": ("gold", "silver", "bronze"),
    "league": ("premier", "first division", "second division"),
    "cabin": ("first", "club", "economy"),
    "abc": ("A", "B", "C"),
}


@dataclass(frozen=True)
class Bands:
    """Grades, best first, and the least value that each but the last one asks for (descending).

    A value on a cut belongs to the higher grade. `relative` says that the cuts were taken from the
    values at hand, so that a newcomer may move anyone; agreed cuts move nobody.

    Raises SrmkitError for repeated names, too few or too many cuts, and cuts that do not descend.

    >>> import pandas as pd
    >>> grades = Bands(("gold", "silver", "bronze"), (75, 50))
    >>> grades.of(pd.Series({"Alba": 85.0, "Dahl": 75.0, "Eck": 12.5})).to_dict()
    {'Alba': 'gold', 'Dahl': 'gold', 'Eck': 'bronze'}
    """

    names: tuple[str, ...]
    cuts: tuple[float, ...]
    relative: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "cuts", tuple(float(cut) for cut in self.cuts))
        problems = Problems("bands")
        _check_names(self.names, problems)
        if len(self.cuts) != len(self.names) - 1:
            problems.add("cuts", f"must be {len(self.names) - 1}, one fewer than the grades",
                         found=str(len(self.cuts)), todo="The last grade takes whatever is left.")
        if not _descending(self.cuts, strictly=not self.relative):
            problems.add("cuts", "must descend, best grade first", found=_numbers(self.cuts),
                         todo="Write the highest cut first, each only once.")
        problems.raise_if_any()

    def codes(self, values: ArrayLike) -> NDArray[np.int8]:
        """Place of each value's grade among `names` (0 is the best), any shape; -1 for no value."""
        numbers = np.asarray(values, dtype=float)
        codes = np.zeros(numbers.shape, dtype=np.int8)
        for cut in self.cuts:
            codes += numbers < cut - TOLERANCE
        return np.where(np.isnan(numbers), np.int8(-1), codes).astype(np.int8)

    def of(self, values: pd.Series[Any]) -> pd.Series[Any]:
        """Grade of each value, ordered best first; a gap where there is no value."""
        import pandas as pd

        codes = self.codes(values.to_numpy(dtype=float, na_value=np.nan))
        grades = pd.Categorical.from_codes(codes.tolist(), categories=pd.Index(self.names), ordered=True)
        return pd.Series(grades, index=values.index, name="grade")

    @classmethod
    def by_quantiles(cls, values: pd.Series[Any], names: Sequence[str], shares: Sequence[float]) -> Bands:
        """Bands that give the best share of the values the first grade, the next share the second, and so on.

        `shares` has one entry a grade and sums to 1. Equals always share the better grade.

        >>> import pandas as pd
        >>> Bands.by_quantiles(pd.Series([90.0, 70.0, 50.0, 30.0]), ("A", "B"), (0.25, 0.75)).cuts
        (90.0,)
        """
        problems = Problems("bands by shares")
        if len(shares) != len(names):
            problems.add("shares", f"must be {len(names)}, one a grade", found=str(len(shares)))
        if any(share < 0 for share in shares) or abs(sum(shares) - 1) > TOLERANCE:
            problems.add("shares", "must be 0 or more and sum to 1", found=_numbers(shares))
        problems.raise_if_any()
        best = _best_first(values)
        ends = np.floor(np.cumsum(shares[:-1]) * len(best) + 0.5).astype(int)
        cuts = tuple(float(best[end - 1]) if end else np.inf for end in ends)
        return cls(tuple(names), cuts, relative=True)

    @classmethod
    def by_capacity(cls, values: pd.Series[Any], names: Sequence[str], counts: Sequence[int]) -> Bands:
        """Bands that never hold more than `counts` candidates each; the last grade takes the rest.

        `counts` has one entry for each grade but the last. Where equals compete for too few places,
        none of them gets one: a place stays free rather than a coin being tossed.

        >>> import pandas as pd
        >>> Bands.by_capacity(pd.Series([90.0, 70.0, 70.0, 30.0]), ("gold", "silver"), (2,)).cuts
        (90.0,)
        """
        problems = Problems("bands by capacity")
        if len(counts) != len(names) - 1:
            problems.add("counts", f"must be {len(names) - 1}, one for each grade but the last",
                         found=str(len(counts)))
        if any(count < 0 for count in counts):
            problems.add("counts", "must be 0 or more", found=_numbers(counts))
        problems.raise_if_any()
        best, cuts, start = _best_first(values), [], 0
        for count in counts:
            start = _last_that_fits(best, start, start + count)
            cuts.append(float(best[start - 1]) if start else np.inf)
        return cls(tuple(names), tuple(cuts), relative=True)


def spans(bands: Bands, low: pd.Series[Any], high: pd.Series[Any]) -> pd.Series[Any]:
    """Grades from the highest to the lowest value in words: one name, or 'gold to bronze'; a gap for no value.

    >>> import pandas as pd
    >>> spans(Bands(("A", "B", "C"), (75, 50)), pd.Series([40.0, 80.0]), pd.Series([75.0, 90.0])).tolist()
    ['A to C', 'A']
    """
    import pandas as pd

    best, worst = bands.codes(high.to_numpy(dtype=float)), bands.codes(low.to_numpy(dtype=float))
    words = [
        None if first < 0 or last < 0
        else say(bands.names[first]) if first == last
        else say("{best} to {worst}", best=say(bands.names[first]), worst=say(bands.names[last]))
        for first, last in zip(best.tolist(), worst.tolist(), strict=True)
    ]
    return pd.Series(words, index=low.index, dtype=object, name="grades")


def _last_that_fits(best: NDArray[np.float64], start: int, end: int) -> int:
    """The greatest end up to `end` that does not part equals; `start` where none of them fits."""
    end = min(end, len(best))
    while start < end < len(best) and best[end - 1] - best[end] <= TOLERANCE:
        end -= 1
    return end


def _best_first(values: pd.Series[Any]) -> NDArray[np.float64]:
    numbers = values.to_numpy(dtype=float, na_value=np.nan)
    return np.sort(numbers[~np.isnan(numbers)])[::-1]


def _check_names(names: tuple[str, ...], problems: Problems) -> None:
    if not names:
        problems.add("names", "must hold at least one grade", found="none")
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        problems.add("names", "must differ", found=", ".join(f"'{name}' twice" for name in twice))


def _descending(cuts: Sequence[float], *, strictly: bool) -> bool:
    if any(np.isnan(cuts)):
        return False
    return all(higher > lower if strictly else higher >= lower for higher, lower in pairwise(cuts))


def _numbers(values: Sequence[float]) -> str:
    return ", ".join(f"{value:g}" for value in values) or "none"
