"""When an invoice agrees with its order and its receipts."""

from __future__ import annotations

from dataclasses import dataclass

from srmkit.errors import Problems
from srmkit.language import say


@dataclass(frozen=True)
class MatchRule:
    """Tolerances of the three-way match, each a share: 0.02 is 2 %.

    - `price`: how much of the ordered price the invoiced one may exceed it by.
    - `quantity`: how much of the units that arrived the invoiced ones may exceed them by.
    - `over_order`: how much of the ordered units the invoiced ones may exceed them by; None: no such limit, so that
      an over-delivery that was accepted may be charged.

    >>> print(MatchRule(price=0.05, over_order=0.05))
    price at most 5 % above the order, units at most 5 % above the order and 0 % above what arrived
    """

    price: float = 0.02
    quantity: float = 0.0
    over_order: float | None = None

    def __post_init__(self) -> None:
        problems = Problems("match rule")
        for name in ("price", "quantity", "over_order"):
            value = getattr(self, name)
            if value is not None and value < 0:
                problems.add(f"'{name}'", "is negative", found=f"{value:g}", todo="Give a share, 0 or more.")
        problems.raise_if_any()

    def __str__(self) -> str:
        ordered = ""
        if self.over_order is not None:
            ordered = say("{percent:g} % above the order and ", percent=100 * self.over_order)
        return say("price at most {price:g} % above the order, units at most {ordered}{quantity:g} % above what "
                   "arrived", price=100 * self.price, ordered=ordered, quantity=100 * self.quantity)
