"""A proposed column map to accept or change, try on the files, and write: the accepted map is a file."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

import ipywidgets as w

from srmkit.errors import Problem, SrmkitError
from srmkit.intake import Proposal, propose
from srmkit.intake.proposed import ProposedColumn, ProposedTable
from srmkit.language import Language, joined, labelled, marked, say, say_many, speaks, spoken
from srmkit.language import column as column_heading
from srmkit.tables import CATALOGUE, read_dataset
from srmkit.tables.catalogue import Column
from srmkit.widgets.explorer import Settings, somebody_is_there
from srmkit.widgets.failing import RED, alert

NOT_THERE = marked("(not there)")
MARKS = (("1234.5", (".", "")), ("1,234.5", (".", ",")), ("1234,5", (",", "")), ("1.234,5", (",", ".")),
         ("1 234,5", (",", " ")), ("1 234.5", (".", " ")), ("1'234.5", (".", "'")))  # fmt: skip
_NUMBERS = ("number", "money", "whole")
_BETWEEN = " or "
MOST_NOTES = 12
_FIXED = "0 0 auto"  # columns stand under each other, however long the remark is


@speaks
class ColumnRow:
    """The controls of one column of ours: where it comes from, how it is written, accepted or not."""

    def __init__(self, table: ProposedTable, column: Column) -> None:
        self._table, self._column, self.language = table, column, spoken()
        self._proposed = table.column(column.name)
        rule: Mapping[str, Any] = self._proposed.rule if self._proposed else {}
        origin = rule.get("from")
        options = [(say(NOT_THERE), NOT_THERE), *((name, name) for name in table.choices)]
        self._is_plain = origin is None or isinstance(origin, str)
        star = " *" if column.required else ""
        self.source = w.Dropdown(
            options=options, value=origin if origin in table.choices else NOT_THERE, description=f"{column.name}{star}",
            tooltip=say(column.meaning), style={"description_width": "150px"},
            layout=w.Layout(width="380px", flex=_FIXED),
        )  # fmt: skip
        self.accepted = w.Checkbox(
            value=bool(self._proposed and self._proposed.accepted), description=say("use it"), indent=False,
            layout=w.Layout(width="75px", flex=_FIXED),
        )  # fmt: skip
        self.writing = self._writing(rule)
        self.remark = w.HTML(layout=w.Layout(flex="1 1 0", min_width="0"))
        for name in ("source", "accepted", "writing"):
            getattr(self, name).add_class(f"srm-map-{table.name}-{column.name}-{name}".replace("_", "-"))
        self.source.observe(lambda _: self._chosen(), names="value")
        self.accepted.observe(lambda _: self._tell(), names="value")
        self._tell()
        self.box = w.HBox([self.source, self.writing, self.accepted, self.remark])

    def rule(self) -> Mapping[str, Any] | None:
        """What the map will say of the column; None where it is not used."""
        if not self.accepted.value:
            return None
        if not self._is_changed and self._proposed is not None:
            return {**self._proposed.rule, **self._written()}
        return None if self.source.value == NOT_THERE else {"from": self.source.value, **self._written()}

    @property
    def _is_changed(self) -> bool:
        origin = self._proposed.rule.get("from") if self._proposed else None
        return self._is_plain and self.source.value != (origin if origin is not None else NOT_THERE)

    def _written(self) -> dict[str, Any]:
        if self._column.kind == "date":
            formats = [part.strip() for part in self.writing.value.split(_BETWEEN) if part.strip()]
            return {"formats": formats} if formats else {}
        if self._column.kind in _NUMBERS:
            decimal, thousands = self.writing.value
            plain = (decimal, thousands) == (".", "") and not (self._proposed and self._proposed.question)
            return {} if plain else {"decimal": decimal} | ({"thousands": thousands} if thousands else {})
        return {}

    def _writing(self, rule: Mapping[str, Any]) -> w.Widget:
        place = w.Layout(width="170px", flex=_FIXED)
        if self._column.kind == "date":
            formats, hint = _BETWEEN.join(rule.get("formats", ())), say("year-month-day, or {shape}", shape="%d.%m.%Y")
            return w.Text(formats, placeholder=hint, continuous_update=False, layout=place)
        if self._column.kind in _NUMBERS:
            value = (rule.get("decimal", "."), rule.get("thousands", ""))
            known = [marks for _, marks in MARKS]
            return w.Dropdown(options=MARKS, value=value if value in known else known[0], layout=place)
        return w.HTML(layout=place)

    def _chosen(self) -> None:
        self.accepted.value = self.source.value != NOT_THERE  # whoever chooses it means it
        self._tell()

    def _tell(self) -> None:
        samples = self._table.choices.get(self.source.value, "")
        words = [f"<code>{escape(samples)}</code>"] if samples else []
        proposed = self._proposed
        if proposed is not None and not self._is_changed:
            words.insert(0, say("confidence {confidence:.2f}", confidence=proposed.confidence))
            words += [escape(say("or {other}?", other=proposed.rival))] if proposed.rival else []
            if (divisor := proposed.rule.get("divided_by")) is not None:
                words.append(escape(say("divided by {other}", other=divisor)))
            if not self._is_plain:
                words.append(escape(say("from {source}", source=proposed.source)))
            if proposed.question and not self.accepted.value:  # whoever accepts it has answered
                words.append(f'<span role="alert" style="color:{RED}">{escape(proposed.question)}</span>')
        self.remark.value = " · ".join(words)


@speaks
class ColumnMapForm:
    """The whole form, in the language of the proposal.

    `proposal()` is the map as the controls stand, `path` the file it will be written to.
    """

    def __init__(self, proposal: Proposal, source: str | Path, path: str | Path = "map.toml") -> None:
        self._proposal, self._source, self.language = proposal, source, proposal.language
        self._written: Path | None = None
        self._build(path)

    def _build(self, path: str | Path) -> None:
        proposal = self._proposal
        self.name = w.Text(proposal.name, description=say("whose data"), continuous_update=False)
        self.currency = w.Text(proposal.currency, description=say("currency"), placeholder="EUR",
                               continuous_update=False)  # fmt: skip
        self.path = w.Text(str(path), description=say("file"), continuous_update=False)
        self.used = {table.name: _use_it(table) for table in proposal.tables}
        self.rows = {table.name: {column.name: ColumnRow(table, column) for column in CATALOGUE[table.name].columns}
                     for table in proposal.tables}  # fmt: skip
        self.answer = w.HTML()
        self.try_it = w.Button(description=say("try it"), tooltip=say("read the files with this map"), icon="play")
        self.write = w.Button(description=say("write the map"), tooltip=say("the next run needs nobody"), icon="save")
        self.try_it.on_click(lambda _: self.read())
        self.write.on_click(lambda _: self.save())
        for name in ("name", "currency", "path", "answer", "try_it", "write"):
            getattr(self, name).add_class(f"srm-map-{name}".replace("_", "-"))
        sections = [w.VBox([self.used[name], *(row.box for row in rows.values())]) for name, rows in self.rows.items()]
        titles = tuple(f"{table.name} ({table.confidence:.2f})" for table in proposal.tables)
        self.tables = w.Accordion(children=sections, titles=titles, selected_index=self._first_with_a_question())
        head = f"<p>{escape(joined(proposal.sentence(), say('A * must be there.')))}</p>"
        head += "".join(f"<p>{escape(told)}</p>" for told in _about_files(proposal))
        self.box = w.VBox([
            w.HTML(head), w.HBox([self.name, self.currency]), self.tables,
            w.HBox([self.path, self.try_it, self.write]), self.answer,
        ])  # fmt: skip

    def proposal(self) -> Proposal:
        """The map as the controls stand: what is ticked is accepted, everything else is left out or a remark."""
        found = self._proposal.in_currency(self.currency.value.strip())
        found = found.called(self.name.value)
        for name, rows in self.rows.items():
            if not self.used[name].value:
                found = found.without(name)
                continue
            for column, row in rows.items():
                rule = row.rule()
                if rule is not None:
                    found = found.accepting(name, column, rule)
                elif self._has(name, column):
                    found = found.without(name, column)
        return found

    def read(self) -> None:
        """Read the files with the map as it stands, and show the account of rows or what is wrong."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "map.toml"
            try:
                self.proposal().write(path)
                data = read_dataset(self._source, column_map=path)
            except SrmkitError as error:
                self._refuse(error)
                return
        table = data.health.tables.reset_index().rename(columns=column_heading)
        shown = table.to_html(index=False, escape=True, border=0)
        notes = "".join(f"<li>{escape(note)}</li>" for note in data.health.notes[:MOST_NOTES])
        self.answer.value = f"<p>{escape(data.health.sentence())}</p>{shown}" + (f"<ul>{notes}</ul>" if notes else "")

    def save(self) -> None:
        """Write the file; one that is there already and was not written by this form stays."""
        path = Path(self.path.value)
        try:
            if path.exists() and path != self._written:
                todo = say("Name another file, or take it away.")
                problem = Problem(f"'{path.name}'", say("is there already"), "", todo)
                raise SrmkitError("column map", [problem])
            self.proposal().write(path)
        except SrmkitError as error:
            self._refuse(error)
            return
        except OSError as error:
            todo = say("Name another place.")
            problem = Problem(f"'{path}'", say("cannot be written"), str(error.strerror), todo)
            self._refuse(SrmkitError("column map", [problem]))
            return
        self._written = path
        left = len(self.proposal().questions)
        told = say_many("{count} question is left in it as a remark.", "{count} questions are left in it as remarks.",
                        left) if left else say("The next run needs nobody.")  # fmt: skip
        self.answer.value = f"<p>{escape(joined(say('Written to {file}.', file=path), told))}</p>"

    def _refuse(self, error: SrmkitError) -> None:
        self.answer.value = alert(error)

    def _has(self, table: str, column: str) -> bool:
        return any(one.name == table and one.column(column) is not None for one in self._proposal.tables)

    def _first_with_a_question(self) -> int | None:
        asked = [place for place, table in enumerate(self._proposal.tables) if table.missing or any(_asks(table))]
        return asked[0] if asked else None

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.box._repr_mimebundle_(**kwargs)


def _about_files(proposal: Proposal) -> Iterator[str]:
    """Which rows were taken for names, which files for one table, and what was not read or not used."""
    yield from (labelled(file, told) for file, told in proposal.headers.items())
    for table in (table for table in proposal.tables if table.series):
        yield joined(labelled(table.name, table.series), say("Is that so?"))
    yield from proposal.about_files
    yield from (say("not used: {file}", file=name) for name in proposal.unused)


def _use_it(table: ProposedTable) -> w.Checkbox:
    words = say("take {table} from {file}", table=table.name, file=table.place)
    return w.Checkbox(value=True, description=words, indent=False, layout=w.Layout(width="auto"))


def _asks(table: ProposedTable) -> list[ProposedColumn]:
    return [column for column in table.columns if column.question and not column.accepted]


def map_columns(
    source: str | Path, *, path: str | Path = "map.toml", accept: float = 0.8, language: Language | None = None
) -> ColumnMapForm | Settings:
    """A form to accept or change the proposed column map; the proposed map as text where nobody is there to do so.

    It speaks `language` ("en" or "zh"), by default the one that is spoken.
    """
    found = propose(source, accept=accept, language=language)
    return ColumnMapForm(found, source, path) if somebody_is_there() else Settings(found.text())
