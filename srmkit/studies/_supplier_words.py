"""The supplier study in words: every sentence is made of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from srmkit.decisions.dissent import dissent_sentences
from srmkit.decisions.evidence_words import conversions_and_notes, said, said_period
from srmkit.decisions.gates import stopped_by_gates
from srmkit.decisions.result import DecisionRecord
from srmkit.decisions.sentences import chance
from srmkit.decisions.supplier_evidence import SupplierEvidence
from srmkit.language import (
    bracketed,
    counted,
    enumerated,
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
from srmkit.segmentation import UNCLASSIFIED

if TYPE_CHECKING:
    from srmkit.studies.supplier_segmentation import SupplierSegmentation

QUESTION = marked("Which relationship does each supplier deserve?")
GAPS = {
    "invest": marked("{suppliers} to come closer to than today: {names}."),
    "step back": marked("{suppliers} to hold looser than today: {names}."),
}
MIXED = 0.005  # shares of spend below this are left out of a mix in words


def mix(shares: pd.DataFrame) -> pd.Series:
    """Each supplier's spend over the classes, as 'strategic 62 %, leverage 38 %'."""
    def one(row: pd.Series) -> str:
        parts = row[row >= MIXED].sort_values(ascending=False, kind="stable")
        return enumerated(f"{say(str(name))} {percent(share)}" for name, share in parts.items())

    return shares.apply(one, axis=1).astype(object)


def changes(tipping: pd.DataFrame, suppliers: pd.Index, labels: dict[str, str], *, known: bool = True) -> pd.Series:
    """For each supplier the nearest tipping point, 'becomes leverage if ...'; says so where no weight changes it.

    `known` is whether there is a formula for it (the scores simply add up): else it was looked for step by step.
    """
    nearest = tipping.drop_duplicates("candidate").set_index("candidate")
    said = {name: say("becomes {segment} if {condition}", segment=say(row["becomes"]),
                      condition=flip_condition(row.to_dict(), labels)) for name, row in nearest.iterrows()}
    nothing = say("no single weight changes it") if known else say("no single weight was seen to change it")
    return pd.Series([said.get(name, nothing) for name in suppliers], suppliers, dtype=object)


def headline(study: SupplierSegmentation) -> str:
    """How many suppliers are strategic, with how much of the spend, and how sure that is."""
    table = study.classed
    top = study.matrix.names[0]
    members = table[table["segment"] == top]
    share = members["spend"].sum() / table["spend"].sum()
    firm = int((members["certainty"] == "firm").sum())
    everybody = counted(len(table), "supplier")
    if members.empty:
        return say("None of {suppliers} is {segment}.", suppliers=everybody, segment=say(top))
    return say_many(
        "{count} of {suppliers} is {segment} and takes {share} of spend; {firm} firmly so",
        "{count} of {suppliers} are {segment} and take {share} of spend; {firm} firmly so",
        len(members), suppliers=everybody, segment=say(top), share=percent(share), firm=firm,
    )


