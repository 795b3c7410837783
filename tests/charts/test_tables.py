"""Tables that people read: sorted as given, formatted, certainty marked by more than colour, nothing lost unsaid."""

from __future__ import annotations

import re
from html import escape

import pandas as pd
import pytest

from srmkit import charts
from srmkit.decisions.sentences import chance

FRAME = pd.DataFrame(
    {"name": ["Alba <script>", "Dahl & Co"], "spend": [1234567.4, float("nan")], "probability": [0.934, 0.5],
     "certainty": ["firm", "contested"], "selected": [True, False], "axis": ["supply_risk", "profit_impact"]}
)


def test_cells_are_formatted_by_what_their_column_is() -> None:
    shown = charts.table(FRAME, "Suppliers").shown()
    assert shown["spend"].tolist() == ["1,234,567", "–"]
    assert shown["probability"].tolist() == ["93 %", "50 %"]
    assert shown["selected"].tolist() == ["yes", "no"]
    assert shown["axis"].tolist() == ["supply risk", "profit impact"]


def test_raw_figures_keep_three_digits_beside_words() -> None:
    table = pd.DataFrame({"criterion": ["a", "b", "c", "d"], "figure": [0.08124067, 141023.17, "full", float("nan")]})
    shown = charts.table(table, formats={"figure": "figure"}).shown()
    assert shown["figure"].tolist() == ["0.0812", "141,023", "full", "–"]


def test_a_share_of_draws_stands_with_its_standard_error() -> None:
    shown = charts.table(FRAME.assign(probability_error=[0.0078, 0.0])).shown()
    assert shown["probability"].tolist() == ["93 % ± 0.8", "50 %"]
    assert not any("error" in name for name in shown)


def test_certainty_has_a_sign_besides_its_word() -> None:
    assert charts.table(FRAME).shown()["certainty"].tolist() == ["● firm", "○ contested"]


def test_text_from_data_is_shown_as_text() -> None:
    html = charts.table(FRAME)._repr_html_()
    assert "<script>" not in html
    assert "Alba &lt;script&gt;" in html
    assert "Dahl &amp; Co" in html


@pytest.mark.parametrize(("rows", "said"), [(20, ""), (25, "5 more rows are in the workbook.")])
def test_rows_that_are_left_out_are_counted(rows: int, said: str) -> None:
    table = charts.table(pd.DataFrame({"spend": range(rows)}))
    assert table.rows_left_out == max(0, rows - 20)
    assert (said in table._repr_html_()) == bool(said) or not said


def test_an_empty_table_says_that_there_is_none() -> None:
    assert "None." in charts.table(FRAME.iloc[:0], "Exceptions")._repr_html_()


def test_the_same_table_gives_the_same_page() -> None:
    assert charts.table(FRAME, "Suppliers")._repr_html_() == charts.table(FRAME, "Suppliers")._repr_html_()


def test_words_are_escaped_and_may_be_listed_or_strong() -> None:
    assert charts.words("a < b")._repr_html_() == "<p>a &lt; b</p>"
    assert charts.words(["a", "b"], listed=True)._repr_html_() == "<ul><li>a</li><li>b</li></ul>"
    assert charts.words("a", strong=True)._repr_html_() == "<p><strong>a</strong></p>"
    assert repr(charts.words(["a", "b"], listed=True)) == "- a\n- b"


def test_as_text_a_row_is_a_line_and_a_cell_of_lines_stays_in_its_column() -> None:
    table = charts.table(pd.DataFrame({"name": ["Alba", "Dahl & Co"], "spend": [1234.4, 5.0],
                                       "text": ["one\ntwo", "three"]}), "Suppliers")
    assert repr(table).splitlines() == [
        "Suppliers",
        "name       spend  text",
        "Alba       1,234  one",
        "                  two",
        "Dahl & Co      5  three",
    ]
    assert repr(charts.table(FRAME.iloc[:0])).split() == [str(name) for name in FRAME]


def test_a_number_that_names_somebody_keeps_every_digit_for_the_script() -> None:
    frame = pd.DataFrame({"id": [12345678901234567], "ratio": [1 / 3], "count": pd.array([None], dtype="Int64")})
    html = charts.table(frame).html(whole=True)
    assert re.findall(r'data-v="([^"]*)"', html) == ["12345678901234567", "0.333333333333", ""]


def test_only_a_report_holds_figures_beyond_what_is_shown() -> None:
    table = charts.table(FRAME)
    assert "1234567.4" in table.html(whole=True)
    assert "1234567.4" not in table._repr_html_()


@pytest.mark.parametrize(("share", "cell", "sentence"), [
    (1.0, ">99 %", "over 99 %"), (0.9981, ">99 %", "over 99 %"), (0.0, "<1 %", "under 1 %"),
    (0.99, "99 % ± 0.3", "99 % ± 0.3"), (0.01, "1 % ± 0.3", "1 % ± 0.3"), (0.5, "50 % ± 1.6", "50 % ± 1.6"),
])
def test_a_cell_a_chart_and_a_sentence_say_a_chance_by_one_rule(share: float, cell: str, sentence: str) -> None:
    draws = 1024
    error = (share * (1 - share) / draws) ** 0.5
    frame = pd.DataFrame({"name": ["Alba"], "probability": [share], "probability_error": [error], "all": [share],
                          "all_error": [error], "coverage": [share]})
    shown = charts.table(frame).shown().iloc[0]
    assert shown["probability"] == shown["all"] == cell
    bars = charts.acceptability_bars(
        pd.DataFrame({"key": [share], "maintenance": [1 - share]}, index=["Alba"]),
        certainty=pd.DataFrame({"probability": share, "probability_error": error, "certainty": "firm"}, index=["Alba"]))
    assert f"firm {escape(cell)}</text>" in bars.svg()
    assert chance(share, draws) == sentence
    assert shown["coverage"] == f"{share:.0%}".replace("%", " %")  # a share of what is there is no chance
