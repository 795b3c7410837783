"""Pairs, their worth in bits and the reasons: by hand, on planted groups, and on published sets with known truth."""

from __future__ import annotations

import importlib.util
import logging
from math import log2
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from srmkit.duplicates import Field, find_duplicates
from srmkit.duplicates.fields import COMPARISONS, PARTY
from srmkit.errors import SrmkitError
from srmkit.sample import SampleSettings, read_truth
from srmkit.sample.purchasing.identity import identity
from srmkit.sample.purchasing.market import market
from srmkit.tables import read_dataset

SAMPLE = Path(__file__).resolve().parents[2] / "data" / "sample"
PEOPLE = (
    Field("given_name", "word", "given name"),
    Field("surname", "word", "surname"),
    Field("date_of_birth", "number", "date of birth"),
    Field("soc_sec_id", "number", "number"),
    Field("address_1", "address", "street"),
    Field("postcode", "word", "postcode"),
    Field("suburb", "word", "suburb"),
)


@pytest.fixture(scope="module")
def suppliers() -> pd.DataFrame:
    return read_dataset("sample").frame("suppliers").set_index("supplier_id")


def firms(**columns: list[Any]) -> pd.DataFrame:
    return pd.DataFrame(columns, index=[f"S{number}" for number in range(1, len(columns["name"]) + 1)])


TWO = firms(name=["Dornau Guss GmbH", "DORNAU-GUSS G.m.b.H.", "Velmau AG"],
            tax_id=["DE123456789", "DE 123456798", None])


class TestBits:
    def test_they_add_up_from_the_start_over_the_fields(self, suppliers: pd.DataFrame) -> None:
        found = find_duplicates(suppliers)
        parts = found.pairs[[f"bits_{item.name}" for item in PARTY]].sum(axis=1)
        assert (found.pairs["bits"] - parts - found.start_bits).abs().max() < 1e-9

    def test_they_are_the_odds(self, suppliers: pd.DataFrame) -> None:
        pairs = find_duplicates(suppliers).pairs
        odds = pairs["bits"].map(lambda bits: 2.0**bits)
        assert (pairs["probability"] - odds / (1 + odds)).abs().max() < 1e-12

    def test_two_digits_swapped_are_worth_less_than_the_same_number(self) -> None:
        """Fellegi and Sunter (1969): each agreement is worth log2 of its chance among twins over that among others."""
        pair = find_duplicates(TWO).pairs.iloc[0]
        name, number = COMPARISONS["firm"].levels[0], COMPARISONS["number"].levels[1]
        assert pair["bits_name"] == pytest.approx(log2(name.same / name.chance))
        assert pair["bits_tax_id"] == pytest.approx(log2(number.same / number.chance))
        start = 2 * 0.05 / (len(TWO) - 1)
        assert pair["bits"] == pytest.approx(log2(start / (1 - start)) + pair["bits_name"] + pair["bits_tax_id"])

    def test_what_is_not_known_counts_neither_for_nor_against(self) -> None:
        without = find_duplicates(TWO).pairs.iloc[0]
        with_gaps = find_duplicates(TWO.assign(phone=["+49 555 1234567", None, None], domain=None)).pairs.iloc[0]
        assert with_gaps["bits"] == without["bits"]
        assert with_gaps["level_phone"] == -1

    @pytest.mark.parametrize("kind", sorted(COMPARISONS))
    def test_of_each_kind_the_chances_sum_to_one_and_fall_with_distance(self, kind: str) -> None:
        levels = COMPARISONS[kind].levels  # type: ignore[index]
        assert sum(level.same for level in levels) == pytest.approx(1.0)
        assert sum(level.chance for level in levels) == pytest.approx(1.0, abs=1e-3)
        assert [level.bits for level in levels] == sorted((level.bits for level in levels), reverse=True)

    def test_the_reasons_are_said_in_words(self) -> None:
        found = find_duplicates(TWO)
        assert found.pairs["why"].iloc[0] == (
            "name: same but for legal form and writing (+12.6 bits); "
            "tax number: one sign differs, or two are swapped (+12.3 bits)"
        )
        reasons = found.reasons("S2", "S1")
        assert reasons["bits"].iloc[:-1].sum() == pytest.approx(reasons["bits"].iloc[-1])
        assert reasons.loc[reasons["what"].eq("tax number"), ["left", "right"]].to_numpy().tolist() == [
            ["DE123456789", "DE 123456798"]]

    def test_chinese_and_latin_names_are_compared_alike(self) -> None:
        found = find_duplicates(firms(
            name=["深圳市华光技术有限公司", "深圳市华光技术股份有限公司", "北京金龙机械有限公司", "Dornau AG"],
            phone=["0755 1234 5678", "+86 755 1234 5678", "010 8765 4321", None]))
        assert found.pairs[["left", "right"]].to_numpy().tolist() == [["S1", "S2"]]
        assert found.pairs["probability"].iloc[0] > 0.99


