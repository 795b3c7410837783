"""Kernels forked from a process that has everything imported: a process for each report, without its start-up.

A forked kernel shares nothing with another but what was imported before: variables, random generators,
working folder and environment are its own. Where processes cannot be forked, kernels start afresh.
"""

from __future__ import annotations

import asyncio
import gc
import json
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing import resource_tracker, spawn
from multiprocessing.process import BaseProcess
from typing import Any
from warnings import warn

from jupyter_client.manager import AsyncKernelManager
from jupyter_client.provisioning.local_provisioner import LocalProvisioner

PRELOADED = "srmkit.batch.preloaded"  # what the server imports before it forks
SHARED = "SRMKIT_SHARED_INPUTS"  # how the server hears of them: JSON
CAN_FORK = "forkserver" in multiprocessing.get_all_start_methods()


# one thread for each kernel, so that as many kernels as cores do not fight; equal hashes, equal order; whole tables;
# memory of large arrays is kept for the next ones, not given back to the system and asked for again (GNU's C library)
KEPT_MEMORY = str(256 * 1024**2)
ENVIRONMENT = {"PYTHONHASHSEED": "0", "TQDM_DISABLE": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1",
               "MALLOC_MMAP_THRESHOLD_": KEPT_MEMORY, "MALLOC_TRIM_THRESHOLD_": KEPT_MEMORY, "SRMKIT_IN_REPORT": "1"}
_starting = threading.Lock()


def can_fork() -> bool:
    """Whether this process may fork kernels; one that must not have children starts them afresh."""
    return CAN_FORK and not multiprocessing.current_process().daemon


def start_server(shared: Iterable[tuple[str, str, str]] = ()) -> None:
    """Start the process that kernels are forked from; costs nothing when it runs already or cannot.

    It reads the `shared` inputs (data, column map and language), and its kernels find them in memory.
    """
    if not can_fork():
        return
    from multiprocessing import forkserver

    with _starting, _environment({**ENVIRONMENT, SHARED: json.dumps(list(shared))}), _without_interrupts():
        multiprocessing.get_context("forkserver").set_forkserver_preload([PRELOADED])
        forkserver.ensure_running()


def kernel_manager() -> type[AsyncKernelManager]:
    """What papermill is to start its kernels with, as `kernel_manager_class`."""
    if not can_fork():
        return FreshKernelManager
    start_server()
    return ForkedKernelManager


class FreshKernelManager(AsyncKernelManager):
    """Kernels that start afresh, with the environment that every kernel of a batch has."""

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        options["env"] = {**options.get("env", os.environ), **ENVIRONMENT}
        return await super()._async_pre_start_kernel(**options)

    pre_start_kernel = _async_pre_start_kernel


class ForkedKernelManager(FreshKernelManager):
    """Kernels that are forked from the server."""

    async def _async_pre_start_kernel(self, **options: Any) -> tuple[list[str], dict[str, Any]]:
        if self.provisioner is None:
            self.provisioner = _ForkedProvisioner(
                parent=self, kernel_id=self.kernel_id, kernel_spec=self.kernel_spec
            )
        return await super()._async_pre_start_kernel(**options)

    pre_start_kernel = _async_pre_start_kernel


class _ForkedProvisioner(LocalProvisioner):
    async def launch_kernel(self, cmd: list[str], **options: Any) -> Any:
        process = multiprocessing.get_context("forkserver").Process(
            target=_kernel, args=(cmd[cmd.index("-f"):], dict(options["env"]), options.get("cwd") or os.getcwd()),
            daemon=True,
        )
        try:
            await asyncio.to_thread(_fork, process)
        except (EOFError, OSError) as error:
            warn(f"The server that kernels are forked from has ended ({type(error).__name__}): this kernel starts "
                 "afresh, which takes longer. If every report says so, look at the machine's memory.",
                 RuntimeWarning, stacklevel=2)
            return await super().launch_kernel(cmd, **options)
        self.process = _Handle(process)  # type: ignore[assignment]
        self.pid, self.pgid = process.pid, None
        return self.connection_info


def _fork(process: BaseProcess) -> None:
    """Start a kernel; a server that has died is started again for it, as it was but without the shared inputs."""
    with _starting, _environment(ENVIRONMENT), _without_main(), _without_interrupts():
        process.start()


class _Handle:
    """A forked process with the methods of a started program."""

    stdin = stdout = stderr = None

    def __init__(self, process: BaseProcess) -> None:
        self._process = process
        self.pid = process.pid or 0

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self) -> int | None:
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        try:
            os.killpg(self.pid, number)  # the kernel leads a group of its own, once it runs
        except ProcessLookupError:
            if self._process.is_alive():
                os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


def _kernel(arguments: Sequence[str], environment: Mapping[str, str], folder: str) -> None:
    from ipykernel.kernelapp import IPKernelApp
    from numpy import random

    gc.freeze()  # what was there before the fork outlives this kernel: its collector need not walk over it, nor copy it
    signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    os.setsid()
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    random.seed()  # noqa: NPY002 - else NumPy's old generator would give the same numbers in every fork
    threading.Thread(target=_end_with_the_batch, daemon=True).start()
    sys.argv = ["ipykernel_launcher", *arguments]
    app: Any = IPKernelApp.instance()
    app.initialize([*arguments, f"--IPKernelApp.parent_handle={os.getppid()}"])  # somebody looks after it: no hints
    app.start()


def _end_with_the_batch() -> None:
    batch = multiprocessing.parent_process()
    if batch is not None:
        batch.join()
        os._exit(1)


@contextmanager
def _without_main() -> Iterator[None]:
    """A kernel needs nothing of the program that starts it; else every fork would run that program's file again."""
    usual = spawn.get_preparation_data

    def prepared(name: str) -> dict[str, object]:
        return {key: value for key, value in usual(name).items() if not key.startswith("init_main")}

    spawn.get_preparation_data = prepared
    try:
        yield
    finally:
        spawn.get_preparation_data = usual


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """A server that is started meanwhile hears no Ctrl-C: it ends with the batch, which decides what that means."""
    resource_tracker.ensure_running()  # a part of every server, which would let interrupts through again
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextmanager
def _environment(values: Mapping[str, str]) -> Iterator[None]:
    """These variables for the processes started meanwhile, and what was there before afterwards."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
