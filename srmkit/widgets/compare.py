"""Two settings side by side: who moves, because of which settings."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import pandas as pd

from srmkit.decisions.changed_settings import changes_said
from srmkit.decisions.params import StudyParams
from srmkit.language import counted, listed, marked, say, word

PLACES = {True: marked("selected, {segment}"), False: marked("not selected, {segment}")}


def who_moves(before: pd.DataFrame, after: pd.DataFrame) -> pd.DataFrame:
    """Candidates with another class or another answer to "selected", in the order of `after`.

    Both are a study's `glance()`, matched by name. Columns name, before, after (the class, and where there are
    places the place), certainty_before, certainty_after. Whoever is in one of them only has a dash in the other.
    """
    then, now = _standing(before).add_suffix("_before"), _standing(after).add_suffix("_after")
    everybody = now.index.append(then.index.difference(now.index, sort=False))
    both = now.reindex(everybody).join(then)
    moved = both[both["place_before"].fillna("") != both["place_after"].fillna("")]
    return pd.DataFrame(
        {
            "name": moved.index,
            "before": moved["place_before"].to_numpy(),
            "after": moved["place_after"].to_numpy(),
            "certainty_before": moved["certainty_before"].to_numpy(),
            "certainty_after": moved["certainty_after"].to_numpy(),
        }
    )


def what_differs(before: StudyParams, after: StudyParams) -> str:
    """The settings that differ, in words: 'capacity 20 -> 12 accounts'."""
    return listed(changes_said(before, after), most=8) or say("nothing")


def because_of(moves: pd.DataFrame, alone: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The moves with what each is due to: the settings that by themselves, changed alone, lead to the same place.

    `alone` has the `glance()` under each changed setting by itself, by what the setting is called. Where none of them
    leads there, it takes several.
    """
    places = {name: _standing(glance)["place"] for name, glance in alone.items()}
    causes = [_causes(name for name, place in places.items() if place.get(who) == after)
              for who, after in zip(moves["name"], moves["after"], strict=True)]
    return moves.assign(because=causes)


def _causes(settings: Iterable[str]) -> str:
    return listed(list(settings), most=8) or say("several together")


def sentence(moves: pd.DataFrame, differs: str) -> str:
    """How many move, and what was changed."""
    return say("{moves}; changed: {settings}.", moves=counted(len(moves), "candidate moves", "candidates move"),
               settings=differs)


def _standing(glance: pd.DataFrame) -> pd.DataFrame:
    table = glance.drop_duplicates("name").set_index("name")
    place = table["segment"].astype(object)
    if "selected" in table:
        place = pd.Series([say(PLACES[bool(chosen)], segment=word(str(name))) for chosen, name
                           in zip(table["selected"], place, strict=True)], table.index, dtype=object)
    return pd.DataFrame({"place": place, "certainty": table["certainty"]})
