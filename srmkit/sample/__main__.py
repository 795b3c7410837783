"""`python -m srmkit.sample`: make the sample company again."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from srmkit.errors import SrmkitError
from srmkit.places import data_folder
from srmkit.sample import SampleSettings, make_company, write_company, write_messy
from srmkit.sample.dictionary import with_dictionary


def main(
    into: Annotated[Path | None, typer.Option(help="Folder for the files; data/sample by default.")] = None,
    seed: Annotated[int, typer.Option(help="Another seed is another company.")] = SampleSettings().seed,
    mess: Annotated[
        int, typer.Option(help="0 for Parquet; 1 to 3 for CSV with faults and a column map.")
    ] = 0,
    page: Annotated[
        Path | None, typer.Option(help="Page whose data dictionary is brought up to date.")
    ] = None,
) -> None:
    """Write the tables of the sample company, and truth.json with what is planted in them."""
    folder = into or data_folder() / "sample"
    try:
        company = make_company(SampleSettings(seed=seed))
        written = write_messy(company, folder, mess) if mess else write_company(company, folder)
    except SrmkitError as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(2) from None
    if page:
        page.write_text(with_dictionary(page.read_text(encoding="utf-8"), company.tables), encoding="utf-8")
    typer.echo(f"{len(company.tables)} tables and truth.json written to {written}.")


if __name__ == "__main__":
    typer.run(main)
