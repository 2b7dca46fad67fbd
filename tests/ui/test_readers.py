"""Readers that are missing, several, or busy."""

import dataclasses
import time
from collections.abc import Callable

from kakanai.cardreader.connection import CardConnection, Reader
from kakanai.cardreader.errors import NoCardError, ReaderBusyError
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.ui.desk import Desk
from tests.ui.conftest import Clerk


class NamedReader:
    """A reader beside others, with or without a card of its own."""

    def __init__(self, name: str, source: SimulatedReaderSource) -> None:
        self.name = name
        self._source = source

    def is_card_present(self) -> bool:
        return self._source.has_card

    def connect(self) -> CardConnection:
        return self._source.connect()


class BusyReader:
    name = "Busy"

    def is_card_present(self) -> bool:
        return True

    def connect(self) -> CardConnection:
        raise ReaderBusyError


class FixedSource:
    """These readers and no change."""

    def __init__(self, readers: list[Reader]) -> None:
        self._readers = readers
        self._told = False

    def readers(self) -> list[Reader]:
        return self._readers

    def wait_for_change(self, timeout_s: float) -> bool:
        if not self._told:
            self._told = True
            return True
        time.sleep(min(timeout_s, 0.05))
        return False


def test_without_a_service_the_window_says_what_to_do(clerk_without_service: Clerk) -> None:
    clerk = clerk_without_service
    assert "手入力で受付できます" in clerk.talk.person._call.text()
    clerk.window.read_card()
    assert "C-001" in clerk.talk.notice.text


def test_without_a_reader_the_window_says_so(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> None:
    clerk = make_clerk(dataclasses.replace(desk, source=FixedSource([]), card_table=None))
    assert clerk.window.top_bar.reader.text() == "× カードリーダーがありません"
    assert "手入力で受付できます" in clerk.talk.person._call.text()


def test_two_readers_with_cards_are_chosen_by_name(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> None:
    sources = [SimulatedReaderSource(), SimulatedReaderSource()]
    for one, specimen in zip(sources, ("official-test", "hashigo-taka"), strict=True):
        one.insert(specimen)
    readers: list[Reader] = [NamedReader("Left", sources[0]), NamedReader("Right", sources[1])]
    clerk = make_clerk(dataclasses.replace(desk, source=FixedSource(readers), card_table=None))
    clerk.wait(lambda: "使うリーダーを選んでください" in clerk.talk.notice.text)
    assert not clerk.talk.is_asking_pin
    clerk.talk.notice.focus_action()
    clerk.enter()
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.window.card.state.reader == "Left"


def test_a_busy_card_is_told_with_its_code(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> None:
    clerk = make_clerk(dataclasses.replace(desk, source=FixedSource([BusyReader()]), card_table=None))
    clerk.wait(lambda: "C-005" in clerk.talk.notice.text)
    assert not clerk.talk.is_asking_pin


def test_the_card_thread_ends_within_half_a_second(clerk: Clerk) -> None:
    started = time.monotonic()
    clerk.window.card.close()
    assert time.monotonic() - started < 0.5
    assert not clerk.window.card.is_running


def test_an_empty_reader_that_was_chosen_waits(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> None:
    empty = SimulatedReaderSource()
    clerk = make_clerk(
        dataclasses.replace(desk, source=FixedSource([NamedReader("Only", empty)]), card_table=None)
    )
    clerk.window.card.use_reader("Only")
    clerk.wait(lambda: clerk.window.card.state.reader == "Only")
    assert not clerk.window.card.state.has_card
    clerk.window.card.open_card()
    clerk.wait(
        lambda: "カードが離れました" in clerk.talk.notice.text or NoCardError.code in clerk.talk.notice.text
    )
