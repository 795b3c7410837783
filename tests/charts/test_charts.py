"""Charts that an analyst would put on a slide: they say what they show, to everybody, and the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from io import BytesIO
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import matplotlib.image
import numpy as np
import pandas as pd
import pytest
from matplotlib.text import Text

from srmkit import charts
from srmkit.charts import Chart
from srmkit.charts.chart import Plot
from srmkit.charts.labels import Box, room_for_names, width_of
from srmkit.charts.palette import HATCHES, LINES, MARKERS, looks
from srmkit.charts.svg import marker
from srmkit.segmentation import kraljic

NASTY = "Müller & $öhne_{x}^2 <b>Sp. z o.o.</b> with a name that goes on and on and on and on \N{GEAR}"
CLASSES = ["strategic", "bottleneck", "leverage", "non-critical"]


def positions(count: int = 6) -> pd.DataFrame:
    rng = np.random.default_rng(1)
    x, y = rng.uniform(0, 100, count), rng.uniform(0, 100, count)
    segment = np.where(y >= 50, np.where(x >= 50, CLASSES[0], CLASSES[2]), np.where(x >= 50, CLASSES[1], CLASSES[3]))
    names = [NASTY, *(f"Supplier {place}" for place in range(1, count))]
    certainty = [list(LINES)[place % 3] for place in range(count)]
    return pd.DataFrame(
        {"x": x, "y": y, "segment": segment, "size": rng.lognormal(10, 1.5, count), "certainty": certainty},
        index=pd.Index(names, name="name"),
    )


def clouds(table: pd.DataFrame) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(2)
    return {name: rng.normal([row["x"], row["y"]], [4, 2], (256, 2)) for name, row in table.iterrows()}


def probabilities() -> pd.DataFrame:
    table = pd.DataFrame(np.random.default_rng(3).dirichlet([2, 1, 1, 1], 5), columns=CLASSES)
    return table.set_axis([NASTY, "b", "c", "d", "e"])


def certainty() -> pd.DataFrame:
    return pd.DataFrame({"probability": [0.95, 0.8, 0.5, 0.999, 1.0],
                         "certainty": ["firm", "likely", "contested", "firm", "firm"]}, index=probabilities().index)


def flips() -> pd.DataFrame:
    return pd.DataFrame({"candidate": [NASTY, "b", "c"], "criterion": ["lead time", "cost_of_$switching$", "c"],
                         "weight_now": [0.2, 0.3, 0.1], "weight_at_flip": [0.25, 0.1, 0.1],
                         "direction": ["more", "less", "less"], "becomes": ["leverage", "strategic", "bottleneck"]})


def ranks() -> pd.DataFrame:
    return pd.DataFrame(
        {"rank_by_volume": [1, 2, 3, 4], "rank": pd.array([3, 1, pd.NA, 2], dtype="Int64"),
         "selected": [False, True, False, True], "selected_by_volume": [True, True, False, False]},
        index=[NASTY, "b", "c", "d"],
    )


def amounts() -> pd.DataFrame:
    by_certainty = {"firm": [50.0, 1, 30, 0], "likely": [0.0, 1, 5, 0], "contested": [10.0, 1, 2, 0]}
    return pd.DataFrame(by_certainty, index=CLASSES)


MADE: dict[str, Callable[[], Chart]] = {
    "matrix": lambda: charts.portfolio_matrix(positions(), kraljic(), clouds=clouds(positions())),
    "bars": lambda: charts.acceptability_bars(probabilities(), certainty=certainty()),
    "tornado": lambda: charts.tornado(flips()),
    "slope": lambda: charts.slope(ranks(), capacity=2),
    "mosaic": lambda: charts.mosaic(amounts(), pd.Series([3, 1, 4, 0], CLASSES)),
    "hours": lambda: charts.hours_against_capacity(
        pd.DataFrame({"members": [2, 3], "hours_each": [100.0, 10], "hours": [200.0, 30]}, index=CLASSES[:2]), 180.0
    ),
    "chances": lambda: charts.top_k_curve(
        pd.Series([0.99, 0.4, 0.2], [NASTY, "b", "c"]), selected=pd.Series([True, True, False], [NASTY, "b", "c"]),
        capacity=2,
    ),
    "pareto": lambda: charts.pareto(
        pd.Series([80.0, 15, 5], [NASTY, "b", "c"]), classes=pd.Series(["A", "B", "C"], [NASTY, "b", "c"])
    ),
    "whale": lambda: charts.whale(pd.Series([30.0, 20, -10], [NASTY, "b", "c"])),
}
EMPTY: dict[str, Callable[[], Chart]] = {
    "matrix": lambda: charts.portfolio_matrix(positions().iloc[:0], kraljic()),
    "bars": lambda: charts.acceptability_bars(probabilities().iloc[:0]),
    "tornado": lambda: charts.tornado(flips().iloc[:0]),
    "slope": lambda: charts.slope(ranks().iloc[:0], capacity=2),
    "mosaic": lambda: charts.mosaic(amounts() * 0, pd.Series(0, CLASSES)),
    "hours": lambda: charts.hours_against_capacity(
        pd.DataFrame({"members": [0], "hours_each": [100.0], "hours": [0.0]}, index=CLASSES[:1]), 180.0
    ),
    "chances": lambda: charts.top_k_curve(
        pd.Series(dtype=float), selected=pd.Series(dtype=bool), capacity=2
    ),
    "pareto": lambda: charts.pareto(pd.Series([0.0, -1])),
    "whale": lambda: charts.whale(pd.Series(dtype=float)),
}
# what each alternative text must hold of the numbers drawn
TOLD = {
    "matrix": ["supply risk across", "strategic", "Largest:"],
    "bars": ["1 of 5 classes is contested"],
    "tornado": ["c, exactly on the line of c, any less than 10.0 %: bottleneck", "3 are drawn"],
    "slope": ["1 enter and 1 leave", "2 places", "Entering: d"],
    "mosaic": ["13 % of amount lies in contested classes", "strategic 60 %"],
    "hours": ["50 hours a year are lacking: 230 needed, 180 available", "strategic 200"],
    "chances": ["2 accounts have a chance between 10 and 90 %", "The last one in, b, has 40 %"],
    "pareto": ["1 of 3 candidates make 80 % of amount", "alone makes 80 %"],
    "whale": ["1 of 3 accounts loses money, and loses 20 % of what the others earn", "peaks at 50 after 2 accounts"],
}


# what is said where one points
POINTED = {
    "bars": f"b\nleverage {100 * probabilities().loc['b', 'leverage']:.0f} %",
    "tornado": "b\ncost_of_$switching$: 30.00 → 10.00 %\nthen strategic",
    "slope": "d enters\n4 by volume, 2 by score",
    "mosaic": "leverage, likely\n5, 14 % of the class",
    "hours": "strategic: 2 × 100 h = 200 h",
    "chances": "c\nhas none now, a chance of 20 %",
    "pareto": "2. b\n15; added up 95 %",
    "whale": "3. c\nprofit -10; added up 40",
}


@pytest.fixture(params=sorted(MADE))
def kind(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(params=sorted(set(MADE) - {"matrix", "bars"}))
def plot(request: pytest.FixtureRequest) -> Plot:
    chart = MADE[request.param]()
    assert isinstance(chart, Plot)
    return chart


def texts(chart: Plot) -> list[Text]:
    return [text for text in chart.figure.findobj(Text) if text.get_text()]


def drawn(chart: Chart, kind: str) -> list[Element]:
    """The elements of this kind in the picture."""
    return list(ElementTree.fromstring(chart.svg()).iter(f"{{http://www.w3.org/2000/svg}}{kind}"))


def in_pixels(chart: Chart, points: np.ndarray) -> np.ndarray:
    """Where points of the matrix lie in the picture, read off the ticks of its axes."""
    ticks = {(text.text, text.get("text-anchor")): text for text in drawn(chart, "text")}
    x0, x100 = (float(ticks[tick, "middle"].get("x", 0)) for tick in ("0", "100"))
    y0, y100 = (float(ticks[tick, "end"].get("y", 0)) - 5 for tick in ("0", "100"))  # centred on the letters
    return np.array([x0, y0]) + points * [(x100 - x0) / 100, (y100 - y0) / 100]


def test_the_alternative_text_tells_the_numbers(kind: str) -> None:
    chart = MADE[kind]()
    for words in TOLD[kind]:
        assert words in chart.alt
    assert chart.title in chart.alt


def test_the_same_input_gives_the_same_picture(kind: str) -> None:
    assert MADE[kind]().html() == MADE[kind]().html()


def test_a_name_is_never_read_as_mathematics(plot: Plot) -> None:
    plot.png(scale=1)  # a name such as $o_{ would not come through the parser
    for text in texts(plot):
        if "$" in text.get_text() or "_{" in text.get_text():
            assert not text.get_parse_math()


def test_words_can_be_read_on_a_slide(plot: Plot) -> None:
    assert min(text.get_fontsize() for text in texts(plot)) >= 10


def test_a_picture_is_as_sharp_as_asked_and_not_blank(plot: Plot) -> None:
    once, twice = (matplotlib.image.imread(BytesIO(plot.png(scale=scale))) for scale in (1, 2))
    assert twice.shape[1] == 2 * once.shape[1]
    assert once[..., :3].std() > 0.05


def test_a_notebook_and_a_report_get_one_picture_with_its_words_and_its_numbers(kind: str) -> None:
    chart = MADE[kind]()
    shown = chart._repr_mimebundle_()
    assert set(shown) == {"text/html", "text/plain"}
    assert "<b>" not in shown["text/html"]
    assert chart.alt in shown["text/plain"]
    picture = ElementTree.fromstring(chart.html())
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert picture.get("aria-label") == chart.alt
    assert chart.html() in shown["text/html"]
    assert "<summary>The numbers behind this chart</summary>" in shown["text/html"]
    assert len(chart.numbers().frame) == len(chart.data)


@pytest.mark.parametrize("kind", sorted(POINTED))
def test_pointing_at_a_part_tells_who_it_is_and_its_numbers(kind: str) -> None:
    told = {title.text for title in drawn(MADE[kind](), "title")}
    assert POINTED[kind] in told


def test_words_of_a_picture_stand_out_from_its_paper(kind: str) -> None:
    """WCAG 2.2, 1.4.3: at least 4.5 to 1; the tint of a class takes less than 0.6 of it."""
    chart = MADE[kind]()
    for text in drawn(chart, "text"):
        style = dict(part.split(": ") for part in text.get("style", "").split("; ") if part)
        assert contrast(text.get("fill") or style.get("fill") or "#000000") >= 5.1, text.text


def test_what_stands_exactly_on_the_line_is_drawn_and_said_with_the_direction_that_decides_it() -> None:
    chart = MADE["tornado"]()
    assert isinstance(chart, Plot)
    said = [text.get_text() for text in texts(chart)]
    assert "any less than 10.0 %: bottleneck" in said
    assert "20.0 → 25.0 %: leverage" in said
    assert any("arrow: stands exactly on the line" in words for words in said)
    assert "c\nc: 10.0 %, exactly on the line\nany less than 10.0 %: bottleneck" in {
        title.text for title in drawn(chart, "title")}
    assert chart.data["change"].tolist() == pytest.approx([0, 0.05, -0.2])  # a share, as the weights beside it
    (arrow,) = [line for line in chart.figure.axes[0].lines if line.get_marker() == "<"]
    assert list(arrow.get_xdata()) == [0]
    nearly = charts.tornado(flips().assign(weight_at_flip=[0.25, 0.1, 0.09998]))
    assert "goes from 10.000 % to 9.998 %" in nearly.alt
    assert "arrow" not in nearly.svg()


def test_no_two_pictures_of_a_page_share_a_name_of_a_part() -> None:
    """A hatch or clip of one picture must not be taken from another."""
    names = [re.findall(r' id="([^"]+)"', make().svg()) for make in MADE.values()]
    every = [name for one in names for name in one]
    assert len(every) == len(set(every))


def test_a_picture_brings_no_style_for_the_page(kind: str) -> None:
    assert drawn(MADE[kind](), "style") == []
    assert drawn(MADE[kind](), "script") == []


def test_a_picture_prints_as_lines_and_not_as_dots(kind: str) -> None:
    """Browsers print patterns, filters and masks as pictures: large, and blurred at any zoom but one."""
    chart = MADE[kind]()
    assert [part for name in ("pattern", "image", "filter", "mask") for part in drawn(chart, name)] == []


def contrast(colour: str) -> float:
    """Contrast of a colour to white by WCAG 2.2 (relative luminance)."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in shares)
    return 1.05 / (0.2126 * red + 0.7152 * green + 0.0722 * blue + 0.05)


