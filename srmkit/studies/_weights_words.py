"""The study of weights in words: the signed scorecard, and sentences made of its numbers."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from srmkit.decisions.evidence_words import conversions_and_notes, said_period
from srmkit.decisions.result import DecisionRecord
from srmkit.decisions.sentences import chance
from srmkit.language import bracketed, counted, day, joined, listed, marked, percent, say, stopped
from srmkit.robustness import flip_condition, labels_of
from srmkit.scoring import Steps
from srmkit.studies._signed_scorecard import method
from srmkit.weighting import Judged, families

if TYPE_CHECKING:
    from srmkit.studies.criteria_weights import CriteriaWeights

QUESTION = marked("Which weights do we agree on, and what hangs on what we do not agree on?")
CURVE = 41  # points of a curve
NEAR = 0.10  # a rater who would put less than this share of the weight elsewhere is not told as dissent


def headline(study: CriteriaWeights) -> str:
    """How many raters, on how many classes they are of one mind, and who should look again."""
    table = study.classed.dropna(subset=["segment"])
    raters = len(study.raters)
    alike = int((table["raters_alike"] == raters).sum())
    again = sorted({one.said.rater for one in _to_judge_again(study)})
    firm = int((table["certainty"] == "firm").sum())
    found = say("{alike} of {all} have the same class under each of {raters}; {firm} classes are firm",
                raters=counted(raters, "rater"), alike=alike, all=_counted(study, len(table)), firm=firm)
    return found + (say("; {who} should look at a judgement again", who=listed(again)) if again else "")


def certainty(study: CriteriaWeights) -> tuple[str, ...]:
    """Agreement group by group, then how many classes are firm, likely and contested, and what moves them."""
    lines = []
    for panel in study.panels:
        if panel.agreement is not None:
            lines.append(say(
                "{raters} on {group}: Kendall's W {w:.2f}, {word}; the chance of as much among random orders is "
                "{chance}.", raters=counted(len(panel.judged), "rater"), group=panel.label.lower(),
                w=panel.agreement.w, word=say(_agreement(panel.agreement.w)), chance=chance(panel.agreement.p_value),
            ))
    table = study.classed.dropna(subset=["segment"])
    counts = table["certainty"].value_counts()
    parts = [say("{count} {certainty}", count=counts.get(name, 0), certainty=say(name))
             for name in ("firm", "likely", "contested")]
    doubt = study.placed.certainty.by_doubt.reindex(table.index)[["weights", "data", "cuts"]].mean()
    most = say("The doubt about the {source} moves them most.", source=say(str(doubt.idxmax()))) if doubt.max() else ""
    lines.append(joined(say("Of {all}, {parts}.", all=_counted(study, len(table)), parts=listed(parts)), most))
    other = table[table["probability"] < study.placed.certainty.probabilities.max(axis=1).reindex(table.index) - 1e-9]
    lines += [
        say("Under most weights between the raters {who} is {other}, not {segment}.", who=row["name"],
            other=say(row["runner_up"]), segment=say(row["segment"]))
        for row in other.to_dict("records")
    ]
    return tuple(lines)


def _agreement(w: float) -> str:
    bars = ((0.9, marked("nearly of one mind")), (0.7, marked("strong agreement")), (0.5, marked("moderate agreement")),
            (0.3, marked("weak agreement")))
    return next((word for bar, word in bars if w >= bar), marked("hardly any agreement"))


def talk_about(study: CriteriaWeights, most: int) -> tuple[str, ...]:
    """The weights whose disagreement decides classes, the most first; then those that decide nothing."""
    table = study.weights.sort_values("at_stake", ascending=False, kind="stable")
    lines = []
    shown = study.names.to_dict()
    for name, row in table[table["at_stake"] > 0].head(most).iterrows():
        who = listed([shown[one] for one in study.at_stake(str(name))], most=4)
        lines.append(say(
            "Talk about {what}: {low_by} gives it {low}, {high_by} {high}; {who} {depends} on who is right.",
            what=say(str(row["label"])).lower(), low_by=row["lowest_by"], low=percent(row["lowest"]),
            high_by=row["highest_by"], high=percent(row["highest"]), who=who,
            depends=say("depends") if row["at_stake"] == 1 else say("depend"),
        ))
    rest = [say(str(label)).lower() for label in table.loc[table["at_stake"] == 0, "label"]]
    if rest:
        lines.append(say("No class hangs on how far the raters are apart on {what}.", what=listed(rest, most=6)))
    return tuple(lines)


def advice(study: CriteriaWeights) -> tuple[str, ...]:
    """What raters should look at again."""
    return tuple(stopped(one.advice) for one in _to_judge_again(study) if one.advice)


def _to_judge_again(study: CriteriaWeights) -> Iterable[Judged]:
    return [one for panel in study.panels for one in panel.judged if one.consistency == "judge again"]


def dissent(study: CriteriaWeights) -> tuple[str, ...]:
    """Who would put a tenth of the weight or more elsewhere, the farthest first."""
    found = []
    for panel in study.panels:
        for rater, row in panel.distances.iterrows():
            if row["distance"] >= NEAR and len(panel.judged) > 1:
                most = str(row["most_on"])
                found.append((float(row["distance"]), say(
                    "{rater} would put {share} of {group} elsewhere, most of all {direction} on {what}: {own} against "
                    "{agreed}.", rater=rater, share=percent(row["distance"]), group=panel.label.lower(),
                    direction=say("more") if row["more"] > 0 else say("less"), what=panel.members[most].lower(),
                    own=percent(panel.raters[most].to_dict()[rater]), agreed=percent(panel.weights[most]),
                )))
    return tuple(text for _, text in sorted(found, key=lambda item: -item[0]))


def decisive(study: CriteriaWeights) -> pd.DataFrame:
    """Changes of class at weights that some rater holds: who would see the candidate in another class by this alone."""
    rows = []
    for row in study.placed.tipping.to_dict("records"):
        criterion, flip, less = str(row["criterion"]), row["weight_at_flip"], row["direction"] == "less"
        beyond = [name for name, card in study.raters.items()
                  if (card.weights[criterion] < flip if less else card.weights[criterion] > flip)]
        if beyond:
            rows.append({
                "name": study.names.get(row["candidate"], row["candidate"]), "segment": row["segment"],
                "becomes": row["becomes"], "criterion": criterion, "weight_now": row["weight_now"],
                "weight_at_flip": flip, "direction": row["direction"], "raters_beyond": ", ".join(beyond),
            })
    columns = ["name", "segment", "becomes", "criterion", "weight_now", "weight_at_flip", "direction", "raters_beyond"]
    return pd.DataFrame(rows, columns=columns)


def would_change_it(study: CriteriaWeights) -> tuple[str, ...]:
    """The decisive weights in words, the nearest first, each candidate once; then the nearest without any rater."""
    labels = labels_of(study.scores)
    lines = []
    for row in study.decisive.drop_duplicates("name").to_dict("records"):
        condition = flip_condition({**row, "axis": study.agreed.axis_of[row["criterion"]]}, labels)
        raters = listed(row["raters_beyond"].split(", "), most=8)
        lines.append(say("{who} becomes {segment} if {condition}, as {raters} would have it.", who=row["name"],
                         segment=say(row["becomes"]), condition=condition, raters=raters))
    return tuple(lines)


def movers(study: CriteriaWeights) -> tuple[str, ...]:
    """Whose class is another than with the weights before."""
    table = study.moved
    if table.empty:
        return (say("With the weights before, every class would be the same."),)
    return tuple(
        say("{who} goes from {before} to {after} against the weights before.", who=row["name"],
            before=say(row["before"]), after=say(row["after"]))
        for row in table.to_dict("records")
    )


def decision(study: CriteriaWeights) -> DecisionRecord:
    """What to sign, what to talk about first, and who disagrees."""
    card = study.agreed
    return DecisionRecord(
        question=say(QUESTION),
        answer=stopped(headline(study)),
        options=(
            say("Sign the weights of the group: scorecard {name}, version {version}.", name=card.name,
                version=card.version),
            say("Talk first about the weights on which classes hang, and judge those again."),
            say("Keep the weights of {name}, version {version}.", name=study.before.name,
                version=study.before.version),
        ),
        recommendation=(
            *(say("Ask again: {advice}", advice=line) for line in advice(study)),
            *talk_about(study, 3),
            say("Sign {name} {version} of {day}, SHA-256 {hash}.", name=card.name, version=card.version,
                day=day(card.date) if card.date else "", hash=card.hash[:16]),
        ),
        period=said_period(study.evidence.period),
        certainty=joined(*certainty(study)),
        would_change_it=would_change_it(study),
        movers=movers(study),
        dissent=dissent(study),
        reviewer=study.params.reviewer,
        review_by=study.params.review_by,
    )


def health(study: CriteriaWeights) -> tuple[str, ...]:
    """What was judged and what was not, then the state of the data behind the candidates."""
    said = study.judgements
    judged = {panel.group for panel in study.panels}
    silent = [name for name in families(study.before) if name not in judged]
    partly = [
        say("{who} did not judge {group}: the others' weights stand.", who=listed(missing), group=panel.label.lower())
        for panel in study.panels
        if (missing := [name for name in said.raters if name not in panel.raters.index])
    ]
    lines = [say("{judgements} of {raters} were read from {file}; none was left out.",
                 judgements=counted(said.count, "judgement"), raters=counted(len(said.raters), "rater"),
                 file=f"{said.name}.csv"), *partly]
    if silent:
        labels = {"total": say("the axes among each other")} | {
            part.name: say(part.label) for axis in study.before.axes for part in axis.walk()}
        lines.append(say("Nobody judged {groups}: the weights before stand.",
                         groups=listed([labels[name] for name in silent])))
    dataset = study.evidence.dataset.health
    return (*lines, *conversions_and_notes(dataset, study.evidence.metrics.notes), *study.scores.notes)


def figures(study: CriteriaWeights) -> pd.DataFrame:
    """The judgements at a glance."""
    table = study.consistency
    days = sorted(one.said_on for one in study.judgements.said if one.said_on)
    checked = table[table["consistency_ratio"].notna()]
    rows = [
        (say("Scorecard"), bracketed(say(study.before.title), f"{study.before.name} {study.before.version}")),
        (say("Raters"), listed(list(study.judgements.raters), most=12)),
        (say("Judgements"), f"{study.judgements.count:,}"),
        (say("Judged"), f"{day(days[0])} – {day(days[-1])}" if days else say("not noted")),
        (say("Groups of weights"), listed([panel.label for panel in study.panels])),
        (say("Consistent or acceptable"), say("{good} of {all} that can be checked", all=len(checked),
                                              good=int((checked["consistency"] != "judge again").sum()))),
        (say("Candidates"), _counted(study, len(study.names))),
        (say("Period"), said_period(study.evidence.period)),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


def signature(study: CriteriaWeights) -> pd.DataFrame:
    """The head of the signed scorecard."""
    card = study.agreed
    changed = int(((study.weights["weight_agreed"] - study.weights["weight_before"]).abs() >= 0.0005).sum())
    rows = [
        (say("Name"), card.name), (say("Version"), card.version),
        (say("Date"), day(card.date) if card.date else ""), (say("Owner"), card.owner),
        (say("SHA-256"), card.hash), (say("Replaces"), f"{study.before.name} {study.before.version}"),
        (say("Weights that changed"), say("{changed} of {all}", changed=changed, all=len(study.weights))),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


def every_weight(study: CriteriaWeights) -> pd.DataFrame:
    """One row a rater and weight: the weight, and what the rater's own judgements leave open."""
    tables = [
        pd.DataFrame({"rater": one.said.rater, "part_of": panel.group, "method": method(one.said.method),
                      "weight": one.weights, "low": one.low, "high": one.high}).rename_axis("criterion").reset_index()
        for panel in study.panels for one in panel.judged
    ]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame()


