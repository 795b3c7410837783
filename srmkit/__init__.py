"""Decision support for supplier relationships and key accounts: how sure are we, and what would change it.

>>> from srmkit import Scorecard
>>> Scorecard.read("kraljic").name
'kraljic'
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    # functions with the name of their module come from it: mypy else takes the module for them
    from srmkit.bands import Bands as Bands
    from srmkit.batch import compare_runs as compare_runs
    from srmkit.batch import read_cases as read_cases
    from srmkit.batch import run_cases as run_cases
    from srmkit.duplicates import Decisions as Decisions
    from srmkit.duplicates import find_duplicates as find_duplicates
    from srmkit.duplicates import party_roll_up as party_roll_up
    from srmkit.errors import SrmkitError as SrmkitError
    from srmkit.exports import write_exports as write_exports
    from srmkit.metrics import (
        DeliveryRule as DeliveryRule,
    )
    from srmkit.metrics import (
        Metrics as Metrics,
    )
    from srmkit.metrics import (
        Period as Period,
    )
    from srmkit.metrics import (
        account_metrics as account_metrics,
    )
    from srmkit.metrics import (
        item_metrics as item_metrics,
    )
    from srmkit.metrics import (
        supplier_metrics as supplier_metrics,
    )
    from srmkit.metrics import (
        supplier_spend_by as supplier_spend_by,
    )
    from srmkit.metrics import (
        totals as totals,
    )
    from srmkit.robustness import (
        Doubt as Doubt,
    )
    from srmkit.robustness.class_acceptability import class_acceptability as class_acceptability
    from srmkit.robustness.rank_acceptability import rank_acceptability as rank_acceptability
    from srmkit.robustness.rank_tipping_points import rank_tipping_points as rank_tipping_points
    from srmkit.robustness.tipping_points import tipping_points as tipping_points
    from srmkit.robustness.weight_sweep import weight_sweep as weight_sweep
    from srmkit.scoring import Scorecard as Scorecard
    from srmkit.scoring import Scores as Scores
    from srmkit.scoring import scorecard_names as scorecard_names
    from srmkit.segmentation import (
        Matrix as Matrix,
    )
    from srmkit.segmentation import (
        Segments as Segments,
    )
    from srmkit.segmentation import (
        kraljic as kraljic,
    )
    from srmkit.segmentation import (
        roll_up as roll_up,
    )
    from srmkit.strategy import (
        hours_plan as hours_plan,
    )
    from srmkit.strategy import (
        read_cards as read_cards,
    )
    from srmkit.strategy import (
        select as select,
    )
    from srmkit.strategy import (
        select_by_hours as select_by_hours,
    )
    from srmkit.studies import STUDIES as STUDIES
    from srmkit.studies import params_of as params_of
    from srmkit.studies import run_of as run_of
    from srmkit.tables import (
        ColumnMap as ColumnMap,
    )
    from srmkit.tables import (
        Dataset as Dataset,
    )
    from srmkit.tables import (
        read_dataset as read_dataset,
    )
    from srmkit.tables import (
        read_frames as read_frames,
    )
    from srmkit.widgets import explore as explore

# where each name lives: loaded when first asked for, so that `import srmkit` costs nothing
_HOMES = {
    "bands": ("Bands",),
    "batch": ("compare_runs", "read_cases", "run_cases"),
    "duplicates": ("Decisions", "find_duplicates", "party_roll_up"),
    "errors": ("SrmkitError",),
    "exports": ("write_exports",),
    "metrics": (
        "DeliveryRule",
        "Metrics",
        "Period",
        "account_metrics",
        "item_metrics",
        "supplier_metrics",
        "supplier_spend_by",
        "totals",
    ),
    "robustness": (
        "Doubt",
        "class_acceptability",
        "rank_acceptability",
        "rank_tipping_points",
        "tipping_points",
        "weight_sweep",
    ),
    "scoring": ("Scorecard", "Scores", "scorecard_names"),
    "segmentation": ("Matrix", "Segments", "kraljic", "roll_up"),
    "strategy": ("hours_plan", "read_cards", "select", "select_by_hours"),
    "studies": ("STUDIES", "params_of", "run_of"),
    "tables": ("ColumnMap", "Dataset", "read_dataset", "read_frames"),
    "widgets": ("explore",),
}
_HOME_OF = {name: home for home, names in _HOMES.items() for name in names}
_FOLDERS = (*_HOMES, "arrays", "charts", "decisions", "places", "sample")

__all__ = sorted([*_HOME_OF, *_FOLDERS])  # noqa: PLE0605 - built from the one list above


def __getattr__(name: str) -> Any:
    if name in _FOLDERS:
        return import_module(f"srmkit.{name}")
    if name in _HOME_OF:
        return getattr(import_module(f"srmkit.{_HOME_OF[name]}"), name)
    raise AttributeError(f"module 'srmkit' has no attribute {name!r}")


def __dir__() -> list[str]:
    return list(__all__)
