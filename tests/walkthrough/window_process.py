"""A real window in a process of its own, pressed from outside and killed at will.

One process loads everything that all windows share and waits; each window is a fork of it with a QApplication
of its own, so that it is there in less than a second and nothing of one outlives it in the next. The test
speaks to it over a socket: one JSON object a line, answered by one.
"""

import contextlib
import dataclasses
import gc
import importlib
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
PATIENCE_S = 60.0
SUPERVISOR = "9000"
LOADED_ONCE = (
    "kakanai.app.readers",
    "kakanai.cardreader.simulator.specimen_card",
    "kakanai.drafts.draft_shelf",
    "kakanai.printing.folder",
    "kakanai.ui.window_run",
    "tests.drafts.conftest",
    "tests.walkthrough.window_driver",
)
"""What every window needs and none changes; all else comes with these."""


# --- in the test ------------------------------------------------------------------------


class WindowNursery:
    """The process that windows are forked from; a context manager. All that they say goes to `told`."""

    def __init__(self, told: Path | None = None) -> None:
        self._told = told
        self._folder = tempfile.TemporaryDirectory()
        self.address = str(Path(self._folder.name) / "socket")
        self._process: subprocess.Popen[bytes] | None = None
        self._windows: list[WindowProcess] = []

    def __enter__(self) -> "WindowNursery":
        told = self._told.open("wb") if self._told else None
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.walkthrough.window_process", self.address],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
            stdout=subprocess.PIPE,
            stderr=told,
        )
        if told:
            told.close()
        assert self._process.stdout is not None
        assert self._process.stdout.readline() == b"ready\n"
        return self

    def __exit__(self, *_: object) -> None:
        for window in self._windows:
            window.leave()
        if self._process is not None:
            self._process.terminate()
            self._process.wait(PATIENCE_S)
            if self._process.stdout is not None:
                self._process.stdout.close()
        self._folder.cleanup()

    def open_window(self, home: Path, out: Path) -> "WindowProcess":
        """A window on that home, printing into the folder `out`."""
        self._windows.append(WindowProcess(self.address, home, out))
        return self._windows[-1]


