"""What-if: move a control, see table and chart follow, take the settings along."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from html import escape
from typing import Any, ClassVar, Protocol

import ipywidgets as w
import pandas as pd

from srmkit.decisions.changed_settings import differing
from srmkit.decisions.params import StudyParams, language_of, name_said
from srmkit.decisions.saved_cases import save_case
from srmkit.errors import SrmkitError
from srmkit.language import Language, marked, say, speaking, speaks
from srmkit.scoring import Scorecard
from srmkit.stopping import TakesLong, at_once
from srmkit.studies import again_of
from srmkit.widgets.compare import because_of, sentence, what_differs, who_moves
from srmkit.widgets.failing import alert, told
from srmkit.widgets.first_look import first_look, of_first_look
from srmkit.widgets.form import Form
from srmkit.widgets.history import History
from srmkit.widgets.pointing import Copying, Pointing
from srmkit.widgets.resting import Resting
from srmkit.widgets.trial import Trial
from srmkit.widgets.views import View, moves_html, reasons_html, view_of
from srmkit.widgets.weights import WeightPanel

CASES = "cases.toml"  # beside the notebook
MOST_KNOWN = 3
SOON = 5.0  # seconds: what takes longer is measured only where somebody asked for it
WHY, WHO_MOVES = 0, 1  # the parts below the table
MEASURING = marked("The data are being measured for these settings; until then the picture is that of the settings "
                   "before.")
READING = marked("The data of these settings are being read; until then the picture is that of the settings before.")
SHEET_FOLLOWS = marked("These reasons are those of the settings before; the new ones follow when the hand rests.")
SHEET_FAILED = marked("These reasons are those of the settings before; the new ones could not be worked out.")
MORE_FOLLOWS = marked("The smallest changes of its figures are looked for when the hand rests.")
MORE_FAILED = marked("The smallest changes of its figures could not be worked out.")


class Study(Protocol):
    """A study's result, as far as the explorer needs it."""

    @property
    def params(self) -> StudyParams: ...

    @property
    def weighted(self) -> Scorecard | None: ...

    ranked: ClassVar[bool]


@dataclass(frozen=True)
class Settings:
    """Shown in place of the controls where nobody can move them: how to repeat this run."""

    text: str

    def __repr__(self) -> str:
        return self.text


@dataclass(frozen=True)
class Look:
    """A study and what is on show of it: the study itself, or the same with fewer draws."""

    study: Any
    shown: Any
    view: View


