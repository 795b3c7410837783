"""The data health study finds what is planted, exactly, and says of real books what is known of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.decisions.result import fingerprint
from srmkit.duplicates import Decisions
from srmkit.errors import SrmkitError
from srmkit.exports import write_exports
from srmkit.health.readiness import CARE, LIGHTS, NOT_READY, READY
from srmkit.sample import read_truth
from srmkit.studies import data_health
from srmkit.studies.data_health import DataHealth, Params
from srmkit.tables import read_dataset
from srmkit.widgets.explorer import Explorer

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    return dict(read_truth(SAMPLE)["purchasing"])


@pytest.fixture(scope="module")
def study() -> DataHealth:
    return data_health.run(Params())


@pytest.fixture(scope="module")
def frames() -> dict[str, pd.DataFrame]:
    data = read_dataset("sample")
    return {name: data.frame(name) for name in data.tables}


def light(study: DataHealth, decision: str) -> str:
    return str(study.lights.loc[decision, "light"])


class TestSample:
    """The books are sound: what is found is what was planted."""

    def test_all_pairs_planted_and_no_other(self, study: DataHealth, truth: dict[str, Any]) -> None:
        found = {frozenset(pair) for pair in zip(study.pairs["left"], study.pairs["right"], strict=True)}
        assert found == {frozenset(pair) for pair in truth["duplicate_suppliers"]}

    def test_departments_disagree_where_planted(self, study: DataHealth, truth: dict[str, Any]) -> None:
        table = study.conflicts
        for conflict, planted in (("value", "department_conflicts"), ("unit", "department_units")):
            found = table[table["conflict"].eq(conflict)]
            assert found[["supplier_id", "figure"]].to_numpy().tolist() == truth[planted]

    def test_lines_in_another_unit(self, study: DataHealth, truth: dict[str, Any]) -> None:
        planted = [" / ".join(line) for line in truth["lines_in_another_unit"]]
        assert sorted(study.evidence.units["key"]) == sorted(planted)

    def test_stuck_skipped_and_unknown(self, study: DataHealth, truth: dict[str, Any]) -> None:
        assert sorted(study.stuck[["supplier_id", "state"]].to_numpy().tolist()) == truth["stuck_suppliers"]
        by_kind = study.irregular.groupby("kind")["supplier_id"].agg(sorted).to_dict()
        assert by_kind["skipped"] == truth["skipped_qualification"]
        assert by_kind["none"] == truth["without_state"]
        assert by_kind["ordered_after_exit"] == truth["inactive_with_orders"]
        early = [supplier for supplier, state in truth["stuck_suppliers"] if state in ("register", "qualify")]
        assert by_kind["ordered_early"] == early

    def test_expired_certificates_of_active_suppliers(self, study: DataHealth, truth: dict[str, Any]) -> None:
        active = read_dataset("sample").frame("suppliers").set_index("supplier_id")["active"]
        found = study.gates[study.gates["state"].eq("expired")]
        assert sorted(found[["supplier_id", "certificate"]].to_numpy().tolist()) == sorted(
            pair for pair in truth["expired_certificates"] if active[pair[0]])

    def test_missing_facts_are_the_gaps_of_the_table(self, study: DataHealth) -> None:
        suppliers = read_dataset("sample").frame("suppliers")
        suppliers = suppliers[suppliers["active"]]
        lacking = suppliers[["name", "country", "address", "tax_id"]].isna().any(axis=1)
        assert sorted(study.missing_facts["supplier_id"]) == sorted(suppliers.loc[lacking, "supplier_id"])

    def test_nothing_is_forbidden_and_nothing_is_not_ready(self, study: DataHealth) -> None:
        assert study.evidence.constants["column"].tolist() == ["currency"]
        assert study.forbidden() == ("No figure that the studies work out is constant.",)
        assert NOT_READY not in set(study.lights["light"])

    def test_decided_pairs_are_replayed_and_lift_the_light(
        self, study: DataHealth, truth: dict[str, Any], tmp_path: Path
    ) -> None:
        said = Decisions()
        for left, right in truth["duplicate_suppliers"]:
            said = said.saying(left, right, same=True)
        file = said.write(tmp_path / "said.toml")
        after = data_health.run(Params(duplicate_decisions=str(file)))
        assert set(after.pairs["decision"]) == {"same"}
        assert (light(study, "spend_profile"), light(after, "spend_profile")) == (CARE, READY)
        firms = after.groups["supplier"].table
        assert [sorted(group.index) for _, group in firms.groupby("firm") if len(group) > 1] == sorted(
            sorted(pair) for pair in truth["duplicate_suppliers"])

    def test_groups_are_those_planted(self, study: DataHealth, truth: dict[str, Any]) -> None:
        table = study.groups["supplier"].table
        found = {head: sorted(table.index[table["ultimate"].eq(head) & (table.index != head)])
                 for head in truth["supplier_groups"]}
        assert found == truth["supplier_groups"]


class TestPlantedFaults:
    """The sample company with one kind of fault each: the light that should fall does, and the words say why."""

    def made(self, frames: dict[str, pd.DataFrame], folder: Path, **changed: pd.DataFrame) -> DataHealth:
        for name, table in {**frames, **changed}.items():
            table.to_parquet(folder / f"{name}.parquet", index=False)
        return data_health.run(Params(data=str(folder), duplicates=False))

    def test_receipts_that_copy_the_promise_forbid_the_scorecard(
        self, frames: dict[str, pd.DataFrame], tmp_path: Path
    ) -> None:
        promised = frames["purchase_order_lines"][["po_id", "line_id", "promised_date"]]
        copied = frames["receipts"].merge(promised, on=["po_id", "line_id"])
        copied = copied.assign(receipt_date=copied.pop("promised_date"))
        study = self.made(frames, tmp_path, receipts=copied)
        assert light(study, "supplier_scorecard") == NOT_READY
        assert any("no on-time rate" in sentence for sentence in study.forbidden())
        assert light(study, "spend_profile") == CARE
        assert study.lights.loc["spend_profile", "because"] == "suppliers that are in the list once: none counted"
        assert "Nobody looked for duplicates: the setting says so." in study.health()

    def test_prices_by_the_hundred_days_turned_and_a_table_lost(
        self, frames: dict[str, pd.DataFrame], tmp_path: Path
    ) -> None:
        lines = frames["purchase_order_lines"].copy()
        many = lines.groupby("item_id")["unit_price"].transform("size")
        picked = lines.index[(many > 20)][:3]
        lines.loc[picked, "unit_price"] *= 100
        turned = frames["invoices"].copy()
        rows = turned.index[turned["paid_date"].notna()][:5]
        turned.loc[rows, "paid_date"] = turned.loc[rows, "invoice_date"] - pd.Timedelta(days=10)
        study = self.made(frames, tmp_path, purchase_order_lines=lines, invoices=turned,
                          contracts=frames["contracts"].assign(notice_days=None))
        hundred = study.evidence.units[study.evidence.units["what"].str.contains("100 times that")]
        assert sorted(hundred["key"]) == sorted(lines.loc[picked, "po_id"] + " / " + lines.loc[picked, "line_id"])
        orders = study.evidence.orders
        assert sorted(orders.loc[orders["table"].eq("invoices"), "key"]) == sorted(turned.loc[rows, "invoice_id"])
        assert light(study, "contracts") == NOT_READY
        assert "contracts with an end and a notice: none of 75" in study.lights.loc["contracts", "because"]
        assert set(hundred["key"]) <= set(study.outliers["key"])


    def test_the_messy_company_is_seen_through(self, tmp_path: Path) -> None:
        """Bad exports with every fault counted: lines shipped before they were ordered, rows twice, totals."""
        from srmkit.sample import make_company, write_messy

        folder = write_messy(make_company(), tmp_path, 3)
        mess = read_truth(folder)["mess"]
        study = data_health.run(Params(data=str(folder), column_map=str(folder / "column_map.toml"), duplicates=False))
        turned = study.evidence.orders["table"].eq("sales_order_lines").sum()
        assert turned == mess["faults"]["sales_order_lines"]["shipped_before_ordered"]
        aside = study.findings.set_index("finding").loc["rows set aside when read", "count"]
        assert aside == sum(sum(tables.values()) for tables in mess["set_aside"].values())


class TestRealBooks:
    def test_adventureworks_has_no_variation_in_deliveries_and_prices(self, shared: Path) -> None:
        """Its SOURCE.md: no delivery variation, no price variation; 86 of 104 vendors have orders."""
        study = data_health.run(Params(data=str(shared / "data" / "adventureworks"), column_map="adventureworks",
                                       months=0))
        found = set(study.evidence.constants["figure"]) - {""}
        assert {"delivery", "price", "shipped"} <= found
        assert not {"rejected", "short"} & found  # 563 lines with rejects, 380 short
        assert light(study, "supplier_scorecard") == NOT_READY
        assert "delivery dates that vary" in study.lights.loc["supplier_scorecard", "because"]
        needs = study.readiness.needs.set_index(["decision", "need"])
        assert needs.loc[("supplier_risk", "suppliers whose state is known"), "of"] == 86
        assert study.evidence.tables.loc["purchase_order_lines", "rows"] == 8845

    def test_scms_has_deliveries_that_vary_and_only_the_buying_side(self, shared: Path) -> None:
        """Its SOURCE.md: 5,404 lines of the programme's own warehouse, 72 true vendors, 94.74 % on time."""
        study = data_health.run(Params(data=str(shared / "data" / "scms"), column_map="scms", months=0))
        assert "delivery" not in set(study.evidence.constants["figure"])
        assert any("5,404 rows of purchase_order_lines excluded: internal stock transfer" in line
                   for line in study.health())
        assert light(study, "supplier_scorecard") != NOT_READY
        assert light(study, "account_selection") == NOT_READY
        assert study.evidence.tables.loc["suppliers", "rows"] == 72
        assert study.evidence.sources.set_index(["table", "source"]).loc[
            ("purchase_order_lines", "imputed"), "values"] > 0


