"""The purchasing side of the sample company: its tables and the truth behind them."""

from __future__ import annotations

import pandas as pd

from srmkit.errors import Problems
from srmkit.sample.purchasing.agreements import certificates, contracts
from srmkit.sample.purchasing.category_opinions import category_ratings
from srmkit.sample.purchasing.departments import department_figures
from srmkit.sample.purchasing.identity import supplier_groups
from srmkit.sample.purchasing.inspections import inspections
from srmkit.sample.purchasing.invoices import invoices
from srmkit.sample.purchasing.items import item_sources, items
from srmkit.sample.purchasing.lifecycle import supplier_states
from srmkit.sample.purchasing.market import market
from srmkit.sample.purchasing.orders import purchase_order_lines
from srmkit.sample.purchasing.people import contacts, tickets
from srmkit.sample.purchasing.receipts import receipts, status
from srmkit.sample.purchasing.supplier_list import suppliers
from srmkit.sample.purchasing.supplier_opinions import supplier_ratings
from srmkit.sample.purchasing.truth import truth
from srmkit.sample.purchasing.units import item_units, line_units
from srmkit.sample.settings import SampleSettings
from srmkit.tables.catalogue import CATALOGUE

LEAST_SUPPLIERS, LEAST_ITEMS = 60, 100


def purchasing(settings: SampleSettings) -> tuple[dict[str, pd.DataFrame], dict[str, object]]:
    """The canonical tables of the purchasing side, and what is true of it under the key "purchasing".

    The truth comes first: categories and suppliers have a place and a nature, and orders, deliveries,
    invoices and ratings are drawn from them. Every table has a random stream of its own. SrmkitError where
    the company is too small to hold 25 categories and the planted facts.

    >>> tables, truth = purchasing(SampleSettings())
    >>> len(tables["suppliers"]), truth["purchasing"]["sole_source_category"]
    (120, 'Permanent magnets')
    """
    _check(settings)
    world = market(settings)
    goods = items(world)
    sources = item_sources(world, goods)
    lines = purchase_order_lines(world, goods, sources)
    delivered = receipts(world, lines)
    lines["status"] = status(world, lines, delivered)
    goods["unit"] = item_units(settings.seed, goods)
    lines["unit"], other_units = line_units(settings.seed, lines, goods)
    charged, duplicates = invoices(world, lines, delivered)
    agreed, renewing = contracts(world)
    certified, expired = certificates(world)
    states, unsteady = supplier_states(world)
    stated, disagreed = department_figures(world)
    tables = {
        "suppliers": suppliers(world, lines),
        "items": goods,
        "item_sources": sources,
        "purchase_order_lines": lines,
        "receipts": delivered,
        "inspections": inspections(world, lines, delivered),
        "invoices": charged,
        "supplier_ratings": supplier_ratings(world),
        "category_ratings": category_ratings(world),
        "certificates": certified,
        "contracts": agreed,
        "supplier_states": states,
        "department_figures": stated,
        "tickets": tickets(world),
        "contacts": contacts(world),
    }
    found = {
        "duplicate_invoices": duplicates,
        "auto_renewing_contract": renewing,
        "expired_certificates": expired,
        "lines_in_another_unit": other_units,
        "supplier_groups": supplier_groups(world),
        **unsteady,
        **disagreed,
    }
    return {name: _canonical(name, table) for name, table in tables.items()}, truth(world, lines, found)


def _check(settings: SampleSettings) -> None:
    problems = Problems("sample company")
    for name, value, least in (
        ("suppliers", settings.suppliers, LEAST_SUPPLIERS),
        ("items", settings.items, LEAST_ITEMS),
        ("years", settings.years, 1),
    ):
        if value < least:
            problems.add(f"'{name}'", "is too small", found=str(value), todo=f"Give {least} or more.")
    problems.raise_if_any()


def _canonical(name: str, table: pd.DataFrame) -> pd.DataFrame:
    columns = [column.name for column in CATALOGUE[name].columns]
    return table[columns].reset_index(drop=True)
