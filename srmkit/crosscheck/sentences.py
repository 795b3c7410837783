"""Cross-checks in words: who agrees, and who would take whom for whom."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pandas as pd

from srmkit.scoring.measured import listed


def sentences(chosen: int, methods: pd.DataFrame, grading: pd.DataFrame) -> Iterator[str]:
    """What the tables of `CrossChecks` say; `chosen` is how many the scorecard puts within the capacity."""
    if "kept" in methods:
        yield _choice(chosen, methods)
    rising = methods["tau_b"].dropna().sort_values(kind="stable")
    if len(rising):
        least, most = (f"{rising.iloc[end]:.2f} ({rising.index[end]})" for end in (0, -1))
        yield f"Kendall's tau-b with the scorecard's order (1 is the same order): least {least}, most {most}."
    for method, row in grading.iterrows():
        yield (f"{method} gives {row['same']:,} of {row.sum():,} the same grade, {row['higher']:,} a higher "
               f"and {row['lower']:,} a lower one.")


def _choice(chosen: int, methods: pd.DataFrame) -> str:
    differs = [_exchange(str(method), row["enters"], row["leaves"])
               for method, row in methods.iterrows() if row["enters"] or row["leaves"]]
    agree = len(methods) - len(differs)
    same = "the same candidate" if chosen == 1 else f"the same {chosen:,} candidates"
    if not differs:
        return f"All {len(methods)} methods choose {same}."
    who = f"{agree} of {len(methods)} methods {'chooses' if agree == 1 else 'choose'}" if agree else (
        f"None of the {len(methods)} methods chooses")
    return f"{who} {same}; {'; '.join(differs)}."


def _exchange(method: str, enters: Sequence[object], leaves: Sequence[object]) -> str:
    come, go = listed(map(str, enters)), listed(map(str, leaves))
    if not leaves:
        return f"{method} would also take {come}"
    return f"{method} would take {come} for {go}" if enters else f"{method} would leave out {go}"
