"""Reading a company's files: what is used, what is set aside, and what is told."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.tables import CATALOGUE, read_dataset, read_frames

Folder = Callable[[Mapping[str, str]], Path]

SUPPLIERS = "supplier_id,name\nS1,Alba\nS2,Dahl\n"
ITEMS = "item_id,name\nI1,bolt\n"
LINES = (
    "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price,status,currency\n"
    "P1,1,S1,I1,2024-03-04,10,2.5,closed,EUR\n"
    "P1,2,S2,I1,2024-03-04,4,2,open,EUR\n"
)
MAP = """
name = "Mine"
currency = "EUR"
[tables.items]
file = "parts.csv"
columns = { item_id = "No.", name = "Text" }
"""


def problems_of(source: Path, column_map: Path | None = None) -> str:
    with pytest.raises(SrmkitError) as caught:
        read_dataset(source, column_map=column_map)
    return str(caught.value)


def test_files_with_canonical_names_need_no_map(folder: Folder) -> None:
    data = read_dataset(
        folder({"suppliers.csv": SUPPLIERS, "items.csv": ITEMS, "purchase_order_lines.csv": LINES})
    )

    assert data.name == "company"
    assert data.currency == "EUR"
    assert list(data.tables) == ["suppliers", "items", "purchase_order_lines"]
    assert data.last_date() == dt.date(2024, 3, 4)
    assert (
        data.health.sentence() == "5 of 5 rows were used; 0 were excluded by rule and 0 refused as unusable."
    )


def test_every_table_has_every_column_of_the_catalogue_in_its_type(folder: Folder) -> None:
    frame = read_dataset(folder({"suppliers.csv": SUPPLIERS})).frame("suppliers")

    assert list(frame.columns) == [column.name for column in CATALOGUE["suppliers"].columns]
    assert frame["annual_sales"].dtype == "float64"
    assert frame["active"].dtype == "boolean"
    assert frame["owner"].dtype == pd.StringDtype(na_value=float("nan"))
    assert frame[["annual_sales", "active", "owner"]].isna().all(axis=None)


def test_a_table_without_rows_keeps_its_types(folder: Folder) -> None:
    frame = read_dataset(folder({"contracts.csv": "contract_id,supplier_id,start_date,end_date\n"})).frame(
        "contracts"
    )

    assert frame.empty
    assert str(frame["start_date"].dtype) == "datetime64[us]"


def test_every_row_set_aside_is_listed_with_its_place_and_reason(folder: Folder) -> None:
    bad = LINES + (
        ",3,S1,I1,2024-03-04,1,1,open,EUR\n"
        "P1,4,S1,I1,04/03/2024,1,1,open,EUR\n"
        "P1,5,S1,I1,2024-03-04,-1,1,open,EUR\n"
        "P1,6,S1,I1,2024-03-04,1,1,lost,EUR\n"
        "P1,1,S1,I1,2024-03-04,1,1,open,EUR\n"
        "P1,8,S9,I1,2024-03-04,1,1,open,EUR\n"
        "P1,9,S1\n"
    )
    data = read_dataset(
        folder({"suppliers.csv": SUPPLIERS, "items.csv": ITEMS, "purchase_order_lines.csv": bad})
    )

    assert data.health.tables.loc["purchase_order_lines"].tolist() == [9, 2, 0, 7]
    assert data.health.set_aside[["row", "column", "reason", "found"]].to_numpy().tolist() == [
        [4, "po_id", "is required and empty", ""],
        [
            5,
            "order_date",
            "is not a date written year-month-day; declare its writing in the column map, "
            'such as formats = ["%d/%m/%Y"] for day/month/year',
            "04/03/2024",
        ],
        [6, "ordered_quantity", "is below 0", "-1"],
        [7, "status", "is not one of open, closed, cancelled", "lost"],
        [8, "po_id, line_id", "has the same key as an earlier row", "P1 | 1 (first in row 2)"],
        [9, "supplier_id", "is not in suppliers", "S9"],
        [10, "", "has 3 cells where the header has 9", "P1,9,S1"],
    ]


def test_ratings_stay_within_their_points(folder: Folder) -> None:
    ratings = "supplier_id,criterion,rater,rating\nS1,trust,Ann,5\nS1,trust,Bob,6\nS1,trust,Eve,0\n"
    data = read_dataset(folder({"supplier_ratings.csv": ratings}))

    assert data.health.set_aside["reason"].tolist() == ["is above 5", "is below 1"]


def test_whole_numbers_have_no_fractions(folder: Folder) -> None:
    header = "contract_id,supplier_id,start_date,end_date,notice_days\n"
    contracts = header + "C1,S1,2024-01-01,2025-01-01,30\nC2,S1,2024-01-01,2025-01-01,30.5\n"
    data = read_dataset(folder({"contracts.csv": contracts}))

    assert data.health.set_aside["reason"].tolist() == ["is not a whole number"]


def test_spaces_at_the_ends_are_removed_and_counted(folder: Folder) -> None:
    data = read_dataset(folder({"items.csv": "item_id,name\n I1 ,bolt\nI2,nut \n"}))

    assert data.frame("items")["item_id"].tolist() == ["I1", "I2"]
    assert data.health.conversions[["column", "rule", "count", "count_used"]].to_numpy().tolist() == [
        ["item_id", "spaces at the ends removed", 1, 1],
        ["name", "spaces at the ends removed", 1, 1],
    ]


def test_parquet_with_the_right_types_is_taken_as_it_is_and_still_checked(folder: Folder) -> None:
    home = folder({})
    frame = pd.DataFrame(
        {
            "contract_id": ["C1", "C2", "C2"],
            "supplier_id": pd.Categorical(["S1", "S2", "S2"]),
            "start_date": pd.to_datetime(["2024-01-01"] * 3),
            "end_date": [dt.date(2025, 1, 1)] * 3,
            "auto_renew": [True, False, True],
            "annual_value": [1.5, None, 2],
        }
    )
    frame.to_parquet(home / "contracts.parquet")
    data = read_dataset(home)

    assert data.health.tables.loc["contracts"].tolist() == [3, 2, 0, 1]
    assert data.health.conversions.empty
    assert data.frame("contracts")["supplier_id"].tolist() == ["S1", "S2"]
    assert data.frame("contracts")["auto_renew"].tolist() == [True, False]


def test_a_broken_parquet_file_is_told(folder: Folder) -> None:
    assert "the file cannot be read as Parquet" in problems_of(folder({"items.parquet": "no"}))


def test_what_is_not_read_is_noted(folder: Folder) -> None:
    data = read_dataset(
        folder({"items.csv": "item_id,name,colour\nI1,bolt,red\n", "old.csv": "a\n", "readme.md": "x"})
    )

    assert data.health.notes == (
        "items.csv: columns not used, because items has none of that name: colour.",
        "Not read, because no table is taken from it: old.csv.",
    )


def test_several_currencies_without_rates_are_refused(folder: Folder) -> None:
    words = problems_of(folder({"purchase_order_lines.csv": LINES.replace("open,EUR", "open,USD")}))

    assert "purchase_order_lines is in several currencies; found EUR on 1 rows, USD on 1 rows." in words
    assert "[rates]" in words


def test_missing_columns_of_all_files_come_at_once(folder: Folder) -> None:
    words = problems_of(folder({"suppliers.csv": "id,name\n", "items.csv": "item_id,text\n"}))

    assert words.startswith("data of company: 2 problems")
    assert (
        "items.csv: column 'name' (what it is) is missing; found item_id, text. "
        "Name the column so, or give a column map; `srmkit map` proposes one." in words
    )
    assert (
        "suppliers.csv: column 'supplier_id' (our number of the supplier) is missing; found id, name."
        in words
    )


def test_a_table_that_is_there_twice_is_told(folder: Folder) -> None:
    words = problems_of(folder({"items.csv": ITEMS, "items.xlsx": ""}))

    assert "table items is there twice; found items.csv and items.xlsx. Keep one of the files." in words


def test_a_folder_without_any_table_says_what_is_looked_for(folder: Folder) -> None:
    words = problems_of(folder({"stuff.csv": "a\n"}))

    assert (
        "no table of the catalogue is there; found stuff.csv. Name files after tables (suppliers, items"
        in words
    )


def test_a_place_where_nothing_is_is_told(tmp_path: Path) -> None:
    words = problems_of(tmp_path / "nowhere")

    assert (
        "is not a folder, a file of a kind that is read, or a database URL; found nothing there. "
        "Give the folder" in words
    )


def test_a_table_of_which_no_row_can_be_used_is_an_error_with_an_example(folder: Folder) -> None:
    words = problems_of(
        folder({"contracts.csv": "contract_id,supplier_id,start_date,end_date\nC1,S1,soon,later\n"})
    )

    assert (
        "contracts: every row of contracts.csv (1) cannot be used: start_date is not a date written" in words
    )
    assert "found 'soon' in row 2. Correct the file or the column map." in words


def test_a_missing_table_says_what_it_is_for_and_what_is_there(folder: Folder) -> None:
    data = read_dataset(folder({"items.csv": ITEMS}))

    with pytest.raises(SrmkitError) as caught:
        data["contracts"]
    assert str(caught.value) == (
        "data of company: 1 problem\n"
        "  - table 'contracts' (One row a contract with a supplier) is missing; found items. "
        "Add it to your files; without a column map its columns are contract_id, supplier_id, "
        "start_date, end_date, notice_days, auto_renew, annual_value."
    )
    with pytest.raises(SrmkitError, match="table 'contract' is not one the catalogue knows; found items"):
        data["contract"]
    with pytest.raises(SrmkitError, match="has no row, so there is no latest order date"):
        data.last_date()


def test_having_a_column_means_having_a_value_in_it(folder: Folder) -> None:
    data = read_dataset(folder({"suppliers.csv": "supplier_id,name,country\nS1,Alba,\n"}))

    assert data.has("suppliers")
    assert data.has("suppliers", "name")
    assert not data.has("suppliers", "name", "country")
    assert not data.has("items")


def test_the_same_files_have_the_same_fingerprint_and_a_changed_one_another(folder: Folder) -> None:
    first = read_dataset(folder({"items.csv": ITEMS})).fingerprints
    again = read_dataset(folder({"items.csv": ITEMS})).fingerprints
    changed = read_dataset(folder({"items.csv": ITEMS + "I2,nut\n"})).fingerprints

    assert first == again
    assert first["items.csv"] != changed["items.csv"]


def test_frames_are_checked_like_files() -> None:
    data = read_frames(
        {"suppliers": pd.DataFrame({"supplier_id": [1, 1], "name": ["Alba", "Dahl"]})},
        name="test",
        currency="EUR",
    )

    assert data.currency == "EUR"
    assert data.health.tables.loc["suppliers"].tolist() == [2, 1, 0, 1]


class TestWithAMap:
    """A folder in the analyst's own words."""

    @pytest.fixture
    def map_file(self, tmp_path: Path) -> Path:
        path = tmp_path / "mine.toml"
        path.write_text(MAP)
        return path

    def test_a_missing_file_and_a_missing_column_are_told(self, folder: Folder, map_file: Path) -> None:
        assert "items: file 'parts.csv' is missing; found a.csv. Add it or correct its name." in problems_of(
            folder({"a.csv": ""}), map_file
        )
        words = problems_of(folder({"parts.csv": "No,Text\nI1,bolt\n"}), map_file)
        assert (
            "items: column 'No.' (asked for by columns.item_id) is missing; found No, Text. "
            "Did you mean 'No'?" in words
        )

    @pytest.mark.parametrize("file", ["../secret.csv", "/etc/passwd", "sub/../../secret.csv", "link.csv"])
    def test_no_file_outside_the_data_folder_is_opened(
        self, folder: Folder, map_file: Path, tmp_path: Path, file: str
    ) -> None:
        (tmp_path / "secret.csv").write_text("No.,Text\nI1,secret\n")
        home = folder({})
        (home / "link.csv").symlink_to(tmp_path / "secret.csv")
        map_file.write_text(MAP.replace("parts.csv", file))

        words = problems_of(home, map_file)

        assert f"file '{file}' lies outside the data folder. Name a file inside the data folder." in words

    def test_a_map_that_is_not_there_names_those_that_come_with_the_project(self, folder: Folder) -> None:
        with pytest.raises(SrmkitError, match="the file is not there; found mine. .* adventureworks, .*scms"):
            read_dataset(folder({}), column_map="mine")

    def test_a_kind_of_file_that_is_not_read_is_told(self, folder: Folder, map_file: Path) -> None:
        map_file.write_text(MAP.replace("parts.csv", "parts.json"))

        assert "file 'parts.json' is of a kind that is not read. Use one of .csv.gz" in problems_of(
            folder({"parts.json": "{}"}), map_file
        )

    def test_codes_gap_words_and_text_rules_are_counted(self, folder: Folder, map_file: Path) -> None:
        map_file.write_text(
            MAP.replace('currency = "EUR"', 'currency = "EUR"\ngaps = ["n/a"]').replace(
                'name = "Text" }',
                'name = { from = "Text", codes = { B = "bolt" } }, category = "Group", '
                'standard_price = { from = "Price", decimal = ",", '
                'text = [{ pattern = "^free", value = 0 }, { pattern = "^ask", gap = true }] } }',
            )
        )
        parts = "No.;Text;Group;Price\nI1;B;n/a;2,50\nI2;nut;steel;free of charge\nI3;pin;steel;ask Joe\n"
        data = read_dataset(folder({"parts.csv": parts}), column_map=map_file)

        items = data.frame("items").set_index("item_id")
        assert items["name"].tolist() == ["bolt", "nut", "pin"]
        assert items["category"].isna().tolist() == [True, False, False]
        assert items["standard_price"].fillna(-1).tolist() == [2.5, 0, -1]
        assert data.health.conversions.set_index("rule")["count"].to_dict() == {
            'code "B" = bolt': 1,
            'word "n/a" is a gap': 1,
            'text "^free" = 0': 1,
            'text "^ask" is a gap': 1,
            'decimal ","': 1,
        }

    def test_arithmetic_of_two_columns(self, folder: Folder, map_file: Path) -> None:
        price = 'standard_price = { from = "Value", times = "Rate", divided_by = "Packs" } }'
        map_file.write_text(MAP.replace('name = "Text" }', f'name = "Text", {price}'))
        parts = "No.,Text,Value,Rate,Packs\nI1,bolt,10,2,4\nI2,nut,10,2,0\nI3,pin,10,x,1\n"
        data = read_dataset(folder({"parts.csv": parts}), column_map=map_file)

        assert data.frame("items")["standard_price"].tolist() == [5]
        assert data.health.set_aside["reason"].tolist() == [
            'cannot be divided by "Packs", which is 0',
            'is not a number as declared (decimal ".", no thousands mark); '
            "declare its marks in the column map or correct it",
        ]

    def test_a_column_may_say_where_its_values_come_from(self, folder: Folder, map_file: Path) -> None:
        price = 'standard_price = { from = "Price", source = "judged" } }'
        map_file.write_text(MAP.replace('name = "Text" }', f'name = "Text", {price}'))
        data = read_dataset(folder({"parts.csv": "No.,Text,Price\nI1,bolt,10\n"}), column_map=map_file)

        assert data.health.columns.set_index("column").loc["standard_price", "source"] == "judged"

    def test_lines_find_their_order_or_are_refused(self, folder: Folder, map_file: Path) -> None:
        map_file.write_text(
            """
            name = "Mine"
            currency = "EUR"
            [tables.contracts]
            file = "lines.csv"
            join = [{ file = "heads.csv", on = "head" }]
            exclude = [{ column = "note", matches = "^test", reason = "test entry" }]
            [tables.contracts.columns]
            contract_id = { from = ["head", "line"], separator = "-" }
            supplier_id = "who"
            start_date = "day"
            end_date = "heads.day"
            """
        )
        lines = "head,line,day,note\nH1,1,2024-01-01,\nH2,1,2024-01-01,\nH3,1,2024-01-01,\n"
        lines += "H1,2,2024-01-01,test!\n"
        heads = "head,who,day\nH1,S1,2025-01-01\nH2,S1,2025-01-01\nH2,S2,2025-01-01\n"
        data = read_dataset(folder({"lines.csv": lines, "heads.csv": heads}), column_map=map_file)

        assert data.frame("contracts")["contract_id"].tolist() == ["H1-1"]
        assert data.frame("contracts")["end_date"].dt.date.tolist() == [dt.date(2025, 1, 1)]
        aside = data.health.set_aside
        assert aside[["row", "column", "found", "kind"]].to_numpy().tolist() == [
            [3, "head", "H2", "refused"],
            [4, "head", "H3", "refused"],
            [5, "note", "test!", "excluded"],
        ]
        assert aside["reason"].tolist() == [
            "has several rows in heads.csv", "has no row in heads.csv", "test entry",
        ]  # fmt: skip

    def test_a_second_choice_fills_gaps_and_is_counted_as_imputed(
        self, folder: Folder, map_file: Path
    ) -> None:
        map_file.write_text(MAP.replace('name = "Text" }', 'name = { from = "Text", fallback = "Short" } }'))
        data = read_dataset(
            folder({"parts.csv": "No.,Text,Short\nI1,bolt,b\nI2,,n\nI3,,\n"}), column_map=map_file
        )

        assert data.frame("items")["name"].tolist() == ["bolt", "n"]
        assert data.health.tables.loc["items", "rows_refused"] == 1
        name = data.health.columns.set_index("column").loc["name"]
        assert (name["source"], name["imputed"]) == ("imputed", 1)
        assert data.health.notes == (
            "items.name: 1 of 2 values stand in for values the source does not have (see the conversions); "
            "what rests on them is an approximation.",
        )

    def test_one_row_per_key_from_a_file_of_deliveries(self, folder: Folder, map_file: Path) -> None:
        map_file.write_text(
            MAP.replace(
                'file = "parts.csv"',
                'file = "parts.csv"\ndistinct = true\n'
                'exclude = { column = "From", equals = "stock", reason = "own" }',
            )
        )
        parts = "No.,Text,From\nI1,bolt,stock\nI1,bolt,Alba\nI1,bolt,Dahl\nI2,nut,stock\n"
        data = read_dataset(folder({"parts.csv": parts}), column_map=map_file)

        assert data.frame("items")["item_id"].tolist() == ["I1"]
        assert data.health.tables.loc["items"].tolist() == [2, 1, 1, 0]
        assert data.health.notes == ("items: 2 different keys taken from the 4 rows of parts.csv.",)


