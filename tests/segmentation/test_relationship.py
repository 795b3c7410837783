"""Which relationship a supplier calls for, and how far it is from the one we have."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from srmkit.errors import SrmkitError
from srmkit.segmentation import (
    UNCLASSIFIED,
    indicated_relationship,
    kraljic,
    relationship_gap,
    relationship_rules,
)
from srmkit.tables.catalogue import RELATIONSHIPS

YES_NO = (True, False)
EVERY_SUPPLIER = list(product(kraljic().names, YES_NO, YES_NO, YES_NO))
LARGE, SMALL = 0.30, 0.01  # our share of the supplier's sales
answers = st.sampled_from((True, False, None))
relationships = st.sampled_from(RELATIONSHIPS)


def indicated(kraljic_class: str | None, able: bool | None, willing: bool | None, matter: bool | None) -> pd.Series:
    weight = {True: LARGE, False: SMALL, None: np.nan}[matter]
    one = pd.Index(["Alba"])
    return indicated_relationship(
        pd.Series([kraljic_class], one, dtype=object),
        able=pd.Series([able], one, dtype="boolean"),
        willing=pd.Series([willing], one, dtype="boolean"),
        dependence=pd.Series([weight], one),
    ).loc["Alba"]


@pytest.mark.parametrize("supplier", EVERY_SUPPLIER)
def test_every_supplier_is_decided_by_exactly_one_row_of_the_table(supplier: tuple[str, bool, bool, bool]) -> None:
    rules = relationship_rules()
    fits = rules["kraljic"] == supplier[0]
    for column, answer in zip(("able", "willing", "we_matter"), supplier[1:], strict=True):
        fits &= (rules[column].isna() | (rules[column] == answer).fillna(False)).astype(bool)
    assert fits.sum() == 1
    row = rules[fits].iloc[0]
    assert indicated(*supplier).to_list() == [row["relationship"], row["why"], ""]


def test_every_relationship_is_called_for_by_someone_and_every_row_has_a_reason() -> None:
    rules = relationship_rules()
    assert set(rules["relationship"]) == set(RELATIONSHIPS)
    assert rules["why"].is_unique
    assert rules["source"].str.contains("Kraljic 1983").all()


@pytest.mark.parametrize(
    ("supplier", "relationship"),
    [
        (("strategic", True, True, True), "strategic alliance"),
        (("strategic", True, True, False), "partnership"),
        (("strategic", False, True, True), "partnership"),
        (("strategic", True, False, True), "ongoing"),
        (("strategic", False, False, False), "backward integration"),
        (("bottleneck", True, True, True), "ongoing"),
        (("leverage", True, True, True), "partnership"),
        (("leverage", True, True, False), "ongoing"),
        (("leverage", True, False, True), "transactional"),
        (("non-critical", True, True, True), "transactional"),
    ],
)
def test_the_table_says(supplier: tuple[str, bool, bool, bool], relationship: str) -> None:
    assert indicated(*supplier)["indicated"] == relationship


@given(st.sampled_from(kraljic().names), answers, answers, answers)
def test_the_unknown_leads_to_the_least_far_reaching_of_what_is_possible(
    name: str, able: bool | None, willing: bool | None, matter: bool | None
) -> None:
    choices = [YES_NO if answer is None else (answer,) for answer in (able, willing, matter)]
    possible = {indicated(name, *known)["indicated"] for known in product(*choices)}
    found = indicated(name, able, willing, matter)
    assert found["indicated"] == min(possible, key=RELATIONSHIPS.index)
    assert (found["note"] == "") == (len(possible) == 1)
    for other in possible - {found["indicated"]}:
        assert other in found["note"]


def test_the_note_names_only_what_would_matter() -> None:
    found = indicated("strategic", None, False, None)
    assert found["indicated"] == "ongoing"
    assert found["why"] == "The least far-reaching of what is possible, until more is known."
    assert found["note"] == "Not known: whether it is able. Might be backward integration."
    everything = indicated("strategic", None, None, None)["note"]
    assert everything == (
        "Not known: whether it is able, whether it is willing, whether we matter to it. "
        "Might be partnership, strategic alliance or backward integration."
    )


def test_what_is_not_known_may_not_matter() -> None:
    found = indicated("leverage", None, False, None)
    assert found.to_list() == ["transactional", "The same, whatever is not known.", ""]


@pytest.mark.parametrize("name", [None, UNCLASSIFIED])
def test_without_a_class_nothing_is_indicated(name: str | None) -> None:
    found = indicated(name, True, True, True)
    assert pd.isna(found["indicated"])
    assert found["note"] == "Not known: the class of what it sells."


def test_we_matter_from_the_agreed_share_of_their_sales_on() -> None:
    suppliers = pd.Index(["below", "on", "sum"])
    yes = pd.Series(True, suppliers)
    found = indicated_relationship(
        pd.Series("strategic", suppliers), able=yes, willing=yes,
        dependence=pd.Series([0.2999, 0.3, 0.1 + 0.2], suppliers), matters_from=0.3,
    )
    assert found["indicated"].to_list() == ["partnership", "strategic alliance", "strategic alliance"]


def test_suppliers_align_by_name_and_the_absent_are_unknown() -> None:
    classes = pd.Series({"Alba": "leverage", "Dahl": "leverage"})
    able = pd.Series({"Dahl": False, "Alba": True})
    found = indicated_relationship(classes, able=able, willing=pd.Series({"Alba": True}),
                                   dependence=pd.Series({"Alba": LARGE}))
    assert found["indicated"].to_dict() == {"Alba": "partnership", "Dahl": "transactional"}
    assert found["note"].to_dict() == {"Alba": "", "Dahl": ""}


def test_scores_instead_of_answers_and_other_mistakes_are_told_at_once() -> None:
    with pytest.raises(SrmkitError) as told:
        indicated_relationship(pd.Series({"Alba": "gold"}), able=pd.Series({"Alba": 72.0}), matters_from=0)
    assert str(told.value).splitlines() == [
        "indicated relationship: 3 problems",
        "  - class is unknown; found 'gold'. Choose from: strategic, bottleneck, leverage, non-critical.",
        "  - 'able' must be true, false or a gap; found '72.0'. Compare scores with a cut first, or use "
        "able_and_willing.",
        "  - matters_from must be above 0; found 0. It is a share of the supplier's sales, such as 0.05.",
    ]


def test_the_gap_counts_steps_and_says_which_way() -> None:
    suppliers = ["Alba", "Dahl", "Eck", "Fay", "Gull"]
    wanted = pd.Series(["strategic alliance", "ongoing", "transactional", "partnership", None], suppliers)
    have = pd.Series(["transactional", "ongoing", "partnership", None, "ongoing"], suppliers)
    found = relationship_gap(wanted, have)
    assert found["steps"].to_list()[:3] == [3, 0, -2]
    assert found["gap"].to_list()[:3] == ["invest", "keep", "step back"]
    assert found.loc[["Fay", "Gull"], ["steps", "gap"]].isna().all(axis=None)


@given(wanted=relationships, have=relationships)
def test_the_way_there_is_the_way_back(wanted: str, have: str) -> None:
    there = relationship_gap(pd.Series({"Alba": wanted}), pd.Series({"Alba": have})).loc["Alba"]
    back = relationship_gap(pd.Series({"Alba": have}), pd.Series({"Alba": wanted})).loc["Alba"]
    assert there["steps"] == -back["steps"]
    assert (there["gap"] == "keep") == (wanted == have)
    assert {there["gap"], back["gap"]} in ({"keep"}, {"invest", "step back"})


def test_unknown_relationships_are_refused_all_at_once() -> None:
    with pytest.raises(SrmkitError) as told:
        relationship_gap(pd.Series({"Alba": "friends"}), pd.Series({"Alba": "golf"}))
    assert str(told.value).splitlines() == [
        "relationship gap: 2 problems",
        "  - indicated relationship is unknown; found 'friends'. Choose from: transactional, ongoing, partnership, "
        "strategic alliance, backward integration.",
        "  - current relationship is unknown; found 'golf'. Choose from: transactional, ongoing, partnership, "
        "strategic alliance, backward integration.",
    ]
