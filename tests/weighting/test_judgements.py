"""A file of judgements: six methods side by side, every wrong row named, and one set of weights for the group."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.scoring import Criterion, Group, Linear, Scorecard
from srmkit.weighting import (
    Judgements,
    Panel,
    Rules,
    combined_comparisons,
    families,
    pairwise_weights,
    panels,
    read_judgements,
    write_judgements,
)

HEAD = "rater,method,criterion,other,value,reach,other_reach,said_on,reason\n"


def card() -> Scorecard:
    def axis(name: str, *criteria: str) -> Group:
        return Group(name, 50, tuple(Criterion(one, 10, Linear(0, 1)) for one in criteria))

    return Scorecard("own", axes=(axis("worth", "price", "quality", "service"), axis("risk", "delay", "distance")))


def said(tmp_path: Path, *rows: str, head: str = HEAD) -> Judgements:
    file = tmp_path / "said.csv"
    file.write_text(head + "\n".join(rows) + "\n", encoding="utf-8")
    return read_judgements(file, card())


def only(found: tuple[Panel, ...]) -> Panel:
    (panel,) = found
    return panel


def test_groups_of_weights_are_the_axes_and_whatever_holds_several() -> None:
    found = {name: [part.name for part in parts] for name, parts in families(card()).items()}
    assert found == {"total": ["worth", "risk"], "worth": ["price", "quality", "service"],
                     "risk": ["delay", "distance"]}


@pytest.mark.parametrize(
    ("rows", "weights"),
    [
        (["Ada,points,price,,50", "Ada,points,quality,,30", "Ada,points,service,,20"], [0.5, 0.3, 0.2]),
        (["Ada,swing,price,,100", "Ada,swing,quality,,60", "Ada,swing,service,,40"], [0.5, 0.3, 0.2]),
        (["Ada,rank,price,,1", "Ada,rank,quality,,2", "Ada,rank,service,,3"], [11 / 18, 5 / 18, 2 / 18]),
        (["Ada,pairs,price,quality,2", "Ada,pairs,quality,service,3", "Ada,pairs,service,price,1/6"],
         [0.6, 0.3, 0.1]),
        (["Ada,pairs,price,quality,2", "Ada,pairs,quality,service,3"], [0.6, 0.3, 0.1]),
        (["Ada,best_worst,price,quality,2", "Ada,best_worst,price,service,6", "Ada,best_worst,quality,service,3"],
         [0.6, 0.3, 0.1]),
        (["Ada,choice,price,quality,first", "Ada,choice,quality,service,first"], [11 / 18, 5 / 18, 2 / 18]),
        (["Ada,choice,price,quality,equal", "Ada,choice,quality,service,equal"], [1 / 3, 1 / 3, 1 / 3]),
    ],
)
def test_each_method_becomes_weights(tmp_path: Path, rows: list[str], weights: list[float]) -> None:
    panel = only(panels(said(tmp_path, *(f"{row},,,," for row in rows)), card()))
    assert panel.raters.loc["Ada"].tolist() == pytest.approx(weights, abs=1e-6)
    assert panel.weights.tolist() == pytest.approx(weights, abs=1e-6)
    assert panel.agreement is None  # nobody to agree with


def test_a_rater_may_judge_each_group_in_another_way_and_leave_one_out(tmp_path: Path) -> None:
    found = said(tmp_path,
                 "Ada,points,price,,50,,,2026-05-01,money first", "Ada,points,quality,,30,,,,",
                 "Ada,points,service,,20,,,2026-05-03,",
                 "Ada,pairs,worth,risk,3,,,,", "Ben,swing,delay,,100,,,,", "Ben,swing,distance,,25,,,,")
    assert found.raters == ("Ada", "Ben")
    assert found.count == 6
    assert found.last_day is not None
    assert found.last_day.isoformat() == "2026-05-03"
    by_group = {panel.group: panel for panel in panels(found, card())}
    assert list(by_group) == ["total", "worth", "risk"]
    assert by_group["total"].weights.to_dict() == pytest.approx({"worth": 0.75, "risk": 0.25})
    assert list(by_group["risk"].raters.index) == ["Ben"]
    assert by_group["worth"].judged[0].said.reasons == {"price": "money first"}


def test_other_separators_decimal_commas_and_columns_in_any_order_are_read(tmp_path: Path) -> None:
    found = said(tmp_path, "Ada;0,5;points;delay", "Ada;1,5;points;distance", head="rater;value;method;criterion\n")
    assert only(panels(found, card())).weights.to_dict() == pytest.approx({"delay": 0.25, "distance": 0.75})


def test_a_contradiction_is_measured_named_and_its_remedy_too(tmp_path: Path) -> None:
    found = said(tmp_path, "Ada,pairs,price,quality,4,,,,", "Ada,pairs,quality,service,4,,,,",
                 "Ada,pairs,price,service,1/4,,,,")
    one = only(panels(found, card())).judged[0]
    assert one.consistency == "judge again"
    assert one.measure > one.limit == 0.10
    assert one.advice.startswith("Ada judges")
    assert (one.low <= one.weights + 1e-9).all()
    assert (one.high >= one.weights - 1e-9).all()
    assert (one.high - one.low).max() > 0.3
    worse = said(tmp_path, "Ada,best_worst,price,quality,8,,,,", "Ada,best_worst,price,service,9,,,,",
                 "Ada,best_worst,quality,service,8,,,,")
    two = only(panels(worse, card())).judged[0]
    assert two.consistency == "judge again"
    assert two.advice == ("Ada judges Price 8 times Quality and Quality 8 times Service, which makes 64, "
                          "but Price 9 times Service")


def test_choices_that_cannot_all_be_true_are_refused_by_name(tmp_path: Path) -> None:
    found = said(tmp_path, "Ada,choice,price,quality,first,1,0.5,,", "Ada,choice,quality,service,first,0.5,1,,",
                 "Ada,choice,service,price,first,0.5,1,,")
    with pytest.raises(SrmkitError, match="rater 'Ada', worth: .* cannot hold together"):
        panels(found, card())


def test_the_groups_weights_by_each_mean(tmp_path: Path) -> None:
    found = said(tmp_path, "Ada,pairs,delay,distance,4,,,,", "Ben,pairs,delay,distance,1,,,,")
    ada, ben = 0.8, 0.5
    assert only(panels(found, card(), combine="arithmetic")).weights["delay"] == pytest.approx((ada + ben) / 2)
    for combine in ("geometric", "comparisons"):  # for two weights both are the root of 4 * 1
        panel = only(panels(found, card(), combine=combine))  # type: ignore[arg-type]
        assert panel.weights["delay"] == pytest.approx(2 / 3)
    assert panel.by_comparisons
    assert panel.without("Ada")["delay"] == pytest.approx(ben)
    assert panel.distances["distance"].to_dict() == pytest.approx({"Ada": ada - 2 / 3, "Ben": 2 / 3 - ben})


def test_comparisons_are_combined_before_they_are_weighed(tmp_path: Path) -> None:
    found = said(tmp_path, "Ada,pairs,price,quality,3,,,,", "Ada,pairs,quality,service,2,,,,",
                 "Ada,pairs,price,service,2,,,,", "Ben,pairs,price,quality,1,,,,", "Ben,pairs,quality,service,5,,,,",
                 "Ben,pairs,price,service,7,,,,")
    panel = only(panels(found, card(), combine="comparisons", rules=Rules(priority="geometric_mean")))
    both = combined_comparisons([one.comparisons for one in panel.judged if one.comparisons])
    assert panel.weights.equals(pairwise_weights(both, "geometric_mean").weights)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["Ada,points,prise,,50,,,,"], r"row 2, criterion is no weight .* 'prise'. Did you mean 'price'\?"),
        ([",points,price,,50,,,,"], "row 2 names no rater"),
        (["Ada,guess,price,,50,,,,"], "row 2, method is not known; found 'guess'"),
        (["Ada,points,price,,much,,,,"], "row 2, value must be a number, such as 3, 0.5 or 1/3; found 'much'"),
        (["Ada,points,price,,nan,,,,"], "value must be a number"),
        (["Ada,pairs,price,quality,1/0,,,,"], "value must be a number"),
        (["Ada,choice,price,quality,maybe,,,,"], "value must be first, second or equal"),
        (["Ada,choice,price,quality,first,2,1,,"], "row 2, reach must be above 0 and up to 1; found '2'"),
        (["Ada,pairs,price,delay,2,,,,"], "row 2 compares 'price' of worth with 'delay' of risk"),
        (["Ada,points,price,quality,2,,,,"], "row 2, other has no place in a judgement by points"),
        (["Ada,points,price,,2,,,1.5.2026,"], "row 2, said_on must be a day, YYYY-MM-DD"),
        (["Ada,points,delay,,2,,,,", "Ada,swing,distance,,100,,,,"], "rater 'Ada', risk is judged by several methods"),
        ([], "the file holds no judgement"),
    ],
)
def test_rows_that_cannot_be_right_are_named(tmp_path: Path, rows: list[str], words: str) -> None:
    with pytest.raises(SrmkitError, match=words):
        said(tmp_path, *rows)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        (["Ada,points,price,,50,,,,"], "'quality', 'service' were not judged"),
        (["Ada,points,delay,,50,,,,", "Ada,points,delay,,60,,,,", "Ada,points,distance,,1,,,,"],
         "row 3 judges the same again; found row 2"),
        (["Ada,points,delay,,0,,,,", "Ada,points,distance,,0,,,,"], "points are all 0"),
        (["Ada,points,delay,,-1,,,,", "Ada,points,distance,,1,,,,"], "points of 'delay' must be a number of 0 or more"),
        (["Ada,swing,delay,,80,,,,", "Ada,swing,distance,,40,,,,"], "the largest swing must have 100 points"),
        (["Ada,pairs,delay,distance,-2,,,,"], "'delay' against 'distance' must be a number above 0"),
        (["Ada,best_worst,price,quality,2,,,,", "Ada,best_worst,quality,service,2,,,,"],
         "exactly one must stand as criterion against every other; found none"),
        (["Ada,best_worst,delay,distance,12,,,,"], "must be a ratio of 1 to 9"),
    ],
)
def test_judgements_that_make_no_weights_name_rater_and_group(tmp_path: Path, rows: list[str], words: str) -> None:
    found = said(tmp_path, *rows)
    with pytest.raises(SrmkitError, match=words) as caught:
        panels(found, card())
    assert "rater 'Ada'" in str(caught.value)


def test_a_file_that_is_missing_or_has_other_columns_says_what_it_needs(tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match="the file does not exist.*Its columns are: rater, method, criterion"):
        read_judgements(tmp_path / "none.csv", card())
    with pytest.raises(SrmkitError, match=r"(?s)column 'criterion' is missing.*column 'citerion' is not known"):
        said(tmp_path, "Ada,points,price,50", head="rater,method,citerion,value\n")


def test_what_is_written_reads_back_as_the_same(tmp_path: Path) -> None:
    from srmkit.places import data_folder

    kraljic = Scorecard.read("kraljic")
    first = read_judgements(data_folder() / "judgements" / "kraljic.csv", kraljic)
    again = read_judgements(write_judgements(first, tmp_path / "new" / "copy.csv"), kraljic)
    for one, other in zip(panels(first, kraljic), panels(again, kraljic), strict=True):
        pd.testing.assert_frame_equal(one.raters, other.raters)
    assert [one.reasons for one in first.said] == [one.reasons for one in again.said]
    assert again.last_day == first.last_day


def test_the_order_of_the_rows_does_not_matter(tmp_path: Path) -> None:
    rows = ["Ada,points,price,,50,,,,", "Ada,points,quality,,30,,,,", "Ada,points,service,,20,,,,",
            "Ben,rank,price,,3,,,,", "Ben,rank,quality,,1,,,,", "Ben,rank,service,,2,,,,"]
    one, other = (only(panels(said(tmp_path, *some), card())) for some in (rows, rows[::-1]))
    assert one.weights.to_dict() == pytest.approx(other.weights.to_dict(), abs=1e-15)
