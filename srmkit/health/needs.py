"""What each decision needs of the data, and how much of it is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import copy
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TypeAlias

import pandas as pd

from srmkit.health.counts import known
from srmkit.health.coverage import months_of
from srmkit.health.gates import FACTS
from srmkit.health.variation import HARDLY, LEAST, LINE
from srmkit.language import marked
from srmkit.metrics import Period
from srmkit.tables import Dataset
from srmkit.tables.engine import Table, literal_day, row

Counted: TypeAlias = tuple[int, int]  # how many have it, of how many that should
VARIES = 1 - HARDLY


class Facts:
    """The data of one period, as the needs ask for them; each part is read when first asked for, and kept.

    `differences` and `orders` are what `variation` and `oddities` found; `twins` are the parties in pairs that wait for
    a decision, by side.
    """

    def __init__(self, data: Dataset, period: Period, differences: pd.DataFrame, orders: pd.DataFrame) -> None:
        self.data, self.period = data, period
        self.differences, self.orders = differences, orders
        self.twins: Mapping[str, frozenset[str]] = {}
        self._counted: dict[Callable[[Facts], Counted], Counted] = {}

    def counted(self, need: Need) -> Counted:
        """How many meet a need, of how many: kept, unless it is about pairs, which the copies of `with_twins` have each
        their own."""
        if need.of_pairs:
            return need.counts(self)
        if need.counts not in self._counted:
            self._counted[need.counts] = need.counts(self)
        return self._counted[need.counts]

    def with_twins(self, twins: Mapping[str, frozenset[str]]) -> Facts:
        """The same facts, with these parties waiting for a decision."""
        _ = self.suppliers, self.customers  # read once for all copies
        facts = copy(self)
        facts.twins = twins
        return facts

    @cached_property
    def lines(self) -> Table | None:
        """Purchase order lines of the period, those of 0 units left out; None where there are none at all."""
        lines = self._of_period("purchase_order_lines", "order_date")
        return None if lines is None else lines.filter(row.ordered_quantity != 0)

    @cached_property
    def sales(self) -> Table | None:
        """Sales order lines of the period."""
        return self._of_period("sales_order_lines", "order_date")

    @cached_property
    def invoices(self) -> Table | None:
        """Invoices of suppliers in the period."""
        return self._of_period("invoices", "invoice_date")

    @cached_property
    def suppliers(self) -> set[str]:
        """Suppliers with orders in the period."""
        return self.values(self.lines, "supplier_id")

    @cached_property
    def customers(self) -> set[str]:
        """Customers with orders in the period."""
        return self.values(self.sales, "customer_id")

    @cached_property
    def varying(self) -> dict[tuple[str, str], Counted]:
        """By difference and table: values off the most frequent one, of all values."""
        return {(row["figure"], row["table"]): (round(row["values"] * (1 - row["most_frequent"])), int(row["values"]))
                for row in self.differences.to_dict("records") if row["values"]}

    @cached_property
    def wrong_order(self) -> pd.Series:
        """Rows with days in an impossible order, by table."""
        return self.orders.groupby("table").size()

    def table(self, name: str) -> Table | None:
        """A table of any period; None where it is not there."""
        return self.data[name] if self.data.has(name) else None

    def count(self, rows: Table | None) -> int:
        """How many rows there are."""
        return 0 if rows is None else int(self.data.collect(rows.agg(rows=row.count()))["rows"].iloc[0])

    def values(self, rows: Table | None, column: str) -> set[str]:
        """The different values of a column; a gap is none."""
        if rows is None:
            return set()
        return set(self.data.collect(rows.select(column).distinct())[column].dropna())

    def _of_period(self, name: str, day: str) -> Table | None:
        rows = self.table(name)
        return None if rows is None else rows.filter(self.period.holds(row[day]))


@dataclass(frozen=True)
class Need:
    """Something a decision needs: whether it can do without, what is counted, and what to do where it lacks.

    `bar` is the share that is enough; None leaves it to the settings. `of_pairs` says that pairs waiting for a decision
    are counted.
    """

    says: str
    counts: Callable[[Facts], Counted]
    remedy: str
    essential: bool = True
    bar: float | None = None
    least: int = 1
    of_pairs: bool = False


@dataclass(frozen=True)
class Decision:
    """A decision, as the traffic light names it."""

    name: str
    label: str
    needs: tuple[Need, ...]


def _filled(part: str, *columns: str) -> Callable[[Facts], Counted]:
    def count(facts: Facts) -> Counted:
        rows: Table | None = getattr(facts, part)
        return (0, 0) if rows is None else (facts.count(known(rows, *columns)), facts.count(rows))

    return count


def _varies(difference: str, table: str) -> Callable[[Facts], Counted]:
    return lambda facts: facts.varying.get((difference, table), (0, 0))


def _months(part: str) -> Callable[[Facts], Counted]:
    def count(facts: Facts) -> Counted:
        months = set(months_of(facts.period).to_period("M"))
        rows: Table | None = getattr(facts, part)
        if rows is None:
            return 0, len(months)
        day = row.order_date
        found = facts.data.collect(rows.group_by(year=day.year(), month=day.month()).agg(rows=row.count())).dropna()
        there = {pd.Period(year=int(year), month=int(month), freq="M")
                 for year, month in zip(found["year"], found["month"], strict=True)}
        return len(there & months), len(months)

    return count


def _of(part: str, name: str, key: str, *columns: str, role: str = "") -> Callable[[Facts], Counted]:
    """Parties with orders that the table knows, with all of these columns."""
    def count(facts: Facts) -> Counted:
        wanted: set[str] = getattr(facts, part)
        rows = facts.table(name)
        if rows is None:
            return 0, len(wanted)
        there = known(rows.filter(row.role == role) if role else rows, *columns)
        return len(wanted & facts.values(there, key)), len(wanted)

    return count


def _of_those(facts: Facts, rows: Table | None, others: Table | None, *by: str) -> Counted:
    """Rows that have their like among others, of all rows."""
    if rows is None:
        return 0, 0
    return 0 if others is None else facts.count(rows.semi_join(others, list(by))), facts.count(rows)


def _in_categories(facts: Facts) -> Counted:
    items = facts.table("items")
    return _of_those(facts, facts.lines, None if items is None else known(items, "category"), "item_id")


def _bought(facts: Facts) -> set[str]:
    """Categories with orders."""
    items = facts.table("items")
    if items is None or facts.lines is None:
        return set()
    return facts.values(items.semi_join(facts.lines, "item_id"), "category")


def _categories_rated(facts: Facts) -> Counted:
    bought, ratings = _bought(facts), facts.table("category_ratings")
    if ratings is None:
        return 0, len(bought)
    raters = ratings.group_by("category").agg(raters=row.rater.nunique())
    return len(bought & facts.values(raters.filter(row.raters >= 2), "category")), len(bought)


def _sources(facts: Facts) -> Counted:
    bought = None if facts.lines is None else facts.lines.select("item_id").distinct()
    return _of_those(facts, bought, facts.table("item_sources"), "item_id")


def _delivered(facts: Facts) -> Counted:
    due = None if facts.lines is None else facts.lines.filter(row.promised_date <= literal_day(facts.period.end))
    receipts = facts.table("receipts")
    return _of_those(facts, due, None if receipts is None else known(receipts, "receipt_date"), *LINE)


def _inspected(facts: Facts) -> Counted:
    receipts = facts.table("receipts")
    inside = None if receipts is None else receipts.filter(facts.period.holds(row.receipt_date))
    return _of_those(facts, inside, facts.table("inspections"), "receipt_id")


def _in_order(name: str) -> Callable[[Facts], Counted]:
    def count(facts: Facts) -> Counted:
        rows = facts.count(facts.table(name))
        return max(rows - int(facts.wrong_order.get(name, 0)), 0), rows

    return count


def _once(part: str, role: str) -> Callable[[Facts], Counted]:
    """Parties with orders that are in no pair waiting for a decision; nothing to count where nobody looked."""
    def count(facts: Facts) -> Counted:
        wanted: set[str] = getattr(facts, part)
        if role not in facts.twins:
            return 0, 0
        return len(wanted - facts.twins[role]), len(wanted)

    return count


def _invoices_linked(facts: Facts) -> Counted:
    return _of_those(facts, facts.invoices, facts.table("purchase_order_lines"), *LINE)


def _categories(facts: Facts) -> Counted:
    """Categories with orders: all of them count, how many there must be is the need's to say."""
    bought = _bought(facts)
    return len(bought), len(bought)