class WindowProcess:
    """One window. `state` is what it shows and keeps; every act returns it as it is afterwards."""

    def __init__(self, address: str, home: Path, out: Path) -> None:
        self._socket = socket.socket(socket.AF_UNIX)
        self._socket.settimeout(PATIENCE_S)
        self._socket.connect(address)
        self._lines = self._socket.makefile("rw", encoding="utf-8")
        self.pid = int(self.do(home=str(home), out=str(out))["pid"])
        self.wait("the window", lambda state: state["ready"])

    def do(self, **command: Any) -> dict[str, Any]:
        """Send a command and wait for its answer."""
        print(json.dumps(command), file=self._lines, flush=True)
        answer: dict[str, Any] = json.loads(self._lines.readline())
        assert "error" not in answer, answer["error"]
        return answer

    @property
    def state(self) -> dict[str, Any]:
        """What the window shows and keeps now."""
        return self.do(act="state")

    def wait(self, what: str, condition: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
        """The state once the condition holds."""
        end = time.monotonic() + PATIENCE_S
        while not condition(state := self.state):
            assert time.monotonic() < end, f"{what} did not come: {state}"
            time.sleep(0.01)
        return state

    def press(self, key: str, *modifiers: str) -> None:
        """Press a key where the focus is: `F8`, `Return`, `Down` with `Alt` …"""
        self.do(act="press", key=key, modifiers=modifiers)

    def type(self, words: str) -> None:
        """Type, as a keyboard or an input method does."""
        self.do(act="type", words=words)

    def put_card(self, specimen: str) -> None:
        """Put a card on the reader, and wait until its key is asked for."""
        self.do(act="put_card", specimen=specimen)
        self.wait("the card's page", lambda state: state["on_card_page"])

    def take_card(self) -> None:
        """Take the card away."""
        self.do(act="take_card")

    def read_card(self, specimen: str, pin: str = "1234") -> dict[str, Any]:
        """Put a card there and read it by its PIN."""
        self.put_card(specimen)
        self.type(pin)
        self.press("Return")
        return self.wait("the person", lambda state: state["person"] and not state["on_card_page"])

    def settled(self) -> dict[str, Any]:
        """The state once everything that follows from the last key is done, and the draft is on disk."""
        return self.wait("the draft", lambda state: state["is_saved"] and not state["is_printing"])

    def kill(self) -> None:
        """SIGKILL: as a power cut, the process gets no further instruction."""
        os.kill(self.pid, signal.SIGKILL)
        with contextlib.suppress(OSError):
            while self._socket.recv(4096):
                pass
        self.leave()

    def close(self) -> None:
        """Close the window as a clerk does, twice where a case is open."""
        with contextlib.suppress(OSError, ValueError, AssertionError):
            self.do(act="close")
        self.leave()

    def leave(self) -> None:
        """Speak to it no more; it ends."""
        with contextlib.suppress(OSError, ValueError):
            self._lines.close()
        self._socket.close()


# --- in the nursery and its windows -----------------------------------------------------


def _serve(address: str) -> None:
    from kakanai.app.offices import build_office
    from kakanai.forms.fonts import FontShelf
    from kakanai.settings import Paths, load_town

    for module in LOADED_ONCE:
        importlib.import_module(module)
    from tests.office import NOON

    with tempfile.TemporaryDirectory() as data:
        paths = Paths(Path(data))
        paths.ensure_home()
        shelf = FontShelf()
        shelf.load_all()
        town = dataclasses.replace(load_town(paths), supervisors=frozenset({SUPERVISOR}))
        office = build_office(paths, town, now=lambda: NOON, shelf=shelf, simulated=True)
        dict(office.forms.templates)
        dict(office.guidance.events)
        office.log.close()
        gc.freeze()  # or each window's first collection copies all pages that it shares with the others
        signal.signal(signal.SIGCHLD, signal.SIG_IGN)
        listening = socket.socket(socket.AF_UNIX)
        listening.bind(address)
        listening.listen()
        print("ready", flush=True)
        while True:
            connection, _ = listening.accept()
            if os.fork() == 0:
                listening.close()
                os._exit(_window(connection, office))
            connection.close()


def _window(connection: socket.socket, data_office: Any) -> int:
    from kakanai.app.places import start_diagnostic_log
    from kakanai.app.readers import SimulatedTable
    from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
    from kakanai.drafts.draft_shelf import DraftPlaces, DraftShelf
    from kakanai.printing.folder import FolderPrinter
    from kakanai.sessionlog.store import SessionLog
    from kakanai.settings import Paths
    from kakanai.ui import window_run
    from kakanai.ui.desk import Desk
    from kakanai.ui.singletons import keep_singletons
    from tests.drafts.conftest import NoKeyring
    from tests.walkthrough.window_driver import Driver

    lines = connection.makefile("rw", encoding="utf-8")
    asked = json.loads(lines.readline())
    paths, out = Paths(Path(asked["home"])), Path(asked["out"])
    paths.ensure_home()
    start_diagnostic_log(paths, "DEBUG")
    keep_singletons()
    source = SimulatedReaderSource(paths.simulator_state_dir)
    office = dataclasses.replace(data_office, log=SessionLog.open(paths.log_database))
    places = DraftPlaces(paths.drafts_dir, paths.draft_key_file)
    desk = Desk(
        office=office,
        source=source,
        clerk="1024",
        printers=lambda: ["フォルダー"],
        printer_for=lambda _name: FolderPrinter(out),
        card_table=SimulatedTable(source),
        drafts=lambda: DraftShelf(places, office.now, keyring=NoKeyring()),
    )
    print(json.dumps({"pid": os.getpid()}), file=lines, flush=True)

    class Window(window_run.MainWindow):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            self.driver = Driver(self, source, lines)

    window_run.MainWindow = Window
    status = window_run.run_window(desk)
    office.log.close()
    return status


if __name__ == "__main__":
    _serve(sys.argv[1])
