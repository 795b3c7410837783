"""The definitions as a page to read: docs/metrics.md is this text."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from srmkit.metrics.account_definitions import ACCOUNT_DEFINITIONS
from srmkit.metrics.definition import FACTS, Definition
from srmkit.metrics.item_definitions import ITEM_DEFINITIONS
from srmkit.metrics.supplier_definitions import SUPPLIER_DEFINITIONS
from srmkit.metrics.total_definitions import TOTAL_DEFINITIONS

INTRODUCTION = """\
# Metrics

One number for each supplier, item, category or customer, and what it means. This page is written from the
definitions in `srmkit/metrics`; every result carries the same definitions (`metrics.describe()`).

- **Period.** First and last day, both included. Figures use what was known at the end of the last day; what
  came later does not change them. "Due in the period" means that the last day on which a line could still be
  on time lies in it, so that each line is judged once.
- **Days, not hours.** A delivery on the afternoon of the promised day is on time.
- **Gaps.** No data is neither 0 nor 100 %: the figure is missing, and the scorecard says what to do about it.
  A sum over a complete ledger (spend, revenue, orders) is 0 where there was nothing to add up.
- **Evidence.** Each value comes with the cases behind it. Rates have events, cases, the Wilson 95 % interval
  and the rate drawn towards all candidates, the more the fewer its cases (`shrunk`: 3 of 3 is not better than
  930 of 1,000); means have their standard error, quantiles the interval of order statistics; plain sums have
  none, because nothing was sampled. Defects come in batches, so the interval of a reject rate counted in units
  is narrower than the truth.
- **Derived dates.** Where one single difference other than 0 between completion and promised day covers at
  least 98 % of at least 30 lines completed in the period, the dates were computed and not observed. Delivery
  figures are then left out, with a note that says so.
- **Judgements.** Each rated criterion (1 to 5) is a metric of its own: the mean of the raters, with the
  standard error of that mean. One rater gives no standard error.
"""


def catalogue_page() -> str:
    """All definitions in Markdown, ending with a line break."""
    sections = (
        _section("Suppliers", SUPPLIER_DEFINITIONS),
        _section("Items and categories", ITEM_DEFINITIONS),
        _section("Customers", ACCOUNT_DEFINITIONS),
        _section("The whole company", TOTAL_DEFINITIONS),
    )
    return "\n".join([INTRODUCTION, *sections])


def _section(title: str, definitions: Iterable[Definition]) -> str:
    return "\n".join([f"## {title}", "", *(_entry(definition) for definition in definitions)])


def _entry(definition: Definition) -> str:
    facts = (
        ("unit", definition.unit),
        *((label, getattr(definition, part)) for part, label in FACTS.items()),
        ("better", definition.better),
        ("source", definition.source),
    )
    lines = [f"- {name}: {fact}" for name, fact in facts if fact]
    head = [f"### {definition.name}", "", f"*{definition.label}*. {definition.meaning}", ""]
    return "\n".join([*head, *lines, ""])


if __name__ == "__main__":
    sys.stdout.write(catalogue_page())
