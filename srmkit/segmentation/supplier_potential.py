"""Supplier potential: what suppliers can do for us against what they want to do."""

from __future__ import annotations

import pandas as pd

from srmkit.segmentation.matrix import Matrix

KEEP_AND_DEEPEN, WIN_COMMITMENT, DEVELOP = "keep and deepen", "win commitment", "develop"
REPLACE_OR_CONTAIN = "replace or contain"

# class: (able, willing)
ABLE_AND_WILLING = {
    KEEP_AND_DEEPEN: (True, True),
    WIN_COMMITMENT: (True, False),
    DEVELOP: (False, True),
    REPLACE_OR_CONTAIN: (False, False),
}


def supplier_potential(capability_cut: float = 50.0, willingness_cut: float = 50.0) -> Matrix:
    """The segmentation by supplier potential of Rezaei and Ortt 2012 (International Journal of Production Research).

    Axes `willingness` (across) and `capabilities` (up), both 0 to 100, of suppliers. The able but unwilling
    must be won, the willing but not able developed; our names of the classes say what to do.

    >>> supplier_potential().names
    ('keep and deepen', 'win commitment', 'develop', 'replace or contain')
    """
    return Matrix(
        "Supplier potential",
        x_axis="willingness",
        y_axis="capabilities",
        x_cuts=(willingness_cut,),
        y_cuts=(capability_cut,),
        classes=((REPLACE_OR_CONTAIN, DEVELOP), (WIN_COMMITMENT, KEEP_AND_DEEPEN)),
        names=(KEEP_AND_DEEPEN, WIN_COMMITMENT, DEVELOP, REPLACE_OR_CONTAIN),
    )


def able_and_willing(potential_class: pd.Series) -> pd.DataFrame:
    """Whether each supplier is able and willing, read from its class; missing without one.

    Columns `able` and `willing` (boolean with gaps).

    >>> able_and_willing(pd.Series({"Alba": "win commitment"})).loc["Alba"].to_dict()
    {'able': True, 'willing': False}
    """
    known = {name: dict(zip(("able", "willing"), flags, strict=True)) for name, flags in ABLE_AND_WILLING.items()}
    flags = [known.get(name, {"able": pd.NA, "willing": pd.NA}) for name in potential_class]
    return pd.DataFrame(flags, index=potential_class.index, columns=["able", "willing"]).astype("boolean")