def test_without_anything_to_show_a_chart_says_why(kind: str) -> None:
    chart = EMPTY[kind]()
    assert "Nothing to show" in chart.alt
    assert "<svg" in chart.html()
    assert "<details>" not in chart.figure_html()


def test_names_stand_beside_their_points_and_never_on_each_other_or_outside() -> None:
    rng = np.random.default_rng(4)
    inside = Box(0, 0, 800, 600)
    points = list(zip(rng.uniform(0, 800, 60), rng.uniform(0, 600, 60), strict=True))
    names = [f"Supplier {place}" for place in range(40)]  # the last 20 points have none
    written = room_for_names(names, points, rng.uniform(2, 20, 60), inside)
    assert len(written) >= 20
    boxes = list(written.values())
    assert all(inside.holds(box) for box in boxes)
    assert not any(one.overlaps(other) for place, one in enumerate(boxes) for other in boxes[:place])
    for place, box in written.items():
        assert box.right - box.left == pytest.approx(width_of(names[place]))


def test_a_name_gives_way_to_a_bubble_where_there_is_room() -> None:
    alone = room_for_names(["Alba"], [(100, 100)], [5], Box(0, 0, 200, 200))[0]
    beside = room_for_names(["Alba"], [(100, 100), (125, 100)], [5, 10], Box(0, 0, 200, 200))[0]
    assert alone.left > 100
    assert beside.right < 100
    around = [(125, 100), (100, 80), (100, 120), (62, 100)]  # every side has a bubble, the left one the smallest
    hemmed = room_for_names(["Alba"], [(100, 100), *around], [5, 15, 15, 15, 3], Box(0, 0, 200, 200))[0]
    assert hemmed.right < 100


