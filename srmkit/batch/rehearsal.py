"""What runs would refuse, known before the first one starts: every study reads, measures and scores, and draws nothing.

The study's own steps do it, so there is no second set of rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

from srmkit.decisions.params import column_of
from srmkit.decisions.shared_settings import DataSettings
from srmkit.errors import Problem, SrmkitError
from srmkit.language import Language, speaking
from srmkit.studies import stages_of
from srmkit.tables import keep_dataset
from srmkit.tables.opening import address_of, stays

Input = tuple[str, str, Language]  # data, column map and language: reasons and notes are words
KEPT = 4  # evidence at a time


def keep(inputs: Iterable[Input]) -> None:
    """Read now what runs will ask for; data that stay where they lie or cannot be read are left to them."""
    for data, column_map, language in inputs:
        with suppress(SrmkitError, OSError), speaking(language):
            address = address_of(data)
            if "://" not in address and not stays(address, column_map=column_map):
                keep_dataset(address, column_map=column_map or None)


def hangs_on(params: DataSettings) -> tuple[object, ...]:
    """What reading and measuring depend on: of settings that choose among the data, only whether they choose."""
    fields = params.settings()
    return params.study, *(bool(value) if column_of(fields[name]) else value
                           for name, value in params.evidence_settings().items())


class Rehearsal:
    """The way of a run as far as its scores; cases that hang on the same, asked one after the other, measure once."""

    def __init__(self) -> None:
        self._evidence: dict[tuple[object, ...], Any] = {}

    def problems(self, params: DataSettings) -> Iterator[Problem]:
        """All that the study refuses in these settings, with their data and scorecards; none where it would run.

        What goes wrong in other ways, such as want of memory, is left to the run: it stops no other.
        """
        asked = params
        while True:
            try:
                with speaking(params.language):
                    self._rehearse(params)
            except SrmkitError as error:
                about = {one: [name for name in params.settings() if f"'{name}'" in one.thing + one.todo]
                         for one in error.problems}  # fmt: skip
                for one, names in about.items():
                    if any(one.thing.startswith(f"'{name}'") for name in names):
                        yield one
                    elif params is asked:
                        yield replace(one, thing=f"{error.subject}, {one.thing}")
                changed = {name for names in about.values() for name in names} & params.changed().keys()
                if changed:  # without these, what is wrong with the others comes to light
                    usual = type(params)()
                    params = params.model_copy(update={name: getattr(usual, name) for name in changed})
                    continue
            except Exception:  # noqa: BLE001 - its own run says what happened, and stops no other
                pass
            return

    def _rehearse(self, params: DataSettings) -> None:
        gather, decide = stages_of(params.study)
        key = hangs_on(params)
        if key not in self._evidence:
            while len(self._evidence) >= KEPT:
                self._evidence.pop(next(iter(self._evidence)))
            keep([(params.data, params.column_map, params.language)])
            try:
                self._evidence[key] = gather(params)
            except SrmkitError as error:
                self._evidence[key] = error
        evidence = self._evidence[key]
        if isinstance(evidence, SrmkitError):
            raise evidence
        chosen = [getattr(params, name) for name, field in params.settings().items() if column_of(field)]
        decide(evidence.within(*chosen) if chosen else evidence, params)

