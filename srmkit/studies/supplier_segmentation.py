"""Which relationship does each supplier deserve, how sure is that, and what would change it?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.decisions.company_data import company_data, data_at_hand
from srmkit.decisions.dissent import dissent
from srmkit.decisions.gates import gates_for_people
from srmkit.decisions.glossary import CLASS, criteria, scorecard_rows, together
from srmkit.decisions.params import day, setting
from srmkit.decisions.paths import nearest_classes, open_sentence
from srmkit.decisions.pictures import clouds, positions, shown_names
from srmkit.decisions.placement import Placement, has_figures, open_in_words, place, place_judged, read_scorecards
from srmkit.decisions.reasons import ReasonSheet, reason_sheet
from srmkit.decisions.result import DecisionRecord, make_manifest
from srmkit.decisions.reversal import reversal_sentence
from srmkit.decisions.roll_up_reasons import roll_up_reasons
from srmkit.decisions.shared_settings import SharedSettings
from srmkit.decisions.supplier_evidence import SupplierEvidence, measure_suppliers
from srmkit.decisions.weight_room import (
    INTERVALS,
    class_doubt,
    class_intervals,
    critical_sentence,
    intervals_for_people,
)
from srmkit.language import say, speaking, speaks
from srmkit.metrics import DeliveryRule
from srmkit.robustness import ClassAcceptability, Run, labels_of, rolled_up_tipping_points, with_errors
from srmkit.scoring import Scorecard
from srmkit.segmentation import (
    Matrix,
    RollUp,
    abc,
    able_and_willing,
    dangerous_cell,
    indicated_relationship,
    kraljic,
    relationship_gap,
    roll_up,
    rolled_up_spans,
    supplier_potential,
    supplier_preferencing,
)
from srmkit.strategy import Cards, HoursPlan, hours_plan, read_cards
from srmkit.studies import _supplier_words as words
from srmkit.tables import Dataset

LEAST_JUDGED = 0.5  # a supplier with figures behind less than half of the weight is not judged
CERTAINTIES = ("firm", "likely", "contested")
OPEN = 5  # the largest whose class is not firm are told what decides it


class Params(SharedSettings):
    """Settings of one supplier segmentation."""

    study: ClassVar[str] = "supplier_segmentation"
    gathers: ClassVar[tuple[str, ...]] = ("level", "language")

    category: str = setting("", "only this purchasing category; empty for all", group="Data",
                            values_of=("items", "category"))
    early_days: int = setting(-1, "a delivery may be this much early and still be on time; -1 for any", group="Data",
                              unit="days", low=-1, high=365)
    late_days: int = setting(0, "a delivery may be this much late and still be on time", group="Data",
                             unit="days", low=0, high=90)
    level: Literal["auto", "category", "item"] = setting(
        "auto", "what is placed on the Kraljic matrix; auto takes items within one category, else categories",
        group="Model",
    )
    scorecard: str = setting("", "scorecard of the Kraljic matrix, a name or a file; empty for the level's own",
                             group="Model")
    impact_cut: float = setting(50.0, "profit impact from which an item matters", group="Model", unit="points",
                                low=0, high=100, step=1)
    risk_cut: float = setting(50.0, "supply risk from which an item is hard to get", group="Model",
                              unit="points", low=0, high=100, step=1)
    capability_cut: float = setting(50.0, "capabilities from which a supplier is able", group="Model",
                                    unit="points", low=0, high=100, step=1)
    willingness_cut: float = setting(50.0, "willingness from which a supplier is willing", group="Model",
                                     unit="points", low=0, high=100, step=1)
    value_cut: float = setting(50.0, "relative value from which we matter to a supplier", group="Model",
                               unit="points", low=0, high=100, step=1)
    attractiveness_cut: float = setting(50.0, "attractiveness from which a supplier likes our business",
                                        group="Model", unit="points", low=0, high=100, step=1)
    hours_available: float = setting(6000.0, "hours a year for supplier relationships", group="Resources",
                                     unit="hours", low=0, high=1_000_000, step=100)


@speaks
@dataclass(frozen=True)
class SupplierSegmentation:
    """Every supplier's class, how sure it is, what would change it, and what to do about it.

    Items or categories stand on the Kraljic matrix (`kraljic`); suppliers follow by spend
    (`rolled_up`), with `certainty` and `tipping` of their own. `potential` and `preferencing` hold
    the suppliers that have ratings, None where no supplier has. Parts are worked out when first
    asked for, always from the same settings and evidence.
    """

    params: Params
    evidence: SupplierEvidence
    scorecards: Mapping[str, Scorecard]

    ranked: ClassVar[bool] = False  # whether the axes are added up to a total

    @property
    def amount(self) -> str:
        """What the area of a bubble is."""
        return say("our spend")

    @cached_property
    def kraljic(self) -> Placement:
        """Items or categories on the Kraljic matrix."""
        matrix = kraljic(self.params.impact_cut, self.params.risk_cut)
        return place(self.scorecards["kraljic"], self.evidence.candidates, matrix, self.params)

    @property
    def matrix(self) -> Matrix:
        """The Kraljic matrix with the cuts of this study."""
        return self.kraljic.matrix

    @property
    def candidate_names(self) -> pd.Series:
        """Name of each item or category."""
        return self.evidence.candidate_names

    def as_run(self) -> Run:
        """Model, figures and cuts, to be compared with another run."""
        return Run(self.scorecards["kraljic"], self.evidence.candidates, self.matrix, self.params.missing)

    @cached_property
    def rolled_up(self) -> RollUp:
        """Each supplier's class by spend, with the mix behind it."""
        return roll_up(self.kraljic.segments, self.evidence.spend)

    @cached_property
    def certainty(self) -> ClassAcceptability:
        """How sure each supplier's class is."""
        return self.kraljic.certainty.rolled_up(self.evidence.spend)

    @cached_property
    def open_classes(self) -> pd.Series:
        """Suppliers whose class missing figures leave open, as 'strategic or leverage'; empty unless as intervals."""
        if self.kraljic.scores.missing != "interval":
            return pd.Series(dtype=object)
        spanned = self.matrix.spanned(self.kraljic.scores.low, self.kraljic.scores.high)
        return open_in_words(rolled_up_spans(spanned, self.evidence.spend, self.matrix.names))

    @cached_property
    def tipping(self) -> pd.DataFrame:
        """The weights at which a supplier's class changes, nearest first."""
        return rolled_up_tipping_points(self.kraljic.scores, self.matrix, self.evidence.spend)

    @cached_property
    def weight_intervals(self) -> pd.DataFrame:
        """For each weight the interval in which classes stay: of large suppliers (A and B), of those with a firm class,
        of every supplier, and of every item or category."""
        if not self.kraljic.scores.scorecard.additive:
            return pd.DataFrame(columns=INTERVALS)
        large = self.spend.index[abc(self.spend)["abc"] != "C"]
        firm = self.classed.index[self.classed["certainty"] == "firm"]
        points = {"large suppliers": self.tipping[self.tipping["candidate"].isin(large)],
                  "firm suppliers": self.tipping[self.tipping["candidate"].isin(firm)],
                  "every supplier": self.tipping, "every class": self.kraljic.tipping}
        parts = [class_intervals(table, self.kraljic.scores, holds) for holds, table in points.items()]
        return pd.concat(parts, ignore_index=True)

    @cached_property
    def class_doubt(self) -> pd.DataFrame:
        """Which weight, figure or cut decides about the class, for the largest candidates that are not firm."""
        table = self.candidates.dropna(subset=["probability"])
        open_ones = table.index[table["certainty"] != "firm"][:OPEN]
        return class_doubt(self.kraljic, open_ones, shown_names(table["name"].reindex(open_ones)).to_dict())

    @cached_property
    def potential(self) -> Placement | None:
        """Suppliers by capabilities and willingness."""
        matrix = supplier_potential(self.params.capability_cut, self.params.willingness_cut)
        return self._judged("supplier_potential", matrix)

    @cached_property
    def preferencing(self) -> Placement | None:
        """Suppliers by how they see us."""
        matrix = supplier_preferencing(self.params.attractiveness_cut, self.params.value_cut)
        return self._judged("supplier_preferencing", matrix)

    @cached_property
    def dangerous(self) -> pd.DataFrame:
        """Suppliers that matter to us and do not care for us; empty without ratings."""
        if self.preferencing is None:
            return pd.DataFrame()
        return dangerous_cell(self.rolled_up.segment, self.preferencing.segments.segment)

    @cached_property
    def relationships(self) -> pd.DataFrame:
        """The relationship each supplier deserves against the one it has."""
        able = None if self.potential is None else able_and_willing(self.potential.segments.segment)
        indicated = indicated_relationship(
            self.rolled_up.segment,
            able=None if able is None else able["able"],
            willing=None if able is None else able["willing"],
            dependence=self.evidence.metrics.values["dependence_on_us"],
        )
        current = self.evidence.suppliers["current_relationship"]
        gaps = relationship_gap(indicated["indicated"], current)
        return gaps.join(indicated[["why", "note"]])

    @cached_property
    def cards(self) -> Cards:
        """What each class asks for."""
        return read_cards("suppliers")

    @cached_property
    def hours(self) -> HoursPlan:
        """Hours the relationships need against the hours there are."""
        return hours_plan(self.rolled_up.segment, self.cards, available=self.params.hours_available)

    @property
    def names(self) -> pd.Series:
        """Name of each supplier with spend, largest first."""
        return self.evidence.shown_suppliers

    @property
    def spend(self) -> pd.Series:
        """Spend with each supplier in the period, largest first."""
        return self.evidence.spend_with

    @cached_property
    def classed(self) -> pd.DataFrame:
        """One row a supplier, the largest first: name, spend, class and how sure it is."""
        certain = self.certainty.table()
        table = pd.DataFrame({"name": self.names, "spend": self.spend})
        table["segment"] = certain["segment"]
        table["probability"] = certain["certainty"]
        table["probability_error"] = certain["standard_error"]
        table["certainty"] = certain["label"]
        table["runner_up"] = certain["runner_up"]
        table["most_doubt_from"] = certain["matters_most"]
        if self.kraljic.scores.missing == "interval":
            table["may_be"] = self.open_classes.reindex(table.index)
        return table.rename_axis("supplier_id")

    @cached_property
    def suppliers(self) -> pd.DataFrame:
        """One row a supplier, the largest first: `classed`, and where it stands, and what follows."""
        metrics = self.evidence.metrics.values
        table = self.classed.copy()
        table.insert(2, "spend_share", table["spend"] / table["spend"].sum())
        table.insert(3, "abc", abc(self.spend)["abc"])
        table["changes_if"] = words.changes(self.tipping, table.index, labels_of(self.kraljic.scores),
                                            known=self.kraljic.scores.scorecard.additive)
        table["mix"] = words.mix(self.rolled_up.mix.reindex(table.index))
        for name, placed in (("potential", self.potential), ("preferencing", self.preferencing)):
            if placed is not None:
                table[name] = placed.segments.segment.reindex(table.index)
        if not self.dangerous.empty:
            table["dangerous"] = self.dangerous["dangerous"].reindex(table.index)
        table = table.join(self.relationships[["indicated", "current", "gap"]])
        for name in ("on_time_rate", "reject_rate", "dependence_on_us"):
            table[name] = metrics[name].reindex(table.index)
        table["active"] = self.evidence.suppliers["active"].reindex(table.index)
        return table

    @cached_property
    def candidates(self) -> pd.DataFrame:
        """One row an item or category, the largest first: place, class, how sure, nearest cut."""
        table = self.kraljic.table()
        sizes = self.evidence.spend_on.reindex(table.index)
        table.insert(0, "name", self.evidence.candidate_names.reindex(table.index))
        table.insert(1, "spend", sizes)
        return table.sort_values("spend", ascending=False, kind="stable")

    @cached_property
    def by_class(self) -> pd.DataFrame:
        """One row a class: suppliers, spend and its share, by how sure the class is."""
        table = self.suppliers
        spend = table.pivot_table(index="segment", columns="certainty", values="spend", aggfunc="sum", fill_value=0.0)
        spend = spend.reindex(index=list(self.matrix.names), columns=list(CERTAINTIES), fill_value=0.0)
        counts = table["segment"].value_counts().reindex(spend.index, fill_value=0)
        whole = spend.sum(axis=1)
        shares = whole / max(float(whole.sum()), 1e-300)
        return spend.assign(suppliers=counts, spend=whole, spend_share=shares)[
            ["suppliers", "spend", "spend_share", *CERTAINTIES]
        ]

    @cached_property
    def dissent(self) -> pd.DataFrame:
        """Judgements of categories on which the raters disagree."""
        return dissent(self.evidence.candidates, [item.metric for item in self.scorecards["kraljic"].criteria])

    def positions(self) -> pd.DataFrame:
        """Bubbles of the Kraljic matrix."""
        return positions(self.kraljic, self.evidence.shown_candidates, self.evidence.spend_on)

    def clouds(self) -> dict[str, NDArray[np.float64]]:
        """Clouds of the largest bubbles."""
        return clouds(self.kraljic, self.evidence.shown_candidates, self.evidence.spend_on)

    def supplier_positions(self, placed: Placement) -> pd.DataFrame:
        """Bubbles of a matrix of suppliers."""
        return positions(placed, self._shown_on(placed), self.spend)

    def supplier_clouds(self, placed: Placement) -> dict[str, NDArray[np.float64]]:
        """Clouds of the largest bubbles of a matrix of suppliers."""
        return clouds(placed, self._shown_on(placed), self.spend)

    def _shown_on(self, placed: Placement) -> pd.Series:
        return shown_names(self.evidence.names.reindex(placed.scores.total.index))

    def flips(self) -> pd.DataFrame:
        """The nearest tipping points of suppliers with a notable spend, for the tornado."""
        table = words.flips(self)
        return table.rename(columns={"first": "candidate"})

    def weights_hold(self) -> pd.DataFrame:
        """How far each weight can move before a large supplier, a firm one, or what is placed changes its class."""
        columns = {"large suppliers": "large_stay", "firm suppliers": "firm_stay", "every class": "classes_stay"}
        return intervals_for_people(self.weight_intervals, self.kraljic.scores, columns)

    def weight_words(self) -> tuple[str, ...]:
        """The critical criterion for the classes, and why there is none for ranks."""
        return (critical_sentence(self.kraljic.scores, self.weight_intervals, "large suppliers"),
                say("Nobody is ranked here: the two axes are not added up, so neither a first rank nor a whole order "
                    "has an interval. Classes have one."))

    def overview(self) -> pd.DataFrame:
        """The table for people: who, how much, which class, how sure, what would change it."""
        shown = ["name", "spend", "segment", "probability", "probability_error", "certainty", "runner_up", "changes_if"]
        shown += ["may_be"] if "may_be" in self.suppliers else []
        return self.suppliers[shown].reset_index(drop=True)

    @cached_property
    def gates(self) -> pd.DataFrame:
        """Which gate of the scorecard stops how many items or categories, and who is nearest to passing it."""
        return gates_for_people(self.kraljic.scores, self.candidate_names)

    @property
    def weighted(self) -> Scorecard:
        """The scorecard whose weights a person may drag."""
        return self.scorecards["kraljic"]

    def criteria(self) -> pd.DataFrame:
        """The scorecard in rows, as the report shows it."""
        return scorecard_rows(self.weighted, self.evidence.dataset.currency)

    def candidate_ids(self) -> Mapping[str, Hashable]:
        """Identifier of each supplier, and of each candidate on the matrix, by the name it is shown with, in order."""
        return self.evidence.ids

    def reasons(self, candidate: Any, *, searched: bool = True) -> ReasonSheet:
        """Why this supplier or candidate of the matrix has its class, how sure that is, and what would change it.

        Unless `searched`, the changes of figures are left out that only a search finds.
        """
        if candidate in self.kraljic.scores.total.index or candidate not in self.spend.index:
            name = str(self.evidence.candidate_names.get(candidate, candidate))
            return reason_sheet(self.kraljic, candidate, name, searched=searched)
        return roll_up_reasons(
            self.kraljic, candidate, name=str(self.names[candidate]), spend=self.evidence.spend.loc[candidate],
            names=self.evidence.candidate_names, certainty=self.certainty, tipping=self.tipping,
            may_be=self.open_classes.get(candidate),
        )

    def glance(self) -> pd.DataFrame:
        """The table beside the controls: as the overview, without what takes long."""
        return self.classed.reset_index(drop=True)

    def danger(self) -> tuple[str, ...]:
        """Suppliers that matter to us and do not care for us."""
        if self.preferencing is None:
            return (say("No supplier has been judged: who treats us as a nuisance is not known."),)
        return words.danger(self) or (say("No judged supplier that matters to us treats us as a nuisance."),)

    def relationship_overview(self) -> pd.DataFrame:
        """Relationships that are out of step with what is indicated, the largest suppliers first."""
        table = self.relationships.reindex(self.spend.index)
        table = table[table["steps"].fillna(0) != 0]
        return table.assign(name=self.names.reindex(table.index))[["name", "indicated", "current", "gap", "why"]]

    def how_sure(self) -> tuple[str, ...]:
        """How many classes are firm, likely and contested, what moves them, and the rank reversal test."""
        names = self.evidence.candidate_names
        lines = (words.certainty(self), *words.gates(self), reversal_sentence(self.kraljic.scores, names),
                 open_sentence(self.kraljic.open_classes, names.to_dict()),
                 open_sentence(self.open_classes, self.names.to_dict(), "supplier"))
        return tuple(line for line in lines if line)

    def paths(self, most: int = 12) -> pd.DataFrame:
        """What other figures would do to the largest items or categories: the nearest other class and the changes."""
        largest = self.candidates.index[:most]
        names = shown_names(self.evidence.candidate_names.reindex(largest))
        return nearest_classes(self.kraljic, largest, names.to_dict())

    def class_probabilities(self) -> pd.DataFrame:
        """Probability of each class by name, the largest suppliers first."""
        return self.certainty.probabilities.reindex(self.spend.index).set_axis(self.names, axis=0)

    def class_certainty(self) -> pd.DataFrame:
        """Probability of each supplier's class and the word for it, by name."""
        return self.classed.set_index("name")[["probability", "probability_error", "certainty"]]

    def doubt_by_source(self) -> pd.DataFrame:
        """Chance of leaving the class under each doubt alone and all together, for those that may leave it."""
        table = self.certainty.by_doubt.reindex(self.spend.index)
        table = with_errors(table, self.params.draws).assign(name=self.names)
        return table[["name", *table.columns.drop("name")]][table["all"] > 0]

    def headline(self) -> str:
        """The finding in one line."""
        return words.headline(self)

    def health(self) -> tuple[str, ...]:
        """What the reader must know about the data."""
        placed = [part for part in (self.kraljic, self.potential, self.preferencing) if part is not None]
        return (*words.health(self.evidence), *dict.fromkeys(note for part in placed for note in part.scores.notes))

    def figures(self) -> pd.DataFrame:
        """The company at a glance: figure, value in words."""
        return words.figures(self.evidence)

    def sentences(self, most: int = 6) -> tuple[str, ...]:
        """The largest suppliers in words: class, probability, and what would change it."""
        return words.sentences(self, most)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the workbook by its sheet."""
        parts = {
            "Suppliers": self.suppliers,
            "Mix by class": self.rolled_up.mix,
            "Items" if self.evidence.level == "item" else "Categories": self.candidates,
            "Classes": self.by_class.rename_axis("segment"),
            "Class probabilities": with_errors(self.certainty.probabilities, self.params.draws),
            "Doubt by source": with_errors(self.certainty.by_doubt, self.params.draws),
            "Tipping points": self.tipping,
            "Weight intervals": self.weight_intervals,
            "What decides the class": self.class_doubt,
            "Relationships": self.relationships,
            "Hours": self.hours.table,
            "Strategy": self.cards.table(),
            "Contributions": self.kraljic.scores.contributions,
            **({"Gates": self.gates, "Gated": self.kraljic.scores.gated} if len(self.gates) else {}),
            "Disagreement": self.dissent,
            **self.evidence.dataset.health.parts(),
        }
        for name, placed in (("Potential", self.potential), ("Preferencing", self.preferencing)):
            if placed is not None:
                parts[name] = placed.table()
        if not self.dangerous.empty:
            parts["Dangerous cell"] = self.dangerous
        return parts

    def definitions(self) -> pd.DataFrame:
        """What every figure means, those of the items or categories first."""
        described = [self.evidence.candidates.describe(), self.evidence.metrics.describe()]
        return pd.concat([*described, criteria(self.scorecards.values()), together(self.matrix.names, CLASS)])

    def decision(self) -> DecisionRecord:
        """The record for the minutes."""
        return words.decision(self)

    def manifest(self) -> dict[str, Any]:
        """Everything needed to repeat the run and to compare it."""
        return make_manifest(
            self.params,
            inputs=self.evidence.dataset.fingerprints,
            scorecards={card.name: card.hash for card in self.scorecards.values()},
            tables=self.tables(),
        )

    def _judged(self, name: str, matrix: Matrix) -> Placement | None:
        metrics = self.evidence.metrics.only(self.evidence.spend.index)
        card = self.scorecards[name]
        if not has_figures(card, metrics, "judged"):
            return None
        return place_judged(card, metrics, matrix, self.params, least=LEAST_JUDGED)


def run(params: Params, dataset: Dataset | None = None) -> SupplierSegmentation:
    """The whole study; SrmkitError lists what is wrong with data or settings.

    `dataset` is what these settings would read, for whoever has it at hand.
    """
    with speaking(params.language):
        return decide(gather(params, dataset).within(params.category), params)


def again(study: SupplierSegmentation, params: Params) -> SupplierSegmentation:
    """The study with other settings; the data are as it read them, unless a setting about that changed."""
    if params.same_evidence(study.params):
        return decide(study.evidence, params)
    return run(params, data_at_hand(study, params))


def gather(params: Params, dataset: Dataset | None = None) -> SupplierEvidence:
    """Everything the study knows before it judges, of all categories; within one it is items that differ."""
    evidence = measure_suppliers(
        dataset or company_data(params),
        as_of=day(params.as_of),
        months=params.months,
        level="item" if params.category and params.level == "auto" else params.level,
        delivery=DeliveryRule(
            early_days=None if params.early_days < 0 else params.early_days, late_days=params.late_days
        ),
    )
    _ = evidence.metrics  # what is wrong with figures of the suppliers is refused before anything is judged
    return evidence


def decide(evidence: SupplierEvidence, params: Params) -> SupplierSegmentation:
    """Judge what was gathered; bad scorecards and missing figures are refused here."""
    names = {
        "kraljic": params.scorecard or _usual_scorecard(evidence),
        "supplier_potential": "supplier_potential",
        "supplier_preferencing": "supplier_preferencing",
    }
    cards = read_scorecards(names.values(), params.weights)
    study = SupplierSegmentation(params, evidence, {part: cards[name] for part, name in names.items()})
    _ = study.kraljic
    return study


def _usual_scorecard(evidence: SupplierEvidence) -> str:
    own = "kraljic" if evidence.level == "category" else "kraljic_items"
    judged = has_figures(Scorecard.read(own), evidence.candidates, "judged")
    return own if judged else "kraljic_measured"