def test_pointing_at_a_bubble_tells_its_name_class_certainty_place_and_amount() -> None:
    table = positions(3).assign(size=[1234.0, np.nan, 1.0])
    told = [bubble.text for bubble in drawn(charts.portfolio_matrix(table, kraljic(), size_label="our spend"), "title")]
    first = table.iloc[0]
    assert f"{NASTY}\n{first.segment}, firm\n{first.x:.1f} across, {first.y:.1f} up\nour spend 1,234" in told
    assert [words.count("\n") for words in told] == [3, 3, 2]  # no amount is named where it is not known


def test_the_selected_are_named_before_the_largest_and_in_bold() -> None:
    table = positions(40)
    smallest = table.index[-1]
    chart = charts.portfolio_matrix(table.assign(selected=table.index == smallest), kraljic(), label_top=1)
    bold = [text.text for text in drawn(chart, "text") if text.get("font-weight") == "bold"]
    assert smallest in bold
    assert "in bold: selected" in bold
    assert str(table.index[0]) not in [text.text for text in drawn(chart, "text")]
    plain = charts.portfolio_matrix(table, kraljic(), label_top=1)
    assert "in bold: selected" not in [text.text for text in drawn(plain, "text")]


def test_what_no_xml_file_may_hold_is_shown_as_a_mark() -> None:
    table = positions(1).set_axis(["Al\x00ba\x1b"])
    assert "Al\N{REPLACEMENT CHARACTER}ba\N{REPLACEMENT CHARACTER}" in [
        text.text for text in drawn(charts.portfolio_matrix(table, kraljic()), "text")
    ]


