"""The supplier study in words: every sentence is made of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import pandas as pd

from srmkit.decisions.dissent import dissent_sentences
from srmkit.decisions.evidence_words import conversions_and_notes, said
from srmkit.decisions.result import DecisionRecord
from srmkit.decisions.sentences import chance, counted, listed
from srmkit.decisions.supplier_evidence import SupplierEvidence
from srmkit.robustness import flip_condition, labels_of
from srmkit.segmentation import UNCLASSIFIED

if TYPE_CHECKING:
    from srmkit.studies.supplier_segmentation import SupplierSegmentation

QUESTION = "Which relationship does each supplier deserve?"
GAPS = {"invest": "to come closer to than today", "step back": "to hold looser than today"}
MIXED = 0.005  # shares of spend below this are left out of a mix in words


def mix(shares: pd.DataFrame) -> pd.Series:
    """Each supplier's spend over the classes, as 'strategic 62 %, leverage 38 %'."""
    def one(row: pd.Series) -> str:
        parts = row[row >= MIXED].sort_values(ascending=False, kind="stable")
        return ", ".join(f"{name} {100 * share:.0f} %" for name, share in parts.items())

    return shares.apply(one, axis=1).astype(object)


def changes(tipping: pd.DataFrame, suppliers: pd.Index) -> pd.Series:
    """For each supplier the nearest tipping point, 'becomes leverage if ...'; says so where no weight changes it."""
    nearest = tipping.drop_duplicates("candidate").set_index("candidate")
    said = {
        name: row["sentence"].removeprefix(f"{name} ").removesuffix(".") for name, row in nearest.iterrows()
    }
    return pd.Series([said.get(name, "no single weight changes it") for name in suppliers], suppliers, dtype=object)


