"""Forked kernels: a process of its own for each, nothing leaks between them, and results as from fresh ones."""

from __future__ import annotations

import json
import os
import signal
import textwrap
import warnings
from pathlib import Path
from typing import Any

import nbformat
import papermill
import pytest
from jupyter_core.utils import ensure_event_loop
from nbclient.exceptions import DeadKernelError

from srmkit.batch import Case
from srmkit.batch.kernels import CAN_FORK, ForkedKernelManager, start_server
from srmkit.batch.runner import make_report

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")


def answer(tmp_path: Path, code: str, **how: Any) -> Any:
    """What the code leaves in `answer`, run in a kernel."""
    start_server()
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_code_cell(textwrap.dedent(code)),
        nbformat.v4.new_code_cell("import json\nprint(json.dumps(answer))"),
    ])
    source = tmp_path / "in.ipynb"
    nbformat.write(notebook, source)
    try:
        done = papermill.execute_notebook(source, None, kernel_name="python3", progress_bar=False,
                                          **({"kernel_manager_class": ForkedKernelManager} | how))
    finally:
        loop = ensure_event_loop()
        if not loop.is_running():  # a browser's test before this one may have left its own
            loop.close()
    return json.loads(done.cells[-1].outputs[0].text)


def test_nothing_of_one_kernel_is_in_the_next(tmp_path: Path) -> None:
    leak = """
        import os, sys, numpy, pandas
        leaked = "leaked" in os.environ, hasattr(pandas, "leaked"), os.getcwd() == "/", "numpy_state" in globals()
        answer = [*leaked, os.getpid()]
        os.environ["leaked"] = "1"
        pandas.leaked = True
        os.chdir("/")
        numpy_state = 1
    """
    first, second = answer(tmp_path, leak), answer(tmp_path, leak)
    assert first[:4] == second[:4] == [False] * 4
    assert len({first[4], second[4], os.getpid()}) == 3


def test_random_numbers_without_a_seed_differ_from_kernel_to_kernel(tmp_path: Path) -> None:
    draw = """
        import random, numpy
        answer = [random.random(), numpy.random.random(), numpy.random.default_rng().random()]
    """
    first, second = answer(tmp_path, draw), answer(tmp_path, draw)
    assert all(one != other for one, other in zip(first, second, strict=True))


def test_a_kernel_that_dies_is_told_and_the_next_one_runs(tmp_path: Path) -> None:
    with pytest.raises(DeadKernelError):
        answer(tmp_path, "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)")
    assert answer(tmp_path, "answer = 1") == 1


def test_a_kernel_can_be_interrupted(tmp_path: Path) -> None:
    blocked = "import signal\nanswer = list(signal.pthread_sigmask(signal.SIG_BLOCK, []))"
    assert answer(tmp_path, blocked) == []


def test_a_forked_kernel_gives_the_tables_of_a_fresh_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    case = Case("account_selection", "one", {"draws": 64, "capacity": 8})
    found = []
    for can_fork in (True, False):
        monkeypatch.setattr("srmkit.batch.kernels.CAN_FORK", can_fork)
        folder = tmp_path / str(can_fork)
        folder.mkdir()
        make_report(case, folder)
        found.append(json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["results"])
    assert found[0] == found[1]


def test_without_the_server_it_is_said_and_the_kernel_starts_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def ended(process: Any) -> None:
        raise EOFError

    monkeypatch.setattr("srmkit.batch.kernels._fork", ended)
    with pytest.warns(RuntimeWarning, match="forked from has ended .EOFError.: this kernel starts afresh"):
        assert answer(tmp_path, "answer = 1") == 1


def test_a_server_that_is_killed_is_there_again_for_the_next_kernel(tmp_path: Path) -> None:
    parent = "import os\nanswer = [os.getpid(), os.getppid()]"
    _, server = answer(tmp_path, parent)
    os.kill(server, signal.SIGKILL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # it may be caught dying: that one starts afresh
        answer(tmp_path, parent)
    _, another = answer(tmp_path, parent)
    assert another not in (server, os.getpid())