@pytest.mark.parametrize("kind", ["matrix", "bars"])
def test_letters_that_we_write_can_be_read_on_a_slide(kind: str) -> None:
    sizes = [float(text.get("font-size", 0)) for text in drawn(MADE[kind](), "text")]
    assert min(sizes) >= 13  # pixels of a picture 1,000 wide: 10 points on a slide


def test_classes_differ_by_shape_and_texture_and_certainty_by_its_rim() -> None:
    styles = looks(CLASSES)
    assert len({look.marker for look in styles.values()}) == len({look.hatch for look in styles.values()}) == 4
    assert len(set(MARKERS)) == len(MARKERS)
    assert len(set(HATCHES)) == len(HATCHES)
    assert len(set(LINES.values())) == 3


def test_four_fifths_of_a_normal_cloud_lie_inside_its_outline() -> None:
    """An ellipse of Mahalanobis radius sqrt(-2 ln 0.2) holds 80 % of a bivariate normal distribution."""
    points = np.random.default_rng(5).multivariate_normal([50, 50], [[30, 12], [12, 20]], 20_000)
    table = positions().iloc[:1].assign(x=50.0, y=50.0)
    chart = charts.portfolio_matrix(table, kraljic(), clouds={str(table.index[0]): points})
    (outline,) = drawn(chart, "ellipse")
    x, y, degrees = map(float, re.findall(r"-?[\d.]+", str(outline.get("transform"))))
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    turned = (in_pixels(chart, points) - [x, y]) @ turn
    inside = (turned / [float(str(outline.get(radius))) for radius in ("rx", "ry")]) ** 2
    assert (inside.sum(axis=1) <= 1).mean() == pytest.approx(0.80, abs=0.01)


