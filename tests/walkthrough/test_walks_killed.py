"""The power fails after each step of each walk: the next window goes on where the last one was."""

import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.counter import WALKS
from benchmarks.walks.clerk import Seen
from tests.walkthrough.window_process import WindowNursery, WindowProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL")

KEPT = ("place", "number", "step", "person", "people", "chosen", "forms", "filled", "typed", "documents")
"""What of the state must be the same after the power came back."""
ENCODINGS = ("utf-8", "utf-16-le", "cp932")


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

    # --- hands and eyes -----------------------------------------------------------------

    def put_card(self, specimen: str) -> None:
        self.window.do(act="put_card", specimen=specimen)

    def take_card(self) -> None:
        self.window.take_card()

    def secret(self, digits: str) -> None:
        self.window.type(digits)
        self.window.press("Return")

    def key(self, key: str, *modifiers: str) -> None:
        self.window.press(key, *modifiers)

    def enter(self, times: int = 1) -> None:
        for _ in range(times):
            self.window.press("Return")

    def keys(self, typed: str) -> None:
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
        assert_nothing_in_the_clear(self._home, before)
        self.window = self._nursery.open_window(self._home, self._out)
        self.window.wait("the offer", lambda state: "途中の受付" in state["notice"])
        self.window.press("Return")
        self.window.wait(
            "the case",
            lambda state: state["number"] == before["number"] and state["filled"] == state["forms"],
        )
        after = self.window.settled()
        assert {key: after[key] for key in KEPT} == {key: before[key] for key in KEPT}, step
        self.killed.append(step)


def _seen(state: dict[str, Any]) -> Seen:
    told = state["seen"]
    return Seen(**{key: tuple(value) if isinstance(value, list) else value for key, value in told.items()})


def assert_nothing_in_the_clear(home: Path, state: dict[str, Any]) -> None:
    """No name, address or typed text of the case stands in any file under the home."""
    words = {word for word in _texts([state["person"], state["typed"], state["people"]]) if len(word) > 3}
    for path in home.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for word in words:
            for encoding in ENCODINGS:
                assert word.encode(encoding, "ignore") not in content, path.name


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
