"""Studies: one decision end to end, from settings to one frozen result."""

from srmkit.studies._found import STUDIES, add_study, again_of, files_of, is_study, params_of, run_of, stages_of

__all__ = ["STUDIES", "add_study", "again_of", "files_of", "is_study", "params_of", "run_of", "stages_of"]
