"""What keeps the window from opening is said on the screen, with what to do, and can be tried again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog

from kakanai.app import window_start
from kakanai.app.window_start import open_or_tell
from kakanai.messages import message_for
from kakanai.sessionlog.errors import LogUnreachableError
from kakanai.ui.controls import TextLabel
from kakanai.ui.start_failure import StartFailure, tell_start_failure
from kakanai.ui.theme import Theme

PLACE = "postgresql://db.example/kakanai"


@pytest.fixture
def error() -> LogUnreachableError:
    return LogUnreachableError(path=PLACE, reason="")


@pytest.mark.parametrize(("key", "again"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_what_to_do_is_said_and_enter_tries_again(qtbot, theme: Theme, error, key, again) -> None:
    dialog = StartFailure(error, theme)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.again.hasFocus)
    said = " ".join(label.text() for label in dialog.findChildren(TextLabel))
    message = message_for(error)
    for words in (message.what, message.next_step, "L-017"):
        assert words in said
    QTest.keyClick(QApplication.focusWidget(), key)
    assert (dialog.result() == QDialog.DialogCode.Accepted) is again


def test_nobody_is_asked_where_nobody_sees_it(qapp, error, tmp_path) -> None:
    assert not tell_start_failure(error, tmp_path / "look.json")


def test_it_is_tried_until_it_opens_or_nobody_wants_to(monkeypatch, error, tmp_path) -> None:
    wants = [True, True, False]
    monkeypatch.setattr(window_start, "_wants_again", lambda _error, _file: wants.pop(0))
    tries = []

    def never() -> int:
        tries.append(1)
        raise error

    with pytest.raises(LogUnreachableError):
        open_or_tell(never, tmp_path)
    assert len(tries) == 3

    def second() -> int:
        tries.append(1)
        if len(tries) == 4:
            raise error
        return 0

    wants.append(True)
    assert open_or_tell(second, tmp_path) == 0


def test_without_a_screen_qt_is_not_even_asked(monkeypatch, error, tmp_path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(window_start.sys, "platform", "linux")
    monkeypatch.setattr(window_start, "_wants_again", lambda *_told: pytest.fail("asked"))

    def fail() -> int:
        raise error

    with pytest.raises(LogUnreachableError):
        open_or_tell(fail, tmp_path)
