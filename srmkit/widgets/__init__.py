"""Play with a study's settings in a notebook."""

from srmkit.widgets.explorer import Explorer, explore

__all__ = ["Explorer", "explore"]
