"""The licence is the one that the project declares, to the letter."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

# https://www.apache.org/licenses/LICENSE-2.0.txt
APACHE_2 = "cfc7749b96f63bd31c3c42b5c471bf756814053e847c10f3eb003417bc523d30"


def test_the_licence_is_the_published_text_of_apache_2(repository: Path) -> None:
    assert hashlib.sha256((repository / "LICENSE").read_bytes()).hexdigest() == APACHE_2


def test_the_project_declares_the_licence_that_it_ships(project: dict[str, Any]) -> None:
    assert project["project"]["license"] == "Apache-2.0"
    assert project["project"]["license-files"] == ["LICENSE"]