def _contracts(facts: Facts) -> Counted:
    contracts = facts.table("contracts")
    if contracts is None:
        return 0, 0
    return facts.count(known(contracts, "end_date", "notice_days")), facts.count(contracts)


ORDERS = marked("Read the order lines, with price and quantity.")
DATES = marked("Have buyers confirm a date for every line.")
RECEIPTS = marked("Read the receipts, with the day the goods arrived.")
TWINS = marked("Decide the pairs on the review list.")

_PRICED = Need(marked("order lines with price and quantity"),
               _filled("lines", "unit_price", "ordered_quantity"), ORDERS)
_NAMED = Need(marked("order lines in a named category"), _in_categories, marked("Name the category of each item."))
_BUYING = Need(marked("months with orders"), _months("lines"), marked("Read the missing months, or look at fewer."))
_SOLD = Need(marked("sales lines with revenue"), _filled("sales", "revenue"), marked("Read the sales order lines."))
_SELLING = Need(marked("months with sales"), _months("sales"), marked("Read the missing months, or look at fewer."))
_COST = marked("Read the cost of goods of each sales line.")

_RATED = Need(marked("categories judged by two raters or more"), _categories_rated,
              marked("Have a second person judge each category."), essential=False)
_TWO = 2  # categories from which weights can change who stands above whom

