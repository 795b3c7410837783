"""Settings saved as a case: what stood in the file stays, and the batch reads what was saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from srmkit.batch import read_cases
from srmkit.decisions.saved_cases import save_case
from srmkit.errors import SrmkitError
from srmkit.studies.account_selection import Params


def test_a_case_is_added_below_what_somebody_wrote(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    written = '# for the board\n[[case]]\nname = "ten"   # as last year\ncapacity = 10\n'
    file.write_text(written, encoding="utf-8")
    params = Params(capacity=12, weights={"earnings": 40.0}, scorecard="account_size_led")
    save_case(file, "twelve, size first", params)
    assert file.read_text(encoding="utf-8").startswith(written)
    ten, twelve = read_cases(file, "account_selection")
    assert ten.settings == {"capacity": 10}
    assert Params.check(twelve.settings) == params


def test_a_name_that_is_empty_or_taken_and_a_file_that_is_no_toml_are_refused(tmp_path: Path) -> None:
    file = tmp_path / "cases.toml"
    save_case(file, "ten", Params(capacity=10))
    before = file.read_text(encoding="utf-8")
    with pytest.raises(SrmkitError, match="case 'ten' is in the file already"):
        save_case(file, " ten ", Params(capacity=11))
    with pytest.raises(SrmkitError, match="the name is empty"):
        save_case(file, "  ", Params())
    assert file.read_text(encoding="utf-8") == before
    file.write_text("capacity: 10", encoding="utf-8")
    with pytest.raises(SrmkitError, match="is not valid TOML"):
        save_case(file, "eleven", Params())
