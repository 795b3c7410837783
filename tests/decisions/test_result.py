"""The decision record: whole for the minutes, short for the first page."""

from __future__ import annotations

import json
from pathlib import Path

from jsonschema import Draft202012Validator

from srmkit.decisions.result import DecisionRecord

SCHEMA = Path(__file__).resolve().parents[2] / "docs" / "schemas" / "decision.schema.json"
RECORD = DecisionRecord(
    question="Who?", answer="Alba.", options=("Alba", "Dahl"), recommendation=("Take Alba.",),
    period="2025-07-01 to 2026-06-30", certainty="Firm.",
    would_change_it=("one", "two", "three", "four"), movers=("Dahl goes.",), dissent=(), reviewer="", review_by="",
)


def test_the_first_page_names_the_three_nearest_things_that_would_change_it() -> None:
    brief = RECORD.brief().set_index("part")["text"]
    assert brief.to_dict() == {"How sure": "Firm.", "Would change it": "one\ntwo\nthree", "Who moves": "Dahl goes."}


def test_the_minutes_hold_everything_and_say_what_is_not_there() -> None:
    table = RECORD.table().set_index("part")["text"]
    assert table["Answer"] == "Alba."
    assert table["Would change it"].endswith("four")
    assert table[["Dissent", "Reviewer", "Review by"]].tolist() == ["The raters agree.", "not named", "not set"]


def test_the_published_schema_is_that_of_the_record() -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert schema == DecisionRecord.json_schema()
    assert set(schema["required"]) == set(RECORD.as_dict())
    assert all(part["description"] for part in schema["properties"].values())


def test_a_record_in_a_file_fits_the_schema_and_anything_else_does_not() -> None:
    written = json.loads(json.dumps(RECORD.as_dict()))
    validator = Draft202012Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))
    assert list(validator.iter_errors(written)) == []
    assert list(validator.iter_errors({**written, "certainty": 0.9}))
    assert list(validator.iter_errors({**written, "mood": "good"}))
    assert list(validator.iter_errors({name: part for name, part in written.items() if name != "movers"}))


def test_the_record_survives_a_file() -> None:
    assert json.loads(json.dumps(RECORD.as_dict()))["movers"] == ["Dahl goes."]
