"""Every row read is used, excluded or refused: once, and listed where it is not used."""

from __future__ import annotations

import tempfile
from decimal import Decimal
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.tables import Dataset, read_dataset

MAP = """
name = "Mine"
currency = "EUR"
gaps = ["?"]
[tables.suppliers]
file = "vendors.csv"
columns = { supplier_id = "id", name = "name" }
exclude = [{ column = "name", equals = "stock", reason = "own" }]
[tables.contracts]
file = "contracts.csv"
exclude = [{ column = "who", matches = "^X", reason = "not ours" }]
[tables.contracts.columns]
contract_id = "id"
supplier_id = "who"
start_date = { from = "day", formats = ["%d.%m.%Y"], fallback = "other day" }
end_date = { value = "2030-01-01" }
annual_value = { from = "value", decimal = ",", thousands = "." }
"""
SUPPLIER = st.tuples(
    st.sampled_from(["S1", "S2", "S3", "", "?"]), st.sampled_from(["Alba", "stock", "", " Dahl "])
)
CONTRACT = st.tuples(
    st.sampled_from(["C1", "C2", "C3", "C4", ""]),
    st.sampled_from(["S1", "S2", "S9", "X1", ""]),
    st.sampled_from(["01.02.2024", "2024-02-01", "", "?"]),
    st.sampled_from(["03.02.2024", "soon", ""]),
    st.sampled_from(["1.234,50", "-5", "12.34", "", "7"]),
)


def read(suppliers: list[tuple[str, ...]], contracts: list[tuple[str, ...]]) -> Dataset | None:
    with tempfile.TemporaryDirectory() as home:
        pd.DataFrame(suppliers, columns=["id", "name"]).to_csv(Path(home, "vendors.csv"), index=False)
        columns = ["id", "who", "day", "other day", "value"]
        pd.DataFrame(contracts, columns=columns).to_csv(Path(home, "contracts.csv"), index=False, sep=";")
        Path(home, "map.toml").write_text(MAP)
        try:
            return read_dataset(home, column_map=Path(home, "map.toml"))
        except SrmkitError as error:
            if "every row of" not in str(
                error
            ):  # a table of which nothing is left is an error, not an account
                raise
            return None


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SUPPLIER, max_size=6), st.lists(CONTRACT, max_size=8))
def test_read_is_used_and_excluded_and_refused(
    suppliers: list[tuple[str, ...]], contracts: list[tuple[str, ...]]
) -> None:
    data = read(suppliers, contracts)
    if data is None:
        return
    tables = data.health.tables
    asides = data.health.set_aside

    assert (
        tables["rows_read"] == tables[["rows_used", "rows_excluded", "rows_refused"]].sum(axis="columns")
    ).all()
    written = {"suppliers": suppliers, "contracts": contracts}
    for name, rows in written.items():
        aside = asides[asides["table"].eq(name)]
        assert tables.loc[name, "rows_read"] == sum(any(cell.strip() for cell in row) for row in rows)
        assert len(data.frame(name)) == tables.loc[name, "rows_used"]
        assert aside["row"].is_unique
        assert aside["row"].isin(range(2, len(rows) + 2)).all()
        assert aside["kind"].eq("excluded").sum() == tables.loc[name, "rows_excluded"]
        assert aside["reason"].str.len().gt(0).all()
    assert (data.health.conversions["count_used"] <= data.health.conversions["count"]).all()
    money = data.health.money
    assert (money["read"] == money["used"] + money["excluded"] + money["refused"]).all()
    amounts = [row[-1].replace(".", "").replace(",", ".") for row in contracts if row[-1] in ("1.234,50", "-5", "7")]
    assert sum(money["read"]) == sum(map(Decimal, amounts))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(SUPPLIER, max_size=6), st.lists(CONTRACT, max_size=8))
def test_what_is_used_is_sound(suppliers: list[tuple[str, ...]], contracts: list[tuple[str, ...]]) -> None:
    data = read(suppliers, contracts)
    if data is None:
        return
    used = data.frame("contracts")

    assert used[["contract_id", "supplier_id", "start_date", "end_date"]].notna().all(axis=None)
    assert used["contract_id"].is_unique
    assert used["supplier_id"].isin(data.frame("suppliers")["supplier_id"]).all()
    assert used["annual_value"].dropna().ge(0).all()
