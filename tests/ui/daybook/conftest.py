"""The page over a day of every kind of case, read by somebody of a role, with keys and eyes alone."""

import dataclasses
import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from kakanai.counter import Office
from kakanai.printing.folder import FolderPrinter
from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.office_key import OfficeKeyFile
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.password_hash import PasswordHashing
from kakanai.staff.register import StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.ui.daybook.day_page import DaybookPage
from kakanai.ui.daybook.open_book import BookShelf
from kakanai.ui.fitting_area import FittingArea
from kakanai.ui.theme import Theme
from tests.daybook.sample_day import DAY, SampleDay
from tests.sessionlog.sample_log import folded_up
from tests.staff.conftest import ADMIN, AUDITOR, CHEAP, CLERK, SUPERVISOR, Clock

PATIENCE_MS = 10_000
EVENING = dt.datetime.combine(DAY, dt.time(9, 30), tzinfo=dt.UTC)
NUMBERS = {Role.SUPERVISOR: SUPERVISOR, Role.CLERK: CLERK, Role.AUDITOR: AUDITOR, Role.ADMINISTRATOR: ADMIN}
ORDINARY = 12


def words_of(number: str) -> str:
    """The password of a number, as it is typed."""
    return f"mado no yoake {number}!"


class Reader:
    """Somebody before the page: only keys, and eyes."""

    def __init__(self, qtbot: QtBot, page: DaybookPage, log: SessionLog) -> None:
        self.qtbot = qtbot
        self.page = page
        self.log = log
        self.table = page.cases.table
        self.panel = page.cases.panel

    def wait(self, condition: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=PATIENCE_MS)

    def settle(self) -> None:
        """Wait until the thread has answered everything."""
        self.wait(lambda: not self.page.link.is_busy)

    def press(self, *keys: Qt.Key) -> None:
        for key in keys:
            QTest.keyClick(QApplication.focusWidget() or self.page, key)

    def type(self, words: str) -> None:
        QTest.keyClicks(self.focused, words)

    def choose(self, number: object) -> None:
        """Rest at a case until its acts are there."""
        assert self.table.choose(str(number))
        self.wait(lambda: "受付を始めました" in self.panel.text.toPlainText())

    @property
    def focused(self) -> QWidget:
        widget = QApplication.focusWidget()
        assert widget is not None, "nothing has the focus"
        return widget

    @property
    def numbers(self) -> list[str]:
        """The case numbers in the table."""
        return [self.table.shown.index(row, 0).data() for row in range(self.table.shown.rowCount())]

    def entries(self, kind: EntryKind) -> list:
        return [link.to_entry() for link in self.log.links() if link.kind == kind.value]


@pytest.fixture
def clock() -> Clock:
    clock = Clock()
    clock.at = EVENING
    return clock


@pytest.fixture(scope="session")
def written(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, SampleDay]:
    """The log of the day before and of the day, written once; tests copy the file."""
    path = tmp_path_factory.mktemp("days") / "daybook.sqlite3"
    with SessionLog.open(path) as log:
        SampleDay(log, DAY - dt.timedelta(days=1)).ordinary(3)
        sample = SampleDay(log)
        sample.ordinary(ORDINARY)
        sample.odd()
    return folded_up(path), sample


@pytest.fixture
def log(tmp_path: Path, written: tuple[Path, SampleDay]) -> Iterator[SessionLog]:
    """A log of the test's own, with the two days in it."""
    with SessionLog.open(Path(shutil.copy(written[0], tmp_path))) as log:
        yield log


@pytest.fixture
def sample(log: SessionLog, written: tuple[Path, SampleDay]) -> SampleDay:
    """The day as it was left, to go on with."""
    return written[1].carried_on(log)


@pytest.fixture
def guard(log: SessionLog, clock: Clock) -> Guard:
    """The guard of the window; nobody is registered yet."""
    return Guard(
        Roster(log, clock, StaffRules(), hashing=PasswordHashing(CHEAP), machine="a" * 64, account="a" * 64)
    )


@pytest.fixture
def sign_in(guard: Guard) -> Callable[[Role], None]:
    """Register one of each role, and sign one of them in."""

    def sign_in(role: Role) -> None:
        StaffRegister(guard).set_up(ADMIN, Password(words_of(ADMIN)))
        guard.sign_in(ADMIN, Password(words_of(ADMIN)))
        for other, number in NUMBERS.items():
            if other is not Role.ADMINISTRATOR:
                given = Password(f"given by hand to {number}")
                StaffRegister(guard).add(number, other, given)
                guard.sign_in(number, given)
                StaffRegister(guard).change_own_password(given, Password(words_of(number)))
                guard.sign_in(ADMIN, Password(words_of(ADMIN)))
        guard.sign_in(NUMBERS[role], Password(words_of(NUMBERS[role])))

    return sign_in


@pytest.fixture
def key_file(tmp_path: Path) -> OfficeKeyFile:
    return OfficeKeyFile(tmp_path / "keys" / "office.key")


@pytest.fixture
def day_office(data_office: Office, log: SessionLog, guard: Guard, clock: Clock) -> Office:
    return dataclasses.replace(data_office, log=log, guard=guard, now=clock)


@pytest.fixture
def open_page(
    qtbot: QtBot, theme: Theme, day_office: Office, key_file: OfficeKeyFile, tmp_path: Path, sample: SampleDay
) -> Iterator[Callable[[], Reader]]:
    pages: list[tuple[DaybookPage, FittingArea]] = []

    def make() -> Reader:
        with theme.put_aside():
            shelf = BookShelf(lambda: day_office, key_file)
            page = DaybookPage(theme, shelf, lambda _name: FolderPrinter(tmp_path / "printed"))
            area = FittingArea(page, is_wide=True)
        pages.append((page, area))
        page.hand_on.show_printers(("フォルダー",))
        page.hand_on.folder.setText(str(tmp_path))
        area.resize(1366, 672)
        area.show()
        area.activateWindow()
        reader = Reader(qtbot, page, day_office.log)
        reader.wait(area.isActiveWindow)
        page.open_today()
        reader.settle()
        return reader

    yield make
    for page, area in pages:
        page.link.close()
        assert not page.link.is_running
        area.close()
        area.deleteLater()


@pytest.fixture
def reader(sign_in: Callable[[Role], None], open_page: Callable[[], Reader]) -> Reader:
    """The supervisor before the page."""
    sign_in(Role.SUPERVISOR)
    return open_page()
