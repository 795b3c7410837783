"""Errors that list every problem at once: which thing, what is wrong, what was found, what to do.

They speak as everything does where they are made: a study in Chinese, and its explorer, are told in Chinese.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from srmkit.language import joined, say, say_many

if TYPE_CHECKING:
    import pandas as pd

# control characters, ends of lines in any script, and marks that turn the direction of writing
_STEERING = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST = 2_000


def did_you_mean(name: str, known: Iterable[str], otherwise: str) -> str:
    """What to do about an unknown name: the one it may stand for, else all that are known.

    >>> did_you_mean("Sealz", ["Seals", "Castings"], "Categories are")
    "Did you mean 'Seals'?"
    >>> did_you_mean("x", ["Seals", "Castings"], "Categories are")
    'Categories are: Seals, Castings.'
    """
    names = list(known)
    near = difflib.get_close_matches(name, names, n=1)
    if near:
        return say("Did you mean '{name}'?", name=near[0])
    return say("{what}: {names}.", what=otherwise, names=", ".join(names) or say("none"))


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong, the evidence, and the next step."""

    thing: str
    wrong: str
    found: str = ""
    todo: str = ""

    def __str__(self) -> str:
        thing, wrong, found = map(on_one_line, (self.thing, self.wrong, self.found))
        told = say("{thing} {wrong}; found {found}.", thing=thing, wrong=wrong, found=found) if found else say(
            "{thing} {wrong}.", thing=thing, wrong=wrong)
        return joined(told, on_one_line(self.todo))


def on_one_line(words: str) -> str:
    """Words from data that cannot break a line, steer a terminal or fill a screen."""
    plain = _STEERING.sub(lambda found: repr(found[0])[1:-1], words)
    return plain if len(plain) <= _LONGEST else f"{plain[:_LONGEST]} ..."


class SrmkitError(ValueError):
    """Everything that is wrong with one subject, in one message.

    `subject` says what was read or built; `problems` are kept in order, and
    `frame()` gives them as a table (columns thing, wrong, found, todo).

    >>> print(SrmkitError("orders.csv", [Problem("row 7", "has no supplier", "''", "Fill supplier_id.")]))
    orders.csv: 1 problem
      - row 7 has no supplier; found ''. Fill supplier_id.
    """

    def __init__(self, subject: str, problems: Iterable[Problem]) -> None:
        self.subject = subject
        self.problems = tuple(problems)
        head = say_many("{subject}: {count} problem", "{subject}: {count} problems", len(self.problems),
                        subject=subject)
        super().__init__("\n".join([head, *(f"  - {problem}" for problem in self.problems)]))

    def __reduce__(self) -> tuple[type[SrmkitError], tuple[str, tuple[Problem, ...]]]:
        # errors cross process borders in a batch: rebuild from the parts, not from the message
        return type(self), (self.subject, self.problems)

    def frame(self) -> pd.DataFrame:
        """The problems as a table, one row each."""
        import pandas as pd

        rows = [(p.thing, p.wrong, p.found, p.todo) for p in self.problems]
        return pd.DataFrame(rows, columns=["thing", "wrong", "found", "todo"])


@dataclass
class Problems:
    """Collects problems while checking, so that the reader sees all of them at once."""

    subject: str
    found: list[Problem] = field(default_factory=list)

    def add(self, thing: str, wrong: str, *, found: str = "", todo: str = "") -> None:
        """Note one problem and go on checking."""
        self.found.append(Problem(thing, wrong, found, todo))

    def extend(self, problems: Iterable[Problem]) -> None:
        """Note problems that another check collected."""
        self.found.extend(problems)

    @contextmanager
    def noting(self) -> Iterator[None]:
        """Note what a check inside raises, and go on after it."""
        try:
            yield
        except SrmkitError as error:
            self.extend(error.problems)

    def raise_if_any(self) -> None:
        """Raise one `SrmkitError` with every problem, or return when there is none."""
        if self.found:
            raise SrmkitError(self.subject, self.found)
