"""A server that is lost while a visitor is served: the paper comes out, the line says how it stands."""

import dataclasses
import datetime as dt

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from kakanai.sessionlog.spool_errors import SpoolDamagedError
from kakanai.sessionlog.spool_state import LinkState
from kakanai.staff.guard import Guard
from kakanai.staff.roster import Roster
from kakanai.ui.office_line import OfficeLine
from kakanai.ui.spool_talk import SpoolTalk
from tests.sessionlog.cable import Cable
from tests.sessionlog.spooling import assert_sound, counter_log

PRINTED = ["forms_filled", "print_released", "print_done", "case_closed"]


class Log:
    """A log that stands as a test says."""

    backend = "postgresql"

    def __init__(self) -> None:
        self.state = LinkState()
        self.has_spool = True

    def link_state(self) -> LinkState:
        return self.state


def told_on(page) -> str:
    """All words that stand on a page."""
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


class Office:
    def __init__(self) -> None:
        self.log = Log()


@pytest.fixture
def cable(postgres):
    with Cable(postgres.port) as cable:
        yield cable


def test_each_state_is_told_in_its_words(qtbot, theme):
    line, office = OfficeLine(theme), Office()
    qtbot.addWidget(line)
    talk = SpoolTalk(lambda: office, line)
    talk.start()
    assert line.isHidden()
    broken = SpoolDamagedError(path="spool.sqlite3")
    for state, words, tone in (
        (LinkState(is_connected=False, waiting=12), "（12件）。受付は続けられます。", "caution"),
        (LinkState(waiting=3), "残り3件", "caution"),
        (LinkState(waiting=3, trouble=broken), "L-051（預かっている記録 3件） ", "danger"),
        (LinkState(trouble=broken), "L-051 サーバー", "danger"),
    ):
        office.log.state = state
        talk.look()
        assert words in line.text
        assert line.property("tone") == tone
    office.log.state = LinkState()
    talk.look()
    assert line.isHidden()
    office.log.has_spool = False
    talk.look()
    assert "kakanai db counter" in line.text
    talk.close()


def test_a_log_in_a_file_has_nothing_to_tell(clerk):
    assert clerk.window.office_line.isHidden()


def test_paper_comes_out_without_the_server_once_it_is_noted_here(
    desk, make_clerk, source, cable, postgres, paths, tmp_path, monkeypatch
):
    monkeypatch.setattr("kakanai.sessionlog.spool.ASK_EVERY_S", 0.05)
    url = cable.url(postgres.new_database().database)
    with counter_log(url, tmp_path, now=lambda: dt.datetime.now(dt.UTC)) as log:
        clerk = make_clerk(dataclasses.replace(desk, office=dataclasses.replace(desk.office, log=log)))
        line = clerk.window.office_line
        clerk.read_card(source)
        cable.cut()
        clerk.choose("seal-certificate", forms=1)
        clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        clerk.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        clerk.wait(lambda: clerk.talk.current == 3 and not clerk.window.paper.view.is_empty)
        clerk.enter()
        clerk.wait(lambda: clerk.talk.printing.print_button.isEnabled())
        number = clerk.flow.case.number
        clerk.press(Qt.Key.Key_F8)
        clerk.wait(lambda: clerk.flow.documents)
        assert [path.name for path in paths.output_dir.iterdir()] == [f"{number}_F05.pdf"]
        clerk.window.spool.look()
        assert "記録サーバーに接続できません" in line.text
        clerk.enter()
        clerk.wait(lambda: clerk.flow.case is None)
        clerk.press(Qt.Key.Key_F11)
        clerk.wait(lambda: "L-017" in told_on(clerk.window.day_log))
        clerk.press(Qt.Key.Key_F11)
        assert not log.link_state().is_connected
        cable.mend()
        clerk.wait(lambda: log.link_state() == LinkState())
        clerk.window.spool.look()
        assert line.isHidden()
        of_case = [link for link in assert_sound(log, tmp_path) if link.case_number == number]
        assert [link.kind for link in of_case][-4:] == PRINTED
        assert ['"spool"' in link.body for link in of_case[-4:]] == [True] * 4
        clerk.window.close()


def test_a_window_that_opens_without_the_server_goes_on_once_it_is_there(
    desk, make_clerk, source, cable, postgres, tmp_path, monkeypatch
):
    monkeypatch.setattr("kakanai.sessionlog.spool.ASK_EVERY_S", 0.05)

    def now() -> dt.datetime:
        return dt.datetime.now(dt.UTC)

    url = cable.url(postgres.new_database().database)
    counter_log(url, tmp_path, now=now).close()
    cable.cut()
    with counter_log(url, tmp_path, now=now) as log:
        office = dataclasses.replace(desk.office, log=log, guard=Guard(Roster(log, now)))
        clerk = make_clerk(dataclasses.replace(desk, office=office))
        window = clerk.window
        # Nobody knows yet whether somebody has to sign in.
        assert window.staff.cover.page is window.staff.sign_in
        assert "L-017" in told_on(window.staff.sign_in)
        cable.mend()
        clerk.wait(lambda: log.link_state().is_connected)
        window.spool.look()
        assert not window.staff.cover.is_on
        clerk.read_card(source)
        window.close()
