"""Weights to drag: the others keep their ratios, and locked ones stay where they are."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from html import escape

import ipywidgets as w

from srmkit.language import say
from srmkit.scoring import Scorecard

LEAST = 1e-9


def moved(
    shares: Mapping[str, float], name: str, to: float, locked: Collection[str] = (),
    before: Mapping[str, float] | None = None,
) -> dict[str, float]:
    """Shares after one was moved (0 to 1, sum 1): the free ones fill what is left in their old ratios.

    The moved one takes no more than the locked ones leave; with nobody free it takes just that. Where the free ones
    have nothing, their ratios are those of `before`, of shares that they had; without them they share equally.

    >>> moved({"price": 0.5, "quality": 0.3, "service": 0.2}, "price", 0.75)
    {'price': 0.75, 'quality': 0.15, 'service': 0.1}
    >>> moved({"price": 0.5, "quality": 0.3, "service": 0.2}, "price", 0.6, locked=["quality"])
    {'price': 0.6, 'quality': 0.3, 'service': 0.1}
    >>> moved({"price": 1.0, "quality": 0.0, "service": 0.0}, "price", 0.5, before={"quality": 0.3, "service": 0.2})
    {'price': 0.5, 'quality': 0.3, 'service': 0.2}
    """
    free = [one for one in shares if one != name and one not in locked]
    held = sum(share for one, share in shares.items() if one != name and one in locked)
    room = max(0.0, 1.0 - held)
    mine = room if not free else min(max(to, 0.0), room)
    parts = next(
        (parts for parts in (shares, before or {}) if sum(parts.get(one, 0.0) for one in free) > LEAST),
        dict.fromkeys(free, 1.0),
    )
    whole = sum(parts.get(one, 0.0) for one in free)
    rest = {one: (room - mine) * parts.get(one, 0.0) / whole for one in free}
    return {one: round(mine if one == name else rest.get(one, shares[one]), 12) for one in shares}


class WeightPanel:
    """A slider and a lock for each weight of a scorecard; `changed` gets the points of the group that moved."""

    def __init__(self, card: Scorecard, changed: Callable[[dict[str, float]], None], *, axes: bool) -> None:
        self._changed = changed
        self._quiet = False
        self._had: dict[str, float] = {}  # what those that gave way last had, while they had something
        self.sliders: dict[str, w.FloatSlider] = {}
        self.locks: dict[str, w.ToggleButton] = {}
        outline = card.outline()
        self._siblings: list[list[str]] = []
        blocks: list[w.Widget] = []
        labels = outline["label"].to_dict() | {"": say("The axes in the total")}
        for parent, members in outline.groupby("part_of", sort=False):
            if len(members) < 2 or (parent == "" and not axes):
                continue
            self._siblings.append([str(name) for name in members.index])
            blocks.append(w.HTML(f"<b>{escape(say(labels[parent]))}</b>"))
            blocks += [self._row(str(name), label, rationale)
                       for name, label, rationale in members[["label", "rationale"]].itertuples()]
        self.box = w.VBox(blocks)
        self.show(card)

    def show(self, card: Scorecard) -> None:
        """Put the sliders to the weights of this scorecard."""
        self._put({str(name): share for name, share in card.outline()["share"].items()})

    def _put(self, shares: Mapping[str, float]) -> None:
        self._quiet = True
        for name in shares.keys() & self.sliders.keys():
            self.sliders[name].value = 100 * shares[name]
        self._quiet = False

    def _row(self, name: str, label: str, rationale: str) -> w.HBox:
        slider = w.FloatSlider(
            0, min=0, max=100, step=0.5, description=say(label), tooltip=say(rationale), continuous_update=False,
            readout_format=".1f", style={"description_width": "140px"}, layout=w.Layout(flex="1 1 0", width="auto"),
        )
        lock = w.ToggleButton(False, icon="unlock", tooltip=say("keep {criterion} as it is", criterion=say(label)),
                              layout=w.Layout(width="32px", padding="0"))
        slider.observe(lambda change: self._move(name, change["new"]), names="value")
        lock.observe(lambda change: setattr(lock, "icon", "lock" if change["new"] else "unlock"), names="value")
        slider.add_class(f"srm-weight-{name.replace('_', '-')}")
        self.sliders[name], self.locks[name] = slider, lock
        return w.HBox([slider, lock])

    def _move(self, name: str, to: float) -> None:
        if self._quiet:
            return
        group = next(names for names in self._siblings if name in names)
        before = {one: self.sliders[one].value / 100 for one in group if one != name}
        before[name] = max(0.0, 1.0 - sum(before.values()))
        locked = [one for one in group if self.locks[one].value]
        shares = moved({one: before[one] for one in group}, name, to / 100, locked, self._had)
        giving = {one: share for one, share in before.items() if one != name and one not in locked}
        if sum(giving.values()) > LEAST:
            self._had |= giving
        self._put(shares)  # the answer may come later, and another slider move before it
        if any(abs(shares[one] - before[one]) > LEAST for one in group):  # locked ones leave no room to move
            self._changed({one: round(100 * share, 4) for one, share in shares.items()})
