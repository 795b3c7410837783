"""Studies by the hundred: cases in, self-contained reports and one index page out."""

from srmkit.batch.cases import Case, read_cases
from srmkit.batch.runner import Run, run_cases

__all__ = ["Case", "Run", "read_cases", "run_cases"]
