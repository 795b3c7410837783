"""Settings one was at: a step back and forth again."""

from __future__ import annotations

from srmkit.decisions.params import StudyParams


class History:
    """The settings so far, the place among them, and where the controls stand."""

    def __init__(self, first: StudyParams) -> None:
        self._steps = [first]
        self._place = 0
        self._stands: StudyParams | None = first

    def stand(self, params: StudyParams | None) -> None:
        """The controls stand here, which may be no step yet: it is under way, or refused; None for no settings."""
        self._stands = params

    def add(self, params: StudyParams) -> None:
        """A step forward; what was undone before is forgotten."""
        self._stands = params
        if params != self._steps[self._place]:
            self._steps = [*self._steps[: self._place + 1], params]
            self._place += 1

    @property
    def can_undo(self) -> bool:
        """Whether there is a step to take back."""
        return self._place > 0 or self._astray

    @property
    def can_redo(self) -> bool:
        """Whether a step was taken back."""
        return self._place < len(self._steps) - 1

    def undo(self) -> StudyParams:
        """The settings before the last step, or those of the last one where the controls have left it."""
        return self._step(0 if self._astray else -1)

    def redo(self) -> StudyParams:
        """The settings of the step taken back last."""
        return self._step(1)

    @property
    def _astray(self) -> bool:
        return self._stands != self._steps[self._place]

    def _step(self, by: int) -> StudyParams:
        self._place = min(max(0, self._place + by), len(self._steps) - 1)
        self._stands = self._steps[self._place]
        return self._stands
