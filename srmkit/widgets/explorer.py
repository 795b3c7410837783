"""What-if: move a control, see table and chart follow, take the settings along."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any, Protocol

import ipywidgets as w

from srmkit.decisions.params import StudyParams
from srmkit.errors import SrmkitError
from srmkit.studies import again_of
from srmkit.widgets.form import Form
from srmkit.widgets.views import View, view_of


class Study(Protocol):
    """A study's result, as far as the explorer needs it."""

    @property
    def params(self) -> StudyParams: ...


@dataclass(frozen=True)
class Settings:
    """Shown in place of the controls where nobody can move them: how to repeat this run."""

    text: str

    def __repr__(self) -> str:
        return self.text


class Explorer:
    """Controls beside table and chart of one study; `study` is the result on show."""

    def __init__(self, study: Study) -> None:
        self.study: Any = study
        self.seconds = 0.0
        self._again: Callable[[Any, Any], Any] = again_of(study.params.study)
        self.form = Form(study.params, self.update)
        self.chart = w.HTML()  # and not Image, which has no place for the alternative text
        self.table = w.HTML()
        self.status = w.HTML()
        self.paste = w.HTML()
        self.chart.add_class("srm-chart")
        self.table.add_class("srm-table")
        self.status.add_class("srm-status")
        self.paste.add_class("srm-paste")
        self._show(view_of(self.study))
        left = w.VBox([self.form.box, self.paste], layout=w.Layout(width="380px"))
        right = w.VBox([self.status, self.chart, self.table], layout=w.Layout(flex="1 1 560px", min_width="0"))
        self.box = w.HBox([left, right], layout=w.Layout(flex_flow="row wrap"))

    def update(self) -> None:
        """Run the study with the controls as they stand; on an error the last good picture stays."""
        started = time.perf_counter()
        try:
            study = self._again(self.study, self.form.params())
            view = view_of(study)
        except SrmkitError as error:
            self.status.value = f'<pre role="alert" style="color:#9b1c1c">{escape(str(error))}</pre>'
            return
        self.study = study
        self._show(view)
        self.seconds = time.perf_counter() - started

    def _show(self, view: View) -> None:
        self.chart.value = view.chart.html()
        self.table.value = view.table._repr_html_()
        self.status.value = f"<p>{escape(view.sentence)}</p>"
        self.paste.value = (
            "<p>Settings to paste into the parameters cell:</p>"
            f"<pre>{escape(self.study.params.paste())}</pre>"
        )

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.box._repr_mimebundle_(**kwargs)


def explore(study: Study) -> Explorer | Settings:
    """Controls for a person at a notebook; the settings as text where nobody is there to move them."""
    if somebody_is_there():
        return Explorer(study)
    return Settings(f"Settings of this run:\n{study.params.paste()}")


def somebody_is_there() -> bool:
    """Whether a person can move a control: in JupyterLab, Notebook or Voilà, not in a batch.

    The environment variable SRMKIT_MODE (`explore` or `batch`) decides where it is set.
    """
    mode = os.environ.get("SRMKIT_MODE", "")
    if mode:
        return mode == "explore"
    return "JPY_SESSION_NAME" in os.environ or any(name.startswith("VOILA_") for name in os.environ)
