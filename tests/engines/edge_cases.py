"""A small company in which everything that engines may see differently happens."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pandas as pd

from srmkit.tables import CATALOGUE, Dataset, read_frames

FIRST, DAYS = dt.date(2024, 1, 1), 900  # a leap day, the turn of two years
SUPPLIERS = ["foo & Co", "O'Brien \"Ltd\"", "Müller\\Söhne", "供应商", "S 5", "idle", "one line"]
ITEMS = [f"I{number}" for number in range(8)]
WAYS = [[], [1.0], [1.0], [0.5, 0.5], [0.1, 0.2, 0.7], [1.0, 1.0], [2.0], [0.99], [1 / 3] * 3]
CUSTOMERS = ["Fink & f", "C'2", "客户", "C4", "idle"]


def edge_cases() -> Dataset:
    """The company, the same every time."""
    rng = np.random.default_rng(7)
    lines = _order_lines(rng)
    receipts = _receipts(rng, lines)
    tables = {
        "suppliers": _rows("suppliers", [
            {"supplier_id": name, "name": f" {name} ", "active": place % 2 == 0 if place else None,
             "preferred": place == 3,
             "annual_sales": [None, 0.0, 1e6, 12_345.67][place % 4]} for place, name in enumerate(SUPPLIERS)
        ]),
        "items": _rows("items", [
            {"item_id": name, "name": name, "category": [None, "Castings", "Seals", "Seals"][place % 4],
             "standard_price": [None, 0.0, 9.99, 1 / 3][place // 2]} for place, name in enumerate(ITEMS)
        ]),
        "item_sources": _rows("item_sources", [
            {"item_id": item, "supplier_id": supplier, "qualified": [True, False, None][int(rng.integers(3))],
             "lead_time_days": [None, 0.0, 7.0, 21.5][int(rng.integers(4))],
             "standard_price": [None, 0.0, 10.1][int(rng.integers(3))]}
            for item in ITEMS for supplier in SUPPLIERS if rng.random() < 0.5
        ]),
        "purchase_order_lines": lines,
        "receipts": receipts,
        "inspections": _inspections(rng, receipts),
        "invoices": _invoices(rng, lines),
        "supplier_ratings": _ratings(rng, "supplier_ratings", "supplier_id", SUPPLIERS),
        "category_ratings": _ratings(rng, "category_ratings", "category", ["Castings", "Seals"]),
        "account_ratings": _ratings(rng, "account_ratings", "customer_id", CUSTOMERS),
        "certificates": _rows("certificates", [
            {"supplier_id": name, "certificate": "ISO 9001", "valid_from": None if place % 2 else _day(800),
             "valid_until": _day(840 + 20 * place)} for place, name in enumerate(SUPPLIERS)
        ]),
        "contracts": _rows("contracts", [
            {"contract_id": f"K{number}", "supplier_id": SUPPLIERS[number % 3], "start_date": _day(100 * number),
             "end_date": _day(100 * number + 250)} for number in range(7)
        ]),
        "tickets": _tickets(rng),
        "customers": _rows("customers", [
            {"customer_id": name, "name": name, "customer_since": [None, _day(-400), _day(2000)][place % 3],
             "purchase_potential": [None, 0.0, 1.0, 1e6][place % 4], "willing": [True, None, False][place % 3]}
            for place, name in enumerate(CUSTOMERS)
        ]),
        "products": _rows("products", [
            {"product_id": f"A{number}", "name": "a product", "product_line": [None, "pumps", "valves"][number % 3]}
            for number in range(5)
        ]),
        "sales_order_lines": _sales(rng),
        "service_costs": _rows("service_costs", [
            {"service_id": f"E{number}", "customer_id": CUSTOMERS[number % 3], "service_date": _any_day(rng),
             "cost": round(float(rng.exponential(90)), 2)} for number in range(40)
        ]),
        "sales_invoices": _sales_invoices(rng),
        "opportunities": _opportunities(rng),
        "contacts": _rows("contacts", [
            {"contact_id": f"P{number}", "our_person": f"we{number % 4}", "role": "customer",
             "party_id": CUSTOMERS[number % 4], "strength": [None, 0, 1, 2, 4][number % 5]} for number in range(30)
        ]),
    }
    return read_frames(tables, name="edge cases", currency="EUR")


def _order_lines(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for number in range(420):
        order = int(rng.integers(0, DAYS))
        rows.append({
            "po_id": f"P{number // 3}", "line_id": str(number % 3),
            "supplier_id": SUPPLIERS[(number // 3) % 5] if number else "one line",
            "item_id": ITEMS[int(rng.integers(len(ITEMS)))], "order_date": _day(order),
            "promised_date": None if rng.random() < 0.05 else _day(order + int(rng.integers(-2, 60))),
            "ordered_quantity": [0.0, 0.3, 1 / 3, 1e-3, 7.0, 12_500.0, float(rng.integers(90))][int(rng.integers(7))],
            "unit_price": [0.0, 9.99, 1 / 3, round(float(rng.lognormal(3, 1)), 2)][int(rng.integers(4))],
            "status": [None, "open", "closed", "closed", "closed", "cancelled"][int(rng.integers(6))],
            "order_total": None if rng.random() < 0.2 else round(float(rng.lognormal(5, 1)), 2),
        })
    return _rows("purchase_order_lines", rows)


def _receipts(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    """In parts, on one day twice, too much, too little, too early, before the order, years later, never."""
    rows = []
    for line in lines.to_dict("records"):
        wanted, day = line["ordered_quantity"], line["promised_date"] or line["order_date"]
        parts = WAYS[int(rng.integers(len(WAYS)))]
        same_day = rng.random() < 0.3
        arrival = day + dt.timedelta(int(rng.choice([-400, -9, -3, -1, 0, 0, 0, 0, 1, 2, 30, 500])))
        for place, part in enumerate(parts):
            when = arrival + dt.timedelta(0 if same_day else 2 * place)
            rows.append({"po_id": line["po_id"], "line_id": line["line_id"], "receipt_date": when,
                         "received_quantity": wanted * part})
    rows += [{"po_id": "unknown", "line_id": "9", "receipt_date": _day(870), "received_quantity": 5.0}]
    return _rows("receipts", [{"receipt_id": f"R{place}", **row} for place, row in enumerate(rows)])


def _inspections(rng: np.random.Generator, receipts: pd.DataFrame) -> pd.DataFrame:
    some = receipts[rng.random(len(receipts)) < 0.4]
    looked = np.where(rng.random(len(some)) < 0.2, 0.0, some["received_quantity"])
    found = np.where(rng.random(len(some)) < 0.7, 0.0, rng.integers(0, 9, len(some)).astype(float))
    return _rows("inspections", [
        {"receipt_id": one, "inspected_quantity": units, "rejected_quantity": bad}
        for one, units, bad in zip(some["receipt_id"], looked, found, strict=True)
    ])


def _invoices(rng: np.random.Generator, lines: pd.DataFrame) -> pd.DataFrame:
    """In parts, twice, credited, dearer, for another's order, for none; several on one day."""
    rows = []
    for line in lines.to_dict("records"):
        day = line["order_date"] + dt.timedelta(int(rng.integers(10, 80)))
        for part in [[], [1.0], [1.0], [0.6, 0.4], [1.0, 1.0], [1.0, -1.0], [1.02]][int(rng.integers(7))]:
            whose = line["supplier_id"] if rng.random() < 0.95 else SUPPLIERS[int(rng.integers(5))]
            known = rng.random() < 0.95
            rows.append({
                "po_id": line["po_id"] if known else None, "line_id": line["line_id"] if known else None,
                "supplier_id": whose, "invoice_date": day + dt.timedelta(int(rng.integers(0, 3))),
                "quantity": line["ordered_quantity"] * part,
                "unit_price": line["unit_price"] * [1.0, 1.0, 1.02, 1.0201, 0.9][int(rng.integers(5))],
            })
    return _rows("invoices", [{"invoice_id": f"V{place}", **row} for place, row in enumerate(rows)])


