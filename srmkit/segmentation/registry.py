"""All matrices by name, so that what holds for one is checked for each."""

from __future__ import annotations

from collections.abc import Callable

from srmkit.segmentation.account_matrix import account_matrix
from srmkit.segmentation.kraljic import kraljic
from srmkit.segmentation.matrix import Matrix
from srmkit.segmentation.supplier_potential import supplier_potential
from srmkit.segmentation.supplier_preferencing import supplier_preferencing

# each takes the cut of its y axis, then that of its x axis
MATRICES: dict[str, Callable[[float, float], Matrix]] = {
    build.__name__: build for build in (kraljic, supplier_potential, supplier_preferencing, account_matrix)
}
