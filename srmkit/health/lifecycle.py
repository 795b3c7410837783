"""How far suppliers have come with us, who is stuck, and who was ordered from before being qualified."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from typing import Any

import pandas as pd

from srmkit.language import STATE, day, enumerated, say, word
from srmkit.tables import Dataset
from srmkit.tables.catalogue import LIFECYCLE

AT_REST = ("risk", "exit")  # states in which nobody waits for the next one
ONCE = ("apply", "register", "qualify", "evaluate", "segment")  # states that every supplier passes, in this order


def funnel(data: Dataset, as_of: dt.date) -> pd.DataFrame:
    """One row a state, in order: suppliers that entered it, that are in it now, and the median days in it.

    `median_days` are those of suppliers that went on; `longest_days` of those still in it, up to `as_of`.
    """
    stays = _stays(data, as_of)
    rows = []
    for state in LIFECYCLE:
        here = stays[stays["state"].eq(state)]
        rows.append({
            "state": state, "entered": int(here["supplier_id"].nunique()), "now": int(here["last"].sum()),
            "median_days": here.loc[~here["last"], "days"].median(),
            "longest_days": here.loc[here["last"], "days"].max(),
        })
    return pd.DataFrame(rows)


def stuck(data: Dataset, as_of: dt.date, after_days: int) -> pd.DataFrame:
    """Suppliers that have waited in a state longer than `after_days`, the longest first.

    Being looked after (risk) and having left (exit) are no waiting. Columns: supplier_id, state, since, days,
    following.
    """
    stays = _stays(data, as_of)
    waiting = stays[stays["last"] & ~stays["state"].isin(AT_REST) & (stays["days"] > after_days)]
    following = waiting["state"].map({**dict(pairwise(LIFECYCLE)), "improve": "risk"})
    found = waiting.assign(following=following).rename(columns={"entered_date": "since"})
    found = found.sort_values(["days", "supplier_id"], ascending=[False, True], ignore_index=True)
    return found[["supplier_id", "state", "since", "days", "following"]]


def irregular(data: Dataset, as_of: dt.date) -> pd.DataFrame:
    """Suppliers whose states do not fit: states left out or entered backwards, no state at all, orders too early.

    Columns: supplier_id, what (in words), kind (skipped, backwards, none, ordered_early, ordered_after_exit).
    """
    if not data.has("supplier_states"):
        return pd.DataFrame(columns=["supplier_id", "what", "kind"])
    rows = [*_path_rows(_stays(data, as_of)), *_without(data), *_orders(data)]
    found = pd.DataFrame(rows, columns=["supplier_id", "kind", "what"])
    return found.sort_values(["kind", "supplier_id"], ignore_index=True)[["supplier_id", "what", "kind"]]


def _stays(data: Dataset, as_of: dt.date) -> pd.DataFrame:
    columns = ["supplier_id", "state", "entered_date", "days", "last"]
    if not data.has("supplier_states"):
        return pd.DataFrame(columns=columns).astype({"last": bool, "days": float})
    states = data.frame("supplier_states")
    states = states[states["entered_date"] <= pd.Timestamp(as_of)]
    states = states.assign(_place=states["state"].map(LIFECYCLE.index))
    states = states.sort_values(["supplier_id", "entered_date", "_place"], ignore_index=True)
    following = states.groupby("supplier_id")["entered_date"].shift(-1)
    ends = following.fillna(pd.Timestamp(as_of))
    days = (ends - states["entered_date"]).dt.days.astype(float)
    return states.assign(days=days, last=following.isna())[columns]


def _path_rows(stays: pd.DataFrame) -> list[tuple[str, str, str]]:
    rows = []
    for supplier, group in stays.groupby("supplier_id", sort=True):
        path = list(group["state"])
        passed = [state for state in path if state in ONCE]
        furthest = max(LIFECYCLE.index(state) for state in path if state != "exit") if set(path) != {"exit"} else -1
        skipped = [state for state in ONCE if LIFECYCLE.index(state) < furthest and state not in path]
        if skipped:
            rows.append((str(supplier), "skipped", say("never passed: {states}", states=_in_words(skipped))))
        if passed != sorted(passed, key=LIFECYCLE.index):
            rows.append((str(supplier), "backwards", say("states in this order: {states}",
                                                         states=_in_words(path))))
    return rows


def _in_words(states: list[str]) -> str:
    return enumerated(word(state, STATE) for state in states)


def _without(data: Dataset) -> list[tuple[str, str, str]]:
    known = set(data.frame("supplier_states")["supplier_id"])
    suppliers = data.frame("suppliers")
    active = suppliers[suppliers["active"].fillna(True).astype(bool)]
    return [(str(one), "none", say("no state is known")) for one in active["supplier_id"] if one not in known]


def _orders(data: Dataset) -> list[tuple[str, str, str]]:
    """Suppliers that were ordered from and never came past the qualification, or were so after they left."""
    if not data.has("purchase_order_lines"):
        return []
    lines: Any = data["purchase_order_lines"]
    latest = data.collect(lines.group_by("supplier_id").agg(day=lines.order_date.max())).set_index("supplier_id")["day"]
    rows = []
    for supplier, group in data.frame("supplier_states").groupby("supplier_id", sort=True):
        if supplier not in latest.index:
            continue
        order, states = latest[supplier], group["state"]
        if not states.isin(LIFECYCLE[LIFECYCLE.index("qualify") + 1 : -1]).any():
            rows.append((str(supplier), "ordered_early",
                         say("ordered from on {day} without having passed the qualification", day=day(order.date()))))
        if order > group.loc[states.eq("exit"), "entered_date"].max():
            rows.append((str(supplier), "ordered_after_exit",
                         say("ordered from on {day}, after it left", day=day(order.date()))))
    return rows
