"""What our departments state differently about one supplier, in value or in unit."""

from __future__ import annotations

import pandas as pd

from srmkit.language import enumerated, say
from srmkit.tables import Dataset

# units of one measure: what a number is multiplied with to be compared
SCALES = {
    "share": ("share", 1.0), "%": ("share", 0.01), "percent": ("share", 0.01), "‰": ("share", 1e-3),
    "ppm": ("share", 1e-6),
    "day": ("days", 1.0), "days": ("days", 1.0), "week": ("days", 7.0), "weeks": ("days", 7.0),
}
VALUE, UNIT = "value", "unit"
COLUMNS = ["supplier_id", "figure", "conflict", "stated", "spread"]


def department_conflicts(data: Dataset, tolerance: float) -> pd.DataFrame:
    """Figures on which departments disagree: numbers further apart than `tolerance` (a share), or other words.

    Numbers are brought to one unit where we know how (%, share, ppm; days, weeks). `conflict` is "value", or "unit"
    where the numbers agree but stand in different units, or in units that cannot be compared. `stated` tells who says
    what, `spread` how far apart the numbers are, as a share of the largest. Figures stated by one department are none.
    """
    if not data.has("department_figures"):
        return pd.DataFrame(columns=COLUMNS)
    stated = data.frame("department_figures").sort_values(["supplier_id", "figure", "department"])
    rows = [row for (supplier, figure), group in stated.groupby(["supplier_id", "figure"], sort=True)
            if (row := _conflict(str(supplier), str(figure), group, tolerance)) is not None]
    return pd.DataFrame(rows, columns=COLUMNS)


def compared(data: Dataset) -> int:
    """How many figures are stated by more than one department."""
    if not data.has("department_figures"):
        return 0
    sizes = data.frame("department_figures").groupby(["supplier_id", "figure"]).size()
    return int((sizes > 1).sum())


def _conflict(supplier: str, figure: str, group: pd.DataFrame, tolerance: float) -> dict[str, object] | None:
    if len(group) < 2:
        return None
    units = group["unit"].fillna("")
    numbers = pd.to_numeric(group["value"], errors="coerce")
    row = {"supplier_id": supplier, "figure": figure, "stated": _said(group), "spread": float("nan")}
    if numbers.isna().any():
        words = group["value"].str.strip().str.casefold()
        return {**row, "conflict": VALUE} if len(set(words)) > 1 else None
    measures = [SCALES.get(unit.strip().casefold(), (unit.strip(), 1.0)) for unit in units]
    if len({measure for measure, _ in measures}) > 1:
        return {**row, "conflict": UNIT}
    same = numbers * [scale for _, scale in measures]
    largest = float(same.abs().max())
    spread = float((same.max() - same.min()) / largest) if largest else 0.0
    if spread > tolerance + 1e-12:
        return {**row, "conflict": VALUE, "spread": spread}
    return {**row, "conflict": UNIT, "spread": spread} if len(set(units)) > 1 else None


def _said(group: pd.DataFrame) -> str:
    return enumerated(
        say("{department} {value} {unit}", department=row["department"], value=row["value"],
            unit=row["unit"] if isinstance(row["unit"], str) else "").strip()
        for row in group.to_dict("records")
    )
