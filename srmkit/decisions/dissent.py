"""Where the raters disagree: the judgements whose spread is wide enough to name in a decision."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from srmkit.language import say, say_many
from srmkit.metrics import Metrics

WIDE = 1.0  # points on the scale of 1 to 5


def dissent(metrics: Metrics, criteria: Iterable[str]) -> pd.DataFrame:
    """Judgements on which the raters spread by a point or more: candidate, criterion, mean, raters, spread.

    `spread` is the standard deviation of the raters (points of the scale), widest first. Judgements
    of a single rater have none and are absent.
    """
    found = metrics.evidence.reset_index()
    found = found[found["metric"].isin(list(criteria)) & (found["source"] == "judged") & (found["n"] > 1)]
    spread: pd.Series = found["sd"].astype(float) * found["n"].astype(float) ** 0.5
    table = pd.DataFrame(
        {
            "candidate": found["candidate"],
            "criterion": found["metric"],
            "mean": found["value"].astype(float),
            "raters": found["n"].astype(float),
            "spread": spread,
        }
    )
    wide = table[table["spread"] >= WIDE]
    return wide.sort_values(["spread", "candidate", "criterion"], ascending=[False, True, True], ignore_index=True)


def dissent_sentences(
    table: pd.DataFrame, names: pd.Series, labels: dict[str, str], *, most: int = 3
) -> tuple[str, ...]:
    """The widest disagreements in words, and how many more there are."""
    lines = [
        say("{raters} raters spread by {spread:.1f} points about {mean:.1f} on {criterion} of {who}.",
            raters=int(row["raters"]), spread=row["spread"], mean=row["mean"],
            criterion=labels.get(str(row["criterion"]), row["criterion"]),
            who=names.get(row["candidate"], row["candidate"]))
        for row in table.head(most).to_dict("records")
    ]
    if len(table) > most:
        lines.append(say_many("{count} more judgement spreads by a point or more.",
                              "{count} more judgements spread by a point or more.", len(table) - most))
    return tuple(lines)
