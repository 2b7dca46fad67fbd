"""A desk with real forms, a simulated reader and a folder printer, in a home of its own."""

import dataclasses
import os
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kakanai.app.offices import build_office
from kakanai.app.readers import SimulatedTable
from kakanai.cardreader.connection import Reader
from kakanai.cardreader.errors import CardResetError, CommunicationError, NoServiceError
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.counter import Office
from kakanai.forms.fonts import FontShelf
from kakanai.printing.errors import NoPrintServiceError
from kakanai.printing.folder import FolderPrinter
from kakanai.printing.print_job import PrintedDocument, PrintJob
from kakanai.resources import resource_root
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, load_town
from kakanai.ui.cycle_collector import CycleCollector
from kakanai.ui.desk import Desk
from kakanai.ui.main_window import MainWindow
from kakanai.ui.singletons import keep_singletons
from kakanai.ui.theme import Theme, apply_theme, load_theme
from kakanai.ui.visitor.visitor_window import VisitorWindow

keep_singletons()

PATIENCE_MS = 10_000
FIVE_FORMS = ("residence-certificate", "seal-certificate", "tax-certificate", "move-in-with-insurance")
"""Procedures that make F01, F05, F06, F07 and F09."""
FOLDER = "フォルダー"
SUPERVISOR = "9000"
BROKEN = "こわれたプリンター"


class BrokenPrinter:
    """A printer whose service is away, as often as `failures` says; then it prints into the folder."""

    def __init__(self, folder: Path, failures: int) -> None:
        self.failures = failures
        self._folder = FolderPrinter(folder)
        self.name = BROKEN

    def release(self, job: PrintJob) -> list[PrintedDocument]:
        if self.failures:
            self.failures -= 1
            raise NoPrintServiceError(printer=self.name)
        return self._folder.release(job)


Fault = Callable[[Callable[[], bytes]], bytes]


def at_command(source: SimulatedReaderSource, start: str, fault: Fault) -> None:
    """Let the fault happen once, at the first command that begins so (hex); it may carry it out or not."""
    carry = source.carry
    waiting = [bytes.fromhex(start)]

    def carry_or_fail(connection, card, raw: bytes) -> bytes:
        if waiting and raw.startswith(waiting[0]):
            waiting.clear()
            return fault(lambda: carry(connection, card, raw))
        return carry(connection, card, raw)

    source.carry = carry_or_fail


def lose_answer(carry_out: Callable[[], bytes]) -> bytes:
    """The card carries the command out, and its answer does not come."""
    carry_out()
    raise CommunicationError(status="80100016")


def reset_by_another(carry_out: Callable[[], bytes]) -> bytes:
    """Another program reset the card before the command reached it."""
    raise CardResetError(status="80100068")


class NoServiceSource:
    """PC/SC that is not running."""

    def __init__(self) -> None:
        self._told = False
        self._wait = threading.Event()

    def readers(self) -> list[Reader]:
        raise NoServiceError

    def wait_for_change(self, timeout_s: float) -> bool:
        told, self._told = self._told, True
        if told:
            self._wait.wait(timeout_s)
        return not told


@pytest.fixture(scope="module", autouse=True)
def _cycles_are_collected_here(qapp: QApplication) -> Iterator[None]:
    """As run_window does it: never on a thread of the program."""
    with CycleCollector():
        yield


@pytest.fixture(scope="session")
def shelf() -> FontShelf:
    fonts = FontShelf()
    fonts.load_all()
    return fonts


@pytest.fixture(scope="session")
def theme(qapp: QApplication) -> Theme:
    return apply_theme(qapp, load_theme(resource_root() / "style"))


