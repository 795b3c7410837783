"""Who makes how much: mosaic of classes, Pareto curve, whale curve of profit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import PercentFormatter

from srmkit.charts.chart import Chart, Plot, new_figure, nothing_to_show, percent, shortened
from srmkit.charts.palette import COLOURS, INK, SOFT, looks
from srmkit.charts.vector import tell

TEXTURES = {"firm": "", "likely": "//", "contested": "xx"}
MOST_TOLD = 200  # columns under a curve that say something
NARROW, RAISED = 0.12, 0.17  # columns narrower than this share of the width have their words higher up


def mosaic(
    amounts: pd.DataFrame, counts: pd.Series, *, amount: str = "amount", members: str = "members", title: str = ""
) -> Chart:
    """How much of the amount each class holds, and how sure that is.

    `amounts` is class x certainty (firm, likely, contested): a column is as wide as the class's share of all, parted by
    certainty. `counts` are the members of each class; `amount` and `members` say what is measured and counted.
    """
    whole = amounts.sum(axis=1)
    total = float(whole.sum())
    contested = float(amounts.get("contested", pd.Series(0.0, amounts.index)).sum())
    if not total > 0:
        return nothing_to_show(title or f"{amount.capitalize()} by class", f"no class holds any {amount}.")
    heading = title or f"{percent(contested / total)} of {amount} lies in contested classes"
    figure, axes = new_figure(heading)
    left = 0.0
    for name, look in looks(map(str, amounts.index)).items():
        width = float(whole[name]) / total
        if width > 0:
            _column(axes, name, pd.Series(amounts.loc[name]), left, width, look.colour)
            words = f"{name}\n{percent(width)} of {amount}\n{int(counts.get(name, 0)):,} {members}"
            high = 1.02 + (RAISED if width < NARROW else 0.0)
            if width < NARROW:
                axes.plot([left + width / 2] * 2, [1.0, high], color=SOFT, linewidth=0.8, clip_on=False)
            axes.text(left + width / 2, high, words, fontsize=10, color=INK, ha="center", va="bottom", parse_math=False)
        left += width
    axes.set(xlim=(0, 1), ylim=(0, 1.0))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(f"share of {amount}", fontsize=10, color=SOFT)
    axes.set_ylabel("how sure the class is", fontsize=10, color=SOFT)
    axes.legend(
        handles=[
            Patch(facecolor="#cccccc", edgecolor=INK, hatch=TEXTURES[str(word)], label=str(word)) for word in amounts
        ],
        loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=10.0,
    )
    parts = "; ".join(f"{name} {percent(float(share) / total)}" for name, share in whole.items())
    return Plot(heading, f"{heading}. By class: {parts}.", amounts, figure)


def _column(axes: Axes, name: str, amounts: pd.Series, left: float, width: float, colour: str) -> None:
    low, whole = 0.0, float(amounts.sum())
    for word, amount in amounts.items():
        share = float(amount) / whole
        bar = axes.bar(left + width / 2, share, width=width, bottom=low, color=colour,
                       alpha={"firm": 0.95, "likely": 0.6}.get(str(word), 0.35), hatch=TEXTURES.get(str(word), ""),
                       edgecolor="white", linewidth=1.2)
        tell(bar[0], f"{name}, {word}\n{amount:,.0f}, {percent(share)} of the class")
        low += share


def _tell_along(axes: Axes, reached: pd.Series, words: Sequence[str]) -> None:
    """Unseen columns under a curve that say what stands there; among many candidates every so many speaks."""
    low, high = axes.get_ylim()
    step = -(-len(reached) // MOST_TOLD)
    for place in range(0, len(reached), step):
        # seen by the pointer, not by the eye
        tell(axes.bar(place + 1, high - low, width=step, bottom=low, alpha=0.0, linewidth=0)[0], words[place])


def pareto(
    amounts: pd.Series, *, classes: pd.Series | None = None, amount: str = "amount", members: str = "candidates",
    title: str = "",
) -> Chart:
    """How few make most of the amount: cumulative share over the candidates, the largest first.

    `classes` (A, B, C by candidate) marks where each class ends.
    """
    ordered = amounts[amounts > 0].sort_values(ascending=False, kind="stable")
    total = float(ordered.sum())
    if ordered.empty:
        return nothing_to_show(title or "Who makes most of the amount", "no amount is above 0.")
    reached = ordered.cumsum() / total
    few = int((reached < 0.8 - 1e-12).sum()) + 1
    heading = title or f"{few:,} of {len(ordered):,} {members} make 80 % of {amount}"
    figure, axes = new_figure(heading, height=5.0)
    places = np.arange(1, len(ordered) + 1)
    axes.plot(places, reached, color=COLOURS[0], linewidth=2)
    axes.fill_between(places, reached, color=COLOURS[0], alpha=0.12, linewidth=0)
    if classes is not None:
        named = classes[~classes.index.duplicated()].reindex(ordered.index)
        for name in [name for name in pd.unique(named) if isinstance(name, str)]:
            last = int(np.flatnonzero((named == name).to_numpy()).max()) + 1
            axes.axvline(last + 0.5, color=SOFT, linestyle="dashed", linewidth=1)
            axes.text(last, 0.03, f"{name} ends\nat {last:,} ", ha="right", fontsize=10, color=INK, parse_math=False)
    axes.set(xlim=(0.5, len(ordered) + 1), ylim=(0, 1.03))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(f"{members}, the largest first", fontsize=10, color=SOFT)
    _tell_along(axes, reached, [
        f"{place}. {name}\n{value:,.0f}; added up {percent(float(share))}" for place, (name, value, share)
        in enumerate(zip(ordered.index, ordered, reached, strict=True), start=1)
    ])
    axes.set_ylabel(f"share of {amount}, added up", fontsize=10, color=SOFT)
    first = shortened(ordered.index[0], 40)
    alt = f"{heading}. The largest, {first}, alone makes {percent(float(reached.iloc[0]))}."
    return Plot(heading, alt, pd.DataFrame({"amount": ordered, "cumulative_share": reached}), figure)


def whale(profit: pd.Series, *, title: str = "") -> Chart:
    """Profit added up, the most profitable first: how high it could be, and what is lost again on the way down."""
    ordered = profit.dropna().sort_values(ascending=False, kind="stable")
    if ordered.empty:
        return nothing_to_show(title or "Profit added up", "no profit is known.")
    reached = ordered.cumsum()
    best = int(reached.to_numpy().argmax())
    peak, end = float(reached.iloc[best]), float(reached.iloc[-1])
    losing = int((ordered < 0).sum())
    lost = f", and lose {percent((peak - end) / peak)} of what the others earn" if peak > 0 else ""
    heading = title or f"{losing:,} of {len(ordered):,} accounts lose money{lost if losing else ''}"
    figure, axes = new_figure(heading, height=5.0)
    places = np.arange(1, len(ordered) + 1)
    axes.plot(places, reached, color=COLOURS[0], linewidth=2)
    axes.fill_between(places, reached, end, where=places > best, color=COLOURS[1], alpha=0.25, linewidth=0, hatch="//")
    axes.plot([best + 1], [peak], marker="o", markersize=8, color=COLOURS[1])
    beside: dict[str, Any] = {"textcoords": "offset points", "fontsize": 10, "color": INK}
    top = f"peak {peak:,.0f} after {best + 1:,} accounts"
    axes.annotate(top, (best + 1, peak), xytext=(0, 8), ha="right", **beside)
    axes.annotate(f"all: {end:,.0f}", (len(ordered), end), xytext=(-4, -14), ha="right", **beside)
    axes.margins(y=0.12)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel("accounts, the most profitable first", fontsize=10, color=SOFT)
    _tell_along(axes, reached, [
        f"{place}. {name}\nprofit {value:,.0f}; added up {so_far:,.0f}" for place, (name, value, so_far)
        in enumerate(zip(ordered.index, ordered, reached, strict=True), start=1)
    ])
    axes.set_ylabel("profit, added up", fontsize=10, color=SOFT)
    alt = f"{heading}. Added up, profit peaks at {peak:,.0f} after {best + 1:,} accounts and ends at {end:,.0f}."
    return Plot(heading, alt, pd.DataFrame({"profit": ordered, "cumulative": reached}), figure)
