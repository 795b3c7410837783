"""Why a candidate scores what it scores: a table of points won and lost, and sentences made of them."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import joined, marked, number, percent, say, say_many
from srmkit.rounding import said_in
from srmkit.scoring.criteria import Group
from srmkit.scoring.measured import listed

if TYPE_CHECKING:
    from srmkit.bands import Bands
    from srmkit.scoring.path_up import PathUp
    from srmkit.scoring.scores import Scores

MOST_NAMED = 3


@dataclass(frozen=True)
class Explanation:
    """One candidate's score taken apart.

    `frame` has one row a criterion: axis, label, raw figure, unit, value (0 to 1), weight (share of
    the total), contribution and loss (points of the total won, and lost against the best figure), and
    behind (points won less than by the first in rank; below 0 where it wins more). `turns` are the points
    that places which multiply or average geometrically add to the sum of the contributions. `short` is what
    is missing to the `next_grade` and `path` the cheapest way there; None where no grades were given, where it
    has the best one, and (the path) where the scorecard does not simply add up.
    """

    candidate: Hashable
    frame: pd.DataFrame
    sentences: tuple[str, ...]
    turns: pd.Series[float]
    next_grade: str | None = None
    short: float | None = None
    path: PathUp | None = None

    @property
    def text(self) -> str:
        """The sentences in a row."""
        return joined(*self.sentences)


def explain(
    scores: Scores, candidate: Hashable, bands: Bands | None = None, *, searched: bool = True
) -> Explanation:
    """The explanation of one candidate; SrmkitError when it was not scored."""
    if candidate not in scores.total.index:
        problems = Problems(f"scores of '{scores.scorecard.name}'")
        problems.add(f"'{candidate}'", "was not scored", found=listed(map(str, scores.total.index)),
                     todo="Use a name from the index of the scores.")
        problems.raise_if_any()
    place = scores.total.index.tolist().index(candidate)
    frame = _frame(scores, place)
    grade, short, path = _next_grade(scores, place, bands, searched)
    sentences = [*_sentences(scores, place, frame)]
    if grade is not None and short is not None:
        # with enough digits to be more than nothing
        lacking = number(short, 1) if short >= 0.05 else f"{short:.2g}"
        sentences.append(say("It is {points} points short of {grade}.", points=lacking, grade=say(grade)))
    if path is not None:
        sentences.append(path.sentence)
    return Explanation(candidate, frame, tuple(sentences), scores.turns.iloc[place], grade, short, path)


def _next_grade(
    scores: Scores, place: int, bands: Bands | None, searched: bool
) -> tuple[str | None, float | None, PathUp | None]:
    """The grade above the one that its points give, what is missing to it, and the cheapest path."""
    total = float(scores.total.iloc[place])
    if bands is None or math.isnan(total):
        return None, None, None
    code = int(bands.codes(total))
    if code == 0:
        return None, None, None
    grade, short = bands.names[code - 1], bands.cuts[code - 1] - total
    path = None
    if searched and scores.scorecard.additive and math.isfinite(short):
        path = scores.path_up(scores.total.index[place], grade=grade, bands=bands)
    return grade, short, path


def _frame(scores: Scores, place: int) -> pd.DataFrame:
    card = scores.scorecard
    share = card.axis_weights.reindex(card.axis_of.to_numpy()).to_numpy(dtype=float)
    frame = pd.DataFrame(
        {
            "axis": card.axis_of,
            "label": {criterion.name: criterion.label for criterion in card.criteria},
            "raw": scores.raw.iloc[place].astype(object),
            "unit": {criterion.name: criterion.unit for criterion in card.criteria},
            "value": scores.values.iloc[place],
            "weight": scores.weights.iloc[place] * share,
            "contribution": scores.contributions.iloc[place],
        }
    ).reindex([criterion.name for criterion in card.criteria])
    frame["loss"] = 100 * frame["weight"] * (1 - frame["value"].fillna(0.0))
    first = int(scores.rank.to_numpy(dtype=float, na_value=math.inf).argmin()) if scores.rank.notna().any() else place
    frame["behind"] = scores.contributions.iloc[first] - frame["contribution"]
    return frame.rename_axis("criterion")


def _sentences(scores: Scores, place: int, frame: pd.DataFrame) -> Iterator[str]:
    yield _standing(scores, place)
    known = frame[frame["contribution"].notna() & frame["value"].notna()]
    won = known[known["contribution"] >= 0.05].sort_values("contribution", ascending=False, kind="stable")
    if len(won):
        yield say("Most points come from {criteria}.", criteria=_named_points(scores, won, "contribution"))
    lost = known[known["loss"] >= 0.05].sort_values("loss", ascending=False, kind="stable")
    if len(lost):
        yield say("Most are lost on {criteria}.", criteria=_named_points(scores, lost, "loss"))
    for node, turn in scores.turns.iloc[place].items():
        if abs(turn) >= 0.05:
            yield _turn(scores, str(node), float(turn))
    missing = frame[frame["value"].isna() & (scores.scorecard.weights.reindex(frame.index) > 0)]
    if len(missing):
        yield _missing(scores, place, missing)
    failed = scores.gated[scores.gated["candidate"] == scores.total.index[place]]
    for _, row in failed.iterrows():
        yield say("It fails the gate '{gate}': {condition}, found {figure}.", gate=row["gate"],
                  condition=row["condition"], figure=_figure(row["found"]))


def _standing(scores: Scores, place: int) -> str:
    candidate, total, rank = scores.total.index[place], scores.total.iloc[place], scores.rank.iloc[place]
    labels = [say(axis.label).lower() for axis in scores.scorecard.axes]
    points = [say("unknown") if math.isnan(figure) else number(figure, 1) for figure in scores.axes.iloc[place]]
    axes = listed(f"{label} {figure}" for label, figure in zip(labels, points, strict=True))
    if math.isnan(total):
        return say("{who} has no total: {axes}.", who=candidate, axes=axes)
    ranked = int(scores.rank.notna().sum())
    rank_said = say("without a rank") if pd.isna(rank) else say("rank {rank} of {ranked}", rank=rank, ranked=ranked)
    if len(scores.scorecard.axes) == 1:
        text = marked("{who} scores {total:.1f} of 100 ({rank}).")
    else:
        text = marked("{who} scores {total:.1f} of 100 ({rank}): {axes}.")
    return say(text, who=candidate, total=total, rank=rank_said, axes=axes)


def _named_points(scores: Scores, rows: pd.DataFrame, points: str) -> str:
    return listed([
        say("{criterion}: {points:.1f} of {most:.1f}", criterion=_named(row, scores.currency), points=row[points],
            most=100 * row["weight"])
        for _, row in rows.head(MOST_NAMED).iterrows()
    ])


def _turn(scores: Scores, node: str, turn: float) -> str:
    card = scores.scorecard
    parts = {part.name: part for axis in card.axes for part in axis.walk() if isinstance(part, Group)}
    rule = parts[node].aggregation if node in parts else card.aggregation
    where = say(parts[node].label).lower() if node in parts else say("the total")
    if rule == "multiplicative":
        text = marked("The parts of {where} are multiplied, which makes {points:+.1f} points against their plain sum.")
    else:
        text = marked("The parts of {where} are averaged geometrically, which makes {points:+.1f} points against their "
                      "plain sum.")
    return say(text, where=where, points=turn)


def _named(row: pd.Series, currency: str) -> str:
    return say("{criterion} ({figure})", criterion=say(row["label"]).lower(),
               figure=_figure(row["raw"], row["unit"], currency))


def _missing(scores: Scores, place: int, missing: pd.DataFrame) -> str:
    what = listed(say(str(label)).lower() for label in missing["label"])
    if math.isnan(scores.total.iloc[place]):
        text = marked("Missing: {criteria} ({share} of the weight has a figure).")
    elif scores.missing == "worst":
        text = marked("Missing and counted as worst: {criteria} ({share} of the weight has a figure).")
    elif scores.missing == "interval":
        low, high = (table["total"].iloc[place] for table in (scores.low, scores.high))
        return say_many(
            "Missing: {criteria}; whatever it is, the score lies between {low:.1f} and {high:.1f} ({share} of the "
            "weight has a figure).",
            "Missing: {criteria}; whatever they are, the score lies between {low:.1f} and {high:.1f} ({share} of the "
            "weight has a figure).",
            len(missing), criteria=what, low=low, high=high, share=percent(scores.coverage.iloc[place]),
        )
    else:
        text = marked("Missing: {criteria}; the other criteria of the axis carry the weight ({share} of the weight has "
                      "a figure).")
    return say(text, criteria=what, share=percent(scores.coverage.iloc[place]))


def _figure(figure: object, unit: str = "", currency: str = "") -> str:
    if not isinstance(figure, int | float):
        return str(figure)
    return say("nothing") if math.isnan(figure) else said_in(figure, unit, currency)
