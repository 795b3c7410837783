"""The shape of a file of strategy cards: which keys there are, and of what kind their values must be."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from srmkit.strategy.cards import Better, Card, Cards, Governance, Kpi, Offer, Option

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Amount = Annotated[float, Field(strict=True, allow_inf_nan=False, ge=0)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class OptionModel(_Part):
    """One `[[classes.options]]` entry: `move` is "hold" or the class it leads toward."""

    move: Text
    how: Text


class GovernanceModel(_Part):
    """`[classes.governance]`."""

    reviews_per_year: Amount
    owner: Text
    sponsor: Text


class KpiModel(_Part):
    """One `[[classes.kpis]]` entry; without `metric` it is a figure of your own."""

    label: Text
    metric: str = ""
    better: Better = ""


class CardModel(_Part):
    """One `[[classes]]` entry."""

    name: Text
    title: Text
    posture: Text
    objectives: Annotated[tuple[Text, ...], Field(min_length=1)]
    options: Annotated[tuple[OptionModel, ...], Field(min_length=1)]
    governance: GovernanceModel
    kpis: Annotated[tuple[KpiModel, ...], Field(min_length=1)]
    hours_per_year: Amount
    rationale: Text
    source: Text
    services: dict[Text, Offer] = {}

    def card(self) -> Card:
        """The card that this entry describes."""
        parts = {
            "options": tuple(Option(**dict(option)) for option in self.options),
            "governance": Governance(**dict(self.governance)),
            "kpis": tuple(Kpi(**dict(kpi)) for kpi in self.kpis),
        }
        return Card(**{**dict(self), **parts})


class CardsModel(_Part):
    """A whole file of strategy cards."""

    name: Text
    title: Text
    version: Text
    date: dt.date
    owner: Text
    classes: Annotated[tuple[CardModel, ...], Field(min_length=1)]

    def cards(self) -> Cards:
        """The cards that this file describes."""
        head = {key: value for key, value in dict(self).items() if key != "classes"}
        return Cards(**head, cards=tuple(entry.card() for entry in self.classes))
