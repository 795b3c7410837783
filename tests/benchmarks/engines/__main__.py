"""Measure the supplier metrics beside pandas and hand-written SQL, and write docs/scale.md; the page says how."""

from __future__ import annotations

import argparse
import json
import platform
import shutil
import subprocess
import sys
from pathlib import Path

from answers import differences

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
WHO = {"ours": "srmkit", "theirs_sql": "SQL by hand, DuckDB", "theirs_pandas": "pandas"}
START, END = "2025-07-01", "2026-06-30"
HEAD = """# Metrics at scale

How much it takes to measure every supplier once, of purchase lines by the million. Made by one command, not to be
edited by hand:

```sh
.venv/bin/python tests/benchmarks/engines --into /somewhere/with/space --lines 100000 1000000 10000000
```

| purchase lines | program | CPU s | of it checks | peak memory, MB | ours, CPU | ours, memory |
|---|---|---|---|---|---|---|
"""
TAIL = """
How to read it:

- The data are those of `srmkit.sample.write_ledger`: lines of the sample company drawn again over two years, with
  receipts, inspections and invoices, as Parquet files; about three rows for each line. The second year is measured, the
  first is what its prices are compared with.
- Each program answers in a process of its own, with two threads where it uses threads. CPU seconds hold everything:
  starting, imports, reading. Ours hold the checks of `connect_dataset`, one pass over every table (without the look for
  repeated keys), which the others do not make.
- *Ours, CPU* and *ours, memory* are ours over theirs: below 1 we take less. Memory is the peak of the process; DuckDB,
  ours and by hand, may use {memory} and puts the rest on disk.
- The run stops where two programs differ in any figure of any supplier by more than 1e-9 of it, or in a gap. The 29
  figures compared are those made from lines; ours also gives certificates, ratings, tickets, and all intervals.
- pandas reads only the columns and rows it needs, keeps suppliers and items as categories, and has no loop over rows.
  The SQL has one query a theme and reads each table as rarely as it can. Both are in `tests/benchmarks/engines`.

{machine}
"""


def main() -> None:
    """Measure what is not measured yet, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--into", type=Path, required=True, help="a folder for the data: 25 MB a million lines")
    parser.add_argument("--lines", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    parser.add_argument("--memory", default="4GB", help="the most that DuckDB may use")
    parser.add_argument("--only", nargs="+", default=list(WHO), help="programs, ours first")
    parser.add_argument("--keep", action="store_true", help="keep the data, and what was measured, for another run")
    options = parser.parse_args()
    options.into.mkdir(parents=True, exist_ok=True)
    results = options.into / "measured.json"
    measured = json.loads(results.read_text()) if results.exists() else {}
    for lines in options.lines:
        for who in options.only:
            if f"{lines} {who}" not in measured:
                measured[f"{lines} {who}"] = _once(who, lines, options.into, options.memory)
                results.write_text(json.dumps(measured))
        if not options.keep:
            shutil.rmtree(options.into / str(lines))
    page = HEAD + "".join(_rows(measured)) + TAIL.format(memory=options.memory, machine=_machine())
    (REPOSITORY / "docs" / "scale.md").write_text(page, encoding="utf-8")


def _once(who: str, lines: int, into: Path, memory: str) -> dict[str, float]:
    folder = into / str(lines)
    if not folder.exists():
        _python("-c", f"from srmkit.sample import write_ledger; write_ledger({str(folder)!r}, {lines})")
    sys.stderr.write(f"{who} {lines:,}\n")
    answers = into / f"{lines} {who}.parquet"
    told = _python(str(HERE / "once.py"), who, str(folder), START, END, memory, str(answers))
    ours = into / f"{lines} ours.parquet"
    if who != "ours" and (apart := differences(ours, answers)):
        sys.exit(f"{who} answers something else: {', '.join(apart)}")
    found: dict[str, float] = json.loads(told.splitlines()[-1])
    return found


def _rows(measured: dict[str, dict[str, float]]) -> list[str]:
    rows = []
    for key in sorted(measured, key=lambda key: (int(key.split()[0]), list(WHO).index(key.split()[1]))):
        lines, who = key.split()
        one, ours = measured[key], measured[f"{lines} ours"]
        checks = f"{one['checks']:.1f}" if "checks" in one else ""
        ratios = ["", ""] if who == "ours" else [f"{ours[of] / one[of]:.2f} x" for of in ("seconds", "peak")]
        cells = [f"{int(lines):,}", WHO[who], f"{one['seconds']:.1f}", checks, f"{one['peak'] / 1024:,.0f}", *ratios]
        rows.append(f"| {' | '.join(cells)} |\n")
    return rows


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
