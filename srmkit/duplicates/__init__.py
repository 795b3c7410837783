"""Suppliers and customers that are one: pairs with their worth in bits, decided by people, never merged in silence."""

from srmkit.duplicates.decisions import Decision, Decisions
from srmkit.duplicates.fields import PARTY, Field
from srmkit.duplicates.found import Duplicates, find_duplicates
from srmkit.duplicates.linking import is_installed
from srmkit.duplicates.replayed import Replayed
from srmkit.duplicates.roll_up import PartyRollUp, party_roll_up

__all__ = [
    "PARTY",
    "Decision",
    "Decisions",
    "Duplicates",
    "Field",
    "PartyRollUp",
    "Replayed",
    "find_duplicates",
    "is_installed",
    "party_roll_up",
]
