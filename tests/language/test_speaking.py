"""A result speaks the language of its own settings, whatever else goes on in the same kernel."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

import pytest

from srmkit.language import (
    Language,
    choice,
    column,
    counted,
    day,
    joined,
    listed,
    money,
    number,
    percent,
    say,
    say_many,
    speaking,
    speaks,
    spoken,
)
from srmkit.language.notebooks import language_of, translated

HEBREW = "\u05d0\u05dc\u05d1\u05d4 12"  # letters from right to left, then digits
ISOLATED = f"\u2068{HEBREW}\u2069"


@speaks
@dataclass(frozen=True)
class Greeting:
    """Something that says words when asked."""

    language: Language = field(default_factory=spoken)

    def asked(self) -> str:
        return spoken()

    @property
    def seen(self) -> str:
        return spoken()

    @cached_property
    def worked_out(self) -> str:
        return spoken()


def test_english_is_spoken_unless_someone_asks_for_another():
    assert spoken() == "en"
    with speaking("zh"):
        assert spoken() == "zh"
    assert spoken() == "en"


def test_an_object_answers_in_the_language_it_was_made_in():
    with speaking("zh"):
        chinese = Greeting()
    english = Greeting()
    for one, other in ((chinese, english), (english, chinese)):
        assert one.asked() == one.seen == one.worked_out == one.language
        assert other.asked() == other.language
    with speaking("zh"):
        assert english.asked() == "en"


def test_an_error_leaves_the_language_as_it_was():
    with pytest.raises(ValueError, match="stop"), speaking("zh"):
        raise ValueError("stop")
    assert spoken() == "en"


def test_the_digits_are_the_same_in_every_language():
    assert number(1234567.891, 1) == "1,234,567.9"
    assert percent(0.934, 1) == "93.4 %"
    with speaking("zh"):
        assert number(1234567.891, 1) == "1,234,567.9"
        assert percent(0.934, 1) == "93.4%"


def test_money_and_days_are_written_as_the_language_does():
    # Unicode CLDR, zh_Hans: currency pattern \u00a4#,##0.00, long date y年M月d日
    assert money(1234.5, "EUR") == "1,234.50 EUR"
    assert money(1234.5, "") == "1,234.50"
    assert day(date(2025, 12, 31)) == "2025-12-31"
    with speaking("zh"):
        assert money(1234.5, "CNY") == "¥1,234.50"
        assert money(-1234.5, "EUR") == "-€1,234.50"
        assert day(date(2025, 12, 31)) == "2025年12月31日"


def test_english_sentences_choose_the_form_for_the_number():
    assert counted(1, "supplier") == "1 supplier"
    assert counted(2000, "supplier") == "2,000 suppliers"
    assert say_many("{count} is late", "{count} are late", 1) == "1 is late"
    assert say_many("{count} is late", "{count} are late", 0) == "0 are late"


def test_chinese_sentences_have_their_own_signs_and_no_gaps():
    with speaking("zh"):
        assert listed(["Alba", "Dahl", "Eck"]) == "Alba、Dahl 和 Eck"
        assert joined("甲。", "", "乙。") == "甲。乙。"


def test_what_is_not_ours_passes_through():
    with speaking("zh"):
        assert say("Velmau Foundry GmbH") == "Velmau Foundry GmbH"
        assert say("{who} {{x}}", who="{odd}") == "{odd} {x}"
        assert column("no_such_column_xyz") == "no such column xyz"


def test_the_language_of_a_notebook_is_that_of_its_last_parameters():
    cells = [
        {"source": 'language = "en"', "metadata": {"tags": ["parameters"]}},
        {"source": 'language = "zh"', "metadata": {"tags": ["injected-parameters"]}},
        {"source": 'language = "en"', "metadata": {}},
    ]
    assert language_of(cells) == "zh"
    assert language_of(cells[:1]) == "en"
    assert language_of([]) == "en"


def test_markdown_keeps_its_headings():
    assert translated("## No such heading xyz\n\nOne\nparagraph.") == "## No such heading xyz\n\nOne paragraph."


def test_a_firm_to_choose_is_a_company_and_a_firm_class_is_sure() -> None:
    with speaking("zh"):
        assert [choice(one) for one in ("firm", "group")] == ["企业", "集团"]
        assert say("firm") == "稳定"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_name_from_right_to_left_keeps_its_digits_to_itself(language: Language) -> None:
    with speaking(language):
        assert ISOLATED in say("{who} (rank {rank}) keeps its place in {share} of the draws.", who=HEBREW, rank=3,
                               share="93 %")
        assert listed([HEBREW, "Alba 12"]).startswith(ISOLATED)
        assert listed([HEBREW]) == ISOLATED
        assert "\u2068" not in listed(["Alba 12", "Zażółć", "阿尔巴"])
        assert say("{who} leads", who=ISOLATED).count("\u2068") == 1
