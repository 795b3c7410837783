"""Measure the supplier metrics beside pandas and hand-written SQL, and write docs/scale.md; the page says how."""

from __future__ import annotations

import argparse
import json
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from answers import differences

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
# program, the module that answers, the memory that DuckDB is given ("": what the program takes by itself)
PROGRAMS: Mapping[str, tuple[str, str]] = {
    "srmkit": ("ours", ""),
    "SQL by hand, DuckDB": ("theirs_sql", "4GB"),
    "SQL by hand, DuckDB held to 1 GB": ("theirs_sql", "1GB"),
    "pandas": ("theirs_pandas", ""),
}
OURS = "srmkit"
# from so many lines on nobody may hold more than this: who does is stopped
LIMITED, LIMIT = 100_000_000, 3 * 1024**3
WITHIN: Mapping[str, str] = {"SQL by hand, DuckDB": "2GB"}  # what leaves it below the limit
LEFT_OUT = ("SQL by hand, DuckDB held to 1 GB",)  # there, since 2 GB are little enough
START, END = "2025-07-01", "2026-06-30"
HEAD = """# Metrics at scale

How much it takes to measure every supplier once, of purchase lines by the million. Made by one command, not to be
edited by hand:

```sh
.venv/bin/python tests/benchmarks/engines --into /somewhere/with/space
```

| purchase lines | program | CPU s | a million lines | of it checks | peak memory, MB | ours, CPU | ours, memory |
|---|---|---|---|---|---|---|---|
"""
TAIL = """
How to read it:

- The data are those of `srmkit.sample.write_ledger`: lines of the sample company drawn again over two years, with
  receipts, inspections and invoices, as Parquet files; about three rows for each line. The second year is measured, the
  first is what its prices are compared with.
- Each program answers in a process of its own, with two threads where it uses threads. CPU seconds hold everything:
  starting, imports, reading, and what goes to disk and back. Ours hold the checks of `connect_dataset`, one pass over
  every table (without the look for repeated keys), which the others do not make.
- *Ours, CPU* and *ours, memory* are ours over theirs: below 1 we take less. Memory is the peak of the process.
- *Memory*: `connect_dataset` gives DuckDB as many bytes as the files have, at least 1 GB and at most half of the
  machine; what does not fit goes to disk and back. By hand DuckDB has 4 GB, as someone would choose who has
  them, and once no more than our 1 GB, with which it did not always come to an end.
- From {limited:,} lines on every program is stopped as soon as it holds more than 3 GiB; there DuckDB by hand is given
  2 GB.
- *A million lines* is CPU seconds over millions of lines. Starting weighs on the small data; beyond, ours stays level,
  since no more than about four million lines are looked at together: what is measured grows with the lines.
- The run stops where two programs differ in any figure of any supplier by more than 1e-9 of it, or in a gap. The 29
  figures compared are those made from lines; ours also gives certificates, ratings, tickets, and all intervals.
- pandas reads only the columns and rows it needs, keeps suppliers and items as categories, and has no loop over rows.
  The SQL has one query a theme and reads each table as rarely as it can. Both are in `tests/benchmarks/engines`.
- The data stay in the folder and are used again; a hundred million lines are 2.2 GB.

{machine}
"""


