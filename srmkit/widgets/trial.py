"""What-if for a study of your own: move a control, and the study is run again."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import Any

import ipywidgets as w

from srmkit.charts import table, words
from srmkit.decisions import StudyResult
from srmkit.decisions.params import language_of
from srmkit.language import Language, say, speaks
from srmkit.widgets.failing import alert, told
from srmkit.widgets.form import Form
from srmkit.widgets.history import History
from srmkit.widgets.pointing import Copying


@speaks
class Trial:
    """A form beside the answer, the brief and the first table of the study's workbook; `study` is what is on show.

    `run` makes a result of settings. What it refuses stands under the control it is about, and the last good result
    stays.
    """

    def __init__(self, study: StudyResult, run: Callable[[Any], StudyResult]) -> None:
        self.study, self._run = study, run
        self._history = History(study.params)
        self.form = Form(study.params, self.update, selected=0)
        self.shown, self.status = w.HTML(), w.HTML()
        self.paste = Copying(words=[say("copy"), say("copied")])
        self.undo, self.redo = (w.Button(description=say(name), icon=icon, layout=w.Layout(width="auto"))
                                for name, icon in (("undo", "undo"), ("redo", "repeat")))
        self.undo.on_click(lambda _: self.form.show(self._history.undo()))
        self.redo.on_click(lambda _: self.form.show(self._history.redo()))
        self._show(study)
        take = w.VBox([w.HTML(f"<p>{escape(say('Settings to paste into the parameters cell:'))}</p>"), self.paste])
        left = w.VBox([w.HBox([self.undo, self.redo]), self.form.box, take], layout=w.Layout(width="380px"))
        right = w.VBox([self.status, self.shown], layout=w.Layout(flex="1 1 560px", min_width="0"))
        self.box = w.HBox([left, right], layout=w.Layout(flex_flow="row wrap", grid_gap="16px"))

    @property
    def language(self) -> Language:
        """The language of the study."""
        return language_of(self.study.params)

    def update(self) -> None:
        """Run the study with the controls as they stand."""
        params = None
        try:
            params = self.form.params()
            self._show(self._run(params))
        except Exception as problem:  # noqa: BLE001 - whatever a study of one's own does: else it would go unseen
            error = told(problem)
            self.form.mark(error)
            self.status.value = alert(error)
            self._history.stand(params)
            self.undo.disabled = not self._history.can_undo
            return
        self.form.mark(None)
        self.status.value = ""

    def _show(self, study: StudyResult) -> None:
        decision = study.decision()
        title, rows = next(iter(study.tables().items()))
        parts = (words(decision.answer, strong=True), table(decision.brief(), say("In brief")), table(rows, title))
        self.shown.value = "".join(part._repr_html_() for part in parts)
        self.study = study
        self._history.add(study.params)
        self.paste.value = study.params.paste()
        self.undo.disabled, self.redo.disabled = not self._history.can_undo, not self._history.can_redo

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.box._repr_mimebundle_(**kwargs)
