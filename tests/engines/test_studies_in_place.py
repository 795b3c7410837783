"""A study whose data are many measures them where they lie, and answers what it answers when it reads them."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.duplicates import Decisions, Replayed
from srmkit.errors import SrmkitError
from srmkit.metrics import Period, account_metrics, supplier_metrics
from srmkit.studies import account_selection, data_health, supplier_segmentation
from srmkit.studies.data_health import DataHealth
from srmkit.studies.supplier_segmentation import SupplierSegmentation
from srmkit.tables import in_place, open_dataset, read_dataset
from srmkit.tables.engine import Engine, OutsideEngine

LOOKED_AT = (
    "Lights", "Needs", "Findings", "Tables", "Rows by month", "Gaps", "Departments", "Units", "Impossible orders",
    "Outliers", "Constants", "Funnel", "Stuck", "Irregular", "Missing facts", "Certificates",
)
IN_PLACE = "The data were measured where they lie; rows left out are counted, not listed."


@pytest.fixture(scope="module")
def lake(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample company as a folder of Parquet files, its order lines in two parts."""
    folder = tmp_path_factory.mktemp("lake")
    data = read_dataset("sample")
    for name in data.tables:
        data.frame(name).to_parquet(folder / f"{name}.parquet", index=False, coerce_timestamps="us")
    lines = pd.read_parquet(folder / "purchase_order_lines.parquet")
    (folder / "purchase_order_lines.parquet").unlink()
    parts = folder / "purchase_order_lines"
    parts.mkdir()
    for number, part in enumerate((lines[::2], lines[1::2])):
        part.to_parquet(parts / f"{number}.parquet", index=False, coerce_timestamps="us")
    return folder