def bars_of(chart: Chart) -> dict[str, list[tuple[float, float, str]]]:
    """Where each part of each candidate's bar begins, how wide it is, and what is said where one points at it."""
    svg = "{http://www.w3.org/2000/svg}"
    return {str(row.get("data-candidate")): [
        (float(part.get("x", 0)), float(part.get("width", 0)), str(part.findtext(f"{svg}title")))
        for part in row.iter(f"{svg}rect")] for row in drawn(chart, "g")}


def test_a_bar_is_parted_as_the_probabilities_are_and_each_part_tells_its_own() -> None:
    table = probabilities()
    bars = bars_of(charts.acceptability_bars(table))
    assert list(bars) == list(table.index)
    reach = sum(wide for _, wide, _ in bars["b"])
    for who, parts in bars.items():
        starts, widths, told = zip(*parts, strict=True)
        assert np.array(widths) / reach == pytest.approx(table.loc[who].to_numpy(), abs=0.001)
        assert starts[1:] == pytest.approx(np.add(starts, widths)[:-1], abs=0.11)
        assert [words.rpartition(" ")[0].rpartition(" ")[0] for words in told] == [f"{who}\n{one}" for one in CLASSES]


def test_what_cannot_be_or_is_not_known_has_no_part_of_a_bar() -> None:
    table = pd.DataFrame({"strategic": [1.0, 0.4, np.nan], "leverage": [0.0, np.nan, np.nan],
                          "bottleneck": [0.0, 0.6, np.nan]}, index=["Alba", "Berg", "Cerro"])
    chart = charts.acceptability_bars(table)
    bars = bars_of(chart)
    assert [words for parts in bars.values() for _, _, words in parts] == [
        "Alba\nstrategic >99 %", "Berg\nstrategic 40 %", "Berg\nbottleneck 60 %"]
    assert "Cerro" not in chart.svg()


def test_the_hatch_of_a_class_lies_on_its_bars_and_nowhere_else() -> None:
    table = pd.DataFrame({"strategic": [0.25, 0.5], "bottleneck": [0.75, 0.5]}, index=["Alba", "Berg"])
    chart = charts.acceptability_bars(table)
    (lines,) = drawn(chart, "path")  # the first class is plain
    assert lines.get("pointer-events") == "none"  # what lies beneath is pointed at
    boxes = np.array([[float(part.get(side, 0)) for side in ("x", "y", "width", "height")]
                      for part in drawn(chart, "rect") if part.get("fill") == looks(table)["bottleneck"].colour])
    assert len(boxes) == 3  # two bars, and the one of the legend
    ends = np.array(re.findall(r"([\d.]+) ([\d.]+)", lines.get("d", "")), dtype=float)
    within = [((ends >= (x - 0.1, y - 0.1)) & (ends <= (x + wide + 0.1, y + high + 0.1))).all(axis=1)
              for x, y, wide, high in boxes]
    assert np.sum(within, axis=0).tolist() == [1] * len(ends)
    assert np.sum(within, axis=1).min() >= 4


