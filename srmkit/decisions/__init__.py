"""What every decision needs: checked settings, a record, a manifest, and sentences made of numbers."""

from srmkit.decisions.params import StudyParams, setting
from srmkit.decisions.result import DecisionRecord, StudyResult, make_manifest

__all__ = ["DecisionRecord", "StudyParams", "StudyResult", "make_manifest", "setting"]
