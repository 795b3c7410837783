"""The data of a study: read as its settings say, with decisions about duplicates replayed."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

from srmkit.decisions.shared_settings import DataSettings, SharedSettings
from srmkit.duplicates import Decisions, Replayed
from srmkit.errors import Problem, SrmkitError
from srmkit.language import say
from srmkit.tables import Dataset, open_dataset
from srmkit.tables.fingerprint import file_fingerprint


def company_data(params: SharedSettings) -> Dataset:
    """Every study's way to its data: suppliers and customers that people accepted as one are one in every figure.

    What was merged, by whom and when, stands in the notes and in `health.merged`; the file of decisions has its
    fingerprint among the others. SrmkitError for bad data, and for a file of decisions that is not there or wrong.
    """
    replayed = Replayed(decisions_of(params), params.count_as_one)
    is_needed = bool(params.duplicate_decisions) or params.count_as_one == "group"
    data = open_dataset(params.data, column_map=params.column_map, one_firm=replayed if is_needed else None)
    return replace(data, fingerprints={**data.fingerprints, **decisions_fingerprint(params)})


def data_at_hand(study: Any, params: DataSettings) -> Dataset | None:
    """The data of a study, as it read them, where these settings would read the same."""
    dataset: Dataset = study.evidence.dataset
    return dataset if params.same_data(study.params) else None


def decisions_of(params: DataSettings) -> Decisions:
    """The decisions that the settings name; none where they name no file."""
    if not params.duplicate_decisions:
        return Decisions()
    if not Path(params.duplicate_decisions).is_file():
        todo = say("Correct its path; the review of duplicates writes such a file.")
        raise SrmkitError(
            say("decisions about duplicates {file}", file=Path(params.duplicate_decisions).name),
            [Problem(say("the file"), say("is not there"), params.duplicate_decisions, todo)])
    return Decisions.read(params.duplicate_decisions)


def decisions_fingerprint(params: DataSettings) -> dict[str, str]:
    """SHA-256 of the file of decisions, by its name; nothing where the settings name none."""
    path = Path(params.duplicate_decisions)
    return {f"decisions {path.name}": file_fingerprint(path)} if params.duplicate_decisions else {}
