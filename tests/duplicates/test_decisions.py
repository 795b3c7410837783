"""Decisions are kept, replayed and never applied in silence; groups roll up to the last cent."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.duplicates import Decisions, find_duplicates, party_roll_up
from srmkit.errors import SrmkitError

FIRMS = pd.DataFrame({"name": ["Dornau Guss GmbH", "DORNAU GUSS GMBH", "Dornau Guss", "Velmau AG"]},
                     index=["S1", "S2", "S3", "S4"])
AWKWARD = 'Say "hello"\\ <b>\n\x7f\x00 深圳'


class TestFile:
    def test_what_is_written_is_read_back(self, tmp_path: Path) -> None:
        said = Decisions().saying("S1", "S2", same=True, by="A. Brandt", on="2026-06-30", note=AWKWARD,
                                  names=("Dornau Guss GmbH", AWKWARD), bits=41.25)
        said = said.saying("S3", "S4", same=False, on="2026-07-01")
        assert Decisions.read(said.write(tmp_path / "deep" / "said.toml")) == said
        assert sorted(path.name for path in (tmp_path / "deep").iterdir()) == ["said.toml"]

    @given(st.text(max_size=30), st.booleans())
    def test_any_note_survives(self, note: str, same: bool) -> None:
        import tempfile

        said = Decisions().saying("a", "b", same=same, on="2026-01-01", note=note.encode("utf-8", "ignore").decode())
        with tempfile.TemporaryDirectory() as folder:
            assert Decisions.read(said.write(Path(folder) / "x.toml")) == said

    def test_no_file_yet_is_no_decision(self, tmp_path: Path) -> None:
        assert Decisions.read(tmp_path / "none.toml") == Decisions()

    def test_all_that_is_wrong_is_told_at_once(self, tmp_path: Path) -> None:
        file = tmp_path / "said.toml"
        file.write_text("""
[[decision]]
left = "S1"
right = "S1"
same = true
[[decision]]
left = "S1"
right = "S2"
same = "yes"
[[decision]]
left = "S3"
right = "S4"
same = true
[[decision]]
left = "S4"
right = "S3"
same = false
[extra]
x = 1
""", encoding="utf-8")
        with pytest.raises(SrmkitError) as refused:
            Decisions.read(file)
        assert str(refused.value) == (
            "decisions about duplicates said.toml: 4 problems\n"
            "  - 'extra' is not known here. Every decision is a table [[decision]].\n"
            "  - decision 1 compares a party with itself; found S1. Delete it.\n"
            "  - decision 2: same input should be a valid boolean; found 'yes'.\n"
            "  - decision 4 is about the same pair as decision 3; found S4 and S3. Keep one of them."
        )

    def test_a_contradiction_is_told(self, tmp_path: Path) -> None:
        said = Decisions().saying("S1", "S2", same=True).saying("S2", "S3", same=True).saying("S1", "S3", same=False)
        with pytest.raises(SrmkitError, match="S1 and S3 are said to be different, and to be one; found they are one "
                                              "by way of S2"):
            Decisions.read(said.write(tmp_path / "said.toml"))


class TestReplay:
    def test_decided_pairs_leave_the_review(self) -> None:
        found = find_duplicates(FIRMS)
        assert len(found.review) == 3
        said = Decisions().saying("S2", "S1", same=True).saying("S1", "S3", same=False)
        again = found.decided(said)
        assert again.pairs.set_index(["left", "right"])["decision"].to_dict() == {
            ("S1", "S2"): "same", ("S1", "S3"): "different", ("S2", "S3"): "open"}
        assert len(again.review) == 1
        assert len(found.review) == 3

    def test_a_decision_that_no_longer_fits_is_told(self) -> None:
        said = Decisions().saying("S1", "S9", same=True).saying("S1", "S2", same=True, names=("Dornau AG", ""))
        assert find_duplicates(FIRMS).decided(said).problems == (
            "The decision about S1 and S9 no longer fits: S9 is not in the list.",
            "The decision about S1 and S2 should be looked at again: S1 was called Dornau AG then and is called "
            "Dornau Guss GmbH now.",
        )

    def test_nothing_is_one_before_somebody_says_so(self) -> None:
        assert party_roll_up(FIRMS).table["firm"].tolist() == FIRMS.index.tolist()

    @given(st.lists(st.tuples(st.sampled_from("abcdef"), st.sampled_from("abcdef")), max_size=8))
    def test_groups_are_those_that_pairs_connect(self, pairs: list[tuple[str, str]]) -> None:
        said = Decisions()
        groups = [{name} for name in "abcdef"]
        for left, right in pairs:
            if left != right:
                said = said.saying(left, right, same=True)
                both = [group for group in groups if left in group or right in group]
                groups = [group for group in groups if group not in both] + [set().union(*both)]
        assert {frozenset(group) for group in said.groups()} == {frozenset(g) for g in groups if len(g) > 1}


class TestRollUp:
    GROUP = pd.DataFrame(
        {"name": ["Alba Group", "Alba Guss", "ALBA GUSS", "Alba Motors", "Bern"],
         "parent_id": [None, "S1", None, "S2", "S9"]},
        index=["S1", "S2", "S3", "S4", "S5"])

    def test_entries_become_firms_and_firms_groups(self) -> None:
        rolled = party_roll_up(self.GROUP, Decisions().saying("S3", "S2", same=True))
        assert rolled.table["firm"].tolist() == ["S1", "S2", "S2", "S4", "S5"]
        assert rolled.table["ultimate"].tolist() == ["S1", "S1", "S1", "S1", "S5"]
        assert rolled.table["steps"].tolist() == [0, 1, 1, 2, 0]
        assert rolled.table.loc["S4", "path"] == "Alba Group > Alba Guss > Alba Motors"
        assert rolled.problems == ("S5 names the parent S9, which is not in the list.",)

    def test_sums_are_kept_whoever_is_in_the_list(self) -> None:
        rolled = party_roll_up(self.GROUP, Decisions().saying("S3", "S2", same=True))
        amounts = pd.Series({"S1": 1.0, "S2": 2.0, "S3": 4.0, "S4": 8.0, "S5": 16.0, "S7": 32.0})
        totals = rolled.totals(amounts)
        assert totals["group"].to_dict() == {"S7": 32.0, "S5": 16.0, "S1": 15.0}
        assert totals.loc["S1", ["entries", "firms", "own"]].tolist() == [4, 3, 1.0]
        assert totals["group"].sum() == amounts.sum()

    def test_a_circle_is_told_and_cut(self) -> None:
        ring = pd.DataFrame({"name": ["A", "B", "C"], "parent_id": ["S2", "S1", "S1"]}, index=["S1", "S2", "S3"])
        rolled = party_roll_up(ring)
        assert rolled.table["ultimate"].tolist()[:2] == ["S1", "S2"]
        assert rolled.problems == ("S1, S2 own each other in a circle: each stands alone.",)

    def test_two_parents_of_one_firm_are_told(self) -> None:
        firms = pd.DataFrame({"name": list("ABCD"), "parent_id": ["S3", "S4", None, None]},
                             index=["S1", "S2", "S3", "S4"])
        rolled = party_roll_up(firms, Decisions().saying("S1", "S2", same=True))
        assert rolled.problems == ("Entries of S1 name different parents, S3 and S4: the first is kept.",)
