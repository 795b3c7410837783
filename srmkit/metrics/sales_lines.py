"""Lines of sales orders: what customers bought, what it left, and whether it was shipped on time."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset


def sold_lines(data: Dataset, period: Period) -> Table:
    """Sales order lines of the period, returns included."""
    return data["sales_order_lines"].filter(period.holds(row.order_date))


def sales_by_customer(data: Dataset, period: Period) -> Table:
    """Revenue, margin on the lines whose cost is known, and orders of each customer."""
    sold = sold_lines(data, period)
    costed = row.cost.notnull().ifelse(row.revenue, 0.0)
    return sold.group_by("customer_id").agg(
        lines=row.count(),
        costed=row.cost.count(),
        revenue=row.revenue.sum(),
        costed_revenue=costed.sum(),
        margin=(row.revenue - row.cost).sum(),
        orders=row.order_id.nunique(where=row.quantity > 0),  # goods that come back were ordered before
    )


def product_lines_by_customer(data: Dataset, period: Period) -> Table:
    """Number of different product lines each customer bought from."""
    known = data["products"].select("product_id", "product_line")
    bought = sold_lines(data, period).filter(row.quantity > 0).join(known, "product_id")
    return bought.group_by("customer_id").agg(product_lines=row.product_line.nunique())


def order_days_by_customer(data: Dataset, period: Period) -> Table:
    """First and last day on which each customer ordered, up to the period's end; returns are no orders."""
    so_far = (row.order_date <= literal_day(period.end)) & (row.quantity > 0)
    ordered = data["sales_order_lines"].filter(so_far)
    return ordered.group_by("customer_id").agg(first=row.order_date.min(), last=row.order_date.max())


def shipments_by_customer(data: Dataset, period: Period) -> Table:
    """Lines promised for a day of the period, and those shipped by that day; unshipped ones are late."""
    due = data["sales_order_lines"].filter((row.quantity > 0) & period.holds(row.due_date))
    # what is due in the period and shipped in time was shipped by its end: no later knowledge enters
    in_time = (row.ship_date.notnull() & (row.ship_date <= row.due_date)).ifelse(1, 0).cast("float64")
    return due.group_by("customer_id").agg(lines=row.count(), in_time=in_time.sum())


def first_sale(data: Dataset) -> Table:
    """Day of the first sales order in the data, in one row."""
    return data["sales_order_lines"].agg(day=row.order_date.min())


def shipping_offsets(data: Dataset, period: Period) -> Table:
    """How many shipped lines left how many days after the promised day (negative: before)."""
    end = literal_day(period.end)
    shipped = data["sales_order_lines"].filter(row.due_date.notnull() & (row.ship_date <= end))
    return shipped.group_by(days=row.ship_date.delta(row.due_date, unit="day")).agg(lines=row.count())