@pytest.fixture
def paths(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Paths:
    monkeypatch.setenv("KAKANAI_HOME", str(tmp_path))
    paths = Paths.from_environment()
    paths.ensure_home()
    return paths


@pytest.fixture(scope="session")
def data_office(shelf: FontShelf, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """Forms, procedures and questions, read once for all tests; its own log is not used."""
    paths = Paths(tmp_path_factory.mktemp("data"))
    town = dataclasses.replace(load_town(paths), supervisors=frozenset({SUPERVISOR}))
    office = build_office(paths, town, shelf=shelf, simulated=True)
    office.log.close()
    return office


@pytest.fixture
def office(paths: Paths, data_office: Office) -> Iterator[Office]:
    with SessionLog.open(paths.log_database) as log:
        yield dataclasses.replace(data_office, log=log)


@pytest.fixture
def source(paths: Paths) -> SimulatedReaderSource:
    return SimulatedReaderSource(paths.simulator_state_dir)


@pytest.fixture
def broken_printer(paths: Paths) -> BrokenPrinter:
    return BrokenPrinter(paths.output_dir, failures=1)


@pytest.fixture
def desk(office: Office, source: SimulatedReaderSource, paths: Paths, broken_printer: BrokenPrinter) -> Desk:
    printers = {FOLDER: FolderPrinter(paths.output_dir), BROKEN: broken_printer}
    return Desk(
        office=office,
        source=source,
        clerk="1024",
        printers=lambda: list(printers),
        printer_for=lambda name: printers[name],
        card_table=SimulatedTable(source),
    )


class Clerk:
    """A clerk at the window: only keys, and eyes."""

    def __init__(self, qtbot: QtBot, window: MainWindow) -> None:
        self.qtbot = qtbot
        self.window = window
        self.talk = window.conversation
        self.flow = window.flow

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    @property
    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(QApplication.focusWidget() or self.window, key, modifier)

    def enter(self) -> None:
        self.press(Qt.Key.Key_Return)

    def type(self, words: str) -> None:
        if words.isascii():
            QTest.keyClicks(self.focused, words)
            return
        event = QInputMethodEvent()
        event.setCommitString(words)
        QApplication.sendEvent(self.focused, event)

    def put_card(self, source: SimulatedReaderSource, specimen: str, page: QWidget | None = None) -> None:
        source.insert(specimen)
        self.wait(lambda: self.talk.shows(page or self.talk.pin_pad))

    def take_card(self, source: SimulatedReaderSource) -> None:
        source.remove()
        self.wait(lambda: "待機中" in self.window.top_bar.reader.text())

    def enter_pin(self, digits: str = "1234") -> None:
        self.type(digits)
        self.enter()

    def read_card(self, source: SimulatedReaderSource, specimen: str = "official-test") -> None:
        self.put_card(source, specimen)
        self.enter_pin()
        self.wait(lambda: self.flow.person is not None)

    def choose(self, *procedures: str, forms: int) -> None:
        """Choose procedures by id, each with the keys of its number and Enter."""
        self.press(Qt.Key.Key_F4)
        self.wait(lambda: self.talk.current == 1)
        catalog = self.window.flow.counter.office.procedures
        for procedure in procedures:
            self.type(catalog.by_id(procedure).number)
            self.enter()
        self.wait(lambda: len(self.flow.forms) == forms)


@pytest.fixture
def make_clerk(qtbot: QtBot, theme: Theme) -> Iterator[Callable[[Desk], Clerk]]:
    windows: list[MainWindow] = []

    def make(desk: Desk) -> Clerk:
        with theme.put_aside():  # as run_window does
            window = MainWindow(desk, theme)
        windows.append(window)
        window.resize(1366, 768)
        window.show()
        window.activateWindow()
        clerk = Clerk(qtbot, window)
        clerk.wait(lambda: window.isActiveWindow() and "確かめています" not in window.top_bar.reader.text())
        return clerk

    yield make
    for window in windows:
        window.flow.cancel_case()
        window.close()
        assert not window.card.is_running
        assert not window.paper_link.is_running
        window.deleteLater()
    # Gone now, not some time in the next test: with each style sheet Qt styles what there is once more.
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def clerk(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Clerk:
    return make_clerk(desk)


@pytest.fixture
def clerk_without_service(make_clerk: Callable[[Desk], Clerk], desk: Desk) -> Clerk:
    return make_clerk(dataclasses.replace(desk, source=NoServiceSource(), card_table=None))


@pytest.fixture
def no_stray_windows(qapp: QApplication) -> Iterator[None]:
    """Every widget must have its place before it is shown; a stray one flashes up as a window of its own.

    Not for every test: each event of the application comes through here, which makes them half as long again.
    """
    strays: list[str] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:
            is_shown = (
                event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
            )
            if is_shown and not isinstance(watched, MainWindow | VisitorWindow) and not event.spontaneous():
                strays.append(type(watched).__name__)
            return False

    watch = Watch()
    qapp.installEventFilter(watch)
    yield
    qapp.removeEventFilter(watch)
    assert strays == []


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The offscreen plugin complains of its own lack when a window of a minimum size is shown."""
    for item in items:
        if item.path.is_relative_to(Path(__file__).parent):
            item.add_marker(pytest.mark.qt_log_ignore("propagateSizeHints"))
