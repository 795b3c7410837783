"""One random stream a table: adding a table, or a draw in one, changes no other table."""

from __future__ import annotations

import zlib

import numpy as np


def stream(seed: int, name: str) -> np.random.Generator:
    """The random stream of one table (or one latent property) under the company's seed.

    The same seed and name give the same numbers on every machine; different names are independent.

    >>> bool(stream(7, "suppliers").random() == stream(7, "suppliers").random())
    True
    >>> bool(stream(7, "suppliers").random() == stream(7, "items").random())
    False
    """
    return np.random.default_rng(np.random.SeedSequence([seed, zlib.crc32(name.encode())]))
