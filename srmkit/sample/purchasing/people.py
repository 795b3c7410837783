"""Who knows whom, and what is asked and answered between us and the suppliers."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.purchasing.days import from_number, to_number
from srmkit.sample.purchasing.market import Market
from srmkit.sample.purchasing.names import people
from srmkit.sample.streams import stream

BUYERS = 9
KNOWN_BY_TWO = 0.36  # of the contacts: the share of ties within a department of a research institute
TOPICS = ("delivery date", "quality complaint", "drawing question", "price", "invoice")
TICKETS_A_YEAR = 2.5  # of the smallest suppliers; the largest have some 15
FASTEST, SLOWEST = 1.2, 9.0  # mean days to an answer of the most and the least willing
FUNCTIONS = {"owner": "executive", "sales": "manager", "key account": "manager", "quality": "specialist",
             "logistics": "specialist", "engineering": "specialist"}


def buyers(market: Market) -> list[str]:
    """Our buyers."""
    return people(stream(market.settings.seed, "latent:buyers"), BUYERS)


def owners(market: Market) -> NDArray[np.str_]:
    """Our buyer for each supplier, in the order of the truth."""
    ours = np.array(buyers(market))
    return np.asarray(stream(market.settings.seed, "latent:owners").choice(ours, len(market.suppliers)))


def tickets(market: Market) -> pd.DataFrame:
    """The table of tickets with suppliers: the willing answer soon."""
    rng = stream(market.settings.seed, "tickets")
    years = market.settings.years
    each = np.sqrt(market.suppliers["spend"].to_numpy() / market.suppliers["spend"].max())
    # at least three in every year, so that everybody has a record
    count = 3 + rng.poisson(TICKETS_A_YEAR + 9.0 * each, (years, len(each)))
    year, supplier = (np.repeat(place.ravel(), count.ravel()) for place in np.indices(count.shape))
    last = to_number(market.settings.last_day)
    opened = np.floor(last - 365 * (year + rng.random(len(year)))).astype(np.int64)
    will = market.suppliers["willingness"].to_numpy()[supplier]
    mean = FASTEST + (SLOWEST - FASTEST) * (1 - will)
    answered = opened + np.round(rng.gamma(2.0, mean / 2.0)).astype(np.int64)
    table = pd.DataFrame(
        {
            "role": "supplier",
            "party_id": market.suppliers.index.to_numpy()[supplier],
            "topic": rng.choice(TOPICS, len(year)),
            "opened_date": from_number(opened),
            "answered_date": pd.Series(from_number(answered)).where(answered <= last),
            "hours": np.round(rng.lognormal(0.3, 0.7, len(year)) * 4) / 4,
        }
    ).sort_values(["opened_date", "party_id"], kind="stable", ignore_index=True)
    table.insert(0, "ticket_id", [f"TS{10001 + place}" for place in range(len(table))])
    return table


def contacts(market: Market) -> pd.DataFrame:
    """The table of contacts: more people at the larger suppliers, known best by their buyer."""
    rng = stream(market.settings.seed, "contacts")
    each = np.sqrt(market.suppliers["spend"].to_numpy() / market.suppliers["spend"].max())
    supplier = np.repeat(np.arange(len(each)), 1 + rng.poisson(0.6 + 5.0 * each))
    function = _functions(rng, supplier)
    persons = pd.DataFrame(
        {
            "contact_id": [f"PS{1001 + place}" for place in range(len(supplier))],
            "role": "supplier",
            "party_id": market.suppliers.index.to_numpy()[supplier],
            "function": function,
            "level": [FUNCTIONS[name] for name in function],
        }
    )
    ours = buyers(market)
    owner = owners(market)[supplier]
    place = np.array([ours.index(name) for name in owner])
    second = (place + 1 + rng.integers(len(ours) - 1, size=len(supplier))) % len(ours)
    known = persons.assign(our_person=owner, strength=rng.integers(1, 5, len(supplier)))
    also = persons.assign(our_person=np.array(ours)[second], strength=rng.integers(0, 3, len(supplier)))
    also = also[rng.random(len(also)) < KNOWN_BY_TWO]
    both = pd.concat([known, also]).drop_duplicates(["contact_id", "our_person"])
    return both.sort_values(["contact_id", "our_person"], ignore_index=True)


def _functions(rng: np.random.Generator, supplier: NDArray[np.intp]) -> list[str]:
    """The first contact of a supplier sells; the further ones do anything."""
    first = np.r_[True, supplier[1:] != supplier[:-1]]
    drawn = rng.choice(list(FUNCTIONS), len(supplier))
    return [str(name) for name in np.where(first, "sales", drawn)]
