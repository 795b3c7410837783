"""A batch that is stopped, by Ctrl-C or by a scheduler, says how far it came, and goes on from there."""

from __future__ import annotations

import errno
import os
import re
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from typer.testing import CliRunner

from srmkit.batch import Case, runner, runs_of
from srmkit.batch.kernels import CAN_FORK
from srmkit.cli import app

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals are those of Unix")

CASES = 12
COMMAND = textwrap.dedent("""
    import time
    from srmkit.batch import runner

    def make(case, folder, *, shared=()):
        for piece in range(5):
            time.sleep(0.04)
            with (folder / "report.html").open("a") as page:
                page.write(str(piece))

    runner.make_report = make
    runner.warm_up = lambda shared: None
    runner.check_cases = lambda cases, problems, **_: None  # the cases are right
    from srmkit.cli import app
    app()
""")


def command(folder: Path, *options: str) -> subprocess.Popen[str]:
    script, cases = folder / "command.py", folder / "cases.toml"
    script.write_text(COMMAND, encoding="utf-8")
    cases.write_text("".join(f'[[case]]\nname = "{number}"\ncapacity = {number}\n' for number in range(1, CASES + 1)),
                     encoding="utf-8")
    return subprocess.Popen(
        [sys.executable, str(script), "run", "account_selection", "--cases", str(cases), "--into",
         str(folder / "reports"), "--jobs", "2", *options], stderr=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        start_new_session=True, env={**os.environ, "PYTHONPATH": os.getcwd(), "COLUMNS": "200"})


@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_stopped_batch_leaves_whole_reports_an_index_and_the_way_on(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    place = tmp_path / "reports"
    with command(tmp_path) as stopped:
        assert stopped.stderr is not None
        for line in stopped.stderr:
            if line.startswith("[3/"):
                os.killpg(stopped.pid, number)  # as a terminal and as a scheduler do
                break
        rest = stopped.stderr.read()
    assert stopped.returncode == code
    said = re.search(r"Stopped: (\d+) of 12 runs had ended, and no half report is left: \S*index.html\n", rest)
    assert said
    assert "--resume makes the others" in rest
    assert "Traceback" not in rest
    whole = [folder for folder in place.iterdir() if folder.is_dir()]
    assert all((folder / "report.html").read_text(encoding="utf-8") == "01234" for folder in whole)
    done = [run.folder for run in runs_of(place) if run.state == "done"]
    assert sorted(done) == sorted(whole)
    assert len(done) == int(said[1])
    page = (place / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(r'href="[^"/]*/report.html"', page)) == len(done)
    assert "run again with --resume" in page

    with command(tmp_path, "--resume") as again:
        out, log = again.communicate()
    assert again.returncode == 0
    assert log.count(": unchanged") == len(done)
    assert f"12 of 12 runs done, {len(done)} of them before and unchanged" in out
    assert {run.state for run in runs_of(place)} == {"done"}


def test_a_batch_that_nobody_listens_to_stops_whole(tmp_path: Path) -> None:
    place = tmp_path / "reports"
    with command(tmp_path) as unheard:
        assert unheard.stderr is not None
        assert unheard.stderr.readline() == "checking 12 cases before the first run\n"
        assert unheard.stderr.readline().startswith("[1/")
        unheard.stderr.close()  # as `| head -1` does
    assert unheard.returncode == 141
    done = [run.folder for run in runs_of(place) if run.state == "done"]
    assert 1 <= len(done) < CASES
    assert sorted(done) == sorted(folder for folder in place.iterdir() if folder.is_dir())
    page = (place / "index.html").read_text(encoding="utf-8")
    assert len(re.findall(r'href="[^"/]*/report.html"', page)) == len(done)


def test_a_full_disk_stops_the_batch_with_its_name_and_what_had_ended_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cases, into = tmp_path / "cases.toml", tmp_path / "reports"
    cases.write_text("[grid]\ncapacity = [1, 2, 3, 4]\n", encoding="utf-8")

    def make(case: Case, folder: Path, *, shared: object = ()) -> None:
        if case.settings["capacity"] == 3:
            raise full
        (folder / "report.html").write_text("whole", encoding="utf-8")

    def write(file: Path, text: str, **options: str) -> int:
        if file.name == "error.txt":
            raise full
        return usual(file, text, **options)

    usual, full = Path.write_text, OSError(errno.ENOSPC, "No space left on device")
    monkeypatch.setattr(runner, "make_report", make)
    monkeypatch.setattr(runner, "warm_up", lambda shared: None)
    monkeypatch.setattr(runner, "check_cases", lambda cases, problems, **_: None)
    monkeypatch.setattr(Path, "write_text", write)
    result = CliRunner().invoke(
        app, ["run", "account_selection", "--cases", str(cases), "--into", str(into), "--jobs", "1"])
    assert result.exit_code == 3
    why = "cannot be written any more ([Errno 28] No space left on device)"
    assert f"Stopped because '{into}' {why}: 2 of 4 runs had ended" in result.output
    assert "no half report is left" in result.output
    assert "Traceback" not in result.output
    assert [run.state for run in runs_of(into)].count("done") == 2
    assert not list(into.glob(".*"))
    assert "run again with --resume" in (into / "index.html").read_text(encoding="utf-8")


SERVER = textwrap.dedent("""
    import multiprocessing, os, signal, time
    from srmkit.batch.kernels import start_server
    signal.signal(signal.SIGINT, lambda *_: None)  # what a process ignores, those that it starts ignore as well
    start_server()
    time.sleep(0.5)  # it is importing
    os.killpg(0, signal.SIGINT)
    process = multiprocessing.get_context("forkserver").Process(target=print, args=("it serves",))
    process.start()
    process.join()
""")


@pytest.mark.skipif(not CAN_FORK, reason="this system cannot fork")
def test_the_server_that_kernels_are_forked_from_hears_no_interrupt_as_it_begins() -> None:
    done = subprocess.run([sys.executable, "-c", SERVER], capture_output=True, text=True, start_new_session=True,
                          env={**os.environ, "PYTHONPATH": os.getcwd()}, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "it serves\n", "")