class TestOrderAndChance:
    def test_the_order_of_the_rows_changes_no_bit(self, suppliers: pd.DataFrame) -> None:
        found = find_duplicates(suppliers).pairs.set_index("left_name")["bits"]
        turned = find_duplicates(suppliers.iloc[::-1]).pairs
        bits = turned["bits"].round(9).sort_values().tolist()
        assert bits == found.round(9).sort_values().tolist()

    def test_a_newcomer_changes_only_the_chance_before_looking(self, suppliers: pd.DataFrame) -> None:
        fewer = find_duplicates(suppliers.iloc[:100])
        more = find_duplicates(suppliers)
        both = fewer.pairs.merge(more.pairs, on=["left", "right"])
        assert len(both) == len(fewer.pairs) > 0
        assert (both["bits_x"] - fewer.start_bits - both["bits_y"] + more.start_bits).abs().max() < 1e-9

    def test_the_same_seed_learns_the_same(self, suppliers: pd.DataFrame) -> None:
        first, second = (find_duplicates(suppliers, train=True, seed=3) for _ in range(2))
        pd.testing.assert_frame_equal(first.pairs, second.pairs, check_exact=True)
        assert first.trained

    def test_nothing_is_printed_or_logged(self, suppliers: pd.DataFrame, capsys: Any, caplog: Any) -> None:
        with caplog.at_level(logging.DEBUG):
            find_duplicates(suppliers, train=True)
        assert capsys.readouterr() == ("", "")
        assert not [record for record in caplog.records if record.name.startswith("splink")]

    def test_a_database_of_ones_own_gives_the_same(self, suppliers: pd.DataFrame, tmp_path: Path) -> None:
        import splink

        own = find_duplicates(suppliers, database=splink.DuckDBAPI(str(tmp_path / "large.db")))
        pd.testing.assert_frame_equal(own.pairs, find_duplicates(suppliers).pairs)


class TestRefused:
    def test_without_the_extra_its_name_is_told(self, monkeypatch: pytest.MonkeyPatch) -> None:
        whole = importlib.util.find_spec
        monkeypatch.setattr("srmkit.duplicates.linking.find_spec",
                            lambda name: None if name == "splink" else whole(name))
        with pytest.raises(SrmkitError) as refused:
            find_duplicates(TWO)
        assert str(refused.value) == (
            "search for duplicates: 1 problem\n"
            "  - the package 'splink' is not installed. It comes with an extra: pip install 'srmkit[duplicates]'."
        )

    def test_two_parties_with_one_id(self) -> None:
        with pytest.raises(SrmkitError, match="must be different; found 'S1' more than once"):
            find_duplicates(TWO.set_axis(["S1", "S1", "S2"]))

    @pytest.mark.parametrize("parties", [
        TWO.iloc[:0], TWO.iloc[:1], firms(name=[None, None]), pd.DataFrame(index=["S1", "S2"]),
    ])
    def test_nothing_to_compare_finds_nothing(self, parties: pd.DataFrame) -> None:
        assert find_duplicates(parties).pairs.empty

    def test_hostile_names_are_only_names(self) -> None:
        evil = "'; DROP TABLE x; -- <script>alert(1)</script> {0} %s"
        found = find_duplicates(firms(name=[f"{evil} GmbH", f"{evil} AG", "Alba"]))
        assert len(found.pairs) == 1


