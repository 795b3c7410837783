"""Settings one was at: a step back and forth again."""

from __future__ import annotations

from srmkit.decisions.params import StudyParams


class History:
    """The settings so far, and the place among them."""

    def __init__(self, first: StudyParams) -> None:
        self._steps = [first]
        self._place = 0

    def add(self, params: StudyParams) -> None:
        """A step forward; what was undone before is forgotten."""
        if params != self._steps[self._place]:
            self._steps = [*self._steps[: self._place + 1], params]
            self._place += 1

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._place > 0

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._place < len(self._steps) - 1

    def undo(self) -> StudyParams:
        """The settings before the last step."""
        self._place = max(0, self._place - 1)
        return self._steps[self._place]

    def redo(self) -> StudyParams:
        """The settings of the step taken back last."""
        self._place = min(len(self._steps) - 1, self._place + 1)
        return self._steps[self._place]