def test_every_reason_is_told_where_no_row_can_be_used(tmp_path: Path) -> None:
    head = "po_id,line_id,supplier_id,item_id,order_date,ordered_quantity,unit_price\n"
    (tmp_path / "purchase_order_lines.csv").write_text(
        f"{head}P1,1,S1,I1,2026-01-01,-1,1\nP2,1,S1,I1,2026-01-01,-2,1\nP3,1,S1,I1,01.02.2026,1,1\n", encoding="utf-8"
    )
    with pytest.raises(SrmkitError) as caught:
        read_dataset(tmp_path)
    words = str(caught.value)
    assert "ordered_quantity is below 0 (so in 2 of them); found '-1' in row 2" in words
    assert "order_date is not a date written year-month-day" in words


def test_capitals_and_spaces_make_no_other_name(tmp_path: Path) -> None:
    (tmp_path / "Suppliers.CSV").write_text("Supplier ID,NAME,Colour\nS1,Alba,red\n", encoding="utf-8")
    data = read_dataset(tmp_path)
    assert data.frame("suppliers")[["supplier_id", "name"]].to_numpy().tolist() == [["S1", "Alba"]]
    assert "Suppliers.CSV: columns not used, because suppliers has none of that name: Colour." in data.health.notes


def test_the_file_that_holds_nothing_is_named(tmp_path: Path) -> None:
    (tmp_path / "suppliers.csv").touch()
    (tmp_path / "items.csv").write_text("item_id,name\nI1,bolt\n", encoding="utf-8")
    with pytest.raises(SrmkitError, match=r"suppliers.csv: row 1 holds no column names"):
        read_dataset(tmp_path)
