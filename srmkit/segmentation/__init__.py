"""Which class is it in: matrices, roll-up, ABC and concentration."""

from srmkit.concentration import effective_number, hhi, hhi_band
from srmkit.segmentation.abc import abc
from srmkit.segmentation.account_matrix import account_matrix
from srmkit.segmentation.kraljic import kraljic
from srmkit.segmentation.matrix import UNCLASSIFIED, Matrix, Segments
from srmkit.segmentation.registry import MATRICES
from srmkit.segmentation.relationship import indicated_relationship, relationship_gap, relationship_rules
from srmkit.segmentation.roll_up import RollUp, roll_up, roll_up_codes, rolled_up_spans
from srmkit.segmentation.supplier_potential import able_and_willing, supplier_potential
from srmkit.segmentation.supplier_preferencing import both_views, dangerous_cell, supplier_preferencing

__all__ = [
    "MATRICES",
    "UNCLASSIFIED",
    "Matrix",
    "RollUp",
    "Segments",
    "abc",
    "able_and_willing",
    "account_matrix",
    "both_views",
    "dangerous_cell",
    "effective_number",
    "hhi",
    "hhi_band",
    "indicated_relationship",
    "kraljic",
    "relationship_gap",
    "relationship_rules",
    "roll_up",
    "roll_up_codes",
    "rolled_up_spans",
    "supplier_potential",
    "supplier_preferencing",
]
