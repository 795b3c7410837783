"""The canonical tables: what each column means, its unit, and where its values come from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

Kind = Literal["id", "text", "number", "money", "whole", "date", "flag"]
Source = Literal["measured", "audited", "judged", "imputed"]


@dataclass(frozen=True)
class Column:
    """One column: its kind, unit and meaning; `required` columns may have no gap."""

    name: str
    kind: Kind
    meaning: str
    unit: str = ""
    required: bool = False
    source: Source = "measured"
    choices: tuple[str, ...] = ()
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Table:
    """One canonical table: its key, its columns, and the date that puts a row into a period."""

    name: str
    meaning: str
    key: tuple[str, ...]
    columns: tuple[Column, ...]
    date_basis: str = ""
    parents: Mapping[str, str] = field(default_factory=dict)  # own column -> table whose key it is

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where the table has none."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)

    @property
    def required(self) -> tuple[str, ...]:
        """Names of the columns that must be there, without gaps."""
        return tuple(column.name for column in self.columns if column.required)


def _id(name: str, meaning: str, *, required: bool = True) -> Column:
    return Column(name, "id", meaning, required=required)


def _day(name: str, meaning: str, *, required: bool = False) -> Column:
    return Column(name, "date", meaning, unit="day", required=required)


def _quantity(name: str, meaning: str, *, required: bool = True, low: float | None = 0) -> Column:
    return Column(name, "number", meaning, unit="units", required=required, low=low)


def _money(name: str, meaning: str, *, required: bool = False, low: float | None = 0) -> Column:
    return Column(name, "money", meaning, unit="currency", required=required, low=low)


RELATIONSHIPS = ("transactional", "ongoing", "partnership", "strategic alliance", "backward integration")
LIFECYCLE = ("apply", "register", "qualify", "evaluate", "segment", "risk", "improve", "exit")
STAGES = ("exploratory", "basic", "cooperative", "interdependent", "integrated")

# what tells one firm from another, beside its name; suppliers and customers have the same
_IDENTITY = (
    Column("address", "text", "street, postcode and town of the seat"),
    Column("tax_id", "text", "tax or company registration number"),
    Column("domain", "text", "web or mail domain"),
    Column("phone", "text", "telephone number"),
    _id("parent_id", "number, in this table, of the firm it belongs to; a gap means none that we know", required=False),
)

_TABLES = (
    Table(
        "suppliers",
        "One row a supplier.",
        ("supplier_id",),
        (
            _id("supplier_id", "our number of the supplier"),
            Column("name", "text", "registered name", required=True),
            Column("country", "text", "ISO 3166 alpha-2 code of the seat"),
            Column("active", "flag", "may still receive orders"),
            Column("preferred", "flag", "on the preferred list"),
            Column("owner", "text", "our relationship owner; a gap means nobody"),
            Column("current_relationship", "text", "how we run the relationship today", source="judged",
                   choices=RELATIONSHIPS),
            _money("annual_sales", "the supplier's own yearly sales; our spend over it is our weight"),
            *_IDENTITY,
        ),
    ),
    Table(
        "items",
        "One row a purchased item.",
        ("item_id",),
        (
            _id("item_id", "our number of the item"),
            Column("name", "text", "what it is", required=True),
            Column("category", "text", "purchasing category"),
            _money("standard_price", "agreed price of one unit, against which paid prices are compared"),
            Column("unit", "text", "unit in which it is bought, such as piece or kg"),
        ),
    ),
    Table(
        "item_sources",
        "One row a supplier able to deliver an item.",
        ("item_id", "supplier_id"),
        (
            _id("item_id", "item"),
            _id("supplier_id", "supplier"),
            Column("qualified", "flag", "passed our qualification for this item", source="audited"),
            Column("lead_time_days", "number", "promised lead time", unit="days", low=0),
            _money("standard_price", "agreed price of one unit at this supplier"),
        ),
        parents={"item_id": "items", "supplier_id": "suppliers"},
    ),
    Table(
        "purchase_order_lines",
        "One row a line of a purchase order.",
        ("po_id", "line_id"),
        (
            _id("po_id", "purchase order"),
            _id("line_id", "line within the order"),
            _id("supplier_id", "who was asked to deliver"),
            _id("item_id", "what was ordered"),
            _day("order_date", "day of the order", required=True),
            _day("promised_date", "day for which the supplier confirmed delivery"),
            _quantity("ordered_quantity", "units ordered; 0 means the line was cancelled"),
            _money("unit_price", "price of one unit", required=True),
            Column("status", "text", "state of the order", choices=("open", "closed", "cancelled")),
            Column("currency", "text", "ISO 4217 code"),
            _money("freight", "freight charged for the line"),
            _money("order_total", "total of the order with tax and freight, repeated on each of its lines"),
            Column("unit", "text", "unit of quantity and price on this line; a gap means that of the item"),
        ),
        date_basis="order_date",
        parents={"supplier_id": "suppliers", "item_id": "items"},
    ),
    Table(
        "receipts",
        "One row a delivery against an order line; a line may have several.",
        ("receipt_id",),
        (
            _id("receipt_id", "receipt"),
            _id("po_id", "purchase order"),
            _id("line_id", "line within the order"),
            _day("receipt_date", "day the goods arrived"),
            _quantity("received_quantity", "units that arrived"),
        ),
        date_basis="receipt_date",
    ),
    Table(
        "inspections",
        "One row an inspected receipt.",
        ("receipt_id",),
        (
            _id("receipt_id", "receipt"),
            _quantity("inspected_quantity", "units looked at"),
            _quantity("rejected_quantity", "units refused"),
        ),
        parents={"receipt_id": "receipts"},
    ),
    Table(
        "invoices",
        "One row an invoice line of a supplier.",
        ("invoice_id",),
        (
            _id("invoice_id", "invoice line"),
            _id("po_id", "purchase order", required=False),
            _id("line_id", "line within the order", required=False),
            _id("supplier_id", "who charged"),
            _day("invoice_date", "day of the invoice", required=True),
            _day("due_date", "day payment was due"),
            _day("paid_date", "day we paid; a gap means open"),
            _quantity("quantity", "units charged", low=None),
            _money("unit_price", "price of one unit charged", required=True),
        ),
        date_basis="invoice_date",
        parents={"supplier_id": "suppliers"},
    ),
    Table(
        "supplier_ratings",
        "One row a judgement of one rater on one supplier.",
        ("supplier_id", "criterion", "rater"),
        (
            _id("supplier_id", "supplier"),
            Column("criterion", "text", "what was judged", required=True),
            Column("rater", "text", "who judged", required=True),
            Column("rating", "number", "1 (worst) to 5 (best)", unit="points", required=True, source="judged",
                   low=1, high=5),
            _day("rated_on", "day of the judgement"),
        ),
        date_basis="rated_on",
        parents={"supplier_id": "suppliers"},
    ),
    Table(
        "category_ratings",
        "One row a judgement of one rater on one purchasing category.",
        ("category", "criterion", "rater"),
        (
            Column("category", "text", "purchasing category", required=True),
            Column("criterion", "text", "what was judged", required=True),
            Column("rater", "text", "who judged", required=True),
            Column("rating", "number", "1 (low) to 5 (high)", unit="points", required=True, source="judged",
                   low=1, high=5),
            _day("rated_on", "day of the judgement"),
        ),
        date_basis="rated_on",
    ),
    Table(
        "certificates",
        "One row a certificate of a supplier.",
        ("supplier_id", "certificate"),
        (
            _id("supplier_id", "supplier"),
            Column("certificate", "text", "standard, such as ISO 9001", required=True, source="audited"),
            _day("valid_from", "first day of validity"),
            _day("valid_until", "last day of validity", required=True),
        ),
        date_basis="valid_until",
        parents={"supplier_id": "suppliers"},
    ),
    Table(
        "contracts",
        "One row a contract with a supplier.",
        ("contract_id",),
        (
            _id("contract_id", "contract"),
            _id("supplier_id", "supplier"),
            _day("start_date", "first day", required=True),
            _day("end_date", "last day", required=True),
            Column("notice_days", "whole", "days of notice", unit="days", low=0),
            Column("auto_renew", "flag", "goes on for a year unless notice is given"),
            _money("annual_value", "agreed yearly value"),
        ),
        date_basis="end_date",
        parents={"supplier_id": "suppliers"},
    ),
    Table(
        "supplier_states",
        "One row a state of its life with us that a supplier entered.",
        ("supplier_id", "state", "entered_date"),
        (
            _id("supplier_id", "supplier"),
            Column("state", "text", "state entered, in this order", required=True, choices=LIFECYCLE),
            _day("entered_date", "day it was entered", required=True),
        ),
        date_basis="entered_date",
        parents={"supplier_id": "suppliers"},
    ),
    Table(
        "department_figures",
        "One row a fact about a supplier as one of our departments has it in its own books.",
        ("supplier_id", "figure", "department"),
        (
            _id("supplier_id", "supplier"),
            Column("figure", "text", "what is stated, such as payment terms", required=True),
            Column("department", "text", "whose books", required=True),
            Column("value", "text", "what they say: a number or a word", required=True),
            Column("unit", "text", "unit of the number, such as days, % or an ISO 4217 code"),
            _day("as_of", "day of the entry"),
        ),
        date_basis="as_of",
        parents={"supplier_id": "suppliers"},
    ),
    Table(
        "tickets",
        "One row a request, complaint or question of or to a party.",
        ("ticket_id",),
        (
            _id("ticket_id", "ticket"),
            Column("role", "text", "which side the party is on", required=True,
                   choices=("supplier", "customer")),
            _id("party_id", "supplier_id or customer_id"),
            Column("topic", "text", "what it is about"),
            _day("opened_date", "day it was opened", required=True),
            _day("answered_date", "day of the first answer; a gap means still open"),
            Column("hours", "number", "hours of our people spent on it", unit="hours", low=0),
        ),
        date_basis="opened_date",
    ),
    Table(
        "contacts",
        "One row a pair of people who know each other across the border between two companies.",
        ("contact_id", "our_person"),
        (
            _id("contact_id", "person at the other company"),
            _id("our_person", "our person"),
            Column("role", "text", "which side the other company is on", required=True,
                   choices=("supplier", "customer")),
            _id("party_id", "supplier_id or customer_id"),
            Column("function", "text", "department of the person at the other company"),
            Column("level", "text", "seniority", choices=("executive", "manager", "specialist")),
            Column("strength", "whole", "0 (knows the name) to 4 (trusted)", unit="points", source="judged",
                   low=0, high=4),
        ),
    ),
    Table(
        "market_prices",
        "One row a published price of a commodity.",
        ("series_id", "price_date"),
        (
            _id("series_id", "series of prices, such as COPPER"),
            _day("price_date", "first day for which the price holds", required=True),
            _money("price", "published price of one unit", required=True),
            Column("name", "text", "what it is the price of"),
            Column("unit", "text", "currency and unit, such as $/mt"),
        ),
        date_basis="price_date",
    ),
    Table(
        "customers",
        "One row a customer (account).",
        ("customer_id",),
        (
            _id("customer_id", "our number of the customer"),
            Column("name", "text", "registered name", required=True),
            Column("segment", "text", "market segment"),
            Column("country", "text", "ISO 3166 alpha-2 code of the seat"),
            Column("active", "flag", "may still order"),
            Column("owner", "text", "our account owner; a gap means nobody"),
            Column("customer_since", "date", "day of the first business", unit="day"),
            _money("purchase_potential", "what the customer buys a year, from all, of what we sell"),
            Column("willing", "flag", "the customer wants a key-account relationship", source="judged"),
            Column("relationship_stage", "text", "stage of the relationship", source="judged",
                   choices=STAGES),
            Column("reason_tag", "text", "why we would serve it beyond its numbers", source="judged",
                   choices=("door opener", "reference", "inspiration")),
            *_IDENTITY,
        ),
    ),
    Table(
        "products",
        "One row a product we sell.",
        ("product_id",),
        (
            _id("product_id", "our number of the product"),
            Column("name", "text", "what it is", required=True),
            Column("product_line", "text", "product line"),
        ),
    ),
    Table(
        "sales_order_lines",
        "One row a line of a sales order.",
        ("order_id", "line_id"),
        (
            _id("order_id", "sales order"),
            _id("line_id", "line within the order"),
            _id("customer_id", "who bought"),
            _id("product_id", "what was bought", required=False),
            _day("order_date", "day of the order", required=True),
            _day("due_date", "day we promised delivery"),
            _day("ship_date", "day we shipped; a gap means not shipped"),
            _quantity("quantity", "units sold; negative for returns", low=None),
            _money("revenue", "net revenue of the line", required=True, low=None),
            _money("cost", "cost of goods of the line", low=None),
        ),
        date_basis="order_date",
        parents={"customer_id": "customers"},
    ),
    Table(
        "service_costs",
        "One row a cost of serving a customer that is not cost of goods.",
        ("service_id",),
        (
            _id("service_id", "entry"),
            _id("customer_id", "customer"),
            _day("service_date", "day of the cost", required=True),
            Column("activity", "text", "visits, expediting, returns, credit notes and the like"),
            _money("cost", "cost of the activity", required=True),
        ),
        date_basis="service_date",
        parents={"customer_id": "customers"},
    ),
    Table(
        "sales_invoices",
        "One row an invoice to a customer.",
        ("invoice_id",),
        (
            _id("invoice_id", "invoice"),
            _id("customer_id", "customer"),
            _day("invoice_date", "day of the invoice", required=True),
            _day("due_date", "day payment was due", required=True),
            _day("paid_date", "day it was paid; a gap means open"),
            _money("amount", "amount charged", required=True, low=None),
        ),
        date_basis="invoice_date",
        parents={"customer_id": "customers"},
    ),
    Table(
        "opportunities",
        "One row a sales opportunity.",
        ("opportunity_id",),
        (
            _id("opportunity_id", "opportunity"),
            _id("customer_id", "customer"),
            _day("created_date", "day it was opened", required=True),
            _day("closed_date", "day it was won or lost; a gap means open"),
            Column("status", "text", "state", required=True, choices=("open", "won", "lost")),
            _money("amount", "value if won", required=True),
        ),
        date_basis="created_date",
        parents={"customer_id": "customers"},
    ),
    Table(
        "account_ratings",
        "One row a judgement of one rater on one customer.",
        ("customer_id", "criterion", "rater"),
        (
            _id("customer_id", "customer"),
            Column("criterion", "text", "what was judged", required=True),
            Column("rater", "text", "who judged", required=True),
            Column("rating", "number", "1 (worst) to 5 (best)", unit="points", required=True, source="judged",
                   low=1, high=5),
            _day("rated_on", "day of the judgement"),
        ),
        date_basis="rated_on",
        parents={"customer_id": "customers"},
    ),
)

CATALOGUE: Mapping[str, Table] = {table.name: table for table in _TABLES}