def headline(study: SupplierSegmentation) -> str:
    """How many suppliers are strategic, with how much of the spend, and how sure that is."""
    table = study.classed
    top = study.matrix.names[0]
    members = table[table["segment"] == top]
    share = members["spend"].sum() / table["spend"].sum()
    firm = int((members["certainty"] == "firm").sum())
    if members.empty:
        return f"None of {counted(len(table), 'supplier')} is {top}."
    return (
        f"{len(members)} of {counted(len(table), 'supplier')} {'is' if len(members) == 1 else 'are'} {top} "
        f"and take{'s' if len(members) == 1 else ''} {100 * share:.0f} % of spend; {firm} firmly so"
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
        return f"{row['name']} has no class: nothing it sells is classed."
    runner_up = f", else mostly {row['runner_up']}" if row["runner_up"] else ""
    return (
        f"{row['name']} is {row['segment']} in {chance(row['probability'])} of {draws:,} draws{runner_up}"
        f"{'; it ' if str(row['changes_if']).startswith('becomes') else '; '}{row['changes_if']}."
    )


def health(evidence: SupplierEvidence) -> tuple[str, ...]:
    """Rows used and set aside, what is not reported and why, money with inactive suppliers."""
    notes = (*evidence.metrics.notes, *evidence.candidates.notes)
    lines = conversions_and_notes(evidence.dataset.health, notes)
    return (*lines, *_left_out(evidence), *_inactive(evidence))


def _left_out(evidence: SupplierEvidence) -> list[str]:
    whole = evidence.totals["spend"]
    if not evidence.without_category > whole * 1e-9:
        return []
    share = 100 * evidence.without_category / whole
    return [
        f"{evidence.without_category:,.2f} {evidence.dataset.currency} of spend ({share:.1f} %) is in no category "
        "and takes no part: name the categories, or set level to item."
    ]


def _inactive(evidence: SupplierEvidence) -> list[str]:
    spend = evidence.spend.sum(axis=1)
    active = evidence.suppliers["active"].reindex(spend.index).fillna(True).astype(bool)
    left = spend[~active].sort_values(ascending=False, kind="stable")
    if left.empty:
        return []
    currency = evidence.dataset.currency
    return [
        f"{counted(len(left), 'inactive supplier')} carr{'ies' if len(left) == 1 else 'y'} {left.sum():,.2f} "
        f"{currency} of line value: {listed(list(evidence.names.reindex(left.index)))}. "
        "Orders should not go there any more."
    ]


def figures(evidence: SupplierEvidence) -> pd.DataFrame:
    """Figures of the company in the period; what the data do not say is said."""
    total, currency = evidence.totals, evidence.dataset.currency
    money, share = f"{{:,.2f}} {currency}".strip(), "{:.2%}"
    rows = [
        ("Period", f"{evidence.period.start} to {evidence.period.end}"),
        ("Spend (line value)", said(total["spend"], money)),
        ("Spend with tax and freight", said(total["spend_gross"], money)),
        ("Suppliers with spend", said(total["suppliers"], "{:,.0f}")),
        ("Suppliers within 80 % of spend", said(total["suppliers_for_80_percent"], "{:,.0f}")),
        ("Concentration of spend (HHI, up to 10,000)", said(total["hhi"], "{:,.0f}")),
        ("Spend with inactive suppliers", said(total["inactive_spend"], money)),
        ("On time, by line", said(total["on_time_by_line"], share)),
        ("On time, by value", said(total["on_time_by_value"], share)),
        ("Rejected on arrival", said(total["reject_rate"], "{:.3%}")),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


def decision(study: SupplierSegmentation) -> DecisionRecord:
    """What to do with each class, how sure it is, what would change it, and who disagrees."""
    classes = study.by_class
    named = [name for name in study.matrix.names if classes.loc[name, "suppliers"]]
    recommendation = [_for_class(study, name) for name in named] + list(danger(study)) + [study.hours.sentence()]
    labels = {item.metric: item.label.lower() for item in study.scorecards["kraljic"].criteria}
    return DecisionRecord(
        question=QUESTION if not study.params.category else f"{QUESTION} ({study.params.category})",
        answer=f"{headline(study).removesuffix('.')}.",
        options=tuple(f"{name}: {study.cards.card(name).posture}" for name in study.matrix.names),
        recommendation=tuple(recommendation),
        certainty=certainty(study),
        would_change_it=tuple(
            f"{row['who']} {'becomes' if row['suppliers'] == 1 else 'become'} {row['becomes']} if {row['if']}."
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
        f"{counts.get(name, 0)} {name} ({100 * spend.get(name, 0.0):.0f} % of spend)"
        for name in ("firm", "likely", "contested")
    ]
    most = table.loc[table["most_doubt_from"] != "none", "most_doubt_from"].mode()
    doubt = f" What most often moves them is the doubt about the {most.iloc[0]}." if len(most) else ""
    return f"Of {counted(len(table), 'class', 'classes')}, {listed(parts)}.{doubt}"


def movers(study: SupplierSegmentation) -> tuple[str, ...]:
    """Whose relationship is out of step with the one it deserves, the largest named."""
    table = study.relationship_overview()
    if table.empty:
        return ("No relationship that is known is out of step with the one indicated.",)
    return tuple(
        f"{counted(int((table['gap'] == gap).sum()), 'supplier')} {word}: "
        f"{listed(list(table.loc[table['gap'] == gap, 'name']), most=4)}."
        for gap, word in GAPS.items() if (table["gap"] == gap).any()
    )


def danger(study: SupplierSegmentation, *, most: int = 5) -> tuple[str, ...]:
    """Suppliers that matter to us and do not care for us, the largest first, each with the chance of both."""
    if study.preferencing is None or study.dangerous.empty:
        return ()
    flagged = study.dangerous[study.dangerous["dangerous"].fillna(False).astype(bool)]
    flagged = flagged.reindex(study.spend.index.intersection(flagged.index, sort=False))
    ours, theirs = study.certainty.certainty.to_dict(), study.preferencing.certainty.certainty.to_dict()
    names = study.names.to_dict()
    lines = [
        f"{names[name]} is {row['kraljic']} for us ({chance(ours[name])} sure) and sees us as {row['preferencing']} "
        f"({chance(theirs[name])} sure). {row['follows']}"
        for name, row in flagged.head(most).iterrows()
    ]
    if len(flagged) > most:
        lines.append(f"{len(flagged) - most} more are listed in the workbook.")
    return tuple(lines)


def _for_class(study: SupplierSegmentation, name: str) -> str:
    members = study.suppliers[study.suppliers["segment"] == name]
    known = listed(list(members["name"]), most=3)
    share = members["spend"].sum() / study.spend.sum()
    return (
        f"{study.cards.card(name).title}: {counted(len(members), 'supplier')} with {100 * share:.0f} % of spend "
        f"({known})."
    )


def flips(study: SupplierSegmentation) -> pd.DataFrame:
    """Tipping points that move suppliers with a notable spend, nearest first; suppliers that move together share a row.

    Columns: who (names in words), first (the largest, and how many more), suppliers (how many), spend, criterion
    and axis (as labels), weight_now, weight_at_flip, becomes, and if (the condition in words).
    """
    labels = labels_of(study.kraljic.scores)
    points = study.tipping[study.tipping["candidate"].isin(study.suppliers.index[study.suppliers["abc"] != "C"])]
    together = ["axis", "criterion", "direction", "weight_now", "weight_at_flip", "segment", "becomes"]
    rows = []
    for key, members in points.groupby(together, sort=False):
        row = dict(zip(together, cast("tuple[Any, ...]", key), strict=True))
        moved = study.spend[study.spend.index.isin(members["candidate"])]
        others = f" + {len(moved) - 1} more" if len(moved) > 1 else ""
        rows.append(
            {
                "who": listed(list(study.names[moved.index]), most=2),
                "first": f"{study.names[moved.index[0]]}{others}",
                "suppliers": len(moved),
                "spend": float(moved.sum()),
                "criterion": labels[row["criterion"]],
                "axis": labels[row["axis"]],
                "weight_now": row["weight_now"],
                "weight_at_flip": row["weight_at_flip"],
                "becomes": row["becomes"],
                "if": flip_condition(row, labels),
            }
        )
    columns = ["who", "first", "suppliers", "spend", "criterion", "axis", "weight_now", "weight_at_flip"]
    table = pd.DataFrame(rows, columns=[*columns, "becomes", "if"])
    order = (table["weight_at_flip"] - table["weight_now"]).abs().sort_values(kind="stable").index
    return table.loc[order].reset_index(drop=True)
