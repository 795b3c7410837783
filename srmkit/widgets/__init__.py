"""Play with a study's settings in a notebook, judge weights, and review pairs."""

from srmkit.widgets.explorer import Explorer, explore
from srmkit.widgets.judging import Judging, judge
from srmkit.widgets.review import Review, review

__all__ = ["Explorer", "Judging", "Review", "explore", "judge", "review"]
