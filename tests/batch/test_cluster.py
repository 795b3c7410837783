"""Batches over several machines: a real scheduler and workers in processes of their own, on this machine's loopback."""

from __future__ import annotations

import inspect
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import nbformat
import pytest

from srmkit.batch import Case, Run, run_cases, runner, runs_of
from srmkit.batch.index import write_index
from srmkit.batch.rehearsal import Input
from srmkit.batch.runner import make_report
from srmkit.errors import SrmkitError
from srmkit.studies import _found, account_selection

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
import dask  # noqa: E402 - comes with it
from distributed import Client  # noqa: E402

REPORTS = 40
WHOLE = 6  # of them with the notebook of the study, the others with one of two cells
SOME = 16
FAST = {"draws": 64}
CASES = [Case("account_selection", f"places {number}", {**FAST, "capacity": number})
         for number in range(1, REPORTS + 1)]


KILLS = 4  # of workers, at random moments
PIECES = [f"piece {number}" for number in range(6)]
TLS = "DASK_DISTRIBUTED__COMM__TLS__"


@contextmanager
def started(program: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    # under the name of a module, so that it is this environment's
    command = [sys.executable, "-m", f"distributed.cli.dask_{program}", *arguments]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, text=True,
                          env={**os.environ, "PYTHONHASHSEED": "0"}) as process:
        try:
            yield process
        finally:
            process.kill()


@pytest.fixture(autouse=True)
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Several workers that start at once on a busy machine take longer than one would wait for at a desk."""
    monkeypatch.setattr("srmkit.batch.workers.PATIENCE", 180)


@pytest.fixture
def scheduler() -> Iterator[str]:
    with a_scheduler("127.0.0.1") as address:
        yield address


@contextmanager
def a_scheduler(host: str) -> Iterator[str]:
    with started("scheduler", "--host", host, "--port", "0", "--no-dashboard") as process:
        assert process.stderr is not None
        said = ""
        for line in process.stderr:
            said += line
            found = re.search(r"(?:tcp|tls)://127\.0\.0\.1:\d+", line)
            if found:
                break
        else:
            pytest.fail(said)
        yield found.group()


@contextmanager
def workers(address: str, folder: Path, names: Sequence[str]) -> Iterator[dict[str, subprocess.Popen[str]]]:
    """Workers without a nanny: a killed one stays dead, and its kernels may be forked."""
    with ExitStack() as stack:
        yield {name: stack.enter_context(started(
            "worker", address, "--host", address.rpartition(":")[0], "--no-nanny", "--no-dashboard", "--nthreads", "1",
            "--name", name, "--local-directory", str(folder))) for name in names}


SHORT = """
    from pathlib import Path
    answer = f"{capacity} places, {1 / capacity:.6f} each"
    Path(export_to, "answer.txt").write_text(answer, encoding="utf-8")
    print(answer)
"""


def make_mostly_short(case: Case, folder: Path, *, shared: Sequence[Input] = ()) -> None:
    """The first cases as they are, the others all of a report's way for a notebook of two cells."""
    with pytest.MonkeyPatch.context() as patched:
        if case.settings["capacity"] > WHOLE:
            patched.setattr(_found, "notebooks_folder", lambda: folder.parents[1] / "notebooks")
        make_report(case, folder, shared=shared)


def write_short_notebook(folder: Path) -> None:
    folder.mkdir()
    new = nbformat.v4.new_code_cell
    cells = [new("capacity = 1\ndraws = 64\nexport_to = ''", metadata={"tags": ["parameters"]}),  # type: ignore[no-untyped-call]
             new(textwrap.dedent(SHORT))]  # type: ignore[no-untyped-call]
    kernel = {"kernelspec": {"name": "python3", "language": "python", "display_name": "Python 3"}}
    notebook = nbformat.v4.new_notebook(cells=cells, metadata=kernel)  # type: ignore[no-untyped-call]
    nbformat.write(notebook, folder / "account_selection.ipynb")  # type: ignore[no-untyped-call]


def results_of(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))["results"]
    return found


