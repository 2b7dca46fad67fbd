"""The day close: the password again, the office's key, what is signed, who may."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kakanai.sessionlog.entry import EntryKind
from kakanai.sessionlog.office_key import OfficeKeyFile
from kakanai.sessionlog.seals import DaySeals
from kakanai.staff.role import Role
from tests.daybook.sample_day import DAY
from tests.staff.conftest import SUPERVISOR
from tests.ui.daybook.conftest import Reader, words_of


def go_to_close(reader: Reader) -> None:
    reader.press(Qt.Key.Key_J)
    reader.settle()
    reader.press(Qt.Key.Key_U, Qt.Key.Key_J)  # the focus comes to what is to be done once it is there
    reader.settle()
    reader.page.take_focus()


@pytest.fixture
def closing(key_file: OfficeKeyFile, reader: Reader) -> Reader:
    key_file.make()
    go_to_close(reader)
    return reader


def test_the_password_again_closes_the_day(closing: Reader, key_file: OfficeKeyFile) -> None:
    sheet = closing.page.closing
    assert "まだ締めていません" in sheet.what.text()
    assert "11月19日" in sheet.what.text()
    assert sheet.number.typed == SUPERVISOR
    assert closing.focused is sheet.password.line
    assert sheet.password.line.echoMode() is QLineEdit.EchoMode.Password
    closing.type(words_of(SUPERVISOR))
    closing.press(Qt.Key.Key_Return)
    closing.wait(lambda: sheet.state.text().startswith("✓"))
    closing.settle()
    (close,) = DaySeals(closing.log).closes()
    assert close.day == DAY
    assert close.staff == SUPERVISOR
    assert close.is_signed_by(key_file.open().public)
    assert sheet.button.isHidden()
    assert sheet.password.line.text() == ""
    assert "締め済" in sheet.boxes.accessibleName()
    assert "✓ 署名は鍵と合っています" in sheet.boxes.accessibleName()
    assert closing.page.line.state.text() == "■ 締め済"


def test_a_wrong_password_closes_nothing_and_is_not_kept(closing: Reader) -> None:
    sheet = closing.page.closing
    closing.type("wrong as can be")
    closing.press(Qt.Key.Key_Return)
    closing.wait(lambda: "A-001" in sheet.state.text())
    assert sheet.password.line.text() == ""
    assert closing.focused is sheet.password.line
    assert DaySeals(closing.log).closes() == []
    assert len(closing.entries(EntryKind.SIGN_IN_FAILED)) == 1


def test_what_was_typed_is_forgotten_when_the_sheet_goes(closing: Reader) -> None:
    closing.type("half a passw")
    closing.page.row.tabs[0].setChecked(True)
    assert closing.page.closing.password.line.text() == ""


def test_without_a_key_it_is_said_who_makes_one(reader: Reader) -> None:
    go_to_close(reader)
    sheet = reader.page.closing
    assert "L-036" in sheet.what.text()
    assert sheet.button.isHidden()
    assert sheet.key_button.isHidden()  # the administrator's


def test_a_key_with_a_passphrase_asks_for_it(key_file: OfficeKeyFile, reader: Reader) -> None:
    key_file.make("ao i sora no shita")
    go_to_close(reader)
    sheet = reader.page.closing
    assert sheet.passphrase.isVisible()
    reader.type(words_of(SUPERVISOR))
    reader.press(Qt.Key.Key_Return)
    assert reader.focused is sheet.passphrase.line
    reader.type("something else")
    reader.press(Qt.Key.Key_Return)
    reader.wait(lambda: "L-037" in sheet.state.text())
    assert DaySeals(reader.log).closes() == []
    reader.type(words_of(SUPERVISOR))
    reader.press(Qt.Key.Key_Return)
    reader.type("ao i sora no shita")
    reader.press(Qt.Key.Key_Return)
    reader.wait(lambda: len(DaySeals(reader.log).closes()) == 1)
    reader.settle()


def test_an_administrator_makes_the_key_and_closes_nothing(
    sign_in: Callable[[Role], None], open_page: Callable[[], Reader], key_file: OfficeKeyFile
) -> None:
    sign_in(Role.ADMINISTRATOR)
    reader = open_page()
    go_to_close(reader)
    sheet = reader.page.closing
    assert reader.focused is sheet.key_button
    reader.press(Qt.Key.Key_Return)
    reader.wait(sheet.key_button.isHidden)
    assert [key.key_id for key in DaySeals(reader.log).public_keys()] == [key_file.open().public.key_id]
    assert sheet.button.isHidden()


def test_while_nobody_is_registered_no_password_is_asked(
    key_file: OfficeKeyFile, open_page: Callable[[], Reader]
) -> None:
    key_file.make()
    reader = open_page()
    go_to_close(reader)
    sheet = reader.page.closing
    assert "未登録" in sheet.what.text()
    assert not sheet.password.isVisible()
    assert reader.focused is sheet.button
    reader.press(Qt.Key.Key_Return)
    reader.wait(lambda: sheet.state.text().startswith("✓"))
    (close,) = DaySeals(reader.log).closes()
    assert close.staff == "-"