class TestStudy:
    def test_bars_move_the_lights_without_reading_again(self, study: DataHealth) -> None:
        strict = data_health.again(study, Params(helpful=90.0, essential=96.0))
        assert strict.evidence is study.evidence
        assert (strict.lights["light"] == READY).sum() < (study.lights["light"] == READY).sum()
        back = data_health.again(strict, study.params)
        assert {name: fingerprint(frame) for name, frame in back.tables().items()} == {
            name: fingerprint(frame) for name, frame in study.tables().items()}

    def test_the_chances_of_a_light_add_up(self, study: DataHealth) -> None:
        assert (study.lights[list(LIGHTS)].sum(axis=1) - 1).abs().max() < 1e-12

    def test_the_files_hold_every_finding(self, study: DataHealth, tmp_path: Path) -> None:
        written = write_exports(study, tmp_path)
        assert {"decision.json", "manifest.json", "tables.xlsx"} <= set(written["file"])
        sheets = pd.read_excel(tmp_path / "tables.xlsx", sheet_name=None, engine="calamine")
        assert set(study.findings["sheet"]) <= set(sheets)
        assert len(sheets["Pairs"]) == len(study.pairs)
        assert "Rows set aside" in sheets

    def test_the_explorer_shows_lights_and_says_why(self, study: DataHealth) -> None:
        explorer = Explorer(study)
        assert "spend profile" in explorer.table.value
        explorer.more.selected_index = 0
        explorer.candidate.value = "spend profile"
        assert "suppliers that are in the list once" in explorer.reasons.value
        explorer.form.controls["helpful"].value = 90.0
        assert explorer.study.params.helpful == 90
        explorer.more.selected_index = 1
        assert "supplier segmentation" in explorer.moves.value

    def test_labels_out_of_order_are_refused(self) -> None:
        with pytest.raises(SrmkitError, match="'likely' should not be above 'firm'"):
            Params.check({"firm": 0.6, "likely": 0.8})
