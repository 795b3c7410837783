"""Run cases side by side; one that fails leaves a message and stops no other, and nothing is lost when all dies."""

from __future__ import annotations

import os
import shutil
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, suppress
from dataclasses import dataclass, replace
from functools import partial
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryFile

import joblib

from srmkit.batch.cases import Case, check_cases
from srmkit.batch.changes import keep_previous
from srmkit.batch.folders import (
    ERROR,
    FAILED,
    REPORT,
    is_report,
    mend,
    nearest,
    new_draft,
    publish,
    put_in_place,
    sweep,
)
from srmkit.batch.kernels import start_server
from srmkit.batch.ledger import FILE as LEDGER
from srmkit.batch.ledger import Ledger, Run
from srmkit.batch.paper import PDF, Paper, find_browser, is_on, write_pdf
from srmkit.batch.rehearsal import Input
from srmkit.batch.stamp import Stamp, Stamps
from srmkit.batch.verify import seal, sign
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
    paper: Paper | None = None,
    begun: Callable[[int], None] | None = None,
    told: Callable[[Run], None] | None = None,
    make: Make | None = None,
) -> list[Run]:
    """Run every case and write its report; returned in the order of `cases`.

    Each run has a kernel process of its own, is written beside its final place and moved there only
    when whole; `into` keeps a ledger of them. With `resume`, what is done is left alone unless its
    settings, inputs or the code changed, or its files are not all there as they were written.
    `jobs` run at a time, else as many as there are cores. `cluster` is the address of a `dask.distributed` scheduler
    whose workers share the folder `into`.
    With `paper`, each report is printed, too; one that cannot be counts as failed, and stays.
    `begun` hears how many run at a time when the first one starts, `told` of each run as it ends. `make` fills the
    folder of one case and is `make_report` unless told otherwise. SrmkitError before the first run, with all that
    `check_batch` looks for (reports that `make` makes are not rehearsed).
    """
    place = Path(into).resolve()
    told = told or (lambda run: None)
    batch = _Batch(cases, place, resume=resume, cluster=cluster, paper=paper, rehearsed=make is None)
    with ExitStack() as held:
        batch.prepare(held, jobs=jobs)
        ledger, runs = batch.ledger, dict(batch.unchanged)
        for number, run in runs.items():
            if number not in batch.unprinted:
                told(run)
        if not batch.todo and not batch.unprinted:
            return [runs[number] for number in range(len(cases))]
        make = make or partial(make_report, shared=batch.shared)

        def calls() -> Iterator[Call[Drafted]]:
            for number in batch.unprinted:
                yield joblib.delayed(print_again)(number, cases[number], place, paper)
            for number, stamp in batch.todo.items():
                ledger.begin(cases[number], stamp)
                yield joblib.delayed(draft_case)(number, cases[number], place, make, paper)

        if begun is not None:
            begun(min(joblib.effective_n_jobs(), len(batch.todo) + len(batch.unprinted)))
        for drafted in answers(calls()):
            number = drafted.number
            if number in batch.unprinted:
                runs[number] = _printed(drafted, runs[number])
            else:
                runs[number] = _published(drafted, cases[number], place)
            if runs[number].unchanged:
                ledger.printed(runs[number])
            else:
                ledger.end(runs[number])
            told(runs[number])
    return [runs[number] for number in range(len(cases))]


def check_batch(
    cases: Sequence[Case],
    into: str | Path,
    *,
    resume: bool = False,
    cluster: str | None = None,
    paper: Paper | None = None,
    problems: Problems | None = None,
) -> list[Due]:
    """What `run_cases` would run or print with the same words, and why; nothing runs, nothing is left on the disk.

    SrmkitError with all that `run_cases` would refuse before its first run, beside the `problems` that are known
    already: cases, as far as data and scorecards show it; a folder that cannot be written, or into which another batch
    is writing; a cluster that is not fit; a browser that is not there though reports are to be printed.
    """
    batch = _Batch(cases, Path(into).resolve(), resume=resume, cluster=cluster, paper=paper,
                  problems=problems or Problems("batch"))
    with ExitStack() as held:
        batch.prepare(held, dry=True)
    return [Due(cases[number], why) for number, why in sorted(batch.due.items())]


