"""A notebook is executed as papermill does it, and written once: whole, or as far as it came."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import nbformat
import papermill.engines
import pytest
from nbclient.exceptions import DeadKernelError
from papermill.exceptions import PapermillExecutionError

from srmkit.batch.execution import execute
from srmkit.batch.exporter import cells_as_html
from srmkit.language import speaking


def notebook(folder: Path, *cells: str) -> Path:
    new = nbformat.v4.new_code_cell
    tagged = new("capacity = 1", metadata={"tags": ["parameters"]})  # type: ignore[no-untyped-call]
    content = nbformat.v4.new_notebook(cells=[tagged, *map(new, cells)])  # type: ignore[no-untyped-call]
    content.metadata["kernelspec"] = {"name": "python3", "language": "python", "display_name": "Python 3"}
    nbformat.write(content, folder / "in.ipynb")  # type: ignore[no-untyped-call]
    return folder / "in.ipynb"


def outputs(file: Path) -> list[Any]:
    cells = nbformat.read(file, as_version=4).cells  # type: ignore[no-untyped-call]
    return [output for cell in cells for output in cell.get("outputs", [])]


def test_the_notebook_is_written_with_its_outputs_and_not_after_each_cell(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written = []
    write = papermill.engines.write_ipynb

    def noted(content: Any, place: str) -> None:
        written.append(place)
        write(content, place)

    monkeypatch.setattr(papermill.engines, "write_ipynb", noted)
    execute(notebook(tmp_path, *["capacity"] * 5), tmp_path / "out.ipynb", {"capacity": 7})
    assert [output.data["text/plain"] for output in outputs(tmp_path / "out.ipynb")] == ["7"] * 5
    assert len(written) == 2  # before the first cell and after the last


def test_a_cell_that_fails_is_in_the_notebook_with_what_came_before_it(tmp_path: Path) -> None:
    with pytest.raises(PapermillExecutionError, match="ZeroDivisionError"):
        execute(notebook(tmp_path, "capacity", "1 / 0", "'never'"), tmp_path / "out.ipynb", {"capacity": 7})
    before, failed = outputs(tmp_path / "out.ipynb")[-2:]
    assert before.data["text/plain"] == "7"
    assert failed.ename == "ZeroDivisionError"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_kernel_that_dies_leaves_what_came_before_it(tmp_path: Path) -> None:
    death = "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    with pytest.raises(DeadKernelError):
        execute(notebook(tmp_path, "capacity", death), tmp_path / "out.ipynb", {"capacity": 7})
    assert [output.data["text/plain"] for output in outputs(tmp_path / "out.ipynb")] == ["7"]


def test_a_picture_without_a_description_says_so_in_the_readers_language() -> None:
    words = "![A map](map.png) <img src='plan.png'>"
    content = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(words)])  # type: ignore[no-untyped-call]
    for language, told in (("en", "A picture without a description"), ("zh", "没有说明的图片")):
        with speaking(language):  # type: ignore[arg-type]
            page = cells_as_html(content, title="", left_out=())
        assert page.count("<img") == page.count("alt=") == 2
        assert f"alt=\"{told}\" src='plan.png'" in page
        assert 'alt="A map"' in page
