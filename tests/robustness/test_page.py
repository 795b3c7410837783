"""The page for analysts holds: its example is run, and its figures follow from their formulas."""

from __future__ import annotations

import doctest
import re
from pathlib import Path

import pytest
from scipy.stats import beta

PAGE = Path(__file__).parents[2] / "docs" / "robustness.md"
ERROR = 0.03  # printed with two digits, and four standard errors of a share of 4,096 draws at their largest


@pytest.fixture(scope="module")
def words() -> str:
    return PAGE.read_text(encoding="utf-8")


def row(words: str, first: str) -> list[str]:
    """The cells of the row of a table that starts with this cell."""
    line = next(line for line in words.splitlines() if line.startswith(f"| {first} |"))
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_the_example_gives_what_is_printed(words: str) -> None:
    blocks = re.findall(r"```pycon\n(.*?)```", words, flags=re.DOTALL)
    example = doctest.DocTestParser().get_doctest("".join(blocks), {}, PAGE.name, str(PAGE), 0)
    said: list[str] = []
    result = doctest.DocTestRunner().run(example, out=said.append)

    assert result.attempted > 10
    assert result.failed == 0, "".join(said)


def test_what_is_printed_is_what_theory_says(words: str) -> None:
    """Seals flip at a weight of 35/65, which is Beta(36, 24); a band of 6 holds 2 above 51; a gap of 40 lacks 14."""
    lines = re.search(r"by_doubt\.round.*?```", words, flags=re.DOTALL)
    assert lines
    cells = {line.split()[0]: [float(cell) for cell in line.split()[1:]] for line in lines[0].splitlines()[2:6]}

    assert cells["Castings"] == [0, 0, 0, 0]
    assert cells["Seals"][0] == pytest.approx(beta.cdf(35 / 65, 36, 24), abs=ERROR)
    assert cells["Bearings"][2] == pytest.approx(2 / 6, abs=ERROR)
    assert cells["Resin"][1] == pytest.approx(14 / 40, abs=ERROR)
    assert f"less than {100 * 35 / 65:.1f} % of supply risk" in words
    assert 1 / beta.cdf(35 / 65, 36, 24) == pytest.approx(6, abs=0.5)  # "in one draw of six"


@pytest.mark.parametrize("doubt", ["10 %", "20 %", "22 %", "40 %"])
def test_the_table_of_weights_follows_from_the_variance(words: str, doubt: str) -> None:
    """Variance w (1 - w) / (c + 1)."""
    _, concentration, *spreads = row(words, doubt)[:5]
    c = float(concentration)

    for weight, told in zip((0.1, 0.2, 0.5), spreads, strict=True):
        assert told == f"± {100 * (weight * (1 - weight) / (c + 1)) ** 0.5:.1f} points"
    assert f"{100 * (0.25 * 0.75 / (c + 1)) ** 0.5 / 0.25:.0f} %" == doubt
    deviation, middling = 0.4 / (c + 1) ** 0.5, beta(0.2 * c, 0.8 * c)
    within = middling.cdf(0.2 + deviation) - middling.cdf(0.2 - deviation)
    assert within == pytest.approx(2 / 3, abs=0.03)
