"""A form for raters: say who you are, judge a group of weights in your own way, see the weights, write the file."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from html import escape
from itertools import combinations
from typing import Any

import ipywidgets as w

from srmkit.errors import Problem, Problems, SrmkitError
from srmkit.language import Language, bracketed, enumerated, joined, marked, percent, say, speaking, speaks
from srmkit.scoring import Criterion, Group, Scorecard
from srmkit.weighting import (
    METHODS,
    Interview,
    Judged,
    Judgement,
    Judgements,
    Method,
    Said,
    families,
    judged,
    write_judgements,
)
from srmkit.widgets.explorer import Settings, somebody_is_there
from srmkit.widgets.failing import RED

ASKED: Mapping[Method, str] = {
    "points": "points for each, in any unit",
    "swing": "100 for the way from worst to best to go first, the others beside it",
    "rank": "an order: 1 for the most important",
    "pairs": "pairs: how many times as important is the first as the second?",
    "best_worst": "best and worst: how many times the best outweighs each, and each the worst",
    "choice": "choices: which of two would you rather have?",
}
RATIOS = (("-", 0.0), *((f"{n} ×", float(n)) for n in range(9, 0, -1)), *((f"1/{n} ×", 1 / n) for n in range(2, 10)))
WIDE = {"description_width": "260px"}


@speaks
class Judging:
    """The form; `judgements` holds what was kept so far, that of the file it began with included."""

    def __init__(
        self, card: Scorecard, judgements: Judgements, *, today: dt.date | None = None, language: Language = "en"
    ) -> None:
        self.card, self.judgements, self.language = card, judgements, language
        self._today = today or dt.date.today()
        self._begin()

    def _begin(self) -> None:
        card, judgements = self.card, self.judgements
        self._families = families(card)
        labels = {part.name: say(part.label) for axis in card.axes for part in axis.walk()} | {"total": say("the axes")}
        room = w.Layout(width="820px")
        self.rater = w.Combobox(placeholder=say("your name or function"), options=judgements.raters,
                                description=say("who judges"), layout=room, style=WIDE)
        # an axis is judged more often than the axes among each other
        groups = sorted(self._families, key=lambda name: name == "total")
        self.group = w.Dropdown(options=[(labels[name], name) for name in groups], description=say("about"),
                                layout=room, style=WIDE)
        self.method = w.Dropdown(options=[(say(ASKED[name]), name) for name in METHODS], description=say("how"),
                                 layout=room, style=WIDE)
        self.inputs: dict[object, Any] = {}
        self.asked = w.VBox()
        self.outcome = w.HTML()
        self.file = w.Text(value="my_judgements.csv", description=say("file"), layout=room, style=WIDE)
        self.keep = w.Button(description=say("keep"), tooltip=say("put these judgements beside the others"))
        self.write = w.Button(description=say("write"), tooltip=say("write all judgements kept into the file"))
        self.keep.on_click(lambda _: self._keep())
        self.write.on_click(lambda _: self._write())
        for control in (self.group, self.method):
            control.observe(lambda _: self._ask(), names="value")
        for name in ("rater", "group", "method", "asked", "outcome", "file", "keep", "write"):
            getattr(self, name).add_class(f"srm-judge-{name}")
        self._talk: Interview | None = None
        self._ask()
        self.box = w.VBox([self.rater, self.group, self.method, self.asked, self.outcome,
                           w.HBox([self.keep, self.write]), self.file])

    @property
    def members(self) -> Sequence[Criterion | Group]:
        """The weights that are judged now."""
        return self._families[self.group.value]

    def said(self) -> Said:
        """What the form says now."""
        said = Said(self.rater.value.strip() or say("nobody"), self.group.value, self.method.value, ())
        made = [Judgement(0, said.rater, said.method, first, other, value, reach, other_reach, self._today)
                for first, other, value, reach, other_reach in self._values()]
        return replace(said, judgements=tuple(made))

    def _values(self) -> list[tuple[str, str, float, float, float]]:
        if self._talk is not None:
            value = {"first": 1.0, "second": -1.0, "equal": 0.0}
            return [(asked.criterion, asked.other, value[preferred], asked.reach, asked.other_reach)
                    for asked, preferred in self._talk.answers]
        if self.method.value == "best_worst":
            best, worst = self.inputs["best"].value, self.inputs["worst"].value
            names = [member.name for member in self.members]
            first = [(best, name, self.inputs["best", name].value, 1.0, 1.0) for name in names if name != best]
            between = [name for name in names if name not in (best, worst)]
            return first + [(name, worst, self.inputs["worst", name].value, 1.0, 1.0) for name in between]
        if self.method.value == "pairs":
            return [(*pair, box.value, 1.0, 1.0) for pair, box in self.inputs.items() if box.value]  # type: ignore[misc]  # keys are pairs here
        return [(str(name), "", box.value, 1.0, 1.0) for name, box in self.inputs.items()]

    def _ask(self) -> None:
        self._talk = None
        self.inputs = {}
        builders: Mapping[Method, Callable[[], list[w.Widget]]] = {
            "pairs": self._pairs, "best_worst": self._best_worst, "choice": self._choices}
        self.asked.children = builders.get(self.method.value, self._numbers)()
        self._show()

    def _numbers(self) -> list[w.Widget]:
        usual = {"points": 10.0, "swing": 100.0, "rank": 1.0}[self.method.value]
        for member in self.members:
            self.inputs[member.name] = w.BoundedFloatText(
                value=usual, min=0, max=10_000, description=_ends(member), style=WIDE, layout=w.Layout(width="420px"))
        return self._watched()

    def _pairs(self) -> list[w.Widget]:
        for one, other in combinations(self.members, 2):
            self.inputs[one.name, other.name] = w.Dropdown(
                options=RATIOS, value=0.0, description=say("{first} against {second}", first=say(one.label),
                                                           second=say(other.label)),
                style={"description_width": "420px"}, layout=w.Layout(width="520px"))
        return self._watched()

    def _best_worst(self) -> list[w.Widget]:
        options = [(say(member.label), member.name) for member in self.members]
        for place, end in ((0, "best"), (-1, "worst")):
            self.inputs[end] = w.Dropdown(options=options, value=options[place][1], style=WIDE,
                                          description=say("most important" if end == "best" else "least important"))
        for end, words in (("best", "the most important against {what}"), ("worst", "{what} against the least")):
            for label, name in options:
                self.inputs[end, name] = w.BoundedFloatText(
                    value=1, min=1, max=9, description=say(words, what=label), style=WIDE,
                    layout=w.Layout(width="420px"))
        return self._watched()

    def _choices(self) -> list[w.Widget]:
        self._talk = self._talk or Interview(tuple(member.name for member in self.members))
        asked = self._talk.question
        if asked is None:
            return [w.HTML(f"<p>{escape(say('The order is settled.'))}</p>"), self._undo()]
        text = asked.text
        for name, label in self._labels().items():  # a question speaks in names
            text = text.replace(name, label)
        buttons = [w.Button(description=say(words), layout=w.Layout(width="110px")) for words in
                   ("first", "second", "equal")]
        for button, preferred in zip(buttons, ("first", "second", "equal"), strict=True):
            button.on_click(lambda _, answer=preferred: self._answer(answer))
            self.inputs[preferred] = button
        return [w.HTML(f"<p>{escape(text)}</p>"), w.HBox([*buttons, self._undo()])]

    def _undo(self) -> w.Button:
        button = w.Button(description=say("undo"), disabled=not (self._talk and self._talk.answers),
                          layout=w.Layout(width="110px"))
        button.on_click(lambda _: self._answer(None))
        return button

    def _answer(self, preferred: Any) -> None:
        assert self._talk is not None
        self._talk = self._talk.undone() if preferred is None else self._talk.answered(preferred)
        self.asked.children = self._choices()
        self._show()

    def _watched(self) -> list[w.Widget]:
        for box in self.inputs.values():
            box.observe(lambda _: self._show(), names="value")
        return list(self.inputs.values())

    def _show(self) -> None:
        """The weights that follow from the form, or what is missing."""
        try:
            found = self._judged()
        except SrmkitError as error:
            said = joined(*(self._hint(problem) for problem in error.problems))
            self.outcome.value = f"<p>{escape(say('Not yet: {what}', what=said))}</p>"
            self.keep.disabled = True
            return
        self.keep.disabled = False
        labels = self._labels()
        shares = enumerated(f"{labels[str(name)]} {percent(share)}" for name, share in found.weights.items())
        checked = found.consistency != "cannot be checked"
        words = [shares, say(found.consistency) if checked else "", found.advice]
        self.outcome.value = f"<p>{escape(say('; ').join(word for word in words if word))}</p>"

    def _hint(self, problem: Problem) -> str:
        """What is missing, in the language and with the labels of the form."""
        what, found = say(problem.thing), problem.found
        for name, label in self._labels().items():
            what, found = (text.replace(f"'{name}'", label) for text in (what, found))
        wrong = say(problem.wrong)
        told = (say("{what} {wrong}; found {found}.", what=what, wrong=wrong, found=found) if found
                else say("{what} {wrong}.", what=what, wrong=wrong))
        return joined(told, say(problem.todo))

    def _judged(self) -> Judged:
        if self.method.value == "best_worst" and self.inputs["best"].value == self.inputs["worst"].value:
            problems = Problems("best and worst")
            problems.add(marked("the most and the least important"), marked("must be two different ones"))
            problems.raise_if_any()
        return judged(self.said(), self._labels())

    def _labels(self) -> dict[str, str]:
        return {member.name: say(member.label) for member in self.members}

    def _keep(self) -> None:
        said = self.said()
        if not self.rater.value.strip():
            self.outcome.value = f'<p role="alert" style="color:{RED}">{escape(say("Say who judges first."))}</p>'
            return
        others = [one for one in self.judgements.said if (one.rater, one.group) != (said.rater, said.group)]
        self.judgements = replace(self.judgements, said=(*others, said))
        self.rater.options = self.judgements.raters
        self.outcome.value = "<p>" + escape(say(
            "Kept: {rater} about {group}; {count} judgements so far.", rater=said.rater, group=said.group,
            count=self.judgements.count)) + "</p>"

    def _write(self) -> None:
        try:
            file = write_judgements(self.judgements, self.file.value)
        except OSError as error:
            self.outcome.value = f'<p role="alert" style="color:{RED}">{escape(str(error))}</p>'
            return
        self.outcome.value = "<p>" + escape(say("Written. Set judgements = \"{file}\" in the parameters cell.",
                                                file=str(file))) + "</p>"

    def _repr_mimebundle_(self, **kwargs: Any) -> Any:
        return self.box._repr_mimebundle_(**kwargs)


def judge(card: Scorecard, judgements: Judgements, *, language: Language = "en") -> Judging | Settings:
    """A form to judge the weights of a scorecard, beside the judgements there are; a line of text where nobody is."""
    if somebody_is_there():
        return Judging(card, judgements, language=language)
    with speaking(language):
        return Settings(say("{count} judgements of {raters} raters", count=judgements.count,
                            raters=len(judgements.raters)))


def _ends(member: Criterion | Group) -> str:
    if isinstance(member, Group):
        return say(member.label)
    return bracketed(say(member.label), f"{member.scale.worst_words} → {member.scale.best_words}")
