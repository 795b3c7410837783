"""The account study in words: every sentence is made of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.decisions.dissent import dissent_sentences
from srmkit.decisions.evidence_words import conversions_and_notes, said
from srmkit.decisions.result import DecisionRecord
from srmkit.decisions.sentences import chance, counted, listed
from srmkit.robustness import labels_of, weights_in_words

if TYPE_CHECKING:
    from srmkit.studies.account_selection import AccountSelection

QUESTION = "Which customers are our key accounts?"
LARGEST = 20


def headline(study: AccountSelection) -> str:
    """How many places, with how much of revenue, how many firm, and how far from going by volume alone."""
    table = study.standing
    chosen = table[table["selected"]]
    share = chosen["revenue"].sum() / study.revenue.clip(lower=0.0).sum()
    firm = int((chosen["certainty"] == "firm").sum())
    swapped = int((chosen["selected"] & ~chosen["selected_by_volume"]).sum())
    return (
        f"{counted(len(chosen), 'key account')} with {100 * share:.0f} % of revenue, {firm} of them firm; "
        f"{swapped} would be missed by going by volume alone"
    )


def sentences(study: AccountSelection, most: int) -> tuple[str, ...]:
    """The last ones in, the first ones out, and the largest that got no place."""
    table = study.standing
    ranked = table.dropna(subset=["rank"])
    last_in = ranked[ranked["selected"]].tail(most // 2)
    first_out = ranked[~ranked["selected"]].head(most // 2)
    large = table[~table["selected"] & table["selected_by_volume"]].sort_values("rank_by_volume").head(most)
    lines = [_placed(row) for row in last_in.to_dict("records")]
    lines += [_left_out(row) for row in first_out.to_dict("records")]
    lines += [_large(row, study.evidence.dataset.currency) for row in large.to_dict("records")]
    return tuple(dict.fromkeys(lines))


def _placed(row: Mapping[Any, Any]) -> str:
    return f"{row['name']} (rank {row['rank']}) keeps its place in {chance(row['top_k'])} of the draws."


def _left_out(row: Mapping[Any, Any]) -> str:
    would = chance(row["top_k"])
    return f"{row['name']} (rank {row['rank']}) has no place; it would have one in {would} of the draws."


def _large(row: Mapping[Any, Any], currency: str) -> str:
    money = f" and loses {-row['profit']:,.0f} {currency}" if row["profit"] < 0 else ""
    return (
        f"{row['name']} is number {row['rank_by_volume']} by revenue{money}, yet has no place: {row['reason']}."
    )


def flips(study: AccountSelection) -> pd.DataFrame:
    """Per weight the end of its interval that is nearest: candidate 'X for Y', criterion, weights now and there."""
    labels = labels_of(study.scores)
    rows = []
    for name, row in study.tipping.iterrows():
        ends = [(row[end], row[f"leaves_{side}"], row[f"enters_{side}"])
                for end, side in (("low", "below"), ("high", "above")) if row[f"leaves_{side}"] is not None]
        ends = [end for end in ends if not pd.isna(end[1])]
        if ends:
            at, leaves, enters = min(ends, key=lambda end: abs(end[0] - row["weight_now"]))
            rows.append((f"{study.names[enters]} for {study.names[leaves]}", labels.get(str(name), str(name)),
                         row["weight_now"], at, study.names[enters], study.names[leaves],
                         labels.get(row["axis"], "the total")))
    columns = ["candidate", "criterion", "weight_now", "weight_at_flip", "becomes", "leaves", "axis"]
    table = pd.DataFrame(rows, columns=columns)
    order = (table["weight_at_flip"] - table["weight_now"]).abs().sort_values(kind="stable").index
    return table.loc[order].reset_index(drop=True)


def health(study: AccountSelection) -> tuple[str, ...]:
    """Rows used and set aside, what is not reported and why, what the scores did about gaps."""
    evidence = study.evidence
    return (*conversions_and_notes(evidence.dataset.health, evidence.metrics.notes), *study.scores.notes)


def figures(study: AccountSelection) -> pd.DataFrame:
    """Figures of the company in the period; what the data do not say is said."""
    evidence, metrics = study.evidence, study.evidence.metrics.values
    profit = metrics["profit"].where(metrics["revenue"].fillna(0.0) > 0)
    largest = profit.reindex(study.revenue.index[:LARGEST])
    money = f"{{:,.2f}} {evidence.dataset.currency}".strip()
    rows = [
        ("Period", f"{evidence.period.start} to {evidence.period.end}"),
        ("Revenue", said(metrics["revenue"].sum(min_count=1), money)),
        ("Margin", said(metrics["margin"].sum(min_count=1), money)),
        ("Cost to serve", said(metrics["cost_to_serve"].sum(min_count=1), money)),
        ("Customers with orders", f"{int((metrics['revenue'].fillna(0.0) != 0).sum()):,}"),
        ("Customers that lose money", "not reported" if profit.isna().all() else f"{int((profit < 0).sum()):,}"),
        (f"Of the {len(largest)} largest by revenue, lose money",
         "not reported" if largest.isna().all() else f"{int((largest < 0).sum()):,}"),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


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
        led = f" Led by profit, {left} of them lose their place."
    return (
        f"{len(losing)} of the {places} largest accounts by revenue lose money; volume alone keeps them all, "
        f"these weights drop {dropped}.{led}",
    )


def decision(study: AccountSelection) -> DecisionRecord:
    """Who gets a place, how sure that is, what would change it, and who disagrees."""
    table = study.standing
    chosen = table[table["selected"]]
    entering = chosen[~chosen["selected_by_volume"]]
    recommendation = [
        f"Serve {counted(len(chosen), 'key account')}: {listed(list(chosen['name']), most=6)}.",
        *losing_large(study),
    ]
    if len(entering):
        recommendation.append(
            f"{listed(list(entering['name']), most=4)} {'is' if len(entering) == 1 else 'are'} not among the "
            f"{len(chosen)} largest, and worth a place."
        )
    if len(study.exceptions):
        recommendation.append(
            f"Talk about {counted(len(study.exceptions), 'account')} that numbers do not select but that "
            "carry a reason: see the exceptions."
        )
    recommendation.append(study.hours.sentence())
    labels = {item.metric: item.label.lower() for item in study.scorecards["own"].criteria}
    return DecisionRecord(
        question=QUESTION if not study.params.segment else f"{QUESTION} ({study.params.segment})",
        answer=f"{headline(study)}.",
        options=tuple(f"{name}: {study.cards.card(name).posture}" for name in study.matrix.names),
        recommendation=tuple(recommendation),
        certainty=certainty(study),
        would_change_it=_swaps(flips(study)),
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
        return ("Going by volume alone would choose the same accounts.",)
    return tuple(
        f"Against volume alone {len(names)} {word}: {listed(list(names), most=4)}."
        for names, word in ((enter, "get a place"), (leave, "lose theirs")) if len(names)
    )


def certainty(study: AccountSelection) -> str:
    """How many places are firm, likely and contested, and what moves them."""
    table = study.standing
    chosen = table[table["selected"]]
    counts = chosen["certainty"].value_counts()
    parts = [f"{counts.get(name, 0)} {name}" for name in ("firm", "likely", "contested")]
    doubt = study.ranks.by_doubt.reindex(chosen.index)[["weights", "data"]].mean()
    most = f" The doubt about the {doubt.idxmax()} moves them most." if doubt.max() > 0 else ""
    return f"Of {counted(len(chosen), 'place')}, {listed(parts)}.{most}"


def _swaps(table: pd.DataFrame, most: int = 5) -> tuple[str, ...]:
    """One sentence a pair that swaps, the nearest weight named and the others counted."""
    lines = []
    for _, pair in list(table.groupby("candidate", sort=False))[:most]:
        line = _swap(pair.iloc[0].to_dict())
        others = f" {counted(len(pair) - 1, 'other weight')} could swap them too." if len(pair) > 1 else ""
        lines.append(line + others)
    return tuple(lines)


def _swap(row: Mapping[Any, Any]) -> str:
    then, now = row["weight_at_flip"], row["weight_now"]
    words = weights_in_words(then, now)
    return (
        f"{row['becomes']} takes the place of {row['leaves']} if {row['criterion'].lower()} weighs "
        f"{'less' if then < now else 'more'} than {words[0]} of {row['axis']} (now {words[1]})."
    )
