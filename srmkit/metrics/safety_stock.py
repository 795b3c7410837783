"""How much demand may differ while an order is on its way."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from srmkit.metrics.rates import Floats


def demand_over_lead_time_sd(
    *, lead_time: ArrayLike, lead_time_sd: ArrayLike, demand: ArrayLike, demand_sd: ArrayLike
) -> Floats:
    """Standard deviation of the demand during the lead time; z times it is the safety stock for a service level.

    √(L σ_d² + d² σ_L²), with demand and its sd a day, lead time and its sd in days, demand and lead time independent.
    Silver, Pyke & Thomas 2017, Inventory and Production Management in Supply Chains, 6.10.

    >>> round(float(demand_over_lead_time_sd(lead_time=10, lead_time_sd=3, demand=50, demand_sd=12)), 4)
    154.7256
    """
    days, days_sd, daily, daily_sd = (np.asarray(x, dtype=float) for x in (lead_time, lead_time_sd, demand, demand_sd))
    found: Floats = np.sqrt(days * daily_sd**2 + daily**2 * days_sd**2)
    return found
