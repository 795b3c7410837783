"""Cases are checked before anything runs, and every problem of every case is told at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from srmkit.batch.cases import check_cases, one_per_value, read_cases, slug
from srmkit.cli import app
from srmkit.errors import Problems, SrmkitError
from srmkit.tables import read_dataset


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


def test_a_grid_is_one_case_for_every_combination(tmp_path):
    cases = read(tmp_path, "[defaults]\nseed = 3\n[grid]\nlate_days = [0, 2]\nlevel = ['item', 'category']\n")
    assert [case.name for case in cases] == [
        "late_days 0, level item", "late_days 0, level category", "late_days 2, level item",
        "late_days 2, level category",
    ]
    assert dict(cases[3].settings) == {"seed": 3, "late_days": 2, "level": "category"}


def test_a_grid_of_single_values_says_how_to_write_it(tmp_path):
    with pytest.raises(SrmkitError, match=r"\[grid\], 'seed' should be a list of values; found 3. Write seed = \[3\]"):
        read(tmp_path, "[grid]\nseed = 3\n")


def read_csv(tmp_path, text: str):
    file = tmp_path / "cases.csv"
    file.write_text(text, encoding="utf-8")
    return read_cases(file, "supplier_segmentation")


def test_a_csv_has_a_case_a_row_and_an_empty_cell_leaves_the_default(tmp_path):
    cases = read_csv(tmp_path, 'name,study,seed,category\na,,3,"Castings"\nb,account_selection,,\n')
    assert [(case.name, case.study, dict(case.settings)) for case in cases] == [
        ("a", "supplier_segmentation", {"seed": "3", "category": "Castings"}), ("b", "account_selection", {}),
    ]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_csv_may_have_the_separators_of_other_spreadsheets(tmp_path, separator):
    (case,) = read_csv(tmp_path, "name,seed,category\na,3,Castings\n".replace(",", separator))
    assert (case.name, dict(case.settings)) == ("a", {"seed": "3", "category": "Castings"})


def test_a_csv_is_one_in_capital_letters_too_and_other_kinds_of_files_are_told(tmp_path):
    file = tmp_path / "CASES.CSV"
    file.write_text("name,seed\na,3\n", encoding="utf-8")
    assert [case.name for case in read_cases(file, "supplier_segmentation")] == ["a"]
    with pytest.raises(SrmkitError, match="is neither TOML nor CSV by its name; found '.xlsx'"):
        read_cases(file.rename(tmp_path / "cases.xlsx"), "supplier_segmentation")
    with pytest.raises(SrmkitError, match="is a folder. Name the file with the cases"):
        read_cases(tmp_path, "supplier_segmentation")


def test_a_column_that_is_there_twice_is_told(tmp_path):
    with pytest.raises(SrmkitError, match="column 'seed' is there more than once; found 2 times"):
        read_csv(tmp_path, "name,seed,seed\na,3,4\n")


def test_problems_of_the_file_and_of_its_cases_come_in_one_message(tmp_path):
    with pytest.raises(SrmkitError) as refused:
        read_csv(tmp_path, "name,seed\na,-1\na,3,4\n")
    assert [problem.thing for problem in refused.value.problems] == ["row 2", "case 'a'", "case 'a', 'seed'"]
    with pytest.raises(SrmkitError) as refused:
        read(tmp_path, '[grid]\nseed = 5\nmonths = []\n[[case]]\nname = "x"\ncut = 3\n')
    assert [problem.thing for problem in refused.value.problems] == [
        "[grid], 'seed'", "[grid], 'months'", "case 'x', 'cut'"]


@pytest.mark.parametrize("text", ["case = [1, 2]", 'case = "ten"', "grid = 3", "defaults = 3\ngrid = {seed = [1]}", ""])
def test_a_file_of_another_shape_is_told(tmp_path, text):
    with pytest.raises(SrmkitError, match=r"has no \[\[case\]\]|is no table of settings"):
        read(tmp_path, text)


def test_what_settings_name_and_is_not_there_is_told_for_all_cases_before_anything_runs(tmp_path, monkeypatch):
    monkeypatch.delenv("NOBODY_SET_THIS", raising=False)
    broken = tmp_path / "broken.toml"
    broken.write_text("[tables", encoding="utf-8")
    with pytest.raises(SrmkitError) as refused:
        read(tmp_path, f"""
            case = [
                {{name = "a", data = "/nowhere"}},
                {{name = "b", data = "$NOBODY_SET_THIS"}},
                {{name = "c", column_map = "none.toml"}},
                {{name = "d", column_map = '{broken}'}},
                {{name = "e", scorecard = "kraljik"}},
                {{name = "f", duplicate_decisions = "none.toml"}},
                {{name = "g", study = "criteria_weights", judgements = "none.csv"}},
                {{name = "h", data = "postgresql://nobody.example/none"}},
                {{name = "i", data = '{tmp_path}'}},
            ]
        """)
    told = [f"{problem.thing}: {problem.wrong}" for problem in refused.value.problems]
    assert told == [
        "case 'a', 'data', the place: is not there",
        "case 'b', 'data', environment variable 'NOBODY_SET_THIS': is not set",
        "case 'c', 'column_map', the file: is not there",
        "case 'd', 'column_map', the file: is not TOML",
        "case 'e', 'scorecard', the file: does not exist",
        "case 'f', 'duplicate_decisions', the file: is not there",
        "case 'g', 'judgements', the file: is not there",
        "case 'h', database none, the database: cannot be reached",
        f"case 'i', data of {tmp_path.name}, no table of the catalogue: is there",
    ]


WRONG = """
    [defaults]
    weights = {revenu = 5}
    [[case]]
    name = "a"
    sead = 3
    [[case]]
    name = "b"
    segment = "Moon"
    [[case]]
    name = "c"
    as_of = "2001-01-01"
    [[case]]
    name = "d"
    study = "supplier_segmentation"
    category = "Casting"
    [[case]]
    name = "e"
    study = "criteria_weights"
    scorecard = "account"
    weights = {}
    [[case]]
    name = "f"
    missing = "refuse"
    weights = {}
    [[case]]
    name = "g"
    weights = {revenue = 0, potential = 0}
    first_cut = 30