def main() -> None:
    """Make the data that are not there yet, measure, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="a folder for the data, which stay there")
    parser.add_argument("--lines", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000, 100_000_000])
    parser.add_argument("--only", nargs="+", default=list(PROGRAMS), help="programs, ours first")
    parser.add_argument("--resume", action="store_true", help="measure only what an interrupted run left out")
    parser.add_argument("--discard", action="store_true", help="remove the data in the end")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    results = options.into / "measured.json"
    measured = json.loads(results.read_text()) if options.resume and results.exists() else {}
    for lines in options.lines:
        for who in options.only:
            if f"{lines} {who}" not in measured and not (lines >= LIMITED and who in LEFT_OUT):
                measured[f"{lines} {who}"] = _once(who, lines, options.into)
                results.write_text(json.dumps(measured))
        if options.discard:
            shutil.rmtree(options.into / str(lines))
    page = HEAD + "".join(_rows(measured)) + TAIL.format(limited=LIMITED, machine=_machine())
    (REPOSITORY / "docs" / "scale.md").write_text(page, encoding="utf-8")


def _once(who: str, lines: int, into: Path) -> dict[str, Any]:
    folder = into / str(lines)
    if not folder.exists():
        sys.stderr.write(f"{lines:,} lines are made\n")
        _python("-c", f"from srmkit.sample import write_ledger; write_ledger({str(folder) + '.part'!r}, {lines})")
        Path(f"{folder}.part").rename(folder)
    module, memory = PROGRAMS[who]
    limited = lines >= LIMITED
    answers = into / f"{lines} {module}.parquet"
    sys.stderr.write(f"{lines:,} {who}: ")
    found = _watched(
        [str(HERE / "once.py"), module, str(folder), START, END, WITHIN.get(who, memory) if limited else memory,
         str(answers)],
        LIMIT if limited else 0,
    )
    sys.stderr.write(f"{found}\n")
    ours = into / f"{lines} ours.parquet"
    if who != OURS and "why" not in found and (apart := differences(ours, answers)):
        sys.exit(f"{who} answers something else: {', '.join(apart)}")
    return found


def _rows(measured: dict[str, dict[str, Any]]) -> list[str]:
    rows = []
    for key in sorted(measured, key=lambda key: (int(key.split()[0]), list(PROGRAMS).index(key.split(" ", 1)[1]))):
        lines, who = key.split(" ", 1)
        one, ours = measured[key], measured[f"{lines} {OURS}"]
        if "why" in one:
            cells = [f"{int(lines):,}", who, f"{one['why']} after {one['seconds']:.0f}", *[""] * 5]
        else:
            checks = f"{one['checks']:.1f}" if "checks" in one else ""
            ratios = ["", ""] if who == OURS else [f"{ours[of] / one[of]:.2f} x" for of in ("seconds", "peak")]
            each = f"{one['seconds'] / int(lines) * 1e6:.1f}"
            peak = f"{one['peak'] / 1024:,.0f}"
            cells = [f"{int(lines):,}", who, f"{one['seconds']:.1f}", each, checks, peak, *ratios]
        rows.append(f"| {' | '.join(cells)} |\n")
    return rows


def _watched(arguments: list[str], limit: int) -> dict[str, Any]:
    """What a program tells of itself in its last line; why it did not finish, where memory was too small for it."""
    with tempfile.TemporaryFile("w+") as told, tempfile.TemporaryFile("w+") as wrong:
        running = subprocess.Popen(
            [sys.executable, *arguments], stdout=told, stderr=wrong, env={"PYTHONPATH": str(REPOSITORY)}
        )
        seconds = 0.0
        while running.poll() is None:
            time.sleep(0.05)
            held, used = _holds(running.pid)
            seconds = max(used, seconds)
            if limit and held > limit:
                running.kill()
                running.wait()
                return {"why": "stopped", "seconds": seconds}
        told.seek(0)
        wrong.seek(0)
        if running.returncode:
            error = wrong.read()
            return {"why": "out of memory", "seconds": seconds} if "OutOfMemory" in error else sys.exit(error)
        found: dict[str, Any] = json.loads(told.read().splitlines()[-1])
        return found


def _holds(process: int) -> tuple[int, float]:
    """Bytes of memory that a process holds now, and the CPU seconds it has used; nothing once it has ended."""
    try:
        pages = int(Path(f"/proc/{process}/statm").read_text().split()[1])
        ticks = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except (OSError, IndexError):
        return 0, 0.0
    return pages * os.sysconf("SC_PAGE_SIZE"), (int(ticks[11]) + int(ticks[12])) / os.sysconf("SC_CLK_TCK")


def _python(*arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, *arguments], capture_output=True, text=True, check=False, env={"PYTHONPATH": str(REPOSITORY)}
    )
    return done.stdout if done.returncode == 0 else sys.exit(done.stderr)


def _machine() -> str:
    names = [line.partition(":")[2].strip() for line in Path("/proc/cpuinfo").read_text().splitlines()
             if line.startswith("model name")]
    said = _python("-c", "import duckdb, ibis, pandas; print(duckdb.__version__, ibis.__version__, pandas.__version__)")
    duckdb, ibis, pandas = said.split()
    return (
        f"Measured on {len(names)} cores of {names[0]}, shared with other work; Python {platform.python_version()}, "
        f"DuckDB {duckdb},\nIbis {ibis}, pandas {pandas}."
    )


if __name__ == "__main__":
    main()