def judgements(study: CriteriaWeights) -> pd.DataFrame:
    """The judgements as they were read, with their rows."""
    rows = [vars(one) for said in study.judgements.said for one in said.judgements]
    return pd.DataFrame(rows).sort_values("row").set_index("row")


def rater_weights(study: CriteriaWeights) -> pd.DataFrame:
    """For the chart: one row a weight and rater."""
    now, before = (card.outline()["share"].to_dict() for card in (study.agreed, study.before))
    rows = [
        (panel.members[str(name)], panel.label, now[name], before[name], str(rater), float(share))
        for panel in study.panels
        for name in panel.members
        for rater, share in panel.raters[name].items()
    ]
    return pd.DataFrame(rows, columns=["label", "group", "agreed", "before", "rater", "weight"])


def curves(study: CriteriaWeights) -> pd.DataFrame:
    """Points of every value curve; scales of words have one point a word."""
    tables = []
    for item in study.agreed.criteria:
        scale = item.scale
        if isinstance(scale, Steps) and scale.in_words:
            raw: Any = list(scale.steps)
        else:
            low, high = scale.ends
            space = np.geomspace if scale.type == "logarithmic" else np.linspace
            raw = space(low, high, CURVE)
        values = 100 * scale.values(np.array(raw, dtype=object if isinstance(raw, list) else float))
        tables.append(pd.DataFrame({"criterion": item.name, "label": say(item.label), "unit": say(item.unit),
                                    "scale": scale.type, "figure": list(raw), "value": values}))
    return pd.concat(tables, ignore_index=True)


