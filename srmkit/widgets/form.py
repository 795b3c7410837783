"""A form built from a study's settings: one control a setting, with its limits, unit and meaning."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

import ipywidgets as w
from pydantic.fields import FieldInfo

from srmkit.decisions.params import (
    StudyParams,
    choices_of,
    label_of,
    limits_of,
    meaning_of,
    name_of_group,
    step_of,
    unit_of,
)

WIDE = {"description_width": "195px"}
ROOM = w.Layout(width="380px")


class Form:
    """The controls of one study by setting name; `changed` is called after each move of a control."""

    def __init__(self, params: StudyParams, changed: Callable[[], None]) -> None:
        self._kind = type(params)
        shown = {name: field for name, field in self._kind.settings().items() if name not in params.places}
        self.controls: Mapping[str, w.Widget] = {
            name: control(name, field, getattr(params, name)) for name, field in shown.items()
        }
        self._hidden = {name: getattr(params, name) for name in params.places}
        for item in self.controls.values():
            item.observe(lambda _: changed(), names="value")
        groups: dict[str, list[w.Widget]] = {}
        for name, field in shown.items():
            groups.setdefault(name_of_group(field), []).append(self.controls[name])
        self.box = w.Accordion(
            children=[w.VBox(items) for items in groups.values()], titles=tuple(groups), selected_index=1
        )

    def params(self) -> StudyParams:
        """The settings as they stand; SrmkitError names every control that is wrong."""
        values = {name: item.value for name, item in self.controls.items()}
        return self._kind.check(values | self._hidden)


def control(name: str, field: FieldInfo, value: Any) -> w.Widget:
    """The control that fits a setting: box to tick, list to choose from, slider, or a line of text."""
    low, high = limits_of(field)
    unit = f" ({unit_of(field)})" if unit_of(field) else ""
    words: dict[str, Any] = {
        "description": f"{label_of(name, field)}{unit}",
        "tooltip": meaning_of(field),
        "style": WIDE,
        "layout": ROOM,
    }
    made: w.Widget
    if choices_of(field):
        made = w.Dropdown(options=choices_of(field), value=value, **words)
    elif field.annotation is bool:
        made = w.Checkbox(value=value, indent=True, **words)
    elif field.annotation is int and low is not None and high is not None:
        made = w.IntSlider(value, int(low), int(high), int(step_of(field) or 1), continuous_update=False, **words)
    elif field.annotation is float and low is not None and high is not None:
        step = step_of(field) or (high - low) / 100
        made = w.FloatSlider(value, min=low, max=high, step=step, continuous_update=False, **words)
    elif field.annotation in (int, float):
        kind = w.IntText if field.annotation is int else w.FloatText
        made = kind(value=value, continuous_update=False, **words)
    else:
        text = value if isinstance(value, str) else json.dumps(value)
        made = w.Text(value=text, continuous_update=False, **words)
    made.add_class(f"srm-{name.replace('_', '-')}")
    return made
