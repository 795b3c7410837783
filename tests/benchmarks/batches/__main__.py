"""Batches beside a loop over papermill and nbconvert: CPU, wall time and memory a report, and where the time goes.

    .venv/bin/python tests/benchmarks/batches [--reports 20] [--runs 1] [--page docs/batch-speed.md]

Each way makes the same reports in processes of its own. CPU seconds count every process that it started, to the last
grandchild; peak memory adds up what all of them hold, pages that they share counted once.
"""

from __future__ import annotations

import argparse
import ctypes
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

STUDY = "account_selection"
HERE = Path(__file__).resolve()
REPOSITORY = HERE.parents[3]
NOTEBOOK = REPOSITORY / "notebooks" / f"{STUDY}.ipynb"
BIN = Path(sys.executable).parent
WAYS = {
    "papermill and nbconvert, two commands a report": "commands",
    "papermill and nbconvert called in one process": "calls",
    "srmkit run, 1 at a time": "srmkit-1",
    "srmkit run, 2 at a time": "srmkit-2",
}
SET_CHILD_SUBREAPER = 36  # prctl(2): orphans come back to us, so that their CPU time is counted


@dataclass(frozen=True)
class Cost:
    """CPU and wall seconds, and peak memory in MB, of everything that a command started."""

    cpu: float
    wall: float
    peak: float


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--reports", type=int, default=20)
    arguments.add_argument("--runs", type=int, default=1)
    arguments.add_argument("--page", type=Path)
    arguments.add_argument("--way", choices=[*WAYS.values(), "parts"])
    arguments.add_argument("--into", type=Path)
    given = arguments.parse_args()
    if given.way:
        make(given.way, given.reports, given.into)
        return
    with tempfile.TemporaryDirectory() as compiled:
        os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
        os.environ["PYTHONPYCACHEPREFIX"] = compiled  # for all ways alike, and as it is after the first use
        for way in WAYS.values():
            cost_of(way, 1)
        costs = {words: median([cost_of(way, given.reports) for _ in range(given.runs)])
                 for words, way in WAYS.items()}
        text = page(costs, parts(), given.reports, given.runs)
    if given.page:
        given.page.write_text(text, encoding="utf-8")
    sys.stdout.write(text)


def make(way: str, reports: int, into: Path) -> None:
    """Make the reports in one way, in this process and those that it starts."""
    capacities = range(5, 5 + reports)
    if way == "commands":
        for capacity in capacities:
            executed = into / f"{capacity}.ipynb"
            run([BIN / "papermill", NOTEBOOK, executed, "-p", "capacity", str(capacity), "-k", "python3",
                 "--no-progress-bar"])
            run([BIN / "jupyter", "nbconvert", "--to", "html", "--no-input", executed])
    elif way == "calls":
        import papermill
        from nbconvert import HTMLExporter

        for capacity in capacities:
            executed = into / f"{capacity}.ipynb"
            papermill.execute_notebook(NOTEBOOK, executed, parameters={"capacity": capacity}, kernel_name="python3",
                                       progress_bar=False)
            html, _ = HTMLExporter(exclude_input=True).from_filename(str(executed))
            (into / f"{capacity}.html").write_text(html, encoding="utf-8")
    elif way == "parts":
        sys.stdout.write(json.dumps(one_by_one(into)))
    else:
        cases = into / "cases.toml"
        cases.write_text("".join(f'[[case]]\nname = "{capacity}"\ncapacity = {capacity}\n' for capacity in capacities),
                         encoding="utf-8")
        run([BIN / "srmkit", "run", STUDY, "--cases", cases, "--into", into / "reports", "--jobs", way[-1]])


