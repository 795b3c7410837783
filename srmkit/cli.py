"""The `srmkit` command: look at data, map its columns, run studies into reports, see whether one still holds."""

from __future__ import annotations

import os
import signal
import sqlite3
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.language import Language, counted, joined, say, speaking

if TYPE_CHECKING:
    from srmkit.batch import Case, Due

NOTEBOOK = "Notebook of a study of your own, where it is not found from this folder as `srmkit run` found it."

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def main() -> None:
    """Decision support for supplier relationships and key accounts."""


@app.command()
def run(
    studies: Annotated[list[str], typer.Argument(
        help="Names of studies, such as supplier_segmentation, or notebooks of your own.")],
    into: Annotated[Path, typer.Option(help="Folder for the reports and their index.")] = Path("reports"),
    cases: Annotated[Path | None, typer.Option(help="TOML or CSV file with one case a run.")] = None,
    per: Annotated[str | None, typer.Option(help="One run for each value of this setting in the data.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Runs at a time; else as many as cores.")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Leave alone what is done and unchanged.")] = False,
    cluster: Annotated[str | None, typer.Option(
        help="Scheduler of a dask.distributed cluster, such as tls://host:8786.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check and list the cases, and run none.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Print each report too, through an installed Chromium.")] = False,
    paper: Annotated[Literal["A4", "Letter"], typer.Option(help="Paper of the PDF.")] = "A4",
) -> None:
    """Run studies (or many cases of one) and write a report for each, with an index page.

    Ends with 0 when all runs are done, 1 when some failed or could not be printed, 2 when a case, the folder, the
    cluster or the browser is not right (nothing runs then), 3 when the disk is full or gone, 130, 141 or 143 when
    stopped by Ctrl-C, by the end of what reads its words, or by a scheduler.
    """
    from srmkit.batch import Run, check_batch, run_cases, runs_of
    from srmkit.batch.index import write_index
    from srmkit.batch.progress import Progress

    ended: list[Run] = []
    todo: list[Case] = []
    asked: dict[str, Any] = {"resume": resume, "cluster": cluster, "paper": paper if pdf else None}
    try:
        try:
            todo = _cases(studies, cases, per)
        except SrmkitError as error:  # what else is wrong is in the same message
            check_batch([], into, **asked, problems=Problems(error.subject, [*error.problems]))
        if dry_run:
            _list(todo, check_batch(todo, into, **asked), resume=resume)
            return
        with _stoppable(), Progress(len(todo)) as progress:

            def tell(done: Run) -> None:
                ended.append(done)
                state = "unchanged" if done.unchanged else done.state
                progress.tell(done.case.name, state, done.seconds, unchanged=done.unchanged)

            runs = run_cases(todo, into, jobs=jobs, begun=progress.begin, told=tell, **asked)
        page = write_index(runs_of(into), into)
    except SrmkitError as error:
        raise _refused(error) from None
    except (KeyboardInterrupt, OSError, sqlite3.Error) as stop:
        if dry_run and isinstance(stop, BrokenPipeError):
            raise  # quietly: whoever reads the list has read enough
        raise _stopped(stop, len(ended), len(todo), into) from None
    failed = [done for done in runs if done.state == "failed"]
    for done in failed:
        typer.echo(f"{done.case.name} failed: {done.error}", err=True)
    unchanged = sum(done.unchanged for done in runs)
    typer.echo(f"{len(runs) - len(failed)} of {len(runs)} runs done"
               f"{f', {unchanged} of them before and unchanged' if unchanged else ''}: {page}")
    raise typer.Exit(1 if failed else 0)


def _stopped(why: BaseException, ended: int, total: int, into: Path) -> typer.Exit:
    """What is left when somebody ends a batch, nobody reads what it says, or a disk is full or gone."""
    from srmkit.batch import runs_of
    from srmkit.batch.index import write_index

    page = ""
    with suppress(SrmkitError, OSError, sqlite3.Error):
        page = f": {write_index(runs_of(into), into)}" if into.exists() else ""
    if isinstance(why, KeyboardInterrupt):
        cause, code = "", 128 + next(iter(why.args), signal.SIGINT)
    elif isinstance(why, BrokenPipeError):
        cause, code = " because nobody reads what it says any more", 141  # as a shell tells of SIGPIPE
    else:
        cause, code = f" because '{into}' cannot be written any more ({why})", 3
    with suppress(BrokenPipeError):
        typer.echo(f"Stopped{cause}: {ended} of {total} runs had ended, and no half report is left{page}\n"
                   "The same command with --resume makes the others.", err=True)
    if isinstance(why, BrokenPipeError):
        _say_no_more()
    return typer.Exit(code)


def _say_no_more() -> None:
    """What was not read goes nowhere: Python would try once more as it ends, and end with a code of its own (120)."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


@contextmanager
def _stoppable() -> Iterator[None]:
    """What a scheduler sends to stop a command (SIGTERM) does what Ctrl-C does, while this lasts."""

    def stop(number: int, _: object) -> None:
        raise KeyboardInterrupt(number)

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


@app.command()
def verify(
    report: Annotated[Path, typer.Argument(help="Folder of a run, its report.html or its manifest.json.")],
    notebook: Annotated[Path | None, typer.Option(help=NOTEBOOK)] = None,
) -> None:
    """Run a report's study again with the same settings, and say whether every number is the same.

    Ends with 0 when they are, 1 when some differ, 2 when it cannot be run again.
    """
    from srmkit.batch.verify import verify as compare

    try:
        verdict = compare(report, notebook=notebook)
    except SrmkitError as error:
        raise _refused(error) from None
    typer.echo("\n".join(verdict.sentences))
    raise typer.Exit(0 if verdict.same else 1)


@app.command()
def compare(
    reports: Annotated[list[Path], typer.Argument(help="Folders of runs of one study, the oldest first.")],
    notebook: Annotated[Path | None, typer.Option(help=NOTEBOOK)] = None,
) -> None:
    """Say who changed class from report to report, and whether because of the model, the data or the cuts.

    Ends with 0, or with 2 when they cannot be compared.
    """
    from srmkit.batch.run_comparison import compare_runs

    try:
        found = compare_runs(*reports, notebook=notebook)
    except SrmkitError as error:
        raise _refused(error) from None
    for pair in found.pairs:
        typer.echo("\n".join([*pair.sentences, *pair.moves, ""]))


@app.command()
def new(
    name: Annotated[str, typer.Argument(help="Name of the study, such as visits.")],
    into: Annotated[Path, typer.Option(help="Folder for its two files.")] = Path(),
) -> None:
    """Begin a study of your own: a module and a notebook that are whole, run, and are yours to change.

    Ends with 0, or with 2 where the name or the folder is not fit.
    """
    from srmkit.batch.new_study import new_study

    try:
        module, notebook = new_study(name, into)
    except SrmkitError as error:
        raise _refused(error) from None
    typer.echo(f"{module} and {notebook} are there and run. Change them, then: srmkit check {notebook}")


@app.command()
def refresh(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks whose watched tables are meant to change.")],
) -> None:
    """Run notebooks and keep the outputs of their watched tables, as text; all other outputs are cleared.

    Ends with 0, or with 1 when some could not be run; these stay as they were.
    """
    from srmkit.batch.refresh import refresh_notebook

    failed = 0
    for notebook in notebooks:
        try:
            refresh_notebook(notebook)
        except SrmkitError as error:
            failed += 1
            typer.echo(str(error), err=True)
    raise typer.Exit(1 if failed else 0)


@app.command()
def check(
    notebooks: Annotated[list[Path], typer.Argument(help="Notebooks that run a study, such as your own.")],
) -> None:
    """Say whether a notebook is fit to be a report: its sections, its settings, and what its cells may not hold.

    The study's module is imported. Ends with 0 when all are fit, 1 when some are not.
    """
    from srmkit.batch.notebook_check import check_notebook

    unfit = 0
    for notebook in notebooks:
        try:
            settings = check_notebook(notebook)
        except SrmkitError as error:
            unfit += 1
            typer.echo(str(error), err=True)
        else:
            typer.echo(f"{notebook.name} is fit to be a report of {settings.study}.")
    raise typer.Exit(1 if unfit else 0)


@app.command()
def preview(
    source: Annotated[str, typer.Argument(help="Folder, file, workbook, package or database URL; or: sample.")],
    language: Annotated[Language, typer.Option(help="Language of the words.")] = "en",
) -> None:
    """Show what files hold before anything is trusted: each column's type, how sure it is, samples, what is in doubt.

    Ends with 0, or with 1 where some file could not be read.
    """
    from srmkit.intake import preview as look

    try:
        found = look(source, language=language)
    except SrmkitError as error:
        raise _refused(error) from None
    typer.echo(found.text())
    raise typer.Exit(1 if found.problems else 0)


@app.command("map")
def map_columns(
    source: Annotated[str, typer.Argument(help="Folder, file, workbook, package or database URL.")],
    into: Annotated[Path, typer.Option(help="TOML file to write; one that is there stays.")] = Path("map.toml"),
    name: Annotated[str, typer.Option(help="Whose data; else the name of the folder.")] = "",
    accept: Annotated[float, typer.Option(min=0, max=1, help="Least confidence that needs nobody's word.")] = 0.8,
    language: Annotated[Language, typer.Option(help="Language of the questions.")] = "en",
) -> None:
    """Propose a column map for files nobody has described, and write it with the confidence of every line.

    What is below the confidence, or can be read in two ways, stands in the file as a remark with its question. Ends
    with 0 when nothing is left to ask, 1 when questions are left, 2 when nothing can be read.
    """
    from srmkit.intake import propose

    try:
        if into.exists():
            problem = Problem(str(into), "is there already", "", "Name another file with --into, or take it away.")
            raise SrmkitError("column map", [problem])
        proposal = propose(source, name=name, accept=accept, language=language)
        proposal.write(into)
    except SrmkitError as error:
        raise _refused(error) from None
    with speaking(language):
        for table in proposal.tables:
            told = say("{table} from {file} ({confidence:.2f}): {columns}", table=table.name, file=table.place,
                       confidence=table.confidence, columns=counted(len(table.columns), "column"))  # fmt: skip
            typer.echo(told)
        typer.echo(joined(proposal.sentence(), say("Written to {file}.", file=into)))
    for question in proposal.questions:
        typer.echo(f"  ? {question}", err=True)
    raise typer.Exit(0 if proposal.complete else 1)


def _cases(studies: Sequence[str], file: Path | None, per: str | None) -> list[Case]:
    from srmkit.batch import Case, one_per_value, read_cases
    from srmkit.batch.runner import refuse_wrong

    studies = [_found(study) for study in studies]
    if file is not None and per is not None:
        problems = Problems("command")
        problems.add("--cases and --per", "exclude each other", todo="Write the settings into the file, or use --per.")
        problems.raise_if_any()
    if file is not None:
        return _of_all(str(file), studies, lambda study: read_cases(file, study))
    todo = [Case(study, study, {}) for study in studies]
    refuse_wrong(todo)
    return todo if per is None else _of_all("cases", studies, lambda study: one_per_value(study, per))


def _found(study: str) -> str:
    """The name of a study; a notebook of one's own is checked and added first."""
    from srmkit.batch.notebook_check import check_notebook
    from srmkit.studies import add_study

    if not study.endswith(".ipynb"):
        return study
    name = add_study(study)
    check_notebook(study)
    return name


def _of_all(what: str, studies: Sequence[str], cases_of: Callable[[str], list[Case]]) -> list[Case]:
    """The cases of every study, or one error with the problems of all of them."""
    problems, todo = Problems(what), []
    for study in studies:
        try:
            todo += cases_of(study)
        except SrmkitError as error:
            problems.extend(problem for problem in error.problems if problem not in problems.found)
    problems.raise_if_any()
    return todo


def _list(cases: Sequence[Case], due: Sequence[Due], *, resume: bool) -> None:
    why = {one.case.folder: one.why for one in due}
    for case in cases:
        settings = ", ".join(f"{name} = {value!r}" for name, value in case.settings.items()) or "defaults"
        standing = f" ({why.get(case.folder, 'done and unchanged')})" if resume else ""
        typer.echo(f"{case.told}: {settings}{standing}")
    typer.echo(f"{len(cases)} {'case' if len(cases) == 1 else 'cases'}, all right; none was run.")


def _refused(error: SrmkitError) -> typer.Exit:
    typer.echo(str(error), err=True)
    return typer.Exit(2)