class TestSample:
    """The planted groups, and the subsidiaries that share a domain with their parent and are no duplicates."""

    def test_all_planted_pairs_and_nothing_else_are_found(self, suppliers: pd.DataFrame) -> None:
        truth = read_truth(SAMPLE)["purchasing"]
        found = find_duplicates(suppliers, least=0.5).pairs
        planted = {frozenset(pair) for pair in truth["duplicate_suppliers"]}
        assert {frozenset(pair) for pair in zip(found["left"], found["right"], strict=True)} == planted

    def test_names_alone_still_bring_them_up_for_review(self, suppliers: pd.DataFrame) -> None:
        truth = read_truth(SAMPLE)["purchasing"]
        found = find_duplicates(suppliers[["name"]], least=0.5).pairs
        planted = {frozenset(pair) for pair in truth["duplicate_suppliers"]}
        assert {frozenset(pair) for pair in zip(found["left"], found["right"], strict=True)} == planted

    def test_no_customer_is_taken_for_another(self) -> None:
        customers = read_dataset("sample").frame("customers").set_index("customer_id")
        assert find_duplicates(customers, least=0.5).pairs.empty

    def test_over_many_companies_precision_and_recall_stay_high(self) -> None:
        """20 companies of other seeds: 60 planted pairs among 2,400 suppliers."""
        right = listed = planted = 0
        for seed in range(20):
            world = market(SampleSettings(seed=seed))
            parties = identity(world).assign(name=world.suppliers["name"])
            pairs = find_duplicates(parties, least=0.5).pairs
            firm = world.suppliers["firm"]
            same = pairs["left"].map(firm).eq(pairs["right"].map(firm))
            right, listed, planted = right + int(same.sum()), listed + len(pairs), planted + 3
        assert right / planted >= 0.98
        assert right / listed >= 0.95


def febrl(shared: Path, name: str) -> pd.DataFrame:
    table = pd.read_csv(shared / "data" / "febrl" / f"{name}.csv", dtype=str, skipinitialspace=True)
    return table.rename(columns=str.strip).set_index("rec_id")


def measured(parties: pd.DataFrame, fields: tuple[Field, ...], **options: Any) -> tuple[float, float]:
    """Precision and recall of the pairs that are more likely one than not."""
    person = pd.Series(parties.index.str.extract(r"rec-(\d+)-")[0].to_numpy(), index=parties.index)
    sizes = person.value_counts()
    pairs = find_duplicates(parties, fields=fields, twins=0.5, least=0.5, **options).pairs
    same = pairs["left"].map(person).to_numpy() == pairs["right"].map(person).to_numpy()
    return float(same.mean()), float(same.sum() / (sizes * (sizes - 1) // 2).sum())


class TestFebrl:
    """People with typed errors (Christen's Febrl); rec_id tells who is who. 500 and 6,538 true pairs."""

    @pytest.mark.parametrize(("name", "train"), [
        ("dataset1", False), ("dataset1", True), ("dataset3", False), ("dataset3", True),
    ])
    def test_nearly_all_pairs_are_found_and_hardly_one_too_many(self, shared: Path, name: str, train: bool) -> None:
        precision, recall = measured(febrl(shared, name), PEOPLE, train=train)
        assert precision >= 0.999
        assert recall >= 0.99

    def test_without_the_number_it_stays_good(self, shared: Path) -> None:
        fields = tuple(item for item in PEOPLE if item.name != "soc_sec_id")
        precision, recall = measured(febrl(shared, "dataset3"), fields, train=False)
        assert precision >= 0.99
        assert recall >= 0.95
