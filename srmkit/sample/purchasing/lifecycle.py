"""How far each supplier has come with us: apply, register, qualify, evaluate, segment, risk, improve or exit."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from srmkit.sample.purchasing.days import from_number, to_number
from srmkit.sample.purchasing.market import Market
from srmkit.sample.streams import stream
from srmkit.tables.catalogue import LIFECYCLE

# median days in each state before the next (assumption)
DAYS = {"apply": 12, "register": 20, "qualify": 55, "evaluate": 80, "segment": 30}
STUCK = (("register", 400), ("qualify", 380), ("evaluate", 310), ("segment", 290), ("improve", 540))
IMPROVING, LATEST = 0.12, 150  # share now in an improvement plan, and for how many days at most
UNKNOWN, SKIPPED = 3, 2


def supplier_states(market: Market) -> tuple[pd.DataFrame, dict[str, Any]]:
    """The table of states; who is stuck in one, who skipped the qualification, and who has none."""
    rng = stream(market.settings.seed, "supplier_states")
    order = rng.permutation(market.suppliers.index[~market.idle].to_numpy())
    stuck = dict(zip(order, STUCK, strict=False))
    rest = order[len(STUCK) :]
    unknown, skipped = set(rest[:UNKNOWN]), set(rest[UNKNOWN : UNKNOWN + SKIPPED])
    rows: list[tuple[str, str, int]] = []
    for supplier, idle in market.idle.items():
        days = rng.lognormal(0.0, 0.35, len(DAYS)) * np.array(list(DAYS.values()))
        improving, since = rng.random() < IMPROVING, int(rng.integers(10, LATEST))
        began = int(rng.integers(500, 2400))
        if supplier in unknown:
            continue
        last, ago = stuck.get(str(supplier), ("exit", 60) if idle else ("improve", since) if improving else ("risk", 0))
        rows += _life(str(supplier), _path(last, supplier in skipped), np.round(days).astype(int), began, ago)
    table = pd.DataFrame(rows, columns=["supplier_id", "state", "ago"])
    table["entered_date"] = from_number(to_number(market.settings.last_day) - table["ago"])
    place = table["state"].map(LIFECYCLE.index)
    table = table.assign(place=place).sort_values(["supplier_id", "place"], ignore_index=True)
    found = {
        "stuck_suppliers": sorted([str(supplier), state] for supplier, (state, _) in stuck.items()),
        "skipped_qualification": sorted(map(str, skipped)),
        "without_state": sorted(map(str, unknown)),
    }
    return table, found


def _path(last: str, skips: bool) -> list[str]:
    """The states up to the last one; who left was not improved first."""
    path = [state for state in LIFECYCLE[: LIFECYCLE.index(last) + 1] if state != "improve" or last == "improve"]
    return [state for state in path if not (skips and state == "qualify" and last != "qualify")]


def _life(
    supplier: str, path: list[str], days: np.ndarray, began: int, ago: int
) -> list[tuple[str, str, int]]:
    """Days ago at which each state was entered; the last one `ago` days, where that is given."""
    spent = np.concatenate([[0], days.cumsum()])
    entered = [int(spent[min(LIFECYCLE.index(state), len(days))]) for state in path]
    start = ago + entered[-1] + (5 if path[-1] in ("improve", "exit") else 0) if ago else began
    moments = [start - passed for passed in entered]
    if ago:
        moments[-1] = ago
    return [(supplier, state, moment) for state, moment in zip(path, moments, strict=True)]
