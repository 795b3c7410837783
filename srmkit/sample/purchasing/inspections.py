"""Incoming inspection: most receipts are looked at, rejects come in bad lots."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.traits import REJECT_MEAN
from srmkit.sample.streams import stream

INSPECTED = 0.6
BAD_LOTS = 0.064  # share of lines with rejects at a supplier of the usual reject rate


def inspections(market: Market, lines: pd.DataFrame, receipts: pd.DataFrame) -> pd.DataFrame:
    """The table of inspections; a service is inspected like goods, by what came of it."""
    rng = stream(market.settings.seed, "inspections")
    known = receipts.merge(lines[["po_id", "line_id", "supplier_id"]], on=["po_id", "line_id"])
    last = ~known.duplicated("supplier_id", keep="last")  # nobody stays without a record
    looked = known[last | (rng.random(len(known)) < INSPECTED)]
    rate = market.suppliers["reject_rate"].loc[looked["supplier_id"]].to_numpy()
    units = looked["received_quantity"].to_numpy()
    bad = rng.random(len(looked)) < np.minimum(BAD_LOTS * rate / REJECT_MEAN, 0.9)
    share_of_lot = rng.beta(2.0, 2.0 * (BAD_LOTS / REJECT_MEAN - 1), len(looked))
    rejected = np.where(bad, np.clip(np.round(units * share_of_lot), 1, units), 0.0)
    return pd.DataFrame(
        {
            "receipt_id": looked["receipt_id"].to_numpy(),
            "inspected_quantity": units,
            "rejected_quantity": rejected,
        }
    )
