"""What a supplier is like: able, willing, fond of us, punctual and clean, each from its own stream."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from srmkit.sample.streams import stream

# Late share of a supplier: the shape of 24 suppliers of health goods with 20 and more lines, Beta(0.54, 14.0)
# with a mean of 3.7 %. The mean is raised to 10 % for a livelier sample: the second parameter becomes 4.86.
LATE_ALPHA, LATE_BETA = 0.54, 4.86
EARLY_SHARE = 0.082
NO_REJECTS, REJECT_MEAN, REJECT_SD = 0.15, 0.027, 0.015
LEAD_SIGMA = 0.25  # between suppliers of one category


def traits(seed: int, count: int) -> pd.DataFrame:
    """One row a firm: capability, willingness, attractiveness (of us to them), all 0 to 1, and its habits."""
    names = ("able", "willing", "fond")
    able, willing, fond = (stream(seed, f"latent:{name}").normal(size=count) for name in names)
    will = 0.8 * willing + 0.6 * fond
    return pd.DataFrame(
        {
            "capability": _level(able),
            "willingness": _level(will),
            "attractiveness": _level(fond),
            "dependence": _dependence(seed, fond),
            "late_rate": _late(seed, able),
            "early_rate": np.full(count, EARLY_SHARE),
            "short_rate": np.full(count, 0.043),
            "reject_rate": _rejects(seed, able),
            "lead_factor": stream(seed, "latent:lead").lognormal(0.0, LEAD_SIGMA, count),
            "price_factor": stream(seed, "latent:price").lognormal(0.0, 0.03, count),
        }
    )


def _level(z: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.clip(0.56 + 0.2 * z, 0.04, 0.97)


def _dependence(seed: int, fond: NDArray[np.float64]) -> NDArray[np.float64]:
    """Our share of their sales, 0.1 % to 50 %; those we matter to like us somewhat better."""
    spread = stream(seed, "latent:dependence").normal(size=len(fond))
    return np.clip(10 ** (-1.7 + 0.6 * spread + 0.25 * fond), 0.0012, 0.48)


def _late(seed: int, able: NDArray[np.float64]) -> NDArray[np.float64]:
    rng = stream(seed, "latent:late")
    rates = np.minimum(np.sort(rng.beta(LATE_ALPHA, LATE_BETA, len(able))), 0.6)
    return rates[_ranks(-0.6 * able + 0.8 * rng.normal(size=len(able)))]


def _rejects(seed: int, able: NDArray[np.float64]) -> NDArray[np.float64]:
    rng = stream(seed, "latent:rejects")
    rates = np.clip(rng.normal(REJECT_MEAN, REJECT_SD, len(able)), 0.002, 0.08)
    rates[rng.random(len(able)) < NO_REJECTS] = 0.0
    return np.sort(rates)[_ranks(-0.6 * able + 0.8 * rng.normal(size=len(able)))]


def _ranks(values: NDArray[np.float64]) -> NDArray[np.intp]:
    return values.argsort().argsort()