def test_words_of_the_bars_stay_in_the_picture_whatever_the_names() -> None:
    names = [NASTY, "上海东方精密铸造机械设备制造股份有限公司华东区域第二分公司", "a", "b", "c"]
    classes = [f"{one}, and a good many words more" for one in CLASSES]
    table = probabilities().set_axis(names).set_axis(classes, axis=1)
    chart = charts.acceptability_bars(table, certainty=certainty().set_axis(names))
    wide, high = map(float, ElementTree.fromstring(chart.svg()).get("viewBox", "").split()[2:])
    for text in drawn(chart, "text"):
        at, long = float(text.get("x", 0)), width_of(str(text.text), float(text.get("font-size", 0)))
        left = at - long * {"start": 0, "middle": 0.5, "end": 1}[text.get("text-anchor", "")]
        assert 0 <= left < left + long <= wide, text.text
        assert 0 < float(text.get("y", 0)) < high
    assert max(part[1] for parts in bars_of(chart).values() for part in parts) > 100  # room is left for the bars


def test_the_area_of_a_bubble_grows_with_the_amount() -> None:
    table = positions(3).assign(size=[100.0, 50.0, 0.0], segment="strategic", certainty="firm")
    bubbles = drawn(charts.portfolio_matrix(table, kraljic()), "circle")
    largest, half, none = sorted((float(bubble.get("r", 0)) ** 2 for bubble in bubbles[:3]), reverse=True)
    assert (half - none) / (largest - none) == pytest.approx(0.5, abs=0.001)


def test_every_shape_of_a_class_has_the_area_of_a_circle() -> None:
    for kind in MARKERS[1:]:
        corners = np.array([pair.split(",") for pair in marker(kind, 500, 500, 100).split('"')[1].split()], float)
        x, y = (corners - 500).T
        shoelace = abs(x @ np.roll(y, 1) - y @ np.roll(x, 1)) / 2
        assert shoelace == pytest.approx(np.pi * 100**2, rel=0.01)


def test_pyplot_is_never_loaded() -> None:
    command = "import sys, srmkit.charts; sys.exit('matplotlib.pyplot' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", command], check=False).returncode == 0


def judgements() -> pd.DataFrame:
    return pd.DataFrame({"label": ["price", "price", NASTY, NASTY], "group": "value", "rater": ["Ada", NASTY] * 2,
                         "weight": [0.7, 0.4, 0.3, 0.5], "agreed": [0.55, 0.55, 0.45, 0.45],
                         "before": [0.5, 0.5, 0.5, 0.5]})


def test_weights_by_rater_name_the_widest_gap_and_what_was_agreed() -> None:
    chart = charts.rater_weights(judgements())
    assert chart.title == "The raters are farthest apart on price: 40 % to 70 %"
    assert "price 55 %" in chart.alt
    assert "Ada: price 70 %" in chart.svg()
    assert "Nothing to show" in charts.rater_weights(judgements().head(0)).alt


def test_the_gauge_counts_who_should_judge_again() -> None:
    ratios = pd.DataFrame({"rater": ["Ada", NASTY, "Cleo"], "part_of": "value",
                           "consistency_ratio": [0.0, 0.31, np.nan], "limit": [0.1, 0.1, np.nan]})
    chart = charts.consistency_gauge(ratios)
    assert chart.title == "1 of 2 sets of judgements that can be checked should be judged again"
    assert "judge again" in chart.svg()
    assert "Nothing to show" in charts.consistency_gauge(ratios.tail(1)).alt


def test_value_curves_say_both_ends_also_of_words() -> None:
    curves = pd.DataFrame({"criterion": ["a"] * 3 + ["b"] * 2, "label": ["Delay"] * 3 + ["Words"] * 2,
                           "unit": ["days"] * 3 + [""] * 2, "scale": ["linear"] * 3 + ["steps"] * 2,
                           "figure": [0, 15, 30, "none", "full"], "value": [100.0, 50.0, 0.0, 0.0, 100.0]})
    chart = charts.value_curves(curves, pd.DataFrame({"a": [3.0, np.nan, 40.0]}))
    assert "Delay: 30 → 0; Words: none → full" in chart.alt
    assert "Nothing to show" in charts.value_curves(curves.head(0)).alt


def test_the_smallest_of_very_many_are_dots_and_nobody_is_left_out() -> None:
    table = positions(1_500)
    root = ElementTree.fromstring(charts.portfolio_matrix(table, kraljic()).svg())
    bubbles = {one.get("data-candidate") for one in root.iter() if one.get("data-candidate")}
    dots = "".join(one.get("d", "") for one in root.iter() if one.tag.endswith("path"))
    largest = table.sort_values("size", ascending=False, kind="stable").index[:1_000]
    assert bubbles == set(largest)
    assert dots.count("M") == 500