# name: label, unit, meaning
MEANINGS = {
    "agreed": (marked("agreed"), marked("share"), marked("Share of its group in the signed scorecard.")),
    "before": (marked("before"), marked("share"), marked("Share of its group before (0 to 1).")),
    "figure": (marked("figure"), marked("as the criterion"), marked("Figure of the criterion that is worth the value "
                                                                    "beside it.")),
    "weight_before": (marked("before"), marked("share"), marked("Share of its group before (0 to 1).")),
    "weight_agreed": (marked("agreed"), marked("share"), marked("Share of its group in the signed scorecard.")),
    "lowest": (marked("lowest"), marked("share"), marked("Share from the rater who gives it least.")),
    "highest": (marked("highest"), marked("share"), marked("Share from the rater who gives it most.")),
    "at_stake": (marked("classes at stake"), marked("candidates"), marked(
        "Candidates whose class hangs on who is right, the lowest or the highest rater, the others keeping their "
        "ratios.")),
    "consistency_ratio": (marked("consistency ratio"), marked("ratio"), marked(
        "How far a rater's judgements contradict each other: 0 not at all. Missing where a method cannot.")),
    "limit": (marked("limit"), marked("ratio"), marked(
        "Largest consistency ratio that is acceptable: 0.10 for comparisons in pairs, a table for best and worst.")),
    "distance": (marked("distance"), marked("share"), marked("Share of the weight that the rater would put "
                                                             "elsewhere.")),
    "more": (marked("more"), marked("share"), marked("How much more than the group the rater gives to it; below 0 "
                                                     "less.")),
    "w": (marked("Kendall's W"), marked("0 to 1"), marked("1 where all raters order alike, 0 where they have nothing "
                                                          "in common.")),
    "p_value": (marked("chance"), marked("share"), marked("Chance of as much agreement among raters who order at "
                                                          "random.")),
    "raters_alike": (marked("raters alike"), marked("raters"), marked(
        "Raters whose own weights give the candidate the class that the group's weights give it.")),
    "alone": (marked("alone"), marked("candidates"), marked("Candidates whose class differs under this rater's "
                                                            "weights.")),
    "left_out": (marked("left out"), marked("candidates"), marked("Candidates whose class differs without this "
                                                                  "rater.")),
    "sd": (marked("spread by standard deviation"), marked("share"), marked(
        "Share of the axis's spread, not importance: how much the criterion tells the candidates apart.")),
    "entropy": (marked("spread by entropy"), marked("share"), marked("The same by entropy of the values: spread, not "
                                                                     "importance.")),
    "critic": (marked("spread by CRITIC"), marked("share"), marked(
        "The same, less what other criteria tell too: spread, not importance.")),
}


def definitions() -> pd.DataFrame:
    """What the columns of this study mean."""
    rows = {name: [say(text) for text in texts] for name, texts in MEANINGS.items()}
    return pd.DataFrame.from_dict(rows, orient="index", columns=["label", "unit", "meaning"]).rename_axis("name")


def _counted(study: CriteriaWeights, count: int) -> str:
    said = {"category": partial(counted, one="category", many="categories"), "item": partial(counted, one="item"),
            "supplier": partial(counted, one="supplier"), "account": partial(counted, one="account")}
    return said[study.evidence.kind](count)
