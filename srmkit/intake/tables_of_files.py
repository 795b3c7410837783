"""Which raw table is which of ours: the best fit of columns and names first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from srmkit.intake.contents import overlap
from srmkit.intake.looks import Look
from srmkit.intake.matching import Candidate, Match, as_candidates, match
from srmkit.intake.names import comparable, file_likeness, is_line_value, name_likeness
from srmkit.intake.raw_tables import Looked
from srmkit.intake.writing_rules import rule_of
from srmkit.tables.catalogue import CATALOGUE, Table
from srmkit.tables.cells import tidy
from srmkit.tables.numbers import read_numbers
from srmkit.tables.sources import table_name

_FROM_REQUIRED, _FROM_NAME, _FROM_COLUMNS = 0.5, 0.3, 0.2
_MANY = 8  # columns found that are evidence enough
_LEAST = 0.5  # a worse fit is no proposal
_CALLED_SO = 0.9  # a file so named may lack required columns: they are asked for
_SHARED = 0.75  # from here on two tables may come from one file of suppliers, customers or goods
_SURE_KEY = 0.6
_STAND_IN = 0.8  # a number that stands in for a name: a label, no figure rests on it
_IN_FULL = 0.5  # nobody said that what was ordered came in full: asked
_JOINED = 0.95  # share of ids that must be found in a file to be looked up
_NINE_IN_TEN = 0.9
_FLAT = 5
_SEVERAL, _MOSTLY = 2, 0.5
_ANYBODY = {"account", "number", "company", "partner", "party"}
_GOODS = ("items", "products")
_PARENTS = ("suppliers", "items", "customers", "products")
_PARTIES = ("suppliers", "customers")
_OF_ITEMS = ("category", "product_line")
_ORDERS = "purchase_order_lines"
_IN_ONE_FILE = ("receipts", "inspections")


@dataclass(frozen=True)
class Guess:
    """One table of ours and the raw table it may come from.

    `matches` are columns found by likeness, `extra` those that follow from others: the rule and its confidence.
    """

    table: str
    look: Look
    confidence: float
    matches: Mapping[str, Match]
    candidates: Sequence[Candidate]
    joins: tuple[Mapping[str, Any], ...] = ()
    distinct: bool = False
    extra: Mapping[str, tuple[dict[str, Any], float]] = field(default_factory=dict)

    @property
    def choices(self) -> dict[str, str]:
        """The columns that the source offers, with samples of their cells."""
        return {candidate.name: ", ".join(candidate.found.samples) for candidate in self.candidates}

    @property
    def required_fit(self) -> float:
        """Mean confidence of the required columns, 0 for those that are missing."""
        needed = CATALOGUE[self.table].required
        return sum(self.matches[name].confidence for name in needed if name in self.matches) / len(needed)


def guesses(looked: Looked) -> Iterator[Guess]:
    """The tables that were recognised, in the order of the catalogue."""
    own = _best_first(looked)
    own = {name: _with_price(guess) for name, guess in own.items()}
    found = {**own, **dict(_parents(own)), **dict(_in_the_file_of_orders(own))}
    yield from (found[name] for name in CATALOGUE if name in found)


def _best_first(looked: Looked) -> dict[str, Guess]:
    """Each table of ours from its own raw table, the best fit first; masters may share one."""
    tried = [_guess(table, one, looked) for table in CATALOGUE.values() for one in looked.tables]
    plausible = sorted(filter(_plausible, tried), key=lambda one: -one.confidence)
    of_rows = {guess.look.label for guess in plausible if guess.table not in _PARENTS}
    found: dict[str, Guess] = {}
    taken: dict[str, str] = {}
    for guess in plausible:
        label = guess.look.label
        # a file of orders names suppliers and items, too; they are taken from it later
        is_master = guess.table in _PARENTS and (label not in of_rows or _is_called_so(guess))
        free = label not in taken and (is_master or guess.table not in _PARENTS)
        shared = {guess.table, taken.get(label)} <= set(_PARENTS) and _has_own_key(guess)
        if guess.table not in found and (free or shared):
            found[guess.table] = guess
            taken.setdefault(label, guess.table)
            for join in guess.joins:  # heads of orders are no table of their own
                taken.setdefault(str(join["file"]) + (f"/{join['sheet']}" if "sheet" in join else ""), guess.table)
    return found


def _has_own_key(guess: Guess) -> bool:
    """Whether a second table of masters has a number of its own in the file, and all else it needs."""
    key = guess.matches.get(CATALOGUE[guess.table].key[0])
    own = key is not None and not set(comparable(key.source.name)) <= _ANYBODY
    return (own or guess.table in _GOODS) and guess.required_fit >= _SHARED


def _is_called_so(guess: Guess) -> bool:
    return file_likeness(guess.look.sheet or table_name(guess.look.file), guess.table) >= _CALLED_SO


def _plausible(guess: Guess) -> bool:
    """Whether all required columns were found, or the file is called so and half of them were."""
    table = CATALOGUE[guess.table]
    there = sum(name in guess.matches for name in table.required)
    named = _is_called_so(guess)
    if _repeats_its_key(guess):
        return False
    whole = there == len(table.required)
    return guess.confidence >= _LEAST and (whole or (named and 2 * there >= len(table.required)) or _is_flat(guess))


def _repeats_its_key(guess: Guess) -> bool:
    """Whether more than half of the rows say again who they are about: orders are no list of sources."""
    key = [guess.matches.get(name) for name in CATALOGUE[guess.table].key]
    names = [part.source.name for part in key if part is not None and not part.source.looked_up]
    if len(key) < _SEVERAL or len(names) < len(key) or guess.look.cells.empty:
        return False
    return bool(guess.look.cells[names].astype("str").duplicated().mean() > _MOSTLY)


def _is_flat(guess: Guess) -> bool:
    """Order lines whose file holds everything in one: most of what is required, and much besides."""
    table = CATALOGUE[guess.table]
    there = sum(name in guess.matches for name in table.required)
    is_lines = guess.table in (_ORDERS, "sales_order_lines")
    return is_lines and there >= len(table.required) - 2 and len(guess.matches) >= _FLAT


def _guess(table: Table, one: Look, looked: Looked) -> Guess:
    candidates = as_candidates(one.columns)
    best = _scored(table, one, match(table, candidates), candidates)
    if best.confidence < _LEAST / 2 or set(table.required) <= set(best.matches):
        return best
    for other, key in _partners(one, looked):
        joined = [*candidates, *_looked_up(one, other, key)]
        found = match(table, joined)
        if any(part.source.looked_up for part in found.values()):
            join = {"file": other.file} | ({"sheet": other.sheet} if other.sheet else {}) | {"on": key}
            guess = _scored(table, one, found, joined, joins=(join,))
            best = guess if guess.confidence > best.confidence + 0.02 else best
    return best


def _scored(
    table: Table, one: Look, found: Mapping[str, Match], candidates: Sequence[Candidate], *,
    joins: tuple[Mapping[str, Any], ...] = (),
) -> Guess:  # fmt: skip
    guess = Guess(table.name, one, 0.0, found, candidates, joins)
    called = one.sheet or table_name(one.file)
    likeness = file_likeness(called, table.name)
    columns = min(1.0, sum(part.confidence for part in found.values()) / min(_MANY, len(table.columns)))
    confidence = _FROM_REQUIRED * guess.required_fit + _FROM_NAME * likeness + _FROM_COLUMNS * columns
    return Guess(table.name, one, round(confidence, 3), found, candidates, joins)


def _partners(one: Look, looked: Looked) -> Iterator[tuple[Look, str]]:
    """Other raw tables with one row for each id that a column of the same name holds."""
    for other in looked.tables:
        for name, column in other.columns.items():
            is_key = name in one.columns and column.different == column.filled == len(other.cells) > 1
            if other is not one and is_key and overlap(one.columns[name], column) >= _JOINED:
                yield other, name


def _looked_up(one: Look, other: Look, key: str) -> Iterator[Candidate]:
    prefix = other.sheet or table_name(other.file)
    for name, column in other.columns.items():
        if name != key:
            label = f"{prefix}.{name}" if name in one.columns else name
            yield Candidate(label, column, looked_up=True)


def _with_price(guess: Guess) -> Guess:
    """Order lines with the price worked out from the value of a line, where there is none or it does not add up."""
    price, quantity = guess.matches.get("unit_price"), guess.matches.get("ordered_quantity")
    if guess.table != _ORDERS or quantity is None:
        return guess
    taken = {part.source.name for name, part in guess.matches.items() if name != "unit_price"}
    values = {name: is_line_value(name) for name, found in guess.look.columns.items()
              if found.looks == "number" and name not in taken}  # fmt: skip
    value = max(values, key=lambda name: values[name], default="")
    if not value or values[value] < _SURE_KEY:
        return guess
    if price is not None and (price.source.name == value or _adds_up(guess.look, price, quantity, value)):
        return guess
    found = guess.look.columns[value]
    rule, question = rule_of(Candidate(value, found), CATALOGUE[_ORDERS].column("unit_price"))
    worked_out = rule | {"divided_by": quantity.source.name}
    confidence = 0.0 if question else round(min(values[value], quantity.confidence), 3)
    others = {name: part for name, part in guess.matches.items() if name != "unit_price"}
    return replace(guess, matches=others, extra={"unit_price": (worked_out, confidence)})


def _adds_up(one: Look, price: Match, quantity: Match, value: str) -> bool:
    """Whether price times quantity is the value of the line, in nine of ten rows."""
    columns = (price.source, quantity.source, Candidate(value, one.columns[value]))
    if any(candidate.name not in one.cells for candidate in columns):
        return True
    each, many, whole = (
        read_numbers(tidy(one.cells[c.name]), decimal=c.found.decimal, thousands=c.found.thousands,
                     remove=c.found.remove).cells for c in columns
    )  # fmt: skip
    known = each.notna() & many.notna() & whole.notna()
    near = (each * many - whole).abs() <= 0.02 * whole.abs() + 0.01
    return bool(near[known].mean() > _NINE_IN_TEN) if known.any() else True


def _parents(own: Mapping[str, Guess]) -> Iterator[tuple[str, Guess]]:
    """Suppliers, items and the like that stand only in a file of orders: one row for each."""
    for child in own.values():
        for column, parent in CATALOGUE[child.table].parents.items():
            key = child.matches.get(column)
            if parent in _PARENTS and parent not in own and key is not None and key.confidence >= _SURE_KEY:
                yield parent, _distinct(CATALOGUE[parent], child, key)
    products = own.get("sales_order_lines")
    if products and "products" not in own and (key := products.matches.get("product_id")):
        yield "products", _distinct(CATALOGUE["products"], products, key)


def _distinct(table: Table, child: Guess, key: Match) -> Guess:
    """One row for each id in the child's file, with what else that file says of it."""
    id_column, name_column = table.key[0], "name"
    candidates = [c for c in as_candidates(child.look.columns) if c.name != key.source.name]
    taken = {part.source.name for part in child.matches.values()}
    free = [candidate for candidate in candidates
            if candidate.name not in taken and _is_one_for_each(child.look, key, candidate)]  # fmt: skip
    others = replace(table, columns=tuple(column for column in table.columns if column.name != id_column))
    found = {name: part for name, part in match(others, free, distinct=True).items() if _is_of(table, part)}
    extra: dict[str, tuple[dict[str, Any], float]] = {id_column: ({"from": key.source.name}, key.confidence)}
    if name_column not in found:
        extra[name_column] = ({"from": key.source.name}, min(key.confidence, _STAND_IN))
    joins = child.joins if key.source.looked_up else ()
    return Guess(table.name, child.look, key.confidence, found, child.candidates, joins, True, extra)


