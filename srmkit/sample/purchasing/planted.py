"""Which firms carry the facts that are planted in the sample for tests and lessons to find."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from srmkit.sample.streams import stream

ON_TIME_BEFORE, ON_TIME_AFTER = 0.97, 0.40


@dataclass(frozen=True)
class Planted:
    """Firms by number: twice in the books, cold to us, collapsing, inactive but ordered from, gone."""

    duplicated: tuple[int, ...]
    nuisance: int
    collapsing: int
    inactive: tuple[int, ...]
    gone: tuple[int, ...]

    def applied(self, firms: pd.DataFrame) -> pd.DataFrame:
        """The firms with the traits the plan gives them."""
        table = firms.copy()
        cold = ["attractiveness", "willingness", "capability", "dependence"]
        table.loc[self.nuisance, cold] = [0.06, 0.15, 0.82, 0.0015]
        table.loc[self.collapsing, ["late_rate", "early_rate", "short_rate"]] = [1 - ON_TIME_BEFORE, 0.0, 0.0]
        return table


def planted(seed: int, firms: pd.DataFrame, duplicates: int) -> Planted:
    """Picks the firms: large ones where money must be at stake, small ones where nobody looked."""
    rng = stream(seed, "latent:planted")
    large = firms.sort_values("spend", ascending=False)
    strategic = large.index[large["segment"].eq("strategic")]
    leverage = large.index[large["segment"].eq("leverage")]
    middle = rng.choice(leverage[3:13], duplicates, replace=False)
    trifles = large.index[large["segment"].eq("non-critical")]
    inactive = rng.choice(trifles[len(trifles) // 4 : len(trifles) // 2], 2, replace=False)
    gone = rng.choice(trifles[len(trifles) // 2 :], 3, replace=False)
    return Planted(
        duplicated=tuple(int(firm) for firm in sorted(middle)),
        nuisance=int(strategic[1]),
        collapsing=int(leverage[1]),
        inactive=tuple(int(firm) for firm in inactive),
        gone=tuple(int(firm) for firm in gone),
    )
