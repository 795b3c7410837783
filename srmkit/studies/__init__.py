"""Studies: one decision end to end, from settings to one frozen result."""

from srmkit.studies._found import STUDIES, again_of, params_of, run_of, stages_of

__all__ = ["STUDIES", "again_of", "params_of", "run_of", "stages_of"]