def sentences(study: SupplierSegmentation, most: int) -> tuple[str, ...]:
    """The largest suppliers, then the large ones whose class is contested."""
    table = study.suppliers
    largest = table.head(most)
    rest = table.iloc[most:]
    contested = rest[rest["certainty"] == "contested"].head(most // 2)
    draws = study.params.draws
    return tuple(_supplier(row, draws) for row in pd.concat([largest, contested]).to_dict("records"))


def _supplier(row: Mapping[Any, Any], draws: int) -> str:
    if row["segment"] == UNCLASSIFIED or pd.isna(row["probability"]):
        return say("{who} has no class: nothing it sells is classed.", who=row["name"])
    runner_up = say(", else mostly {segment}", segment=say(row["runner_up"])) if row["runner_up"] else ""
    if row["changes_if"] == say("no single weight changes it"):
        text = marked("{who} is {segment} in {share} of {draws:,} draws{runner_up}; {change}.")
    else:
        text = marked("{who} is {segment} in {share} of {draws:,} draws{runner_up}; it {change}.")
    return say(text, who=row["name"], segment=say(row["segment"]),
               share=chance(row["probability"], draws), draws=draws,
               runner_up=runner_up, change=row["changes_if"])


def health(evidence: SupplierEvidence) -> tuple[str, ...]:
    """Rows used and set aside, what is not reported and why, money with inactive suppliers."""
    notes = (*evidence.metrics.notes, *evidence.candidates.notes)
    lines = conversions_and_notes(evidence.dataset.health, notes)
    return (*lines, *_left_out(evidence), *_inactive(evidence))


def _left_out(evidence: SupplierEvidence) -> list[str]:
    whole = evidence.totals["spend"]
    if not evidence.without_category > whole * 1e-9:
        return []
    return [
        say("{amount} of spend ({share}) is in no category and takes no part: name the categories, or set level to "
            "item.", amount=money(evidence.without_category, evidence.dataset.currency),
            share=percent(evidence.without_category / whole, 1))
    ]


def _inactive(evidence: SupplierEvidence) -> list[str]:
    spend = evidence.spend.sum(axis=1)
    active = evidence.suppliers["active"].reindex(spend.index).fillna(True).astype(bool)
    left = spend[~active].sort_values(ascending=False, kind="stable")
    if left.empty:
        return []
    return [
        say_many(
            "{count:,} inactive supplier carries {amount} of line value: {names}. Orders should not go there any more.",
            "{count:,} inactive suppliers carry {amount} of line value: {names}. Orders should not go there any more.",
            len(left), amount=money(left.sum(), evidence.dataset.currency),
            names=listed(list(evidence.names.reindex(left.index))),
        )
    ]


def figures(evidence: SupplierEvidence) -> pd.DataFrame:
    """Figures of the company in the period; what the data do not say is said."""
    total, currency = evidence.totals, evidence.dataset.currency
    sums, shares = partial(money, currency=currency), partial(percent, places=2)
    rows = [
        (say("Period"), said_period(evidence.period)),
        (say("Spend (line value)"), said(total["spend"], sums)),
        (say("Spend with tax and freight"), said(total["spend_gross"], sums)),
        (say("Suppliers with spend"), said(total["suppliers"], number)),
        (say("Suppliers within 80 % of spend (the next passes it)"), said(total["suppliers_for_80_percent"], number)),
        (say("Concentration of spend (HHI, up to 10,000)"), said(total["hhi"], number)),
        (say("Spend with inactive suppliers"), said(total["inactive_spend"], sums)),
        (say("On time, by line"), said(total["on_time_by_line"], shares)),
        (say("On time, by value"), said(total["on_time_by_value"], shares)),
        (say("Rejected on arrival"), said(total["reject_rate"], partial(percent, places=3))),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


def decision(study: SupplierSegmentation) -> DecisionRecord:
    """What to do with each class, how sure it is, what would change it, and who disagrees."""
    classes = study.by_class
    named = [name for name in study.matrix.names if classes.loc[name, "suppliers"]]
    recommendation = [_for_class(study, name) for name in named] + [
        *gates(study), *danger(study), study.hours.sentence()]
    labels = {item.metric: say(item.label).lower() for item in study.scorecards["kraljic"].criteria}
    question = say(QUESTION)
    return DecisionRecord(
        question=bracketed(question, study.params.category) if study.params.category else question,
        answer=stopped(headline(study)),
        options=tuple(study.cards.choice(name) for name in study.matrix.names),
        recommendation=tuple(recommendation),
        period=said_period(study.evidence.period),
        certainty=certainty(study),
        would_change_it=tuple(
            say_many("{who} becomes {segment} if {condition}.", "{who} become {segment} if {condition}.",
                     row["suppliers"], who=row["who"], segment=say(row["becomes"]), condition=row["if"])
            for row in flips(study).drop_duplicates(["who", "becomes"]).head(5).to_dict("records")
        ),
        movers=movers(study),
        dissent=dissent_sentences(study.dissent, study.evidence.candidate_names, labels),
        reviewer=study.params.reviewer,
        review_by=study.params.review_by,
    )


def certainty(study: SupplierSegmentation) -> str:
    """How many classes are firm, likely and contested, and how much of the spend they cover."""
    table = study.classed.dropna(subset=["probability"])
    counts = table["certainty"].value_counts()
    spend = table.groupby("certainty")["spend"].sum() / table["spend"].sum()
    parts = [
        say("{count} {certainty} ({share} of spend)", count=counts.get(name, 0), certainty=say(name),
            share=percent(spend.get(name, 0.0)))
        for name in ("firm", "likely", "contested")
    ]
    most = table.loc[table["most_doubt_from"] != "none", "most_doubt_from"].mode()
    return joined(
        say("The classes of {suppliers}: {parts}.", suppliers=counted(len(table), "supplier"), parts=listed(parts)),
        say("What most often moves them is the doubt about the {doubt}.", doubt=say(most.iloc[0])) if len(most) else "",
    )


def movers(study: SupplierSegmentation) -> tuple[str, ...]:
    """Whose relationship is out of step with the one it deserves, the largest named."""
    table = study.relationship_overview()
    if table.empty:
        return (say("No relationship that is known is out of step with the one indicated."),)
    return tuple(
        say(text, suppliers=counted(int((table["gap"] == gap).sum()), "supplier"),
            names=listed(list(table.loc[table["gap"] == gap, "name"]), most=4))
        for gap, text in GAPS.items() if (table["gap"] == gap).any()
    )


def gates(study: SupplierSegmentation) -> tuple[str, ...]:
    """What the scorecard's gates stop, and that classes stay all the same; empty where they stop nothing."""
    lines = stopped_by_gates(study.gates, len(study.candidates))
    if not lines:
        return ()
    return (*lines, say("A gate takes a rank, and nobody is ranked here: what it stops keeps its class. Decide about "
                        "it before the class is acted on."))


def danger(study: SupplierSegmentation, *, most: int = 5) -> tuple[str, ...]:
    """Suppliers that matter to us and do not care for us, the largest first, each with the chance of both."""
    if study.preferencing is None or study.dangerous.empty:
        return ()
    flagged = study.dangerous[study.dangerous["dangerous"].fillna(False).astype(bool)]
    flagged = flagged.reindex(study.spend.index.intersection(flagged.index, sort=False))
    ours, theirs = study.certainty.certainty.to_dict(), study.preferencing.certainty.certainty.to_dict()
    names, draws = study.names.to_dict(), study.params.draws
    lines = [
        joined(
            say("{who} is {segment} for us ({sure} sure) and sees us as {seen} ({as_sure} sure).", who=names[name],
                segment=say(row["kraljic"]), sure=chance(ours[name], draws), seen=say(row["preferencing"]),
                as_sure=chance(theirs[name], draws)),
            row["follows"],
        )
        for name, row in flagged.head(most).iterrows()
    ]
    if len(flagged) > most:
        lines.append(say_many("{count} more is listed in the workbook.", "{count} more are listed in the workbook.",
                              len(flagged) - most))
    return tuple(lines)


def _for_class(study: SupplierSegmentation, name: str) -> str:
    members = study.suppliers[study.suppliers["segment"] == name]
    known = listed(list(members["name"]), most=3)
    share = members["spend"].sum() / study.spend.sum()
    return say("{title}: {suppliers} with {share} of spend ({names}).", title=say(study.cards.card(name).title),
               suppliers=counted(len(members), "supplier"), share=percent(share), names=known)


def flips(study: SupplierSegmentation) -> pd.DataFrame:
    """Tipping points that move suppliers with a notable spend, nearest first; suppliers that move together share a row.

    Columns: who (names in words), first (the largest, and how many more), suppliers (how many), spend, criterion
    and axis (as labels), weight_now, weight_at_flip, direction, becomes, and if (the condition in words).
    """
    labels = labels_of(study.kraljic.scores)
    points = study.tipping[study.tipping["candidate"].isin(study.suppliers.index[study.suppliers["abc"] != "C"])]
    together = ["axis", "criterion", "direction", "weight_now", "weight_at_flip", "segment", "becomes"]
    rows = []
    for key, members in points.groupby(together, sort=False):
        row = dict(zip(together, cast("tuple[Any, ...]", key), strict=True))
        moved = study.spend[study.spend.index.isin(members["candidate"])]
        rows.append(
            {
                "who": listed(list(study.names[moved.index]), most=2),
                "first": say("{who} + {count} more", who=study.names[moved.index[0]], count=len(moved) - 1)
                if len(moved) > 1 else study.names[moved.index[0]],
                "suppliers": len(moved),
                "spend": float(moved.sum()),
                "criterion": labels[row["criterion"]],
                "axis": labels[row["axis"]],
                "weight_now": row["weight_now"],
                "weight_at_flip": row["weight_at_flip"],
                "direction": row["direction"],
                "becomes": row["becomes"],
                "if": flip_condition(row, labels),
            }
        )
    columns = ["who", "first", "suppliers", "spend", "criterion", "axis", "weight_now", "weight_at_flip", "direction"]
    table = pd.DataFrame(rows, columns=[*columns, "becomes", "if"])
    order = (table["weight_at_flip"] - table["weight_now"]).abs().sort_values(kind="stable").index
    return table.loc[order].reset_index(drop=True)
