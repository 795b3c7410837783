"""What tests of batches share."""

from __future__ import annotations

import pytest

from srmkit.batch import cases
from srmkit.errors import Problem


class Silent:
    """A rehearsal that finds nothing and takes no time."""

    def problems(self, params: object) -> list[Problem]:
        return []


@pytest.fixture
def unrehearsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Cases are taken for right as far as their data go."""
    monkeypatch.setattr(cases, "Rehearsal", Silent)
