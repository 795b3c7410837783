"""Two spellings of a firm have one stem; two firms keep two."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.duplicates import cleaning
from srmkit.duplicates.firm_names import FORMS, legal_form, plain, stem


@pytest.mark.parametrize(("one", "other"), [
    ("Dornau Guss GmbH", "DORNAU-GUSS G.m.b.H."),
    ("Dornau Guss GmbH", "Dornau Guß Gesellschaft mbH"),
    ("Dornau Guss GmbH & Co. KG", "Dornau Guss GmbH und Co KG"),
    ("Halveki Logistics Co., Ltd", "Halveki Logistics Company Limited"),
    ("Novaree Sp. z o.o.", "NOVAREE Spółka z ograniczoną odpowiedzialnością"),
    ("Velmau s.r.o.", "Velmau, spol. s r.o."),
    ("Corvaldo S.p.A.", "Corvaldo SpA"),
    ("Holmby A/S", "A/S Holmby"),
    ("Fald & Søn ApS", "FALD OG SØN".replace("OG", "&") + " APS"),
    ("ＱＵＥＮ ＡＧ", "Quen AG"),
    ("Müller & Söhne GmbH", "MUELLER & SOEHNE GMBH"),
    ("Müller & Söhne GmbH", "Muller & Sohne GmbH"),
    ("Jönsson AB", "Joensson Aktiebolag"),
    ("Dornau Gesellschaft mit beschränkter Haftung", "Dornau Gesellschaft mit beschraenkter Haftung"),
    ("O'Brien Ltd", "O’Brien Limited"),
    ("深圳市华光技术有限公司", "深圳市华光技术有限责任公司"),
    ("深圳市华光技术（集团）有限公司", "深圳市华光技术股份有限公司"),
    ("華光電腦股份有限公司", "華光電腦有限公司"),
    ("上海宝山(集团)有限责任公司", "上海宝山（集團）有限責任公司"),
])
def test_two_spellings_of_a_firm_have_one_stem(one: str, other: str) -> None:
    assert stem(one) == stem(other) != ""


@pytest.mark.parametrize(("one", "other"), [
    ("Dornau Guss GmbH", "Dornau Stahl GmbH"),
    ("深圳市华光技术有限公司", "深圳市华米技术有限公司"),
    ("Sand AG", "Sandag"),
    ("Bauer GmbH", "Baur GmbH"),
    ("Neuer GmbH", "Neur GmbH"),
    ("Queens Ltd", "Quns Ltd"),
])
def test_two_firms_keep_two_stems(one: str, other: str) -> None:
    assert stem(one) != stem(other)


@pytest.mark.parametrize("name", ["GmbH", "Co", "Limited Company", "有限公司", "AG & Co. KG"])
def test_a_name_made_of_legal_forms_keeps_something(name: str) -> None:
    assert stem(name) != ""


def test_the_legal_form_is_kept_apart() -> None:
    assert legal_form("Dornau Guss GmbH & Co. KG") == "gmbh und co kg"
    assert legal_form("深圳市华光技术股份有限公司") == "股份有限公司"
    assert legal_form("Dornau") == ""


@given(st.text(st.characters(categories=("Lu", "Ll", "Nd", "Zs"), max_codepoint=0x24F), min_size=1, max_size=40),
       st.sampled_from(sorted(" ".join(form) for form in FORMS)))
def test_a_form_added_at_the_end_changes_nothing(name: str, form: str) -> None:
    if not stem(name):
        return
    assert stem(f"{stem(name)} {form}") == stem(stem(name))


@given(st.text(max_size=60))
def test_any_text_is_cleaned_without_a_hitch(text: str) -> None:
    for clean in (stem, legal_form, plain, cleaning.address, cleaning.place, cleaning.postcode_of, cleaning.number,
                  cleaning.domain, cleaning.phone, cleaning.word, cleaning.sorted_words):
        assert isinstance(clean(text), str)


@pytest.mark.parametrize(("clean", "one", "other"), [
    (cleaning.address, "Industriestraße 11, 13624 Ahlenfurt", "INDUSTRIESTR. 11  13624 AHLENFURT"),
    (cleaning.address, "12 Mill Road, Erlau", "12 mill rd. erlau"),
    (cleaning.place, "Industriestraße 11, 13624 Ahlenfurt", "Ahlenfurt 13624, 11 Industriestr"),
    (cleaning.number, "DE 123.456.789", "de123456789"),
    (cleaning.domain, "https://www.alba.example/contact?x=1", "sales@alba.example"),
    (cleaning.phone, "+49 555 1234567", "0049-555/123 4567"),
])
def test_two_writings_become_one(clean: object, one: str, other: str) -> None:
    assert clean(one) == clean(other) != ""  # type: ignore[operator]


@pytest.mark.parametrize(("clean", "nothing"), [
    (cleaning.number, "n/a"), (cleaning.number, "0000000"), (cleaning.domain, "someone@gmail.com"),
    (cleaning.domain, "none"), (cleaning.phone, "000000000"), (cleaning.phone, "110"), (cleaning.address, " - "),
])
def test_what_stands_for_nothing_is_a_gap(clean: object, nothing: str) -> None:
    assert clean(nothing) == ""  # type: ignore[operator]
