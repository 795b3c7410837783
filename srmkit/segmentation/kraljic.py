"""Kraljic's purchasing portfolio: what matters to profit against what is hard to get."""

from __future__ import annotations

from srmkit.segmentation.matrix import Matrix

STRATEGIC, BOTTLENECK, LEVERAGE, NON_CRITICAL = "strategic", "bottleneck", "leverage", "non-critical"


def kraljic(impact_cut: float = 50.0, risk_cut: float = 50.0) -> Matrix:
    """The portfolio of Kraljic 1983 (Harvard Business Review 61(5), 109-117) for items or categories.

    Axes `supply_risk` (across) and `profit_impact` (up), both 0 to 100. The unit is what is bought;
    suppliers follow through `roll_up`.

    >>> kraljic().names
    ('strategic', 'bottleneck', 'leverage', 'non-critical')
    """
    return Matrix(
        "Kraljic portfolio",
        x_axis="supply_risk",
        y_axis="profit_impact",
        x_cuts=(risk_cut,),
        y_cuts=(impact_cut,),
        classes=((NON_CRITICAL, BOTTLENECK), (LEVERAGE, STRATEGIC)),
        names=(STRATEGIC, BOTTLENECK, LEVERAGE, NON_CRITICAL),
    )
