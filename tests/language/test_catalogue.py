"""No text of ours lacks a translation, and none loses a number or name in it."""

from __future__ import annotations

import ast
import runpy
from pathlib import Path
from string import Formatter
from typing import Any

import pytest

from srmkit.language import LANGUAGES
from srmkit.language.catalogue import file_of, read_catalogue

LABELS = Path(__file__).resolve().parents[2] / "scripts" / "labels.py"
OTHERS = [language for language in LANGUAGES if language != "en"]


@pytest.fixture(scope="module")
def labels() -> dict[str, Any]:
    """The script that finds every text."""
    return runpy.run_path(str(LABELS))


def names_in(text: str) -> set[str]:
    """The names that a sentence wants filled in."""
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_translation_fills_in_the_same_names(language):
    for message in read_catalogue(language):
        one = message.id if isinstance(message.id, str) else message.id[0]
        said = message.string if isinstance(message.string, str) else message.string[0]
        if one and said:
            assert names_in(said) == names_in(one), one


def test_marked_texts_are_found_wherever_they_stand(labels):
    code = """
say("one {a}", a=1); obj.say("two"); counted(n, "box", "boxes"); counted(n, "case")
say_many("{count} is", "{count} are", n); marked("three" " and more"); column("four"); say(f"{no}"); say(name)
"""
    found = [(text.context, text.one, text.many) for text in labels["said_in"](ast.parse(code), "here")]
    assert sorted(found) == sorted([
        ("", "one {a}", ""), ("", "two", ""), ("", "{count:,} box", "{count:,} boxes"),
        ("", "{count:,} case", "{count:,} cases"), ("", "{count} is", "{count} are"), ("", "three and more", ""),
        ("column", "four", ""),
    ])


@pytest.mark.parametrize("language", OTHERS)
def test_no_text_of_ours_lacks_a_translation(labels, language):
    lacking = labels["lacking"](language, labels["texts"]())
    assert not lacking, "run `make labels` and translate: " + "; ".join(text.one for text in lacking[:20])


@pytest.mark.parametrize("language", OTHERS)
def test_the_catalogue_is_as_make_labels_writes_it(labels, language):
    kept = labels["with_new"](read_catalogue(language), labels["texts"]())
    assert labels["written"](kept) == file_of(language).read_bytes(), "run `make labels`"


def test_make_labels_adds_and_takes_nothing_away(labels):
    before = {(message.context, message.id) for message in read_catalogue("zh")}
    after = labels["with_new"](read_catalogue("zh"), [labels["Text"]("", "something new", "", "a file")])
    assert {(message.context, message.id) for message in after} - before == {(None, "something new")}
    assert len(after) == len(before)  # of which one is the header
