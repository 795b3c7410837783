"""What every notebook needs, once in the process that kernels are forked from: packages, and the data of the batch.

No more than that: a thread or an open connection would not outlive the fork.
"""

import json
import os
from importlib import import_module

from srmkit.batch.kernels import SHARED
from srmkit.batch.rehearsal import keep
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

keep(json.loads(os.environ.pop(SHARED, "[]")))