DECISIONS: tuple[Decision, ...] = (
    Decision("supplier_segmentation", marked("supplier segmentation"), (
        _PRICED, _BUYING, replace(_NAMED, essential=False),
        _RATED,
        Need(marked("suppliers judged"), _of("suppliers", "supplier_ratings", "supplier_id"),
             marked("Have buyers judge the suppliers they know."), essential=False),
        Need(marked("suppliers whose own sales are known"),
             _of("suppliers", "suppliers", "supplier_id", "annual_sales"),
             marked("Look the sales up: they say how much we matter."), essential=False),
        Need(marked("items with their possible sources"), _sources, marked("Read the source list."), essential=False),
        Need(marked("suppliers that are in the list once"), _once("suppliers", "supplier"), TWINS, essential=False,
             of_pairs=True),
    )),
    Decision("supplier_scorecard", marked("supplier scorecard"), (
        Need(marked("order lines with a promised date"), _filled("lines", "promised_date"), DATES),
        Need(marked("lines due that have a receipt"), _delivered, RECEIPTS),
        Need(marked("delivery dates that vary"), _varies("delivery", "receipts"),
             marked("Find the day of arrival: the dates read are copies of the promise."), bar=VARIES, least=LEAST),
        Need(marked("receipts with days in a possible order"), _in_order("receipts"),
             marked("Correct the days listed."), essential=False, bar=0.98),
        Need(marked("receipts inspected"), _inspected, marked("Read the inspections."), essential=False),
        Need(marked("prices that vary"), _varies("price", "purchase_order_lines"),
             marked("Read the prices paid, not those of the list."), essential=False, bar=VARIES, least=LEAST),
    )),
    Decision("criteria_weights", marked("weights of criteria"), (
        _PRICED, _NAMED,
        Need(marked("two categories or more to compare"), _categories,
             marked("Read the orders and items of more categories."), least=_TWO),
        replace(_BUYING, essential=False), _RATED,
    )),
    Decision("spend_profile", marked("spend profile"), (
        _PRICED, _NAMED, _BUYING,
        Need(marked("suppliers that are in the list once"), _once("suppliers", "supplier"), TWINS, essential=False,
             bar=0.98, of_pairs=True),
    )),
    Decision("supplier_risk", marked("supplier risk and gates"), (
        Need(marked("suppliers with all registration facts"), _of("suppliers", "suppliers", "supplier_id", *FACTS),
             marked("Ask for the facts that are missing before the next order.")),
        Need(marked("suppliers with a certificate on record"), _of("suppliers", "certificates", "supplier_id"),
             marked("Collect the certificates.")),
        Need(marked("suppliers whose state is known"), _of("suppliers", "supplier_states", "supplier_id"),
             marked("Note how far each supplier has come."), essential=False),
        Need(marked("lead times that vary"), _varies("lead_time", "receipts"), RECEIPTS, essential=False, bar=VARIES,
             least=LEAST),
    )),
    Decision("contracts", marked("contracts and renewals"), (
        Need(marked("contracts with an end and a notice"), _contracts, marked("Read the contracts.")),
        Need(marked("suppliers with a contract on record"), _of("suppliers", "contracts", "supplier_id"),
             marked("Look for the contracts of the others."), essential=False),
    )),
    Decision("settlement", marked("invoices and settlement"), (
        Need(marked("invoices that name their order line"), _invoices_linked, marked("Match invoices to order lines.")),
        Need(marked("invoices with the day they were due"), _filled("invoices", "due_date"),
             marked("Read the terms of payment.")),
        Need(marked("days of payment that vary"), _varies("paid", "invoices"),
             marked("Read the day of payment, not that on which it was due."), essential=False, bar=VARIES,
             least=LEAST),
    )),
    Decision("account_selection", marked("account selection"), (
        _SOLD, _SELLING,
        Need(marked("sales lines with their cost"), _filled("sales", "cost"), _COST, essential=False),
        Need(marked("customers judged"), _of("customers", "account_ratings", "customer_id"),
             marked("Have owners judge the accounts that could be key."), essential=False),
        Need(marked("customers whose potential is known"),
             _of("customers", "customers", "customer_id", "purchase_potential"),
             marked("Estimate what each customer buys from all."), essential=False),
        Need(marked("customers with contacts"), _of("customers", "contacts", "party_id", role="customer"),
             marked("Read the contacts."), essential=False),
        Need(marked("customers that are in the list once"), _once("customers", "customer"), TWINS, essential=False,
             of_pairs=True),
    )),
    Decision("customer_value", marked("customer value"), (
        _SOLD, _SELLING,
        Need(marked("sales lines with their cost"), _filled("sales", "cost"), _COST),
        Need(marked("margins that vary"), _varies("margin", "sales_order_lines"), _COST, bar=VARIES, least=LEAST),
        Need(marked("customers with a cost to serve"), _of("customers", "service_costs", "customer_id"),
             marked("Read what serving them costs."), essential=False),
    )),
)
