"""A pytest plugin beside nbval: the outputs of watched cells are compared by the words and figures that a reader sees.

    pytest -p srmkit.watched --nbval-lax notebooks

Without it nbval compares the HTML of a table, too: its style sheet, and whatever else no reader sees. With it the
tolerance of a figure is what is shown of it: another number fails where a shown digit is another.
"""

from __future__ import annotations

from typing import Any

SEEN_ONLY_AS_TEXT = ("text/html",)


def pytest_itemcollected(item: Any) -> None:
    """Cells of a notebook skip what is HTML; all other tests are left alone."""
    skipped = getattr(item.parent, "skip_compare", None)  # nbval's list, of the whole notebook
    if skipped is not None:
        item.parent.skip_compare = tuple(dict.fromkeys((*skipped, *SEEN_ONLY_AS_TEXT)))
