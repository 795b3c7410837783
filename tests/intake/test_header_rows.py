"""The row of names is found where it is not the first, shown before it is trusted, kept in the map, and counted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from srmkit.intake import preview, propose
from srmkit.intake.header_rows import header_rows
from srmkit.tables import read_dataset

NAMES = ["Contract", "Supplier", "Start", "End", "Yearly value EUR"]
ROWS = [[f"C{n}", f"S{n % 3}", f"2026-0{n}-01", f"2027-0{n}-28", f"{100 * n}.50"] for n in range(1, 8)]
SHAPES: dict[str, tuple[list[list[str]], tuple[int, ...]]] = {
    "names first": ([NAMES], ()),
    "a title above": ([["Contracts in force"], NAMES], (2,)),
    "a title, a day and a blank line above": ([["Contracts in force"], ["Date:", "2026-06-30"], [], NAMES], (4,)),
    "units below": ([NAMES, ["", "", "YYYY-MM-DD", "YYYY-MM-DD", "EUR"]], (1, 2)),
    "a title above and units below": ([["Contracts"], NAMES, ["", "", "date", "date", "[EUR]"]], (2, 3)),
    "names in two rows": ([["Parties", "", "Term", "", "Value"], NAMES], ()),
    "groups of columns above, and a title": ([["Contracts"], ["", "", "Term", "Term", ""], NAMES], (2, 3)),
}


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rows_of_names_are_found(shape: str) -> None:
    above, expected = SHAPES[shape]
    if shape == "names in two rows":  # the upper row is as wide as the lower one: names again, taken together
        expected = (1, 2)
    assert header_rows([*above, *ROWS]) == expected


@pytest.mark.parametrize("top", [
    [], [[]], [["x"]], [["a", "b"]], [["only one column"], ["x"], ["y"]],
    [["name", "town"], ["Alba", "Salvera"], ["Dahl", "Velmau"]],  # words everywhere: the first row it is
    [["id", "name", "amount"], ["S1", "Alba", "n/a"], ["S2", "Dahl", "12"], ["S3", "Ende", "13"]],  # a gap, no unit
    [["country", "2024", "2025"], ["DE", "1", "2"], ["FR", "3", "4"]],
])
def test_a_first_row_of_names_stays_the_first(top: list[list[str]]) -> None:
    assert header_rows(top) == ()


def as_csv(folder: Path, rows: list[list[str]]) -> None:
    (folder / "contracts.csv").write_text("\n".join(";".join(row) for row in rows), encoding="utf-8")


def as_workbook(folder: Path, rows: list[list[str]]) -> None:
    with xlsxwriter.Workbook(folder / "contracts.xlsx") as book:
        sheet = book.add_worksheet("Contracts")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)


@pytest.mark.parametrize("write", [as_csv, as_workbook])
@pytest.mark.parametrize("shape", [shape for shape in SHAPES if SHAPES[shape][1]])
def test_a_map_is_proposed_that_reads_them_and_no_row_is_lost(
    tmp_path: Path, shape: str, write: Callable[[Path, list[list[str]]], None]
) -> None:
    above, header = SHAPES[shape]
    write(tmp_path, [*above, *ROWS])
    told = preview(tmp_path).text()
    assert f"{' and '.join(map(str, header))} {'is' if len(header) == 1 else 'are'} taken for the names" in told

    found = propose(tmp_path, accept=0.3).in_currency("EUR")
    for name, column in zip(("contract_id", "supplier_id", "start_date", "end_date", "annual_value"),
                            found.tables[0].choices, strict=True):
        found = found.accepting("contracts", name, column)
    text = found.text()
    assert "header = " in text
    assert "Is that so?" in text
    data = read_dataset(tmp_path, column_map=found.write(tmp_path / "map.toml"))
    assert data.frame("contracts")["contract_id"].tolist() == [row[0] for row in ROWS]
    over = [number for number, row in enumerate(above, start=1) if any(row) and number < header[0]]
    assert list(data.health.tables.loc["contracts"]) == [len(ROWS) + len(over), len(ROWS), len(over), 0]
    aside = data.health.set_aside
    assert aside["row"].tolist() == over
    assert aside["reason"].eq("stands above the header").all()


def test_what_a_title_says_is_data_and_no_setting(tmp_path: Path) -> None:
    as_csv(tmp_path, [["x\u2028currency = 'XXX'"], NAMES, *ROWS])
    text = propose(tmp_path).text()
    assert not any(line.startswith("currency = 'XXX'") for line in text.splitlines())


def test_titles_do_not_come_back_as_rows_of_a_wide_table(tmp_path: Path) -> None:
    rows = "Prices of metals\n\nmonth,Copper,Zinc\n2026-01-01,1,2\n2026-02-01,3\n"
    (tmp_path / "prices.csv").write_text(rows, encoding="utf-8")
    (tmp_path / "map.toml").write_text(
        'name = "Mine"\ncurrency = "USD"\n[files."prices.csv"]\nheader = 3\n'
        '[tables.market_prices]\nfile = "prices.csv"\n'
        'unpivot = { keep = "month", names = "series", value = "price" }\n[tables.market_prices.columns]\n'
        'series_id = "series"\nname = "series"\nprice_date = "month"\nprice = "price"\n', encoding="utf-8")
    data = read_dataset(tmp_path, column_map=tmp_path / "map.toml")
    assert list(data.health.tables.loc["market_prices"]) == [3, 2, 0, 1]
    assert data.health.set_aside["row"].tolist() == ["A5"]
