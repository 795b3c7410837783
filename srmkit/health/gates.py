"""Facts and certificates without which no contract should be signed."""

from __future__ import annotations

import datetime as dt

import pandas as pd

from srmkit.language import enumerated, say
from srmkit.tables import Dataset

FACTS = ("name", "country", "address", "tax_id")  # who it is, where it sits, under which number it is registered
EXPIRED, MISSING = "expired", "missing"


def missing_facts(data: Dataset) -> pd.DataFrame:
    """Active suppliers whose registration lacks a fact. Columns: supplier_id, name, missing (the facts), count.

    A fact that the source does not have at all is missing for everybody, and said so once: see `facts_not_there`.
    """
    if not data.has("suppliers"):
        return pd.DataFrame(columns=["supplier_id", "name", "missing", "count"])
    suppliers = _active(data)
    asked = [fact for fact in FACTS if fact not in facts_not_there(data)]
    gaps = suppliers[asked].isna()
    lacking = gaps.any(axis=1)
    said = [enumerated(say(str(fact).replace("_", " ")) for fact, gap in row.items() if gap)
            for row in gaps[lacking].to_dict("records")]
    return pd.DataFrame({
        "supplier_id": suppliers.loc[lacking, "supplier_id"], "name": suppliers.loc[lacking, "name"],
        "missing": said, "count": gaps[lacking].sum(axis=1),
    }).reset_index(drop=True)


def facts_not_there(data: Dataset) -> tuple[str, ...]:
    """Registration facts that no supplier has."""
    return tuple(fact for fact in FACTS if not data.has("suppliers", fact))


def certificate_gates(data: Dataset, as_of: dt.date, required: tuple[str, ...]) -> pd.DataFrame:
    """Certificates of active suppliers that have run out, and required ones that they do not have.

    A certificate counts as run out when its last day lies before `as_of` and no later one of the same standard is
    there. Columns: supplier_id, certificate, state (expired, missing), valid_until, days (since it ran out), required.
    """
    columns = ["supplier_id", "certificate", "state", "valid_until", "days", "required"]
    if not data.has("certificates"):
        return pd.DataFrame(columns=columns)
    active = set(_active(data)["supplier_id"]) if data.has("suppliers") else None
    held = data.frame("certificates").groupby(["supplier_id", "certificate"], as_index=False)["valid_until"].max()
    out = held[held["valid_until"] < pd.Timestamp(as_of)]
    rows = [(row["supplier_id"], row["certificate"], EXPIRED, row["valid_until"],
             (pd.Timestamp(as_of) - row["valid_until"]).days, row["certificate"] in required)
            for row in out.to_dict("records") if active is None or row["supplier_id"] in active]
    have = set(zip(held["supplier_id"], held["certificate"], strict=True))
    rows += [(supplier, name, MISSING, pd.NaT, float("nan"), True)
             for supplier in sorted(active or set(held["supplier_id"])) for name in required
             if (supplier, name) not in have]
    found = pd.DataFrame(rows, columns=columns)
    return found.sort_values(["state", "supplier_id", "certificate"], ignore_index=True)


def _active(data: Dataset) -> pd.DataFrame:
    suppliers = data.frame("suppliers")
    return suppliers[suppliers["active"].fillna(True).astype(bool)]
