"""Sobol points: those of SciPy to the last digit, without loading its statistics."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from scipy.stats import qmc

from srmkit.arrays.sobol_points import DIRECTIONS, sobol_points


@pytest.mark.parametrize("draws", [1, 2, 5, 64, 5_000])
@pytest.mark.parametrize("places", [1, 2, 17, len(DIRECTIONS) + 1, len(DIRECTIONS) + 2])
def test_points_are_those_of_scipy(places: int, draws: int) -> None:
    theirs = qmc.Sobol(places, scramble=True, rng=np.random.default_rng([7, 1]))
    points = theirs.random_base2((draws - 1).bit_length())[:draws]
    assert np.array_equal(sobol_points(places, draws=draws, seed=[7, 1]), np.maximum(points, 2.0**-33))


def test_every_interval_of_a_power_of_two_holds_its_share() -> None:
    points = sobol_points(8, draws=1024, seed=3)
    for place in points.T:
        assert (np.bincount((place * 1024).astype(int), minlength=1024) == 1).all()


def test_points_need_no_statistics_of_scipy() -> None:
    code = "from srmkit.arrays.sobol_points import sobol_points as s; s(30, draws=8, seed=0); import sys;" \
           "print('scipy.stats' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
