"""Supplier preferencing: how our suppliers see us, and where that is dangerous."""

from __future__ import annotations

import pandas as pd

from srmkit.errors import Problems
from srmkit.language import listed, say
from srmkit.segmentation.kraljic import BOTTLENECK, LEVERAGE, NON_CRITICAL, STRATEGIC
from srmkit.segmentation.matrix import Matrix, known_classes

CORE, DEVELOPMENT, EXPLOITABLE, NUISANCE = "core", "development", "exploitable", "nuisance"
OURS = (STRATEGIC, BOTTLENECK, LEVERAGE, NON_CRITICAL)
THEIRS = (CORE, DEVELOPMENT, EXPLOITABLE, NUISANCE)
HARD_TO_REPLACE = (STRATEGIC, BOTTLENECK)  # high supply risk: we cannot walk away
NOT_ATTRACTED = (EXPLOITABLE, NUISANCE)  # low attractiveness of our account: they do not care to keep us happy

SOURCE = (
    "Kraljic 1983, Harvard Business Review 61(5), 109-117, against supplier preferencing after Steele and Court 1996, "
    "Profitable Purchasing Strategies; the words are ours."
)
FOLLOWS: dict[tuple[str | None, str | None], str] = {
    (STRATEGIC, CORE): "Both sides need each other: make joint plans.",
    (STRATEGIC, DEVELOPMENT): "They want to grow with us: offer volume and a plan, before someone else does.",
    (STRATEGIC, EXPLOITABLE): "They earn well on us and do not care: become more attractive, or build a second source.",
    (STRATEGIC, NUISANCE): "We need them and they could do without us: win their attention, or build a second source.",
    (BOTTLENECK, CORE): "Supply is in good hands: secure it by contract.",
    (BOTTLENECK, DEVELOPMENT): "They are interested: bundle more with them in return for secure supply.",
    (BOTTLENECK, EXPLOITABLE): "They may use our need: fix prices by contract, and look for a substitute.",
    (BOTTLENECK, NUISANCE): "They may drop us: hold stock, and look for a substitute or a second source.",
    (LEVERAGE, CORE): "Our word counts with them: ask for more, and keep their good will.",
    (LEVERAGE, DEVELOPMENT): "They want our volume: let them compete for it.",
    (LEVERAGE, EXPLOITABLE): "They earn well on us and others could deliver: tender it.",
    (LEVERAGE, NUISANCE): "They do not care and others could deliver: give the volume to one who wants it.",
    (NON_CRITICAL, CORE): "They care more than the purchase needs: let them take over the routine work.",
    (NON_CRITICAL, DEVELOPMENT): "They hope for more: bundle small purchases with them.",
    (NON_CRITICAL, EXPLOITABLE): "They earn well on small things: compare prices now and then.",
    (NON_CRITICAL, NUISANCE): "Neither side cares: buy it along with something else, elsewhere.",
}


def supplier_preferencing(attractiveness_cut: float = 50.0, value_cut: float = 50.0) -> Matrix:
    """How suppliers see our account, after Steele and Court 1996 (Profitable Purchasing Strategies, McGraw-Hill).

    Axes `relative_value` (across: how much of their business we are) and `account_attractiveness` (up), both 0 to 100.
    It is our guess at their view: look at the evidence behind the scores, and at how sure the class is.

    >>> supplier_preferencing().names
    ('core', 'development', 'exploitable', 'nuisance')
    """
    return Matrix(
        "Supplier preferencing",
        x_axis="relative_value",
        y_axis="account_attractiveness",
        x_cuts=(value_cut,),
        y_cuts=(attractiveness_cut,),
        classes=((NUISANCE, EXPLOITABLE), (DEVELOPMENT, CORE)),
        names=(CORE, DEVELOPMENT, EXPLOITABLE, NUISANCE),
    )


def both_views() -> pd.DataFrame:
    """What each of the sixteen pairs means: our class of the supplier (kraljic) by its class of us (preferencing).

    Columns `dangerous` (we cannot replace them, and our account does not attract them), `follows` (what to do) and
    `source`.

    >>> views = both_views()
    >>> list(views.index[views["dangerous"]])  # doctest: +NORMALIZE_WHITESPACE
    [('strategic', 'exploitable'), ('strategic', 'nuisance'),
     ('bottleneck', 'exploitable'), ('bottleneck', 'nuisance')]
    """
    index = pd.MultiIndex.from_tuples(list(FOLLOWS), names=["kraljic", "preferencing"])
    dangerous = [_is_dangerous(*pair) for pair in FOLLOWS]
    return pd.DataFrame({"dangerous": dangerous, "follows": list(FOLLOWS.values()), "source": SOURCE}, index=index)


def dangerous_cell(kraljic_class: pd.Series, preferencing_class: pd.Series) -> pd.DataFrame:
    """Which suppliers can we not replace, although our account does not attract them?

    One row a supplier of either series: `kraljic`, `preferencing`, `dangerous` (strategic or bottleneck for us,
    nuisance or exploitable for them) and `follows` (what to do). Without one of the two classes `dangerous` is
    missing, never False, and `follows` says what is not known.

    Raises SrmkitError for classes of other matrices.

    >>> dangerous_cell(pd.Series({"Alba": "strategic"}), pd.Series({"Alba": "nuisance"}))["dangerous"].to_dict()
    {'Alba': True}
    """
    suppliers = kraljic_class.index.union(preferencing_class.index, sort=False)
    ours, theirs = (known_classes(side.reindex(suppliers)) for side in (kraljic_class, preferencing_class))
    _check(ours, theirs)
    pairs = list(zip(ours, theirs, strict=True))
    flags = [None if None in pair else _is_dangerous(*pair) for pair in pairs]
    follows = [_not_known(*pair) if None in pair else say(FOLLOWS[pair]) for pair in pairs]
    table = pd.DataFrame({"kraljic": ours, "preferencing": theirs, "dangerous": flags, "follows": follows},
                         index=suppliers, dtype=object)
    return table.astype({"dangerous": "boolean"})


def _is_dangerous(ours: str | None, theirs: str | None) -> bool:
    return ours in HARD_TO_REPLACE and theirs in NOT_ATTRACTED


def _not_known(ours: str | None, theirs: str | None) -> str:
    sides = (ours, say("our class of them")), (theirs, say("how they see us"))
    return say("Not known: {parts}.", parts=listed([words for name, words in sides if name is None]))


def _check(ours: list[str | None], theirs: list[str | None]) -> None:
    problems = Problems("dangerous cell")
    for column, found, names in (("kraljic", ours, OURS), ("preferencing", theirs, THEIRS)):
        strangers = sorted({name for name in found if name is not None} - set(names))
        if strangers:
            problems.add(f"{column} class", "is unknown", found=", ".join(f"'{name}'" for name in strangers),
                         todo=f"Classes are: {', '.join(names)}.")
    problems.raise_if_any()
