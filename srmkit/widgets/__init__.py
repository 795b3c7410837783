"""Play with a study's settings in a notebook, and judge weights."""

from srmkit.widgets.explorer import Explorer, explore
from srmkit.widgets.judging import Judging, judge

__all__ = ["Explorer", "Judging", "explore", "judge"]
