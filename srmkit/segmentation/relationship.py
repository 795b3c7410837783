"""Which relationship does a supplier call for, and how far is it from the one we have?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import pandas as pd

from srmkit.bands import TOLERANCE
from srmkit.errors import Problems
from srmkit.language import Language, enumerated, marked, say, spoken
from srmkit.segmentation.kraljic import BOTTLENECK, LEVERAGE, NON_CRITICAL, STRATEGIC
from srmkit.segmentation.matrix import known_classes
from srmkit.tables.catalogue import RELATIONSHIPS

TRANSACTIONAL, ONGOING, PARTNERSHIP, ALLIANCE, INTEGRATION = RELATIONSHIPS
CLASSES = (STRATEGIC, BOTTLENECK, LEVERAGE, NON_CRITICAL)
DIRECTIONS = {1: "invest", 0: "keep", -1: "step back"}
FLAGS = ("able", "willing", "we_matter")
WORDS = {
    "able": marked("whether it is able"),
    "willing": marked("whether it is willing"),
    "we_matter": marked("whether we matter to it"),
}
SOURCE = (
    "Classes after Kraljic 1983, able and willing after Rezaei and Ortt 2012, mutual dependence after Gelderman and "
    "van Weele 2003 and Bensaou 1999; the table is ours."
)


@dataclass(frozen=True)
class Rule:
    """One row of the rule table; None where the answer does not matter."""

    kraljic: str
    able: bool | None
    willing: bool | None
    we_matter: bool | None
    relationship: str
    why: str

    def may_fit(self, kraljic: str, known: Sequence[bool | None]) -> bool:
        """Whether this row may decide such a supplier; `known` answers able, willing and we_matter, None is unknown."""
        asked = zip((self.able, self.willing, self.we_matter), known, strict=True)
        return kraljic == self.kraljic and all(None in (need, flag) or need == flag for need, flag in asked)


# exactly one row fits any supplier: the rows exclude each other, so their order is for the reader
RULES = (
    Rule(STRATEGIC, True, True, True, ALLIANCE, "Able, willing, and we matter to each other: tie both sides together."),
    Rule(STRATEGIC, True, True, False, PARTNERSHIP,
         "Able and willing, but we are small to it: share plans, without leaning on it alone."),
    Rule(STRATEGIC, False, True, None, PARTNERSHIP, "Willing, not yet able: develop it together."),
    Rule(STRATEGIC, True, False, None, ONGOING,
         "Able, not willing: hold it by contract and win its commitment; a partnership needs two."),
    Rule(STRATEGIC, False, False, None, INTEGRATION,
         "Neither able nor willing, and hard to replace: work out making it ourselves."),
    Rule(BOTTLENECK, None, None, None, ONGOING, "Secure the supply by contract; the money at stake pays for no more."),
    Rule(LEVERAGE, True, True, True, PARTNERSHIP,
         "Able, willing, and we matter to it: growing together may earn more than competition."),
    Rule(LEVERAGE, True, True, False, ONGOING, "Able and willing: prefer it, and let it compete for the volume."),
    Rule(LEVERAGE, True, False, None, TRANSACTIONAL, "Not willing, and others could deliver: let the market decide."),
    Rule(LEVERAGE, False, None, None, TRANSACTIONAL, "Not able, and others could deliver: let the market decide."),
    Rule(NON_CRITICAL, None, None, None, TRANSACTIONAL, "Little at stake and easy to get: keep the effort small."),
)


def relationship_rules() -> pd.DataFrame:
    """The rule table: kraljic, able, willing, we_matter (a gap: it does not matter), relationship, why, source."""
    table = pd.DataFrame([vars(rule) for rule in RULES])
    return table.astype(dict.fromkeys(FLAGS, "boolean")).assign(source=SOURCE)


def indicated_relationship(
    kraljic_class: pd.Series,
    *,
    able: pd.Series | None = None,
    willing: pd.Series | None = None,
    dependence: pd.Series | None = None,
    matters_from: float = 0.05,
) -> pd.DataFrame:
    """Which relationship each supplier calls for, by the rule table.

    One row a supplier of `kraljic_class`. `able` and `willing` are true or false, see `able_and_willing`. `dependence`
    is our yearly spend over the supplier's sales (0 to 1); we matter to it from `matters_from` on. Gaps are welcome:
    of the relationships that are still possible the least far-reaching is indicated, and `note` says what is not known
    and what it might be instead. Without a class nothing is indicated.

    Columns `indicated`, `why` and `note` (empty where everything needed is known). More is not better: a relationship
    costs hours on both sides. Raises SrmkitError for unknown classes, and for `matters_from` that is not above 0.

    >>> yes = pd.Series({"Alba": True})
    >>> found = indicated_relationship(pd.Series({"Alba": "strategic"}), able=yes, willing=yes)
    >>> found.loc["Alba", ["indicated", "note"]].to_list()
    ['partnership', 'Not known: whether we matter to it. Might be strategic alliance.']
    """
    suppliers = kraljic_class.index
    classes = known_classes(kraljic_class)
    answers = [able, willing, _matters(dependence, matters_from)]
    _check(classes, answers, matters_from)
    known = zip(*(_answers(answer, suppliers) for answer in answers), strict=True)
    rows = [_indicate(spoken(), name, *flags) for name, flags in zip(classes, known, strict=True)]
    return pd.DataFrame(rows, index=suppliers, columns=["indicated", "why", "note"], dtype=object)


def relationship_gap(indicated: pd.Series, current: pd.Series) -> pd.DataFrame:
    """How far each relationship is from the one indicated, and which way.

    One row a supplier of `indicated`: `indicated`, `current`, `steps` (up the list of relationships from current to
    indicated, negative is down) and `gap`: invest, keep or step back. Both are missing where either relationship is.

    Raises SrmkitError for names that are not relationships.

    >>> relationship_gap(pd.Series({"Alba": "partnership"}), pd.Series({"Alba": "transactional"}))["gap"].to_dict()
    {'Alba': 'invest'}
    """
    table = pd.DataFrame(
        {"indicated": known_classes(indicated), "current": known_classes(current.reindex(indicated.index))},
        index=indicated.index, dtype=object,
    )
    problems = Problems("relationship gap")
    for column in table:
        _strangers(problems, f"{column} relationship", table[column], RELATIONSHIPS)
    problems.raise_if_any()
    step = {name: place for place, name in enumerate(RELATIONSHIPS)}
    steps = table["indicated"].map(step).astype("Int64") - table["current"].map(step).astype("Int64")
    gap = [None if pd.isna(count) else DIRECTIONS[int(np.sign(count))] for count in steps]
    return table.assign(steps=steps, gap=pd.Series(gap, index=table.index, dtype=object))


@lru_cache(maxsize=256)
def _indicate(language: Language, kraljic: str | None, *known: bool | None) -> tuple[str | None, str, str]:
    if kraljic is None:
        return None, "", say("Not known: the class of what it sells.")
    possible = [rule for rule in RULES if rule.may_fit(kraljic, known)]
    names = [name for name in RELATIONSHIPS if name in {rule.relationship for rule in possible}]
    if len(possible) == 1:
        return names[0], say(possible[0].why), ""
    if len(names) == 1:
        return names[0], say("The same, whatever is not known."), ""
    asked = [say(WORDS[flag]) for flag, answer in zip(FLAGS, known, strict=True)
             if answer is None and any(getattr(rule, flag) is not None for rule in possible)]
    *others, last = (say(name) for name in names[1:])
    might = say("{names} or {last}", names=enumerated(others), last=last) if others else last
    note = say("Not known: {flags}. Might be {relationships}.", flags=enumerated(asked), relationships=might)
    return names[0], say("The least far-reaching of what is possible, until more is known."), note


def _matters(dependence: pd.Series | None, matters_from: float) -> pd.Series | None:
    if dependence is None:
        return None
    weight = dependence.astype(float)
    return (weight >= matters_from - TOLERANCE).astype("boolean").mask(weight.isna())


def _answers(answers: pd.Series | None, suppliers: pd.Index) -> list[bool | None]:
    if answers is None:
        return [None] * len(suppliers)
    return [None if pd.isna(answer) else bool(answer) for answer in answers.reindex(suppliers)]


def _check(classes: Iterable[str | None], answers: Sequence[pd.Series | None], matters_from: float) -> None:
    problems = Problems("indicated relationship")
    _strangers(problems, "class", classes, CLASSES)
    for flag, given in zip(FLAGS, answers, strict=True):
        odd = [] if given is None else [answer for answer in given.dropna() if answer not in (True, False)]
        if odd:
            problems.add(f"'{flag}'", "must be true, false or a gap", found=f"'{odd[0]}'",
                         todo="Compare scores with a cut first, or use able_and_willing.")
    if not matters_from > 0:
        problems.add("matters_from", "must be above 0", found=f"{matters_from:g}",
                     todo="It is a share of the supplier's sales, such as 0.05.")
    problems.raise_if_any()


def _strangers(problems: Problems, thing: str, found: Iterable[str | None], names: Sequence[str]) -> None:
    strangers = sorted({name for name in found if name is not None} - set(names))
    if strangers:
        problems.add(thing, "is unknown", found=", ".join(f"'{name}'" for name in strangers),
                     todo=f"Choose from: {', '.join(names)}.")
