"""Which customers are our key accounts, how sure is that, and what would change it?"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, ClassVar, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from pydantic import model_validator

from srmkit.bands import THEMES, Bands
from srmkit.crosscheck import cross_checks
from srmkit.decisions.account_evidence import AccountEvidence, measure_accounts
from srmkit.decisions.company_data import company_data, data_at_hand
from srmkit.decisions.dissent import dissent
from srmkit.decisions.gates import gates_for_people
from srmkit.decisions.glossary import CLASS, GRADE, criteria, scorecard_rows, together
from srmkit.decisions.params import day, setting
from srmkit.decisions.paths import open_sentence
from srmkit.decisions.pictures import clouds, positions
from srmkit.decisions.placement import Placement, has_figures, place, read_scorecards
from srmkit.decisions.reasons import ReasonSheet, reason_sheet
from srmkit.decisions.result import DecisionRecord, make_manifest
from srmkit.decisions.reversal import reversal_sentence
from srmkit.decisions.shared_settings import SharedSettings
from srmkit.decisions.weight_room import (
    INTERVALS,
    critical_by_formula,
    critical_sentence,
    critical_table,
    intervals_for_people,
    order_sentence,
    score_doubt,
    with_relative_change,
)
from srmkit.language import enumerated, say, speaking, speaks
from srmkit.robustness import (
    ClassAcceptability,
    RankAcceptability,
    Run,
    certainty_labels,
    grade_acceptability,
    rank_acceptability,
    rank_tipping_points,
    stability_intervals,
    with_errors,
)
from srmkit.scoring import PathUp, Scorecard, Scores, scorecard_names
from srmkit.segmentation import Matrix, account_matrix
from srmkit.strategy import (
    Cards,
    HoursPlan,
    Selection,
    hours_plan,
    read_cards,
    select,
    select_by_hours,
    side_by_side,
    with_reason_tags,
)
from srmkit.studies import _account_words as words
from srmkit.tables import Dataset

LINE = 10  # so many next in line are told why they have no place
LEADS = ("size", "profit", "relationship")
METHOD_COLUMNS = ["agreement", "kept", "enters", "leaves", "same", "higher", "lower"]


class Params(SharedSettings):
    """Settings of one account selection."""

    study: ClassVar[str] = "account_selection"

    segment: str = setting("", "only customers of this market segment; empty for all", group="Data",
                            values_of=("customers", "segment"))
    scorecard: str = setting(
        "", "scorecard of the accounts, a name or a file; empty for account, or account_measured without ratings",
        group="Model",
    )
    attractiveness_cut: float = setting(50.0, "attractiveness from which an account is attractive", group="Model",
                                        unit="points", low=0, high=100, step=1)
    strength_cut: float = setting(50.0, "strength from which we are strong at an account", group="Model",
                                  unit="points", low=0, high=100, step=1)
    limit: Literal["accounts", "hours"] = setting(
        "accounts", "what runs out first: places for key accounts, or hours to look after them", group="Selection"
    )
    capacity: int = setting(20, "how many key accounts we can serve", group="Selection", unit="accounts",
                            low=1, high=1000)
    borderline: float = setting(2.0, "pairs around the last place this close are shown", group="Selection",
                                unit="points", low=0, high=20, step=0.5)
    failing: float = setting(25.0, "a criterion worth less than this counts as failing in the compensation report",
                             group="Selection", unit="points of 100", low=0, high=100, step=5)
    grading: Literal["cuts", "shares", "capacity"] = setting(
        "cuts", "grades by agreed cuts, by shares of the accounts, or by how many each grade can hold",
        group="Selection",
    )
    theme: Literal["medals", "league", "cabin"] = setting("medals", "names of the grades", group="Selection")
    first_cut: float = setting(60.0, "score of the highest grade, when by cuts", group="Selection", unit="points",
                               low=0, high=100, step=1)
    second_cut: float = setting(40.0, "score of the middle grade, when by cuts", group="Selection", unit="points",
                                low=0, high=100, step=1)
    first_share: float = setting(0.10, "share of the accounts in the highest grade, when by shares",
                                 group="Selection", low=0, high=1, step=0.01)
    second_share: float = setting(0.20, "share of the accounts in the middle grade, when by shares",
                                  group="Selection", low=0, high=1, step=0.01)
    second_capacity: int = setting(40, "how many accounts the middle grade holds, when by capacity",
                                   group="Selection", unit="accounts", low=0, high=1000)
    hours_available: float = setting(30000.0, "hours a year for account management", group="Resources",
                                     unit="hours", low=0, high=1_000_000, step=100)

    @model_validator(mode="after")
    def _room_for_every_grade(self) -> Self:
        if self.grading == "cuts" and self.second_cut >= self.first_cut:
            raise ValueError(say("'second_cut' should be below 'first_cut'"))
        if self.grading == "shares" and self.first_share + self.second_share > 1:
            raise ValueError(say("'first_share' and 'second_share' should be 1 together at most"))
        if self.limit == "hours" and not self.hours_available:
            raise ValueError(say("'hours_available' should be more than 0 where hours are the limit"))
        return self


@speaks
@dataclass(frozen=True)
class AccountSelection:
    """Who gets a place as key account, how sure that is, what would change it, and what to offer whom.

    `placed` is attractiveness against our strength; `selection` takes the best within the capacity and
    compares with the largest by revenue; `presets` repeat it with other weights. Parts are worked out
    when first asked for, always from the same settings and evidence.
    """

    params: Params
    evidence: AccountEvidence
    scorecards: Mapping[str, Scorecard]

    ranked: ClassVar[bool] = True  # whether the axes are added up to a total

    @property
    def amount(self) -> str:
        """What the area of a bubble is."""
        return say("our revenue")

    @cached_property
    def placed(self) -> Placement:
        """Accounts by attractiveness and our strength."""
        matrix = account_matrix(self.params.attractiveness_cut, self.params.strength_cut)
        return place(self.scorecards["own"], self.evidence.metrics, matrix, self.params)

    @property
    def matrix(self) -> Matrix:
        """The account matrix with the cuts of this study."""
        return self.placed.matrix

    @property
    def scores(self) -> Scores:
        """Scores of all accounts."""
        return self.placed.scores

    @property
    def candidate_names(self) -> pd.Series:
        """Name of each account."""
        return self.evidence.names

    def as_run(self) -> Run:
        """Model, figures and cuts, to be compared with another run."""
        return Run(self.scorecards["own"], self.evidence.metrics, self.matrix, self.params.missing)

    @property
    def revenue(self) -> pd.Series:
        """Revenue of each account in the period, largest first; accounts without orders have 0."""
        return self.evidence.revenue

    @property
    def names(self) -> pd.Series:
        """Name of each account, largest first."""
        return self.evidence.shown_accounts

    @cached_property
    def selection(self) -> Selection:
        """Who gets a place, and why the others do not."""
        return self._select(self.scores)

    @cached_property
    def selected(self) -> pd.Index:
        """The selected accounts, best first."""
        return self.selection.selected

    @cached_property
    def ranks(self) -> RankAcceptability | None:
        """How sure each place is, and the ranks that have one; None where nobody has a place."""
        if self.selected.empty:
            return None
        return rank_acceptability(self.scores, self.params.doubt(), top=len(self.selected), only_top=True)

    @cached_property
    def chances(self) -> pd.Series:
        """Chance of a place (0 to 1) of each account with a rank; a gap where nobody has a place."""
        if self.ranks is None:
            return pd.Series(np.nan, index=self.scores.rank.dropna().index, name="top_k")
        return self.ranks.top_k

    @cached_property
    def place_certainty(self) -> pd.Series:
        """Probability that an account is on the side of the line where it is now (0 to 1)."""
        inside = self.chances
        return inside.where(inside.index.isin(self.selected), 1 - inside).rename("certainty")

    @cached_property
    def tipping(self) -> pd.DataFrame:
        """For each weight the interval within which the selected ones stay the best, and who swaps at its ends."""
        best = list(self.scores.eligible.nlargest(len(self.selected)).index)
        chosen = best if self.params.limit == "hours" else list(self.selected)
        if not self.scores.scorecard.additive:  # none are known
            return pd.DataFrame(columns=["axis", "weight_now", "low", "high", "room"]).rename_axis("criterion")
        return rank_tipping_points(self.scores, chosen, max(1, len(chosen)))

    @cached_property
    def weight_intervals(self) -> pd.DataFrame:
        """For each weight and answer (places, first rank, every class, whole order) the interval in which it stays."""
        if not self.scores.scorecard.additive or self.scores.rank.isna().all():
            return pd.DataFrame(columns=INTERVALS)
        places = self.tipping.reset_index().assign(holds="places")[INTERVALS[:-1]]
        others = stability_intervals(self.scores, matrix=self.matrix)
        return with_relative_change(pd.concat([places, others], ignore_index=True))

    @cached_property
    def score_doubt(self) -> pd.DataFrame:
        """Which criterion makes the scores of those around the line uncertain: the selected and the next in line."""
        return score_doubt(self.placed, self.selected.append(self.selection.why_not.index[:LINE]))

    @cached_property
    def presets(self) -> dict[str, Selection]:
        """The same selection led by size, by profit and by relationship."""
        cards = {name: card for name, card in self.scorecards.items() if name != "own"}
        scored = {name: card.score(self.evidence.metrics, missing=self.params.missing) for name, card in cards.items()}
        return {name: self._select(scores) for name, scores in scored.items()}

    @cached_property
    def side_by_side(self) -> pd.DataFrame:
        """Who is selected under which preset."""
        return side_by_side({"own weights": self.selection, **self.presets})

    @cached_property
    def bands(self) -> Bands:
        """Grades by cuts, shares or capacity."""
        names, ranked, asked = THEMES[self.params.theme], self.scores.eligible, self.params
        if asked.grading == "cuts":
            return Bands(names, (asked.first_cut, asked.second_cut))
        if asked.grading == "shares":
            shares = (asked.first_share, asked.second_share, 1 - asked.first_share - asked.second_share)
            return Bands.by_quantiles(ranked, names, shares)
        return Bands.by_capacity(ranked, names, (asked.capacity, asked.second_capacity))

    @cached_property
    def grades(self) -> pd.Series:
        """Grade of each account that has a rank."""
        return self.scores.grades(self.bands)

    @cached_property
    def grade_certainty(self) -> ClassAcceptability:
        """How sure each grade is."""
        bars = {"firm": self.params.firm, "likely": self.params.likely}
        return grade_acceptability(self.scores, self.bands, self.params.doubt(), **bars)

    @cached_property
    def by_grade(self) -> pd.DataFrame:
        """One row a grade, the best first: accounts, revenue and its share, and how many of its grades are how sure."""
        label = self.grade_certainty.label
        table = pd.DataFrame({"grade": self.grades.astype(object), "label": label}).join(self.revenue)
        grades = pd.Index(self.bands.names, name="grade")
        revenue = table.groupby("grade")["revenue"].sum().reindex(grades, fill_value=0.0)
        sure = pd.crosstab(table["grade"], table["label"])
        sure = sure.reindex(index=grades, columns=["firm", "likely", "contested"], fill_value=0)
        counts = table["grade"].value_counts().reindex(grades, fill_value=0)
        whole = max(float(self.revenue.clip(lower=0.0).sum()), 1e-300)
        return pd.DataFrame({"accounts": counts, "revenue": revenue, "revenue_share": revenue / whole}).join(sure)

    @cached_property
    def cards(self) -> Cards:
        """What each class is offered."""
        return read_cards("accounts")

    @cached_property
    def hours(self) -> HoursPlan:
        """Hours the accounts need, as they are served, against the hours there are."""
        return hours_plan(self.served_as, self.cards, available=self.params.hours_available)

    @cached_property
    def exceptions(self) -> pd.DataFrame:
        """Accounts that are worth a talk though their numbers do not select them."""
        tags = self.evidence.customers["reason_tag"].reindex(self.selection.table.index)
        return with_reason_tags(self.selection, tags)

    @cached_property
    def standing(self) -> pd.DataFrame:
        """One row an account, best first: rank, score, selected or why not, and how sure the place is."""
        chosen = self.selection.table
        table = chosen[["rank", "total", "selected", "reason", "rank_by_volume", "selected_by_volume"]].copy()
        table.insert(0, "name", self.names.reindex(chosen.index))
        table["top_k"] = self.chances.reindex(table.index)
        table["place_certainty"] = self.place_certainty.reindex(table.index)
        table = with_errors(table, self.params.draws, ["top_k", "place_certainty"])
        table["certainty"] = certainty_labels(
            table["place_certainty"], firm=self.params.firm, likely=self.params.likely
        )
        table["segment"] = self.placed.segments.segment
        table["grade"] = self.grades.reindex(table.index)
        for name in ("revenue", "profit"):
            table[name] = self.evidence.metrics.values[name].reindex(table.index)
        return table.rename_axis("customer_id")

    @cached_property
    def accounts(self) -> pd.DataFrame:
        """One row an account, best first: `standing`, how sure its class is, and the money behind it."""
        placed = self.placed.table()
        metrics = self.evidence.metrics.values
        table = self.standing.copy()
        table["segment_probability"] = placed["probability"]
        table["segment_probability_error"] = placed["probability_error"]
        table["segment_certainty"] = placed["certainty"]
        table["served_as"] = self.served_as.reindex(table.index)
        for name in ("margin", "cost_to_serve", "profit_rate", "growth", "willing"):
            table[name] = metrics[name].reindex(table.index)
        table["reason_tag"] = self.evidence.customers["reason_tag"].reindex(table.index)
        table["coverage"] = self.scores.coverage.reindex(table.index)
        if self.scores.missing == "interval":
            table["score_low"], table["score_high"] = (part["total"] for part in (self.scores.low, self.scores.high))
            table["may_be"] = self.placed.open_classes.reindex(table.index)
            table["grades"] = self.open_grades.reindex(table.index)
        return table

    @cached_property
    def by_class(self) -> pd.DataFrame:
        """One row a class: accounts, revenue and its share, by how sure the class is."""
        table = self.placed.table().join(self.revenue)
        amount = table.pivot_table(
            index="segment", columns="certainty", values="revenue", aggfunc="sum", fill_value=0.0
        )
        certainties = ["firm", "likely", "contested"]
        amount = amount.reindex(index=list(self.matrix.names), columns=certainties, fill_value=0.0).clip(lower=0.0)
        counts = table["segment"].value_counts().reindex(amount.index, fill_value=0)
        whole = amount.sum(axis=1)
        return amount.assign(
            accounts=counts, revenue=whole, revenue_share=whole / max(float(whole.sum()), 1e-300)
        )[["accounts", "revenue", "revenue_share", *certainties]]

    @cached_property
    def dissent(self) -> pd.DataFrame:
        """Judgements of accounts on which the raters disagree."""
        return dissent(self.evidence.metrics, [item.metric for item in self.scorecards["own"].criteria])

    def positions(self) -> pd.DataFrame:
        """Bubbles of the account matrix."""
        return positions(self.placed, self.names, self.revenue.clip(lower=0.0), self.selected)

    def clouds(self) -> dict[str, NDArray[np.float64]]:
        """Clouds of the largest bubbles."""
        return clouds(self.placed, self.names, self.revenue)

    def against_volume(self) -> pd.DataFrame:
        """Rank by score beside rank by revenue for everyone whom either selects, index the name."""
        table = self.accounts[self.accounts["selected"] | self.accounts["selected_by_volume"]]
        columns = ["rank_by_volume", "rank", "selected", "selected_by_volume", "certainty"]
        return table.set_index("name")[columns]

    def top_chances(self) -> pd.DataFrame:
        """Chance of a place by name, most certain first, with who has one now: those near the line and above."""
        table = self.accounts.dropna(subset=["top_k"])
        table = table[table["selected"] | (table["top_k"] >= 0.01)]
        table = table.set_index("name")[["top_k", "top_k_error", "selected"]]
        return table.sort_values("top_k", ascending=False, kind="stable")

    def flips(self) -> pd.DataFrame:
        """Per weight the nearest value at which someone else gets a place: who leaves and who enters."""
        return words.flips(self)

    def weights_hold(self) -> pd.DataFrame:
        """How far each weight can move before somebody else gets a place, the first rank or another class."""
        columns = {"places": "places_stay", "first rank": "best_stays", "every class": "classes_stay"}
        return intervals_for_people(self.weight_intervals, self.scores, columns)

    def weight_words(self) -> tuple[str, ...]:
        """The critical criterion, how soon the whole order changes, and what has no formula here."""
        lines = (critical_sentence(self.scores, self.weight_intervals, "places"),
                 order_sentence(self.scores, self.weight_intervals), critical_by_formula(self.scores))
        return tuple(line for line in lines if line)

    def overview(self) -> pd.DataFrame:
        """The table for people: rank, who, selected or why not, how sure, class, money."""
        return self.standing[
            ["rank", "name", "total", "selected", "place_certainty", "place_certainty_error", "certainty", "segment",
             "grade", "revenue", "profit", "rank_by_volume"]
        ].reset_index(drop=True)

    @property
    def weighted(self) -> Scorecard:
        """The scorecard whose weights a person may drag."""
        return self.scorecards["own"]

    def criteria(self) -> pd.DataFrame:
        """The scorecard in rows, as the report shows it."""
        return scorecard_rows(self.weighted, self.evidence.dataset.currency)

    def candidate_ids(self) -> Mapping[str, Hashable]:
        """Identifier of each candidate on the matrix by the name it is shown with, in alphabetical order."""
        return self.evidence.ids

    def reasons(self, candidate: Hashable, *, searched: bool = True) -> ReasonSheet:
        """Why this candidate is where it is on the matrix, how sure that is, and what would change it.

        Unless `searched`, the changes of figures are left out that only a search finds.
        """
        name = str(self.evidence.names.get(candidate, candidate))
        sheet = reason_sheet(self.placed, candidate, name, bands=self.bands, searched=searched)
        path = self._to_a_place(candidate) if searched else None
        return sheet if path is None else replace(sheet, sentences=(*sheet.sentences, path.sentence))

    def glance(self) -> pd.DataFrame:
        """The table beside the controls."""
        return self.overview()

    def why_not(self) -> pd.DataFrame:
        """The next in line by score, then the largest by revenue that got no place: what they lack."""
        table = self.selection.why_not
        large = self.accounts.index[self.accounts["selected_by_volume"].fillna(False).astype(bool)]
        large = self.revenue.index.intersection(large.intersection(table.index), sort=False)
        shown = table.index[:LINE].append(large).drop_duplicates()
        return self._named(table.loc[shown], "gate", "rank", "gap", "loses_most_on", "needed")

    @cached_property
    def gates(self) -> pd.DataFrame:
        """Which gate stops how many, who is nearest to passing it, and who would pass without it."""
        return gates_for_people(self.scores, self.evidence.names)

    def other_methods(self) -> pd.DataFrame:
        """Would another school of method answer differently? One row a method, on the same values and weights.

        agreement (Kendall's tau-b with our order), kept, enters, leaves (places that stay, who would come and go),
        and how many get the same, a higher and a lower grade; a method that orders gives no grades, and the reverse.
        """
        if self.scores.rank.isna().all():
            return pd.DataFrame(columns=["method", *METHOD_COLUMNS])
        found = cross_checks(self.scores, capacity=max(1, len(self.selected)), grades=self.bands)
        table = found.methods.rename(columns={"tau_b": "agreement"}).join(found.grading, how="outer")
        table = table.reindex([*found.methods.index, *found.grading.index])
        for column in ("enters", "leaves"):
            table[column] = [
                enumerated(self.names.reindex(list(who))) if isinstance(who, tuple) else "" for who in table[column]
            ]
        whole = ["kept", "same", "higher", "lower"]
        return table.astype(dict.fromkeys(whole, "Int64")).reset_index()[["method", *METHOD_COLUMNS]]

    def borderline(self) -> pd.DataFrame:
        """Pairs on either side of the line with little between them, and what decides."""
        table = self.selection.borderline
        return table.assign(**{side: table[side].map(self.names) for side in ("selected", "not_selected")})

    def compensation(self) -> pd.DataFrame:
        """Selected accounts that fail on a criterion, and what pays for it."""
        table = self.selection.compensation
        return table.assign(candidate=table["candidate"].map(self.names)).drop(columns="criterion")

    def exceptions_by_name(self) -> pd.DataFrame:
        """The exceptions with their names."""
        return self._named(self.exceptions, "tag", "rank", "total", "gap", "needed")

    def presets_by_name(self) -> pd.DataFrame:
        """Who is selected under which weights, with names; accounts that none selects are left out."""
        table = self.side_by_side
        table = table[table["presets"] > 0]
        chosen = [column for column in table.columns if str(column).endswith(" selected")]
        return self._named(table.rename(columns={name: str(name).removesuffix(" selected") for name in chosen}),
                           *(str(name).removesuffix(" selected") for name in chosen), "chosen_by")

    def profit(self) -> pd.Series:
        """Profit of the accounts with revenue, by name."""
        profit = self.evidence.metrics.values["profit"].reindex(self.revenue.index[self.revenue > 0])
        return profit.dropna().rename(index=self.names.to_dict())

    def losing_large(self) -> tuple[str, ...]:
        """What volume alone keeps though it loses money."""
        return words.losing_large(self) or (say("None of the largest accounts by revenue loses money."),)

    def how_sure(self) -> tuple[str, ...]:
        """How many places are firm, likely and contested, what moves them, and the rank reversal test."""
        names = self.names.to_dict()
        lines = (words.certainty(self), reversal_sentence(self.scores, self.names),
                 open_sentence(self.placed.open_classes, names), open_sentence(self.open_grades, names, "grade"))
        return tuple(line for line in lines if line)

    @cached_property
    def open_grades(self) -> pd.Series:
        """For whom missing figures leave the grade open: 'gold to bronze'; empty unless scored as intervals."""
        if self.scores.missing != "interval":
            return pd.Series(dtype=object)
        low, high = (self.bands.of(table["total"]) for table in (self.scores.low, self.scores.high))
        differ = (low.astype(object) != high.astype(object)) & self.scores.rank.notna()
        return self.scores.open_grades(self.bands)[differ]

    def paths(self, most: int = LINE) -> pd.DataFrame:
        """The cheapest way to a place for the next in line: who, rank, the changes of figures, and how much of a
        scale they move in all."""
        rows, names = [], self.names.to_dict()
        for candidate, entry in self.selection.why_not.head(most).iterrows():
            path = self._to_a_place(candidate)
            if path is not None and path.reachable:
                changes = path.moves or say("none: it is level with the last place")
                rows.append((names[candidate], entry["rank"], changes, path.cost))
        return pd.DataFrame(rows, columns=["name", "rank", "figures", "of_a_scale"])

    def _to_a_place(self, candidate: Hashable) -> PathUp | None:
        """The cheapest change of figures that ranks a candidate among the selected; None where none is worked out."""
        ranked = pd.notna(self.scores.rank.get(candidate))
        if not self.scores.scorecard.additive or not ranked or not len(self.selected) or candidate in self.selected:
            return None
        return self.scores.path_up(candidate, rank=len(self.selected))

    def headline(self) -> str:
        """The finding in one line."""
        return words.headline(self)

    def health(self) -> tuple[str, ...]:
        """What the reader must know about the data."""
        return words.health(self)

    def figures(self) -> pd.DataFrame:
        """The company at a glance: figure, value in words."""
        return words.figures(self)

    def sentences(self, most: int = 6) -> tuple[str, ...]:
        """The places around the line in words: chance, and what would change it."""
        return words.sentences(self, most)

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the workbook by its sheet."""
        return {
            "Accounts": self.accounts,
            "Why not": self.selection.why_not,
            "Borderline": self.selection.borderline,
            "Compensation": self.selection.compensation,
            "Other methods": self.other_methods(),
            "Against volume": self.selection.against_volume,
            "Presets": self.side_by_side,
            "Exceptions": self.exceptions,
            "Classes": self.by_class.rename_axis("segment"),
            "Grades": self.by_grade,
            "Grade probabilities": with_errors(self.grade_certainty.probabilities, self.params.draws),
            "Class probabilities": with_errors(self.placed.certainty.probabilities, self.params.draws),
            "Chance of a place": with_errors(self.chances.to_frame(), self.params.draws),
            "Weights that keep it": self.tipping,
            "Weight intervals": self.weight_intervals,
            "Critical criterion": critical_table(self.scores),
            "Doubt by criterion": self.score_doubt,
            "Class tipping points": self.placed.tipping,
            "Hours": self.hours.table,
            "Services": self.cards.service_menu(),
            "Strategy": self.cards.table(),
            "Contributions": self.scores.contributions,
            "Gates": self.gates,
            "Gated": self.scores.gated,
            "Disagreement": self.dissent,
            **self.evidence.dataset.health.parts(),
        }

    def definitions(self) -> pd.DataFrame:
        """What every figure means."""
        return pd.concat([self.evidence.metrics.describe(), criteria(self.scorecards.values()),
                          together(self.matrix.names, CLASS), together(self.bands.names, GRADE)])

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

    def _named(self, table: pd.DataFrame, *columns: str) -> pd.DataFrame:
        return table[list(columns)].assign(name=self.names.reindex(table.index))[["name", *columns]]

    @cached_property
    def served_as(self) -> pd.Series:
        """The class whose menu each account with revenue is offered: "key" for the selected ones alone.

        Accounts of the key cell that got no place are looked after like maintenance: there are no hours for more.
        """
        segment = self.placed.segments.segment.astype(object)
        top, _, steady, *_ = self.matrix.names
        chosen = segment.index.isin(self.selected)
        served = segment.mask((segment == top) & ~chosen, steady).mask(chosen, top)
        return served[chosen | (self.revenue.reindex(segment.index) > 0)].rename("served_as")

    def _select(self, scores: Scores) -> Selection:
        asked = self.params
        bars = {"borderline_within": asked.borderline, "compensation_bar": asked.failing}
        if asked.limit == "accounts":
            capacity = min(asked.capacity, len(scores.total))
            return select(scores, capacity=capacity, volume=self.revenue, **bars)
        hours = self.matrix.assign(scores.axes).segment.map(self.cards.hours)
        return select_by_hours(scores, hours, available=asked.hours_available, volume=self.revenue, **bars)


def run(params: Params, dataset: Dataset | None = None) -> AccountSelection:
    """The whole study; SrmkitError lists what is wrong with data or settings.

    `dataset` is what these settings would read, for whoever has it at hand.
    """
    with speaking(params.language):
        return decide(gather(params, dataset).within(params.segment), params)


def again(study: AccountSelection, params: Params) -> AccountSelection:
    """The study with other settings; the data are as it read them, unless a setting about that changed."""
    if params.same_evidence(study.params):
        return decide(study.evidence, params)
    return run(params, data_at_hand(study, params))


def gather(params: Params, dataset: Dataset | None = None) -> AccountEvidence:
    """Everything the study knows before it judges, of all market segments."""
    return measure_accounts(dataset or company_data(params), as_of=day(params.as_of), months=params.months)


def decide(evidence: AccountEvidence, params: Params) -> AccountSelection:
    """Judge what was gathered; bad scorecards and missing figures are refused here."""
    name = params.scorecard or _usual_scorecard(evidence)
    own = read_scorecards([name], params.weights)[name]
    shipped = scorecard_names()
    presets = {f"{lead}-led": f"{name}_{lead}_led" for lead in LEADS if f"{name}_{lead}_led" in shipped}
    cards = {"own": own, **{lead: Scorecard.read(preset) for lead, preset in presets.items()}}
    study = AccountSelection(params, evidence, cards)
    _ = study.placed
    return study


def _usual_scorecard(evidence: AccountEvidence) -> str:
    judged = has_figures(Scorecard.read("account"), evidence.metrics, "judged")
    return "account" if judged else "account_measured"
