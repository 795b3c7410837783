"""What purchasing, finance and quality each have in their own books about a supplier."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.orders import SPEND_A_YEAR
from srmkit.sample.streams import stream

KNOWN = 45  # the largest suppliers, about whom every department has something
TERMS = (14, 30, 45, 60)
OTHER_TERMS = {14: 30, 30: 60, 45: 30, 60: 30}


def department_figures(market: Market) -> tuple[pd.DataFrame, dict[str, list[list[str]]]]:
    """The table of figures by department, and where the departments disagree, in value or in unit."""
    rng = stream(market.settings.seed, "department_figures")
    large = market.suppliers.sort_values("spend", ascending=False, kind="stable").head(KNOWN)
    terms, noise = rng.choice(TERMS, KNOWN), rng.uniform(-0.008, 0.008, KNOWN)
    picked = rng.permutation(KNOWN)
    other_terms, other_spend, other_country, other_unit = picked[:3], picked[3:5], picked[5:6], picked[6:8]
    age = rng.integers(5, 200, (KNOWN, 3))
    rows: list[tuple[object, ...]] = []
    for place, (supplier, firm) in enumerate(large.iterrows()):
        spend = firm["spend"] * SPEND_A_YEAR
        wrong = 1.3 if place in other_spend else 1 + noise[place]
        finance_terms = OTHER_TERMS[int(terms[place])] if place in other_terms else terms[place]
        country = {"DE": "AT"}.get(firm["country"], "DE") if place in other_country else firm["country"]
        rate = 100 * firm["reject_rate"]
        finance = (f"{1e4 * rate:.0f}", "ppm") if place in other_unit else (f"{rate:.2f}", "%")
        said = (
            ("payment terms", "purchasing", f"{terms[place]}", "days"),
            ("payment terms", "finance", f"{finance_terms}", "days"),
            ("yearly spend", "purchasing", f"{spend:.0f}", market.settings.currency),
            ("yearly spend", "finance", f"{spend * wrong:.0f}", market.settings.currency),
            ("country", "purchasing", firm["country"], None),
            ("country", "finance", country, None),
            ("reject rate", "purchasing", f"{rate:.2f}", "%"),
            ("reject rate", "quality", *finance),
        )
        rows += [(supplier, *entry, age[place, ("purchasing", "finance", "quality").index(entry[1])]) for entry in said]
    table = pd.DataFrame(rows, columns=["supplier_id", "figure", "department", "value", "unit", "age"])
    days = pd.to_timedelta(table["age"].astype("int64"), unit="D")
    table["as_of"] = (pd.Timestamp(market.settings.last_day) - days).astype("datetime64[ns]")
    return table.sort_values(["supplier_id", "figure", "department"], ignore_index=True), {
        "department_conflicts": sorted(
            [str(large.index[place]), figure]
            for figure, places in (
                ("payment terms", other_terms), ("yearly spend", other_spend), ("country", other_country))
            for place in np.asarray(places)
        ),
        "department_units": sorted([str(large.index[place]), "reject rate"] for place in other_unit),
    }
