"""Why a supplier has its class: what it sells, how sure that is, and what would change it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from srmkit.decisions.placement import Placement
from srmkit.decisions.reasons import MOST_FLIPS, NO_FLIP, ReasonSheet
from srmkit.decisions.sentences import chance
from srmkit.language import joined, marked, say
from srmkit.robustness import ClassAcceptability, flip_condition, labels_of

WHAT_IT_SELLS = marked("What is bought from it")


def roll_up_reasons(
    placement: Placement,
    supplier: Any,
    *,
    name: str,
    spend: pd.Series,
    names: pd.Series,
    certainty: ClassAcceptability,
    tipping: pd.DataFrame,
    may_be: str | None = None,
) -> ReasonSheet:
    """The sheet of one supplier that takes the class of what it sells.

    `spend` is the supplier's, by candidate of the matrix (gaps and zeros are nothing bought), `names` are theirs;
    `certainty` and `tipping` are the suppliers'; `may_be` are its classes where missing figures leave it open.
    """
    chances = certainty.probabilities.loc[supplier].sort_values(ascending=False, kind="stable")
    open_to = [] if may_be is None else [say("Whatever the missing figures of what it sells are, it is {segments}.",
                                             segments=may_be)]
    return ReasonSheet(
        (*_class(supplier, name, certainty, placement.params.draws), *_flips(placement, supplier, tipping), *open_to),
        _bought(placement, spend, names),
        chances.rename("probability").rename_axis("segment").reset_index(),
        title=WHAT_IT_SELLS,
    )


def _class(supplier: Any, name: str, certainty: ClassAcceptability, draws: int) -> list[str]:
    sure = certainty.certainty[supplier]
    if pd.isna(sure):
        return [say("{who} has no class: nothing it sells is classed.", who=name)]
    most = certainty.matters_most[supplier]
    takes = say("{who} is {segment}: the class in which most of its spend lies, in {share} of the draws.", who=name,
                segment=say(str(certainty.base[supplier])), share=chance(sure, draws))
    moved = "" if most == "none" else say("What most often moves it is the doubt about the {doubt}.", doubt=say(most))
    return [joined(takes, moved)]


def _flips(placement: Placement, supplier: Any, tipping: pd.DataFrame) -> list[str]:
    nearest = tipping[tipping["candidate"] == supplier].head(MOST_FLIPS)
    labels = labels_of(placement.scores)
    lines = [say("It becomes {segment} if {condition}.", segment=say(row["becomes"]),
                 condition=flip_condition(row, labels)) for row in nearest.to_dict("records")]
    return lines or [say(NO_FLIP[placement.scores.scorecard.additive])]


def _bought(placement: Placement, spend: pd.Series, names: pd.Series) -> pd.DataFrame:
    bought = spend[spend > 0].sort_values(ascending=False, kind="stable")
    sure = placement.certainty.table().reindex(bought.index)
    return pd.DataFrame({
        "name": names.reindex(bought.index),
        "spend": bought,
        "spend_share": bought / bought.sum(),
        "segment": sure["segment"],
        "probability": sure["certainty"],
        "certainty": sure["label"],
    }).reset_index(drop=True)
