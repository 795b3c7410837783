"""Compare the speed of srmkit with other programs and write docs/speed.md; the page says how to run it."""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import statistics
import subprocess
import sys
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from cases import WORK, Work
from page import Measured, Row, page

HERE = Path(__file__).resolve().parent
REPOSITORY = HERE.parents[2]
RUNS, SLOW, GIGABYTES, LONGEST = 5, 20.0, 16, 1_800
VERSIONS = """
import platform
from importlib.metadata import version
print(f"Python {platform.python_version()}", *(f"{name} {version(name)}" for name in PACKAGES), sep=", ")
"""
# one thread each, so that CPU seconds compare
ALONE = dict.fromkeys(("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "MKL_NUM_THREADS"), "1")


@cache
def measured(python: str, function: str, candidates: int, draws: int) -> Measured:
    """Median of the runs of one piece of work; a slow one runs once."""
    runs: list[dict[str, Any]] = []
    while len(runs) < RUNS and (not runs or runs[0]["seconds"] <= SLOW):
        sys.stderr.write(f"{function} {candidates:,} {draws:,}\n")
        try:
            done = _run(python, [str(HERE / "once.py"), function, str(candidates), str(draws)])
        except subprocess.TimeoutExpired:
            return Measured(failed=f"not done after {LONGEST:,} s")
        if done.returncode:
            sys.stderr.write(done.stderr)
            return Measured(failed=f"failed with {GIGABYTES} GB")
        runs.append(json.loads(done.stdout.splitlines()[-1]))
    ANSWERS[function, candidates] = runs[0]["answer"]
    return Measured(
        statistics.median(run["seconds"] for run in runs),
        statistics.median(run["peak"] for run in runs) / 1024,
        statistics.median(run["peak"] - run["before"] for run in runs) / 1024,
        len(runs),
    )


ANSWERS: dict[tuple[str, int], list[float]] = {}


def rows(work: Work, peers: str) -> list[Row]:
    """One row a peer, and ours on plain arrays beside each; stops where anybody answers something else."""
    ours = measured(sys.executable, work.ours, work.candidates, work.draws)
    if ours.failed:
        sys.exit(f"{work.ours}: {ours.failed}")
    found = []
    for peer in work.peers:
        python = sys.executable if peer.function.startswith("ours.") else peers
        theirs = measured(python, peer.function, work.candidates, work.draws if peer.draws is None else peer.draws)
        if not theirs.failed:
            _check_answers(work, peer.function)
        found.append(Row(work.words, ours, peer.words, theirs))
    if work.plain:
        plain = measured(sys.executable, f"{work.ours}_arrays", work.candidates, work.draws)
        _check_answers(work, f"{work.ours}_arrays")
        found += [replace(row, work=f"the same on plain arrays: {work.words}", ours=plain) for row in found]
    return found


def _check_answers(work: Work, function: str) -> None:
    pairs = zip(ANSWERS[work.ours, work.candidates], ANSWERS[function, work.candidates], strict=True)
    apart = max((abs(one - other) for one, other in pairs), default=0.0)
    if apart > work.within + 1e-12:
        sys.exit(f"{work.words}: {function} answers something else, {apart:g} apart instead of {work.within:g} at most")


def _run(python: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [python, *arguments], capture_output=True, text=True, check=False, timeout=LONGEST, preexec_fn=_limit_memory,
        env=os.environ | ALONE | {"PYTHONPATH": str(REPOSITORY)},
    )


def _limit_memory() -> None:
    most = GIGABYTES * 2**30
    resource.setrlimit(resource.RLIMIT_AS, (most, most))


def _machine(peers: str) -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    processor = f"{len(names)} cores of {names[0]}" if names else platform.machine()
    ours = _versions(sys.executable, ("numpy", "pandas", "scipy"))
    theirs = _versions(peers, ("numpy", "scipy", "pymcdm", "pysensmcda"))
    return f"Measured on {processor}.\nOurs: {ours}.\nPeers: {theirs}."


def _versions(python: str, packages: tuple[str, ...]) -> str:
    done = _run(python, ["-c", f"PACKAGES = {packages}\n{VERSIONS}"])
    return done.stdout.strip() or sys.exit(f"{python} lacks one of {', '.join(packages)}:\n{done.stderr}")


def main() -> None:
    """Measure everything, then write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--peers", required=True, help="the Python of the environment that holds the peers")
    parser.add_argument("--only", default="", help="work whose function holds this word; prints the page instead")
    options = parser.parse_args()
    machine = _machine(options.peers)
    found = [row for work in WORK if options.only in work.ours for row in rows(work, options.peers)]
    machine += f"\nLoad average at the end, with what others did on the machine: {os.getloadavg()[2]:.0f}."
    text = page(found, machine=machine, runs=RUNS, slow=SLOW, gigabytes=GIGABYTES)
    if options.only:
        sys.stdout.write(text)
    else:
        (REPOSITORY / "docs" / "speed.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