@dataclass(frozen=True)
class Due:
    """A case that a batch would run, and why: what has changed since it was done, or that only its PDF is missing."""

    case: Case
    why: str


class _Batch:
    """What a batch needs before its first run, looked at in one go, so that all that is wrong is in one message."""

    ledger: Ledger

    def __init__(self, cases: Sequence[Case], place: Path, *, resume: bool, cluster: str | None, paper: Paper | None,
                 rehearsed: bool = True, problems: Problems | None = None) -> None:
        self.cases, self.place = cases, place
        self.resume, self.cluster, self.paper, self.rehearsed = resume, cluster, paper, rehearsed
        self.problems = problems or Problems("batch")
        self.todo: dict[int, Stamp] = {}
        self.due: dict[int, str] = {}  # why, of those to be run or printed
        self.unchanged: dict[int, Run] = {}
        self.unprinted: list[int] = []  # of those unchanged
        self.shared: list[Input] = []

    def prepare(self, held: ExitStack, *, jobs: int | None = None, dry: bool = False) -> None:
        """Take hold of folder, ledger and workers; or, `dry`, only look whether one could. SrmkitError if not."""
        problems = self.problems
        check_cases(self.cases, problems)
        right = not problems.found
        with problems.noting():
            if self.paper and self.cluster is None:
                find_browser()
        dry = dry or bool(problems.found)  # nothing is made where nothing will run
        with problems.noting():
            if dry:
                self._look(right)
            else:
                self._take(held)
        if right and not self.todo and not self.unprinted and not problems.found:
            return
        with problems.noting():
            if self.cluster is not None:
                held.enter_context(on_cluster(self.cluster, self.place, _lost, prints=bool(self.paper)))
            else:
                held.enter_context(on_this_machine(min(jobs or os.cpu_count() or 1,
                                                       max(1, len(self.todo) + len(self.unprinted)))))
        if not dry:
            held.callback(sweep, self.place)
        if self.rehearsed and right:
            asked = [self.cases[number] for number in self.todo] if self.todo or self.unchanged else self.cases
            self.shared = shared_inputs(asked)
            if self.todo and self.cluster is None and not dry and not problems.found:
                warm_up(self.shared)  # it goes on beside the rehearsal
            check_cases(asked, problems, rehearsed=True)
        problems.raise_if_any()

    def _take(self, held: ExitStack) -> None:
        try:
            self.place.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _no_folder(self.place, error) from None
        self.ledger = held.enter_context(Ledger(self.place))
        mend(self.place)
        self._sort(self.ledger)

    def _look(self, right: bool) -> None:
        try:
            with TemporaryFile(dir=nearest(self.place)):
                pass
        except OSError as error:
            self.problems.extend(_no_folder(self.place, error).problems)
        if (self.place / LEDGER).exists():
            with Ledger(self.place) as ledger:
                if right:
                    self._sort(ledger)
        elif right:
            self._sort(None)

    def _sort(self, ledger: Ledger | None) -> None:
        """Which cases are to be run, and which are done and unchanged, or lack their PDF on this paper alone.

        A run is unchanged if nothing that it hangs on has changed and its files are all there as they were written.
        """
        printed = {PDF} if self.paper else set()  # made again by itself
        stamps = Stamps()
        for number, case in enumerate(self.cases):
            stamp = stamps.of(case)
            if ledger is None or not self.resume:
                self.todo[number], self.due[number] = stamp, "new"
                continue
            why, lost = ledger.due(case, stamp), set[str]()
            if not why:
                lost = ledger.lost(case)
                why = f"changed or lost since: {', '.join(sorted(lost - printed))}" if lost - printed else ""
            if why:
                self.todo[number], self.due[number] = stamp, why
                continue
            self.unchanged[number] = ledger.unchanged(case)
            if self.paper and (PDF in lost or not is_on(self.unchanged[number].folder / PDF, self.paper)):
                self.unprinted.append(number)
                self.due[number] = f"only its PDF on {self.paper}"


