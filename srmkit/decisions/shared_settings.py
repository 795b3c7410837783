"""Settings that every study has: where the data are, how much doubt, who signs."""

from __future__ import annotations

from typing import Any, ClassVar, Literal, Self
from urllib.parse import urlsplit

from pydantic import field_validator, model_validator

from srmkit.decisions.params import StudyParams, day, setting
from srmkit.language import Language, say
from srmkit.robustness import Doubt

MIDDLING = 0.25  # the weight on which `weight_doubt` is stated


def concentration(relative: float) -> float:
    """Dirichlet concentration under which a weight of 25 % has this standard deviation, as a share of itself.

    A Dirichlet weight with mean w and concentration c has variance w(1 - w)/(c + 1), so
    c = (1 - w)/(w r**2) - 1 for a relative deviation r.

    >>> round(concentration(0.2), 6)
    74.0
    """
    return (1 - MIDDLING) / (MIDDLING * relative**2) - 1


class DataSettings(StudyParams):
    """Where the data are, whose decision it is and where files go: settings of every study."""

    gathers: ClassVar[tuple[str, ...]] = ("language",)  # what evidence hangs on beside the group Data: notes are words
    reads: ClassVar[tuple[str, ...]] = ("data", "column_map", "duplicate_decisions", "language")

    data: str = setting("sample", "sample, a folder, a workbook or a database address", group="Data")
    column_map: str = setting("", "TOML file that maps your columns; empty where the names are ours", group="Data")
    duplicate_decisions: str = setting(
        "", "TOML file of the review of duplicates: pairs accepted there are one; empty for none", group="Data"
    )
    as_of: str = setting("", "last day looked at, YYYY-MM-DD; empty for the last order in the data",
                         group="Data", label="as of")
    months: int = setting(12, "months looked at; 0 for all the data", group="Data", low=0, high=240)
    reviewer: str = setting("", "who reviews the decision", group="Record")
    review_by: str = setting("", "day of the next review, YYYY-MM-DD", group="Record")
    language: Language = setting("en", "language of the report: English or Simplified Chinese", group="Record")
    export_to: str = setting("", "folder for workbook, decision and manifest; empty writes none", group="Files")

    def evidence_settings(self) -> dict[str, Any]:
        """The settings on which hangs what is read and measured; all others judge it."""
        return {name: getattr(self, name) for name in (*self.of_group("Data"), *self.gathers)}

    def same_evidence(self, other: DataSettings) -> bool:
        """Whether both read and measure the same, so that nothing need be read again."""
        return self.evidence_settings() == other.evidence_settings()

    def same_data(self, other: DataSettings) -> bool:
        """Whether both read the same, so that what was read need only be measured."""
        return all(getattr(self, name) == getattr(other, name) for name in self.reads)

    @field_validator("data")
    @classmethod
    def _no_password(cls, address: str) -> str:
        if "://" in address and urlsplit(address).password:
            raise ValueError(say(
                "should hold no password, which every report would print: leave it to PGPASSWORD or the file .pgpass, "
                "or give $NAME for the environment variable that holds the address"
            ))
        return address

    @field_validator("as_of", "review_by")
    @classmethod
    def _a_day(cls, text: str) -> str:
        try:
            day(text)
        except ValueError:
            raise ValueError(say("should be a day written YYYY-MM-DD")) from None
        return text


class SharedSettings(DataSettings):
    """Data, doubt and record settings shared by the studies that score."""

    reads: ClassVar[tuple[str, ...]] = (*DataSettings.reads, "count_as_one")

    count_as_one: Literal["firm", "group"] = setting(
        "firm", "whose figures are added up: those of a firm, or of a group of firms by their parents", group="Data"
    )
    missing: Literal["refuse", "reweight", "worst", "interval"] = setting(
        "reweight", "what a missing value does to a score", group="Model"
    )
    weights: dict[str, float] = setting({}, "points that replace those of the scorecard, by criterion", group="Model")
    weight_doubt: float = setting(
        20.0, "how far a middling weight may be off, as a share of itself (one standard deviation)",
        group="Doubt", unit="%", low=0, high=60, step=1
    )
    data_doubt: bool = setting(True, "let data vary within their errors", group="Doubt")
    cut_band: float = setting(3.0, "cuts may lie this much higher or lower", group="Doubt", unit="points",
                              low=0, high=25, step=0.5)
    draws: int = setting(1024, "number of draws; the error of a share falls with its root", group="Doubt",
                         low=64, high=65536, step=64)
    seed: int = setting(7, "start of the random numbers; the same seed gives the same table", group="Doubt",
                        low=0, high=2**31 - 1)
    firm: float = setting(0.90, "a class at least this probable is firm", group="Doubt", low=0.5, high=1, step=0.01)
    likely: float = setting(0.70, "a class at least this probable is likely, below it contested",
                            group="Doubt", low=0.34, high=1, step=0.01)

    @field_validator("weights")
    @classmethod
    def _no_negative_points(cls, points: dict[str, float]) -> dict[str, float]:
        negative = [name for name, value in points.items() if value < 0]
        if negative:
            raise ValueError(say("should have no negative points; {names} has", names=", ".join(negative)))
        return points

    def doubt(self) -> Doubt:
        """The doubts as the robustness engine takes them."""
        return Doubt(
            concentration=concentration(self.weight_doubt / 100) if self.weight_doubt else None,
            data=self.data_doubt,
            cut_band=self.cut_band,
            draws=self.draws,
            seed=self.seed,
        )

    @model_validator(mode="after")
    def _labels_in_order(self) -> Self:
        if self.likely > self.firm:
            raise ValueError(say("'likely' should not be above 'firm'"))
        return self