def run(command: Sequence[str | Path]) -> None:
    subprocess.run([str(part) for part in command], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def cost_of(way: str, reports: int) -> Cost:
    """What one way costs, in a process of its own and after all that it left behind has ended."""
    into = Path(tempfile.mkdtemp())
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = time.monotonic()
    process = subprocess.Popen([sys.executable, str(HERE.parent), "--way", way, "--reports", str(reports),
                                "--into", str(into)], stdout=subprocess.DEVNULL)
    peak = Peak()
    watch = threading.Thread(target=peak.watch, daemon=True)
    watch.start()
    if process.wait():
        raise SystemExit(f"{way} failed")
    wall = time.monotonic() - started
    peak.over = True
    watch.join()
    try:
        while True:
            os.waitpid(-1, 0)  # servers that kernels were forked from, and kernels
    except ChildProcessError:
        pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    made = list(into.rglob("*.html"))
    if len([file for file in made if file.name != "index.html"]) != reports:
        raise SystemExit(f"{way} made {len(made)} pages instead of {reports}")
    shutil.rmtree(into)
    return Cost(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, wall, peak.most / 1e6)


class Peak:
    """The most memory that this process's descendants held together."""

    def __init__(self) -> None:
        self.most = 0.0
        self.over = False

    def watch(self) -> None:
        me = psutil.Process()
        while not self.over:
            held = 0
            for child in me.children(recursive=True):
                try:
                    held += child.memory_full_info().pss  # shared pages divided among those that share them
                except psutil.Error:
                    continue
            self.most = max(self.most, held)
            time.sleep(0.1)


def median(costs: Sequence[Cost]) -> Cost:
    middle = sorted(costs, key=lambda cost: cost.cpu)[len(costs) // 2]
    return Cost(middle.cpu, sorted(cost.wall for cost in costs)[len(costs) // 2], max(cost.peak for cost in costs))


def parts() -> dict[str, float]:
    """CPU seconds of the parts of one report, measured one after the other in one fresh process."""
    with tempfile.TemporaryDirectory() as folder:
        done = subprocess.run([sys.executable, str(HERE.parent), "--way", "parts", "--into", folder], check=True,
                              capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def one_by_one(into: Path) -> dict[str, float]:
    spent = {}
    clock = time.process_time()

    def lap(name: str) -> None:
        nonlocal clock
        spent[name] = time.process_time() - clock
        clock = time.process_time()

    import srmkit.batch.preloaded  # noqa: F401 - what the server that kernels are forked from imports

    lap("imports (once for a batch)")
    from srmkit.tables import keep_dataset

    keep_dataset("sample")
    lap("reading and checking the data (once for a batch)")
    from srmkit.studies import account_selection

    params = account_selection.Params(capacity=9)
    study = account_selection.run(params)
    lap("metrics, scores and classes")
    study.tables(), study.decision(), study.manifest()
    lap("robustness, tables and words")
    from srmkit.exports import write_exports

    write_exports(study, str(into))
    lap("workbook, decision and manifest")

    from srmkit.batch import Case
    from srmkit.batch.report import write_report
    from srmkit.batch.runner import make_report

    make_report(Case(STUDY, "one", {}), into)
    clock = time.process_time()  # the kernel's work is in another process
    write_report(into / "notebook.ipynb", into / "again.html", title="again")
    lap("the page")
    return spent


def page(costs: dict[str, Cost], spent: dict[str, float], reports: int, runs: int) -> str:
    """The page of the documentation."""
    base = costs[next(iter(costs))]
    rows = [
        f"| {words} | {cost.cpu / reports:.1f} | {100 * cost.cpu / base.cpu:.0f} % | {cost.wall / reports:.1f} | "
        f"{100 * cost.wall / base.wall:.0f} % | {cost.peak:,.0f} |"
        for words, cost in costs.items()
    ]
    counted = "one run." if runs == 1 else f"the median of {runs} runs."
    shares = [f"| {name} | {seconds:.2f} |" for name, seconds in spent.items()]
    return "\n".join([
        "# Speed of batches",
        "",
        "How long reports take, made by `srmkit run` and by a loop over papermill and nbconvert, which is what a user",
        "would write instead. Made by one command, and not to be edited by hand:",
        "",
        "```sh",
        f".venv/bin/python tests/benchmarks/batches --reports {reports} --runs {runs} --page docs/batch-speed.md",
        "```",
        "",
        f"{reports} reports of the account selection, each with other settings; {counted} CPU seconds",
        "count every process, driver and the server that kernels are forked from included; memory is the most that all",
        "held together, shared pages counted once. What is done once for a batch weighs less in a larger one.",
        "All modules were compiled before the first timing, as they are after the first use of an installation.",
        "",
        "| way | CPU s a report | of the first | wall s a report | of the first | peak memory, MB |",
        "|---|---|---|---|---|---|",
        *rows,
        "",
        "Where the time of one report goes, CPU seconds in one process without a kernel:",
        "",
        "| part | CPU s |",
        "|---|---|",
        *shares,
        "",
        f"Measured with {os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}.",
        "",
    ])


if __name__ == "__main__":
    ctypes.CDLL(None).prctl(SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    main()
