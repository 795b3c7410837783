"""Run the notebooks and keep the outputs of the cells that are checked; all other outputs are stripped.

    .venv/bin/python scripts/refresh_notebooks.py        after a change that is meant to change a number

What it changes shows in the diff: read it before committing.
"""

from __future__ import annotations

import os
from pathlib import Path

import nbformat
from nbclient import NotebookClient

NOTEBOOKS = Path(__file__).resolve().parents[1] / "notebooks"
CHECKED = "nbval-check-output"


def refresh(file: Path) -> None:
    """Run one notebook and write it back with the outputs of its checked cells alone."""
    notebook = nbformat.read(file, as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(file.parent)}}).execute()
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    for number, cell in enumerate(code, start=1):
        cell.metadata.pop("execution", None)
        checked = CHECKED in cell.metadata.get("tags", [])
        # a cell that is compared must look as if it had been run
        cell.execution_count = number if checked else None
        cell.outputs = cell.outputs if checked else []
        for output in cell.outputs:
            output["execution_count"] = number
            output["data"] = {"text/plain": output["data"]["text/plain"]}  # what is compared, and no more
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    nbformat.write(notebook, file)


if __name__ == "__main__":
    os.environ["SRMKIT_MODE"] = "batch"
    for path in sorted(NOTEBOOKS.glob("*.ipynb")):
        refresh(path)
