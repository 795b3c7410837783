"""What do we do about it: strategy cards, hours, and who gets the places there are."""

from srmkit.strategy.by_hours import select_by_hours
from srmkit.strategy.by_places import select
from srmkit.strategy.cards import Card, Cards, Governance, Kpi, Option, read_cards
from srmkit.strategy.hours import HoursPlan, hours_plan
from srmkit.strategy.presets import side_by_side
from srmkit.strategy.reading import card_names
from srmkit.strategy.reason_tags import with_reason_tags
from srmkit.strategy.selection import Selection

__all__ = [
    "Card",
    "Cards",
    "Governance",
    "HoursPlan",
    "Kpi",
    "Option",
    "Selection",
    "card_names",
    "hours_plan",
    "read_cards",
    "select",
    "select_by_hours",
    "side_by_side",
    "with_reason_tags",
]
