"""What became of the candidates between reports: who changed class or lost a place, and because of what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from srmkit.batch.changes import differing
from srmkit.batch.verify import read_manifest
from srmkit.decisions.changed_settings import changes_said
from srmkit.decisions.params import language_of
from srmkit.errors import Problems
from srmkit.language import (
    Language,
    counted,
    enumerated,
    joined,
    listed,
    marked,
    say,
    say_many,
    speaking,
    speaks,
    spoken,
)
from srmkit.studies import params_of, run_of

if TYPE_CHECKING:
    import pandas as pd

    from srmkit.charts.tables import Format
    from srmkit.robustness import CauseSplit

GAINED, LOST = marked("gained a place"), marked("lost the place")
MORE_MOVE = marked("{count:,} more move.")
MOST_NAMED = 8
MOST_MOVERS = 30


@speaks
@dataclass(frozen=True, eq=False)
class Comparison:
    """One report against the one before it.

    `before` and `after` are what the reports are called; `changed` has the settings that differ, with both values.
    `split` has what moved and why, `names` how candidates are called, `standings` where there are places who has one,
    before and after (`Selection.table`). It speaks the language of the later report.
    """

    before: str
    after: str
    changed: tuple[str, ...]
    split: CauseSplit
    names: pd.Series
    standings: tuple[pd.DataFrame, pd.DataFrame] | None
    language: Language = field(default_factory=spoken)

    @cached_property
    def migration(self) -> pd.DataFrame:
        """Candidates by class before (rows) and after (columns), among those of both reports."""
        import pandas as pd

        classes = self.split.classes
        return pd.crosstab(classes["before"], classes["after"]).rename_axis(index="before", columns="after")

    @cached_property
    def movers(self) -> pd.DataFrame:
        """One row a mover: name, from, to, total before and after, and what each cause accounts for (sums to 1)."""
        moved = self.split.classes[self.split.classes["moved"]]
        totals = self.split.scores.loc[moved.index, ["before", "after"]].add_prefix("total_")
        table = moved.drop(columns="moved").join(totals)
        table.insert(0, "name", self.names.reindex(table.index))
        return table

    @cached_property
    def places(self) -> pd.DataFrame:
        """One row a candidate that gained or lost a place: name, place (GAINED or LOST), how it stood before and after.

        Those who gained one come first; who was not there has a gap. No rows where the study gives no places.
        """
        import pandas as pd

        if self.standings is None:
            return pd.DataFrame(columns=["name", "place", "before", "after"])
        had, has = (table.index[table["selected"]] for table in self.standings)
        gained, lost = has.difference(had, sort=False), had.difference(has, sort=False)
        table = pd.DataFrame({"place": [GAINED] * len(gained) + [LOST] * len(lost)}, index=gained.append(lost))
        for name, standing in zip(("before", "after"), self.standings, strict=True):
            table[name] = standing["reason"].reindex(table.index)
        table.insert(0, "name", self.names.reindex(table.index))
        return table

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """How many moved and because of what, what was changed, who gained or lost a place, who came and who went."""
        moved = len(self.movers)
        first = say_many("From {before} to {after}, {count:,} candidate changed its class.",
                         "From {before} to {after}, {count:,} candidates changed their class.", moved,
                         before=self.before, after=self.after)
        by_cause = self.split.by_cause
        causes = [f"{say(str(cause))} {share:.1f}" for cause, share in by_cause.items() if abs(share) >= 0.05]
        why = say("Moves that each cause accounts for: {causes}.", causes=enumerated(causes)) if causes else ""
        changed = say("Settings that differ: {names}.", names=listed(self.changed)) if self.changed else say(
            "Both have the same settings.")
        gained, lost = (list(self.places.index[self.places["place"] == place]) for place in (GAINED, LOST))
        there = [self._who(gained, say("Gained a place: {names}.", names="{names}")),
                 self._who(lost, say("Lost the place: {names}.", names="{names}")),
                 self._who(self.split.came, say("New: {names}.", names="{names}")),
                 self._who(self.split.went, say("No longer there: {names}.", names="{names}"))]
        return (joined(first, why), changed, *filter(None, there))

    @cached_property
    def moves(self) -> tuple[str, ...]:
        """One sentence a gained or lost place, and one a mover, the first of them: from where to where, and why."""
        told = self.split.told(self.names.to_dict())
        more = [say(MORE_MOVE, count=len(told) - MOST_MOVERS)] if len(told) > MOST_MOVERS else []
        return (*self._places_told(), *told[:MOST_MOVERS], *more)

    def _places_told(self) -> list[str]:
        told = {GAINED: marked("{who} gained a place: {after}; before: {before}."),
                LOST: marked("{who} lost the place: {after}; before: {before}.")}
        rows = self.places.fillna(say("not there")).to_dict("records")
        return [say(told[row["place"]], who=row["name"], after=row["after"], before=row["before"]) for row in rows]

    def _who(self, candidates: Sequence[Any], sentence: str) -> str:
        if not candidates:
            return ""
        named = [str(self.names.get(one, one)) for one in candidates[:MOST_NAMED]]
        more = len(candidates) - len(named)
        return sentence.format(names=listed([*named, *([counted(more, "more", "more")] if more else [])]))

    def _repr_html_(self) -> str:
        from srmkit import charts

        formats: dict[str, Format] = {
            "model": "percent", "data": "percent", "cuts": "percent", "total_before": "points", "total_after": "points",
        }
        labels = {"model": say("model"), "total_before": say("total before"), "total_after": say("total after")}
        html = charts.words(self.sentences, listed=True)._repr_html_()
        html += charts.table(self.migration, say("Classes before (rows) and after (columns)"),
                             index="before")._repr_html_()
        if len(self.places):
            html += charts.table(self.places, say("Who gained or lost a place, and how they stood"),
                                 most_rows=len(self.places), formats={"place": "name"})._repr_html_()
        if len(self.movers):
            html += charts.table(self.movers, say("Who moved, and what accounts for it"), most_rows=MOST_MOVERS,
                                 more=(MORE_MOVE, MORE_MOVE), formats=formats, labels=labels)._repr_html_()
        return html

    def __repr__(self) -> str:
        return "\n".join(self.sentences)


@dataclass(frozen=True, eq=False)
class Comparisons:
    """Reports one after the other, each against the one before it."""

    pairs: tuple[Comparison, ...]

    def _repr_html_(self) -> str:
        return "".join(pair._repr_html_() for pair in self.pairs)

    def __repr__(self) -> str:
        return "\n\n".join(map(repr, self.pairs))


def compare_runs(*reports: str | Path, notebook: str | Path | None = None) -> Comparisons:
    """Who changed class from report to report, and how much of it the model, the data and the cuts account for.

    Where a study gives places, who gained or lost one is told, too.

    `reports` are folders of runs of one study, or files in them, the oldest first. Each is run again from its manifest,
    so its data must still be as they were: keep each quarter's data in a place of its own. `notebook` names a study of
    one's own that is not found otherwise. SrmkitError for less than
    two, for different studies, for studies without classes, and where inputs or scorecards have changed.
    """
    problems = Problems("comparison of runs")
    if len(reports) < 2:
        problems.add("the reports", "are less than two", found=str(len(reports)), todo="Name two or more.")
    manifests = [read_manifest(report, notebook=notebook) for report in reports]
    studies = list(dict.fromkeys(manifest["study"] for manifest in manifests))
    if len(studies) > 1:
        problems.add("the reports", "are of different studies", found=", ".join(studies),
                     todo="Compare reports of one study.")
    problems.raise_if_any()
    results = [run_of(manifest["study"])(params_of(manifest["study"]).check(manifest["settings"]))
               for manifest in manifests]
    for report, manifest, result in zip(reports, manifests, results, strict=True):
        now = result.manifest()
        for part in ("inputs", "scorecards"):
            changed = differing(manifest[part], now[part])
            if changed:
                problems.add(f"report '{report}'", f"has {part} that changed since", found=", ".join(changed),
                             todo="Put them back as they were, or run the report again.")
        if not hasattr(result, "as_run"):
            problems.add(f"study '{manifest['study']}'", "puts nobody in a class", todo="Compare another one.")
    problems.raise_if_any()
    called = _called(reports)
    return Comparisons(tuple(
        _compared(called[place : place + 2], results[place : place + 2]) for place in range(len(reports) - 1)
    ))


def _compared(called: Sequence[str], results: Sequence[Any]) -> Comparison:
    from srmkit.robustness import cause_split

    before, after = results
    language = language_of(after.params)
    with speaking(language):
        changed = tuple(changes_said(before.params, after.params))
    names = after.candidate_names.combine_first(before.candidate_names)
    standings = (before.selection.table, after.selection.table) if hasattr(after, "selection") else None
    return Comparison(called[0], called[1], changed, cause_split(before.as_run(), after.as_run()), names, standings,
                      language)


def _called(reports: Sequence[str | Path]) -> list[str]:
    """The folders' names, with a number where two have the same."""
    places = [Path(report) for report in reports]
    names = [(place if place.is_dir() else place.parent).name for place in places]
    return [name if names.count(name) == 1 else f"{name} ({number})" for number, name in enumerate(names, start=1)]
