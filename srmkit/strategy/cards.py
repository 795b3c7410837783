"""Strategy cards: what we want from each class, who looks after it, and how many hours it may cost."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import pandas as pd

from srmkit.errors import Problems, did_you_mean
from srmkit.language import Language, marked, say, speaks, spoken

Offer = Literal["included", "on request", "not offered"]
Better = Literal["higher", "lower", ""]
HOLD = "hold"
WAYS: Mapping[Better, str] = {
    "higher": marked("{kpi} (higher is better)"), "lower": marked("{kpi} (lower is better)"), "": "{kpi}",
}


@dataclass(frozen=True)
class Option:
    """One way on from a class: hold the position, or move toward another class, and how."""

    move: str
    how: str

    def __str__(self) -> str:
        way = say("hold") if self.move == HOLD else say("toward {segment}", segment=say(self.move))
        return say("{way}: {how}", way=way, how=say(self.how))


@dataclass(frozen=True)
class Governance:
    """How often the relationship is reviewed, at which level it is owned, and who sponsors it."""

    reviews_per_year: float
    owner: str
    sponsor: str


@dataclass(frozen=True)
class Kpi:
    """What is watched: a metric of srmkit (`metric`), or a figure of your own (`metric` is empty)."""

    label: str
    metric: str = ""
    better: Better = ""

    def __str__(self) -> str:
        return say(WAYS[self.better], kpi=say(self.label))


@dataclass(frozen=True)
class Card:
    """The strategy of one class.

    `hours_per_year` is what one member may cost in management time; `services` say what a member is
    offered (empty for suppliers); `rationale` and `source` say why, and after whom.
    """

    name: str
    title: str
    posture: str
    objectives: tuple[str, ...]
    options: tuple[Option, ...]
    governance: Governance
    kpis: tuple[Kpi, ...]
    hours_per_year: float
    rationale: str
    source: str
    services: Mapping[str, Offer] = field(default_factory=dict)


@speaks
@dataclass(frozen=True)
class Cards:
    """The cards of all classes of one matrix, in the order of the file.

    >>> cards = read_cards("suppliers")
    >>> cards.card("bottleneck").options[0].move
    'hold'
    >>> list(cards.hours.index)
    ['strategic', 'bottleneck', 'leverage', 'non-critical']
    """

    name: str
    title: str
    version: str
    date: dt.date
    owner: str
    cards: tuple[Card, ...]
    language: Language = field(default_factory=spoken, compare=False)

    @property
    def names(self) -> tuple[str, ...]:
        """The classes that have a card."""
        return tuple(card.name for card in self.cards)

    @property
    def hours(self) -> pd.Series[float]:
        """Hours a year that one member of each class may cost."""
        hours = {card.name: card.hours_per_year for card in self.cards}
        return pd.Series(hours, name="hours_per_year", dtype=float).rename_axis("class")

    def card(self, name: str) -> Card:
        """The card of one class; SrmkitError where there is none."""
        self.check_covers([name])
        return self.cards[self.names.index(name)]

    def check_covers(self, classes: Iterable[str]) -> None:
        """Raise one SrmkitError naming every class that has no card; return when all have one."""
        problems = Problems(f"strategy cards '{self.name}'")
        for name in dict.fromkeys(map(str, classes)):
            if name not in self.names:
                problems.add(f"class '{name}'", "has no card", todo=did_you_mean(name, self.names, "Known are"))
        problems.raise_if_any()

    def check_metrics(self, known: Iterable[str]) -> None:
        """Raise one SrmkitError naming every KPI whose metric is not among those known."""
        names = tuple(map(str, known))
        problems = Problems(f"strategy cards '{self.name}'")
        for card in self.cards:
            for kpi in card.kpis:
                if kpi.metric and kpi.metric not in names:
                    problems.add(f"KPI '{kpi.metric}' of class '{card.name}'", "is no known metric",
                                 todo=did_you_mean(kpi.metric, names, "Known are"))
        problems.raise_if_any()

    def table(self) -> pd.DataFrame:
        """One row a class: what we want, who looks after it, what is watched what it costs; lists stand in lines."""
        rows = {
            card.name: {
                "title": say(card.title),
                "posture": say(card.posture),
                "objectives": "\n".join(say(text) for text in card.objectives),
                "options": "\n".join(map(str, card.options)),
                "reviews_per_year": card.governance.reviews_per_year,
                "owner": say(card.governance.owner),
                "sponsor": say(card.governance.sponsor),
                "kpis": say("; ").join(map(str, card.kpis)),
                "services": say("; ").join(
                    say("{service} ({offer})", service=say(name), offer=say(offer))
                    for name, offer in card.services.items()
                ),
                "hours_per_year": card.hours_per_year,
                "rationale": say(card.rationale),
                "source": say(card.source),
            }
            for card in self.cards
        }
        return pd.DataFrame.from_dict(rows, orient="index").rename_axis("class")

    def choice(self, name: str) -> str:
        """A class and what it stands for, in one line."""
        return say("{segment}: {posture}", segment=say(name), posture=say(self.card(name).posture))

    def options(self) -> pd.DataFrame:
        """One row a class and option: class, move (hold, or the class it leads toward), how."""
        rows = [(card.name, option.move, option.how) for card in self.cards for option in card.options]
        return pd.DataFrame(rows, columns=["class", "move", "how"])

    def kpis(self) -> pd.DataFrame:
        """One row a class and KPI: class, label, metric (empty for a figure of your own), better."""
        rows = [(card.name, kpi.label, kpi.metric, kpi.better) for card in self.cards for kpi in card.kpis]
        return pd.DataFrame(rows, columns=["class", "label", "metric", "better"])

    def service_menu(self) -> pd.DataFrame:
        """Service x class: included, on request or not offered; empty where the cards offer no services."""
        menu = {card.name: dict(card.services) for card in self.cards if card.services}
        table = pd.DataFrame(menu, dtype=object).map(say).rename(index=say)
        return table.rename_axis(index="service", columns="class")


def read_cards(name_or_path: str | Path) -> Cards:
    """The cards of that name among those that come with srmkit, or those in that TOML file.

    SrmkitError lists everything that is wrong with the file at once.
    """
    from srmkit.strategy.reading import read

    return read(name_or_path)
