"""Words from which customers, people and products get their names; all of them invented."""

from __future__ import annotations

import numpy as np

SEGMENTS = ("water", "chemicals", "food", "energy", "mining", "buildings", "marine")
COUNTRIES = {
    "DE": "GmbH",
    "SE": "AB",
    "IT": "SpA",
    "FR": "SAS",
    "NL": "BV",
    "PL": "Sp. z o.o.",
    "GB": "Ltd",
    "ES": "SL",
    "DK": "A/S",
    "AT": "GmbH",
}
COUNTRY_SHARES = (0.30, 0.10, 0.10, 0.10, 0.09, 0.08, 0.08, 0.06, 0.05, 0.04)

_PLACES = (
    "Ålsund",
    "Bergwald",
    "Calvera",
    "Dorrick",
    "Ebbfort",
    "Falkenried",
    "Gorlin",
    "Hälldal",
    "Isenbrück",
    "Jorvik",
    "Königsfurt",
    "Lindmoor",
    "Montbéliac",
    "Nordhaven",
    "Østerby",
    "Pellegra",
    "Quarrenton",
    "Rosshall",
    "Sarrano",
    "Tolvik",
    "Ulmenau",
    "Valserre",
    "Westermark",
    "Ystahamn",
    "Zellbach",
    "Arrowen",
    "Brisca",
    "Corvaldo",
    "Drachten-Zuid",
    "Elsmere",
)
_TRADES = {
    "water": ("Waterworks", "Aqua", "Hydro", "Desalination"),
    "chemicals": ("Chemicals", "Polymers", "Coatings", "Fertilisers"),
    "food": ("Dairies", "Breweries", "Foods", "Sugar"),
    "energy": ("Power", "District Heating", "Biogas", "Turbines"),
    "mining": ("Minerals", "Quarries", "Aggregates", "Copper"),
    "buildings": ("Building Services", "Climate", "Lifts", "Facilities"),
    "marine": ("Shipyards", "Offshore", "Dredging", "Ports"),
}
LINES = {
    "centrifugal pumps": ("CP", 1_400.0),
    "dosing pumps": ("DP", 900.0),
    "submersible pumps": ("SP", 2_200.0),
    "vacuum pumps": ("VP", 3_100.0),
    "geared motors": ("GM", 700.0),
    "frequency drives": ("FD", 1_100.0),
    "spare parts": ("PA", 90.0),
}
OWNERS = (
    "A. Brandt",
    "C. Dumas",
    "E. Falk",
    "G. Hofer",
    "I. Jansen",
    "K. Lund",
    "M. Neri",
    "O. Palm",
    "R. Sand",
    "T. Ullman",
    "V. Weiss",
    "Y. Zander",
)


def customer_names(segments: list[str], countries: list[str], draw: np.random.Generator) -> list[str]:
    """One name a customer, all different: place, trade and the legal form of the country."""
    used: set[str] = set()
    names = []
    for segment, country in zip(segments, countries, strict=True):
        pairs = [f"{place} {trade}" for place in _PLACES for trade in _TRADES[segment]]
        free = [pair for pair in pairs if pair not in used] or [f"{pair} {len(used)}" for pair in pairs]
        chosen = free[int(draw.integers(len(free)))]
        used.add(chosen)
        names.append(f"{chosen} {COUNTRIES[country]}")
    return names
