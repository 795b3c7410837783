"""One piece of work in this process: CPU seconds, memory and the answer, as one line of JSON.

python once.py ours.promethee 10000 0
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import warnings

SMALL = 50


def main(name: str, candidates: int, draws: int) -> None:
    """Run it small first, so that what is loaded on first use counts for nobody; then as asked, and measured."""
    module, function = name.split(".")
    prepare = getattr(importlib.import_module(module), function)
    if not function.startswith("import_"):
        prepare(SMALL, min(draws, SMALL))()
    work = prepare(candidates, draws)
    before = resource.getrusage(resource.RUSAGE_SELF)
    answer = work()
    after = resource.getrusage(resource.RUSAGE_SELF)
    found = {
        "seconds": after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime,
        "peak": after.ru_maxrss,
        "before": before.ru_maxrss,
        "answer": [float(number) for number in answer],
    }
    sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # pymcdm warns of dominated candidates, which is ordinary data
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
