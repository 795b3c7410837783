"""The account study in words: every sentence is made of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.decisions.dissent import dissent_sentences
from srmkit.decisions.evidence_words import conversions_and_notes, said, said_period
from srmkit.decisions.gates import stopped_by_gates, without_gates
from srmkit.decisions.result import DecisionRecord
from srmkit.decisions.sentences import chance
from srmkit.language import (
    bracketed,
    counted,
    joined,
    listed,
    marked,
    money,
    number,
    percent,
    say,
    say_many,
    stopped,
)
from srmkit.robustness import flip_condition, labels_of

if TYPE_CHECKING:
    from srmkit.studies.account_selection import AccountSelection

QUESTION = marked("Which customers are our key accounts?")
LARGEST = 20


def headline(study: AccountSelection) -> str:
    """How many places, with how much of revenue, how many firm, and how far from going by volume alone."""
    if study.selected.empty:
        return _nobody(study)
    table = study.standing
    chosen = table[table["selected"]]
    share = chosen["revenue"].sum() / study.revenue.clip(lower=0.0).sum()
    firm = int((chosen["certainty"] == "firm").sum())
    swapped = int((chosen["selected"] & ~chosen["selected_by_volume"]).sum())
    return say(
        "{accounts} with {share} of revenue, {firm} of them firm; {swapped} would be missed by going by volume alone",
        accounts=counted(len(chosen), "key account"), share=percent(share), firm=firm, swapped=swapped,
    )


def _nobody(study: AccountSelection) -> str:
    """Why there is no key account at all."""
    total, ranked = len(study.scores.total), study.selection.eligible
    if ranked:
        return say("Nobody gets a place: {accounts} may have one, and none fits into the hours there are ({hours})",
                   accounts=counted(ranked, "account"), hours=number(study.params.hours_available))
    stopped_at_all = study.scores.gated["candidate"].nunique()
    if stopped_at_all == total:
        return say_many("Nobody gets a place: {count:,} account fails a gate, and there is no other",
                        "Nobody gets a place: all {count:,} accounts fail a gate", total)
    return say("Nobody gets a place: of {accounts}, {failing:,} fail a gate and {unscored:,} have no score",
               accounts=counted(total, "account"), failing=stopped_at_all, unscored=total - stopped_at_all)


def _nearest_to_a_place(study: AccountSelection) -> tuple[str, ...]:
    """Where nobody has a place: what would have to be different for the first one to get it."""
    waiting = study.selection.table.dropna(subset="rank")
    if waiting.empty:
        return without_gates(study.gates)
    who = waiting["hours"].idxmin()  # of equals the best, as the table is in order of rank
    return (say("{who} would have a place with {hours} hours a year: nobody needs fewer.",
                who=study.names.to_dict()[who], hours=number(waiting["hours"].min())),)


def sentences(study: AccountSelection, most: int) -> tuple[str, ...]:
    """The last ones in, the first ones out, and the largest that got no place."""
    table = study.standing
    ranked = table.dropna(subset=["rank"])
    last_in = ranked[ranked["selected"]].tail(most // 2)
    first_out = ranked[~ranked["selected"] & ranked["top_k"].notna()].head(most // 2)
    large = table[~table["selected"] & table["selected_by_volume"]].sort_values("rank_by_volume").head(most)
    lines = [] if len(study.selected) else list(_nearest_to_a_place(study))
    lines += [_placed(row, study.params.draws) for row in last_in.to_dict("records")]
    lines += [_left_out(row, study.params.draws) for row in first_out.to_dict("records")]
    lines += [_large(row, study.evidence.dataset.currency) for row in large.to_dict("records")]
    return tuple(dict.fromkeys(lines))


def _placed(row: Mapping[Any, Any], draws: int) -> str:
    return say("{who} (rank {rank}) keeps its place in {share} of the draws.", who=row["name"], rank=row["rank"],
               share=chance(row["top_k"], draws))


def _left_out(row: Mapping[Any, Any], draws: int) -> str:
    return say("{who} (rank {rank}) has no place; it would have one in {share} of the draws.", who=row["name"],
               rank=row["rank"], share=chance(row["top_k"], draws))


def _large(row: Mapping[Any, Any], currency: str) -> str:
    if row["profit"] < 0:
        text = marked("{who} is number {rank} by revenue and loses {amount}, yet has no place: {reason}.")
    else:
        text = marked("{who} is number {rank} by revenue, yet has no place: {reason}.")
    return say(text, who=row["name"], rank=row["rank_by_volume"], amount=money(-row["profit"], currency, 0),
               reason=row["reason"])


def flips(study: AccountSelection) -> pd.DataFrame:
    """Per weight the end of its interval that is nearest: candidate 'X for Y', criterion, weights now and there.

    Nearest by the share of the total that moves, so that weights of different axes compare. Also `direction` ("less"
    or "more" weight), and `if`, the condition in words.
    """
    labels = {**labels_of(study.scores), "total": say("the total")}
    shares = study.scores.scorecard.axis_weights
    rows = []
    for name, row in study.tipping.iterrows():
        ends = [(row[end], direction, row[f"leaves_{side}"], row[f"enters_{side}"])
                for end, direction, side in (("low", "less", "below"), ("high", "more", "above"))
                if not pd.isna(row[f"leaves_{side}"])]
        if ends:
            at, direction, leaves, enters = min(ends, key=lambda end: abs(end[0] - row["weight_now"]))
            flip = {"criterion": str(name), "axis": row["axis"], "weight_now": row["weight_now"], "weight_at_flip": at,
                    "direction": direction}
            who, whom = study.names[enters], study.names[leaves]
            rows.append({**flip, "candidate": say("{who} for {whom}", who=who, whom=whom), "becomes": who,
                         "gives_way": whom, "criterion": labels[str(name)], "axis": labels[row["axis"]],
                         "if": flip_condition(flip, labels), "of_total": shares.get(row["axis"], 1.0)})
    columns = ["candidate", "criterion", "weight_now", "weight_at_flip", "direction", "becomes", "gives_way", "axis"]
    table = pd.DataFrame(rows, columns=[*columns, "if", "of_total"])
    moved = (table["weight_at_flip"] - table["weight_now"]).abs() * table["of_total"].astype(float)
    order = moved.sort_values(kind="stable").index
    return table.loc[order].drop(columns="of_total").reset_index(drop=True)


def health(study: AccountSelection) -> tuple[str, ...]:
    """Rows used and set aside, what is not reported and why, what the scores did about gaps."""
    evidence = study.evidence
    return (*conversions_and_notes(evidence.dataset.health, evidence.metrics.notes), *study.scores.notes)


def figures(study: AccountSelection) -> pd.DataFrame:
    """Figures of the company in the period; what the data do not say is said."""
    evidence, metrics = study.evidence, study.evidence.metrics.values
    profit = metrics["profit"].where(metrics["revenue"].fillna(0.0) > 0)
    largest = profit.reindex(study.revenue.index[:LARGEST])
    sums = partial(money, currency=evidence.dataset.currency)
    rows = [
        (say("Period"), said_period(evidence.period)),
        (say("Revenue"), said(metrics["revenue"].sum(min_count=1), sums)),
        (say("Margin"), said(metrics["margin"].sum(min_count=1), sums)),
        (say("Cost to serve"), said(metrics["cost_to_serve"].sum(min_count=1), sums)),
        (say("Customers with orders"), number((metrics["revenue"].fillna(0.0) != 0).sum())),
        (say("Customers that lose money"), said(_below_zero(profit), number)),
        (say("Of the {count} largest by revenue, lose money", count=len(largest)), said(_below_zero(largest), number)),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


def _below_zero(amounts: pd.Series) -> float:
    return float("nan") if amounts.isna().all() else float((amounts < 0).sum())


def losing_large(study: AccountSelection) -> tuple[str, ...]:
    """What volume alone would have kept though it loses money."""
    metrics = study.evidence.metrics.values
    places = len(study.selected)
    largest = study.revenue.index[:places]
    losing = [name for name in largest if metrics["profit"].get(name, 0.0) < 0]
    if not losing:
        return ()
    kept = [name for name in losing if name in study.selected]
    dropped = len(losing) - len(kept)
    profit_led = study.presets.get("profit-led")
    led = ""
    if profit_led is not None:
        table = profit_led.table
        left = int((~table.loc[losing, "selected"]).sum())
        led = say_many("Led by profit, {count} of them loses its place.",
                       "Led by profit, {count} of them lose their place.", left)
    return (
        joined(say("{losing} of the {places} largest accounts by revenue lose money; volume alone keeps them all, "
                   "these weights drop {dropped}.", losing=len(losing), places=places, dropped=dropped), led),
    )


def decision(study: AccountSelection) -> DecisionRecord:
    """Who gets a place, how sure that is, what would change it, and who disagrees."""
    table = study.standing
    chosen = table[table["selected"]]
    entering = chosen[~chosen["selected_by_volume"]]
    stopped_here = stopped_by_gates(study.gates, len(table)) if not study.selection.eligible else ()
    recommendation = [
        say("Serve {accounts}: {names}.", accounts=counted(len(chosen), "key account"),
            names=listed(list(chosen["name"]), most=6)) if len(chosen) else
        say("Serve nobody as a key account, or decide again about what stops them."),
        *stopped_here,
        *losing_large(study),
    ]
    if len(entering):
        recommendation.append(
            say_many("{names} is not among the {places} largest, and worth a place.",
                     "{names} are not among the {places} largest, and worth a place.",
                     len(entering), names=listed(list(entering["name"]), most=4), places=len(chosen))
        )
    if len(study.exceptions):
        recommendation.append(
            say("Talk about {accounts} that numbers do not select but that carry a reason: see the exceptions.",
                accounts=counted(len(study.exceptions), "account"))
        )
    recommendation.append(study.hours.sentence())
    labels = {item.metric: say(item.label).lower() for item in study.scorecards["own"].criteria}
    question = say(QUESTION)
    return DecisionRecord(
        question=bracketed(question, study.params.segment) if study.params.segment else question,
        answer=stopped(headline(study)),
        options=tuple(study.cards.choice(name) for name in study.matrix.names),
        recommendation=tuple(recommendation),
        period=said_period(study.evidence.period),
        certainty=certainty(study),
        would_change_it=_swaps(flips(study)) if len(chosen) else _nearest_to_a_place(study),
        movers=movers(study),
        dissent=dissent_sentences(study.dissent, study.evidence.names, labels),
        reviewer=study.params.reviewer,
        review_by=study.params.review_by,
    )


def movers(study: AccountSelection) -> tuple[str, ...]:
    """Who gets a place, and who loses one, against going by volume alone."""
    table = study.standing
    enter = table.loc[table["selected"] & ~table["selected_by_volume"], "name"]
    leave = table[~table["selected"] & table["selected_by_volume"]].sort_values("rank_by_volume")["name"]
    if not len(enter) + len(leave):
        return (say("Going by volume alone would choose the same accounts."),)
    texts = ((marked("Against volume alone {count} gets a place: {names}."),
              marked("Against volume alone {count} get a place: {names}.")),
             (marked("Against volume alone {count} loses its place: {names}."),
              marked("Against volume alone {count} lose theirs: {names}.")))
    return tuple(
        say_many(*text, len(names), names=listed(list(names), most=4))
        for names, text in zip((enter, leave), texts, strict=True) if len(names)
    )


def certainty(study: AccountSelection) -> str:
    """How many places are firm, likely and contested, and what moves them."""
    if study.ranks is None:
        return _certain_of_nobody(study)
    table = study.standing
    chosen = table[table["selected"]]
    counts = chosen["certainty"].value_counts()
    parts = [say("{count} {certainty}", count=counts.get(name, 0), certainty=say(name))
             for name in ("firm", "likely", "contested")]
    doubt = study.ranks.by_doubt.reindex(chosen.index)[["weights", "data"]].mean()
    most = say("The doubt about the {doubt} moves them most.", doubt=say(str(doubt.idxmax())))
    places = say("Of {places}, {parts}.", places=counted(len(chosen), "place"), parts=listed(parts))
    level = int(study.selection.table["tied_on_cut"].sum())
    return joined(
        places,
        most if doubt.max() > 0 else "",
        say("Everybody who may have a place has one: nobody competes for it.")
        if len(chosen) == study.selection.eligible else "",
        say("{accounts} are level at the last place: the larger amount decides, then the id.",
            accounts=counted(level, "account")) if level else "",
    )


def _certain_of_nobody(study: AccountSelection) -> str:
    """How sure it is that nobody has a place."""
    if study.selection.eligible:
        return say("No order of the accounts changes it while their classes, and so their hours, stay: the fewest "
                   "hours that one of them needs are {least} a year, and there are {hours}.",
                   least=number(study.selection.table.loc[study.scores.eligible.index, "hours"].min()),
                   hours=number(study.params.hours_available))
    return say("No weight changes it: a gate is no part of the score. Gates take the figures as they are; how far the "
               "nearest is from passing stands in the table of gates.")


def _swaps(table: pd.DataFrame, most: int = 5) -> tuple[str, ...]:
    """One sentence a pair that swaps, the nearest weight named and the others counted."""
    lines = []
    for _, pair in list(table.groupby("candidate", sort=False))[:most]:
        first = pair.iloc[0].to_dict()
        line = say("{who} takes the place of {whom} if {condition}.", who=first["becomes"], whom=first["gives_way"],
                   condition=first["if"])
        others = say("{weights} could swap them too.", weights=counted(len(pair) - 1, "other weight"))
        lines.append(joined(line, others if len(pair) > 1 else ""))
    return tuple(lines)
