"""People of a customer whom our people know."""

from __future__ import annotations

from typing import TYPE_CHECKING

from srmkit.tables.engine import Table, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

KNOWN_WELL = 2
KNOWN = 1


def ties_by_customer(data: Dataset) -> Table:
    """Contacts that one of us knows well, and our people who know anybody there; undated, as the data stand.

    Customers of whom no contact with a strength is recorded are left out: an empty register is no knowledge.
    """
    ties = data["contacts"].filter((row.role == "customer") & row.strength.notnull())
    return ties.group_by("party_id").agg(
        contacts=row.contact_id.nunique(where=row.strength >= KNOWN_WELL),
        our_people=row.our_person.nunique(where=row.strength >= KNOWN),
    )
