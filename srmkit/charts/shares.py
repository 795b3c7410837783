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
from srmkit.language import joined, marked, say, say_many, stopped

TEXTURES = {"firm": "", "likely": "//", "contested": "xx"}
AMOUNT, MEMBERS, CANDIDATES = marked("amount"), marked("members"), marked("candidates")
MOST_TOLD = 200  # columns under a curve that say something
NARROW, RAISED = 0.12, 0.17  # columns narrower than this share of the width have their words higher up


def mosaic(
    amounts: pd.DataFrame, counts: pd.Series, *, amount: str = AMOUNT, members: str = MEMBERS, title: str = ""
) -> Chart:
    """How much of the amount each class holds, and how sure that is.

    `amounts` is class x certainty (firm, likely, contested): a column is as wide as the class's share of all, parted by
    certainty. `counts` are the members of each class; `amount` and `members` say what is measured and counted.
    """
    whole = amounts.sum(axis=1)
    total = float(whole.sum())
    contested = float(amounts.get("contested", pd.Series(0.0, amounts.index)).sum())
    if not total > 0:
        return nothing_to_show(say(title) or say("{amount} by class", amount=say(amount).capitalize()),
                               say("no class holds any {amount}.", amount=say(amount)))
    heading = say(title) or say("{share} of {amount} lies in contested classes", share=percent(contested / total),
                                amount=say(amount))
    figure, axes = new_figure(heading)
    left = 0.0
    for name, look in looks(map(str, amounts.index)).items():
        width = float(whole[name]) / total
        if width > 0:
            _column(axes, name, pd.Series(amounts.loc[name]), left, width, look.colour)
            words = say("{segment}\n{share} of {amount}\n{count:,} {members}", segment=say(name), share=percent(width),
                        amount=say(amount), count=int(counts.get(name, 0)), members=say(members))
            high = 1.02 + (RAISED if width < NARROW else 0.0)
            if width < NARROW:
                axes.plot([left + width / 2] * 2, [1.0, high], color=SOFT, linewidth=0.8, clip_on=False)
            axes.text(left + width / 2, high, words, fontsize=10, color=INK, ha="center", va="bottom", parse_math=False)
        left += width
    axes.set(xlim=(0, 1), ylim=(0, 1.0))
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(say("share of {amount}", amount=say(amount)), fontsize=10, color=SOFT)
    axes.set_ylabel(say("how sure the class is"), fontsize=10, color=SOFT)
    axes.legend(
        handles=[
            Patch(facecolor="#cccccc", edgecolor=INK, hatch=TEXTURES[str(word)], label=say(str(word)))
            for word in amounts
        ],
        loc="upper left", bbox_to_anchor=(1.01, 1.0), frameon=False, fontsize=10.0,
    )
    parts = say("; ").join(f"{say(str(name))} {percent(float(share) / total)}" for name, share in whole.items())
    return Plot(heading, joined(stopped(heading), say("By class: {parts}.", parts=parts)), amounts, figure)


def _column(axes: Axes, name: str, amounts: pd.Series, left: float, width: float, colour: str) -> None:
    low, whole = 0.0, float(amounts.sum())
    for word, amount in amounts.items():
        share = float(amount) / whole
        bar = axes.bar(left + width / 2, share, width=width, bottom=low, color=colour,
                       alpha={"firm": 0.95, "likely": 0.6}.get(str(word), 0.35), hatch=TEXTURES.get(str(word), ""),
                       edgecolor="white", linewidth=1.2)
        tell(bar[0], say("{segment}, {certainty}\n{amount:,.0f}, {share} of the class", segment=say(name),
                         certainty=say(str(word)), amount=amount, share=percent(share)))
        low += share


