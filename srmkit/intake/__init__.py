"""The first look at unknown files: what their columns hold, and which of ours they may be."""

from srmkit.intake.preview import Preview, preview
from srmkit.intake.proposal import Proposal, propose

__all__ = ["Preview", "Proposal", "preview", "propose"]
