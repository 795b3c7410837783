"""The supplier metrics once, in this process: CPU seconds and peak memory as one line of JSON, the answers as a file.

python once.py ours data/1e5 2025-07-01 2026-06-30 2GB answers.parquet
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
from datetime import date
from pathlib import Path


def main(who: str, folder: str, start: str, end: str, memory: str, into: str) -> None:
    """Everything counts: imports, reading, checks."""
    module = importlib.import_module(who)
    figures, told = module.answer(Path(folder), date.fromisoformat(start), date.fromisoformat(end), memory)
    used = resource.getrusage(resource.RUSAGE_SELF)
    figures.rename_axis("supplier_id").to_parquet(into)
    found = {"seconds": used.ru_utime + used.ru_stime, "peak": used.ru_maxrss, **told}
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
