"""What changed between two versions of a scorecard, as a table and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from srmkit.language import marked, percent, say
from srmkit.scoring.criteria import Criterion, Group

if TYPE_CHECKING:
    from srmkit.scoring.scorecard import Scorecard

COLUMNS = ["part", "kind", "what", "before", "after"]
HEAD = ("name", "title", "version", "date", "owner")
# what a part may say, in the order in which it is told
SAID = ("label", "metric", "unit", "definition", "source", "outside", "aggregation", "interaction", "rationale",
        "judged", "said")
WORDS = {
    "name": marked("name"),
    "title": marked("title"),
    "version": marked("version"),
    "date": marked("date"),
    "owner": marked("owner"),
    "part of": marked("place"),
    "points": marked("weight"),
    "share": marked("share"),
    "scale": marked("scale"),
    "label": marked("label"),
    "metric": marked("metric"),
    "unit": marked("unit"),
    "definition": marked("definition"),
    "source": marked("source"),
    "outside": marked("decision about figures beyond the ends"),
    "aggregation": marked("aggregation"),
    "interaction": marked("interaction"),
    "rationale": marked("rationale"),
    "judged": marked("account of who judged how"),
    "said": marked("words of the raters"),
    "missing": marked("decision about a missing figure"),
    "words": marked("wording"),
}


@dataclass(frozen=True)
class ScorecardDiff:
    """What changed from one scorecard to another.

    `table` has one row a change: part (the scorecard, an axis, group, criterion or gate), kind, what
    (added, removed, points, share, scale, ...), before and after. A share is that of the axis, for an
    axis that of the total; it is told where the points stayed and the share moved with those of others.
    """

    table: pd.DataFrame

    @property
    def sentences(self) -> tuple[str, ...]:
        """Every change in one sentence; none where nothing changed."""
        return tuple(_sentence(row) for row in self.table.to_dict("records"))

    @property
    def scores_alike(self) -> bool:
        """Whether both give every candidate the same scores: only words changed."""
        words = {*HEAD, "label", "unit", "definition", "source", "rationale", "judged", "said", "words"}
        return bool(self.table["what"].isin(words).all())


def diff(before: Scorecard, after: Scorecard) -> ScorecardDiff:
    """What changed; see `Scorecard.diff`."""
    rows = [*_head(before, after), *_parts(before, after), *_gates(before, after)]
    return ScorecardDiff(pd.DataFrame(rows, columns=COLUMNS))


def _head(before: Scorecard, after: Scorecard) -> Iterator[tuple[Any, ...]]:
    for name in (*HEAD, "aggregation", "interaction"):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield after.name, "scorecard", name, old, new


def _parts(before: Scorecard, after: Scorecard) -> Iterator[tuple[Any, ...]]:
    old, new = _listed(before), _listed(after)
    for name, (part, kind, parent, share) in new.items():
        if name not in old:
            yield name, kind, "added", None, _points(part, parent, share)
            continue
        was, was_kind, was_parent, was_share = old[name]
        if (was_kind, was_parent) != (kind, parent):
            yield name, kind, "part of", was_parent or was_kind, parent or kind
        if was.weight != part.weight:
            yield name, kind, "points", _points(was, was_parent, was_share), _points(part, parent, share)
        elif abs(was_share - share) > 5e-4:
            yield name, kind, "share", percent(was_share, 1), percent(share, 1)
        if isinstance(part, Criterion) and isinstance(was, Criterion) and was.scale != part.scale:
            yield name, kind, "scale", _scale(was), _scale(part)
        for what in SAID:
            one, other = getattr(was, what, None), getattr(part, what, None)
            if one != other:
                yield name, kind, what, one, other
    for name, (part, kind, parent, share) in old.items():
        if name not in new:
            yield name, kind, "removed", _points(part, parent, share), None


def _gates(before: Scorecard, after: Scorecard) -> Iterator[tuple[Any, ...]]:
    old, new = ({gate.condition: gate for gate in card.gates} for card in (before, after))
    for condition, gate in new.items():
        if condition not in old:
            yield condition, "gate", "added", None, gate.words
        else:
            for what in ("words", "missing"):
                one, other = getattr(old[condition], what), getattr(gate, what)
                if one != other:
                    yield condition, "gate", what, one, other
    for condition, gate in old.items():
        if condition not in new:
            yield condition, "gate", "removed", gate.words, None


def _listed(card: Scorecard) -> dict[str, tuple[Criterion | Group, str, str, float]]:
    """Every part by name: itself, its kind, what it is part of, and its share of the axis (an axis: of the total)."""
    rows = card.outline().to_dict("index")
    found = {}
    for axis in card.axes:
        for part in axis.walk():
            row = rows[part.name]
            share, above = row["share"], row["part_of"]
            while above and rows[above]["kind"] != "axis":
                share *= rows[above]["share"]
                above = rows[above]["part_of"]
            found[part.name] = (part, row["kind"], row["part_of"], share)
    return found


def _points(part: Criterion | Group, parent: str, share: float) -> str:
    return say("{points:g} points, {share} of the {whole}", points=part.weight, share=percent(share, 1),
               whole=say("axis") if parent else say("total"))


def _scale(item: Criterion) -> str:
    scale = item.scale
    bent = "".join(f", {name} {vars(scale)[name]}" for name in ("rho", "points", "steps") if name in vars(scale))
    return say("{type}, worst {worst}, best {best}{more}", type=scale.type, worst=scale.worst_words,
               best=scale.best_words, more=bent)


def _sentence(row: Mapping[Any, Any]) -> str:
    kind, part = say(row["kind"]), row["part"]
    if row["what"] == "added":
        return say("The {kind} '{part}' is new ({after}).", kind=kind, part=part, after=row["after"])
    if row["what"] == "removed":
        return say("The {kind} '{part}' is gone ({before}).", kind=kind, part=part, before=row["before"])
    if row["what"] == "share":
        return say("The share of the {kind} '{part}' goes from {before} to {after} with the weights of others.",
                   kind=kind, part=part, before=row["before"], after=row["after"])
    return say("The {what} of the {kind} '{part}' goes from \"{before}\" to \"{after}\".", what=say(WORDS[row["what"]]),
               kind=kind, part=part, before=_word(row["before"]), after=_word(row["after"]))


def _word(value: Any) -> str:
    return f"{value:g}" if isinstance(value, float) else str("" if value is None else value)
