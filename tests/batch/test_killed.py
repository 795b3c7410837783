"""Whatever is killed, and whenever: a batch loses at most what was running, and the next one completes the set."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import re
import signal
import sys
import textwrap
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from multiprocessing import forkserver
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from subprocess import DEVNULL, Popen

import nbformat
import psutil  # type: ignore[import-untyped]
import pytest

from srmkit.batch import Case, Run, kernels, run_cases, runs_of
from srmkit.batch.changes import PREVIOUS
from srmkit.batch.index import write_index
from srmkit.batch.kernels import CAN_FORK, start_server
from srmkit.batch.runner import make_report
from srmkit.studies import _found

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")

KILLS = 50
FILES = ("report.html", "decision.json", "manifest.json")
PIECES = 4


def cases_of(names: int, version: int, changed: Callable[[int], bool] = lambda number: True) -> list[Case]:
    """Cases whose settings are those of a version, some only: the others are unchanged and left alone."""
    return [Case("account_selection", f"case {number}", {"capacity": version if changed(number) else 1})
            for number in range(1, names + 1)]


def make(case: Case, folder: Path) -> None:
    """A report of several files in several pieces, written by a process of its own, as a kernel is."""
    child = os.fork()
    if not child:
        try:
            for name in FILES:
                with (folder / name).open("w", encoding="utf-8") as stream:
                    stream.write("{" * (name != "report.html"))
                    for piece in range(PIECES):
                        stream.write(f'"{piece}": {case.settings["capacity"]}, ')
                        stream.flush()
                        time.sleep(0.001)
                    stream.write('"whole": true' + "}" * (name != "report.html"))
            os._exit(0)
        finally:
            os._exit(1)
    if os.waitpid(child, 0)[1]:
        raise RuntimeError("the process that made it died")


def drive(place: Path, cases: Sequence[Case], ready: Connection) -> None:
    """A batch, and its index, as the command would run them, in a session of its own."""
    os.setsid()
    ready.send("ready")
    run_cases(cases, place, jobs=2, resume=True, make=make)
    write_index(runs_of(place), place)


def started(place: Path, cases: Sequence[Case]) -> BaseProcess:
    place.mkdir(exist_ok=True)
    context = multiprocessing.get_context("forkserver")
    ours, theirs = context.Pipe()
    driver = context.Process(target=drive, args=(place, cases, theirs))
    driver.start()
    assert ours.recv() == "ready"
    return driver


@pytest.fixture
def quick_server(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The server forks stand-ins: it has imported what they need and no more, so that it is there again at once."""
    monkeypatch.setattr(kernels, "PRELOADED", __name__)
    forkserver._forkserver._stop()  # type: ignore[attr-defined]
    start_server()
    yield
    forkserver._forkserver._stop()  # type: ignore[attr-defined]


def published(place: Path) -> list[Path]:
    return [folder for folder in place.iterdir() if folder.is_dir() and not folder.name.startswith(".")]


def version_of(folder: Path) -> int:
    """The settings that every piece of every file of a report was made with; fails where it is not whole."""
    assert {path.name for path in folder.iterdir()} - {PREVIOUS} == set(FILES)
    texts = [(folder / name).read_text(encoding="utf-8") for name in FILES]
    assert all(text.count('"whole": true') == 1 for text in texts)
    (version,) = {found for text in texts for found in re.findall(r'"\d": (\d+)', text)}
    return int(version)


def linked(place: Path) -> list[str]:
    page = (place / "index.html").read_text(encoding="utf-8")
    return sorted(re.findall(r'href="([^"/]*)/report.html"', page))


def leftovers(place: Path) -> list[str]:
    return [path.name for path in place.iterdir() if path.name.startswith((".draft", ".replaced"))]


