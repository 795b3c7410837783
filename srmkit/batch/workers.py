"""Where the runs of a batch happen: threads of this process, or the workers of a cluster that is there already.

joblib is the only seam: a run is one call, and which machine makes it is joblib's business.
"""

from __future__ import annotations

import ipaddress
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import SplitResult, urlsplit

import joblib

from srmkit.batch.folders import nearest
from srmkit.batch.paper import find_browser
from srmkit.batch.stamp import package_stamp
from srmkit.errors import Problem, Problems, SrmkitError

PATIENCE = 15  # seconds to wait for a scheduler, and for its first worker
SAFE, OPEN = ("tls", "wss"), ("tcp", "ws")  # schemes of addresses, with and without TLS

Answer = TypeVar("Answer")
Call = tuple[Callable[..., Answer], tuple[Any, ...], dict[str, Any]]  # as joblib.delayed makes it


def answers(calls: Iterable[Call[Answer]]) -> Iterator[Answer]:
    """What each call gives back, as they end; made `on_this_machine` or `on_cluster`, whichever is entered."""
    yield from joblib.Parallel(batch_size=1, pre_dispatch="n_jobs", return_as="generator_unordered")(calls)


@contextmanager
def on_this_machine(jobs: int) -> Iterator[None]:
    """Make at most `jobs` answers at a time, in threads: a run's work is done by its kernel, a process of its own."""
    with joblib.parallel_config(backend="threading", n_jobs=jobs):
        yield


@contextmanager
def on_cluster(
    address: str, place: Path, lost: Callable[[Call[Any], BaseException], Any], *, prints: bool = False
) -> Iterator[None]:
    """Make the answers on the workers behind this scheduler, such as `tls://host:8786`, on all their threads.

    A call that the scheduler gives up, because worker after worker died making it, is answered by `lost`.

    Every worker must have this very version of the package and see the folder `place`, or the one in which it will be
    made; and one that `prints` needs a browser. SrmkitError names what is wrong: an address that is none or is open to
    everyone (a scheduler runs whatever it is sent, so only this machine or TLS will do), no scheduler, no worker,
    other code, another disk, or no browser.
    """
    _check_address(address)
    try:
        from distributed import Client
    except ImportError:
        raise SrmkitError("cluster", [Problem("package 'distributed'", "is not installed",
                                              todo='pip install "srmkit[cluster]"')]) from None
    try:
        _check_certificates(address)
        client = Client(address, timeout=PATIENCE)  # type: ignore[no-untyped-call]
    except SrmkitError:
        raise
    except (OSError, TimeoutError, ValueError) as error:
        raise SrmkitError("cluster", [Problem(f"address '{address}'", "gave no answer", str(error),
                                              "Start a scheduler there, or mend the address.")]) from None
    with client:
        _check_workers(client, address, nearest(place), prints)
        with joblib.parallel_config(backend=_answering(client, lost), n_jobs=-1):
            yield


def _answering(client: Any, lost: Callable[[Call[Any], BaseException], Any]) -> Any:
    """joblib's backend, which otherwise tells nobody of a call that was given up, and waits for it for ever."""
    from joblib._dask import DaskDistributedBackend

    class Answering(DaskDistributedBackend):  # type: ignore[misc]
        def submit(self, func: Any, callback: Any = None) -> Any:
            future = super().submit(func, callback)

            def tell(ended: Any) -> None:
                error = ended.exception()
                if error is not None:
                    callback([lost(call, error) for call in func.items])

            future.add_done_callback(tell)
            return future

    return Answering(client=client)


def _check_address(address: str) -> None:
    parts = urlsplit(address if "://" in address else f"tcp://{address}")
    if parts.scheme not in (*SAFE, *OPEN) or not parts.hostname or not _has_port(parts):
        todo = "Write it as its scheduler says it: tls://HOST:PORT, or tcp://127.0.0.1:PORT on this machine."
        raise SrmkitError("cluster", [Problem("--cluster", "is no address of a scheduler", repr(address), todo)])
    if parts.scheme in SAFE or _is_loopback(parts.hostname):
        return
    todo = "Use a scheduler with certificates (tls://HOST:PORT), or one on this machine (tcp://127.0.0.1:PORT)."
    raise SrmkitError("cluster", [Problem("--cluster", "would send code and data over an open line", address, todo)])


def _has_port(parts: SplitResult) -> bool:
    try:
        return parts.port is not None
    except ValueError:  # no number, or none that a port can have
        return False


def _check_certificates(address: str) -> None:
    from distributed.security import Security

    security: Any = Security()  # type: ignore[no-untyped-call]
    if urlsplit(address).scheme in SAFE and not security.get_connection_args("client").get("ssl_context"):
        where = "DASK_DISTRIBUTED__COMM__TLS__"
        raise SrmkitError("cluster", [Problem(
            f"address '{address}'", "needs certificates, and none are named",
            todo=f"Name their files to dask: {where}CA_FILE, {where}CLIENT__CERT and {where}CLIENT__KEY.")])


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _check_workers(client: Any, address: str, place: Path, prints: bool) -> None:
    from distributed import TimeoutError as TooLate

    try:
        client.wait_for_workers(1, timeout=PATIENCE)
    except TooLate:
        raise SrmkitError("cluster", [Problem(f"scheduler '{address}'", "has no worker",
                                              todo=f"Start one: dask worker {address}")]) from None
    problems = Problems("cluster")
    mark = place / f".seen-{uuid.uuid4().hex}"
    try:
        with suppress(OSError):  # who cannot write there is told by itself
            mark.touch()
        asked = mark if mark.exists() else place
        for worker, seen in client.run(_seen_by_worker, str(asked), prints, on_error="return").items():
            if isinstance(seen, Exception):
                problems.add(f"worker {worker}", "cannot load srmkit", found=f"{type(seen).__name__}: {seen}",
                             todo="Install it there, with the same lock file.")
                continue
            sees, stamp, lacks = seen
            if stamp != package_stamp():
                problems.add(f"worker {worker}", "has another version of srmkit or of what it computes with",
                             todo="Install the same there: the reports would not be comparable.")
            if not sees:
                problems.add(f"worker {worker}", f"does not see the folder '{place}'",
                             todo="Write into a folder that all machines share.")
            problems.extend(replace(problem, thing=f"worker {worker}, {problem.thing}") for problem in lacks)
    finally:
        mark.unlink(missing_ok=True)
    problems.raise_if_any()


def _seen_by_worker(mark: str, prints: bool) -> tuple[bool, str, list[Problem]]:
    lacks = Problems("PDF")
    with lacks.noting():
        if prints:
            find_browser()
    return Path(mark).exists(), package_stamp(), lacks.found