def _is_of(table: Table, part: Match) -> bool:
    """Whether a column of a file of orders tells of the supplier or item: named so, or what every item has."""
    words = comparable(part.source.name)
    told = comparable(table.name.removesuffix("s"))[0] in words
    return part.name >= _CALLED_SO and (told or part.column in _OF_ITEMS or _is_its_name(table, part))


def _is_its_name(table: Table, part: Match) -> bool:
    """Whether the header is a word for the name of this, as "Lieferantenname"; a mere "text" is that of the goods."""
    others = [other for other in _PARTIES if table.name in _PARTIES and other != table.name]
    others += [other for other in _GOODS if table.name in _PARTIES]
    return part.column == "name" and all(name_likeness(part.source.name, other, "name") < part.name for other in others)


def _is_one_for_each(one: Look, key: Match, candidate: Candidate) -> bool:
    """Whether nearly every id has one word there, and not all have the same: an item's text is none of its supplier."""
    if candidate.name not in one.cells or key.source.name not in one.cells:
        return True
    known = one.cells[[key.source.name, candidate.name]].dropna().astype("str").drop_duplicates()
    ids = known[key.source.name].nunique()
    return ids == 0 or (ids >= _NINE_IN_TEN * len(known) and (ids == 1 or candidate.found.different > 1))


