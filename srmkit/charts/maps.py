"""What is there: gaps by column, rows by month, pairs by bits, suppliers by state; colour only helps."""

from __future__ import annotations

from math import ceil, floor

import pandas as pd
from matplotlib.ticker import MaxNLocator

from srmkit.charts.chart import Chart, Plot, new_figure, nothing_to_show
from srmkit.charts.palette import COLOURS, INK, LINE, SOFT, looks
from srmkit.charts.vector import tell
from srmkit.language import STATE, enumerated, joined, percent, say, say_many, stopped, word

WIDE = 5  # bits in one bar
ABREAST = 10  # cells of one line: more would be too small to read
NOTABLE = 0.005  # gaps below this share are not written into a cell


def missing_map(gaps: pd.DataFrame, *, title: str = "") -> Chart:
    """Each table a line or two, each column a cell: the share of rows without a value; hatched where there is none.

    `gaps` has table, column, share_of_gaps (0 to 1), rows and there (whether the source brings the column).
    """
    holes = int((gaps["there"] & gaps["share_of_gaps"].ge(NOTABLE)).sum())
    heading = title or say("{holes} of {there} columns have gaps; {absent} are not in the source", holes=holes,
                           there=int(gaps["there"].sum()), absent=int((~gaps["there"]).sum()))
    if gaps.empty:
        return nothing_to_show(heading, say("no table is there."))
    cells = gaps.assign(place=gaps.groupby("table").cumcount())
    order = {table: place for place, table in enumerate(dict.fromkeys(gaps["table"]))}
    lines = sorted({(order[table], table, place // ABREAST) for table, place in zip(cells["table"], cells["place"],
                                                                                    strict=True)})
    figure, axes = new_figure(heading, height=1.2 + 0.46 * len(lines))
    for line, (_, table, part) in enumerate(lines):
        mine = cells[cells["table"].eq(table) & cells["place"].floordiv(ABREAST).eq(part)]
        for place, row in enumerate(mine.to_dict("records")):
            share = float(row["share_of_gaps"])
            face = "white" if not row["there"] else _tint(share)
            cell = axes.barh(line, 1, left=place, height=0.92, color=face, edgecolor=LINE,
                             hatch="" if row["there"] else "////", linewidth=0.6)
            words = say("not in the source") if not row["there"] else say("{share} missing", share=percent(share, 1))
            tell(cell[0], f"{table}.{row['column']}\n{words}")
            dark = row["there"] and share > 0.55
            note = f"\n{percent(share)}" if row["there"] and share >= NOTABLE else ""
            axes.text(place + 0.5, line, _wrapped(row["column"]) + note, ha="center", va="center", fontsize=8,
                      color="white" if dark else INK if row["there"] else SOFT, parse_math=False, linespacing=0.95)
    names = ["" if part else table.replace("_", " ") for _, table, part in lines]
    axes.set_yticks(range(len(lines)), names, fontsize=10, color=INK)
    axes.set_ylim(len(lines) - 0.45, -0.55)
    axes.set_xlim(0, min(ABREAST, int(cells["place"].max()) + 1))
    axes.set_xticks([])
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    worst = gaps[gaps["there"]].sort_values("share_of_gaps", ascending=False, kind="stable").head(5)
    told = say("; ").join(f"{row['table']}.{row['column']} {percent(row['share_of_gaps'])}"
                          for row in worst.to_dict("records"))
    data = gaps[["table", "column", "there", "rows", "gaps", "share_of_gaps"]].reset_index(drop=True)
    return Plot(heading, joined(stopped(heading), stopped(told)), data, figure)


