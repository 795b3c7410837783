"""A list of parties of any length in which every twentieth firm stands twice, and who is who."""

from __future__ import annotations

import numpy as np
import pandas as pd

from srmkit.sample.identities import identities, second_entry, with_gaps

SYLLABLES = ("bren", "halv", "korr", "torv", "velm", "mard", "ostr", "linz", "garv", "solm", "norv", "fald", "ravn",
             "dorn", "wexl", "altm", "berv", "casp", "dalv", "eckr", "jost", "quen", "zell", "yarr", "trim", "pols")
ENDINGS = ("wald", "brück", "hagen", "strand", "holm", "vik", "etti", "elle", "ovec", "worth", "field", "ham", "ari")
TRADES = ("Guss", "Bearings", "Controls", "Motors", "Seals", "Logistics", "Packaging", "Werkzeuge", "Chemicals",
          "Steel", "Plastics", "Valves", "Sensors", "Castings", "Forwarding", "Cables", "Paints", "Services",
          "Foundry", "Tools")
FORMS = {"DE": "GmbH", "CH": "AG", "SE": "AB", "IT": "S.r.l.", "FR": "SAS", "PL": "Sp. z o.o.", "CZ": "s.r.o.",
         "GB": "Ltd", "US": "Inc.", "NL": "B.V.", "CN": "Co., Ltd"}
TWINS = 0.05


def parties(count: int, *, seed: int) -> tuple[pd.DataFrame, pd.Series]:
    """The list, and by id the number of the firm: two entries of one firm share it."""
    rng = np.random.default_rng(seed)
    firms = round(count / (1 + TWINS))
    names, countries = _names(rng, firms)
    first = identities(rng, names, countries).assign(name=names)
    chosen = rng.choice(firms, count - firms, replace=False)
    again = pd.DataFrame([second_entry(row, way % 3) for way, (_, row) in enumerate(first.iloc[chosen].iterrows())])
    again["name"] = [_again(rng, name, way) for way, name in enumerate(first["name"].iloc[chosen])]
    both = pd.concat([first, again], ignore_index=True)
    kept = both[["address", "tax_id", "domain", "phone"]]
    both[kept.columns] = with_gaps(rng, kept, [False] * len(both))
    firm = pd.Series(np.r_[np.arange(firms), chosen])
    order = rng.permutation(len(both))
    ids = pd.Index([f"P{place:07d}" for place in range(len(both))])
    return both.iloc[order].set_axis(ids), firm.iloc[order].set_axis(ids)


def _names(rng: np.random.Generator, count: int) -> tuple[list[str], list[str]]:
    """Different firms may have the same first word, and a few the same name in two countries."""
    parts = [rng.choice(words, count) for words in (SYLLABLES, SYLLABLES, ENDINGS, TRADES)]
    countries = rng.choice(list(FORMS), count)
    names = [f"{(a + b + c).capitalize()} {trade} {FORMS[country]}"
             for a, b, c, trade, country in zip(*parts, countries, strict=True)]
    return names, [str(country) for country in countries]


def _again(rng: np.random.Generator, name: str, way: int) -> str:
    """In capitals, with a hyphen, with the form left out, or with two letters swapped."""
    place = int(rng.integers(1, 5))
    swapped = name[:place] + name[place + 1] + name[place] + name[place + 2 :]
    return (name.upper(), name.replace(" ", "-", 1), name.rsplit(" ", 1)[0], swapped)[way % 4]
