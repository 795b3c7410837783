"""When a delivery counts as on time."""

from __future__ import annotations

from dataclasses import dataclass

from srmkit.errors import Problems
from srmkit.language import counted, say


@dataclass(frozen=True)
class DeliveryRule:
    """How many days before and after the promised day a delivery is still on time.

    `early_days=None` lets a delivery come as early as it likes. Days are calendar days, not hours:
    a delivery in the afternoon of the promised day is on time.

    >>> print(DeliveryRule(early_days=None, late_days=2))
    as early as it likes, at most 2 days late
    """

    early_days: int | None = 3
    late_days: int = 0

    def __post_init__(self) -> None:
        problems = Problems("delivery rule")
        todo = "Give a number of days, 0 or more."
        if self.early_days is not None and self.early_days < 0:
            problems.add("'early_days'", "is negative", found=str(self.early_days), todo=todo)
        if self.late_days < 0:
            problems.add("'late_days'", "is negative", found=str(self.late_days), todo=todo)
        problems.raise_if_any()

    def __str__(self) -> str:
        late = counted(self.late_days, "day")
        if self.early_days is None:
            return say("as early as it likes, at most {late} late", late=late)
        return say("at most {early} early, at most {late} late", early=counted(self.early_days, "day"), late=late)
