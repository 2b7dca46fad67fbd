"""The power fails after each step of each walk: the next window goes on where the last one was.

And when it is over, nothing of anyone is left anywhere but on the paper.
"""

import dataclasses
import importlib
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.counter import WALKS
from benchmarks.walks.clerk import Seen
from tests.office import NOON
from tests.walkthrough.left_behind import files_below, let_everything_be_written, process
from tests.walkthrough.personal_data import PersonalData, Place, found_in
from tests.walkthrough.personal_traces import traces
from tests.walkthrough.window_process import WindowNursery, WindowProcess

pytestmark = [
    pytest.mark.skipif(sys.platform == "win32", reason="fork and SIGKILL"),
    pytest.mark.timeout(900),  # the longest walk is a minute's work; a machine may have ten others to do
]

KEPT = ("place", "number", "step", "person", "people", "chosen", "forms", "filled", "typed", "documents")
"""What of the state must be the same after the power came back."""
_SHORT = 3
"""Characters that may stand anywhere: 男, 世帯主."""
_LONG = 7
"""Digits in a row that are a date of birth, a postal code or more; a day or a count stands anywhere."""


@dataclasses.dataclass
class Finished:
    """A walk that is over: where it was killed, what is personal of it, and all that lies about since."""

    killed: list[str]
    data: PersonalData
    left: list[Place]
    papers: set[str]
    documents: set[str]


@pytest.fixture(scope="module")
def temporary(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder that windows have for temporary files, and for the user's own."""
    folder = tmp_path_factory.mktemp("windows")
    with pytest.MonkeyPatch.context() as patch:
        for name, variable in (("tmp", "TMPDIR"), ("user", "HOME")):
            (folder / name).mkdir()
            patch.setenv(variable, str(folder / name))
        yield folder


@pytest.fixture(scope="module")
def nursery(temporary: Path) -> Iterator[WindowNursery]:
    with WindowNursery(temporary / "stderr.txt") as nursery:
        yield nursery


@pytest.fixture(scope="module", params=WALKS)
def finished(
    request: pytest.FixtureRequest,
    nursery: WindowNursery,
    temporary: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> Finished:
    """Each walk is gone once, for all tests of it."""
    folder = tmp_path_factory.mktemp("walk")
    clerk = KilledClerk(nursery, folder)
    importlib.import_module(f"benchmarks.walks.{request.param}").walk(clerk)
    state = clerk.window.state
    left = list(process(clerk.window.pid))
    clerk.window.close()
    left += let_everything_be_written(
        folder / "home", folder / "exports", temporary / "tmp", state["number"], str(NOON.date())
    )
    for place in (folder / "home", folder / "exports", temporary):
        left += files_below(place)
    papers = {path.name for path in folder.joinpath("out").rglob("*")}
    return Finished(clerk.killed, clerk.data, left, papers, set(state["documents"]))


class KilledClerk:
    """Walks as the clerk of the benchmark does, but the power fails at every step."""

    def __init__(self, nursery: WindowNursery, folder: Path) -> None:
        self._nursery = nursery
        self._home, self._out = folder / "home", folder / "out"
        self.window: WindowProcess = nursery.open_window(self._home, self._out)
        self.killed: list[str] = []
        self.data = PersonalData()
        self._card = ""

    # --- hands and eyes -----------------------------------------------------------------

    def put_card(self, specimen: str) -> None:
        self.data.add_card(specimen)
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
            self.data.texts.add(typed)
        self.window.type(typed)

    def japanese(self, text: str, reading: str) -> None:
        self.data.texts |= {text, reading}
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
        self.data.texts |= {word for word in _texts(told) if len(word) > _SHORT}
        assert traces(self._home, self.data.texts) == [], step
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


def test_killed_after_each_step(finished: Finished) -> None:
    assert finished.killed[-1] == "after print"
    assert "answered" in finished.killed


def test_nothing_personal_is_left_but_on_paper(finished: Finished) -> None:
    """Neither in state, database, backup, exports, temporary files nor in anything that was said."""
    names = {place.name for place in finished.left}
    assert any(name.startswith("home/drafts/") for name in names)
    assert {"cmdline", "environ", "home/diagnostic/kakanai.log", "values of home/sessionlog.sqlite3"} <= names
    assert {
        "values of exports/backup.sqlite3",
        "exports/csv-cp932.txt",
        "words of exports/report.pdf",
    } <= names
    assert found_in(finished.left, finished.data) == []


def test_only_the_papers_themselves_lie_where_they_are_printed(finished: Finished) -> None:
    assert finished.papers
    assert {Path(name).suffix for name in finished.papers} == {".pdf"}
    assert len(finished.papers) == len(finished.documents)
    assert found_in([Place("papers", "\n".join(finished.papers).encode())], finished.data) == []
