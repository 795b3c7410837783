"""Definitions of the customer metrics."""

from __future__ import annotations

from dataclasses import replace

from srmkit.metrics.definition import Definition
from srmkit.metrics.supplier_definitions import RESPONSE_DAYS, RESPONSE_P50

_NO_SALES = "0 where nothing was ordered; missing without sales order lines in the data"

REVENUE = Definition(
    name="revenue",
    label="revenue",
    unit="currency",
    level="line",
    date_basis="order_date",
    window="",
    population="sales order lines, returns included",
    gaps=_NO_SALES,
    treatment="returns (units below 0) reduce it",
    meaning="Net revenue of the lines ordered in the period.",
    better="higher",
)
REVENUE_SHARE = replace(
    REVENUE,
    name="revenue_share",
    label="share of revenue",
    unit="share",
    gaps="0 where nothing was ordered; missing where nothing at all was sold",
    meaning="Revenue over the revenue of all customers (sums to 1; below 0 where returns exceed sales).",
)
MARGIN = replace(
    REVENUE,
    name="margin",
    label="margin",
    population="sales order lines whose cost is known, returns included",
    gaps="0 where nothing was ordered; missing where no line has a cost",
    meaning="Revenue less cost of goods, of the lines whose cost is known.",
)
MARGIN_RATE = replace(
    MARGIN,
    name="margin_rate",
    label="margin rate",
    unit="share",
    gaps="missing where revenue of lines with a known cost is 0 or less",
    meaning="Margin over the revenue of the same lines; below 0 where goods cost more than they brought.",
)
COST_TO_SERVE = Definition(
    name="cost_to_serve",
    label="cost to serve",
    unit="currency",
    level="entry",
    date_basis="service_date",
    window="",
    population="service costs of the period",
    treatment="costs count on their day, whichever order they belong to",
    gaps="0 where none was noted; missing without service costs in the data",
    meaning="What it cost to serve the customer beside the goods.",
    better="lower",
)
PROFIT = replace(
    MARGIN,
    name="profit",
    label="profit",
    gaps="missing where margin is; without service costs in the data it is the margin (see the notes)",
    meaning="Margin less cost to serve.",
)
PROFIT_RATE = replace(
    PROFIT,
    name="profit_rate",
    label="profit rate",
    unit="share",
    population="sales order lines, returns included; margin of those whose cost is known",
    gaps="missing where revenue is 0 or less, or profit is missing",
    meaning=(
        "Profit over revenue. Where some lines have no cost, the margin rate of the others stands in for theirs, less "
        "cost to serve over revenue."
    ),
)
GROWTH = replace(
    REVENUE,
    name="growth",
    label="growth of revenue",
    unit="share",
    window="the period of the same length just before",
    gaps="missing where revenue before was 0 or less, and for all where the data do not reach back that far",
    meaning="Revenue over revenue of the period before, less 1; -1 is a customer lost.",
)
RECENCY = Definition(
    name="recency_days",
    label="days since last order",
    unit="days",
    level="order",
    date_basis="order_date",
    window="everything up to the period's end",
    population="sales orders, returns left out",
    treatment="returns are no orders; orders after the period are not known yet",
    gaps="missing where the customer never ordered",
    meaning="Days from the last order to the last day of the period.",
    better="lower",
)
FREQUENCY = replace(
    REVENUE,
    name="frequency",
    label="orders",
    unit="orders",
    level="order",
    population="sales orders, returns left out",
    treatment="an order of returns alone is none",
    meaning="Number of different orders in the period.",
    kind="count",
)
TENURE = Definition(
    name="tenure_years",
    label="years as a customer",
    unit="years",
    level="customer",
    date_basis="customer_since, else first order",
    window="up to the period's end",
    population="all customers",
    treatment="the day noted for the customer counts first, else its first order",
    gaps="missing where neither day is known or both lie after the period",
    meaning="Years of 365.25 days since the first business.",
    better="higher",
)
POTENTIAL = Definition(
    name="potential",
    label="purchase potential",
    unit="currency a year",
    level="customer",
    date_basis="",
    window="as the data stand",
    population="all customers",
    treatment="the word of the list of customers, whatever was sold",
    gaps="missing where not noted",
    meaning="What the customer buys a year, from all, of what we sell.",
    source="judged",
    better="higher",
)
SHARE_OF_WALLET = Definition(
    name="share_of_wallet",
    label="share of wallet",
    unit="share",
    level="customer",
    date_basis="order_date",
    window="revenue brought to a year",
    population="customers with a purchase potential",
    treatment="returns reduce the revenue; more than the potential counts as all of it",
    gaps="missing where the potential is unknown or 0",
    meaning="Our revenue a year over the customer's purchase potential, held within 0 to 1.",
    source="judged",
    better="higher",
)
PAYMENT_DELAY = Definition(
    name="payment_delay_days",
    label="days paid late",
    unit="days",
    level="invoice, weighted with amounts",
    date_basis="due_date",
    window="open invoices count to the period's end",
    population="invoices due in the period, credit notes left out",
    treatment="paid early counts as on the day; what is open counts with its delay so far",
    gaps="missing where no invoice was due",
    meaning=(
        "Mean days beyond terms; paid early counts as 0, so that early and late do not cancel. An open "
        "invoice counts with its delay so far, a lower bound."
    ),
    better="lower",
    kind="mean",
)
BREADTH = Definition(
    name="relationship_breadth",
    label="contacts known well",
    unit="people",
    level="contact",
    date_basis="",
    window="as the data stand",
    population="contacts of the customer whose strength is noted",
    treatment="a contact whom several of us know counts once",
    gaps="missing where no contact with a strength is recorded",
    meaning="Different people of the customer whom at least one of us knows with strength 2 or more.",
    source="judged",
    better="higher",
    kind="count",
)
OUR_PEOPLE = replace(
    BREADTH,
    name="our_people",
    treatment="one of ours who knows several contacts counts once",
    label="our people with a tie",
    meaning="Different people of ours who know somebody at the customer with strength 1 or more.",
)
ORDER_VALUE = replace(
    REVENUE,
    name="order_value",
    label="revenue an order",
    unit="currency an order",
    level="order",
    gaps="missing where nothing was ordered",
    meaning="Revenue over the number of different orders: the monetary side of recency, frequency, monetary.",
)
DAYS_SALES_OUTSTANDING = Definition(
    name="dso_days",
    label="days sales outstanding",
    unit="days",
    level="invoice",
    date_basis="invoice_date",
    window="open on the last day of the period, over what was invoiced in it",
    population="invoices up to the period's end",
    gaps="missing where nothing was invoiced in the period",
    treatment="credit notes reduce both",
    meaning=(
        "Open amount over invoiced amount, times the days of the period. It falls when sales rise with nothing "
        "collected: read it with the days paid late."
    ),
    better="lower",
)
RESPONSE = replace(
    RESPONSE_DAYS,
    label="days until we answer",
    population="tickets of the customer opened in the period",
)
RESPONSE_MEDIAN = replace(
    RESPONSE_P50, label="median days until we answer", population="tickets of the customer opened in the period"
)
PRODUCT_LINES = replace(
    REVENUE,
    name="product_lines",
    label="product lines bought",
    unit="product lines",
    level="product line",
    population="sales order lines of more than 0 units whose product is known",
    gaps="0 where nothing was ordered; missing without product lines in the data",
    meaning="Number of different product lines bought.",
    kind="count",
)
OTIF_TO_CUSTOMER = Definition(
    name="otif_to_customer",
    label="shipped on time",
    unit="share",
    level="line",
    date_basis="due_date",
    window="",
    population="sales order lines of more than 0 units due in the period",
    gaps="missing where no line was due, and for all without days of shipping or where these are derived",
    treatment="returns are left out; not shipped is late; early counts as on time",
    meaning=(
        "Lines shipped by the day promised to the customer, over lines due; unshipped lines count as "
        "late. A line is shipped as a whole, so on time is in full."
    ),
    better="higher",
    kind="rate",
)
WIN_RATE = Definition(
    name="win_rate",
    label="opportunities won",
    unit="share",
    level="opportunity",
    date_basis="closed_date",
    window="",
    population="opportunities won or lost in the period",
    treatment="open ones are in neither number; each counts once, whatever its amount",
    gaps="missing where none was closed",
    meaning="Opportunities won over won and lost; open ones are not in it.",
    better="higher",
    kind="rate",
)
SALES_CYCLE = Definition(
    name="sales_cycle_days",
    label="days to win",
    unit="days",
    level="opportunity",
    date_basis="closed_date",
    window="",
    population="opportunities won in the period",
    gaps="missing where none was won",
    treatment="lost and open ones are not in it",
    meaning="Mean days from opening to winning.",
    better="lower",
    kind="mean",
)
SALES_VELOCITY = replace(
    SALES_CYCLE,
    name="sales_velocity",
    label="sales velocity",
    unit="currency a day",
    population="opportunities closed in the period, and those open on its last day",
    gaps="missing where none was won, or the days to win are 0",
    treatment="open ones count with their number, won ones with their mean value",
    meaning=(
        "Open opportunities times mean value of the won ones times win rate, over the days to win: what the pipeline "
        "brings a day if it goes on like this."
    ),
    better="higher",
    kind="amount",
)
OPEN_PIPELINE = Definition(
    name="open_pipeline",
    label="open opportunities",
    unit="currency",
    level="opportunity",
    date_basis="last day of the period",
    window="",
    population="opportunities open on the last day of the period",
    treatment="closed after the period is open still; an amount that is not noted adds nothing",
    gaps="0 where none is open; missing without opportunities in the data",
    meaning="Value of the open opportunities if won; not weighted with a chance of winning.",
    better="higher",
)
WILLING = replace(
    POTENTIAL,
    name="willing",
    treatment="the word of the list of customers",
    label="wants a key-account relationship",
    unit="1 or 0",
    meaning="1 where the customer wants a key-account relationship, 0 where not.",
)
TICKETS_HOURS = Definition(
    name="tickets_hours",
    label="hours on tickets",
    unit="hours",
    level="ticket",
    date_basis="opened_date",
    window="",
    population="tickets of the customer opened in the period",
    treatment="tickets that are open still count with the hours noted so far",
    gaps="0 where none was opened; missing without hours on tickets in the data",
    meaning="Hours of our people spent on the customer's requests and complaints.",
    better="lower",
)

ACCOUNT_DEFINITIONS = (
    REVENUE,
    REVENUE_SHARE,
    MARGIN,
    MARGIN_RATE,
    COST_TO_SERVE,
    PROFIT,
    PROFIT_RATE,
    GROWTH,
    RECENCY,
    FREQUENCY,
    ORDER_VALUE,
    TENURE,
    POTENTIAL,
    SHARE_OF_WALLET,
    PAYMENT_DELAY,
    DAYS_SALES_OUTSTANDING,
    BREADTH,
    OUR_PEOPLE,
    PRODUCT_LINES,
    OTIF_TO_CUSTOMER,
    WIN_RATE,
    SALES_CYCLE,
    SALES_VELOCITY,
    OPEN_PIPELINE,
    WILLING,
    TICKETS_HOURS,
    RESPONSE,
    RESPONSE_MEDIAN,
)
