"""What every study's result can give: tables, definitions, a decision record and a manifest."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from importlib.metadata import version
from typing import Annotated, Any, Protocol

import pandas as pd
from pydantic import Field, TypeAdapter

from srmkit.decisions.params import StudyParams, day
from srmkit.language import day as said_day
from srmkit.language import marked, say, speaks, spoken

PACKAGES = ("srmkit", "numpy", "pandas", "scipy", "duckdb", "ibis-framework")
BRIEF = 3  # things that would change it, named on the first page
NOTHING = marked("Nothing found within the limits examined.")


@speaks
@dataclass(frozen=True)
class DecisionRecord:
    """What was asked, what the evidence says, how sure it is, and who answers for it until when."""

    question: Annotated[str, Field(description="what was asked")]
    answer: Annotated[str, Field(description="the answer in one sentence")]
    options: Annotated[tuple[str, ...], Field(description="what there was to choose from")]
    recommendation: Annotated[tuple[str, ...], Field(description="what to do, one sentence each")]
    period: Annotated[str, Field(description="first and last day of the data that were judged; empty where none is")]
    certainty: Annotated[str, Field(description="how sure the answer is")]
    would_change_it: Annotated[tuple[str, ...], Field(description="what would change it, the nearest first")]
    movers: Annotated[tuple[str, ...], Field(description="who moves, and from where to where")]
    dissent: Annotated[tuple[str, ...], Field(description="where the raters disagree; empty where they agree")]
    reviewer: Annotated[str, Field(description="who reviews it; empty where nobody is named")]
    review_by: Annotated[str, Field(description="day of the review, YYYY-MM-DD; empty where none is set")]

    def __post_init__(self) -> None:
        object.__setattr__(self, "language", spoken())  # no field: the record's JSON has the words alone

    def as_dict(self) -> dict[str, Any]:
        """The record as plain values for JSON."""
        return asdict(self)

    @classmethod
    def json_schema(cls) -> dict[str, Any]:
        """The JSON Schema (2020-12) of `decision.json`; docs/schemas/decision.schema.json is this."""
        found = TypeAdapter(cls).json_schema(mode="serialization")
        return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found, "additionalProperties": False}

    def brief(self) -> pd.DataFrame:
        """The record on a page: how sure, the three nearest things that would change it, and who moves."""
        rows = [
            (say("How sure"), self.certainty),
            (say("Would change it"), "\n".join(self.would_change_it[:BRIEF]) or say(NOTHING)),
            (say("Who moves"), "\n".join(self.movers) or say("Nobody.")),
        ]
        return pd.DataFrame(rows, columns=["part", "text"])

    def table(self) -> pd.DataFrame:
        """One row a part of the record, in words; several sentences stand in lines of their own."""
        rows = [
            (say("Question"), self.question),
            (say("Answer"), self.answer),
            (say("Options"), "\n".join(self.options)),
            (say("Recommendation"), "\n".join(self.recommendation)),
            (say("Period"), self.period or say("none")),
            (say("How sure"), self.certainty),
            (say("Would change it"), "\n".join(self.would_change_it) or say(NOTHING)),
            (say("Who moves"), "\n".join(self.movers) or say("Nobody.")),
            (say("Dissent"), "\n".join(self.dissent) or say("The raters agree.")),
            (say("Reviewer"), self.reviewer or say("not named")),
            (say("Review by"), shown_day(self.review_by) or say("not set")),
        ]
        return pd.DataFrame(rows, columns=["part", "text"])


def shown_day(text: str) -> str:
    """A day of the settings as the reader's language writes it; empty where none is set.

    What a person wrote into a record that is no day stays as it was written.
    """
    try:
        when = day(text)
    except ValueError:
        return text
    return said_day(when) if when else ""


class StudyResult(Protocol):
    """The frozen result of a study: all that a report, a workbook and a batch ask of it.

    The first page of a report is `decision()`, its footnotes are `definitions()` for the columns of its tables (those
    of `decisions.glossary` are there already), its last page is `manifest()`. No study writes them itself.
    """

    @property
    def params(self) -> StudyParams:
        """The settings of the run."""
        ...

    def tables(self) -> dict[str, pd.DataFrame]:
        """Every table of the workbook by its sheet."""
        ...

    def definitions(self) -> pd.DataFrame:
        """What every figure of its own means: index `name` (as the column is called), label, unit, meaning, more."""
        ...

    def decision(self) -> DecisionRecord:
        """The record for the minutes."""
        ...

    def manifest(self) -> dict[str, Any]:
        """Everything needed to repeat the run and to compare it."""
        ...


def make_manifest(
    params: StudyParams,
    *,
    inputs: Mapping[str, str],
    scorecards: Mapping[str, str],
    tables: Mapping[str, pd.DataFrame],
) -> dict[str, Any]:
    """Everything needed to repeat a run and to see that it gave the same: settings, inputs, versions, results.

    `inputs` maps file to SHA-256, `scorecards` name to content hash. Result tables are
    fingerprinted as written, so that two runs can be compared by their manifests alone.
    """
    return {
        "study": params.study,
        "settings": params.answer_settings(),
        "changed_settings": params.changed(),
        "inputs": dict(sorted(inputs.items())),
        "scorecards": dict(sorted(scorecards.items())),
        "python": platform.python_version(),
        "packages": {name: version(name) for name in PACKAGES},
        "results": {name: fingerprint(frame) for name, frame in tables.items()},
    }


def fingerprint(frame: pd.DataFrame) -> str:
    """SHA-256 of the table's text: equal tables have equal fingerprints, to the last digit."""
    return hashlib.sha256(frame.to_csv().encode()).hexdigest()
