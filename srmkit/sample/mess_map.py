"""The column map that reads the messy company back."""

from __future__ import annotations

import json
from collections.abc import Iterator

from srmkit.sample.company import Company
from srmkit.sample.faults import NOT_NOTED, SENTINEL, TOTAL
from srmkit.tables.catalogue import CATALOGUE, Column

DAYS = ["%Y-%m-%d", "%d-%b-%y"]


def header(column: str, level: int) -> str:
    """Header of a column in an export; from level 1 on not ours any more.

    >>> header("customer_id", 0), header("customer_id", 1), header("order_date", 1)
    ('customer_id', 'Customer no.', 'Order date')
    """
    if level == 0:
        return column
    words = column.removesuffix("_id").replace("_", " ").capitalize()
    return f"{words} no." if column.endswith("_id") else words


def column_map(company: Company) -> str:
    """The map, as the text of a TOML file."""
    return "\n".join(_lines(company)) + "\n"


def _lines(company: Company) -> Iterator[str]:
    yield 'name = "Sample company, exported"'
    yield f"currency = {_quoted(company.settings.currency)}"
    for name in company.tables:
        yield ""
        yield f"[tables.{name}]"
        yield f"file = {_quoted(f'export_{name}.csv')}"
        yield from _exclusions(company, name)
        yield f"[tables.{name}.columns]"
        for column in CATALOGUE[name].columns:
            yield f"{column.name} = {_rule(company, name, column)}"


def _exclusions(company: Company, name: str) -> Iterator[str]:
    faults = company.truth["mess"]["faults"].get(name, {})
    rules = []
    if faults.get("total_rows"):
        rules.append((CATALOGUE[name].columns[0].name, TOTAL, "a total, not a row"))
    if faults.get("customer_0"):
        rules.append(("customer_id", SENTINEL, "customer 0 stands for nobody"))
    if rules:
        words = (
            f"{{ column = {_quoted(header(column, company.mess))}, equals = {_quoted(value)}, "
            f"reason = {_quoted(reason)} }}"
            for column, value, reason in rules
        )
        yield f"exclude = [{', '.join(words)}]"


def _rule(company: Company, name: str, column: Column) -> str:
    taken = _quoted(header(column.name, company.mess))
    faults = company.truth["mess"]["faults"][name]
    if column.kind == "date" and company.mess:
        return f"{{ from = {taken}, formats = {_quoted(DAYS)} }}"
    if column.name == "hours" and "words_in_hours" in faults:
        rules = ", ".join(f"{{ pattern = {_quoted(_exactly(word))}, gap = true }}" for word in NOT_NOTED)
        return f"{{ from = {taken}, text = [{rules}] }}"
    return taken


def _exactly(word: str) -> str:
    return f"^{word.replace('?', '[?]')}$"


def _quoted(value: object) -> str:
    return json.dumps(value, ensure_ascii=False)  # strings and lists of them read the same in TOML
