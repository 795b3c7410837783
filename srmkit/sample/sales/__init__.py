"""Customers of the sample company: what they buy, cost and pay, and what we think of them."""

from srmkit.sample.sales.sales_side import sales

__all__ = ["sales"]
