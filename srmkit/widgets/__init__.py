"""Play with a study's settings in a notebook."""

from srmkit.widgets.explorer import Explorer, explore
from srmkit.widgets.mapping import ColumnMapForm, map_columns
from srmkit.widgets.review import Review, review

__all__ = ["ColumnMapForm", "Explorer", "Review", "explore", "map_columns", "review"]
