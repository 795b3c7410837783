"""What every notebook needs, once in the process that kernels are forked from: packages, and the data of the batch.

No more than that: a thread or an open connection would not outlive the fork.
"""

import json
import os
from contextlib import suppress
from importlib import import_module

from srmkit.batch.kernels import SHARED
from srmkit.errors import SrmkitError
from srmkit.language import speaking
from srmkit.studies import STUDIES
from srmkit.tables import keep_dataset
from srmkit.tables.opening import address_of, stays

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

for _data, _column_map, _language in json.loads(os.environ.pop(SHARED, "[]")):
    with suppress(SrmkitError, OSError), speaking(_language):  # the run that asks for it says what is wrong
        _address = address_of(_data)
        if "://" not in _address and not stays(_address, column_map=_column_map):
            keep_dataset(_address, column_map=_column_map or None)
