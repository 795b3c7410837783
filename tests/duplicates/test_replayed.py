"""Accepted pairs are one in every figure of every study, with who said so; nothing else is, and nothing is lost."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.batch.cases import Case
from srmkit.batch.stamp import Stamps
from srmkit.decisions.company_data import company_data
from srmkit.duplicates import Decisions, Replayed
from srmkit.errors import SrmkitError
from srmkit.metrics import Period, account_metrics, supplier_metrics, supplier_spend_by
from srmkit.sample import read_truth
from srmkit.studies import account_selection, criteria_weights, data_health, supplier_segmentation
from srmkit.tables import Dataset, read_dataset, read_frames

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
DAY = "2026-06-30"
PAIRS: list[tuple[str, str]] = [tuple(pair) for pair in read_truth(SAMPLE)["purchasing"]["duplicate_suppliers"]]
Params = supplier_segmentation.Params


def said(*pairs: tuple[str, str], by: str = "A. Brandt") -> Decisions:
    found = Decisions()
    for left, right in pairs:
        found = found.saying(left, right, same=True, by=by, on=DAY)
    return found


@pytest.fixture(scope="module")
def plain() -> Dataset:
    return read_dataset("sample")


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return said(*PAIRS).write(tmp_path_factory.mktemp("said") / "decisions.toml")


@pytest.fixture(scope="module")
def merged(file: Path) -> Dataset:
    return company_data(Params(duplicate_decisions=str(file)))


class TestFigures:
    def test_they_are_those_of_books_in_which_the_id_was_right_from_the_start(
        self, plain: Dataset, merged: Dataset
    ) -> None:
        """The same ledger with ids corrected by hand, and the second entry of each rating and source left out."""
        kept = {right: left for left, right in PAIRS}
        frames = {}
        for name in plain.tables:
            frame = plain.frame(name)
            if name == "suppliers":
                frame = frame[~frame["supplier_id"].isin(kept)]
            elif "supplier_id" in frame:
                second = frame["supplier_id"].isin(kept)
                frame = frame.assign(supplier_id=frame["supplier_id"].replace(kept), _second=second)
                keys = [*{"item_sources": ["item_id"], "supplier_ratings": ["criterion", "rater"],
                          "certificates": ["certificate"], "supplier_states": ["state", "entered_date"],
                          "department_figures": ["figure", "department"]}.get(name, []), "supplier_id"]
                if len(keys) > 1:
                    frame = frame.sort_values("_second", kind="stable").drop_duplicates(keys).sort_index()
                frame = frame.drop(columns="_second")
            elif "party_id" in frame:
                frame = frame.assign(party_id=frame["party_id"].mask(frame["role"].eq("supplier"),
                                                                     frame["party_id"].replace(kept)))
            frames[name] = frame
        by_hand = read_frames(frames, name="by hand", currency="EUR")
        period = Period.ending(plain.last_date(), 12)
        ours, theirs = (supplier_metrics(data, period).values for data in (merged, by_hand))
        pd.testing.assert_frame_equal(ours, theirs, check_exact=False, rtol=1e-12)
        assert set(ours.index).isdisjoint(kept)

    def test_money_is_neither_lost_nor_made(self, plain: Dataset, merged: Dataset) -> None:
        period = Period.all(plain)
        before, after = (supplier_spend_by(data, period, "item").sum(axis=1) for data in (plain, merged))
        for left, right in PAIRS:
            assert after[left] == pytest.approx(before.get(left, 0.0) + before.get(right, 0.0))
        assert after.sum() == pytest.approx(before.sum())

    def test_every_row_and_every_cent_is_accounted_for(self, plain: Dataset, merged: Dataset) -> None:
        tables = merged.health.tables
        assert (tables["rows_read"] == tables[["rows_used", "rows_excluded", "rows_refused"]].sum(axis=1)).all()
        assert tables["rows_read"].equals(plain.health.tables["rows_read"])
        money = merged.health.money
        assert all(row["read"] == row["used"] + row["excluded"] + row["refused"] for row in money.to_dict("records"))
        assert isinstance(money["read"].iloc[0], Decimal)

    def test_customers_are_merged_likewise(self, plain: Dataset) -> None:
        first, second = plain.frame("sales_order_lines").groupby("customer_id")["revenue"].sum().nlargest(2).index
        together = read_dataset("sample", one_firm=Replayed(said((first, second))))
        period = Period.all(plain)
        before, after = (account_metrics(data, period).values["revenue"] for data in (plain, together))
        kept, gone = (first, second) if first in after.index else (second, first)
        assert gone not in after.index
        assert after[kept] == pytest.approx(before[first] + before[second])
        others = after.index.drop(kept)
        assert after[others].equals(before[others])


class TestTold:
    def test_who_said_so_and_when_stands_in_the_notes_and_in_the_table(self, merged: Dataset) -> None:
        assert merged.health.notes[0].startswith("3 suppliers merged by decision of A. Brandt on 2026-06-30: ")
        table = merged.health.merged
        assert sorted(zip(table["kept"], table["entry"], strict=True)) == sorted(PAIRS)
        assert table["why"].str.contains("by decision of A. Brandt on 2026-06-30").all()
        aside = merged.health.set_aside
        lists = aside[aside["table"].eq("suppliers")]
        assert sorted(lists["found"]) == sorted(right for _, right in PAIRS)
        assert lists["kind"].eq("excluded").all()

    def test_the_rows_counted_are_those_that_named_the_entry(self, plain: Dataset, merged: Dataset) -> None:
        for row in merged.health.merged.to_dict("records"):
            named = 0
            for name in plain.tables:
                frame = plain.frame(name)
                if name != "suppliers" and "supplier_id" in frame:
                    named += int(frame["supplier_id"].eq(row["entry"]).sum())
                elif "party_id" in frame:
                    named += int((frame["role"].eq("supplier") & frame["party_id"].eq(row["entry"])).sum())
            assert row["rows"] == named

    @pytest.mark.parametrize("study", [supplier_segmentation, account_selection, criteria_weights])
    def test_every_study_reads_so_and_says_so(self, study: Any, file: Path) -> None:
        found = study.run(study.Params(duplicate_decisions=str(file), draws=64))
        assert any("3 suppliers merged by decision of A. Brandt" in line for line in found.health())
        assert len(found.tables()["Merged"]) == len(PAIRS)
        assert "decisions decisions.toml" in found.manifest()["inputs"]

    def test_without_decisions_nothing_is_said_and_no_sheet_is_written(self) -> None:
        found = supplier_segmentation.run(Params(draws=64))
        assert not any("merged" in line for line in found.health())
        assert "Merged" not in found.tables()

    def test_the_look_at_the_data_merges_nothing_and_names_the_file(self, file: Path) -> None:
        found = data_health.run(data_health.Params(duplicate_decisions=str(file), duplicates=False))
        assert found.evidence.dataset.health.merged.empty
        assert "decisions decisions.toml" in found.manifest()["inputs"]

    def test_it_is_said_in_chinese(self, file: Path) -> None:
        found = supplier_segmentation.run(Params(duplicate_decisions=str(file), draws=64, language="zh"))
        assert any("3" in line and "A. Brandt" in line and "合并" in line for line in found.health())

    def test_a_batch_makes_its_reports_anew_when_somebody_decides(self, tmp_path: Path) -> None:
        path = said(PAIRS[0]).write(tmp_path / "said.toml")
        case = Case("supplier_segmentation", "all", {"duplicate_decisions": str(path)})
        before = Stamps().of(case)
        said(*PAIRS).write(path)
        assert Stamps().of(case) != before


class TestWhatDoesNotFit:
    def test_a_party_that_is_gone_is_told_and_nothing_is_merged(self, plain: Dataset) -> None:
        data = read_dataset("sample", one_firm=Replayed(said(("S1026", "S9999"))))
        assert data.health.merged.empty
        assert any("S9999 is not in the list" in note and "not applied" in note for note in data.health.notes)
        assert len(data.frame("suppliers")) == len(plain.frame("suppliers"))

    def test_a_party_with_another_name_than_then_is_told_and_not_merged(self) -> None:
        """The number may have been given to another firm since."""
        decided = Decisions().saying("S1026", "S1027", same=True, by="A", on=DAY, names=("Alba AG", "Solmlund"))
        data = read_dataset("sample", one_firm=Replayed(decided))
        assert data.health.merged.empty
        assert any("was called Alba AG then" in note and "not applied" in note for note in data.health.notes)

    def test_a_decision_about_nobody_is_told(self) -> None:
        data = read_dataset("sample", one_firm=Replayed(said(("X1", "X2"))))
        assert "The decision about X1 and X2 fits nobody here." in data.health.notes

    def test_two_that_are_said_to_differ_stay_two(self, plain: Dataset) -> None:
        decided = Decisions().saying("S1026", "S1027", same=False, by="A", on=DAY)
        data = read_dataset("sample", one_firm=Replayed(decided))
        assert data.health.merged.empty
        assert data.health.tables.equals(plain.health.tables)

    def test_a_file_that_is_not_there_is_an_error_and_not_no_decision(self, tmp_path: Path) -> None:
        with pytest.raises(SrmkitError, match="the file is not there"):
            supplier_segmentation.run(Params(duplicate_decisions=str(tmp_path / "none.toml")))

    def test_contradictions_are_refused(self, tmp_path: Path) -> None:
        decided = said(("S1026", "S1027"), ("S1027", "S1028")).saying("S1026", "S1028", same=False, on=DAY)
        path = decided.write(tmp_path / "said.toml")
        with pytest.raises(SrmkitError, match="are said to be different, and to be one"):
            supplier_segmentation.run(Params(duplicate_decisions=str(path)))


class TestGroups:
    def test_subsidiaries_count_as_their_parent_only_when_asked(self, plain: Dataset, merged: Dataset) -> None:
        planted = read_truth(SAMPLE)["purchasing"]["supplier_groups"]
        below = {child for children in planted.values() for child in children}
        assert below.isdisjoint(merged.health.merged["entry"])
        data = company_data(Params(count_as_one="group"))
        rows = data.health.merged[data.health.merged["table"].eq("suppliers")]
        assert set(rows["entry"]) == below
        assert all(row["entry"] in planted[row["kept"]] for row in rows.to_dict("records"))
        assert data.frame("suppliers")["parent_id"].isna().all()
        assert any("suppliers counted with their group" in note for note in data.health.notes)
        before, after = (supplier_spend_by(one, Period.all(plain), "item").sum(axis=1) for one in (plain, data))
        for head, children in planted.items():
            assert after[head] == pytest.approx(before.reindex([head, *children]).sum())

    def test_a_second_entry_of_a_subsidiary_ends_at_the_top(self) -> None:
        frames = {"suppliers": pd.DataFrame({"supplier_id": ["S1", "S2", "S3"], "name": ["Alba Group", "Alba", "ALBA"],
                                             "parent_id": [None, "S1", None]})}
        lists = {"suppliers": frames["suppliers"].set_index("supplier_id")}
        found = Replayed(said(("S2", "S3")), "group")(lists).table.set_index("entry")
        assert found["kept"].to_dict() == {"S2": "S1", "S3": "S1"}
        assert found.loc["S3", "why"] == (
            "is one with S2 by decision of A. Brandt on 2026-06-30; S2 belongs to the group of S1")
