"""Run cases side by side; one that fails leaves a message and stops no other, and nothing is lost when all dies."""

from __future__ import annotations

import os
import time
import traceback
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from srmkit.batch.cases import Case, check_cases
from srmkit.batch.folders import mend, new_draft, publish
from srmkit.batch.ledger import Ledger, Run, State
from srmkit.batch.stamp import Stamps
from srmkit.errors import Problems
from srmkit.places import notebooks_folder

ATTEMPTS = 3  # for a kernel that dies; an error in the notebook would only come again
# one thread for each kernel, so that as many kernels as cores do not fight; equal hashes, equal order; whole tables
KERNEL_ENVIRONMENT = {"PYTHONHASHSEED": "0", "TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
                      "SRMKIT_IN_REPORT": "1"}

Make = Callable[[Case, Path], None]


def run_cases(
    cases: Sequence[Case],
    into: str | Path,
    *,
    jobs: int | None = None,
    resume: bool = False,
    told: Callable[[Run], None] | None = None,
    make: Make | None = None,
) -> list[Run]:
    """Run every case and write its report; returned in the order of `cases`.

    Each run has a kernel process of its own, is written beside its final place and moved there only
    when whole; `into` keeps a ledger of them. With `resume`, what is done is left alone unless its
    settings, inputs or the code changed. `told` hears of each run as it ends. `make` fills the folder
    of one case and is `make_report` unless told otherwise. SrmkitError before the first run when any
    case is wrong, or when another batch is writing into the folder.
    """
    problems = Problems("cases")
    check_cases(cases, problems)
    problems.raise_if_any()
    place = Path(into).resolve()
    place.mkdir(parents=True, exist_ok=True)
    stamps = Stamps()
    told = told or (lambda run: None)
    with Ledger(place) as ledger:
        mend(place)
        runs: dict[int, Run] = {}
        todo = {}
        for number, case in enumerate(cases):
            stamp = stamps.of(case)
            before = ledger.unchanged(case, stamp) if resume else None
            if before:
                runs[number] = before
                told(before)
            else:
                todo[number] = stamp

        def run_one(number: int) -> Run:
            ledger.begin(cases[number], todo[number])
            run = run_case(cases[number], place, make or make_report)
            ledger.end(run)
            return run

        workers = max(1, min(jobs or os.cpu_count() or 1, len(todo)))
        with _environment(KERNEL_ENVIRONMENT), ThreadPoolExecutor(workers) as pool:
            if todo and make is None:
                _warm_up()
            waiting = {pool.submit(run_one, number): number for number in todo}
            try:
                for future in as_completed(waiting):
                    runs[waiting[future]] = future.result()
                    told(future.result())
            except BaseException:
                pool.shutdown(cancel_futures=True)
                raise
    return [runs[number] for number in range(len(cases))]


def runs_of(into: str | Path) -> list[Run]:
    """Every run that the ledger of this folder knows."""
    with Ledger(Path(into).resolve()) as ledger:
        return ledger.runs()


def run_case(case: Case, into: Path, make: Make) -> Run:
    """Make one case in a draft folder and move the whole folder into its place."""
    started = time.monotonic()
    final = into / case.folder
    draft = new_draft(final)
    state: State = "done"
    error = ""
    try:
        make(case, draft)
    except Exception as problem:  # isolate: one failed case must not stop the others
        state, error = "failed", _message(problem)
        (draft / "error.txt").write_text(error + "\n", encoding="utf-8")
    publish(draft, final)
    return Run(case, state, final, time.monotonic() - started, error)


def make_report(case: Case, folder: Path) -> None:
    """Execute the notebook of a case and render its report into the folder."""
    from nbclient.exceptions import DeadKernelError

    from srmkit.batch.report import write_report
    from srmkit.batch.verify import seal

    notebook = folder / "notebook.ipynb"
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _execute(case, notebook, folder)
            break
        except DeadKernelError:
            if attempt == ATTEMPTS:
                raise
    write_report(notebook, folder / "report.html", title=case.name)
    seal(folder)


def _execute(case: Case, notebook: Path, folder: Path) -> None:
    import papermill
    from jupyter_core.utils import ensure_event_loop

    from srmkit.batch.kernels import CAN_FORK, ForkedKernelManager

    how = {"kernel_manager_class": ForkedKernelManager} if CAN_FORK else {}
    try:
        papermill.execute_notebook(
            notebooks_folder() / f"{case.study}.ipynb",
            notebook,
            parameters={**case.settings, "export_to": str(folder)},
            kernel_name="python3",
            progress_bar=False,
            shutdown_kernel="immediate",
            **how,
        )
    finally:
        ensure_event_loop().close()  # the one that papermill made for this thread


def _warm_up() -> None:
    """Import once, before threads do it at the same time, and start the process that kernels are forked from."""
    from srmkit.batch.kernels import CAN_FORK, start_server

    for name in ("nbconvert", "papermill"):
        import_module(name)
    if CAN_FORK:
        start_server()


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables for the kernels started meanwhile, and what was there before afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value


def _message(problem: Exception) -> str:
    name = getattr(problem, "ename", "")  # papermill wraps what the notebook raised
    if name:
        return f"{name}: {getattr(problem, 'evalue', '')}"
    return "".join(traceback.format_exception_only(problem)).strip()
