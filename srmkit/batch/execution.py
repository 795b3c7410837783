"""One notebook executed in a kernel of its own, by papermill, and written once: complete, or as far as it came."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import papermill
from jupyter_core.utils import ensure_event_loop
from papermill.engines import NBClientEngine, papermill_engines

from srmkit.batch.kernels import kernel_manager

ENGINE = "srmkit"


class _WritingOnce(NBClientEngine):  # type: ignore[misc]
    """papermill's own engine; it would write the whole notebook twice a cell, a third of the driver's work."""

    @classmethod
    def execute_managed_notebook(cls, nb_man: Any, kernel_name: str, **options: Any) -> None:
        place, nb_man.output_path = nb_man.output_path, None
        try:
            super().execute_managed_notebook(nb_man, kernel_name, **options)
        finally:
            nb_man.output_path = place  # what follows writes it, also where a cell failed or the kernel died


papermill_engines.register(ENGINE, _WritingOnce)


def execute(source: Path, notebook: Path, settings: Mapping[str, Any]) -> None:
    """Execute `source` with these parameters and write it to `notebook`, with its outputs, also where it fails."""
    try:
        papermill.execute_notebook(
            source,
            notebook,
            parameters=dict(settings),
            engine_name=ENGINE,
            kernel_name="python3",
            progress_bar=False,
            shutdown_kernel="immediate",
            kernel_manager_class=kernel_manager(),
        )
    finally:
        loop = ensure_event_loop()
        if not loop.is_running():
            loop.close()  # the one that papermill made for this thread
