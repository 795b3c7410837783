"""Which weights does our group agree on, how sure are they, and what hangs on what we do not agree on?"""

from __future__ import annotations

import datetime as dt
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import field_validator

from srmkit.decisions.company_data import company_data, data_at_hand
from srmkit.decisions.glossary import CLASS, criteria, together
from srmkit.decisions.params import day, setting
from srmkit.decisions.pictures import clouds, positions
from srmkit.decisions.placement import Placement, read_scorecards, scored
from srmkit.decisions.reasons import ReasonSheet, reason_sheet
from srmkit.decisions.result import DecisionRecord, make_manifest
from srmkit.decisions.reversal import reversal_sentence
from srmkit.decisions.shared_settings import SharedSettings
from srmkit.decisions.weighing_evidence import WeighingEvidence, gather_candidates, matrix_of
from srmkit.errors import Problems
from srmkit.language import Language, enumerated, say, speaking, speaks, spoken
from srmkit.places import data_folder
from srmkit.robustness import Between, Doubt, with_errors
from srmkit.scoring import Scorecard, Scores, scorecard_toml
from srmkit.scoring.tree import with_weights
from srmkit.segmentation import Matrix
from srmkit.studies import _weights_words as words
from srmkit.studies._raters_range import raters_range
from srmkit.studies._signed_scorecard import method, signed_scorecard
from srmkit.tables import Dataset
from srmkit.weighting import (
    Combine,
    Judgements,
    Panel,
    Rules,
    Said,
    double_counting,
    panels,
    read_judgements,
    spread_weights,
)

SAMPLE = "judgements"  # folder of the data with judgements of the sample company
Ends = Literal["lowest", "highest"]


class Params(SharedSettings):
    """Settings of one weighing of a scorecard."""

    study: ClassVar[str] = "criteria_weights"
    gathers: ClassVar[tuple[str, ...]] = ("scorecard", "language")

    judgements: str = setting("sample", "CSV file of what the raters said; sample for those of the sample company",
                              group="Data")
    level: Literal["category", "item"] = setting("category", "what a scorecard of Kraljic's matrix places",
                                                 group="Data")
    scorecard: str = setting("kraljic", "scorecard whose weights are judged, a name or a file", group="Model")
    combine: Literal["geometric", "arithmetic", "comparisons"] = setting(
        "geometric", "how the raters' weights become one: their geometric or arithmetic mean, or the geometric mean "
        "of their comparisons where all compared in pairs", group="Model",
    )
    priority: Literal["eigenvector", "geometric_mean", "column_mean"] = setting(
        "eigenvector", "how comparisons in pairs become weights", group="Model"
    )
    from_order: Literal["centroid", "sum", "reciprocal"] = setting(
        "centroid", "how an order of importance becomes weights", group="Model"
    )
    up_cut: float = setting(50.0, "cut of the axis that goes up", group="Model", unit="points", low=0, high=100,
                            step=1)
    across_cut: float = setting(50.0, "cut of the axis that goes across", group="Model", unit="points", low=0,
                                high=100, step=1)
    weights_within: Literal["raters", "doubt"] = setting(
        "raters", "weights may lie anywhere between the raters, or about those of the group as far as weight_doubt "
        "says", group="Doubt",
    )
    own_doubt: bool = setting(True, "the raters' range includes what each rater's own judgements leave open",
                              group="Doubt")
    new_name: str = setting("", "name of the signed scorecard; empty for the old one with _agreed behind it",
                            group="Record", pattern="^([a-z][a-z0-9_]*)?$")
    version: str = setting("1.0", "version of the signed scorecard", group="Record", pattern=r"\S")
    owner: str = setting("", "who signs the scorecard; empty for its owner before", group="Record")
    signed_on: str = setting("", "day of signing, YYYY-MM-DD; empty for the day of the last judgement",
                             group="Record")

    @field_validator("signed_on")
    @classmethod
    def _a_signing_day(cls, text: str) -> str:
        try:
            day(text)
        except ValueError:
            raise ValueError(say("should be a day written YYYY-MM-DD")) from None
        return text


