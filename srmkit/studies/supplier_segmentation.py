"""Which relationship does each supplier deserve, how sure is that, and what would change it?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar, Literal

import pandas as pd

from srmkit.decisions.params import setting
from srmkit.decisions.placement import Placement, place
from srmkit.decisions.result import DecisionRecord, make_manifest
from srmkit.decisions.sentences import chance, counted, listed
from srmkit.decisions.shared_settings import SharedSettings

QUESTION = "Which relationship does each supplier deserve?"


class Params(SharedSettings):
    """Settings of one supplier segmentation."""

    study: ClassVar[str] = "supplier_segmentation"

    category: str = setting("", "only this purchasing category; empty for all", group="Data")
    early_days: int = setting(30, "a delivery may be this much early and still be on time", group="Data",
                              unit="days", low=0, high=365)
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


@dataclass(frozen=True)
class SupplierSegmentation:
    """Every supplier's class, how sure it is, what would change it, and what to do about it.

    `kraljic` places items or categories; `rolled_up` brings them to suppliers by spend, with
    `certainty` and `tipping` at supplier level. `potential` and `preferencing` are None where the
    data have no ratings of suppliers.
    """

    params: Params
    evidence: SupplierEvidence
    scorecards: dict[str, Scorecard]
    kraljic: Placement
    rolled_up: RollUp
    certainty: ClassAcceptability
    tipping: pd.DataFrame
    potential: Placement | None
    preferencing: Placement | None
    relationships: pd.DataFrame
    hours: HoursPlan
    cards: Cards


def run(params: Params) -> SupplierSegmentation:
    """The whole study: read, measure, place, roll up, and say how sure each class is."""
    return decide(gather(params), params)


def again(study: SupplierSegmentation, params: Params) -> SupplierSegmentation:
    """The study with other settings; the data are read again only when a setting about data changed."""
    same = all(getattr(params, name) == getattr(study.params, name) for name in params.of_group("Data", "level"))
    return decide(study.evidence, params) if same else run(params)


def gather(params: Params) -> SupplierEvidence:
    """Everything the study knows before it judges."""
    return gather_suppliers(
        data=params.data,
        column_map=params.column_map,
        as_of=day(params.as_of),
        months=params.months,
        level=params.level,
        category=params.category,
        delivery=DeliveryRule(early_days=params.early_days, late_days=params.late_days),
    )


def decide(evidence: SupplierEvidence, params: Params) -> SupplierSegmentation:
    """Judge what was gathered."""
    scorecards = read_scorecards(evidence, params)
    matrix = kraljic(params.impact_cut, params.risk_cut)
    items = place(scorecards["kraljic"], evidence.candidates, matrix, params)
    suppliers = roll_up(items.segments, evidence.spend)
    certainty = items.certainty.rolled_up(evidence.spend)
    sold = evidence.metrics.only(evidence.spend.index)
    potential_of, preferred_by = potential(params.capability_cut, params.willingness_cut), preferencing(
        params.value_cut, params.attractiveness_cut
    )
    able = place_if_judged(scorecards["potential"], sold, potential_of, params)
    liked = place_if_judged(scorecards["preferencing"], sold, preferred_by, params)
    return SupplierSegmentation(
        params=params,
        evidence=evidence,
        scorecards=scorecards,
        kraljic=items,
        rolled_up=suppliers,
        certainty=certainty,
        tipping=rolled_up_tipping_points(items.scores, matrix, evidence.spend),
        potential=able,
        preferencing=liked,
        relationships=relationships(suppliers, able, evidence),
        hours=hours_plan(suppliers.segment, read_cards("suppliers"), params.hours_available),
        cards=read_cards("suppliers"),
    )