def _in_the_file_of_orders(own: Mapping[str, Guess]) -> Iterator[tuple[str, Guess]]:
    """Receipts and inspections that stand beside the order lines: one delivery for each line."""
    orders = own.get(_ORDERS)
    if orders is None or not {"po_id", "line_id"} <= set(orders.matches):
        return
    taken = {part.source.name for part in orders.matches.values()}
    joined = orders.joins
    for name in _IN_ONE_FILE:
        table = CATALOGUE[name]
        free = [candidate for candidate in orders.candidates if candidate.name not in taken]
        found = {n: part for n, part in match(table, free).items() if n not in ("receipt_id", "po_id", "line_id")}
        needed = set(table.required) - {"receipt_id", "po_id", "line_id"}
        in_full = name == "receipts" and "receipt_date" in found and "received_quantity" not in found
        if name in own or not (needed <= set(found) or in_full):
            continue
        keys = [orders.matches[column] for column in ("po_id", "line_id")]
        sure = min(key.confidence for key in keys)
        extra: dict[str, tuple[dict[str, Any], float]] = {
            "receipt_id": ({"from": [key.source.name for key in keys], "separator": "-"}, sure)
        }
        if name == "receipts":
            extra |= {key.column: ({"from": key.source.name}, key.confidence) for key in keys}
        if in_full and (ordered := orders.matches.get("ordered_quantity")):
            extra["received_quantity"] = ({"from": ordered.source.name}, _IN_FULL)
        fit = min(part.confidence for part in found.values())
        yield name, Guess(name, orders.look, round(min(sure, fit), 3), found, orders.candidates, joined, False, extra)
