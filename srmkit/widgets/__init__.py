"""Play with a study's settings in a notebook, map columns, judge weights, and review pairs."""

from srmkit.widgets.explorer import Explorer, explore
from srmkit.widgets.judging import Judging, judge
from srmkit.widgets.mapping import ColumnMapForm, map_columns
from srmkit.widgets.review import Review, review

__all__ = ["ColumnMapForm", "Explorer", "Judging", "Review", "explore", "judge", "map_columns", "review"]