@speaks
class Explorer:
    """Controls beside table and chart of one study; `pinned` is the study compared with.

    `study` has the settings of the controls. What is on show, `shown`, is the same study: with thousands of
    candidates first with fewer draws, and said so, and with all of them as soon as the hand rests. A setting for which
    data are measured or read anew is answered at rest, too: until then the picture, `study` and `shown` stay those of
    before, and say so. While the new picture is looked at, the same step once more is measured ahead. Data that were
    read stay as they are until a setting names others.
    """

    def __init__(self, study: Study) -> None:
        self.study: Any = study
        self._begin(study)

    @property
    def language(self) -> Language:
        """What is spoken beside and under the controls: the language of the study."""
        return language_of(self.study.params)

    def _begin(self, study: Study) -> None:
        self.shown: Any = study
        self.pinned: Any = study
        self._pinned_shown: Any = study
        self._drawing = Resting()
        self._measuring = Resting(behind=self._drawing)
        self._searching = Resting(behind=self._drawing)
        self._comparing = Resting(behind=self._drawing)
        self._going_on = Resting(behind=self._drawing)
        self._at_rest = self._drawing, self._measuring, self._searching, self._comparing, self._going_on
        self._sheet = ""  # the reasons on show, without a word that others follow
        self._explained: tuple[Any, str] = (None, "")  # the study and the name that these reasons are about
        self._sheet_owed = False  # whether more of the open reasons is to be shown at the next rest
        self._moves_owed = False  # whether more of who moves is to be shown at the next rest
        self._notice = ""  # why the controls stand elsewhere than the picture: a move is under way, or was refused
        self._took = 0.0  # seconds of the last measuring
        self.seconds = 0.0
        self._again: Callable[[Any, Any], Any] = again_of(study.params.study)
        self._known: list[Any] = [study]  # one for each of the last few settings of the data, what was measured at hand
        self._history = History(study.params)
        self.form = Form(study.params, self.update, elsewhere=["weights", "language"])
        card = study.weighted
        self.weights = None if card is None else WeightPanel(card, self._weigh, axes=study.ranked)
        self.chart = Pointing()
        self.table = Pointing()
        self.status = w.HTML()
        self.paste = Copying(words=[say("copy"), say("copied")])
        self.case = w.Text(placeholder=say("name of the case"), layout=w.Layout(width="220px"))
        self.saved = w.HTML()
        self.moves = w.HTML()
        self.reasons = w.HTML()
        self.candidate = w.Combobox(placeholder=say("type a name"), description=say("candidate"),
                                    continuous_update=False, layout=w.Layout(width="420px"))
        self.undo, self.redo, self.pin, self.save = (
            w.Button(description=words, tooltip=tip, icon=icon, layout=w.Layout(width="auto", min_width="110px"))
            for words, tip, icon in (
                (say("undo"), say("take the last step back"), "undo"), (say("redo"), say("take it again"), "repeat"),
                (say("pin"), say("compare what follows with the settings as they stand now"), "map-pin"),
                (say("save as case"), say("add these settings to {file}, for a batch", file=CASES), "save"),
            )
        )
        self.undo.on_click(lambda _: self.form.show(self._history.undo()))
        self.redo.on_click(lambda _: self.form.show(self._history.redo()))
        self.pin.on_click(lambda _: self._pin())
        self.save.on_click(lambda _: self._save())
        for pointed in (self.chart, self.table):
            pointed.observe(lambda change: self._point(change["new"]), names="chosen")
        self.candidate.observe(lambda _: self._show_more(), names="value")
        self.more = w.Accordion(
            [w.VBox([self.candidate, self.reasons]), self.moves],
            titles=(say("Why? One candidate's reasons"), say("Who moves? Against the pinned settings")),
            selected_index=None,
        )
        self.more.observe(lambda _: self._show_more(), names="selected_index")
        for name in ("chart", "table", "status", "paste", "moves", "reasons", "candidate", "undo", "redo", "pin",
                     "case", "save", "saved"):
            getattr(self, name).add_class(f"srm-{name}")
        self._show(study, view_of(study))
        self.box = self._arranged()
        # what a first look draws is the same after most moves: drawn while nobody waits, the first one is no slower
        self._drawing.ahead(lambda: view_of(first_look(study, self._again)))

    def update(self) -> None:
        """Run the study with the controls as they stand; on an error the last good picture stays."""
        started = time.perf_counter()
        for part in self._at_rest:
            part.stop()
        params = None
        try:
            params = self.form.params()
            with at_once():
                study = self._at(params)
            look = self._look(study)
        except TakesLong:
            self._measure(params)
            return
        except Exception as error:
            self._refuse(params, error)
            return
        self._arrive(look)
        self.seconds = time.perf_counter() - started

    def _at(self, params: Any) -> Any:
        """The study in other settings."""
        return self._again(self._nearest(params), params)

    def _nearest(self, params: Any) -> Any:
        """Of the studies at hand one that has measured the same, else one that has read the same, else the last."""
        known = (self.study, self.pinned, *self._known)
        read = next((one for one in known if one.params.same_data(params)), self.study)
        return next((one for one in known if one.params.same_evidence(params)), read)

    def _look(self, study: Any) -> Look:
        """What is to be seen of a study first."""
        shown = first_look(study, self._again)
        return Look(study, shown, view_of(shown))

    def _measure(self, params: Any) -> None:
        """When the hand rests: the look at settings for which data are measured or read; nothing to keep until then."""
        self.form.mark(None)
        why = MEASURING if params.same_data(self._nearest(params).params) else READING
        self._notice = f'<div role="status">{escape(say(why))}</div>'
        self._stand(params)
        self._measuring.then(lambda: self._measured(params), self._arrive, lambda error: self._refuse(params, error))

    def _measured(self, params: Any) -> Look:
        started = time.perf_counter()
        look = self._look(self._at(params))
        self._took = time.perf_counter() - started
        return look

    def _arrive(self, look: Look) -> None:
        """Put up what a move led to."""
        self._searching.stop()  # of who was chosen meanwhile, in the picture before
        self.form.mark(None)
        self._notice = ""
        before, study = self.study, look.study
        self.study = study
        self._know(study)
        self._history.add(study.params)
        if self.weights is not None:
            self.weights.show(study.weighted)
        self._show(look.shown, look.view)
        self._explained, self._sheet_owed = (None, ""), bool(self._asked())
        self.reasons.value = _noted(SHEET_FOLLOWS, self._sheet) if self._sheet_owed else self._nobody()
        self._show_rest()
        self._go_on(before.params)

    def _know(self, study: Any) -> None:
        """Keep what a study has measured at hand, in place of what was asked for longest ago."""
        others = [one for one in self._known if not one.params.same_evidence(study.params)]
        self._known = [*others[1 - MOST_KNOWN:], study]

    def _go_on(self, before: Any) -> None:
        """Measure ahead what one more step the same way needs, where that does not take long."""
        params = self.study.params
        if params.same_evidence(before) or self._took >= SOON or not self._going_on.can_wait:
            return
        moved = differing(before, params)
        if len(moved) != 1 or type(getattr(params, moved[0])) is not int:
            return
        further = 2 * getattr(params, moved[0]) - getattr(before, moved[0])
        with suppress(SrmkitError):  # beyond the limits of the setting
            following = type(params).check(params.model_dump() | {moved[0]: further})
            self._going_on.then(lambda: self._look(self._at(following)), lambda look: self._know(look.study),
                                lambda _: None)  # what fails will fail again when it is asked for

    def _refuse(self, params: Any, error: Exception) -> None:
        """Say why a move was not made; what is on show stays, and still gets what it lacks."""
        why = told(error)
        self.form.mark(why)
        self._notice = alert(why, self.form.in_its_words)
        self._stand(params)
        self._show_rest()
        if self._moves_owed:
            self._compare()

    def _stand(self, params: Any) -> None:
        """The controls stand elsewhere than the picture: undo brings them back."""
        self._history.stand(params)
        self._tell()
        self._enable()

    def _show_rest(self) -> None:
        """When the hand rests: the view with all draws, and the reasons that lie open with what only a search finds."""
        study = self.study
        if self.shown is not study:
            self._drawing.then(lambda: view_of(study), lambda view: self._show(study, view), self._fail_to_draw)
        if self._sheet_owed:
            self._search()

    def _search(self) -> None:
        """The open reasons with all draws, and with what only a search finds, when the picture has all draws."""
        study, asked = self.study, self._asked()
        self._sheet_owed = True
        self._searching.then(lambda: self._sheet_of(study, asked), lambda sheet: self._put_up(study, asked, sheet),
                             self._fail_to_explain)

    async def at_rest(self) -> None:
        """Return when all draws are on show and nothing more is under way."""
        while any(part.busy for part in self._at_rest):
            for part in self._at_rest:
                await part.over()

    def _arranged(self) -> w.HBox:
        steps = w.HBox([self.undo, self.redo, self.pin])
        weights = [] if self.weights is None else [
            w.Accordion([w.VBox([self.form.wrong["weights"], self.weights.box])], titles=(say("Weights"),),
                        selected_index=None)]
        words = escape(say("Settings to paste into the parameters cell:"))
        take = w.VBox([w.HTML(f"<p>{words}</p>"), self.paste, w.HBox([self.case, self.save]), self.saved])
        left = w.VBox([steps, self.form.box, *weights, take], layout=w.Layout(width="420px"))
        right = w.VBox([self.status, self.chart, self.table, self.more],
                       layout=w.Layout(flex="1 1 560px", min_width="0"))
        return w.HBox([left, right], layout=w.Layout(flex_flow="row wrap", grid_gap="16px")).add_class("srm-explorer")

    def _weigh(self, points: dict[str, float]) -> None:
        weights = self.form.controls["weights"]
        weights.value = json.dumps(json.loads(weights.value) | points)  # with those whose move is still under way

    def _pin(self) -> None:
        self._comparing.stop()
        self.pinned, self._pinned_shown = self.study, self.shown
        self._show_more()

    def _point(self, name: str) -> None:
        """Show the reasons of who was pointed at; both pictures mark it."""
        if not name:
            return
        self.chart.chosen = self.table.chosen = name
        if self.candidate.value != name:
            self.candidate.value = name  # where the sheet lies open, it follows
        self.more.selected_index = WHY
        self.table.send({"look_at": ".srm-candidate"})

    def _save(self) -> None:
        try:
            save_case(CASES, self.case.value, self.study.params)
        except (SrmkitError, OSError) as error:
            self.saved.value = alert(error)
            return
        self.saved.value = f"<p>{escape(say('{case} is in {file}.', case=self.case.value, file=CASES))}</p>"

    def _show(self, shown: Any, view: View) -> None:
        self.shown, self._view = shown, view
        if shown is self.pinned:
            self._pinned_shown = shown
        self.chart.value = view.chart.html()
        self.table.value = view.table._repr_html_()
        self._tell()
        self.paste.value = self.study.params.paste()
        self._enable()
        names = tuple(self.study.candidate_ids())
        if names != self.candidate.options:  # thousands of names are not checked and sent again at each move
            self.candidate.options = names
        if self.more.selected_index == WHO_MOVES:
            self._compare()

    def _enable(self) -> None:
        """Buttons that have something to do; there is nothing to keep while the controls stand elsewhere."""
        self.undo.disabled, self.redo.disabled = not self._history.can_undo, not self._history.can_redo
        self.pin.disabled = self.save.disabled = bool(self._notice)

    def _tell(self, failure: str = "") -> None:
        """The answer in a sentence, under why it is of settings before, and over why it is not all sure."""
        self.status.value = (f"{self._notice}<p>{escape(self._view.sentence)}</p>"
                             f"{of_first_look(self.shown, self.study, failed=bool(failure))}{failure}")

    def _fail_to_draw(self, error: Exception) -> None:
        """The other draws cannot be had: the first look stays, and says so."""
        why = told(error)
        if not self._notice:
            self.form.mark(why)
        self._tell(alert(why))

    def _fail_to_explain(self, error: Exception) -> None:
        """The reasons cannot be had: those on show stay, and say what they are."""
        self._sheet_owed = False
        what = MORE_FAILED if self._explained[0] is self.shown else SHEET_FAILED
        self.reasons.value = alert(error) + (_noted(what, self._sheet) if self._sheet else "")

    def _show_more(self) -> None:
        """What is folded up costs nothing: only the open part follows."""
        if self.more.selected_index == WHY:
            self._explain()
        elif self.more.selected_index == WHO_MOVES:
            self._compare()

    def _explain(self) -> None:
        """The reasons of who was chosen; at once those that need no search."""
        asked, shown = self._asked(), self.shown
        if asked and self._explained[0] is shown and self._explained[1] == asked:
            return
        self._searching.stop()
        self._sheet = ""  # another's reasons do not stand in for these
        try:
            if not asked:
                self._put_up(shown, asked, self._nobody())
                return
            if not self._searching.can_wait:
                self._put_up(shown, asked, self._sheet_of(shown, asked))
                return
            sheet = shown.reasons(shown.candidate_ids()[asked], searched=False)
            self._put_up(shown, asked, reasons_html(sheet))
        except Exception as error:
            self._fail_to_explain(error)
            return
        if not sheet.whole:
            self.reasons.value = _noted(MORE_FOLLOWS, self._sheet)
        if not sheet.whole or shown is not self.study:
            self._search()

    def _put_up(self, study: Any, asked: str, sheet: str) -> None:
        self._sheet = self.reasons.value = sheet
        self._explained, self._sheet_owed = (study, asked), False

    def _asked(self) -> str:
        """Whose reasons lie open; empty for nobody's."""
        known = self.more.selected_index == WHY and self.candidate.value in self.study.candidate_ids()
        return self.candidate.value if known else ""

    def _nobody(self) -> str:
        """In place of reasons: that nobody has the name that was typed."""
        name = self.candidate.value
        words = say("No candidate is called '{name}'.", name=name) if name and self.more.selected_index == WHY else ""
        return f"<p>{escape(words)}</p>" if words else ""

    @staticmethod
    def _sheet_of(study: Any, asked: str) -> str:
        return reasons_html(study.reasons(study.candidate_ids()[asked])) if asked else ""

    def _compare(self) -> None:
        self._comparing.stop()
        self._moves_owed = False
        pinned, study, shown = self.pinned, self.study, self.shown
        if pinned.params == study.params:
            self.moves.value = f"<p>{escape(say('Nothing has been changed since the settings were pinned.'))}</p>"
            return
        changed = differing(pinned.params, study.params)

        def show(moves: pd.DataFrame) -> None:
            self._moves_owed = False
            self.moves.value = moves_html(moves, sentence(moves, what_differs(pinned.params, study.params)))

        def fail(error: Exception) -> None:
            self._moves_owed = False
            self.moves.value = alert(error)

        try:
            moves = who_moves(self._pinned_shown.glance(), shown.glance())
            show(moves)
        except Exception as error:
            fail(error)
            return
        because = len(changed) > 1 and not moves.empty  # of one setting there is nothing to say that is not said above
        before = pinned if shown is study else self._pinned_shown  # beside all draws, all of the pinned, too

        def whole() -> pd.DataFrame:
            moves = who_moves(before.glance(), shown.glance())
            return because_of(moves, self._alone(pinned, study, changed)) if because else moves

        def show_whole(moves: pd.DataFrame) -> None:
            self._pinned_shown = before
            show(moves)

        if because or before is not self._pinned_shown:
            self._moves_owed = True
            self._comparing.then(whole, show_whole, fail)

    def _alone(self, pinned: Any, study: Any, changed: Sequence[str]) -> dict[str, pd.DataFrame]:
        """Who stands where when only one of the changed settings is, by what the form calls it.

        One that is not allowed alone is left out.
        """
        glances = {}
        for name in changed:
            with suppress(SrmkitError):
                values = pinned.params.model_dump() | {name: getattr(study.params, name)}
                run = self._at(type(pinned.params).check(values))
                called = name_said(name, type(study.params).model_fields[name])
                glances[called] = first_look(run, self._again).glance()
        return glances

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.box._repr_mimebundle_(**kwargs)


def _noted(words: str, sheet: str) -> str:
    """A sheet under what is said about it."""
    return f"<p><em>{escape(say(words))}</em></p>{sheet}"


def explore(study: Any, *, run: Callable[[Any], Any] | None = None) -> Explorer | Trial | Settings:
    """Controls for a person at a notebook; the settings as text where nobody is there to move them.

    `study` is the result of one of our studies. Of a study of your own, `run` makes a result of settings: with it the
    controls are a form beside the answer and the first table.
    """
    if somebody_is_there():
        return Explorer(study) if run is None else Trial(study, run)
    with speaking(language_of(study.params)):
        return Settings(f"{say('Settings of this run:')}\n{study.params.paste()}")


def somebody_is_there() -> bool:
    """Whether a person can move a control: in JupyterLab, Notebook or Voilà, not in a batch.

    The environment variable SRMKIT_MODE (`explore` or `batch`) decides where it is set.
    """
    mode = os.environ.get("SRMKIT_MODE", "")
    if mode:
        return mode == "explore"
    return "JPY_SESSION_NAME" in os.environ or any(name.startswith("VOILA_") for name in os.environ)
