"""Every published or exactly derived case has its test; the list of them stands in account.toml."""

from __future__ import annotations

import json
import re
import tomllib
from pathlib import Path
from typing import Any

import pytest

HERE = Path(__file__).parent
ACCOUNT: dict[str, dict[str, Any]] = tomllib.loads((HERE / "account.toml").read_text(encoding="utf-8"))
TRADE = [*(f"O{number}" for number in range(1, 17)), "O25", "O26"]


@pytest.mark.parametrize("case", sorted(ACCOUNT))
def test_the_tests_of_a_case_are_there(case: str) -> None:
    row = ACCOUNT[case]
    assert row["source"]
    assert bool(row.get("tests")) != bool(row.get("why"))
    for test in row.get("tests", []):
        file, _, name = test.partition("::")
        text = (HERE.parent / file).read_text(encoding="utf-8")
        assert re.search(rf"^def {name}\(", text, re.MULTILINE), test


def test_every_case_of_the_trade_is_accounted_for() -> None:
    assert set(TRADE) <= set(ACCOUNT)


def test_no_collected_case_is_forgotten(shared: Path) -> None:
    cases = json.loads((shared / "oracles" / "mcda.json").read_text(encoding="utf-8"))["cases"]
    assert {case["id"] for case in cases} == set(ACCOUNT) - set(TRADE)