def test_fifty_drivers_and_machines_killed_leave_only_whole_reports_and_the_set_is_completed(
    tmp_path: Path, quick_server: None
) -> None:
    moments = random.Random(20)
    place = tmp_path / "killed"
    killed = {"driver": 0, "machine": 0}
    for version in range(2, KILLS + 2):
        cases = cases_of(40, version, lambda number: moments.random() < 0.9)
        who = moments.choice(list(killed))
        driver = started(place, cases)
        time.sleep(moments.uniform(0, 0.4))
        with suppress(ProcessLookupError):  # it may have been quicker
            if who == "machine":  # every process of the batch at the same instant
                os.killpg(driver.pid or 0, signal.SIGKILL)
            else:
                driver.kill()
        driver.join()
        killed[who] += driver.exitcode == -signal.SIGKILL
        assert all(1 <= version_of(folder) <= version for folder in published(place))
        if (place / "index.html").exists():
            assert set(linked(place)) <= {case.folder for case in cases}
    assert sum(killed.values()) >= 0.8 * KILLS
    assert min(killed.values()) >= 0.3 * KILLS

    last = cases_of(40, KILLS + 2, lambda number: number % 2 == 0)
    for folder in (place, tmp_path / "undisturbed"):
        driver = started(folder, last)
        driver.join(60)
        assert driver.exitcode == 0
    runs, undisturbed = runs_of(place), runs_of(tmp_path / "undisturbed")
    assert [(run.case, run.state) for run in runs] == [(run.case, run.state) for run in undisturbed]
    assert {run.state for run in runs} == {"done"}
    assert {run.case.name: version_of(run.folder) for run in runs} == {
        case.name: case.settings["capacity"] for case in last}
    assert linked(place) == linked(tmp_path / "undisturbed") == sorted(case.folder for case in last)
    assert leftovers(place) == []


PARAMETERS = 'capacity = 1\nexport_to = ""'
WORK = textwrap.dedent("""
    import pathlib, time
    with pathlib.Path(export_to, "answer.txt").open("w") as stream:
        for letter in f"{capacity} places, and that is all":
            stream.write(letter)
            stream.flush()
            time.sleep(0.005)
    print(f"{capacity} places")
""")


@pytest.fixture
def short_notebook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All of a report's way, from the ledger through kernel and page to its folder, for a notebook of two cells."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    new = nbformat.v4.new_code_cell
    cells = [new(PARAMETERS, metadata={"tags": ["parameters"]}), new(WORK)]  # type: ignore[no-untyped-call]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)  # type: ignore[no-untyped-call]
    nbformat.write(notebook, folder / "account_selection.ipynb")  # type: ignore[no-untyped-call]
    monkeypatch.setattr(_found, "notebooks_folder", lambda: folder)


def whole_report(folder: Path) -> int:
    """The setting that a short report was made with; fails where the report is not whole."""
    words = (folder / "answer.txt").read_text(encoding="utf-8")
    places, rest = words.split(" ", 1)
    assert rest == "places, and that is all"
    assert f"{places} places" in (folder / "report.html").read_text(encoding="utf-8")
    return int(places)


def server_and_kernels() -> tuple[psutil.Process | None, list[psutil.Process]]:
    """The server that this process forks from, and what it has forked, as far as it lives; none while it starts."""
    pid = forkserver._forkserver._forkserver_pid  # type: ignore[attr-defined]
    with suppress(psutil.NoSuchProcess):
        if pid is not None:  # psutil would take None for this process, which must not be killed
            server = psutil.Process(pid)
            return server, [kernel for kernel in server.children() if kernel.status() != psutil.STATUS_ZOMBIE]
    return None, []


