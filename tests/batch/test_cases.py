"""Cases are checked before anything runs, and every problem of every case is told at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.batch.cases import read_cases, slug
from srmkit.errors import SrmkitError


def read(tmp_path, text: str):
    file = tmp_path / "cases.toml"
    file.write_text(text, encoding="utf-8")
    return read_cases(file, "supplier_segmentation")


def test_defaults_reach_every_case_and_a_case_may_differ(tmp_path):
    cases = read(tmp_path, '[defaults]\nseed = 3\n[[case]]\nname = "a"\n[[case]]\nname = "b"\nseed = 4\n')
    assert [dict(case.settings) for case in cases] == [{"seed": 3}, {"seed": 4}]
    assert [case.name for case in cases] == ["a", "b"]


def test_problems_of_all_cases_come_in_one_message(tmp_path):
    with pytest.raises(SrmkitError) as caught:
        read(tmp_path, '[[case]]\nname = "a"\nsead = 3\n[[case]]\nname = "b"\nseed = "x"\n[[case]]\nname = "a"\n')
    message = str(caught.value)
    assert "3 problems" in message
    assert "case 'a', 'sead' is no setting of this study; found 3. Did you mean 'seed'?" in message
    assert "case 'b', 'seed'" in message
    assert "case 'a' has the name of another case" in message


def test_an_unknown_study_lists_the_known_ones(tmp_path):
    with pytest.raises(SrmkitError, match="asks for an unknown study; found 'astrology'. Studies are: account_sel"):
        read(tmp_path, '[[case]]\nname = "a"\nstudy = "astrology"\n')


def test_a_missing_file_says_so(tmp_path):
    with pytest.raises(SrmkitError, match="is not there"):
        read_cases(tmp_path / "none.toml", "supplier_segmentation")


def test_a_file_without_cases_says_how_to_write_one(tmp_path):
    with pytest.raises(SrmkitError, match=r"has no \[\[case\]\]"):
        read(tmp_path, "[defaults]\nseed = 1\n")


def test_broken_toml_names_the_place(tmp_path):
    with pytest.raises(SrmkitError, match="is not valid TOML"):
        read(tmp_path, "[[case]\n")


@given(st.text(max_size=80))
def test_a_slug_is_a_plain_file_name(name):
    made = slug(name)
    assert made
    assert set(made) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert made not in ("con", "nul", "aux", "prn")


@given(st.text(max_size=40), st.text(max_size=40))
def test_different_names_never_share_a_folder(one, other):
    assert one.lower() == other.lower() or slug(one) != slug(other)
