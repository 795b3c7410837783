"""Studies by the hundred: cases in, self-contained reports and one index page out."""

from srmkit.batch.cases import Case, one_per_value, read_cases
from srmkit.batch.ledger import Run
from srmkit.batch.run_comparison import compare_runs
from srmkit.batch.runner import Due, check_batch, run_cases, runs_of

__all__ = ["Case", "Due", "Run", "check_batch", "compare_runs", "one_per_value", "read_cases", "run_cases", "runs_of"]
