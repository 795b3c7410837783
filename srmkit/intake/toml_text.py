"""A proposed map as the text of a TOML file: what is accepted as settings, what is not as remarks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from srmkit.language import joined, say
from srmkit.tables.parts import BETWEEN
from srmkit.toml_files import toml_key, toml_value

if TYPE_CHECKING:
    from srmkit.intake.proposal import Proposal
    from srmkit.intake.proposed import ProposedColumn, ProposedTable

_STEER = re.compile("[\x00-\x1f\x7f\x85\u2028\u2029]")


def toml_text(proposal: Proposal) -> str:
    """The whole file."""
    return "\n".join(_lines(proposal)) + "\n"


def _lines(proposal: Proposal) -> Iterator[str]:
    yield f"# {say('A proposed column map: every line has its confidence (0 to 1) behind it.')}"
    told = say("Lines with # in front were not accepted (below {accept:g}, or with a question): correct them, and take "
               "the # away.", accept=proposal.accept)  # fmt: skip
    yield f"# {told}"
    for question in proposal.questions:
        yield f"# ? {_remark(question)}"
    yield f"name = {toml_value(proposal.name)}"
    # "?" stops a reading until somebody answers; XXX is the code of ISO 4217 for no currency
    currency, remark = proposal.currency, ""
    if not currency:
        currency = "?" if proposal.has_money else "XXX"
        told = say("ISO 4217 code of all amounts without one") if proposal.has_money else say("no amounts")
        remark = f"  # {told}"
    yield f"currency = {toml_value(currency)}{remark}"
    if proposal.gaps:
        yield f"gaps = {toml_value(list(proposal.gaps))}"
    for file, rule in (proposal.files or {}).items():
        yield ""
        if file in proposal.headers:
            yield f"# {joined(_remark(proposal.headers[file]), say('Is that so?'))}"
        yield f"[files.{toml_key(file)}]"
        said = rule.model_dump(exclude_defaults=True)
        yield from (f"{key} = {toml_value(list(one) if isinstance(one, tuple) else one)}" for key, one in said.items())
    for table in proposal.tables:
        yield ""
        yield from _table(table)
    for name in proposal.unused:
        yield f"\n# {say('not used: {file}', file=_remark(name))}"


def _table(table: ProposedTable) -> Iterator[str]:
    yield f"[tables.{table.name}]  # {table.confidence:.2f}"
    yield from [f"# {joined(_remark(table.series), say('Is that so?'))}"] if table.series else []
    yield f"file = {_one_or_several(table.file)}"
    if table.sheet is not None:
        yield f"sheet = {_one_or_several(table.sheet)}"
    if table.joins:
        yield f"join = {toml_value([dict(join) for join in table.joins])}"
    if table.currency:
        yield f"currency = {toml_value(table.currency)}"
    if table.distinct:
        yield "distinct = true"
    yield f"[tables.{table.name}.columns]"
    for column in table.columns:
        yield _column(column)
    there = {column.name for column in table.columns}
    yield from (f"# {name} = ?  # {say('required')}" for name in table.missing if name not in there)


def _one_or_several(name: str) -> str:
    return toml_value(name.split(BETWEEN) if BETWEEN in name else name)


def _column(column: ProposedColumn) -> str:
    is_short = set(column.rule) == {"from"} and isinstance(column.rule["from"], str)
    said = toml_value(column.rule["from"] if is_short else column.rule)
    line = f"{column.name} = {said}  # {column.confidence:.2f}"
    if column.rival:
        line += say(", or '{other}'", other=_remark(column.rival))
    if column.accepted:
        return line
    return f"# {line}" + (f": {_remark(column.question)}" if column.question else say(": is that so?"))


def _remark(text: str) -> str:
    """Text from the data in a remark: a new line in it would leave the remark and become a setting."""
    return _STEER.sub(" ", text)
