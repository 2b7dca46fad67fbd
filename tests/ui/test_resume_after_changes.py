"""A draft whose forms or questions the town has taken out since: told; nothing half restored or lost."""

import dataclasses
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from PySide6.QtCore import Qt

from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.ui.desk import Desk
from tests.ui.conftest import Clerk


@pytest.fixture
def keeper(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Iterator[Clerk]:
    clerk = make_clerk(desk)
    yield clerk
    clerk.window.pauses.work.close()


def put_aside(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose("seal-certificate", forms=1)
    clerk.flow.answer("seal.card_number", "123")
    clerk.flow.answer("visitor.phone", "03-0000-0001")
    clerk.press(Qt.Key.Key_F9)
    assert clerk.flow.case is None


def renamed(told: Any, old: str, new: str) -> Any:
    """The draft as if a name in it had been another one, as it is after the town changed its files."""
    if isinstance(told, dict):
        return {key: renamed(value, old, new) for key, value in told.items()}
    if isinstance(told, list):
        return [renamed(value, old, new) for value in told]
    return new if told == old else told


def resume_renamed(clerk: Clerk, old: str, new: str) -> bool:
    work = clerk.window.pauses.work
    (held,) = work.held
    work.held = [dataclasses.replace(held, body=renamed(held.body, old, new))]
    return work.resume(work.held[0])


@pytest.mark.parametrize(("old", "new"), [("F05", "F77"), ("", "nonsense")])
def test_a_form_or_event_that_is_gone(
    keeper: Clerk, source: SimulatedReaderSource, old: str, new: str
) -> None:
    put_aside(keeper, source)
    assert not resume_renamed(keeper, old, new)
    assert keeper.flow.case is None
    assert keeper.flow.typed.values == {}
    assert "D-018" in keeper.talk.notice.text or "続けられません" in keeper.talk.notice.text
    assert len(keeper.window.pauses.work.held) == 1


def test_a_question_that_is_gone(keeper: Clerk, source: SimulatedReaderSource) -> None:
    put_aside(keeper, source)
    assert resume_renamed(keeper, "seal.card_number", "seal.gone")
    assert keeper.flow.typed.values == {"visitor.phone": "03-0000-0001"}
    keeper.flow.answer("visitor.phone", "03-0000-0002")
    assert keeper.flow.facts.values["visitor.phone"] == "03-0000-0002"
