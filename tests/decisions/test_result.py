"""The decision record: whole for the minutes, short for the first page."""

from __future__ import annotations

import json

from srmkit.decisions.result import DecisionRecord

RECORD = DecisionRecord(
    question="Who?", answer="Alba.", options=("Alba", "Dahl"), recommendation=("Take Alba.",), certainty="Firm.",
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


def test_the_record_survives_a_file() -> None:
    assert json.loads(json.dumps(RECORD.as_dict()))["movers"] == ["Dahl goes."]
