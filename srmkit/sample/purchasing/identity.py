"""Who the suppliers are: identity, and which of them belong to one group."""

from __future__ import annotations

import pandas as pd

from srmkit.sample.identities import identities, second_entry, with_gaps
from srmkit.sample.purchasing.market import Market
from srmkit.sample.streams import stream

GROUPS = ((0, 2), (1, 1), (2, 1))  # place of a parent among the large firms without a twin, its subsidiaries


def identity(market: Market) -> pd.DataFrame:
    """Identity of every supplier by supplier_id; a second entry of a firm differs from its first.

    Subsidiaries have the domain of their parent, and everything else of their own: they are no duplicates.
    """
    truth = market.suppliers
    firms = truth.drop_duplicates("firm")
    found = identities(stream(market.settings.seed, "suppliers: identity"), list(firms["name"]), list(firms["country"]))
    found = found.set_axis(firms.index)
    parents = parent_of(market)
    found.loc[parents.index, "domain"] = found.loc[parents.to_numpy(), "domain"].to_numpy()
    rng = stream(market.settings.seed, "suppliers: identity gaps")
    kept = firms["firm"].isin(market.planted.duplicated) | firms.index.isin([*parents.index, *parents])
    found = with_gaps(rng, found, list(kept))
    again = {
        supplier: second_entry(found.loc[firms.index[firms["firm"].eq(firm)][0]], way % 3)
        for way, firm in enumerate(market.planted.duplicated)
        for supplier in truth.index[truth["firm"].eq(firm)][1:]
    }
    found = pd.concat([found, pd.DataFrame(again).T]).reindex(truth.index)
    return found.assign(parent_id=parents.reindex(truth.index))


def parent_of(market: Market) -> pd.Series:
    """Parent of each supplier that belongs to a group."""
    truth = market.suppliers
    alone = ~truth["firm"].isin(market.planted.duplicated) & ~market.idle
    large = truth.index[alone][truth.loc[alone, "spend"].argsort(kind="stable").to_numpy()[::-1]]
    heads = {large[place]: many for place, many in GROUPS}
    free = iter(large[len(GROUPS) : :4])
    pairs = [(next(free), head) for head, many in heads.items() for _ in range(many)]
    return pd.Series(dict(pairs), name="parent_id", dtype=object)


def supplier_groups(market: Market) -> dict[str, list[str]]:
    """The subsidiaries of each parent among the suppliers."""
    parents = parent_of(market)
    return {str(head): sorted(map(str, members)) for head, members in parents.groupby(parents).groups.items()}
