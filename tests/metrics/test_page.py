"""docs/metrics.md is the definitions of the program, word for word."""

from __future__ import annotations

import os
from pathlib import Path

from srmkit.metrics.account_definitions import ACCOUNT_DEFINITIONS
from srmkit.metrics.item_definitions import ITEM_DEFINITIONS
from srmkit.metrics.page import catalogue_page
from srmkit.metrics.supplier_definitions import SUPPLIER_DEFINITIONS

PAGE = Path(__file__).parents[2] / "docs" / "metrics.md"


def test_the_page_for_analysts_says_what_the_program_says() -> None:
    if os.environ.get("SRMKIT_REFRESH_GOLDEN") == "1":
        PAGE.write_text(catalogue_page(), encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == catalogue_page()


def test_every_metric_says_what_it_is_and_what_a_gap_means() -> None:
    for definition in (*SUPPLIER_DEFINITIONS, *ITEM_DEFINITIONS, *ACCOUNT_DEFINITIONS):
        said = (definition.label, definition.unit, definition.meaning, definition.gaps, definition.population)
        assert all(said), definition.name
        assert definition.meaning.endswith("."), definition.name


def test_no_two_metrics_of_one_level_share_a_name_or_a_label() -> None:
    for definitions in (SUPPLIER_DEFINITIONS, ITEM_DEFINITIONS, ACCOUNT_DEFINITIONS):
        assert len({definition.name for definition in definitions}) == len(definitions)
        assert len({definition.label for definition in definitions}) == len(definitions)
