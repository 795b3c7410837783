"""A real browser, and a real JupyterLab in it, for the tests that look as a user does."""

from __future__ import annotations

import json
import os
import secrets
import shlex
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

from srmkit.places import notebooks_folder

SETTINGS = {
    # without it a dialog that asks for a kernel swallows "run all"
    "@jupyterlab/notebook-extension/tracker.jupyterlab-settings": {"autoStartDefaultKernel": True},
    "@jupyterlab/apputils-extension/notification.jupyterlab-settings": {"fetchNews": "false", "checkForUpdates": False},
}
PLACES = ("JUPYTER_CONFIG_DIR", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTERLAB_SETTINGS_DIR",
          "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")


READY = """() => {
    const panel = window.jupyterapp?.shell?.currentWidget;
    const kernel = panel?.sessionContext?.session?.kernel;
    return Boolean(panel?.sessionContext?.isReady && kernel?.connectionStatus === 'connected'
                   && kernel?.status === 'idle');
}"""
SAID = """async code => {
    const kernel = window.jupyterapp.shell.currentWidget.sessionContext.session.kernel;
    const request = kernel.requestExecute({ code, store_history: false });
    let said = "";
    request.onIOPub = ({ header, content }) => {
        if (header.msg_type === "stream") said += content.text;
        if (header.msg_type === "error") said += content.traceback.join("\\n");
    };
    await request.done;
    return said;
}"""


@dataclass(frozen=True)
class Lab:
    """A running JupyterLab: its address, its token, and the folder that it shows."""

    address: str
    token: str
    root: Path

    def of(self, notebook: str) -> str:
        """Address of a notebook in a fresh workspace."""
        return f"{self.address}/lab/workspaces/{secrets.token_hex(4)}/tree/{notebook}.ipynb?token={self.token}"

    def run_all(self, page: Page, notebook: str) -> None:
        """Open a notebook and begin to run all its cells."""
        page.goto(self.of(notebook))
        page.wait_for_function("() => window.jupyterapp !== undefined")
        page.evaluate("() => window.jupyterapp.restored")
        page.wait_for_function(READY)
        page.evaluate("() => window.jupyterapp.commands.execute('notebook:run-all-cells')")

    def said(self, page: Page, code: str) -> str:
        """What these lines print in the kernel of the notebook on show."""
        return str(page.evaluate(SAID, code))


@pytest.fixture(scope="session")
def browser(chromium: Path) -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=str(chromium), args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def requests_made(page: Page) -> list[str]:
    """Addresses outside this machine that the page asked for; none of them is let through."""
    made: list[str] = []

    def answer(route: Route) -> None:
        address = route.request.url
        if address.startswith(("http://127.0.0.1", "ws://127.0.0.1", "data:", "blob:", "file:")):
            route.continue_()
        else:
            made.append(address)
            route.abort()

    page.context.route("**/*", answer)
    return made


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    context.set_default_timeout(90_000)
    yield context.new_page()
    context.close()


@pytest.fixture
def words_of(page: Page) -> Callable[[str], str]:
    """The text of a table as this browser shows it."""

    def words(html: str) -> str:
        other = page.context.new_page()
        other.set_viewport_size({"width": 780, "height": 1000})
        other.set_content(html)
        text = other.locator("body").inner_text()
        other.close()
        return text

    return words


@pytest.fixture(scope="session")
def lab(chromium: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lab]:
    """One JupyterLab for all tests, on copies of the notebooks, with settings of its own."""
    port, token = _free_port(), secrets.token_hex(16)
    options = ["--no-browser", "--allow-root", "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
               f"--IdentityProvider.token={token}", "--LabApp.expose_app_in_browser=True", "--ServerApp.root_dir=."]
    address = f"http://127.0.0.1:{port}"
    root = tmp_path_factory.mktemp("lab")
    with _serving("jupyterlab", options, f"{address}/api/status?token={token}", root):
        yield Lab(address, token, root)


@pytest.fixture(scope="session")
def app(chromium: Path, repository: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of the notebooks served as pages, with the options of `make app`."""
    port = _free_port()
    recipe = (repository / "Makefile").read_text(encoding="utf-8").split("voila notebooks ")[1].split("\n\n")[0]
    options = [".", *shlex.split(recipe.replace("\\\n", " ")), "--Voila.ip=127.0.0.1", f"--port={port}"]
    address = f"http://127.0.0.1:{port}"
    with _serving("voila", options, address, tmp_path_factory.mktemp("app")):
        yield address


@contextmanager
def _serving(program: str, options: Sequence[str], ready: str, root: Path) -> Iterator[None]:
    """A server on copies of the notebooks, up when the address `ready` answers."""
    for notebook in notebooks_folder().glob("*.ipynb"):
        shutil.copy(notebook, root)
    places = {name: str(root / ".jupyter" / name.lower()) for name in PLACES}
    for name, content in SETTINGS.items():
        file = Path(places["JUPYTERLAB_SETTINGS_DIR"]) / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(content), encoding="utf-8")
    with (root / "server.log").open("w") as log:
        server = subprocess.Popen([sys.executable, "-m", program, *options], env={**os.environ, **places},
                                  stdout=log, stderr=subprocess.STDOUT, cwd=root)
        try:
            _wait_for(ready, root / "server.log", server)
            yield
        finally:
            server.terminate()
            server.wait(20)


@pytest.fixture(scope="session")
def pictures(repository: Path) -> Path:
    """Where screenshots go, to be looked at."""
    folder = repository / "reports" / "screenshots"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(address: str, log: Path, server: subprocess.Popen[Any]) -> None:
    until = time.monotonic() + 90
    while time.monotonic() < until and server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except (URLError, OSError):
            time.sleep(0.25)
    pytest.fail(f"The server did not start:\n{log.read_text(encoding='utf-8')[-3000:]}")