def test_kernels_and_their_server_killed_at_random_moments_cost_attempts_and_no_report(
    tmp_path: Path, quick_server: None, short_notebook: None
) -> None:
    moments = random.Random(5)
    place = tmp_path / "killed"
    killed = {"kernel": 0, "server": 0}
    version, failed, judged = 1, 0, set[int]()
    with ThreadPoolExecutor(1) as apart, warnings.catch_warnings():
        warnings.simplefilter("ignore", RuntimeWarning)  # a kernel that starts afresh says so
        while sum(killed.values()) < 12:
            version += 1
            batch = apart.submit(run_cases, cases_of(8, version), place, jobs=2, make=make_report)
            while not batch.done():
                time.sleep(0.05)
                server, forked = server_and_kernels()
                # each is judged once, so that a slow machine kills no more than a quick one
                for kernel in forked if server is not None else ():
                    if kernel.pid not in judged and moments.random() < 0.4:
                        time.sleep(moments.uniform(0, 0.8))
                        who = moments.choices(list(killed), [6, 1])[0]
                        with suppress(psutil.NoSuchProcess):  # it was quicker
                            {"kernel": kernel, "server": server}[who].kill()
                            killed[who] += 1
                    judged.add(kernel.pid)
            for run in batch.result():
                assert run.state == "done" or "ernel died" in run.error
                assert run.state == "failed" or whole_report(run.folder) == version
            failed += sum(run.state == "failed" for run in batch.result())
    assert min(killed.values()) >= 1
    assert failed < sum(killed.values()) / 3

    runs = run_cases(cases_of(8, version), place, jobs=2, resume=True, make=make_report)
    assert [run.state for run in runs] == ["done"] * 8
    assert {whole_report(run.folder) for run in runs} == {version}
    assert leftovers(place) == []
    assert server_and_kernels()[1] == []


NOTEBOOKS = textwrap.dedent("""
    import sys
    from srmkit.batch import Case, run_cases
    if __name__ == "__main__":
        run_cases([Case("account_selection", name, {"draws": 64}) for name in sys.argv[2:]], sys.argv[1], resume=True)
""")
REAL = [Case("account_selection", name, {"draws": 64}) for name in ("one", "two")]


def processes_of(place: Path) -> list[psutil.Process]:
    """Driver, server and kernels of a batch, wherever they hang: they inherit a mark in their environment."""
    found = []
    for process in psutil.process_iter():
        with suppress(psutil.Error):
            if process.environ().get("SRMKIT_TEST") == str(place):
                found.append(process)
    return found


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> list[Run]:
    return run_cases(REAL, tmp_path_factory.mktemp("undisturbed"), jobs=2)


def results_of(run: Run) -> tuple[object, ...]:
    manifest, decision = (json.loads((run.folder / name).read_text(encoding="utf-8")) for name in
                          ("manifest.json", "decision.json"))
    assert (run.folder / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    return run.case, run.state, run.error, manifest["results"], manifest["inputs"], decision


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked up in /proc")
@pytest.mark.parametrize("who", ["driver", "machine"])
def test_no_process_outlives_what_was_killed_and_the_reports_are_as_if_nothing_had_happened(
    who: str, tmp_path: Path, undisturbed: list[Run]
) -> None:
    moments = random.Random(who)
    script = tmp_path / "driver.py"
    script.write_text(NOTEBOOKS, encoding="utf-8")
    place = tmp_path / "reports"
    with Popen([sys.executable, str(script), str(place), *(case.name for case in REAL)], stderr=DEVNULL,
               env={**os.environ, "PYTHONPATH": os.getcwd(), "SRMKIT_TEST": str(place)}) as driver:
        deadline = time.monotonic() + 60
        while len(processes_of(place)) < 4 and time.monotonic() < deadline:  # driver, server and at least one kernel
            time.sleep(0.1)
        time.sleep(moments.uniform(0, 2))
        victims = processes_of(place)
        assert len(victims) >= 4
        for victim in victims if who == "machine" else [driver]:
            victim.kill()
    deadline = time.monotonic() + 20
    while processes_of(place) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert processes_of(place) == []

    with ThreadPoolExecutor(1) as apart:
        again = apart.submit(run_cases, REAL, place, jobs=2, resume=True)
        while not (forked := server_and_kernels()[1]) and not again.done():
            time.sleep(0.05)
        time.sleep(moments.uniform(0, 2))
        moments.choice(forked).kill()  # an attempt more, and no report less
    assert [results_of(run) for run in again.result()] == [results_of(run) for run in undisturbed]
    assert {run.state for run in undisturbed} == {"done"}
    assert leftovers(place) == []
