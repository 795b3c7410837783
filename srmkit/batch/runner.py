"""Run cases in parallel processes; one that fails leaves a message and stops no other."""

from __future__ import annotations

import multiprocessing
import os
import shutil
import time
import traceback
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from srmkit.batch.cases import Case, check_cases
from srmkit.errors import Problems
from srmkit.places import notebooks_folder

State = Literal["done", "failed"]
KERNEL_ENVIRONMENT = {"PYTHONHASHSEED": "0", "TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1"}


@dataclass(frozen=True)
class Run:
    """How one case ended: its folder, how long it took, and the error where it failed."""

    case: Case
    state: State
    folder: Path
    seconds: float
    error: str = ""


def run_cases(
    cases: Sequence[Case],
    into: str | Path,
    *,
    jobs: int | None = None,
    told: Callable[[Run], None] | None = None,
) -> list[Run]:
    """Run every case and write its report; returned in the order of `cases`.

    Each run has a process and a kernel of its own, is written beside its final place and moved
    there only when whole. `told` hears of each run as it ends. SrmkitError before the first run
    when any case is wrong.
    """
    problems = Problems("cases")
    check_cases(cases, problems)
    problems.raise_if_any()
    place = Path(into).resolve()
    place.mkdir(parents=True, exist_ok=True)
    workers = max(1, min(jobs or os.cpu_count() or 1, len(cases)))
    runs: dict[int, Run] = {}
    # spawned, not forked: the parent may hold threads and sockets that a fork would break
    with ProcessPoolExecutor(workers, mp_context=multiprocessing.get_context("spawn")) as pool:
        waiting = {pool.submit(run_case, case, place): number for number, case in enumerate(cases)}
        for future in as_completed(waiting):
            number = waiting[future]
            error = future.exception()
            runs[number] = (
                future.result()
                if error is None
                else Run(cases[number], "failed", place / cases[number].folder, 0.0, f"worker died: {error}")
            )
            if told is not None:
                told(runs[number])
    return [runs[number] for number in range(len(cases))]


def run_case(case: Case, into: Path) -> Run:
    """Run one case: execute its notebook, render the report, move the whole folder into its place."""
    started = time.monotonic()
    final = into / case.folder
    draft = into / f".draft-{case.folder}-{os.getpid()}"
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    try:
        _execute(case, draft)
        state: State = "done"
        error = ""
    except Exception as problem:  # isolate: one failed case must not stop the others
        state, error = "failed", _message(problem)
        (draft / "error.txt").write_text(error + "\n", encoding="utf-8")
    shutil.rmtree(final, ignore_errors=True)
    draft.rename(final)
    return Run(case, state, final, time.monotonic() - started, error)


def _execute(case: Case, folder: Path) -> None:
    import papermill

    from srmkit.batch.report import write_report

    os.environ.update(KERNEL_ENVIRONMENT)
    notebook = folder / "notebook.ipynb"
    papermill.execute_notebook(
        notebooks_folder() / f"{case.study}.ipynb",
        notebook,
        parameters={**case.settings, "export_to": str(folder)},
        kernel_name="python3",
        progress_bar=False,
        shutdown_kernel="immediate",
    )
    write_report(notebook, folder / "report.html", title=case.name)


def _message(problem: Exception) -> str:
    name = getattr(problem, "ename", "")  # papermill wraps what the notebook raised
    if name:
        return f"{name}: {getattr(problem, 'evalue', '')}"
    return "".join(traceback.format_exception_only(problem)).strip()
