"""Play with a study's settings in a notebook."""

from srmkit.widgets.explorer import Explorer, explore
from srmkit.widgets.review import Review, review

__all__ = ["Explorer", "Review", "explore", "review"]
