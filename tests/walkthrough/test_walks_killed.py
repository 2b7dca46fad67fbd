"""The power fails after each step of each walk: the next window goes on where the last one was."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.counter import WALKS
from benchmarks.walks.clerk import Seen
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_types import MyNumberSpecimen
from tests.walkthrough.personal_traces import traces
from tests.walkthrough.window_process import WindowNursery, WindowProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")

KEPT = ("place", "number", "step", "person", "people", "chosen", "forms", "filled", "typed", "documents")
"""What of the state must be the same after the power came back."""
_SHORT = 3
"""Characters that may stand anywhere: 男, 世帯主."""
_LONG = 10
"""Digits in a row that are a telephone's or more; a day or a count stands anywhere."""


@pytest.fixture(scope="module")
def nursery() -> Iterator[WindowNursery]:
    with WindowNursery() as nursery:
        yield nursery


class KilledClerk:
    """Walks as the clerk of the benchmark does, but the power fails at every step."""

    def __init__(self, nursery: WindowNursery, folder: Path) -> None:
        self._nursery = nursery
        self._home, self._out = folder / "home", folder / "out"
        self.window: WindowProcess = nursery.open_window(self._home, self._out)
        self.killed: list[str] = []
        self._secrets: set[str] = set()
        self._card = ""

    # --- hands and eyes -----------------------------------------------------------------

    def put_card(self, specimen: str) -> None:
        told = load_specimen(specimen)
        if isinstance(told, MyNumberSpecimen):
            self._secrets |= {told.my_number, told.collation_b}
        self._card = specimen
        self.window.do(act="put_card", specimen=specimen)

    def take_card(self) -> None:
        self.window.take_card()

    def secret(self, digits: str) -> None:
        self.window.type(digits)
        self.window.press("Return")

    def visitor_agrees(self) -> None:
        self.window.do(act="visitor_agrees")

    def key(self, key: str, *modifiers: str) -> None:
        self.window.press(key, *modifiers)

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.window.press("Return")

    def keys(self, typed: str) -> None:
        if len(typed) >= _LONG:
            self._secrets.add(typed)
        self.window.type(typed)

    def japanese(self, text: str, reading: str) -> None:
        self.window.type(text)

    def wait_for(self, what: str, condition: Callable[[Seen], object]) -> Seen:
        state = self.window.wait(what, lambda state: state["ready"] and condition(_seen(state)))
        return _seen(state)

    # --- the power ----------------------------------------------------------------------

    def mark(self, step: str) -> None:
        """Kill the window, see that nothing personal lies on the disk, and go on in a new one."""
        self.window.wait("the pages", lambda state: state["filled"] == state["forms"])
        before = self.window.settled()
        self.window.kill()
        told = [before["person"], before["typed"], before["people"]]
        words = {word for word in _texts(told) if len(word) > _SHORT}
        assert traces(self._home, words | self._secrets) == [], step
        self.window = self._nursery.open_window(self._home, self._out)
        self.window.wait("the offer", lambda state: "途中の受付" in state["notice"])
        self.window.press("Return")
        self.window.wait(
            "the case",
            lambda state: state["number"] == before["number"] and state["filled"] == state["forms"],
        )
        if before["on_card_page"]:
            # No page about a card is kept: the card lies there still, and the page comes by itself.
            self.window.do(act="put_card", specimen=self._card)
            self.window.wait("the page of the card", lambda state: state["on_card_page"])
        after = self.window.settled()
        assert {key: after[key] for key in KEPT} == {key: before[key] for key in KEPT}, step
        self.killed.append(step)


def _seen(state: dict[str, Any]) -> Seen:
    told = state["seen"]
    return Seen(**{key: tuple(value) if isinstance(value, list) else value for key, value in told.items()})


def _texts(told: object) -> Iterator[str]:
    """Every text in plain values that is not ASCII throughout: ids of answers are."""
    if isinstance(told, dict):
        for value in told.values():
            yield from _texts(value)
    elif isinstance(told, list | tuple):
        for value in told:
            yield from _texts(value)
    elif isinstance(told, str) and not told.isascii():
        yield told


@pytest.mark.parametrize("walk", WALKS)
def test_killed_after_each_step(nursery: WindowNursery, tmp_path: Path, walk: str) -> None:
    clerk = KilledClerk(nursery, tmp_path)
    importlib.import_module(f"benchmarks.walks.{walk}").walk(clerk)
    clerk.window.close()
    assert clerk.killed[-1] == "after print"
    assert "answered" in clerk.killed
