"""The supplier metrics of srmkit on Parquet files that stay where they are."""

from __future__ import annotations

import resource
from datetime import date
from pathlib import Path

import pandas as pd


def answer(folder: Path, start: date, end: date, memory: str) -> tuple[pd.DataFrame, dict[str, float]]:
    """Every supplier metric, and the CPU seconds of the checks that come first."""
    from srmkit.metrics import Period, supplier_metrics
    from srmkit.tables import connect_dataset

    before = _seconds()
    data = connect_dataset(folder, threads=2, memory=memory, keys=False)
    checks = _seconds() - before
    return supplier_metrics(data, Period(start, end)).values, {"checks": checks}


def _seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
