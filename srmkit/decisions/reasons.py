"""One candidate's reason sheet: where its points come from, how sure its class is, and what would change it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd

from srmkit.bands import Bands
from srmkit.decisions.paths import nearest_class
from srmkit.decisions.placement import Placement
from srmkit.decisions.sentences import chance
from srmkit.language import joined, marked, say
from srmkit.robustness import flip_condition, labels_of
from srmkit.rounding import unit_in
from srmkit.scoring import compensation_sentences

MOST_FLIPS = 3
NO_FLIP = {  # whether scores add up, so that a formula has the answer
    True: marked("No single weight changes its class."),
    False: marked("No single weight was seen to change its class, at 400 steps of each."),
}


@dataclass(frozen=True)
class ReasonSheet:
    """Why a candidate is where it is.

    `points` has one row a criterion: axis, criterion, figure, unit, worth (0 to 100 on its scale), points won and
    lost; of who takes the class of something else, what that is, under another `title`. `classes` has each class's
    probability, the likeliest first. A sheet is `whole` unless changes of figures are still to be looked for.
    """

    sentences: tuple[str, ...]
    points: pd.DataFrame
    classes: pd.DataFrame
    title: str = marked("Points by criterion")
    whole: bool = True


def reason_sheet(
    placement: Placement, candidate: Any, name: str, *, bands: Bands | None = None, searched: bool = True
) -> ReasonSheet:
    """The sheet of one candidate, called `name` in the sentences; SrmkitError when it was not scored.

    With `bands` also how far the next grade is, and the cheapest path to it. Unless `searched`, the changes of figures
    are left out that only a search finds.
    """
    explained = placement.scores.explain(candidate, bands=bands, searched=searched)
    failing = compensation_sentences(placement.scores.compensation(candidate))
    chances = placement.certainty.probabilities.loc[candidate].sort_values(ascending=False, kind="stable")
    said = [sentence.replace(f"{candidate} ", f"{name} ", 1) for sentence in explained.sentences[:1]]
    return ReasonSheet(
        (*said, *explained.sentences[1:], *failing, *_class(placement, candidate, name), *_flips(placement, candidate),
         *_figures(placement, candidate, searched)),
        _points(explained.frame, labels_of(placement.scores), placement.scores.currency),
        chances.rename("probability").rename_axis("segment").reset_index(),
        whole=searched or not placement.scores.scorecard.additive,
    )


def _class(placement: Placement, candidate: Any, name: str) -> list[str]:
    segment = placement.segments.segment[candidate]
    sure = placement.certainty.certainty[candidate]
    if pd.isna(sure):
        return [say("{who} has no class: a figure is missing on one of the axes.", who=name)]
    most = placement.certainty.matters_most[candidate]
    moved = "" if most == "none" else say("What most often moves it is the doubt about the {doubt}.", doubt=say(most))
    stands = say("{who} is {segment} in {share} of the draws.", who=name, segment=say(segment),
                 share=chance(sure, placement.params.draws))
    return [joined(stands, moved)]


def _flips(placement: Placement, candidate: Any) -> list[str]:
    table = placement.tipping
    nearest = table[table["candidate"] == candidate].head(MOST_FLIPS)
    labels = labels_of(placement.scores)
    lines = [say("It becomes {segment} if {condition}.", segment=say(row["becomes"]),
                 condition=flip_condition(row, labels)) for row in nearest.to_dict("records")]
    return lines or [say(NO_FLIP[placement.scores.scorecard.additive])]


def _figures(placement: Placement, candidate: Any, searched: bool) -> list[str]:
    """The nearest other class by its figures, and between which classes missing ones leave it."""
    lines = []
    nearest = nearest_class(placement, candidate) if searched else None
    if nearest is not None:
        lines.append(say("With other figures it becomes {segment} soonest by: {moves}.", segment=say(nearest[0]),
                         moves=nearest[1].moves))
    if candidate in placement.open_classes.index:
        lines.append(say("Whatever its missing figures are, it is {segments}.",
                         segments=placement.open_classes[candidate]))
    return lines


def _points(frame: pd.DataFrame, labels: dict[str, str], currency: str) -> pd.DataFrame:
    table = frame.assign(axis=frame["axis"].map(labels), worth=100 * frame["value"],
                         unit=[unit_in(unit, currency) for unit in frame["unit"]])
    table = table.rename(columns={"label": "criterion", "raw": "figure", "contribution": "points", "loss": "lost"})
    return table[["axis", "criterion", "figure", "unit", "worth", "points", "lost"]].reset_index(drop=True)
