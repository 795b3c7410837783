"""Cross-checks: would another school of method have given another answer?"""

from srmkit.arrays.preference import Preference
from srmkit.crosscheck.as_scored import AsScored
from srmkit.crosscheck.cross_checks import CrossChecks, cross_checks
from srmkit.crosscheck.electre_tri import ElectreTri, electre_tri
from srmkit.crosscheck.mr_sort import MrSort, mr_sort
from srmkit.crosscheck.promethee import Promethee, promethee
from srmkit.crosscheck.topsis import topsis
from srmkit.crosscheck.vikor import Vikor, vikor

__all__ = [
    "AsScored",
    "CrossChecks",
    "ElectreTri",
    "MrSort",
    "Preference",
    "Promethee",
    "Vikor",
    "cross_checks",
    "electre_tri",
    "mr_sort",
    "promethee",
    "topsis",
    "vikor",
]
