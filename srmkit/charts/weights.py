"""Pictures of weights: what each rater would give, and what a figure is worth."""

from __future__ import annotations

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter, NullLocator, PercentFormatter

from srmkit.charts.chart import Chart, Plot, new_figure, nothing_to_show, percent, shortened, wrapped
from srmkit.charts.palette import COLOURS, GREY, INK, LINE, SOFT, looks
from srmkit.charts.vector import tell
from srmkit.language import bracketed, enumerated, joined, labelled, number, say, stopped

ROW, PANEL = 0.46, 2.35  # inches: a weight, and the height of a curve
ACROSS, MOST = 3, 12


def rater_weights(weights: pd.DataFrame, *, title: str = "") -> Chart:
    """What each rater would give to each weight: a mark a rater, a line from the lowest to the highest.

    `weights` has one row a weight and rater: label, group, rater, weight, and agreed and before for the weight (shares
    of its group, 0 to 1). The black bar is what was agreed, the hollow one the weight before.
    """
    if weights.empty:
        return nothing_to_show(title or say("What each rater would give"), say("nobody has judged."))
    ends = weights.groupby(["group", "label"], sort=False, as_index=False)["weight"].agg(["min", "max"])
    widest = max(ends.to_dict("records"), key=lambda row: row["max"] - row["min"])
    heading = title or say("The raters are farthest apart on {what}: {low} to {high}", what=widest["label"].lower(),
                           low=percent(widest["min"]), high=percent(widest["max"]))
    rows = weights.drop_duplicates(["group", "label"]).reset_index(drop=True)
    raters = list(dict.fromkeys(weights["rater"]))
    groups = list(dict.fromkeys(rows["group"]))
    styles = looks(raters)
    figure, axes = new_figure(heading, height=2.0 + ROW * (len(rows) + len(groups)))
    heights, ticks, labels, at = {}, [], [], 0.0
    for group in groups:
        axes.text(0.0, at, shortened(group, 60), fontsize=11, fontweight="bold", color=INK, va="center",
                  parse_math=False, transform=axes.get_yaxis_transform())
        for label in rows.loc[rows["group"] == group, "label"]:
            at += 1
            heights[group, label] = at
            ticks.append(at)
            labels.append(shortened(label, 34))
        at += 1
    for (group, label), height in heights.items():
        here = weights[(weights["group"] == group) & (weights["label"] == label)]
        axes.plot([here["weight"].min(), here["weight"].max()], [height, height], color=LINE, linewidth=5, zorder=1,
                  solid_capstyle="round")
        for agreed, filled in ((here["before"].iloc[0], False), (here["agreed"].iloc[0], True)):
            axes.plot([agreed, agreed], [height - 0.34, height + 0.34], color=INK if filled else GREY,
                      linewidth=3.2 if filled else 1.4, linestyle="solid" if filled else "dashed", zorder=2)
        place = np.linspace(-0.2, 0.2, len(raters)) if len(raters) > 1 else np.zeros(1)
        for rater, share in zip(here["rater"], here["weight"], strict=True):
            look = styles[rater]
            marks = axes.plot(share, height + place[raters.index(rater)], marker=look.marker, color=look.colour,
                              markersize=7, markeredgecolor="white", markeredgewidth=0.6, linestyle="none", zorder=3)
            tell(marks[0], labelled(rater, f"{label} {percent(float(share))}"))
        axes.text(1.01, height, percent(float(here["agreed"].iloc[0])), va="center", fontsize=10, color=INK,
                  transform=axes.get_yaxis_transform())
    axes.set_yticks(ticks, labels, fontsize=10, color=INK)
    axes.set_ylim(at - 0.3, -0.6)
    axes.set_xlim(0, 1.05 * float(weights["weight"].max()))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=GREY, alpha=0.25, linewidth=0.6)
    axes.set_axisbelow(True)
    for rater in raters:
        axes.plot([], [], marker=styles[rater].marker, color=styles[rater].colour, linestyle="none", markersize=7,
                  label=shortened(rater, 28))
    axes.plot([], [], color=INK, linewidth=3.2, label=say("agreed"))
    axes.plot([], [], color=GREY, linewidth=1.4, linestyle="dashed", label=say("before"))
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.07), ncols=4, frameon=False, fontsize=10)
    told = say("; ").join(f"{label} {percent(float(share))}" for label, share in
                     zip(rows["label"], rows["agreed"], strict=True))
    alt = say("{heading}. Agreed: {told}.", heading=heading, told=told)
    return Plot(heading, alt, weights, figure)


