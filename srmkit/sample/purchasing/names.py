"""Names of firms and people, made from syllables so that they belong to nobody."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_FIRST = ("Bren", "Halv", "Korr", "Torv", "Velm", "Mard", "Ostr", "Linz", "Garv", "Solm", "Norv", "Fald",
          "Ravn", "Dorn", "Wexl", "Altm", "Berv", "Casp", "Dalv", "Eckr", "Jost", "Quen", "Zell", "Yarr")
_LAST = {
    "german": ("wald", "brück", "hagen", "stett", "au", "feld"),
    "nordic": ("strand", "sjö", "holm", "vik", "lund"),
    "romance": ("ano", "etti", "ier", "aval", "oso", "elle"),
    "slavic": ("ovec", "ice", "anka", "owy", "ek"),
    "english": ("worth", "field", "ley", "ham", "combe"),
    "asian": ("ari", "un", "ako", "ing", "eki"),
}
# country: family of syllables, legal form, weight
_COUNTRIES = {
    "DE": ("german", "GmbH", 30), "AT": ("german", "GmbH", 8), "CH": ("german", "AG", 6),
    "SE": ("nordic", "AB", 5), "DK": ("nordic", "A/S", 3), "IT": ("romance", "S.r.l.", 11),
    "FR": ("romance", "SAS", 7), "ES": ("romance", "S.L.", 4), "PL": ("slavic", "Sp. z o.o.", 8),
    "CZ": ("slavic", "s.r.o.", 8), "GB": ("english", "Ltd", 5), "US": ("english", "Inc.", 4),
    "NL": ("english", "B.V.", 5), "CN": ("asian", "Co., Ltd", 6), "TW": ("asian", "Co., Ltd", 3),
    "IN": ("asian", "Pvt. Ltd", 3),
}
_GIVEN = ("Ada", "Bruno", "Clara", "Dario", "Elin", "Felix", "Greta", "Hugo", "Ines", "Jonas", "Karla",
          "Luis", "Mara", "Nils", "Olga", "Paul", "Rosa", "Sven", "Tilda", "Viktor")


def firms(rng: np.random.Generator, trades: Sequence[Sequence[str]]) -> tuple[list[str], list[str]]:
    """Different names, each with a word of its trade, and the country of each firm."""
    codes = list(_COUNTRIES)
    weights = np.array([weight for _, _, weight in _COUNTRIES.values()], dtype=float)
    countries = [codes[place] for place in rng.choice(len(codes), len(trades), p=weights / weights.sum())]
    names: list[str] = []
    taken: set[str] = set()
    for country, words in zip(countries, trades, strict=True):
        family, form, _ = _COUNTRIES[country]
        stem = _new_stem(rng, family, taken)
        names.append(f"{stem} {words[int(rng.integers(len(words)))]} {form}")
    return names, countries


def _new_stem(rng: np.random.Generator, family: str, taken: set[str]) -> str:
    """A stem nobody has: a further syllable where the short ones run out."""
    firsts, lasts = rng.integers(len(_FIRST), size=12), rng.integers(len(_LAST[family]), size=12)
    drawn = [_FIRST[first] + _LAST[family][last] for first, last in zip(firsts, lasts, strict=True)]
    stem: str = next((word for word in drawn if word not in taken), drawn[0])
    while stem in taken:
        stem = _FIRST[rng.integers(len(_FIRST))] + stem.lower()
    taken.add(stem)
    return stem


def other_spelling(name: str, way: int) -> str:
    """The same firm as somebody else typed it; `way` picks what they did.

    >>> [other_spelling("Dornau Guss GmbH", way) for way in range(3)]
    ['DORNAU GUSS G.M.B.H.', 'Dornau-Guss Gesellschaft mbH', 'Dornau Guss GmbH & Co']
    """
    if way == 0:
        return name.replace("GmbH", "G.m.b.H.").replace("Ltd", "Limited").upper()
    if way == 1:
        return name.replace(" ", "-", 1).replace("GmbH", "Gesellschaft mbH").replace(".", "")
    return f"{name} & Co"


def people(rng: np.random.Generator, count: int) -> list[str]:
    """Names of people; a few may share one in a large number, as in life."""
    given = rng.integers(len(_GIVEN), size=count)
    endings = _LAST["german"] + _LAST["nordic"] + _LAST["romance"]
    first, last = rng.integers(len(_FIRST), size=count), rng.integers(len(endings), size=count)
    return [f"{_GIVEN[g]} {_FIRST[f]}{endings[e]}" for g, f, e in zip(given, first, last, strict=True)]
