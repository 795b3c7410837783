"""A form built from a study's settings: one control a setting, with its limits, unit and meaning."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from html import escape
from typing import Any

import ipywidgets as w
from pydantic.fields import FieldInfo

from srmkit.decisions.params import (
    StudyParams,
    choices_of,
    limits_of,
    meaning_of,
    name_of_group,
    name_said,
    step_of,
    unit_of,
)
from srmkit.errors import Problem, SrmkitError
from srmkit.language import choice, say
from srmkit.widgets.failing import RED

WIDE = {"description_width": "170px"}
ROOM = w.Layout(width="auto")  # of the column: what is wider is cut off at its edge


class Form:
    """The controls of one study by setting name; `changed` is called after each move of a control.

    Settings in `elsewhere` are kept but get no place in the form: something else moves them.
    """

    def __init__(
        self, params: StudyParams, changed: Callable[[], None], *, elsewhere: Collection[str] = (), selected: int = 1
    ) -> None:
        self._kind = type(params)
        self._changed = changed
        self._quiet = False
        self._last = ""  # the control that was moved last; none after several at once
        self._blamed = "", ""  # an error that names no control, and the control that was moved before it came
        shown = {name: field for name, field in self._kind.settings().items() if name not in params.places}
        self.controls: Mapping[str, w.Widget] = {
            name: control(name, field, getattr(params, name)) for name, field in shown.items()
        }
        self.wrong: Mapping[str, w.HTML] = {name: w.HTML() for name in shown}
        self._hidden = {name: getattr(params, name) for name in params.places if name in self._kind.model_fields}
        for name, item in self.controls.items():
            item.observe(partial(self._moved, name), names="value")
        groups: dict[str, list[w.Widget]] = {}
        for name, field in shown.items():
            if name not in elsewhere:
                groups.setdefault(name_of_group(field), []).extend([self.controls[name], self.wrong[name]])
        self.box = w.Accordion(
            children=[w.VBox(items) for items in groups.values()], titles=tuple(say(group) for group in groups),
            selected_index=selected
        )

    def params(self) -> StudyParams:
        """The settings as they stand; SrmkitError names every control that is wrong."""
        values = {name: item.value for name, item in self.controls.items()}
        return self._kind.check(values | self._hidden)

    def show(self, params: StudyParams) -> None:
        """Put all controls to these settings; counts as one move."""
        with self.together():
            for name, item in self.controls.items():
                value = getattr(params, name)
                item.value = json.dumps(value) if isinstance(item, w.Text) and not isinstance(value, str) else value

    @contextmanager
    def together(self) -> Iterator[None]:
        """Several controls moved at once, answered once."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False
        self._last = ""
        self._changed()

    def mark(self, error: SrmkitError | None) -> None:
        """Write what is wrong under the controls it is about, and clear the rest.

        What is about several of them stands under the control that was moved last; what is about none, under the one
        whose move brought it.
        """
        problems = error.problems if error else ()
        named: dict[str, list[Problem]] = {name: [] for name in self.wrong}
        for one in problems:
            about = [name for name in named if f"'{name}'" in one.thing or self._holds(name, one)]
            if self._last and f"'{self._last}'" in f"{one.thing} {one.wrong}":
                about = [self._last]
            for name in about:
                named[name].append(one)
        nameless = str(error) if error and not any(named.values()) else ""
        if nameless != self._blamed[0]:
            self._blamed = nameless, self._last
        if nameless and self._blamed[1]:
            named[self._blamed[1]] = list(problems)
        for name, place in self.wrong.items():
            place.value = "".join(
                f'<p role="alert" style="color:{RED}">{escape(self.in_its_words(str(one)))}</p>' for one in named[name])

    def _holds(self, name: str, problem: Problem) -> bool:
        """Whether the control holds just the text that was found wrong, such as a file that is not there."""
        value = self.controls[name].value
        return isinstance(value, str) and bool(value) and value in (problem.thing.strip("'"), problem.found)

    def in_its_words(self, sentence: str) -> str:
        """The sentence with the settings that stand in quotes called as the form calls them."""
        for name, field in self._kind.settings().items():
            sentence = sentence.replace(f"'{name}'", f"'{name_said(name, field)}'")
        return sentence

    def _moved(self, name: str, _: object) -> None:
        if not self._quiet:
            self._last = name
            self._changed()


def control(name: str, field: FieldInfo, value: Any) -> w.Widget:
    """The control that fits a setting: box to tick, list to choose from, slider, or a line of text."""
    low, high = limits_of(field)
    unit = say(" ({note})", note=say(unit_of(field))) if unit_of(field) else ""
    words: dict[str, Any] = {
        "description": f"{name_said(name, field)}{unit}",
        "tooltip": meaning_of(field),
        "style": WIDE,
        "layout": ROOM,
    }
    made: w.Widget
    if choices_of(field):
        made = w.Dropdown(options=[(choice(one), one) for one in choices_of(field)], value=value, **words)
    elif field.annotation is bool:
        made = w.Checkbox(value=value, indent=True, **words)
    elif field.annotation is int and low is not None and high is not None:
        made = w.IntSlider(value, int(low), int(high), int(step_of(field) or 1), continuous_update=False, **words)
    elif field.annotation is float and low is not None and high is not None:
        step = step_of(field) or (high - low) / 100
        # an empty format writes 50 and 0.5, not 50.00 and 0.50
        made = w.FloatSlider(value, min=low, max=high, step=step, continuous_update=False, readout_format="", **words)
    elif field.annotation in (int, float):
        kind = w.IntText if field.annotation is int else w.FloatText
        made = kind(value=value, continuous_update=False, **words)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        made = w.Text(value=text, continuous_update=False, **words)
    made.add_class(f"srm-{name.replace('_', '-')}")
    return made
