"""What could not be worked out is told where one looks, and what was on show stays."""

from __future__ import annotations

import logging
from collections.abc import Callable
from html import escape

from srmkit.errors import Problem, SrmkitError
from srmkit.language import say

RED = "#9b1c1c"


def told(error: Exception) -> SrmkitError:
    """The error for whoever moved a control: ours as it is; of any other what happened, its trace in the log.

    >>> print(told(SrmkitError("orders.csv", [Problem("row 7", "has no supplier")])))
    orders.csv: 1 problem
      - row 7 has no supplier.
    """
    if isinstance(error, SrmkitError):
        return error
    logging.getLogger(__name__).error("not foreseen", exc_info=error)
    return SrmkitError(say("these settings"), [
        Problem(say("the answer"), say("could not be worked out"), f"{type(error).__name__}: {error}",
                say("Take the last step back. This was not foreseen: please tell whoever looks after srmkit."))])


def alert(error: Exception, words: Callable[[str], str] = str) -> str:
    """The error, put in these words, as a paragraph in red, read out at once to whoever cannot see it."""
    return f'<pre role="alert" style="color:{RED}">{escape(words(str(told(error))))}</pre>'
