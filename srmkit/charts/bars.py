"""Bars of tipping points, hours and chances: one row a candidate, words at its end."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import PercentFormatter

from srmkit.charts.chart import Chart, Plot, new_figure, nothing_to_show, shortened
from srmkit.charts.palette import COLOURS, GREY, INK, LINE, SOFT, looks
from srmkit.charts.vector import tell
from srmkit.language import chance, joined, labelled, marked, number, say, say_many, stopped
from srmkit.language import percent as share
from srmkit.robustness import weights_in_words

ROW = 0.34  # inches a bar
# what stands exactly on the line, by the direction in which the least step decides it
AT_ONCE = {"less": marked("any less than {now}"), "more": marked("any more than {now}")}
ARROWS = {"less": "<", "more": ">"}


def tornado(flips: pd.DataFrame, *, title: str = "", most: int = 12) -> Chart:
    """How little a weight must move to change an answer; the nearest first.

    `flips` has candidate, criterion, weight_now, weight_at_flip (shares, 0 to 1), direction ("less" or "more") and
    becomes. A bar goes from the present weight to the one at which the answer changes, in percentage points. What
    stands exactly on the line has an arrow in the direction that decides it.
    """
    heading = say(title) or say("How far a weight must move before the answer changes")
    shown = flips.assign(change=flips["weight_at_flip"] - flips["weight_now"])
    shown = shown.sort_values("change", key=np.abs, kind="stable").head(most).reset_index(drop=True)
    if shown.empty:
        return nothing_to_show(heading, say("no single weight changes the answer."))
    names = [
        f"{shortened(who, 40)}\n{shortened(what, 40)}"
        for who, what in zip(shown["candidate"], shown["criterion"], strict=True)
    ]
    figure, axes = _rows(heading, names, row=0.5)
    less = shown["direction"] == "less"
    colours = np.where(less, COLOURS[1], COLOURS[0])
    points = 100 * shown["change"]
    bars = axes.barh(shown.index, points, height=0.5, color=colours, hatch=None, edgecolor=INK, linewidth=0.6)
    room = max(float(points.abs().max()), 1.0)
    on_the_line = False
    for place, row in enumerate(shown.to_dict("records")):
        becomes, side = say(row["becomes"]), str(row["direction"])
        then, now = weights_in_words(row["weight_at_flip"], row["weight_now"])
        if then == now:
            on_the_line = True
            words = say(AT_ONCE[side], now=now)
            pointed = say("{who}\n{criterion}: {now}, exactly on the line\n{step}: {becomes}", who=row["candidate"],
                          criterion=row["criterion"], now=now, step=words, becomes=becomes)
            (part,) = axes.plot(0, place, marker=ARROWS[side], markersize=11, color=colours[place],
                                markeredgecolor=INK, markeredgewidth=0.6)
        else:
            part, words = bars[place], f"{now.rstrip(' %')} → {then}"
            pointed = say("{who}\n{criterion}: {now:.2f} → {then}\nthen {becomes}", who=row["candidate"],
                          criterion=row["criterion"], now=100 * row["weight_now"],
                          then=share(row["weight_at_flip"], 2), becomes=becomes)
        tell(part, pointed)
        axes.text(1.01, place, labelled(words, shortened(becomes, 26)), transform=axes.get_yaxis_transform(),
                  va="center", fontsize=10, color=INK, parse_math=False)
    axes.axvline(0, color=INK, linewidth=1, zorder=1)
    axes.set_xlim(-1.05 * room, 1.05 * room)
    notes = [say("change of the weight, in percentage points (left: less, right: more)")]
    if on_the_line:
        notes.append(say("arrow: stands exactly on the line, so the least step that way decides"))
    axes.set_xlabel("\n".join(notes), fontsize=10, color=SOFT)
    drawn = say_many("{count:,} is drawn.", "{count:,} are drawn.", len(shown))
    return Plot(heading, joined(stopped(heading), _nearest(shown.iloc[0].to_dict()), drawn), shown, figure)


def _nearest(row: Mapping[Any, Any]) -> str:
    """The first row of a tornado in words."""
    then, now = weights_in_words(row["weight_at_flip"], row["weight_now"])
    who, becomes = row["candidate"], say(row["becomes"])
    if then == now:
        return say("Nearest: {who}, exactly on the line of {criterion}, {step}: {becomes}.", who=who,
                   criterion=row["criterion"], step=say(AT_ONCE[str(row["direction"])], now=now), becomes=becomes)
    return say("Nearest: {who}, {becomes} when {criterion} goes from {now} to {then}.", who=who, becomes=becomes,
               criterion=row["criterion"], now=now, then=then)


def hours_against_capacity(table: pd.DataFrame, available: float, *, title: str = "") -> Chart:
    """Hours a year that the classes ask for, stacked, against those available.

    `table` has one row a class with members, hours_each and hours.
    """
    needed = float(table["hours"].sum())
    gap = needed - available
    if gap > 0:
        text = marked("{gap:,.0f} hours a year are lacking: {needed:,.0f} needed, {available:,.0f} available")
    else:
        text = marked("{gap:,.0f} hours a year are left: {needed:,.0f} needed, {available:,.0f} available")
    heading = say(title) or say(text, gap=abs(gap), needed=needed, available=available)
    if needed <= 0:
        return nothing_to_show(heading, say("no member has hours."))
    figure, axes = new_figure(heading, height=3.2)
    start = 0.0
    styles = looks(map(str, table.index))
    for name, members, each, hours in table[["members", "hours_each", "hours"]].itertuples():
        look = styles[name]
        words = say("{segment}: {members:,.0f} × {each:,.0f} h = {hours:,.0f} h", segment=say(str(name)),
                    members=members, each=each, hours=hours)
        bar = axes.barh(0, hours, left=start, height=0.5, color=look.colour, hatch=look.hatch, edgecolor="white",
                        label=words)
        tell(bar[0], words)
        start += hours
    axes.barh(1, available, height=0.5, color="white", edgecolor=INK, linewidth=1.2)
    axes.text(available, 1, say(" {hours:,.0f} h", hours=available), va="center", fontsize=10, color=INK)
    axes.text(needed, 0, say(" {hours:,.0f} h", hours=needed), va="center", fontsize=10, color=INK)
    axes.axvline(available, color=INK, linestyle="dashed", linewidth=1)
    axes.set_yticks([0, 1], [say("needed"), say("available")], fontsize=11, color=INK)
    axes.invert_yaxis()
    axes.set_xlim(0, 1.12 * max(needed, available))
    axes.xaxis.set_major_formatter("{x:,.0f}")
    axes.legend(loc="upper left", bbox_to_anchor=(0, -0.14), ncols=2, frameon=False, fontsize=10)
    parts = say("; ").join(f"{say(str(name))} {number(row['hours'])}" for name, row in table.iterrows())
    return Plot(heading, joined(stopped(heading), say("By class: {parts}.", parts=parts)), table, figure)


def top_k_curve(
    chances: pd.Series, *, selected: pd.Series, capacity: int, errors: pd.Series | None = None, title: str = "",
    most: int = 40,
) -> Chart:
    """The chance of a place, most certain first: who has one now, and where the line is soft.

    `chances` (0 to 1), `selected` (true where it has a place now) and the standard `errors` are by name.
    """
    ordered = chances.dropna().sort_values(ascending=False, kind="stable")
    soft = int(((ordered > 0.1) & (ordered < 0.9)).sum())
    heading = say(title) or say_many("{count:,} account has a chance between 10 and 90 % of one of {places:,} places",
                                     "{count:,} accounts have a chance between 10 and 90 % of one of {places:,} places",
                                     soft, places=capacity)
    if ordered.empty:
        return nothing_to_show(heading, say("nobody has a rank."))
    if len(ordered) > most:  # those that nothing moves are the least news
        news = (ordered - 0.5).abs().sort_values(kind="stable").index[:most]
        ordered = ordered[ordered.index.isin(news)]
    now = selected.reindex(ordered.index).fillna(False).astype(bool)
    figure, axes = _rows(heading, [shortened(name, 34) for name in ordered.index], row=0.27)
    rows = np.arange(len(ordered))
    for chosen, look, words in ((True, (COLOURS[0], ""), say("has a place now")),
                                (False, ("white", "//"), say("has none now"))):
        here = now.to_numpy() == chosen
        bars = axes.barh(rows[here], ordered[here], height=0.7, color=look[0], hatch=look[1], edgecolor=COLOURS[0],
                         linewidth=0.8, label=words)
        for bar, (who, odds) in zip(bars, ordered[here].items(), strict=True):
            tell(bar, say("{who}\n{standing}, a chance of {chance}", who=who, standing=words,
                          chance=chance(float(odds), short=True)))
    off = (0 * ordered if errors is None else errors.reindex(ordered.index)).to_numpy(dtype=float)
    for row, (odds, error) in enumerate(zip(ordered, off, strict=True)):
        axes.text(odds + 0.01, row, chance(float(odds), error=error, short=True), va="center", fontsize=10, color=INK)
    axes.set_xlim(0, 1.08)
    axes.xaxis.set_major_formatter(PercentFormatter(1.0, decimals=0))
    axes.legend(loc="lower right", frameon=True, fontsize=10, edgecolor=LINE)
    last = ordered[now].tail(1)
    told = "" if last.empty else say("The last one in, {who}, has {chance}.", who=last.index[0],
                                     chance=chance(float(last.iloc[0]), short=True))
    drawn = say("{count:,} of {all:,} are drawn.", count=len(ordered), all=len(chances))
    data = pd.DataFrame({"chance": ordered, "selected": now})
    return Plot(heading, joined(stopped(heading), told, drawn), data, figure)


def _rows(heading: str, names: list[str], *, row: float = ROW) -> tuple[Figure, Axes]:
    figure, axes = new_figure(heading, height=max(3.0, 1.4 + row * len(names)))
    axes.set_yticks(range(len(names)), names, fontsize=10, color=INK)
    for tick in axes.yaxis.get_major_ticks():
        for side in (tick.label1, tick.label2):
            side.set_parse_math(False)
    axes.set_ylim(len(names) - 0.4, -0.6)
    axes.spines["left"].set_visible(False)
    axes.grid(axis="x", color=GREY, alpha=0.25, linewidth=0.6)
    axes.set_axisbelow(True)
    return figure, axes