def _no_folder(place: Path, error: OSError) -> SrmkitError:
    return SrmkitError("folder", [
        Problem(f"'{place}'", "cannot be a folder for reports", str(error), "Name another one with --into.")])


def refuse_wrong(cases: Iterable[Case]) -> None:
    """SrmkitError with everything that is wrong with any case, as far as it is known without its data."""
    problems = Problems("cases")
    check_cases(cases, problems)
    problems.raise_if_any()


def runs_of(into: str | Path) -> list[Run]:
    """Every run that the ledger of this folder knows."""
    with Ledger(Path(into).resolve()) as ledger:
        return ledger.runs()


@dataclass(frozen=True)
class Drafted:
    """One case as a worker left it: a draft folder to be published, and the error where it, or its PDF, failed."""

    number: int
    draft: Path
    seconds: float
    error: str
    unprinted: str = ""


def draft_case(number: int, case: Case, into: Path, make: Make, paper: Paper | None = None) -> Drafted:
    """Make one case in a draft folder of its own, wherever this is called: nobody else writes into it."""
    started = time.monotonic()
    draft = new_draft(into / case.folder)
    error = unprinted = ""
    try:
        make(case, draft)
    except Exception as problem:  # isolate: one failed case must not stop the others
        error = _message(problem)
        (draft / ERROR).write_text(error + "\n", encoding="utf-8")
    else:
        unprinted = _unprinted(draft, draft, paper)
        if paper and not unprinted:
            seal(draft, PDF)
    return Drafted(number, draft, time.monotonic() - started, error, unprinted)


def print_again(number: int, case: Case, into: Path, paper: Paper | None) -> Drafted:
    """The PDF alone of a report that is done, in a draft folder of its own."""
    started = time.monotonic()
    draft = new_draft(into / case.folder)
    unprinted = _unprinted(into / case.folder, draft, paper)
    return Drafted(number, draft, time.monotonic() - started, "", unprinted)


def _unprinted(report: Path, into: Path, paper: Paper | None) -> str:
    """Print a report, and say why it could not be."""
    try:
        if paper:
            write_pdf(report / REPORT, into / PDF, paper=paper)
    except SrmkitError as error:
        return " ".join(map(str, error.problems))
    except Exception as problem:  # isolate here, too
        return _message(problem)
    return ""


def _lost(call: Call[Drafted], problem: BaseException) -> Drafted:
    """A case that no worker survived, perhaps for want of memory: it fails, and stops no other."""
    _, (number, case, into, *_), _ = call
    draft = new_draft(into / case.folder)
    error = _message(problem)
    with suppress(OSError):  # a full disk, perhaps, which stops the batch where the draft is published
        (draft / ERROR).write_text(error + "\n", encoding="utf-8")
    return Drafted(number, draft, 0, error)


def _published(drafted: Drafted, case: Case, into: Path) -> Run:
    """Only who holds the ledger publishes, so that no report is there twice or changes unseen.

    What a run that failed has left is put beside the report that is there, if one is.
    """
    final = into / case.folder
    stale = bool(drafted.error) and is_report(final)
    if not stale:
        keep_previous(final, drafted.draft)
    sign(drafted.draft, case.study)
    publish(drafted.draft, final / FAILED if stale else final)
    error = drafted.error or drafted.unprinted
    return Run(case, "failed" if error else "done", final, drafted.seconds, error, stale=stale)


def _printed(drafted: Drafted, before: Run) -> Run:
    """A report that was done, with the PDF that it lacked; one that cannot be printed counts as failed."""
    error = drafted.error or drafted.unprinted
    if not error:
        put_in_place(drafted.draft / PDF, before.folder / PDF)
        seal(before.folder, PDF)
    shutil.rmtree(drafted.draft, ignore_errors=True)
    return replace(before, state="failed", error=error, unchanged=False) if error else before


def make_report(case: Case, folder: Path, *, shared: Sequence[Input] = ()) -> None:
    """Execute the notebook of a case and render its report into the folder.

    `shared` inputs (data, column map and language) are read once on a machine for all its kernels.
    """
    from srmkit.batch.execution import execute
    from srmkit.batch.report import write_report

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
