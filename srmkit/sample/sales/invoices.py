"""Invoices to customers and when they were paid."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.sales.customers import not_before
from srmkit.sample.settings import SampleSettings
from srmkit.sample.streams import stream

TERMS = (14, 30, 30, 30, 45, 60)  # days; one a customer


def sales_invoices(lines: pd.DataFrame, figures: pd.DataFrame, settings: SampleSettings) -> pd.DataFrame:
    """One invoice an order, on the day its last line left; unshipped orders have none yet."""
    draw = stream(settings.seed, "sales_invoices")
    orders = lines.groupby(["customer_id", "order"], as_index=False).agg(
        invoice_date=("ship_date", "max"),
        open=("ship_date", lambda days: days.isna().any()),
        amount=("revenue", "sum"),
    )
    orders = orders[~orders["open"].astype(bool)].reset_index(drop=True)
    terms = pd.Series(draw.choice(TERMS, len(figures)), index=figures.index)
    due = orders["invoice_date"] + pd.to_timedelta(orders["customer_id"].map(terms), unit="D")
    delay = orders["customer_id"].map(figures["payment_delay_days"]).to_numpy()
    days = pd.Series(_late(delay, draw), index=orders.index)
    last_year = due > pd.Timestamp(settings.last_day) - pd.DateOffset(years=1)
    days = _to_the_point(days, delay, orders.assign(last_year=last_year))
    paid = due + pd.to_timedelta(days, unit="D")
    paid = not_before(paid, orders["invoice_date"])
    found = orders.assign(due_date=due, paid_date=paid.where(paid <= pd.Timestamp(settings.last_day)))
    found["amount"] = found["amount"].round(2)
    return found[["customer_id", "invoice_date", "due_date", "paid_date", "amount"]]


def _late(mean: np.ndarray, draw: np.random.Generator) -> np.ndarray:
    """Days after (below 0 before) the due day: most in time, some late, so that lateness has that mean."""
    chance = np.clip(0.10 + mean / 45, 0.10, 0.95)
    late = np.round(mean / chance * draw.gamma(4.0, 0.25, len(mean)))
    early = -draw.integers(0, 6, len(mean))
    return np.where(draw.random(len(mean)) < chance, late, early)


def _to_the_point(days: pd.Series, mean: np.ndarray, orders: pd.DataFrame) -> pd.Series:
    """Late days stretched so that their mean, weighted with amounts, is the customer's; early ones stay."""
    amount = orders["amount"].clip(lower=0)
    keys = [orders["customer_id"], orders["last_year"]]
    late = (days.clip(lower=0) * amount).groupby(keys).transform("sum")
    meant = (amount * mean).groupby(keys).transform("sum")
    stretch = (meant / late.where(late > 0)).clip(0.3, 3).fillna(1)
    stretched: pd.Series = (days * stretch).round()
    return stretched.where(days > 0, days)
