"""Steps back and forth among settings."""

from __future__ import annotations

from srmkit.studies import params_of
from srmkit.widgets.history import History

FIRST, SECOND, THIRD = (params_of("account_selection")(capacity=places) for places in (10, 11, 12))


def test_a_step_back_and_forth_again() -> None:
    history = History(FIRST)
    history.add(SECOND)
    assert (history.can_undo, history.can_redo) == (True, False)
    assert history.undo() == FIRST
    assert (history.can_undo, history.can_redo) == (False, True)
    assert history.redo() == SECOND


def test_beyond_the_ends_one_stays_where_one_is() -> None:
    history = History(FIRST)
    assert history.undo() == FIRST
    assert history.redo() == FIRST


def test_a_new_step_forgets_what_was_undone() -> None:
    history = History(FIRST)
    history.add(SECOND)
    history.undo()
    history.add(THIRD)
    assert not history.can_redo
    assert history.undo() == FIRST


def test_standing_still_is_no_step() -> None:
    history = History(FIRST)
    history.add(params_of("account_selection")(capacity=10))
    assert not history.can_undo


def test_what_is_under_way_or_refused_is_taken_back_first() -> None:
    history = History(FIRST)
    history.add(SECOND)
    for stands in (THIRD, None):
        history.stand(stands)
        assert history.undo() == SECOND
    history.stand(SECOND)
    assert history.undo() == FIRST


def test_two_steps_back_while_the_first_is_under_way() -> None:
    history = History(FIRST)
    history.add(SECOND)
    history.add(THIRD)
    history.stand(history.undo())
    assert history.undo() == FIRST


def test_a_refused_first_move_can_be_taken_back() -> None:
    history = History(FIRST)
    history.stand(None)
    assert history.can_undo
    assert history.undo() == FIRST
    assert not history.can_undo