@pytest.fixture(params=["parquet", "postgres"])
def many(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, lake: Path) -> str:
    """The address of data that count as many, as a setting of a study holds it."""
    monkeypatch.setattr(in_place, "MANY", 1_000)
    if request.param == "parquet":
        return str(lake)
    written: Callable[..., str] = request.getfixturevalue("on_server")
    monkeypatch.setenv("PURCHASING", written(request.getfixturevalue("postgres"), read_dataset("sample")))
    return "$PURCHASING"


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rows each answer had that came here."""
    rows: list[int] = []
    for engine in (Engine, OutsideEngine):
        really = engine.collect

        def collect(self: Any, expression: Any, really: Any = really) -> pd.DataFrame:
            found: pd.DataFrame = really(self, expression)
            rows.append(len(found))
            return found

        monkeypatch.setattr(engine, "collect", collect)
    return rows


@pytest.fixture(scope="module")
def read() -> SupplierSegmentation:
    """The study of the sample company as it is read."""
    return supplier_segmentation.run(supplier_segmentation.Params())


def test_suppliers_are_segmented_where_their_lines_lie(
    many: str, fetched: list[int], read: SupplierSegmentation
) -> None:
    fetched.clear()
    found = supplier_segmentation.run(supplier_segmentation.Params(data=many))
    assert max(fetched) < 2_000  # days by supplier, not the ten thousand lines
    pd.testing.assert_frame_equal(found.classed, read.classed, rtol=1e-9)
    assert IN_PLACE in found.evidence.dataset.health.notes
    assert found.params.data == many
    inputs = found.manifest()["inputs"]
    assert {"purchase_order_lines (state)", "suppliers (state)"} <= set(inputs)
    assert ("suppliers.parquet" in inputs) == (not many.startswith("$"))


def test_accounts_are_selected_where_their_sales_lie(many: str, fetched: list[int]) -> None:
    found = account_selection.run(account_selection.Params(data=many))
    data = read_dataset("sample")
    read = account_metrics(data, Period.ending(data.last_date(), 12)).values
    pd.testing.assert_frame_equal(found.evidence.metrics.values, read, rtol=1e-9)
    assert IN_PLACE in found.evidence.dataset.health.notes


def test_the_health_of_data_is_told_where_they_lie(many: str, fetched: list[int]) -> None:
    def told(study: DataHealth) -> dict[str, pd.DataFrame]:
        tables = study.tables()
        return {name: tables[name] for name in LOOKED_AT} | {"Differences": study.evidence.differences}

    found = told(data_health.run(data_health.Params(data=many, duplicates=False)))
    assert max(fetched) < 1_000  # lists of parties and of what is wrong; no lines
    read = told(data_health.run(data_health.Params(duplicates=False)))
    for name, table in read.items():
        pd.testing.assert_frame_equal(found[name], table, rtol=1e-9, check_dtype=False, obj=name)


def test_few_rows_are_read(lake: Path, tmp_path: Path) -> None:
    pd.read_parquet(lake / "items.parquet").to_parquet(tmp_path / "items.parquet")
    assert IN_PLACE not in open_dataset(str(tmp_path)).health.notes


def test_money_is_reconciled_where_it_lies(many: str) -> None:
    money = open_dataset(many).health.money.set_index(["table", "column"])
    read = read_dataset("sample").health.money.set_index(["table", "column"])
    for name, there in read.iterrows():
        assert money.loc[name, ["read", "used"]].tolist() == there[["read", "used"]].tolist()
    assert (money["read"] == money["used"] + money["excluded"] + money["refused"]).all()


def test_what_cannot_be_measured_in_place_is_refused_with_a_next_step(
    lake: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(in_place, "MANY", 1_000)
    home = tmp_path / "odd"
    home.mkdir()
    lines = pd.concat(map(pd.read_parquet, sorted((lake / "purchase_order_lines").iterdir())))
    lines.assign(order_date=lines["order_date"].astype(str)).to_parquet(home / "purchase_order_lines.parquet")
    with pytest.raises(SrmkitError, match="order_date.*convert it in a view where the data lie"):
        supplier_segmentation.run(supplier_segmentation.Params(data=str(home)))


def test_amounts_in_several_currencies_are_refused(lake: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(in_place, "MANY", 1_000)
    home = tmp_path / "mixed"
    home.mkdir()
    lines = pd.concat(map(pd.read_parquet, sorted((lake / "purchase_order_lines").iterdir())))
    lines["currency"] = ["EUR", "USD"] * (len(lines) // 2) + ["EUR"] * (len(lines) % 2)
    lines.to_parquet(home / "purchase_order_lines.parquet")
    with pytest.raises(SrmkitError, match="purchase_order_lines is in several currencies; found EUR, USD"):
        open_dataset(str(home))


def test_a_password_is_refused_in_a_setting_and_shown_nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    address = "postgresql://me:secret@127.0.0.1:1/books"
    with pytest.raises(SrmkitError, match="should hold no password") as caught:
        supplier_segmentation.Params.check({"data": address})
    monkeypatch.setenv("PURCHASING", address)
    with pytest.raises(SrmkitError, match="cannot be reached") as unreached:
        supplier_segmentation.run(supplier_segmentation.Params(data="$PURCHASING"))
    assert "secret" not in str(caught.value) + str(unreached.value)


def test_decisions_about_duplicates_give_the_figures_of_data_that_are_read(many: str, fetched: list[int]) -> None:
    """Two entries of one supplier that raters judged both, a third that has nothing but orders, and two customers."""
    plain = read_dataset("sample")
    judged = plain.frame("supplier_ratings")["supplier_id"].drop_duplicates().tolist()
    sold = plain.frame("sales_order_lines")["customer_id"].drop_duplicates().tolist()
    said = Decisions()
    for left, right in ((judged[0], judged[1]), (judged[1], judged[2]), ("S1026", "S1027"), (sold[0], sold[1])):
        said = said.saying(left, right, same=True, by="A. Brandt", on="2026-06-30")
    one_firm = Replayed(said)
    read = read_dataset("sample", one_firm=one_firm)
    fetched.clear()
    found = open_dataset(many, one_firm=one_firm)
    assert max(fetched) < 1_000  # the lists of parties; no lines
    period = Period.ending(plain.last_date(), 12)
    for measure in (supplier_metrics, account_metrics):
        here, there = measure(read, period), measure(found, period)
        pd.testing.assert_frame_equal(there.values, here.values, rtol=1e-9)
        pd.testing.assert_frame_equal(there.evidence, here.evidence, rtol=1e-9)
    pd.testing.assert_frame_equal(found.health.merged, read.health.merged, check_dtype=False)
    counts = ["rows_read", "rows_used", "rows_excluded", "rows_refused"]
    assert found.health.tables[counts].to_dict() == read.health.tables.loc[found.health.tables.index, counts].to_dict()
    assert found.health.tables["rows_excluded"]["supplier_ratings"] > 0
    amounts = ["read", "used", "excluded", "refused"]
    money = read.health.money.set_index(["table", "column"])
    for row in found.health.money.to_dict("records"):
        assert [row[name] for name in amounts] == money.loc[(row["table"], row["column"]), amounts].tolist()
    assert [note for note in read.health.notes if "A. Brandt" in note] == [
        note for note in found.health.notes if "A. Brandt" in note
    ]


def test_a_study_replays_decisions_and_groups_where_the_lines_lie(many: str) -> None:
    settings: dict[str, Any] = {"count_as_one": "group", "draws": 64}
    found = supplier_segmentation.run(supplier_segmentation.Params(data=many, **settings))
    read = supplier_segmentation.run(supplier_segmentation.Params(**settings))
    assert len(found.evidence.dataset.health.merged) > 0
    pd.testing.assert_frame_equal(found.classed, read.classed, rtol=1e-9)