@speaks
@dataclass(frozen=True)
class CriteriaWeights:
    """The weights a group of raters gives a scorecard, how far they agree, and what their disagreement decides.

    `panels` hold what the raters say, one group of weights each; `agreed` is the signed scorecard. The candidates
    stand on its matrix (`placed`), and under each rater's own weights (`by_rater`). Parts are worked out when first
    asked for, always from the same settings and evidence.
    """

    params: Params
    evidence: WeighingEvidence
    judgements: Judgements
    scorecards: Mapping[str, Scorecard]
    panels: tuple[Panel, ...]

    ranked: ClassVar[bool] = False  # whether the axes are added up to a total

    @property
    def amount(self) -> str:
        """What the area of a bubble is."""
        return say("our revenue") if self.evidence.kind == "account" else say("our spend")

    @property
    def candidate_names(self) -> pd.Series:
        """Name of each candidate."""
        return self.evidence.names

    @property
    def agreed(self) -> Scorecard:
        """The scorecard with the weights of the group, ready to be signed."""
        return self.scorecards["agreed"]

    @property
    def before(self) -> Scorecard:
        """The scorecard as it was."""
        return self.scorecards["before"]

    @property
    def weighted(self) -> Scorecard:
        """The scorecard whose weights a person may drag."""
        return self.agreed

    @property
    def matrix(self) -> Matrix:
        """The matrix of the scorecard, with the cuts of this study."""
        return matrix_of(self.before)(self.params.up_cut, self.params.across_cut)

    @cached_property
    def scores(self) -> Scores:
        """Scores of the candidates under the agreed weights."""
        return scored(self.agreed, self.evidence.metrics, self.params.missing)

    @cached_property
    def placed(self) -> Placement:
        """The candidates on the matrix; how sure each class is follows from the raters' range."""
        return Placement(self.scores, self.matrix.assign(self.scores.axes), self.params, self.doubt)

    @cached_property
    def doubt(self) -> Doubt:
        """The doubts of this study: weights between the raters, figures, cuts."""
        doubt = self.params.doubt()
        if self.params.weights_within == "doubt":
            return doubt
        between = _between(self.agreed, self.judgements.raters, self.panels, self.params.own_doubt)
        return replace(doubt, weights=between)

    @cached_property
    def raters(self) -> Mapping[str, Scorecard]:
        """The scorecard as each rater alone would weigh it; what a rater left out is as the group has it."""
        return _by_rater(self.agreed, self.judgements.raters, self.panels)

    @cached_property
    def weights(self) -> pd.DataFrame:
        """One row a weight that was judged: before, agreed, lowest and highest with who gave it, classes at stake."""
        tables = [panel.spreads.assign(part_of=panel.group, label=pd.Series(panel.members)) for panel in self.panels]
        table = pd.concat(tables) if tables else pd.DataFrame()
        now, old = self.agreed.outline()["share"], self.before.outline()["share"]
        table = table.assign(weight_before=old.reindex(table.index), weight_agreed=now.reindex(table.index))
        table["at_stake"] = [len(self.at_stake(str(name))) for name in table.index]
        columns = ["label", "part_of", "weight_before", "weight_agreed", "lowest", "lowest_by", "highest",
                   "highest_by", "spread", "at_stake"]
        return table[columns].rename_axis("criterion")

    def at_stake(self, name: str) -> tuple[Hashable, ...]:
        """Candidates whose class depends on which rater is right about this weight, the others keeping their ratios."""
        low, high = (self._classes(self._with_share(name, end)) for end in ("lowest", "highest"))
        now = self.segment
        return tuple(now.index[(low.ne(now) | high.ne(now)) & now.notna()])

    @cached_property
    def consistency(self) -> pd.DataFrame:
        """One row a rater and group of weights: method, how far the judgements agree, and how far from the group."""
        rows = [
            {
                "rater": one.said.rater, "part_of": panel.group, "method": method(one.said.method),
                "judgements": len(one.said.judgements), "consistency_ratio": one.measure, "limit": one.limit,
                "consistency": one.consistency, "distance": panel.distances.loc[one.said.rater, "distance"],
                "most_on": panel.members[str(panel.distances.loc[one.said.rater, "most_on"])],
                "more": panel.distances.loc[one.said.rater, "more"], "advice": one.advice,
            }
            for panel in self.panels for one in panel.judged
        ]
        return pd.DataFrame(rows)

    @cached_property
    def agreement(self) -> pd.DataFrame:
        """One row a group of weights: raters, Kendall's W with its test, and who is farthest from the group."""
        rows = []
        for panel in self.panels:
            found = panel.agreement
            rows.append({
                "part_of": panel.group, "label": panel.label, "weights": len(panel.members),
                "raters": len(panel.judged), "w": found.w if found else np.nan,
                "p_value": found.p_value if found else np.nan, "test": found.test if found else "",
                "farthest": panel.distances.index[0], "distance": float(panel.distances["distance"].iloc[0]),
            })
        return pd.DataFrame(rows).set_index("part_of")

    @cached_property
    def segment(self) -> pd.Series:
        """Class of each candidate under the agreed weights; a gap where a figure is missing."""
        return self.placed.segments.segment.astype(object)

    @cached_property
    def by_rater(self) -> pd.DataFrame:
        """Class of each candidate under each rater's own weights (candidate x rater)."""
        return pd.DataFrame({name: self._classes(card) for name, card in self.raters.items()})

    @cached_property
    def same(self) -> pd.Series:
        """How many of the raters give each candidate the class that it has."""
        return self.by_rater.eq(self.segment, axis=0).sum(axis=1).rename("raters_alike")

    @cached_property
    def influence(self) -> pd.DataFrame:
        """One row a rater: whose class would differ under the rater's weights alone, and without the rater."""
        rows = {}
        for rater, card in self.raters.items():
            alone = self._classes(card).ne(self.segment)
            left = self._classes(self._without(rater)).ne(self.segment)
            rows[rater] = {
                "alone": int(alone.sum()), "alone_for": self._named(alone),
                "left_out": int(left.sum()), "left_out_for": self._named(left),
            }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("rater")

    @cached_property
    def moved(self) -> pd.DataFrame:
        """Candidates whose class is another than with the weights before: name, before, after."""
        old = self._classes(self.before)
        table = pd.DataFrame({"name": self.names, "before": old, "after": self.segment})
        return table[table["before"].ne(table["after"]) & table["after"].notna()]

    @cached_property
    def double_counting(self) -> pd.DataFrame:
        """Criteria that count the same twice, pull against each other, or tell nobody apart."""
        table = double_counting(self.scores.values, self.agreed.weights)
        labels = {item.name: say(item.label) for item in self.agreed.criteria}
        return table.assign(criterion=table["criterion"].map(labels),
                            other=table["other"].map(lambda name: labels.get(name, "")))

    @cached_property
    def spread(self) -> pd.DataFrame:
        """Spread, not importance: how much each criterion tells the candidates of its axis apart, beside its weight."""
        known = self.scores.values.dropna()
        parts = []
        for axis in self.agreed.axes:
            names = [item.name for item, share in axis.leaves() if share > 0]
            told = known[[name for name in names if known[name].std() > 0]]
            if len(told) > 1 and told.shape[1] > 0:
                parts.append(pd.DataFrame({
                    "label": {item.name: say(item.label) for item, _ in axis.leaves() if item.name in names},
                    "axis": say(axis.label), "weight": self.agreed.weights[names],
                    **{how: spread_weights(told, how).reindex(names, fill_value=0.0)
                       for how in ("sd", "entropy", "critic")},
                }))
        return pd.concat(parts).rename_axis("criterion") if parts else pd.DataFrame()

    @property
    def names(self) -> pd.Series:
        """Name of each candidate, the largest first."""
        return self.evidence.shown_candidates

    @cached_property
    def classed(self) -> pd.DataFrame:
        """One row a candidate, the largest first: name, amount, class, how sure it is, and how many raters agree."""
        sure = self.placed.certainty.table()
        table = pd.DataFrame({"name": self.names})
        table["amount"] = self.evidence.amounts.reindex(table.index)
        table["segment"] = self.segment
        table["probability"] = sure["certainty"]
        table["probability_error"] = sure["standard_error"]
        table["certainty"] = sure["label"]
        table["runner_up"] = sure["runner_up"]
        table["raters_alike"] = self.same
        table["most_doubt_from"] = sure["matters_most"]
        return table.rename_axis(str(self.scores.total.index.name or "candidate"))

    @cached_property
    def decisive(self) -> pd.DataFrame:
        """Changes of class that lie within what the raters say: candidate, criterion, weights, who is beyond."""
        return words.decisive(self)

    def positions(self) -> pd.DataFrame:
        """Bubbles of the matrix."""
        return positions(self.placed, self.names, self.evidence.amounts.clip(lower=0.0))

    def clouds(self) -> dict[str, NDArray[np.float64]]:
        """Clouds of the largest bubbles."""
        return clouds(self.placed, self.names, self.evidence.amounts)

    def curves(self) -> pd.DataFrame:
        """Value curves: one row a point of a criterion's scale: criterion, label, unit, figure, value (0 to 100)."""
        return words.curves(self)

    def rater_weights(self) -> pd.DataFrame:
        """One row a weight and rater, for the chart: label, group, agreed, before, rater, weight."""
        return words.rater_weights(self)

    def overview(self) -> pd.DataFrame:
        """The table for people: who, how much, which class, how sure, and how many raters agree."""
        return self.classed.drop(columns="most_doubt_from").reset_index(drop=True)

    def glance(self) -> pd.DataFrame:
        """The table beside the controls."""
        return self.overview()

    def weights_overview(self) -> pd.DataFrame:
        """The weights for people: before, agreed, who gives least and most, and how many classes hang on it."""
        return self._told(self.weights.drop(columns="spread"))

    def consistency_overview(self) -> pd.DataFrame:
        """The raters for people: by which method about what, how far they agree with themselves and with the group."""
        return self._told(self.consistency.drop(columns=["judgements", "advice", "more"]))

    def decisive_overview(self) -> pd.DataFrame:
        """Changes of class within what the raters say, the nearest of each candidate first."""
        labels = {item.name: say(item.label) for item in self.agreed.criteria}
        table = self.decisive.drop_duplicates("name")
        return table.assign(criterion=table["criterion"].map(labels)).drop(columns="direction")

    def classes_by_rater(self) -> pd.DataFrame:
        """Candidates that not all raters see alike: the class of the group, then that under each rater's weights."""
        table = self.by_rater.reindex(self.names.index)
        table = table[table.ne(self.segment.reindex(table.index), axis=0).any(axis=1)]
        table = table.map(lambda name: say(name) if isinstance(name, str) else name)
        table.insert(0, "segment", self.segment)
        table.insert(0, "name", self.names)
        return table

    def candidate_ids(self) -> Mapping[str, Hashable]:
        """Identifier of each candidate on the matrix by the name it is shown with, in alphabetical order."""
        return self.evidence.ids

    def reasons(self, candidate: Hashable, *, searched: bool = True) -> ReasonSheet:
        """Why this candidate is where it is on the matrix, how sure that is, and what would change it.

        Unless `searched`, the changes of figures are left out that only a search finds.
        """
        name = str(self.evidence.names.get(candidate, candidate))
        return reason_sheet(self.placed, candidate, name, searched=searched)

    def class_probabilities(self) -> pd.DataFrame:
        """Probability of each class by name, the largest first."""
        return self.placed.certainty.probabilities.reindex(self.names.index).set_axis(self.names, axis=0)

    def class_certainty(self) -> pd.DataFrame:
        """Probability of each candidate's class and the word for it, by name."""
        return self.classed.set_index("name")[["probability", "probability_error", "certainty"]]

    def doubt_by_source(self) -> pd.DataFrame:
        """Chance of leaving the class under each doubt alone and all together, for those that may leave it."""
        table = self.placed.certainty.by_doubt.reindex(self.names.index)
        table = with_errors(table, self.params.draws).assign(name=self.names)
        return table[["name", *table.columns.drop("name")]][table["all"] > 0]

    def flips(self) -> pd.DataFrame:
        """The nearest tipping points, for the tornado."""
        table = self.placed.tipping
        labels = {item.name: say(item.label) for item in self.agreed.criteria}
        return table.assign(candidate=table["candidate"].map(self.names), criterion=table["criterion"].map(labels))

    def how_sure(self) -> tuple[str, ...]:
        """How sure the classes are, what moves them, and the rank reversal test."""
        return *words.certainty(self), reversal_sentence(self.scores, self.evidence.names)

    def headline(self) -> str:
        """The finding in one line."""
        return words.headline(self)

    def health(self) -> tuple[str, ...]:
        """What the reader must know about the judgements and the data."""
        return words.health(self)

    def figures(self) -> pd.DataFrame:
        """The judgements at a glance: figure, value in words."""
        return words.figures(self)

    def sentences(self, most: int = 6) -> tuple[str, ...]:
        """What to talk about, and what not, in words."""
        return words.talk_about(self, most)

    def advice(self) -> tuple[str, ...]:
        """Judgements that their raters should look at again."""
        return words.advice(self) or (say("No rater contradicts himself beyond what is acceptable."),)

    def signature(self) -> pd.DataFrame:
        """The head of the signed scorecard: name, version, date, owner, hash, and what changed."""
        return words.signature(self)

    def files(self) -> Mapping[str, str]:
        """What is written beside the tables: the signed scorecard."""
        return {f"{self.agreed.name}.toml": scorecard_toml(self.agreed)}

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the workbook by its sheet."""
        return {
            "Weights": self.weights,
            "Raters": self.consistency,
            "Agreement": self.agreement,
            "Weights by rater": words.every_weight(self),
            "Judgements": words.judgements(self),
            "Candidates": self.classed,
            "Classes by rater": self.by_rater.reindex(self.names.index),
            "Influence": self.influence,
            "Within the raters": self.decisive,
            "Moved": self.moved,
            "Class probabilities": with_errors(self.placed.certainty.probabilities, self.params.draws),
            "Doubt by source": with_errors(self.placed.certainty.by_doubt, self.params.draws),
            "Tipping points": self.placed.tipping,
            "Double counting": self.double_counting,
            "Spread, not importance": self.spread,
            "Scorecard": self.agreed.table(),
            "Value curves": self.curves(),
            "Contributions": self.scores.contributions,
            **self.evidence.dataset.health.parts(),
        }

    def definitions(self) -> pd.DataFrame:
        """What every figure means."""
        return pd.concat([words.definitions(), criteria([self.agreed]), self.evidence.metrics.describe(),
                          together(self.placed.matrix.names, CLASS)])

    def decision(self) -> DecisionRecord:
        """The record for the minutes."""
        return words.decision(self)

    def manifest(self) -> dict[str, Any]:
        """Everything needed to repeat the run and to compare it."""
        return make_manifest(
            self.params,
            inputs={**self.evidence.dataset.fingerprints, **self.judgements.fingerprints},
            scorecards={card.name: card.hash for card in self.scorecards.values()},
            tables=self.tables(),
        )

    def _classes(self, card: Scorecard) -> pd.Series:
        unsaid = {part.name: (part.weight, "") for axis in card.axes for part in axis.walk()}
        bare = replace(card, axes=tuple(with_weights(axis, unsaid) for axis in card.axes))  # reasons move no score
        axes = scored(bare, self.evidence.metrics, self.params.missing).axes
        return self.matrix.assign(axes).segment.astype(object)

    def _told(self, table: pd.DataFrame) -> pd.DataFrame:
        return table.assign(part_of=table["part_of"].map({panel.group: panel.label for panel in self.panels}))

    def _named(self, changed: pd.Series) -> str:
        return enumerated(self.names.reindex(changed.index[changed]).dropna())

    def _with_share(self, name: str, end: Ends) -> Scorecard:
        """The agreed scorecard with one weight as the rater at one end has it; its siblings keep their ratios."""
        spreads = next(panel.spreads for panel in self.panels if name in panel.members)
        share = float(spreads[end].to_dict()[name])
        outline = self.agreed.outline()
        siblings = outline.loc[outline["part_of"] == outline["part_of"].to_dict()[name], "points"].drop(name)
        if share >= 1:
            return self.agreed.reweighted(**{name: 1.0, **dict.fromkeys(map(str, siblings.index), 0.0)})
        return self.agreed.reweighted(**{name: share / (1 - share) * float(siblings.sum())})

    def _without(self, rater: str) -> Scorecard:
        points: dict[str, float] = {}
        for panel in self.panels:
            if rater in panel.raters.index and len(panel.judged) > 1:
                points |= {str(name): 100 * float(share) for name, share in panel.without(rater).items()}
        return self.agreed.reweighted(**points)


def run(params: Params, dataset: Dataset | None = None) -> CriteriaWeights:
    """The whole study; SrmkitError lists what is wrong with judgements, data or settings.

    `dataset` is what these settings would read, for whoever has it at hand.
    """
    with speaking(params.language):
        return decide(gather(params, dataset), params)


def again(study: CriteriaWeights, params: Params) -> CriteriaWeights:
    """The study with other settings; the data are as it read them, unless a setting about that changed."""
    if not params.same_evidence(study.params):
        return run(params, data_at_hand(study, params))
    with speaking(params.language):  # advice and rationales are words, made while weighing
        return decide(study.evidence, params)


def gather(params: Params, dataset: Dataset | None = None) -> WeighingEvidence:
    """Everything the study knows of the candidates before anything is weighed."""
    return gather_candidates(dataset or company_data(params), params, Scorecard.read(params.scorecard), params.level)


def decide(evidence: WeighingEvidence, params: Params) -> CriteriaWeights:
    """Weigh and judge what was gathered; judgements that cannot be are refused here."""
    read_scorecards([params.scorecard], params.weights)  # refuses points for weights that it has not
    before = Scorecard.read(params.scorecard)
    file = judgement_file(params)
    said = _read(file, file.read_bytes() if file.is_file() else b"", before)
    found = _panels(said.name, said.said, before, params.combine, _rules(params), spoken())
    signed = _signed(
        before, found, params.new_name or f"{before.name}_agreed", params.version,
        day(params.signed_on) or said.last_day or evidence.period.end, params.owner or before.owner, spoken(),
    )
    study = CriteriaWeights(params, evidence, said, {"agreed": signed.reweighted(**params.weights), "before": before},
                            found)
    _ = study.placed
    return study


@lru_cache(maxsize=4)
def _read(file: Path, content: bytes, before: Scorecard) -> Judgements:
    """The judgements of a file, kept while it says the same."""
    return read_judgements(file, before)


@lru_cache(maxsize=4)
def _panels(
    name: str, said: tuple[Said, ...], before: Scorecard, combine: Combine, rules: Rules, language: Language
) -> tuple[Panel, ...]:
    """What the raters say, kept while it is the same, so that moving a cut judges nothing again."""
    with speaking(language):  # labels and advice are words
        return panels(Judgements(name, said, {}), before, combine=combine, rules=rules)


@lru_cache(maxsize=4)
def _signed(
    before: Scorecard, found: tuple[Panel, ...], name: str, version: str, date: dt.date, owner: str, language: Language
) -> Scorecard:
    with speaking(language):  # rationales are words
        return signed_scorecard(before, found, name=name, version=version, date=date, owner=owner)


@lru_cache(maxsize=4)
def _by_rater(agreed: Scorecard, raters: tuple[str, ...], found: tuple[Panel, ...]) -> Mapping[str, Scorecard]:
    own: dict[str, dict[str, float]] = {name: {} for name in raters}
    for panel in found:
        for rater, row in panel.raters.iterrows():
            own[str(rater)] |= {str(name): 100 * float(share) for name, share in row.items()}
    return MappingProxyType({name: agreed.reweighted(**points) for name, points in own.items()})


@lru_cache(maxsize=4)
def _between(
    agreed: Scorecard, raters: tuple[str, ...], found: tuple[Panel, ...], own_doubt: bool
) -> tuple[Between, ...]:
    return raters_range(agreed, _by_rater(agreed, raters, found), found, own_doubt=own_doubt)


def judgement_file(params: Params) -> Path:
    """The file of judgements that the settings name; SrmkitError where the sample has none for the scorecard."""
    if params.judgements != "sample":
        return Path(params.judgements)
    folder = data_folder() / SAMPLE
    file = folder / f"{Path(params.scorecard).stem}.csv"
    if not file.is_file():
        problems = Problems(say("parameters of {study}", study=params.study))
        known = ", ".join(sorted(one.stem for one in folder.glob("*.csv")))
        problems.add("'judgements'", say("are none in the sample for this scorecard"), found=repr(params.scorecard),
                     todo=say("Name your own file; the sample company has judgements for: {names}.", names=known))
        problems.raise_if_any()
    return file


def _rules(params: Params) -> Rules:
    return Rules(priority=params.priority, from_order=params.from_order, seed=params.seed)

