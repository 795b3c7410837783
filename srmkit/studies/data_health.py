"""Can these data carry a decision: which one, how sure is that, and what would change it?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd
from pydantic import model_validator

from srmkit.decisions.company_data import data_at_hand, decisions_fingerprint, decisions_of
from srmkit.decisions.glossary import together
from srmkit.decisions.params import day, setting
from srmkit.decisions.reasons import ReasonSheet
from srmkit.decisions.result import DecisionRecord, make_manifest
from srmkit.decisions.sentences import chance
from srmkit.decisions.shared_settings import DataSettings
from srmkit.duplicates import Decisions, Duplicates, PartyRollUp, find_duplicates, is_installed, party_roll_up
from srmkit.health import coverage, departments, gates, lifecycle, oddities, units, variation
from srmkit.health.needs import Facts
from srmkit.health.readiness import LIGHTS, Readiness, count_needs, readiness
from srmkit.language import marked, say, speaking, speaks
from srmkit.metrics import Period
from srmkit.studies import _health_words as words
from srmkit.tables import Dataset, open_dataset

SIDES: Mapping[str, tuple[str, str]] = {
    "supplier": ("suppliers", "supplier_id"),
    "customer": ("customers", "customer_id"),
}


class Params(DataSettings):
    """Settings of one look at the health of data."""

    study: ClassVar[str] = "data_health"

    duplicates: bool = setting(True, "look for suppliers and customers that are in the list twice", group="Data")
    essential: float = setting(80.0, "share of the rows in which what is essential must be there", group="Model",
                               unit="%", low=1, high=100, step=1)
    helpful: float = setting(50.0, "share of the rows in which what is helpful should be there", group="Model",
                             unit="%", low=1, high=100, step=1)
    duplicate_chance: float = setting(50.0, "pairs at least this probable are counted as open", group="Model",
                                      unit="%", low=5, high=99, step=1)
    tolerance: float = setting(2.0, "departments may differ by this much and still agree", group="Model", unit="%",
                               low=0, high=50, step=0.5)
    outlier: float = setting(8.0, "a figure this far from the middle of its kind is an outlier", group="Model",
                             unit="spreads", low=3, high=50, step=0.5)
    stuck_days: int = setting(180, "a supplier that waits longer in a state is stuck", group="Model", unit="days",
                              low=7, high=1500)
    certificates: str = setting("ISO 9001", "certificates that every supplier must have, with commas between",
                                group="Model", label="required certificates")
    firm: float = setting(0.90, "a light at least this probable is firm", group="Doubt", low=0.5, high=1, step=0.01)
    likely: float = setting(0.70, "a light at least this probable is likely, below it contested", group="Doubt",
                            low=0.34, high=1, step=0.01)

    @model_validator(mode="after")
    def _labels_in_order(self) -> Params:
        if self.likely > self.firm:
            raise ValueError(say("'likely' should not be above 'firm'"))
        return self

    @property
    def required(self) -> tuple[str, ...]:
        """The certificates that every supplier must have."""
        return tuple(name for part in self.certificates.split(",") if (name := part.strip()))


@dataclass(frozen=True)
class HealthEvidence:
    """What is known of the data before they are judged.

    `twins` has the pairs of suppliers and of customers, by side; a side that was not looked at is not in it, and
    `not_looked` says why. `decided` are the decisions that were replayed.
    """

    dataset: Dataset
    period: Period
    tables: pd.DataFrame
    months: pd.DataFrame
    gaps: pd.DataFrame
    sources: pd.DataFrame
    orders: pd.DataFrame
    units: pd.DataFrame
    currencies: pd.DataFrame
    money: pd.DataFrame
    constants: pd.DataFrame
    differences: pd.DataFrame
    twins: Mapping[str, Duplicates]
    decided: Decisions
    not_looked: str

    @cached_property
    def facts(self) -> Facts:
        """The data as the needs ask for them."""
        return Facts(self.dataset, self.period, self.differences, self.orders)

    @property
    def as_of(self) -> dt.date:
        """The day on which ages are counted."""
        return self.period.end


@speaks
@dataclass(frozen=True)
class DataHealth:
    """Which decisions these data can carry (`lights`), and everything that speaks against them."""

    params: Params
    evidence: HealthEvidence

    ranked: ClassVar[bool] = False
    weighted: ClassVar[None] = None  # there are no weights to drag

    @cached_property
    def readiness(self) -> Readiness:
        """Lights and needs, at the bars of the settings."""
        facts = self.evidence.facts.with_twins(self._open_twins())
        return readiness(count_needs(facts), essential=self.params.essential / 100, helpful=self.params.helpful / 100,
                         firm=self.params.firm, likely=self.params.likely)

    @property
    def lights(self) -> pd.DataFrame:
        """One row a decision: light, how sure, because, what would change it."""
        return self.readiness.lights

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """Pairs that may be one, suppliers first, the most probable first, with what was decided about each."""
        bar = self.params.duplicate_chance / 100
        shown = ["left", "right", "left_name", "right_name", "bits", "probability", "decision", "why"]
        parts = []
        for side, found in self.evidence.twins.items():
            pairs = found.pairs
            kept = pairs[(pairs["probability"] >= bar) | pairs["decision"].ne("open")]
            parts.append(kept[shown].assign(side=side))
        table = pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=[*shown, "side"])
        return table[["side", *shown]]

    def pairs_shown(self) -> pd.DataFrame:
        """The pairs for people: no pair is quite certain."""
        return self.pairs.assign(probability=[chance(value) for value in self.pairs["probability"]])

    @cached_property
    def groups(self) -> Mapping[str, PartyRollUp]:
        """Firms and groups of each side: only accepted pairs are one."""
        data = self.evidence.dataset
        return {side: party_roll_up(data.frame(table).set_index(key), self.evidence.decided)
                for side, (table, key) in SIDES.items() if data.has(table)}

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """Figures that departments state differently, with the name of the supplier."""
        found = departments.department_conflicts(self.evidence.dataset, self.params.tolerance / 100)
        return self._named(found)

    @cached_property
    def outliers(self) -> pd.DataFrame:
        """Figures far from the middle of their kind, the farthest first."""
        return oddities.outliers(self.evidence.dataset, self.params.outlier)

    @cached_property
    def funnel(self) -> pd.DataFrame:
        """Suppliers by state of their life with us."""
        return lifecycle.funnel(self.evidence.dataset, self.evidence.as_of)

    @cached_property
    def stuck(self) -> pd.DataFrame:
        """Suppliers that have waited too long in a state."""
        found = lifecycle.stuck(self.evidence.dataset, self.evidence.as_of, self.params.stuck_days)
        return self._named(found)

    @cached_property
    def irregular(self) -> pd.DataFrame:
        """Suppliers whose states do not fit."""
        return self._named(lifecycle.irregular(self.evidence.dataset, self.evidence.as_of))

    @cached_property
    def missing_facts(self) -> pd.DataFrame:
        """Active suppliers whose registration lacks a fact."""
        return gates.missing_facts(self.evidence.dataset)

    @cached_property
    def gates(self) -> pd.DataFrame:
        """Certificates that have run out, and required ones that are missing."""
        found = gates.certificate_gates(self.evidence.dataset, self.evidence.as_of, self.params.required)
        return self._named(found)

    @cached_property
    def findings(self) -> pd.DataFrame:
        """What was found, counted: finding, count, and of how many where that is known."""
        return words.findings(self)

    def glance(self) -> pd.DataFrame:
        """The table beside the controls: decision, light, how sure, and why."""
        table = self.overview()
        return table.rename(columns={"decision": "name", "light": "segment"})

    def overview(self) -> pd.DataFrame:
        """The table for people: decision, light, how sure, because, what would change it."""
        lights = self.lights
        return pd.DataFrame({
            "decision": [say(label) for label in lights["label"]],
            "light": [say(light) for light in lights["light"]],
            "probability": lights["probability"].to_numpy(), "certainty": lights["certainty"].to_numpy(),
            "because": lights["because"].to_numpy(), "changes_if": lights["changes_if"].to_numpy(),
        })

    def light_chances(self) -> pd.DataFrame:
        """Probability of each light by decision."""
        lights = self.lights
        found = lights[list(LIGHTS)].set_axis([say(label) for label in lights["label"]], axis=0)
        return found.rename(columns={light: say(light) for light in LIGHTS})

    def light_certainty(self) -> pd.DataFrame:
        """Probability of each decision's light and the word for it, by name."""
        return self.overview().set_index("decision")[["probability", "certainty"]]

    def needs(self) -> pd.DataFrame:
        """What each decision needs, in words: how much is there, how much is wanted, whether that is met."""
        table = self.readiness.needs
        labels = self.lights["label"]
        return pd.DataFrame({
            "decision": [say(labels[name]) for name in table["decision"]],
            "need": [say(need) for need in table["need"]],
            "kind": [say("essential") if must else say("helpful") for must in table["essential"]],
            "there": table["there"], "of": table["of"], "share": table["share"], "wanted": table["bar"],
            "met": table["met"], "probability": table["probability"],
        })

    def candidate_ids(self) -> dict[str, Hashable]:
        """Name of each decision as it is shown."""
        return {say(label): name for name, label in self.lights["label"].items()}

    def reasons(self, candidate: Hashable, *, searched: bool = True) -> ReasonSheet:
        """Why a decision has its light; nothing of it is `searched` for."""
        row: Any = self.lights.loc[str(candidate)]
        needs = self.needs()
        mine = needs[needs["decision"].eq(say(row["label"]))].drop(columns="decision").reset_index(drop=True)
        chances = pd.DataFrame({"segment": [say(light) for light in LIGHTS],
                                "probability": [row[light] for light in LIGHTS]})
        return ReasonSheet(words.reasons(row), mine, chances, marked("What it needs"))

    def headline(self) -> str:
        """The finding in one line."""
        return words.headline(self)

    def health(self) -> tuple[str, ...]:
        """How the data came in."""
        return words.health(self)

    def figures(self) -> pd.DataFrame:
        """The data at a glance: figure, value in words."""
        return words.figures(self)

    def sentences(self) -> tuple[str, ...]:
        """Every light in words, those that are not ready first."""
        return words.sentences(self)

    def forbidden(self) -> tuple[str, ...]:
        """What the constants forbid, one sentence each."""
        return words.forbidden(self)

    def how_sure(self) -> tuple[str, ...]:
        """How many lights are firm, likely and contested, and what the probability means."""
        return words.how_sure(self)

    def changes(self) -> tuple[str, ...]:
        """What would change each light, the least effort first."""
        return words.changes(self)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the workbook by its sheet."""
        evidence = self.evidence
        parts = {
            "Lights": self.lights, "Needs": self.readiness.needs, "Findings": self.findings,
            "Tables": evidence.tables, "Rows by month": _dated(evidence.months), "Gaps": evidence.gaps,
            "By source": evidence.sources, "Departments": self.conflicts, "Units": evidence.units,
            "Currencies": evidence.currencies, "Money by currency": evidence.money,
            "Impossible orders": evidence.orders, "Outliers": self.outliers, "Constants": evidence.constants,
            "Pairs": self.pairs, "Funnel": self.funnel, "Stuck": self.stuck, "Irregular": self.irregular,
            "Missing facts": self.missing_facts, "Certificates": self.gates,
        }
        parts |= {f"Groups of {side}s": group.table for side, group in self.groups.items()}
        return {**parts, **evidence.dataset.health.parts()}

    def definitions(self) -> pd.DataFrame:
        """What every figure means."""
        return pd.concat([words.definitions(), together(_dated(self.evidence.months).columns, words.MONTH)])

    def decision(self) -> DecisionRecord:
        """The record for the minutes."""
        return words.decision(self)

    def manifest(self) -> dict[str, Any]:
        """Everything needed to repeat the run and to compare it."""
        inputs = {**self.evidence.dataset.fingerprints, **decisions_fingerprint(self.params)}
        return make_manifest(self.params, inputs=inputs, scorecards={}, tables=self.tables())

    def _open_twins(self) -> dict[str, frozenset[str]]:
        bar = self.params.duplicate_chance / 100
        found = {}
        for side, twins in self.evidence.twins.items():
            waiting = twins.review[twins.review["probability"] >= bar]
            found[side] = frozenset(waiting["left"]) | frozenset(waiting["right"])
        return found

    def _named(self, table: pd.DataFrame) -> pd.DataFrame:
        if not self.evidence.dataset.has("suppliers"):
            return table
        names = self.evidence.dataset.frame("suppliers").set_index("supplier_id")["name"]
        named = table.copy()
        named.insert(1, "name", named["supplier_id"].map(names))
        return named


def _dated(months: pd.DataFrame) -> pd.DataFrame:
    return months.rename(columns=lambda month: month.strftime("%Y-%m"))


def run(params: Params, dataset: Dataset | None = None) -> DataHealth:
    """The whole study; SrmkitError lists what is wrong with data or settings.

    `dataset` is what these settings would read, for whoever has it at hand.
    """
    return decide(gather(params, dataset), params)


def again(study: DataHealth, params: Params) -> DataHealth:
    """The study with other settings; the data are as it read them, unless a setting about that changed."""
    if params.same_evidence(study.params):
        return decide(study.evidence, params)
    return run(params, data_at_hand(study, params))


def gather(params: Params, dataset: Dataset | None = None) -> HealthEvidence:
    """Read the data and look at them from every side."""
    with speaking(params.language):
        dataset = dataset or open_dataset(params.data, column_map=params.column_map)
        period = dataset.measured(Period.of, day(params.as_of), params.months)
        decided = decisions_of(params)
        twins, not_looked = _twins(dataset, decided, look=params.duplicates)
        return HealthEvidence(dataset, period, twins=twins, decided=decided, not_looked=not_looked,
                              **dataset.measured(_seen, period))


def _seen(dataset: Dataset, period: Period) -> dict[str, pd.DataFrame]:
    differences = variation.differences(dataset, period)
    return {
        "tables": coverage.table_coverage(dataset, period),
        "months": coverage.by_month(dataset, period),
        "gaps": coverage.column_gaps(dataset),
        "sources": coverage.by_source(dataset),
        "orders": oddities.impossible_orders(dataset),
        "units": units.unit_conflicts(dataset),
        "currencies": units.currency_conflicts(dataset),
        "money": units.currencies(dataset),
        "constants": variation.constants(dataset, differences),
        "differences": differences,
    }


def _twins(dataset: Dataset, decided: Decisions, *, look: bool) -> tuple[dict[str, Duplicates], str]:
    if not look:
        return {}, say("Nobody looked for duplicates: the setting says so.")
    if not is_installed():
        return {}, say("Nobody looked for duplicates: install the extra, pip install 'srmkit[duplicates]'.")
    return {side: dataset.measured(_found, table, key).decided(decided)
            for side, (table, key) in SIDES.items() if dataset.has(table)}, ""


def _found(dataset: Dataset, table: str, key: str) -> Duplicates:
    return find_duplicates(dataset.frame(table).set_index(key))


def decide(evidence: HealthEvidence, params: Params) -> DataHealth:
    """Judge what was gathered."""
    return DataHealth(params, evidence)
