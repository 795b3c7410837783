"""Killed at any moment, a batch loses at most what was running, and the next one completes the set."""

from __future__ import annotations

import multiprocessing
import os
import random
import re
import signal
import subprocess
import sys
import textwrap
import time
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from srmkit.batch import Case, run_cases, runs_of
from srmkit.batch.changes import PREVIOUS
from srmkit.batch.index import write_index
from srmkit.batch.kernels import CAN_FORK, start_server

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")

KILLS = 50
CASES = [Case("account_selection", f"case {number}", {"capacity": number}) for number in range(1, 41)]
FILES = ("report.html", "decision.json", "manifest.json")


def make(case: Case, folder: Path) -> None:
    """A report in several files, each in several pieces: plenty of moments to be killed in."""
    for name in FILES:
        with (folder / name).open("w", encoding="utf-8") as stream:
            for _ in range(4):
                stream.write("{}" if name != "report.html" else f"<p>{case.name}</p>")
                stream.flush()
                time.sleep(0.002)
                if name != "report.html":
                    break


def drive(place: Path, ready: Connection) -> None:
    """A batch, and its index, as the command would run them."""
    ready.send("ready")
    run_cases(CASES, place, jobs=2, resume=True, make=make)
    write_index(runs_of(place), place)


def whole(folder: Path) -> bool:
    return {path.name for path in folder.iterdir()} - {PREVIOUS} == set(FILES) and (
        folder / "report.html").read_text(encoding="utf-8").count("<p>") == 4


def published(place: Path) -> list[Path]:
    return [folder for folder in place.iterdir() if folder.is_dir() and not folder.name.startswith(".")]


def test_fifty_kills_at_random_moments_leave_only_whole_reports_and_the_set_is_completed(tmp_path: Path) -> None:
    moments = random.Random(20)
    place = tmp_path / "killed"
    place.mkdir()
    start_server()
    context = multiprocessing.get_context("forkserver")
    killed = 0
    for _ in range(KILLS):
        for folder in published(place):  # all but a few are to do again
            if moments.random() < 0.9:
                (folder / "report.html").unlink(missing_ok=True)
        ours, theirs = context.Pipe()
        driver = context.Process(target=drive, args=(place, theirs))
        driver.start()
        assert ours.recv() == "ready"
        time.sleep(moments.uniform(0, 0.4))
        driver.kill()
        driver.join()
        killed += driver.exitcode == -signal.SIGKILL
        assert all(whole(folder) for folder in published(place) if (folder / "report.html").exists())
    assert killed >= 0.8 * KILLS

    runs = run_cases(CASES, place, jobs=2, resume=True, make=make)
    undisturbed = run_cases(CASES, tmp_path / "undisturbed", jobs=2, make=make)
    assert [(run.case, run.state) for run in runs] == [(run.case, run.state) for run in undisturbed]
    assert sorted(path.name for path in published(place)) == sorted(run.folder.name for run in undisturbed)
    assert all(whole(folder) for folder in published(place))
    page = write_index(runs_of(place), place).read_text(encoding="utf-8")
    links = re.findall(r'href="([^"/]*)/report.html"', page)
    assert sorted(links) == sorted(run.folder.name for run in undisturbed)
    assert not [path for path in place.iterdir() if path.name.startswith((".draft", ".replaced"))]


NOTEBOOKS = textwrap.dedent("""
    import sys
    from srmkit.batch import Case, run_cases
    if __name__ == "__main__":
        run_cases([Case("account_selection", "one", {"draws": 64})], sys.argv[1], jobs=1)
""")


def kernels_of(place: Path) -> list[int]:
    """Processes that were told to export into this folder's drafts: their kernels hold files or words of it."""
    found = []
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "environ").read_bytes()
        except OSError:
            continue
        if f"SRMKIT_TEST={place}".encode() in words and int(process.name) != os.getpid():
            found.append(int(process.name))
    return found


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are looked up in /proc")
def test_no_kernel_outlives_a_killed_driver_and_the_report_is_made_by_the_next(tmp_path: Path) -> None:
    script = tmp_path / "driver.py"
    script.write_text(NOTEBOOKS, encoding="utf-8")
    place = tmp_path / "reports"
    with subprocess.Popen([sys.executable, str(script), str(place)], stderr=subprocess.DEVNULL,
                          env={**os.environ, "PYTHONPATH": os.getcwd(), "SRMKIT_TEST": str(place)}) as driver:
        deadline = time.monotonic() + 60
        while len(kernels_of(place)) < 3 and time.monotonic() < deadline:  # driver, server, kernel
            time.sleep(0.1)
        assert len(kernels_of(place)) >= 3
        driver.kill()
    deadline = time.monotonic() + 20
    while kernels_of(place) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert kernels_of(place) == []
    assert published(place) == []

    (run,) = run_cases([Case("account_selection", "one", {"draws": 64})], place, jobs=1, resume=True)
    assert (run.state, run.error) == ("done", "")
    assert (run.folder / "report.html").exists()
