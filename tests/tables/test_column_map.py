"""Column maps: what may stand in them, and how a wrong one is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import ColumnMap

MAPS = sorted((Path(__file__).parents[2] / "data" / "column_maps").glob("*.toml"))


def problems_of(tmp_path: Path, text: str) -> str:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SrmkitError) as caught:
        ColumnMap.read(path)
    return str(caught.value)


@pytest.mark.parametrize("path", MAPS, ids=lambda path: path.stem)
def test_every_map_that_comes_with_the_project_is_sound(path: Path) -> None:
    assert ColumnMap.read(path).tables


def test_the_short_form_and_the_long_form_mean_the_same() -> None:
    short, long = "No.", {"from": ["No."]}
    maps = [
        ColumnMap.model_validate({
            "name": "Mine", "currency": "EUR",
            "tables": {"items": {"file": "a.csv", "columns": {"item_id": rule, "name": "Text"}}},
        })
        for rule in (short, long)
    ]  # fmt: skip

    assert maps[0] == maps[1]


def test_all_problems_of_a_map_come_at_once(tmp_path: Path) -> None:
    words = problems_of(
        tmp_path,
        """
        name = "Mine"
        currency = "Euro"
        colour = "red"
        [tables.items]
        file = "items.csv"
        [tables.items.columns]
        item_id = { from = "No.", decimals = "," }
        name = { from = "Text", text = [{ pattern = "(", gap = true }] }
        standard_price = { from = "Price", decimal = ",", thousands = "," }
        """,
    )

    assert words.startswith("column map mine.toml: 5 problems")
    assert "currency is not an ISO 4217 code of three capital letters; found 'Euro'. Write \"EUR\"" in words
    assert (
        "colour is not a setting that a column map knows; found 'red'. Remove it or correct its name."
        in words
    )
    assert "tables.items.columns.item_id.decimals is not a setting that a column map knows" in words
    assert "has a pattern that is not a regular expression" in words
    assert "standard_price has the same mark for decimals and thousands" in words


def test_what_the_catalogue_does_not_know_is_told_with_what_it_knows(tmp_path: Path) -> None:
    words = problems_of(
        tmp_path,
        """
        name = "Mine"
        currency = "EUR"
        [tables.vendors]
        file = "v.csv"
        columns = { id = "No." }
        [tables.items]
        file = "items.csv"
        columns = { item_id = "No.", colour = "Colour" }
        """,
    )

    assert (
        "tables.vendors is not a table of the catalogue; found vendors. Use one of suppliers, items" in words
    )
    assert (
        "tables.items.columns.name (what it is) is required and missing. Map it from a column of items.csv"
        in words
    )
    assert (
        "tables.items.columns.colour is not a column of that table; found colour. "
        "Use one of item_id, name, category, standard_price, unit." in words
    )


def test_settings_must_fit_the_kind_of_column(tmp_path: Path) -> None:
    words = problems_of(
        tmp_path,
        """
        name = "Mine"
        currency = "EUR"
        [tables.items]
        file = "items.csv"
        [tables.items.columns]
        item_id = { from = "No.", formats = ["%Y"] }
        name = { from = "Text", times = "Pack" }
        standard_price = { from = ["Price", "Unit"], text = [{ pattern = "^n/a$", value = "nothing" }] }
        """,
    )

    assert "tables.items.columns.item_id.formats is for dates; found a column of kind id. Remove it." in words
    assert "tables.items.columns.name.times is for numbers; found a column of kind text. Remove it." in words
    assert "standard_price gives a value that does not fit a money column; found 'nothing'" in words
    assert "standard_price joins several columns, which only an id or text can; found Price, Unit" in words


@pytest.mark.parametrize(
    ("rule", "told"),
    [
        ("{ from = 'A', value = 'B' }", "needs either from"),
        ("{ separator = '-' }", "needs either from"),
        ("{ from = 'A', text = [{ pattern = 'x' }] }", "needs exactly one of value, gap = true or points_to"),
        (
            "{ from = 'A', text = [{ pattern = '(x)', points_to = 'ID' }] }",
            "needs points_to and share_by together",
        ),
        (
            "{ from = 'A', text = [{ pattern = 'x', points_to = 'ID', share_by = 'V' }] }",
            "needs one pair of brackets in its pattern, around the key it points to",
        ),
    ],
)
def test_a_rule_must_say_one_thing(tmp_path: Path, rule: str, told: str) -> None:
    columns = f"item_id = 'No.'\nname = 'Text'\nstandard_price = {rule}"
    words = problems_of(
        tmp_path,
        f"name = 'M'\ncurrency = 'EUR'\n[tables.items]\nfile = 'i.csv'\n[tables.items.columns]\n{columns}",
    )

    assert told in words


def test_an_exclusion_says_which_rows(tmp_path: Path) -> None:
    words = problems_of(
        tmp_path,
        """
        name = "Mine"
        currency = "EUR"
        [tables.items]
        file = "items.csv"
        columns = { item_id = "No.", name = "Text" }
        exclude = [{ column = "No.", reason = "scrap" }]
        """,
    )

    assert "tables.items.exclude.0 needs either equals or matches" in words


def test_a_file_that_is_not_toml_names_the_line(tmp_path: Path) -> None:
    assert "the file is not TOML; found Expected '=' after a key" in problems_of(tmp_path, "name Mine")


def test_a_map_without_tables_is_told(tmp_path: Path) -> None:
    words = problems_of(tmp_path, 'name = "M"\ncurrency = "EUR"\n[tables]\n')

    assert "tables names no table. Map at least one." in words


def test_the_writing_of_a_file_that_nothing_is_taken_from_is_an_error(tmp_path: Path) -> None:
    """One letter wrong in the name of a file, and what was said of its numbers would be said of none."""
    table = '[tables.items]\nfile = {file}\ncolumns = {{ item_id = "Nr", name = "Text" }}\n'
    head = 'name = "Mine"\ncurrency = "EUR"\n[files."{file}"]\ndecimal = ","\n'
    path = tmp_path / "mine.toml"
    path.write_text(head.format(file="item.csv") + table.format(file='"items.csv"'), encoding="utf-8")
    with pytest.raises(SrmkitError, match=r"files.item.csv is a file that no table is taken from. Did you mean 'items"):
        ColumnMap.read(path)
    fitting = {"items.csv": '"items.csv"', "items_2025.csv": '"items_*.csv"', "items_*.csv": '"items_*.csv"',
               "years/a.csv": '"years"', "Feb": '["Jan", "Feb"]', "book.xlsx/Jan": '"book.xlsx"'}  # fmt: skip
    for said, file in fitting.items():
        path.write_text(head.format(file=said) + table.format(file=file), encoding="utf-8")
        assert ColumnMap.read(path).files[said].decimal == ","
