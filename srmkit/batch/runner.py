"""Run cases side by side; one that fails leaves a message and stops no other, and nothing is lost when all dies."""

from __future__ import annotations

import os
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from pathlib import Path

import joblib

from srmkit.batch.cases import Case, check_cases
from srmkit.batch.changes import keep_previous
from srmkit.batch.folders import mend, new_draft, publish, sweep
from srmkit.batch.kernels import start_server
from srmkit.batch.ledger import Ledger, Run
from srmkit.batch.rehearsal import Input
from srmkit.batch.stamp import Stamps
from srmkit.batch.workers import Call, answers, on_cluster, on_this_machine
from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.studies import files_of, params_of

ATTEMPTS = 3  # for a kernel that dies; an error in the notebook would only come again

Make = Callable[[Case, Path], None]


def run_cases(
    cases: Sequence[Case],
    into: str | Path,
    *,
    jobs: int | None = None,
    resume: bool = False,
    cluster: str | None = None,
    told: Callable[[Run], None] | None = None,
    make: Make | None = None,
) -> list[Run]:
    """Run every case and write its report; returned in the order of `cases`.

    Each run has a kernel process of its own, is written beside its final place and moved there only
    when whole; `into` keeps a ledger of them. With `resume`, what is done is left alone unless its
    settings, inputs or the code changed. `jobs` run at a time, else as many as there are cores.
    `cluster` is the address of a `dask.distributed` scheduler whose workers share the folder `into`.
    `told` hears of each run as it ends. `make` fills the folder of one case and is `make_report`
    unless told otherwise. SrmkitError before the first run when any case is wrong (reports that `make` makes
    are not rehearsed), when another batch is writing into the folder, or when the cluster is not fit.
    """
    refuse_wrong(cases, rehearsed=False)
    place = Path(into).resolve()
    try:
        place.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        problem = Problem(f"'{into}'", "cannot be a folder for reports", str(error), "Name another one with --into.")
        raise SrmkitError("folder", [problem]) from None
    told = told or (lambda run: None)
    runs: dict[int, Run] = {}

    def end(number: int, run: Run) -> None:
        runs[number] = run
        told(run)

    with ExitStack() as held:
        ledger = held.enter_context(Ledger(place))
        mend(place)
        todo = {}
        stamps = Stamps()
        for number, case in enumerate(cases):
            stamp = stamps.of(case)
            before = ledger.unchanged(case, stamp) if resume else None
            if before:
                end(number, before)
            else:
                todo[number] = stamp
        if not todo:
            return [runs[number] for number in range(len(cases))]
        if cluster is not None:
            held.enter_context(on_cluster(cluster, place, _lost))
        else:
            held.enter_context(on_this_machine(min(jobs or os.cpu_count() or 1, len(todo))))
        held.callback(sweep, place)
        if make is None:
            shared = shared_inputs(cases[number] for number in todo)
            make = partial(make_report, shared=shared)
            if cluster is None:
                warm_up(shared)  # it goes on beside the rehearsal
            refuse_wrong(cases[number] for number in todo)

        def calls() -> Iterator[Call[Drafted]]:
            for number, stamp in todo.items():
                ledger.begin(cases[number], stamp)
                yield joblib.delayed(draft_case)(number, cases[number], place, make)

        for drafted in answers(calls()):
            run = _published(drafted, cases[drafted.number], place)
            ledger.end(run)
            end(drafted.number, run)
    return [runs[number] for number in range(len(cases))]


def refuse_wrong(cases: Iterable[Case], *, rehearsed: bool = True) -> None:
    """SrmkitError with everything that is wrong with any case; `rehearsed`, as far as data and scorecards show it."""
    problems = Problems("cases")
    check_cases(cases, problems, rehearsed=rehearsed)
    problems.raise_if_any()


def runs_of(into: str | Path) -> list[Run]:
    """Every run that the ledger of this folder knows."""
    with Ledger(Path(into).resolve()) as ledger:
        return ledger.runs()


@dataclass(frozen=True)
class Drafted:
    """One case as a worker left it: a draft folder to be published, and the error where it failed."""

    number: int
    draft: Path
    seconds: float
    error: str


def draft_case(number: int, case: Case, into: Path, make: Make) -> Drafted:
    """Make one case in a draft folder of its own, wherever this is called: nobody else writes into it."""
    started = time.monotonic()
    draft = new_draft(into / case.folder)
    error = ""
    try:
        make(case, draft)
    except Exception as problem:  # isolate: one failed case must not stop the others
        error = _message(problem)
        (draft / "error.txt").write_text(error + "\n", encoding="utf-8")
    return Drafted(number, draft, time.monotonic() - started, error)


def _lost(call: Call[Drafted], problem: BaseException) -> Drafted:
    """A case that no worker survived, perhaps for want of memory: it fails, and stops no other."""
    _, (number, case, into, _), _ = call
    draft = new_draft(into / case.folder)
    error = _message(problem)
    with suppress(OSError):  # a full disk, perhaps, which stops the batch where the draft is published
        (draft / "error.txt").write_text(error + "\n", encoding="utf-8")
    return Drafted(number, draft, 0, error)


def _published(drafted: Drafted, case: Case, into: Path) -> Run:
    """Only who holds the ledger publishes, so that no report is there twice or changes unseen."""
    final = into / case.folder
    keep_previous(final, drafted.draft)
    publish(drafted.draft, final)
    return Run(case, "failed" if drafted.error else "done", final, drafted.seconds, drafted.error)


def make_report(case: Case, folder: Path, *, shared: Sequence[Input] = ()) -> None:
    """Execute the notebook of a case and render its report into the folder.

    `shared` inputs (data, column map and language) are read once on a machine for all its kernels.
    """
    from srmkit.batch.execution import execute
    from srmkit.batch.report import write_report
    from srmkit.batch.verify import seal

    start_server(shared)
    _, source = files_of(case.study)
    notebook = folder / "notebook.ipynb"
    settings = {**case.settings, "export_to": str(folder)}
    for attempt in range(1, ATTEMPTS + 1):
        try:
            execute(source, notebook, settings)
            break
        except RuntimeError:  # a dead kernel, also one that died as it began; what a notebook raises comes as another
            if attempt == ATTEMPTS:
                raise
    write_report(notebook, folder / "report.html", title=case.name)
    seal(folder)


def warm_up(shared: Sequence[Input]) -> None:
    """Start the process that kernels are forked from, and meanwhile import once what threads would all at once."""
    start_server(shared)
    for name in ("nbconvert", "srmkit.batch.execution"):
        import_module(name)


def shared_inputs(cases: Iterable[Case]) -> list[Input]:
    """Data, column map and language of every input that more than one case reads: reasons and notes are words."""
    settings = [params_of(case.study).check(case.settings).model_dump() for case in cases]
    count = Counter(
        (values["data"], values.get("column_map", ""), values.get("language", "en"))
        for values in settings if "data" in values
    )
    return [one for one, cases_that_read in count.items() if cases_that_read > 1]


def _message(problem: BaseException) -> str:
    name = getattr(problem, "ename", "")  # papermill wraps what the notebook raised
    if name:
        return f"{name}: {getattr(problem, 'evalue', '')}"
    return "".join(traceback.format_exception_only(problem)).strip()
