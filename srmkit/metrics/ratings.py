"""Judgements of several raters, brought to one figure with its standard error."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import pandas as pd

from srmkit.language import marked, say
from srmkit.metrics.definition import Definition
from srmkit.metrics.findings import Findings, mean
from srmkit.metrics.period import Period
from srmkit.tables.engine import Table, coalesce, literal_day, row

if TYPE_CHECKING:
    from srmkit.tables import Dataset

Rated = Literal["supplier", "category", "account"]
ALONE = {
    "supplier": marked("{count:,} of {all:,} judged figures of suppliers rest on a single rater: how far raters differ "
                       "is unknown there, so they have no standard error."),
    "category": marked("{count:,} of {all:,} judged figures of categories rest on a single rater: how far raters "
                       "differ is unknown there, so they have no standard error."),
    "account": marked("{count:,} of {all:,} judged figures of accounts rest on a single rater: how far raters differ "
                      "is unknown there, so they have no standard error."),
}
KEYS = {"supplier": "supplier_id", "category": "category", "account": "customer_id"}


def mean_ratings(data: Dataset, period: Period, rated: Rated) -> Table:
    """Mean, sample sd and number of the ratings given up to the period's end; undated ones count."""
    day = literal_day(period.end)
    given = data[f"{rated}_ratings"].filter(coalesce(row.rated_on, day) <= day)
    return given.group_by(KEYS[rated], "criterion").agg(
        raters=row.count(), rating=row.rating.mean(), spread=row.rating.std(how="sample")
    )


def judged(
    data: Dataset, period: Period, rated: Rated, *, taken: frozenset[str]
) -> tuple[list[Definition], Findings]:
    """A definition and a figure for each criterion that was rated.

    A criterion that bears the name of a measured metric (`taken`) is called "rated_<name>".
    """
    if not data.has(f"{rated}_ratings"):
        return [], Findings()
    found = data.collect(mean_ratings(data, period, rated)).set_index(KEYS[rated]).sort_index()
    names = {str(c): f"rated_{c}" if c in taken else str(c) for c in sorted(found["criterion"].unique())}
    figures = {
        name: mean(part["rating"], part["spread"], part["raters"])
        for criterion, name in names.items()
        for part in [found[found["criterion"].eq(criterion)]]
    }
    return [_definition(name, rated) for name in names.values()], Findings(figures, _alone(found, rated))


def _definition(name: str, rated: Rated) -> Definition:
    return Definition(
        name=name,
        label=say(name.replace("_", " ")),
        unit="points",
        level="rating",
        date_basis="rated_on",
        window=say("every rating up to the period's end"),
        population=say("one rating of each rater, 1 to 5, from {table}", table=f"{rated}_ratings"),
        treatment=say("each rater counts once, whatever is bought or sold; undated ratings count"),
        gaps=say("missing where nobody rated; with one rater the figure has no standard error"),
        meaning=say("Mean of the raters; its standard error is their sample sd over the root of their number."),
        source="judged",
        kind="judged",
    )


def _alone(found: pd.DataFrame, rated: Rated) -> tuple[str, ...]:
    alone = int((found["raters"] == 1).sum())
    if not alone:
        return ()
    return (say(ALONE[rated], count=alone, all=len(found)),)
