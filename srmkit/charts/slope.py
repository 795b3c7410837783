"""The slope chart: rank by volume on the left, rank by score on the right, and who changes sides of the line."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from srmkit.charts.chart import Chart, Plot, new_figure, nothing_to_show, shortened
from srmkit.charts.palette import COLOURS, GREY, INK, Dashes
from srmkit.charts.vector import tell
from srmkit.language import bracketed, enumerated, marked, number, say

STYLES: Mapping[str, tuple[str, Dashes, float, str]] = {
    marked("enters"): (COLOURS[2], "solid", 2.2, "o"),
    marked("leaves"): (COLOURS[1], "dashed", 1.8, "X"),
    marked("stays"): (GREY, "solid", 1.2, "o"),
}


def slope(ranks: pd.DataFrame, *, capacity: int, title: str = "") -> Chart:
    """Who a list by volume would have taken, and who the scores take.

    `ranks` has one row a candidate (index its name): rank_by_volume, rank (a gap where a gate refuses it), selected and
    selected_by_volume.
    """
    entering = ranks["selected"] & ~ranks["selected_by_volume"].astype(bool)
    leaving = ~ranks["selected"] & ranks["selected_by_volume"].astype(bool)
    heading = say(title) or say("Against volume alone, {enters:,} enter and {leaves:,} leave",
                                enters=int(entering.sum()), leaves=int(leaving.sum()))
    if ranks.empty:
        return nothing_to_show(heading, say("nobody is selected by either list."))
    change = pd.Series("stays", ranks.index).mask(entering, "enters").mask(leaving, "leaves")
    figure, axes = new_figure(heading, height=1.6 + 0.25 * len(ranks))
    axes.set_axis_off()
    sides = [_column(ranks, "rank_by_volume", "selected_by_volume"), _column(ranks, "rank", "selected")]
    for place, kind in enumerate(change):
        colour, line, width, marker = STYLES[kind]
        heights = [side["at"].iloc[place] for side in sides]
        (drawn,) = axes.plot([0, 1], heights, color=colour, linestyle=line, linewidth=width, marker=marker,
                             markersize=5)
        before, after = (side["words"].iloc[place] for side in sides)
        tell(drawn, say("{who} {change}\n{before} by volume, {after} by score", who=ranks.index[place],
                        change=say(kind), before=before, after=after))
    for across, side, ha in ((-0.03, sides[0], "right"), (1.03, sides[1], "left")):
        for name, row in side.iterrows():
            words = (shortened(name, 32), row["words"])
            axes.text(across, row["at"], "  ".join(words if ha == "right" else words[::-1]), ha=ha, va="center",
                      fontsize=10, color=INK, parse_math=False)
    _line(axes, sides, ranks)
    axes.text(0, -1.2, say("by volume alone"), ha="center", fontsize=11, fontweight="bold", color=INK)
    axes.text(1, -1.2, say("by score"), ha="center", fontsize=11, fontweight="bold", color=INK)
    axes.set(xlim=(-0.9, 1.9), ylim=(len(ranks) + 0.8, -1.8))
    counts = change.value_counts()
    handles = [
        Line2D([], [], color=colour, linestyle=line, linewidth=width, marker=marker,
               label=bracketed(say(kind), number(counts.get(kind, 0))))
        for kind, (colour, line, width, marker) in STYLES.items()
    ]
    axes.legend(handles=handles, loc="lower center", ncols=3, frameon=False, fontsize=10, bbox_to_anchor=(0.5, -0.04))
    enters, leaves = (
        enumerated(map(str, ranks.index[change == kind][:5])) or say("nobody") for kind in ("enters", "leaves")
    )
    alt = say("{heading} ({places:,} places). Entering: {enters}. Leaving: {leaves}.", heading=heading, places=capacity,
              enters=enters, leaves=leaves)
    return Plot(heading, alt, ranks.assign(change=change), figure)


def _column(ranks: pd.DataFrame, rank: str, inside: str) -> pd.DataFrame:
    """Places from the top (one row a candidate, in order), with a free place between in and out."""
    number = ranks[rank].astype("Float64").astype(float)
    order = pd.DataFrame({"out": ~ranks[inside].astype(bool), "rank": number.fillna(float("inf"))})
    order = order.reset_index(drop=True).sort_values(["out", "rank"], kind="stable")
    at = pd.Series(range(len(order)), order.index) + order["out"].astype(int)
    words = ["–" if pd.isna(value) else f"{value:,.0f}" for value in number]
    return pd.DataFrame({"at": at.sort_index().to_numpy(), "words": words}, index=ranks.index)


def _line(axes: Axes, sides: list[pd.DataFrame], ranks: pd.DataFrame) -> None:
    for across, inside in ((0, "selected_by_volume"), (1, "selected")):
        cut = int(ranks[inside].astype(bool).sum())
        axes.plot([across - 0.85 if across == 0 else across, across if across == 0 else across + 0.85], [cut, cut],
                  color=INK, linewidth=1)
    axes.plot([0, 1], [int(ranks["selected_by_volume"].astype(bool).sum()), int(ranks["selected"].sum())], color=INK,
              linewidth=1, linestyle="dotted")
