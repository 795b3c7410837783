"""Suppliers that we cannot replace and that do not care for us."""

from __future__ import annotations

from itertools import product

import numpy as np
import pandas as pd
import pytest

from srmkit.errors import SrmkitError
from srmkit.segmentation import (
    UNCLASSIFIED,
    able_and_willing,
    both_views,
    dangerous_cell,
    kraljic,
    supplier_potential,
    supplier_preferencing,
)

PAIRS = list(product(kraljic().names, supplier_preferencing().names))


def test_every_pair_of_views_has_one_reading_and_a_source() -> None:
    views = both_views()
    assert sorted(views.index) == sorted(PAIRS)
    assert views["follows"].is_unique
    assert (views["follows"].str.len() > 0).all()
    assert views["source"].str.contains("Steele and Court 1996").all()


def test_danger_is_what_we_cannot_replace_from_those_whom_we_do_not_attract() -> None:
    # supply risk high on our matrix, attractiveness of our account low on theirs
    ours, theirs = kraljic(), supplier_preferencing()
    for kind, flag in both_views()["dangerous"].items():
        mine, yours = kind
        hard_to_replace = mine in {row[1] for row in ours.classes}
        not_attracted = yours in theirs.classes[0]
        assert flag == (hard_to_replace and not_attracted)


def test_each_supplier_gets_the_reading_of_its_pair() -> None:
    names = [f"S{place}" for place in range(len(PAIRS))]
    found = dangerous_cell(
        pd.Series([ours for ours, _ in PAIRS], names), pd.Series([theirs for _, theirs in PAIRS], names)
    )
    views = both_views().loc[PAIRS]
    assert found["dangerous"].to_list() == views["dangerous"].to_list()
    assert found["follows"].to_list() == views["follows"].to_list()


def test_who_is_not_classed_on_both_sides_is_not_known_to_be_safe() -> None:
    ours = pd.Series({"Alba": "strategic", "Dahl": "leverage", "Eck": UNCLASSIFIED, "Gull": None})
    theirs = pd.Series({"Dahl": UNCLASSIFIED, "Eck": "nuisance", "Fay": "core"})
    found = dangerous_cell(ours, theirs)
    assert found.index.to_list() == ["Alba", "Dahl", "Eck", "Gull", "Fay"]
    assert found["dangerous"].isna().all()
    assert str(found["dangerous"].dtype) == "boolean"
    assert found["follows"].to_dict() == {
        "Alba": "Not known: how they see us.",
        "Dahl": "Not known: how they see us.",
        "Eck": "Not known: our class of them.",
        "Gull": "Not known: our class of them and how they see us.",
        "Fay": "Not known: our class of them.",
    }


def test_suppliers_align_by_name() -> None:
    ours = pd.Series({"Alba": "strategic", "Dahl": "leverage"})
    theirs = pd.Series({"Dahl": "core", "Alba": "nuisance"})
    assert dangerous_cell(ours, theirs)["dangerous"].to_dict() == {"Alba": True, "Dahl": False}


def test_classes_of_other_matrices_are_refused_all_at_once() -> None:
    with pytest.raises(SrmkitError) as told:
        dangerous_cell(pd.Series({"Alba": "key"}), pd.Series({"Alba": "gold", "Dahl": "core"}))
    assert str(told.value).splitlines() == [
        "dangerous cell: 2 problems",
        "  - kraljic class is unknown; found 'key'. Classes are: strategic, bottleneck, leverage, non-critical.",
        "  - preferencing class is unknown; found 'gold'. Classes are: core, development, exploitable, nuisance.",
    ]


def test_able_and_willing_are_the_sides_of_the_potential_matrix() -> None:
    matrix = supplier_potential(40, 60)
    axes = pd.DataFrame(
        {"willingness": [70, 70, 20, 20, np.nan], "capabilities": [70, 20, 70, 20, 70]}, index=list("abcde")
    )
    found = able_and_willing(matrix.assign(axes).segment)
    assert found["able"].to_list()[:4] == [True, False, True, False]
    assert found["willing"].to_list()[:4] == [True, True, False, False]
    assert found.loc["e"].isna().all()
