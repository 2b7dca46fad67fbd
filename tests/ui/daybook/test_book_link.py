import threading
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from kakanai.daybook.errors import PeriodError
from kakanai.ui.daybook.book_link import BookLink


@pytest.fixture
def link(qtbot: QtBot) -> Iterator[BookLink]:
    link = BookLink()
    yield link
    link.close()
    assert not link.is_running


def test_answers_come_on_the_windows_thread_from_another(link: BookLink, qtbot: QtBot) -> None:
    told: list[tuple[int, int]] = []
    link.ask("", threading.get_ident, lambda there: told.append((there, threading.get_ident())))
    assert link.is_busy
    qtbot.waitUntil(lambda: bool(told))
    ((there, here),) = told
    assert here == threading.get_ident() != there
    assert not link.is_busy


def test_of_one_topic_only_the_newest_is_done_and_answered(link: BookLink, qtbot: QtBot) -> None:
    gate = threading.Event()
    done: list[str] = []
    told: list[str] = []
    link.ask("", gate.wait, lambda _: None)
    for word in ("first", "second", "third"):
        link.ask("day", lambda word=word: done.append(word) or word, told.append)
    link.ask("other", lambda: "other", told.append)
    gate.set()
    qtbot.waitUntil(lambda: not link.is_busy)
    assert done == ["third"]
    assert told == ["third", "other"]


def test_what_has_no_topic_is_never_dropped(link: BookLink, qtbot: QtBot) -> None:
    told: list[int] = []
    for number in range(5):
        link.ask("", lambda number=number: number, told.append)
    qtbot.waitUntil(lambda: len(told) == 5)
    assert told == [0, 1, 2, 3, 4]


def test_a_refusal_goes_to_who_asked_or_to_all(link: BookLink, qtbot: QtBot) -> None:
    def refused() -> None:
        raise PeriodError(reason="order")

    own: list[object] = []
    everybodys: list[object] = []
    link.failed.connect(everybodys.append)
    link.ask("", refused, lambda _: None, own.append)
    link.ask("", refused, lambda _: None)
    qtbot.waitUntil(lambda: not link.is_busy)
    assert [type(error) for error in own] == [PeriodError]
    assert [type(error) for error in everybodys] == [PeriodError]


def test_an_unforeseen_failure_leaves_nobody_waiting(link: BookLink, qtbot: QtBot) -> None:
    told: list[object] = []
    with qtbot.capture_exceptions() as caught:
        link.ask("", lambda: 1 / 0, told.append)
        qtbot.waitUntil(lambda: not link.is_busy)
        qtbot.waitUntil(lambda: bool(caught))
    assert caught[0][0] is ZeroDivisionError
    assert told == []
    link.ask("", lambda: 1, told.append)
    qtbot.waitUntil(lambda: told == [1])


def test_a_dropped_topic_is_not_answered(link: BookLink, qtbot: QtBot) -> None:
    gate = threading.Event()
    told: list[object] = []
    link.ask("day", gate.wait, told.append)
    link.drop("day")
    assert not link.is_busy
    gate.set()
    link.ask("", lambda: "last", told.append)
    qtbot.waitUntil(lambda: told == ["last"])