"""


@pytest.mark.parametrize("dry", [[], ["--dry-run"]])
def test_what_only_data_and_scorecards_show_is_told_for_all_cases_before_anything_runs(tmp_path, dry):
    file, into = tmp_path / "cases.toml", tmp_path / "reports"
    file.write_text(WRONG if dry else WRONG.replace("sead = 3", ""), encoding="utf-8")
    result = CliRunner().invoke(app, ["run", "account_selection", "--cases", str(file), "--into", str(into), *dry])
    assert result.exit_code == 2
    for told in [
        *["'a', 'sead' is no setting of this study; found 3. Did you mean 'seed'?"][:len(dry)],
        "cases 'a', 'b', 'c', 'weights', 'revenu' is on no scorecard of this study; found 5 points.",
        "case 'b', 'segment' is no market segment of the data; found 'Moon'. Segments are: buildings, chemicals",
        "case 'c', sales of sample, sales_order_lines has no revenue from 2000-01-02 to 2001-01-01",
        "case 'd', 'category' is no category of the data; found 'Casting'. Did you mean 'Castings'?",
        "case 'e', 'judgements' are none in the sample for this scorecard; found 'account'. Name your own file",
        "case 'f', scoring with 'account', 'potential' is missing for C0026",
        "case 'g', 'weights', weights in group 'size' are all 0",
        "case 'g', 'second_cut' should be below 'first_cut'; found first_cut = 30, second_cut = 40.0.",
    ]:
        assert told in result.output
    assert not list(into.glob("account*"))


def test_what_the_data_themselves_lack_is_told_once_for_all_cases_that_read_them(tmp_path):
    (tmp_path / "customers.csv").write_text("customer_id,name\n1,Alba\n", encoding="utf-8")
    cases = read(tmp_path, f"[defaults]\ndata = {str(tmp_path)!r}\n[grid]\nseed = [1, 2, 3, 4, 5]\n")
    problems = Problems("cases")
    check_cases(cases, problems, rehearsed=True)
    assert [str(problem) for problem in problems.found] == [
        f"cases 'seed 1', 'seed 2', 'seed 3' and 2 more, data of {tmp_path.name}, purchase_order_lines or "
        "sales_order_lines has no row, so there is no latest order date. Add order lines, or set 'as_of' to the last "
        "day to look at."]


def test_a_place_that_can_be_no_folder_of_reports_is_told(tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = CliRunner().invoke(app, ["run", "account_selection", "--into", str(tmp_path / "file")])
    assert result.exit_code == 2
    assert "cannot be a folder for reports" in result.output
    (tmp_path / "taken" / "ledger.sqlite").mkdir(parents=True)
    result = CliRunner().invoke(app, ["run", "account_selection", "--into", str(tmp_path / "taken")])
    assert result.exit_code == 2
    assert "cannot be written into" in result.output


def test_a_case_with_an_empty_name_has_that_of_its_place(tmp_path):
    assert [case.name for case in read(tmp_path, '[[case]]\nname = ""\nseed = 3\n')] == ["case 1"]


def test_a_csv_row_that_is_too_long_is_named(tmp_path):
    with pytest.raises(SrmkitError, match="row 1 has more cells than the header"):
        read_csv(tmp_path, "name,category\na,Castings, iron\n")


def test_a_csv_without_rows_says_so(tmp_path):
    with pytest.raises(SrmkitError, match="has no row below its header"):
        read_csv(tmp_path, "name,seed\n")


def test_one_case_for_each_value_in_the_data():
    names = [case.name for case in one_per_value("supplier_segmentation", "category", {"seed": 3})]
    assert names == sorted(set(read_dataset("sample").frame("items")["category"]))
    case = one_per_value("supplier_segmentation", "category", {"seed": 3})[0]
    assert dict(case.settings) == {"seed": 3, "category": names[0]}


def test_a_setting_that_takes_no_values_from_the_data_says_which_do():
    with pytest.raises(SrmkitError, match="'seed' takes no values from the data. Settings that do: category"):
        one_per_value("supplier_segmentation", "seed")


def test_data_without_a_value_for_the_setting_make_no_empty_batch(tmp_path):
    read_dataset("sample").frame("customers").assign(segment=None).to_csv(tmp_path / "customers.csv", index=False)
    with pytest.raises(SrmkitError, match="'segment' has no value in the data; found nothing in column 'segment'"):
        one_per_value("account_selection", "segment", {"data": str(tmp_path)})


def test_a_dry_run_lists_the_cases_and_runs_none(tmp_path):
    into = tmp_path / "reports"
    result = CliRunner().invoke(app, ["run", "account_selection", "--per", "segment", "--dry-run", "--into", str(into)])
    assert result.exit_code == 0
    assert "segment = " in result.output
    assert "all right; none was run" in result.output
    assert not into.exists()


def test_cases_and_per_exclude_each_other(tmp_path):
    result = CliRunner().invoke(app, ["run", "account_selection", "--per", "segment", "--cases", "x.toml"])
    assert result.exit_code == 2
    assert "exclude each other" in result.output
