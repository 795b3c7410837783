"""Which class is it in: matrices, roll-up, ABC and concentration."""

from srmkit.segmentation.kraljic import kraljic
from srmkit.segmentation.matrix import Matrix, Segments
from srmkit.segmentation.roll_up import RollUp, roll_up, roll_up_codes

__all__ = ["Matrix", "RollUp", "Segments", "kraljic", "roll_up", "roll_up_codes"]