def _ratings(rng: np.random.Generator, table: str, key: str, rated: list[str]) -> pd.DataFrame:
    rows = [
        {key: one, "criterion": criterion, "rater": rater, "rating": float(rng.integers(1, 6)),
         "rated_on": None if rng.random() < 0.3 else _any_day(rng)}
        for one in rated for criterion in ("trust", "spend") for rater in ("Ann", "Bo", "Cem") if rng.random() < 0.6
    ]
    return _rows(table, rows)


def _tickets(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for number in range(160):
        role = "supplier" if number % 2 else "customer"
        opened = _any_day(rng)
        waited = [None, 0, 1, 3, 3, 9, 400, -2][int(rng.integers(8))]
        rows.append({
            "ticket_id": f"T{number}", "role": role,
            "party_id": SUPPLIERS[number % 5] if role == "supplier" else CUSTOMERS[number % 4], "opened_date": opened,
            "answered_date": None if waited is None else opened + dt.timedelta(waited),
            "hours": None if rng.random() < 0.2 else round(float(rng.exponential(2)), 1),
        })
    return _rows("tickets", rows)


def _sales(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for number in range(500):
        order = int(rng.integers(0, DAYS))
        units = float(rng.integers(-3, 20))
        due = None if rng.random() < 0.1 else order + int(rng.integers(0, 30))
        late = [None, 0, 0, 0, 1, -1, 400][int(rng.integers(7))]
        rows.append({
            "order_id": f"O{number // 2}", "line_id": str(number % 2), "customer_id": CUSTOMERS[(number // 2) % 4],
            "product_id": None if rng.random() < 0.1 else f"A{int(rng.integers(6))}", "order_date": _day(order),
            "due_date": None if due is None else _day(due),
            "ship_date": None if due is None or late is None else _day(due + late), "quantity": units,
            "revenue": round(units * float(rng.lognormal(3, 1)), 2),
            "cost": None if rng.random() < 0.1 else round(units * 7.7, 2),
        })
    return _rows("sales_order_lines", rows)


def _sales_invoices(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for number in range(200):
        day = _any_day(rng)
        paid = [None, 20, 30, 31, 90, 700][int(rng.integers(6))]
        rows.append({
            "invoice_id": f"F{number}", "customer_id": CUSTOMERS[number % 4], "invoice_date": day,
            "due_date": day + dt.timedelta(30), "paid_date": None if paid is None else day + dt.timedelta(paid),
            "amount": round(float(rng.normal(500, 400)), 2),
        })
    return _rows("sales_invoices", rows)


def _opportunities(rng: np.random.Generator) -> pd.DataFrame:
    rows = []
    for number in range(60):
        day, status = _any_day(rng), ["open", "won", "lost"][number % 3]
        closed = None if status == "open" else day + dt.timedelta(int(rng.integers(0, 200)))
        rows.append({"opportunity_id": f"X{number}", "customer_id": CUSTOMERS[number % 4], "created_date": day,
                     "closed_date": closed, "status": status, "amount": round(float(rng.lognormal(8, 1)), 2)})
    return _rows("opportunities", rows)


def _day(number: int) -> dt.date:
    return FIRST + dt.timedelta(number)


def _any_day(rng: np.random.Generator) -> dt.date:
    return _day(int(rng.integers(0, DAYS)))


def _rows(table: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=[column.name for column in CATALOGUE[table].columns], dtype=object)