def _tell_along(axes: Axes, reached: pd.Series, words: Sequence[str]) -> None:
    """Unseen columns under a curve that say what stands there; among many candidates every so many speaks."""
    low, high = axes.get_ylim()
    step = -(-len(reached) // MOST_TOLD)
    for place in range(0, len(reached), step):
        # seen by the pointer, not by the eye
        tell(axes.bar(place + 1, high - low, width=step, bottom=low, alpha=0.0, linewidth=0)[0], words[place])


def pareto(
    amounts: pd.Series, *, classes: pd.Series | None = None, amount: str = AMOUNT, members: str = CANDIDATES,
    title: str = "",
) -> Chart:
    """How few make most of the amount: cumulative share over the candidates, the largest first.

    `classes` (A, B, C by candidate) marks where each class ends.
    """
    ordered = amounts[amounts > 0].sort_values(ascending=False, kind="stable")
    total = float(ordered.sum())
    if ordered.empty:
        return nothing_to_show(say(title) or say("Who makes most of the amount"), say("no amount is above 0."))
    reached = ordered.cumsum() / total
    few = int((reached < 0.8 - 1e-12).sum()) + 1
    heading = say(title) or say("{few:,} of {all:,} {members} make 80 % of {amount}", few=few, all=len(ordered),
                                members=say(members), amount=say(amount))
    figure, axes = new_figure(heading, height=5.0)
    places = np.arange(1, len(ordered) + 1)
    axes.plot(places, reached, color=COLOURS[0], linewidth=2)
    axes.fill_between(places, reached, color=COLOURS[0], alpha=0.12, linewidth=0)
    if classes is not None:
        named = classes[~classes.index.duplicated()].reindex(ordered.index)
        for name in [name for name in pd.unique(named) if isinstance(name, str)]:
            last = int(np.flatnonzero((named == name).to_numpy()).max()) + 1
            axes.axvline(last + 0.5, color=SOFT, linestyle="dashed", linewidth=1)
            ends = say("{name} ends\nat {place:,} ", name=name, place=last)
            axes.text(last, 0.03, ends, ha="right", fontsize=10, color=INK, parse_math=False)
    axes.set(xlim=(0.5, len(ordered) + 1), ylim=(0, 1.03))
    axes.yaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.set_xlabel(say("{members}, the largest first", members=say(members)), fontsize=10, color=SOFT)
    _tell_along(axes, reached, [
        say("{place}. {who}\n{amount:,.0f}; added up {share}", place=place, who=name, amount=value,
            share=percent(float(share))) for place, (name, value, share)
        in enumerate(zip(ordered.index, ordered, reached, strict=True), start=1)
    ])
    axes.set_ylabel(say("share of {amount}, added up", amount=say(amount)), fontsize=10, color=SOFT)
    first = shortened(ordered.index[0], 40)
    largest = say("The largest, {who}, alone makes {share}.", who=first, share=percent(float(reached.iloc[0])))
    alt = joined(stopped(heading), largest)
    return Plot(heading, alt, pd.DataFrame({"amount": ordered, "cumulative_share": reached}), figure)


def whale(profit: pd.Series, *, title: str = "") -> Chart:
    """Profit added up, the most profitable first: how high it could be, and what is lost again on the way down."""
    ordered = profit.dropna().sort_values(ascending=False, kind="stable")
    if ordered.empty:
        return nothing_to_show(say(title) or say("Profit added up"), say("no profit is known."))
    reached = ordered.cumsum()
    best = int(reached.to_numpy().argmax())
    peak, end = float(reached.iloc[best]), float(reached.iloc[-1])
    losing = int((ordered < 0).sum())
    if losing and peak > 0:
        texts = (marked("{count:,} of {all:,} accounts loses money, and loses {share} of what the others earn"),
                 marked("{count:,} of {all:,} accounts lose money, and lose {share} of what the others earn"))
        lost = percent((peak - end) / peak)
    else:
        texts, lost = (marked("{count:,} of {all:,} accounts loses money"),
                       marked("{count:,} of {all:,} accounts lose money")), ""
    heading = say(title) or say_many(*texts, losing, all=len(ordered), share=lost)
    figure, axes = new_figure(heading, height=5.0)
    places = np.arange(1, len(ordered) + 1)
    axes.plot(places, reached, color=COLOURS[0], linewidth=2)
    axes.fill_between(places, reached, end, where=places > best, color=COLOURS[1], alpha=0.25, linewidth=0, hatch="//")
    axes.plot([best + 1], [peak], marker="o", markersize=8, color=COLOURS[1])
    beside: dict[str, Any] = {"textcoords": "offset points", "fontsize": 10, "color": INK}
    top = say("peak {peak:,.0f} after {count:,} accounts", peak=peak, count=best + 1)
    axes.annotate(top, (best + 1, peak), xytext=(0, 8), ha="right", **beside)
    axes.annotate(say("all: {amount:,.0f}", amount=end), (len(ordered), end), xytext=(-4, -14), ha="right", **beside)
    axes.margins(y=0.12)
    axes.yaxis.set_major_formatter("{x:,.0f}")
    axes.set_xlabel(say("accounts, the most profitable first"), fontsize=10, color=SOFT)
    _tell_along(axes, reached, [
        say("{place}. {who}\nprofit {profit:,.0f}; added up {so_far:,.0f}", place=place, who=name, profit=value,
            so_far=so_far) for place, (name, value, so_far)
        in enumerate(zip(ordered.index, ordered, reached, strict=True), start=1)
    ])
    axes.set_ylabel(say("profit, added up"), fontsize=10, color=SOFT)
    course = say("Added up, profit peaks at {peak:,.0f} after {count:,} accounts and ends at {end:,.0f}.", peak=peak,
                 count=best + 1, end=end)
    alt = joined(stopped(heading), course)
    return Plot(heading, alt, pd.DataFrame({"profit": ordered, "cumulative": reached}), figure)
