"""Scrambled Sobol points: evenly spread draws, the same for the same seed.

Sobol (1967); direction numbers of Joe & Kuo (2008, SIAM Journal on Scientific Computing 30, 2635-2654); a random
linear scramble and shift (Matousek 1998, Journal of Complexity 14, 527-556), which leaves every point even over 0 to 1
and the set as evenly spread as it was. The points are those of `scipy.stats.qmc.Sobol` to the last digit. Points of up
to 64 places are made here, because loading SciPy's statistics costs a second and 40 MB, many times the work itself.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Numbers = NDArray[np.uint32]

BITS = 30
# for each place after the first: its primitive polynomial as bits, and its first direction numbers
DIRECTIONS = (
    (3, 1), (7, 1, 3), (11, 1, 3, 1), (13, 1, 1, 1), (19, 1, 1, 3, 3), (25, 1, 3, 5, 13), (37, 1, 1, 5, 5, 17),
    (41, 1, 1, 5, 5, 5), (47, 1, 1, 7, 11, 19), (55, 1, 1, 5, 1, 1), (59, 1, 1, 1, 3, 11), (61, 1, 3, 5, 5, 31),
    (67, 1, 3, 3, 9, 7, 49), (91, 1, 1, 1, 15, 21, 21), (97, 1, 3, 1, 13, 27, 49), (103, 1, 1, 1, 15, 7, 5),
    (109, 1, 3, 1, 15, 13, 25), (115, 1, 1, 5, 5, 19, 61), (131, 1, 3, 7, 11, 23, 15, 103),
    (137, 1, 3, 7, 13, 13, 15, 69), (143, 1, 1, 3, 13, 7, 35, 63), (145, 1, 3, 5, 9, 1, 25, 53),
    (157, 1, 3, 1, 13, 9, 35, 107), (167, 1, 3, 1, 5, 27, 61, 31), (171, 1, 1, 5, 11, 19, 41, 61),
    (185, 1, 3, 5, 3, 3, 13, 69), (191, 1, 1, 7, 13, 1, 19, 1), (193, 1, 3, 7, 5, 13, 19, 59),
    (203, 1, 1, 3, 9, 25, 29, 41), (211, 1, 3, 5, 13, 23, 1, 55), (213, 1, 3, 7, 3, 13, 59, 17),
    (229, 1, 3, 1, 3, 5, 53, 69), (239, 1, 1, 5, 5, 23, 33, 13), (241, 1, 1, 7, 7, 1, 61, 123),
    (247, 1, 1, 7, 9, 13, 61, 49), (253, 1, 3, 3, 5, 3, 55, 33), (285, 1, 3, 1, 15, 31, 13, 49, 245),
    (299, 1, 3, 5, 15, 31, 59, 63, 97), (301, 1, 3, 1, 11, 11, 11, 77, 249), (333, 1, 3, 1, 11, 27, 43, 71, 9),
    (351, 1, 1, 7, 15, 21, 11, 81, 45), (355, 1, 3, 7, 3, 25, 31, 65, 79), (357, 1, 3, 1, 1, 19, 11, 3, 205),
    (361, 1, 1, 5, 9, 19, 21, 29, 157), (369, 1, 3, 7, 11, 1, 33, 89, 185), (391, 1, 3, 3, 3, 15, 9, 79, 71),
    (397, 1, 3, 7, 11, 15, 39, 119, 27), (425, 1, 1, 3, 1, 11, 31, 97, 225), (451, 1, 1, 1, 3, 23, 43, 57, 177),
    (463, 1, 3, 7, 7, 17, 17, 37, 71), (487, 1, 3, 1, 5, 27, 63, 123, 213), (501, 1, 1, 3, 5, 11, 43, 53, 133),
    (529, 1, 3, 5, 5, 29, 17, 47, 173, 479), (539, 1, 3, 3, 11, 3, 1, 109, 9, 69),
    (545, 1, 1, 1, 5, 17, 39, 23, 5, 343), (557, 1, 3, 1, 5, 25, 15, 31, 103, 499),
    (563, 1, 1, 1, 11, 11, 17, 63, 105, 183), (601, 1, 1, 5, 11, 9, 29, 97, 231, 363),
    (607, 1, 1, 5, 15, 19, 45, 41, 7, 383), (617, 1, 3, 7, 7, 31, 19, 83, 137, 221),
    (623, 1, 1, 1, 3, 23, 15, 111, 223, 83), (631, 1, 1, 5, 13, 31, 15, 55, 25, 161),
    (637, 1, 1, 3, 13, 25, 47, 39, 87, 257),
)


def sobol_points(places: int, *, draws: int, seed: int | list[int], wanted: slice = slice(None)) -> Floats:
    """Scrambled Sobol points, draws x places, strictly between 0 and 1; any 2**k first draws are evenly spread.

    `wanted` are the places that are looked at; no others are worked out.

    >>> sobol_points(1, draws=4, seed=7)[:, 0].round(1).tolist()
    [0.7, 0.1, 0.4, 0.9]
    """
    rng, doublings = np.random.default_rng(seed), (draws - 1).bit_length()
    if places > len(DIRECTIONS) + 1:
        from scipy.stats import qmc

        points = qmc.Sobol(places, scramble=True, rng=rng).random_base2(doublings)[:draws, wanted]
    else:
        points = _points(places, doublings, rng.spawn(1)[0], wanted)[:, :draws].T * 2.0**-BITS
    return np.asarray(np.maximum(points, 2.0 ** -(BITS + 3), out=points), dtype=np.float64)


def _points(places: int, doublings: int, rng: np.random.Generator, wanted: slice) -> Numbers:
    """Whole numbers below 2**BITS, wanted places x points, in the order of the Gray code."""
    shift = rng.integers(2, size=(places, BITS), dtype=np.uint32) @ (np.uint32(1) << np.arange(BITS, dtype=np.uint32))
    scramble = np.tril(rng.integers(2, size=(places, BITS, BITS), dtype=np.uint32))
    scramble[:, np.arange(BITS), np.arange(BITS)] = 1
    weights = np.uint32(1) << np.arange(BITS - 1, -1, -1, dtype=np.uint32)  # the first digit is the highest bit
    digits = (_directions(places)[wanted, None] & weights[:, None]) // weights[:, None]
    directions = np.einsum("p,kpd->kd", weights, (scramble[wanted] @ digits) % 2)
    points = np.empty((len(directions), 2**doublings), dtype=np.uint32)
    points[:, 0] = shift[wanted]
    for power in range(doublings):  # the code runs back through what it has, with one more bit
        half = 2**power
        np.bitwise_xor(points[:, half - 1 :: -1], directions[:, [power]], out=points[:, half : 2 * half])
    return points


@cache
def _directions(places: int) -> Numbers:
    """Direction numbers before the scramble, places x bits."""
    numbers = np.ones((places, BITS), dtype=np.uint32)
    for row, (polynomial, *first) in zip(numbers[1:], DIRECTIONS, strict=False):
        degree = len(first)
        row[:degree] = first
        for bit in range(degree, BITS):
            row[bit] = row[bit - degree]
            for back in range(1, degree + 1):
                if polynomial >> (degree - back) & 1:
                    row[bit] ^= row[bit - back] << np.uint32(back)
    directions = numbers << np.arange(BITS - 1, -1, -1, dtype=np.uint32)
    directions.flags.writeable = False  # it is kept for the next points
    return directions