def test_forty_reports_are_right_and_there_once_though_a_worker_is_killed(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "reports"
    write_short_notebook(tmp_path / "notebooks")
    monkeypatch.setattr(runner, "make_report", make_mostly_short)
    told: list[Run] = []
    with workers(scheduler, tmp_path, ["kept", "killed"]) as processes:

        def tell(run: Run) -> None:
            told.append(run)
            if len(told) == 4:
                time.sleep(0.5)  # both are in the middle of a report
                processes["killed"].kill()

        runs = run_cases(CASES, place, cluster=scheduler, told=tell)
        assert processes["killed"].wait() < 0
    assert [run.case for run in runs] == CASES
    assert [run.error for run in runs] == [""] * REPORTS
    assert sorted(run.case.name for run in told) == sorted(case.name for case in CASES)

    study = account_selection.run(account_selection.Params.check(CASES[0].settings))
    for run in runs[:WHOLE]:
        study = account_selection.again(study, account_selection.Params.check(run.case.settings))
        assert results_of(run.folder) == study.manifest()["results"], run.case.name
    for run in runs[WHOLE:]:
        places = run.case.settings["capacity"]
        answer = (run.folder / "answer.txt").read_text(encoding="utf-8")
        assert answer == f"{places} places, {1 / places:.6f} each"
        assert answer in (run.folder / "report.html").read_text(encoding="utf-8")
    assert_there_once(place, CASES)


def assert_there_once(place: Path, cases: Sequence[Case]) -> None:
    page = write_index(runs_of(place), place).read_text(encoding="utf-8")
    assert sorted(re.findall(r'href="([^"/]*)/report.html"', page)) == sorted(case.folder for case in cases)
    assert sorted(folder.name for folder in place.iterdir() if folder.is_dir()) == sorted(
        case.folder for case in cases)
    assert not list(place.glob(".*"))


def test_a_scheduler_that_anyone_could_talk_to_is_refused(tmp_path: Path) -> None:
    for address in ("tcp://192.0.2.1:8786", "192.0.2.1:8786", "scheduler.example:8786"):
        with pytest.raises(SrmkitError, match="would send code and data over an open line") as refused:
            run_cases(CASES[:1], tmp_path, cluster=address, make=write_name)
        assert "tls://HOST:PORT" in str(refused.value)


def test_no_scheduler_no_worker_and_another_version_are_told_before_anything_runs(
    scheduler: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("srmkit.batch.workers.PATIENCE", 1)
    with pytest.raises(SrmkitError, match="gave no answer"):
        run_cases(CASES[:1], tmp_path, cluster="tcp://127.0.0.1:9", make=write_name)
    with pytest.raises(SrmkitError, match="has no worker"):
        run_cases(CASES[:1], tmp_path, cluster=scheduler, make=write_name)
    monkeypatch.setattr("srmkit.batch.workers.PATIENCE", 180)
    monkeypatch.setattr("srmkit.batch.workers.package_stamp", lambda: "another version")
    with workers(scheduler, tmp_path, ["one"]), pytest.raises(SrmkitError, match="has another version of srmkit"):
        run_cases(CASES[:1], tmp_path, cluster=scheduler, make=write_name)
    assert not (tmp_path / CASES[0].folder).exists()
    assert runs_of(tmp_path) == []


def test_certificates_that_nobody_named_or_that_are_not_there_are_told(tmp_path: Path) -> None:
    with pytest.raises(SrmkitError, match="^batch: 1 problem\n  - address '[^']+' needs certificates"):
        run_cases(CASES[:1], tmp_path, cluster="tls://127.0.0.1:9", make=write_name)
    missing = {f"distributed.comm.tls.{name}": "no.pem" for name in ("ca-file", "client.cert", "client.key")}
    with dask.config.set(missing), pytest.raises(SrmkitError, match="gave no answer; found .*No such file"):
        run_cases(CASES[:1], tmp_path, cluster="tls://127.0.0.1:9", make=write_name)
    assert runs_of(tmp_path) == []


def write_name(case: Case, folder: Path) -> None:
    (folder / "report.html").write_text(case.name, encoding="utf-8")


@pytest.mark.skipif(shutil.which("openssl") is None, reason="there is no openssl to make certificates with")
def test_a_batch_goes_to_its_workers_over_tls(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", "/CN=localhost", "-keyout", str(key), "-out", str(certificate)],
                   check=True, capture_output=True)
    named = {"ca-file": certificate}
    for who in ("scheduler", "worker", "client"):
        named |= {f"{who}.key": key, f"{who}.cert": certificate}
    for name, file in named.items():  # for the scheduler and the workers
        monkeypatch.setenv(f"{TLS}{name.replace('.', '__').replace('-', '_').upper()}", str(file))
    ours = {f"distributed.comm.tls.{name}": str(file) for name, file in named.items()}
    with dask.config.set(ours), a_scheduler("tls://127.0.0.1") as address:
        assert address.startswith("tls://")
        with workers(address, tmp_path, ["one", "other"]):
            runs = run_cases(CASES[:6], tmp_path / "reports", cluster=address, make=write_name)
        assert [(run.folder / "report.html").read_text(encoding="utf-8") for run in runs] == [
            case.name for case in CASES[:6]]


def test_what_is_done_asks_no_cluster(tmp_path: Path) -> None:
    run_cases(CASES[:2], tmp_path, make=write_name)
    again = run_cases(CASES[:2], tmp_path, resume=True, cluster="tcp://127.0.0.1:9")
    assert [run.unchanged for run in again] == [True, True]


def end_the_worker(case: Case, folder: Path) -> None:
    if case.settings["capacity"] == 2:
        os._exit(9)
    write_name(case, folder)


def test_a_case_that_no_worker_survives_fails_and_stops_no_other(scheduler: str, tmp_path: Path) -> None:
    with workers(scheduler, tmp_path, [f"worker {number}" for number in range(5)]):
        runs = run_cases(CASES[:4], tmp_path / "reports", cluster=scheduler, make=end_the_worker)
    assert [run.state for run in runs] == ["done", "failed", "done", "done"]
    assert "all those workers died while running it" in runs[1].error
    assert "workers died" in (runs[1].folder / "error.txt").read_text(encoding="utf-8")


def write_slowly(case: Case, folder: Path) -> None:
    for piece in PIECES:
        with (folder / "report.html").open("a", encoding="utf-8") as page:
            page.write(f"{case.settings['capacity']} {piece}\n")
        time.sleep(0.05)


def test_workers_killed_at_random_moments_cost_no_report_and_leave_none_twice(scheduler: str, tmp_path: Path) -> None:
    moments = random.Random(11)
    place, names = tmp_path / "reports", (f"worker {number}" for number in range(100))
    told: list[Run] = []
    killed = 0
    with ExitStack() as stack, ThreadPoolExecutor(1) as apart:

        def more(count: int) -> list[subprocess.Popen[str]]:
            return list(stack.enter_context(workers(scheduler, tmp_path, [next(names) for _ in range(count)])).values())

        alive = more(2)
        batch = apart.submit(run_cases, CASES, place, cluster=scheduler, told=told.append, make=write_slowly)
        while not batch.done():
            time.sleep(moments.uniform(0, 0.6))
            if told and killed < KILLS and not batch.done():
                alive.pop(moments.randrange(len(alive))).kill()
                killed += 1
                alive += more(1)
        runs = batch.result()
        assert killed == KILLS
        assert all(run.state == "done" or "workers died" in run.error for run in runs)
        assert sum(run.state == "failed" for run in runs) <= 1  # more than three deaths while one case is made
        assert sorted(run.case.name for run in told) == sorted(case.name for case in CASES)
        runs = run_cases(CASES, place, cluster=scheduler, resume=True, make=write_slowly)
    for run in runs:
        whole = [f"{run.case.settings['capacity']} {piece}" for piece in PIECES]
        assert (run.folder / "report.html").read_text(encoding="utf-8").splitlines() == whole
    assert_there_once(place, CASES)


DRIVER = f"""
import sys, time
from pathlib import Path
from srmkit.batch import Case, run_cases
PIECES = {PIECES}
{inspect.getsource(write_slowly)}
cases = [Case("account_selection", f"places {{number}}", {{"draws": 64, "capacity": number}})
         for number in range(1, {SOME} + 1)]
run_cases(cases, sys.argv[1], cluster=sys.argv[2], resume=True, make=write_slowly)
"""


def test_drivers_killed_at_random_moments_leave_the_workers_free_and_the_next_one_completes_the_set(
    scheduler: str, tmp_path: Path
) -> None:
    moments = random.Random(3)
    place = tmp_path / "reports"
    command = [sys.executable, "-c", DRIVER, str(place), scheduler]
    made: set[Path] = set()
    with workers(scheduler, tmp_path, ["one", "other"]), Client(scheduler) as watch:  # type: ignore[no-untyped-call]
        for _ in range(3):
            with subprocess.Popen(command) as driver:
                while driver.poll() is None and not published(place) - made:
                    time.sleep(0.02)
                time.sleep(moments.uniform(0, 0.4))
                driver.kill()
            assert driver.returncode == -signal.SIGKILL
            made = published(place)
            assert all(page.read_text(encoding="utf-8").count("\n") == len(PIECES) for page in made)
        assert 3 <= len(made) < SOME
        told: list[Run] = []
        runs = run_cases(CASES[:SOME], place, cluster=scheduler, resume=True, told=told.append, make=write_slowly)
        assert sum(not run.unchanged for run in told) == SOME - len(made)
        deadline = time.monotonic() + 10
        while (held := watch.run_on_scheduler(tasks_of)) and time.monotonic() < deadline:
            time.sleep(0.1)
        assert held == []
        assert not any(watch.run(results_kept).values())
    for run in runs:
        whole = [f"{run.case.settings['capacity']} {piece}" for piece in PIECES]
        assert (run.folder / "report.html").read_text(encoding="utf-8").splitlines() == whole
    assert_there_once(place, CASES[:SOME])


def published(place: Path) -> set[Path]:
    return {page for page in place.glob("*/report.html") if not page.parent.name.startswith(".")}


def tasks_of(dask_scheduler: Any) -> list[str]:
    return list(dask_scheduler.tasks)


def results_kept(dask_worker: Any) -> list[str]:
    return list(dask_worker.data)
