"""What two parties are compared by, how near each value may come, and how much each nearness is worth.

The worth is agreed, not taken from the data at hand, so that a newcomer changes nobody's pair: `same` is the share
of true twins, `chance` the share of two different firms, that come this near. log2(same / chance) is the worth in bits
(Fellegi and Sunter, 1969). Large lists train both on the data: see `find_duplicates`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import log2
from typing import Literal, TypeAlias

from srmkit.duplicates import cleaning
from srmkit.duplicates.firm_names import stem
from srmkit.language import marked

Kind: TypeAlias = Literal["firm", "address", "number", "domain", "phone", "word"]
Test: TypeAlias = Literal["equal", "letters", "alike", "else"]


@dataclass(frozen=True)
class Nearness:
    """How near two values are: the test, on which part, and what it is worth."""

    says: str
    test: Test
    part: str
    same: float
    chance: float
    most: float = 0.0  # letters that may differ, or the least Jaro-Winkler likeness

    @property
    def bits(self) -> float:
        """What this nearness is worth."""
        return log2(self.same / self.chance)


@dataclass(frozen=True)
class Comparison:
    """A kind of value: the parts it is compared by, from near to far, and the parts that bring pairs together."""

    parts: Mapping[str, Callable[[str], str]]
    levels: tuple[Nearness, ...]
    meet: tuple[str, ...]  # SQL of one record, in terms of {part}; equal and not empty: the pair is looked at
    least_letters: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Field:
    """A column of the parties and the kind of value it holds."""

    name: str
    kind: Kind
    label: str

    @property
    def comparison(self) -> Comparison:
        """How values of this kind are compared."""
        return COMPARISONS[self.kind]


SAME, ELSE = marked("same"), marked("different")

COMPARISONS: Mapping[Kind, Comparison] = {
    "firm": Comparison(
        parts={"stem": stem, "words": cleaning.sorted_words},
        levels=(
            Nearness(marked("same but for legal form and writing"), "equal", "stem", 0.60, 1e-4),
            Nearness(marked("same words in another order"), "equal", "words", 0.06, 2e-5),
            Nearness(marked("two letters differ at most"), "letters", "stem", 0.12, 3e-4, most=2),
            Nearness(marked("much alike"), "alike", "stem", 0.10, 2e-3, most=0.92),
            Nearness(ELSE, "else", "stem", 0.12, 0.997),
        ),
        meet=("{stem}", "{words}", "substr({stem}, 1, 10)"),
        least_letters={"stem": 7},
    ),
    "address": Comparison(
        parts={"text": cleaning.address, "place": cleaning.place, "postcode": cleaning.postcode_of},
        levels=(
            Nearness(SAME, "equal", "text", 0.50, 1e-4),
            Nearness(marked("two letters differ at most"), "letters", "text", 0.15, 1e-4, most=2),
            Nearness(marked("same postcode and house number"), "equal", "place", 0.10, 2e-4),
            Nearness(marked("same postcode"), "equal", "postcode", 0.05, 3e-3),
            Nearness(ELSE, "else", "text", 0.20, 0.996),
        ),
        meet=("{text}", "{place}"),
        least_letters={"text": 10},
    ),
    "number": Comparison(
        parts={"signs": cleaning.number},
        levels=(
            Nearness(SAME, "equal", "signs", 0.88, 1e-6),
            Nearness(marked("one sign differs, or two are swapped"), "letters", "signs", 0.05, 1e-5, most=1),
            Nearness(ELSE, "else", "signs", 0.07, 0.99999),
        ),
        meet=("{signs}",),
        least_letters={"signs": 6},
    ),
    "domain": Comparison(
        parts={"host": cleaning.domain},
        levels=(
            # firms of one group share a domain: it brings them near, and no further
            Nearness(SAME, "equal", "host", 0.85, 1e-3),
            Nearness(ELSE, "else", "host", 0.15, 0.999),
        ),
        meet=("{host}",),
    ),
    "phone": Comparison(
        parts={"digits": cleaning.phone},
        levels=(
            Nearness(SAME, "equal", "digits", 0.75, 1e-4),
            Nearness(ELSE, "else", "digits", 0.25, 0.9999),
        ),
        meet=("{digits}",),
    ),
    "word": Comparison(
        parts={"text": cleaning.word},
        levels=(
            Nearness(SAME, "equal", "text", 0.75, 0.01),
            Nearness(marked("one letter differs, or two are swapped"), "letters", "text", 0.13, 5e-3, most=1),
            Nearness(marked("much alike"), "alike", "text", 0.05, 5e-3, most=0.88),
            Nearness(ELSE, "else", "text", 0.07, 0.98),
        ),
        meet=("{text}",),
        least_letters={"text": 4},
    ),
}

PARTY = (
    Field("name", "firm", marked("name")),
    Field("address", "address", marked("address")),
    Field("tax_id", "number", marked("tax number")),
    Field("domain", "domain", marked("domain")),
    Field("phone", "phone", marked("telephone")),
)
