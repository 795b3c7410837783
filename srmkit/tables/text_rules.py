"""Words in cells that stand for something else: codes, gaps, fixed values, pointers to other rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from srmkit.language import say
from srmkit.tables.catalogue import Kind
from srmkit.tables.cells import TEXT, Cells, Mask, as_text, is_text
from srmkit.tables.column_map import TextRule
from srmkit.tables.converted import used_rules
from srmkit.tables.patterns import caught, matching
from srmkit.tables.words import Word, native, shown


@dataclass(frozen=True)
class Decoded:
    """Cells after the words were understood; `pointers` holds, per rule that points, the key pointed to."""

    cells: Cells
    rules: dict[str, Mask]
    pointers: tuple[tuple[TextRule, Cells], ...] = ()


def apply_codes(cells: Cells, codes: Mapping[str, Word], kind: Kind) -> Decoded:
    """Replace each code by its meaning; words that are no code stay as they are."""
    if not codes:
        return Decoded(cells, {})
    words = as_text(cells)
    masks = {say('code "{code}" = {word}', code=code, word=shown(word)): words.eq(code) for code, word in codes.items()}
    decoded = cells.astype(object)
    for mask, word in zip(masks.values(), codes.values(), strict=True):
        decoded[mask] = native(word, kind)
    return Decoded(decoded, used_rules(masks))


def apply_text_rules(cells: Cells, rules: tuple[TextRule, ...], kind: Kind) -> Decoded:
    """Apply the rules in their order; the first that fits a text handles it."""
    if not rules:
        return Decoded(cells, {})
    decoded, masks, pointers = cells.astype(object), {}, []
    waiting = is_text(cells)
    words = cells.where(waiting, np.nan).astype(TEXT)
    for rule in rules:
        fits = waiting & matching(words, rule.pattern)
        waiting &= ~fits
        decoded[fits] = np.nan if rule.value is None else native(rule.value, kind)
        masks[_name(rule)] = fits
        if rule.points_to is not None:
            pointers.append((rule, caught(words.where(fits), rule.pattern)))
    return Decoded(decoded, used_rules(masks), tuple(pointers))


def _name(rule: TextRule) -> str:
    if rule.gap:
        return say('text "{pattern}" is a gap', pattern=rule.pattern)
    if rule.points_to is not None:
        return say('text "{pattern}" shares the amount of the row it points to, by {column}', pattern=rule.pattern,
                   column=rule.share_by)
    return say('text "{pattern}" = {word}', pattern=rule.pattern, word=shown(rule.value))
