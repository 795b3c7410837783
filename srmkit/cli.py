"""The `srmkit` command: run studies into reports."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from srmkit.errors import SrmkitError

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def main() -> None:
    """Decision support for supplier relationships and key accounts."""


@app.command()
def run(
    studies: Annotated[list[str], typer.Argument(help="Names of studies, such as supplier_segmentation.")],
    into: Annotated[Path, typer.Option(help="Folder for the reports and their index.")] = Path("reports"),
    cases: Annotated[Path | None, typer.Option(help="TOML file with one [[case]] a run.")] = None,
    jobs: Annotated[int | None, typer.Option(min=1, help="Runs at a time; else as many as cores.")] = None,
) -> None:
    """Run studies (or many cases of one) and write a report for each, with an index page.

    Ends with 0 when all runs are done, 1 when some failed, 2 when a case is wrong (nothing runs then).
    """
    from srmkit.batch import Case, Run, read_cases, run_cases
    from srmkit.batch.index import write_index
    from srmkit.batch.progress import Progress

    try:
        todo = (
            [Case(study, study, {}) for study in studies]
            if cases is None
            else [case for study in studies for case in read_cases(cases, study)]
        )
        with Progress(len(todo)) as progress:

            def tell(done: Run) -> None:
                progress.tell(done.case.name, done.state, done.seconds)

            runs = run_cases(todo, into, jobs=jobs, told=tell)
    except SrmkitError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    page = write_index(runs, into)
    failed = [done for done in runs if done.state == "failed"]
    for done in failed:
        typer.echo(f"{done.case.name} failed: {done.error}", err=True)
    typer.echo(f"{len(runs) - len(failed)} of {len(runs)} runs done: {page}")
    raise typer.Exit(1 if failed else 0)
