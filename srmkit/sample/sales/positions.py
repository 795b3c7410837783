"""Where accounts truly stand: class, attractiveness and strength, before anything is observed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from srmkit.errors import Problem, SrmkitError
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream
from srmkit.tables.cells import TEXT

AXES = ("attractiveness", "strength")
CUT = 50.0
SHARES = {"key": 0.08, "key development": 0.12, "maintenance": 0.25, "opportunistic": 0.55}
LOST, NEW = 0.08, 0.06  # of all accounts: no order in the last year, first order in the last year
SELECTED = 20  # how many accounts a selection takes; the planted tie lies there
MARGIN = 1.3  # points that keep others away from the tie
LEAST = 60


@dataclass(frozen=True)
class Planted:
    """Which accounts carry a planted fact."""

    unprofitable: str
    unwilling: str
    single_threaded: str
    stuck: str
    door_opener: str
    lost_large: str
    twins: tuple[str, str]  # the second is made as a copy of the first

    @property
    def large(self) -> tuple[str, ...]:
        """Accounts that must be large for their fact to matter."""
        return self.unprofitable, self.unwilling, self.single_threaded, self.stuck


def positions(settings: SampleSettings) -> tuple[pd.DataFrame, Planted]:
    """One row an account: class, attractiveness, strength (0 to 100), lost and new; and the planted ones.

    SrmkitError for fewer customers than the planted facts need.
    """
    _check(settings)
    draw = stream(settings.seed, "account positions")
    accounts = pd.DataFrame(
        {"account_class": _classes(settings.customers, draw)}, index=_ids(settings.customers)
    )
    accounts.index.name = "customer_id"
    high_y = accounts["account_class"].isin(["key", "key development"])
    high_x = accounts["account_class"].isin(["key", "maintenance"])
    accounts["attractiveness"] = _points(high_y, draw)
    accounts["strength"] = _points(high_x, draw)
    planted = _planted(accounts)
    accounts = _with_turnover(accounts, planted, draw)
    accounts.loc[planted.door_opener, list(AXES)] = (43.0, 36.0)
    accounts.loc[planted.lost_large, list(AXES)] = (40.0, 40.0)
    large = list(planted.large)
    for axis in AXES:
        points = accounts.loc[large, axis]
        accounts.loc[large, axis] = points.where(points < CUT, points.clip(60, 72))
    return accounts, planted


def _check(settings: SampleSettings) -> None:
    if settings.customers < LEAST:
        todo = f"Make a company with at least {LEAST}: the planted facts need them."
        problem = Problem("'customers'", "are too few", str(settings.customers), todo)
        raise SrmkitError("sample company", [problem])


def _ids(count: int) -> pd.Index:
    return pd.Index([f"C{number:04d}" for number in range(1, count + 1)], dtype=TEXT)


def _classes(count: int, draw: np.random.Generator) -> list[str]:
    numbers = {name: round(share * count) for name, share in SHARES.items()}
    numbers["opportunistic"] += count - sum(numbers.values())
    names = [name for name, number in numbers.items() for _ in range(number)]
    return [names[place] for place in draw.permutation(count)]


def _points(high: pd.Series, draw: np.random.Generator) -> np.ndarray:
    above = CUT + 0.3 + 32 * draw.beta(1.4, 2.2, len(high))
    below = CUT - 0.3 - 36 * draw.beta(1.6, 1.8, len(high))
    return np.where(high, above, below)


def _planted(accounts: pd.DataFrame) -> Planted:
    groups = {name: list(rows) for name, rows in accounts.groupby("account_class").groups.items()}
    unprofitable, unwilling, single, first, second = groups["key"][:5]
    door, lost = groups["opportunistic"][:2]
    return Planted(unprofitable, unwilling, single, groups["key development"][0], door, lost, (first, second))


def _with_turnover(accounts: pd.DataFrame, planted: Planted, draw: np.random.Generator) -> pd.DataFrame:
    minor = accounts.index[accounts["account_class"].eq("opportunistic")].drop(
        [planted.door_opener, planted.lost_large]
    )
    lost, new = round(LOST * len(accounts)), round(NEW * len(accounts))
    chosen = draw.permutation(minor.to_numpy())[: lost + new]
    accounts = accounts.assign(
        lost=accounts.index.isin([*chosen[:lost], planted.lost_large]), new=accounts.index.isin(chosen[lost:])
    )
    # gaps and zeros move these accounts: keep them clear of the cuts
    moved = accounts["lost"] | accounts["new"]
    for axis in AXES:
        accounts[axis] = accounts[axis].mask(moved, accounts[axis].clip(upper=38))
    return accounts


def with_tie(accounts: pd.DataFrame, seen: pd.Series, planted: Planted) -> pd.DataFrame:
    """Twins on places 20 and 21 of those who can be selected, and nobody else close.

    `seen` is the total of each account as an analyst can see it, with the gaps of accounts that nobody rated.
    """
    axes = list(AXES)
    total = seen.drop([*planted.twins, planted.unwilling]).sort_values(ascending=False)
    tie = float(total.iloc[SELECTED - 2 : SELECTED].mean())
    accounts = accounts.copy()
    accounts.loc[list(planted.twins), axes] = tie
    for customer in total.index[(total - tie).abs() < MARGIN]:
        above = total[customer] - tie
        step = MARGIN - above if above >= 0 else -above - MARGIN
        high = [axis for axis in axes if accounts[axis][customer] >= CUT]
        for axis in high:
            accounts[axis] += (accounts.index == customer) * 2 * step / len(high)
    return accounts
