"""A Chinese page carries the letters it shows."""

from __future__ import annotations

import base64
import re
from io import BytesIO

import pandas as pd
from fontTools.ttLib import TTFont

from srmkit.charts import top_k_curve
from srmkit.charts.chart import Plot
from srmkit.language import say, speaking
from srmkit.language.catalogue import words_of
from srmkit.language.fonts import FILE, font_face
from srmkit.language.fonts.carried import FIRST


def letters_in(text: str) -> set[int]:
    return {ord(letter) for letter in text if ord(letter) >= FIRST}


def test_the_font_has_every_letter_of_the_catalogue():
    lacking = letters_in("".join(words_of("zh").values())) - set(TTFont(FILE).getBestCmap())
    assert not lacking, f"run scripts/fonts.py: {''.join(map(chr, sorted(lacking)))}"


def test_a_page_carries_its_own_letters_and_no_others():
    page = "<p>供应商关系管理: Velmau</p>"
    coded = re.search(r"base64,([\w+/=]+)", font_face(page))[1]
    font = TTFont(BytesIO(base64.b64decode(coded)))
    assert set(font.getBestCmap()) == letters_in(page)
    assert len(coded) < 20_000
    assert font_face(page) == font_face(page)


def test_a_page_without_chinese_carries_none():
    assert font_face("<p>Velmau</p>") == ""


def test_a_chinese_chart_is_drawn_without_a_warning_and_keeps_its_words_as_text():
    with speaking("zh"):
        names = pd.Index(["东方铸造"])
        chart = top_k_curve(pd.Series([0.4], names), selected=pd.Series([True], names), capacity=1)
        assert isinstance(chart, Plot)
        svg = chart.svg()
        assert say("has a place now") in svg
        assert "东方铸造" in svg
        assert len(chart.png(scale=1)) > 5_000
