"""What every notebook needs, imported once by the process that kernels are forked from.

Only imports: a thread or an open connection would not outlive the fork.
"""

from importlib import import_module

from srmkit.studies import STUDIES

NEEDED = (
    "ibis.backends.duckdb",
    "ipykernel.ipkernel",
    "ipykernel.kernelapp",
    "ipywidgets",
    "pandas",
    "pyarrow.dataset",
    "pyarrow.parquet",
    "scipy.optimize",
    "scipy.stats",
    "srmkit.charts",
    "srmkit.exports",
    "srmkit.scoring.scoring",
    "srmkit.widgets",
    "xlsxwriter",
    *(f"srmkit.studies.{study}" for study in STUDIES),
)

for _name in NEEDED:
    import_module(_name)
