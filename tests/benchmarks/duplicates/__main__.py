"""`python tests/benchmarks/duplicates [parties]`: precision, recall, CPU seconds and memory, as a table in Markdown.

Every way runs in a process of its own on the same list; `python tests/benchmarks/duplicates 100000 ours` is one.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys

from made_parties import parties
from ways import WAYS

LABELS = {
    "ours": "`find_duplicates`",
    "rapidfuzz": "rapidfuzz: names without legal form, first three letters equal, 90 of 100 alike",
    "trained": "`find_duplicates(train=True)`",
}


def once(count: int, way: str) -> None:
    """One way, measured, as a line of JSON."""
    small, _ = parties(300, seed=1)
    WAYS[way](small)  # what is loaded on first use counts for nobody
    table, firm = parties(count, seed=7)
    before = resource.getrusage(resource.RUSAGE_SELF)
    found = WAYS[way](table)
    after = resource.getrusage(resource.RUSAGE_SELF)
    right = sum(firm[min(pair)] == firm[max(pair)] for pair in found)
    sys.stdout.write(json.dumps({
        "seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak": after.ru_maxrss / 1024, "before": before.ru_maxrss / 1024,
        "pairs": len(found), "precision": right / max(len(found), 1), "recall": right / firm.duplicated().sum(),
    }) + "\n")


def main(count: int) -> None:
    """All ways, one after the other."""
    lines = [f"| way, {count:,} parties | CPU s | peak memory, MB | pairs | precision | recall |", "|---" * 6 + "|"]
    for way, label in LABELS.items():
        done = subprocess.run([sys.executable, __file__, str(count), way], capture_output=True, text=True, check=True)
        f = json.loads(done.stdout)
        sys.stderr.write(f"{way}: {done.stdout}")
        lines.append(f"| {label} | {f['seconds']:.0f} | {f['peak']:,.0f} ({f['peak'] - f['before']:,.0f}) | "
                     f"{f['pairs']:,} | {f['precision']:.1%} | {f['recall']:.1%} |")
    sys.stdout.write("\n".join(lines) + "\n")


if __name__ == "__main__":
    size = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    once(size, sys.argv[2]) if len(sys.argv) > 2 else main(size)