def month_map(months: pd.DataFrame, *, title: str = "") -> Chart:
    """Rows of each table in each month; a month in which nothing is dated is hatched.

    `months` is table x month (first days).
    """
    empty = int((months == 0).to_numpy().sum())
    heading = title or say("{empty} of {all} months of a table are empty", empty=empty, all=months.size)
    if months.empty:
        return nothing_to_show(heading, say("no table has days."))
    figure, axes = new_figure(heading, height=1.3 + 0.34 * len(months))
    few = len(months.columns) <= 18
    for line, (table, counts) in enumerate(months.iterrows()):
        most = max(int(counts.max()), 1)
        for place, (month, count) in enumerate(counts.items()):
            cell = axes.barh(line, 1, left=place, height=0.92, color=_tint(0.6 * count / most) if count else "white",
                             hatch="" if count else "////", edgecolor=LINE, linewidth=0.5)
            tell(cell[0], say_many("{table}, {month}: {count:,} row", "{table}, {month}: {count:,} rows", int(count),
                                   table=table, month=f"{month:%Y-%m}"))
            if few:
                axes.text(place + 0.5, line, f"{count:,}", ha="center", va="center", fontsize=8.5, color=INK)
    step = max(1, len(months.columns) // 12)
    places = range(0, len(months.columns), step)
    axes.set_xticks([place + 0.5 for place in places], [f"{months.columns[place]:%Y-%m}" for place in places],
                    fontsize=8, color=SOFT)
    axes.set_yticks(range(len(months)), [str(table).replace("_", " ") for table in months.index], fontsize=9, color=INK)
    axes.set_ylim(len(months) - 0.45, -0.55)
    axes.set_xlim(0, len(months.columns))
    for side in axes.spines.values():
        side.set_visible(False)
    axes.tick_params(length=0)
    lean = [f"{table} {int((row == 0).sum())}" for table, row in months.iterrows() if (row == 0).any()]
    told = say("Empty months: {tables}.", tables=enumerated(lean)) if lean else say("No month is empty.")
    data = months.rename(columns=lambda month: f"{month:%Y-%m}")
    return Plot(heading, joined(stopped(heading), told), data, figure)


def _wrapped(name: str) -> str:
    return name.removesuffix("_id").replace("_", "\n", 1).replace("_", " ") if len(name) > 8 else name.replace("_", " ")


def _tint(share: float) -> str:
    """White to the first colour of the palette."""
    colour = COLOURS[0].lstrip("#")
    parts = [round(255 + (int(colour[at : at + 2], 16) - 255) * min(max(share, 0.0), 1.0)) for at in (0, 2, 4)]
    return "#" + "".join(f"{part:02x}" for part in parts)


def score_histogram(pairs: pd.DataFrame, *, bar: float = 0.0, title: str = "") -> Chart:
    """How many pairs have how many bits, by what was decided; the line is the bar from which a pair counts as open.

    `pairs` has bits and decision (open, same, different).
    """
    heading = title or say("{open} of {all} pairs wait for a decision", all=len(pairs),
                           open=int(pairs["decision"].eq("open").sum()))
    if pairs.empty:
        return nothing_to_show(heading, say("no two entries look like one firm."))
    low, high = floor(min(pairs["bits"].min(), bar, 0.0) / WIDE) * WIDE, ceil(pairs["bits"].max() / WIDE) * WIDE + WIDE
    starts = range(low, high, WIDE)
    decided = {"open": say("open"), "same": say("one firm"), "different": say("two firms")}
    counts = pd.DataFrame(
        {told: [int((pairs["decision"].eq(word) & pairs["bits"].ge(start) & pairs["bits"].lt(start + WIDE)).sum())
                for start in starts] for word, told in decided.items()},
        index=pd.Index(list(starts), name=say("bits from")).astype(object))  # one of a range would not be shown
    figure, axes = new_figure(heading, height=3.4)
    below = pd.Series(0, index=counts.index)
    for name, look in looks(map(str, counts.columns)).items():
        bars = axes.bar(counts.index, counts[name], width=WIDE * 0.92, bottom=below, align="edge", label=name,
                        color=look.colour, hatch=look.hatch, edgecolor="white", linewidth=0.6)
        for start, one, count in zip(counts.index, bars, counts[name], strict=True):
            tell(one, say("{count} pairs with {low} to {high} bits: {decision}", count=count, low=start,
                          high=start + WIDE, decision=name))
        below = below + counts[name]
    axes.axvline(bar, color=INK, linestyle="dashed", linewidth=1)
    axes.set_xlabel(say("bits: 0 is even odds, 10 a thousand to one"), fontsize=10, color=SOFT)
    axes.yaxis.set_major_locator(MaxNLocator(integer=True))
    axes.legend(loc="upper right", frameon=False, fontsize=10)
    told = say("; ").join(say("{low} to {high} bits: {count}", low=start, high=start + WIDE, count=count)
                          for start, count in zip(starts, below, strict=True) if count)
    return Plot(heading, joined(stopped(heading), stopped(say("Pairs: {told}", told=told))), counts, figure)


def funnel(states: pd.DataFrame, *, title: str = "") -> Chart:
    """How many suppliers entered each state, and how many are in it now.

    `states` has state, entered and now, in their order.
    """
    waiting = int(states.loc[~states["state"].isin(["risk", "exit"]), "now"].sum())
    heading = title or say("{waiting} suppliers are on their way, {settled} are looked after", waiting=waiting,
                           settled=int(states.loc[states["state"].eq("risk"), "now"].sum()))
    if not states["entered"].any():
        return nothing_to_show(heading, say("no state of a supplier is known."))
    figure, axes = new_figure(heading, height=1.5 + 0.36 * len(states))
    for line, row in enumerate(states.to_dict("records")):
        entered = axes.barh(line, row["entered"], height=0.72, color="white", edgecolor=COLOURS[0], hatch="//",
                            linewidth=0.8, label=say("entered") if line == 0 else None)
        now = axes.barh(line, row["now"], height=0.72, color=COLOURS[0], label=say("now in it") if line == 0 else None)
        words = say("{state}: {entered} entered, {now} now", state=word(row["state"], STATE), entered=row["entered"],
                    now=row["now"])
        for one in (entered, now):
            tell(one[0], words)
        axes.text(row["entered"] + 0.01 * states["entered"].max(), line, f"{row['entered']:,} / {row['now']:,}",
                  va="center", fontsize=9.5, color=INK)
    axes.set_yticks(range(len(states)), [word(state, STATE) for state in states["state"]], fontsize=10, color=INK)
    axes.set_ylim(len(states) - 0.4, -0.6)
    axes.set_xlim(0, 1.14 * states["entered"].max())
    axes.legend(loc="lower right", frameon=False, fontsize=10)
    told = say("; ").join(f"{word(row['state'], STATE)} {row['entered']} / {row['now']}"
                          for row in states.to_dict("records"))
    alt = joined(stopped(heading), stopped(say("Entered and now: {told}", told=told)))
    return Plot(heading, alt, states.set_index("state"), figure)
