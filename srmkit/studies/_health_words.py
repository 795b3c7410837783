"""The data health study in words: every sentence is made of its numbers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.decisions.evidence_words import conversions_and_notes, said_period
from srmkit.decisions.result import DecisionRecord
from srmkit.decisions.sentences import chance
from srmkit.health import departments
from srmkit.health.gates import facts_not_there
from srmkit.health.readiness import LIGHTS, NOT_READY, READY
from srmkit.language import bracketed, listed, marked, number, percent, say, stopped

if TYPE_CHECKING:
    from srmkit.studies.data_health import DataHealth

QUESTION = marked("Can these data carry a decision?")
OPTIONS = {
    "ready": marked("ready: decide with these data"),
    "with care": marked("with care: decide, and say what is missing"),
    "not ready": marked("not ready: complete the data first"),
}
MOST = 8
# name of the column: label, unit, meaning
DEFINITIONS = {
    "light": (marked("light"), marked("word"), marked(
        "ready: every need is met; with care: a helpful one is not; not ready: an essential one is not")),
    "probability": (marked("probability"), marked("share"), marked(
        "chance that the light stands: rows are taken as drawn from a process that fills them or "
        "not; the share behind k of n is Beta(k + 1/2, n - k + 1/2); needs are independent")),
    "bits": (marked("bits"), marked("bits"), marked(
        "log2 of the odds that two entries are one firm; 0 is even odds, 10 a thousand to one")),
    "how_far": (marked("how far"), marked("spreads"), marked(
        "distance from the median on a logarithmic scale, in spreads of 1.4826 times the median "
        "absolute deviation, at least 0.05")),
    "share_of_gaps": (marked("share of gaps"), marked("share"), marked("rows without a value, of the rows used")),
    "most_frequent": (marked("most frequent"), marked("share"), marked(
        "share of the most frequent value; 1 is a constant")),
    "open": (marked("open"), marked("pairs"), marked("pairs that wait for a decision")),
    "one firm": (marked("one firm"), marked("pairs"), marked("pairs decided to be one firm")),
    "two firms": (marked("two firms"), marked("pairs"), marked("pairs decided to be two firms")),
    "bits from": (marked("bits from"), marked("bits"), marked("pairs of this many bits up to those of the next row")),
    "changes_if": (marked("what would change it"), marked("words"), marked(
        "how many rows more lift the light, or how many fewer let it fall, and what to do about it; exact")),
    "count": (marked("count"), marked("findings"), marked(
        "how many there are of what the row names: things found, facts missing, values that a rule read")),
    "spread": (marked("spread"), marked("share"), marked(
        "difference of what departments state, as a share of the largest")),
    "days": (marked("days"), marked("days"), marked(
        "stuck: days since the state was entered; certificates: days since they ran out; impossible orders: days "
        "between the two")),
    "ready": (marked("ready"), marked("share"), marked("chance that every need of the decision is met")),
    "with care": (marked("with care"), marked("share"), marked("chance that a helpful need alone is not met")),
    "not ready": (marked("not ready"), marked("share"), marked("chance that an essential need is not met")),
    "share": (marked("share"), marked("share"), marked(
        "needs: what is there, of all; values by source: those there, of the possible ones")),
    "bar": (marked("bar"), marked("share"), marked("share that the decision needs, as the settings have it")),
    "room": (marked("room"), marked("rows"), marked(
        "rows or candidates over the bar; below 0 so many are lacking")),
    "steps": (marked("steps"), marked("steps"), marked("owners above the firm, up to the top of its group")),
    "rows_in_period": (marked("rows in the period"), marked("rows"), marked("rows whose day lies in the period")),
    "empty_months": (marked("empty months"), marked("months"), marked("months of the period without a row")),
    "there": (marked("there"), marked("rows"), marked("how many rows or candidates have what is needed")),
    "of": (marked("of"), marked("rows"), marked("how many rows or candidates there are")),
    "wanted": (marked("wanted"), marked("share"), marked("share that the decision needs, as the settings have it")),
    "possible": (marked("possible"), marked("values"), marked("cells that could have a value")),
    "rows": (marked("rows"), marked("rows"), marked("rows used of the table, or rows that the line is about")),
    "columns": (marked("columns"), marked("columns"), marked("columns of the catalogue that have at least one value")),
    "values": (marked("values"), marked("values"), marked("cells with a value")),
    "entered": (marked("entered"), marked("suppliers"), marked("suppliers that have ever entered this state")),
    "now": (marked("now"), marked("suppliers"), marked("suppliers whose present state this is")),
    "median_days": (marked("median days"), marked("days"), marked(
        "days for which those now in the state have been in it, the middle one")),
    "longest_days": (marked("longest days"), marked("days"), marked(
        "days for which the one that waits longest has been in the state")),
}


MONTH = (marked("each month"), marked("rows"), marked("rows whose day lies in the month"))


def headline(study: DataHealth) -> str:
    """How many decisions are ready, with care and not."""
    counts = study.lights["light"].value_counts()
    parts = [say("{count} {light}", count=int(counts.get(light, 0)), light=say(light)) for light in LIGHTS]
    return say("Of {count} decisions, {parts}", count=len(study.lights), parts=listed(parts))


def health(study: DataHealth) -> tuple[str, ...]:
    """Rows used and set aside, notes of the reading, and whether anybody looked for duplicates."""
    evidence = study.evidence
    told = [*conversions_and_notes(evidence.dataset.health, ())]
    told += [evidence.not_looked] if evidence.not_looked else []
    told += [problem for twins in evidence.twins.values() for problem in twins.problems]
    told += [problem for group in study.groups.values() for problem in group.problems]
    gone = facts_not_there(evidence.dataset)
    if gone and evidence.dataset.has("suppliers"):
        told.append(say("No supplier has a value for {facts}: the source does not bring it.",
                        facts=listed([say(fact.replace("_", " ")) for fact in gone])))
    return tuple(dict.fromkeys(told))


def figures(study: DataHealth) -> pd.DataFrame:
    """Figures of the data."""
    evidence = study.evidence
    there = evidence.tables[evidence.tables["rows"] > 0]
    gaps = evidence.gaps[evidence.gaps["there"]]
    values, possible = int((gaps["rows"] - gaps["gaps"]).sum()), int(gaps["rows"].sum())
    sources = evidence.sources.groupby("source")["values"].sum()
    rows = [
        (say("Period"), said_period(evidence.period)),
        (say("Tables"), say("{there} of {all} that the studies know", there=len(there), all=len(evidence.tables))),
        (say("Rows used"), number(int(there["rows"].sum()))),
        (say("Values there"), say("{values} of {possible}", values=number(values), possible=number(possible))),
        *((say("of them {source}", source=say(source)), percent(sources[source] / max(sources.sum(), 1), 1))
          for source in ("measured", "audited", "judged", "imputed") if source in sources),
    ]
    return pd.DataFrame(rows, columns=["figure", "value"])


def findings(study: DataHealth) -> pd.DataFrame:
    """Each kind of finding with its count; the sheet of the workbook that lists them."""
    evidence, data = study.evidence, study.evidence.dataset
    pairs = study.pairs[study.pairs["decision"].eq("open")]
    expired = study.gates[study.gates["state"].eq("expired")]
    missing = study.gates[study.gates["state"].eq("missing")]
    differences = evidence.constants[evidence.constants["column"].eq("")]
    columns = evidence.constants[evidence.constants["column"].ne("")]
    health = data.health.tables
    rows = [
        (say("rows set aside when read"), int(health[["rows_excluded", "rows_refused"]].sum().sum()), "Rows set aside"),
        (say("tables with months that are empty"), int((evidence.tables["empty_months"] > 0).sum()), "Tables"),
        (say("figures on which departments disagree"), int(study.conflicts["conflict"].eq("value").sum()),
         "Departments"),
        (say("figures that departments state in different units"), int(study.conflicts["conflict"].eq("unit").sum()),
         "Departments"),
        (say("order lines in another unit"), len(evidence.units), "Units"),
        (say("conflicts of currency"), len(evidence.currencies), "Currencies"),
        (say("days in an impossible order"), len(evidence.orders), "Impossible orders"),
        (say("outliers"), len(study.outliers), "Outliers"),
        (say("figures without variation"), len(differences), "Constants"),
        (say("constant columns"), len(columns), "Constants"),
        (say("pairs of suppliers that may be one"), int(pairs["side"].eq("supplier").sum()), "Pairs"),
        (say("pairs of customers that may be one"), int(pairs["side"].eq("customer").sum()), "Pairs"),
        (say("suppliers stuck in a state"), len(study.stuck), "Stuck"),
        (say("suppliers whose states do not fit"), len(study.irregular), "Irregular"),
        (say("suppliers without a registration fact"), len(study.missing_facts), "Missing facts"),
        (say("certificates that have run out"), len(expired), "Certificates"),
        (say("required certificates that are missing"), len(missing), "Certificates"),
    ]
    return pd.DataFrame(rows, columns=["finding", "count", "sheet"])


def sentences(study: DataHealth) -> tuple[str, ...]:
    """Every light: 'supplier scorecard: not ready, because ...'."""
    order = {light: place for place, light in enumerate(reversed(LIGHTS))}
    lights = study.lights.assign(_order=study.lights["light"].map(order)).sort_values("_order", kind="stable")
    return tuple(_light(row) for row in lights.to_dict("records"))


def _light(row: Mapping[Any, Any]) -> str:
    if row["light"] == READY:
        return say("{what}: ready ({chance} sure).", what=_first_up(say(row["label"])),
                   chance=chance(row["probability"]))
    return say("{what}: {light} ({chance} sure), because of {because}.", what=_first_up(say(row["label"])),
               light=say(row["light"]), chance=chance(row["probability"]), because=row["because"])


def reasons(row: pd.Series) -> tuple[str, ...]:
    """One light, and what would change it."""
    return _light(row.to_dict()), say("What would change it: {change}", change=row["changes_if"])


def forbidden(study: DataHealth) -> tuple[str, ...]:
    """What constants forbid; says so where nothing is forbidden."""
    table = study.evidence.constants
    differences = table[table["column"].eq("")]
    said = [say("{forbids}. ({what}: {same} of {values:,} are {value}.)", forbids=_first_up(row["forbids"]),
                what=row["what"], same=percent(row["most_frequent"], 1), values=row["values"], value=row["value"])
            for row in differences.to_dict("records")]
    return tuple(said) or (say("No figure that the studies work out is constant."),)


def _first_up(text: str) -> str:
    return text[:1].upper() + text[1:]


def how_sure(study: DataHealth) -> tuple[str, ...]:
    """How many lights are firm, likely and contested."""
    counts = study.lights["certainty"].value_counts()
    parts = [say("{count} {certainty}", count=int(counts.get(name, 0)), certainty=say(name))
             for name in ("firm", "likely", "contested")]
    doubtful = study.lights[study.lights["certainty"].ne("firm")]
    told = [stopped(say("Of {count} lights, {parts}", count=len(study.lights), parts=listed(parts)))]
    told.append(say("A light is as sure as the counts behind it: 9 of 10 rows filled say less than 900 of 1,000."))
    told += [say("{what}: {light} in {chance}.", what=_first_up(say(row["label"])), light=say(row["light"]),
                 chance=chance(row["probability"])) for row in doubtful.to_dict("records")]
    return tuple(told)


def changes(study: DataHealth) -> tuple[str, ...]:
    """What would change each light, those not ready first."""
    order = {light: place for place, light in enumerate(reversed(LIGHTS))}
    lights = study.lights.assign(_order=study.lights["light"].map(order)).sort_values("_order", kind="stable")
    return tuple(say("{what}: {change}", what=_first_up(say(row["label"])), change=row["changes_if"])
                 for row in lights.to_dict("records"))


def decision(study: DataHealth) -> DecisionRecord:
    """What may be decided with these data, and what to complete first."""
    lights = study.lights
    by_light = [(light, [say(label) for label in lights.loc[lights["light"].eq(light), "label"]]) for light in LIGHTS]
    recommended = [stopped(bracketed(_first_up(say(OPTIONS[light])), listed(names, most=MOST)))
                   for light, names in by_light if names]
    compared = departments.compared(study.evidence.dataset)
    disagreeing = study.conflicts[study.conflicts["conflict"].eq("value")]
    dissent = tuple(say("{supplier}, {figure}: {stated}.", supplier=row.get("name", row["supplier_id"]),
                        figure=row["figure"], stated=row["stated"])
                    for row in disagreeing.head(MOST).to_dict("records"))
    if compared and not dissent:
        dissent = (say("Departments agree on all {count} figures that several of them state.", count=compared),)
    return DecisionRecord(
        question=say(QUESTION),
        answer=stopped(headline(study)),
        options=tuple(say(text) for text in OPTIONS.values()),
        recommendation=(*recommended, *_to_do(study)),
        period=said_period(study.evidence.period),
        certainty=how_sure(study)[0],
        would_change_it=changes(study)[:5],
        movers=tuple(_light(row) for row in lights[lights["light"].eq(NOT_READY)].to_dict("records"))
        or (say("No decision has to wait for data."),),
        dissent=dissent,
        reviewer=study.params.reviewer,
        review_by=study.params.review_by,
    )


def _to_do(study: DataHealth) -> list[str]:
    """Findings somebody has to act on, with their counts."""
    wanted = {
        "Pairs": marked("Decide which pairs are one firm: {count}."),
        "Departments": marked("Settle what departments state differently, in value or in unit: {count}."),
        "Stuck": marked("Move on suppliers that are stuck in a state: {count}."),
        "Missing facts": marked("Ask for missing registration facts: {count}."),
        "Certificates": marked("Ask for certificates that have run out or are missing: {count}."),
        "Units": marked("Correct order lines in another unit: {count}."),
        "Impossible orders": marked("Correct days in an impossible order: {count}."),
    }
    counts = study.findings.groupby("sheet")["count"].sum()
    return [say(text, count=int(counts[sheet])) for sheet, text in wanted.items() if counts.get(sheet, 0)]


def definitions() -> pd.DataFrame:
    """What the figures of this study mean."""
    table = pd.DataFrame.from_dict(DEFINITIONS, orient="index", columns=["label", "unit", "meaning"])
    return table.rename_axis("name")
