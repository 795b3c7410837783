"""The committed sample company is the one that the code makes, and it reads without a hitch."""

from __future__ import annotations

import json
from pathlib import Path

import pandas as pd

from srmkit.places import data_folder
from srmkit.sample import Company, SampleSettings, changed_tables, make_company, read_truth, write_company
from srmkit.sample.canonical import canonical
from srmkit.sample.dictionary import with_dictionary
from srmkit.tables import read_dataset
from srmkit.tables.catalogue import CATALOGUE

SAMPLE = data_folder() / "sample"
PAGE = Path(__file__).resolve().parents[2] / "docs" / "sample-company.md"


def test_the_committed_tables_are_the_ones_that_the_code_makes(company):
    assert changed_tables(company, SAMPLE) == {}, "run python -m srmkit.sample"


def test_the_committed_truth_is_that_of_the_committed_tables(company, tmp_path):
    write_company(company, tmp_path)
    assert read_truth(tmp_path) == read_truth(SAMPLE), "run python -m srmkit.sample"


def test_the_page_lists_the_tables_as_they_are(company):
    page = PAGE.read_text(encoding="utf-8")
    again = "run python -m srmkit.sample --page docs/sample-company.md"
    assert with_dictionary(page, company.tables) == page, again


def test_every_table_of_the_catalogue_is_there(company):
    # prices that others publish belong to no company
    assert list(company.tables) == [name for name in CATALOGUE if name != "market_prices"]


def test_no_row_of_the_sample_is_set_aside():
    health = read_dataset("sample").health
    assert health.tables["rows_used"].equals(health.tables["rows_read"].rename("rows_used"))
    assert health.set_aside.empty
    assert health.notes == ()


def test_the_sample_stays_small():
    assert sum(path.stat().st_size for path in SAMPLE.iterdir()) < 2_000_000


def test_a_changed_table_is_named_with_what_differs(tmp_path):
    products = pd.DataFrame(
        {"product_id": ["P1", "P2"], "name": ["pump", "drive"], "product_line": ["a", "b"]}
    )
    company = Company(SampleSettings(), {"products": canonical(products, "products")}, {})
    write_company(Company(SampleSettings(), {"products": products.assign(name="valve")}, {}), tmp_path)
    assert changed_tables(company, tmp_path) == {"products": "differs in name"}
    products.head(1).to_parquet(tmp_path / "products.parquet")
    products.to_parquet(tmp_path / "suppliers.parquet")
    assert changed_tables(company, tmp_path) == {
        "products": "has 1 rows instead of 2",
        "suppliers": "is in the folder only",
    }


def test_the_same_seed_makes_the_same_company_and_another_seed_another_one():
    small = SampleSettings(seed=5, customers=60)
    first, second, other = (make_company(s) for s in (small, small, SampleSettings(seed=6, customers=60)))
    assert all(first.tables[name].equals(second.tables[name]) for name in first.tables)
    assert first.truth == second.truth
    assert not first.tables["sales_order_lines"].equals(other.tables["sales_order_lines"])


def test_truth_is_written_with_its_keys_in_order():
    text = (SAMPLE / "truth.json").read_text(encoding="utf-8")
    found = json.loads(text)
    assert json.dumps(found, indent=1, sort_keys=True, ensure_ascii=False) + "\n" == text
    assert found["settings"]["seed"] == SampleSettings().seed
