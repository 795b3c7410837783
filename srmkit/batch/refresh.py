"""A notebook run once more, of which only the tables that are watched keep their outputs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from srmkit.batch.notebook_check import WATCHED
from srmkit.errors import Problem, SrmkitError

_ALONE = {"SRMKIT_MODE": "batch", "PYTHONHASHSEED": "0", "TQDM_DISABLE": "1"}


def refresh_notebook(path: str | Path) -> None:
    """Run a notebook where it stands and keep, as text, the outputs of the cells that are watched; clear all others.

    For a change that is meant to change a number: what it changed shows in the difference of the file. SrmkitError
    where a cell fails; the file stays as it was then.
    """
    import nbformat
    from nbclient import NotebookClient
    from nbclient.exceptions import CellExecutionError

    file = Path(path)
    try:
        notebook = nbformat.read(file, as_version=4)  # type: ignore[no-untyped-call]
    except (OSError, ValueError, nbformat.ValidationError) as error:
        raise SrmkitError(f"notebook {file.name}", [Problem("the file", "cannot be read", str(error)[:200],
                                                            "Save it from JupyterLab.")]) from None
    client = NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(file.parent)}})
    try:
        client.execute(env={**os.environ, **_ALONE})
    except CellExecutionError as error:
        problem = Problem("a cell", "fails", f"{error.ename}: {error.evalue}", "Mend it, and run this again.")
        raise SrmkitError(f"notebook {file.name}", [problem]) from None
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.metadata.pop("execution", None)
        watched = WATCHED in cell.metadata.get("tags", [])
        # a cell that is compared must look as if it had been run
        cell.execution_count = number if watched else None
        cell.outputs = [_as_text(output, number) for output in cell.outputs] if watched else []
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, file)  # type: ignore[no-untyped-call]


def _as_text(output: Any, number: int) -> Any:
    """What is compared of an output, and no more."""
    if "data" in output:
        output["data"] = {"text/plain": output["data"].get("text/plain", "")}
    if "execution_count" in output:
        output["execution_count"] = number
    return output
