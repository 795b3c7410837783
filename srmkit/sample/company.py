"""The sample company: both sides of its books, and the truth behind them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pandas as pd

from srmkit.sample.canonical import canonical
from srmkit.sample.purchasing import purchasing
from srmkit.sample.sales import sales
from srmkit.sample.settings import SampleSettings
from srmkit.tables.catalogue import CATALOGUE

BOTH_SIDES = ("tickets", "contacts")


@dataclass(frozen=True)
class Company:
    """Tables of a generated company and what is true of it.

    - `tables`: canonical tables by name; of a messy company the cells of its exports, as text.
    - `truth`: what was drawn and planted: `settings`, `purchasing`, `sales`, and `mess` where there is any.
    - `mess`: level of the mess, 0 for none.
    """

    settings: SampleSettings
    tables: Mapping[str, pd.DataFrame]
    truth: Mapping[str, Any]
    mess: int = 0


def make_company(settings: SampleSettings | None = None, *, mess: int = 0) -> Company:
    """The company of these settings; the same settings give the same company.

    `mess` from 1 to 3 gives its tables as bad exports show them (see `srmkit.sample.mess`). SrmkitError for a
    company too small for its planted facts, or an unknown level of mess.
    """
    from srmkit.sample.mess import messy

    chosen = SampleSettings() if settings is None else settings
    bought, behind_suppliers = purchasing(chosen)
    sold, behind_customers = sales(chosen)
    found = {**bought, **sold}
    for name in BOTH_SIDES:
        found[name] = pd.concat([bought[name], sold[name]], ignore_index=True)
    truth = {"settings": _parameters(chosen), **behind_suppliers, **behind_customers}
    company = Company(
        chosen, {name: canonical(found[name], name) for name in CATALOGUE if name in found}, truth
    )
    return messy(company, mess) if mess else company


def _parameters(settings: SampleSettings) -> dict[str, Any]:
    return {**asdict(settings), "last_day": settings.last_day.isoformat()}