def consistency_gauge(ratios: pd.DataFrame, *, title: str = "") -> Chart:
    """How far each rater contradicts himself, beside the largest ratio that is acceptable.

    `ratios` has one row a rater and group of weights: rater, part_of, consistency_ratio and limit; rows without a
    ratio cannot be checked and are left out.
    """
    shown = ratios.dropna(subset=["consistency_ratio"]).reset_index(drop=True)
    over = shown["consistency_ratio"] > shown["limit"] + 1e-9
    heading = title or say("{count} of {all} sets of judgements that can be checked should be judged again",
                           count=int(over.sum()), all=len(shown))
    if shown.empty:
        return nothing_to_show(heading, say("none of the methods can be checked."))
    figure, axes = new_figure(heading, height=1.6 + ROW * len(shown))
    rows = np.arange(len(shown))
    bars = axes.barh(rows, shown["consistency_ratio"], height=0.5, zorder=2, edgecolor=INK, linewidth=0.6,
                     color=np.where(over, COLOURS[1], COLOURS[0]))
    axes.barh(rows, shown["limit"], height=0.76, color=LINE, alpha=0.6, zorder=1)
    for row, (bar, ratio, limit) in enumerate(zip(bars, shown["consistency_ratio"], shown["limit"], strict=True)):
        axes.plot([limit, limit], [row - 0.4, row + 0.4], color=INK, linewidth=2, zorder=3)
        words = say("judge again") if over[row] else say("consistent") if ratio <= 1e-9 else say("acceptable")
        axes.text(max(ratio, limit), row, f"  {ratio:.2f}  {words}", va="center", fontsize=10, color=INK)
        bar.set_hatch("//" if over[row] else "")
        who = enumerated([shown["rater"][row], shown["part_of"][row]])
        tell(bar, labelled(who, bracketed(number(ratio, 2), number(limit, 2))))
    names = [enumerated([shortened(rater, 24), shortened(about, 24)]) for rater, about in
             zip(shown["rater"], shown["part_of"].str.lower(), strict=True)]
    axes.set_yticks(rows, names, fontsize=10, color=INK)
    axes.set_ylim(len(shown) - 0.4, -0.6)
    axes.set_xlim(0, 1.35 * max(float(shown[["consistency_ratio", "limit"]].to_numpy().max()), 0.1))
    axes.set_xlabel(say("consistency ratio: 0 is perfect, the grey field ends at the largest that is acceptable"),
                    fontsize=10, color=SOFT)
    axes.spines["left"].set_visible(False)
    axes.set_axisbelow(True)
    told = say("; ").join(labelled(name, number(ratio, 2))
                           for name, ratio in zip(names, shown["consistency_ratio"], strict=True))
    return Plot(heading, joined(stopped(heading), stopped(told)), shown, figure)


def value_curves(
    curves: pd.DataFrame, figures: pd.DataFrame | None = None, *, title: str = ""
) -> Chart:
    """What each figure is worth, from 0 at the worst to 100 at the best agreed end: one small curve a criterion.

    `curves` has one row a point: criterion, label, unit, scale, figure, value (0 to 100). `figures` is candidate x
    criterion: where the candidates stand today is drawn below each curve.
    """
    heading = title or say("What a figure is worth")
    names = list(dict.fromkeys(curves["criterion"]))[:MOST] if len(curves) else []
    if not names:
        return nothing_to_show(heading, say("there is no criterion."))
    lines = -(-len(names) // ACROSS)
    figure = Figure(figsize=(10.0, 0.7 + PANEL * lines), layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    figure.suptitle(wrapped(heading, 84), x=0.01, ha="left", fontsize=14, fontweight="bold", color=INK,
                    parse_math=False)
    grid = figure.subplots(lines, ACROSS, squeeze=False)
    for place, axes in enumerate(grid.ravel()):
        if place >= len(names):
            axes.set_axis_off()
            continue
        part = curves[curves["criterion"] == names[place]]
        known = figures[names[place]].dropna() if figures is not None and names[place] in figures else None
        _curve(axes, part, known)
    ends = [labelled(part["label"].iloc[0], f"{_word(part.loc[part['value'].idxmin(), 'figure'])} → "
                                            f"{_word(part.loc[part['value'].idxmax(), 'figure'])}")
            for name in names for part in [curves[curves["criterion"] == name]]]
    return Plot(heading, joined(stopped(heading), stopped(say("; ").join(ends))), curves, figure)


def _curve(axes: Axes, part: pd.DataFrame, known: pd.Series | None) -> None:
    words = part["figure"].map(lambda figure: isinstance(figure, str)).any()
    if words:
        axes.bar(part["figure"].astype(str), part["value"], color=COLOURS[0], width=0.6)
    else:
        raw = part["figure"].astype(float)
        axes.plot(raw, part["value"], color=COLOURS[0], linewidth=2.2)
        if part["scale"].iloc[0] == "logarithmic":
            axes.set_xscale("log")
            axes.set_xticks([raw.min(), float(np.sqrt(raw.min() * raw.max())), raw.max()])
            axes.xaxis.set_minor_locator(NullLocator())
        else:
            axes.set_xticks(np.linspace(raw.min(), raw.max(), 3))
        axes.xaxis.set_major_formatter(FuncFormatter(lambda figure, _: _word(figure)))
        if known is not None:
            inside = known.astype(float).clip(raw.min(), raw.max())
            axes.plot(inside, np.full(len(inside), -9.0), marker="|", linestyle="none", color=INK, markersize=9,
                      alpha=0.55, clip_on=False)
    axes.set_ylim(-16, 106)
    axes.set_yticks([0, 50, 100])
    axes.set_title(shortened(part["label"].iloc[0], 34), loc="left", fontsize=10.5, color=INK, parse_math=False)
    unit = shortened(part["unit"].iloc[0], 30)
    if part["scale"].iloc[0] == "logarithmic":
        unit = say("{unit}, every doubling alike", unit=unit)
    axes.set_xlabel(unit, fontsize=9, color=SOFT, parse_math=False)
    for side in ("top", "right"):
        axes.spines[side].set_visible(False)
    for side in ("left", "bottom"):
        axes.spines[side].set_color(LINE)
    axes.tick_params(labelsize=9, colors=SOFT, length=0)
    axes.grid(color=GREY, alpha=0.2, linewidth=0.6)


def _word(figure: object) -> str:
    return f"{figure:,.3g}" if isinstance(figure, int | float) and abs(figure) < 1000 else (
        f"{figure:,.0f}" if isinstance(figure, int | float) else str(figure))
