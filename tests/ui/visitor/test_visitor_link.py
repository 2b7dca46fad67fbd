"""The visitor's screen beside the clerk's window: what comes on it, what goes, and who has the keyboard."""

import dataclasses
import datetime as dt
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton

from kakanai.counter.case_log import AGREED_CODE, TO_CORRECT_CODE
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence, ReadBy
from kakanai.identity.person import Person, Sex
from kakanai.reception.companion import Companion
from kakanai.sessionlog.errors import LogStorageError
from kakanai.ui.visitor.languages import EASY_JAPANESE
from kakanai.ui.visitor.screens import other_screen
from kakanai.ui.visitor.text_block import TextBlock
from kakanai.ui.visitor.visitor_view import NEUTRAL, Board
from kakanai.ui.visitor.visitor_window import VisitorWindow
from tests.ui.conftest import Clerk

NOW = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier
NAME, ADDRESS, NUMBER = "黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２", "123456789018"


class Visitor:
    """A visitor: eyes, and a finger."""

    def __init__(self, clerk: Clerk) -> None:
        self.clerk = clerk
        self.link = clerk.window.visitor

    @property
    def window(self) -> VisitorWindow:
        assert self.link.window is not None
        return self.link.window

    @property
    def board(self) -> Board:
        return self.window.view.board

    def sees(self) -> str:
        QApplication.processEvents()
        return "\n".join(b.text for b in self.window.findChildren(TextBlock) if b.isVisible())

    def whole_window(self) -> str:
        """Every text that lies anywhere in the window, in sight or not."""
        blocks = self.window.findChildren(TextBlock)
        buttons = self.window.findChildren(QPushButton)
        return "\n".join([b.text + b.accessibleName() for b in blocks] + [b.text() for b in buttons])

    def touch(self, button: QPushButton) -> None:
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def wait_for(self, board: Board) -> None:
        self.clerk.wait(lambda: self.board is board)


@pytest.fixture
def visitor(clerk: Clerk) -> Visitor:
    clerk.press(Qt.Key.Key_F12)
    visitor = Visitor(clerk)
    clerk.wait(lambda: visitor.link.is_open)
    clerk.press(Qt.Key.Key_F12)
    return visitor


def answers_logged(clerk: Clerk) -> list[str]:
    log = clerk.flow.counter.office.log
    return [code for entry in log.day(clerk.flow.today) for code in entry.codes if code.startswith("V-03")]


def test_f12_opens_it_beside_the_clerks_window_and_leaves_the_keyboard_there(clerk, visitor):
    assert visitor.board is Board.NEUTRAL
    assert "見本" in visitor.window.town.text
    assert not visitor.window.isActiveWindow()
    assert clerk.window.isActiveWindow()
    assert visitor.window.windowFlags() & Qt.WindowType.WindowDoesNotAcceptFocus
    assert not visitor.window.testAttribute(Qt.WidgetAttribute.WA_QuitOnClose)
    clerk.press(Qt.Key.Key_F12)
    assert clerk.focused is visitor.link.panel.search
    clerk.press(Qt.Key.Key_Escape)
    assert not visitor.link.panel.isVisible()
    assert visitor.link.is_open


def test_the_visitor_enters_the_pin_by_touch_and_no_digit_is_anywhere(clerk, visitor, source):
    clerk.put_card(source, "official-test")
    visitor.wait_for(Board.PIN)
    assert "残り" not in visitor.sees()
    assert "あと 3 回入れられます" in visitor.sees()
    before = visitor.window.pin.dots.text
    for digit in "1234":
        visitor.touch(visitor.window.pin.keys[digit])
    clerk.wait(lambda: visitor.window.pin.dots.text == "● ● ● ●")
    assert before == "○ ○ ○ ○"
    assert clerk.talk.pin_pad.pad.entered == 4
    visitor.touch(visitor.window.pin.confirm)
    clerk.wait(lambda: clerk.flow.person is not None)
    assert clerk.talk.pin_pad.pad.entered == 0
    visitor.wait_for(Board.CHECK)


def test_erase_and_an_incomplete_pin(clerk, visitor, source):
    clerk.put_card(source, "official-test")
    visitor.wait_for(Board.PIN)
    for key in ("1", "2", "⌫"):
        visitor.touch(visitor.window.pin.keys[key])
    clerk.wait(lambda: visitor.window.pin.dots.text == "● ○ ○ ○")
    visitor.touch(visitor.window.pin.confirm)
    assert clerk.flow.person is None
    assert clerk.talk.pin_pad.pad.entered == 1
    assert visitor.link.window.pin.dots.accessibleName() == "4けたのうち 1 けた"


def test_a_wrong_pin_tells_the_tries_left_and_none_is_tried_unasked(clerk, visitor, source):
    clerk.put_card(source, "official-test")
    clerk.enter_pin("9999")
    clerk.wait(lambda: "暗証番号がちがいます" in visitor.sees())
    assert "あと 2 回入れられます" in visitor.sees()
    clerk.enter_pin("9999")
    clerk.wait(lambda: "あと 1 回入れられます" in visitor.sees())
    assert "あと1回まちがえると" in visitor.sees()
    clerk.enter_pin("1234")
    visitor.wait_for(Board.CHECK)


def test_a_locked_pin_takes_no_touch(clerk, visitor, source):
    clerk.put_card(source, "locked-pin")
    visitor.wait_for(Board.PIN)
    assert "職員がほかの方法をご案内します" in visitor.sees()
    assert not any(button.isEnabled() for button in visitor.window.pin.keys.values())


def test_a_card_brings_the_clerk_back_from_the_panel_and_the_panel_may_be_called_again(
    clerk, visitor, source
):
    pages, panel = clerk.window._pages, visitor.link.panel
    clerk.press(Qt.Key.Key_F12)
    clerk.wait(lambda: pages.is_in_sight(panel))
    source.insert("official-test")
    visitor.wait_for(Board.PIN)
    clerk.wait(lambda: pages.is_in_sight(clerk.talk))
    clerk.press(Qt.Key.Key_F12)
    clerk.wait(lambda: pages.is_in_sight(panel))
    visitor.touch(visitor.window.pin.keys["1"])
    clerk.wait(lambda: not visitor.link._refresh_soon.isActive())
    assert pages.is_in_sight(panel)  # only the card's coming brought the counter back


def test_a_licence_asks_its_pins_one_after_the_other(clerk, visitor, source):
    clerk.put_card(source, "licence-plain", clerk.talk.licence)
    visitor.wait_for(Board.PIN)
    assert "運転免許証の暗証番号1" in visitor.sees()
    clerk.enter_pin("1234")
    clerk.wait(lambda: "運転免許証の暗証番号2" in visitor.sees())
    assert "入れなくても進めます" in visitor.sees()
    visitor.touch(visitor.window.pin.confirm)
    clerk.wait(lambda: clerk.flow.person is not None)


@pytest.mark.parametrize(
    ("agrees", "code", "board"),
    [(True, AGREED_CODE, Board.THANKS), (False, TO_CORRECT_CODE, Board.TELL_STAFF)],
)
def test_the_visitor_checks_and_answers(clerk, visitor, source, agrees, code, board):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    seen = visitor.sees()
    assert NAME.replace("　", "") in seen.replace("　", "")
    assert ADDRESS in seen
    assert "昭和55年2月17日（1980年2月17日）" in seen
    assert NUMBER not in visitor.whole_window()
    visitor.touch(visitor.window.check.yes if agrees else visitor.window.check.no)
    assert visitor.board is board
    assert answers_logged(clerk) == [code]
    told = clerk.talk.notice.text
    assert ("合っています" in told) is agrees
    assert ("なおします" in told) is not agrees
    for secret in (NAME, "黒桐", ADDRESS, "1980"):
        assert secret not in visitor.whole_window()
    visitor.link.thanks.timeout.emit()
    assert visitor.board is Board.NEUTRAL


def test_an_answer_that_the_log_refuses_is_told(clerk, visitor, source, monkeypatch):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)

    def refuse(*_args, **_named):
        raise LogStorageError

    monkeypatch.setattr(clerk.flow.counter, "note_visitor_answer", refuse)
    visitor.touch(visitor.window.check.yes)
    assert LogStorageError.code in clerk.talk.notice.text
    assert "合っています" not in clerk.talk.notice.text


def test_the_visitor_sees_what_is_chosen_and_read_meanwhile(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    clerk.choose("residence-certificate", "move-in-with-insurance", forms=3)
    clerk.wait(lambda: "住民票の写し" in visitor.sees())
    clerk.flow.answer("visitor.kana", "クロギリ　ミキヤ")
    clerk.wait(lambda: visitor.window.view.person.kana == "クロギリ　ミキヤ")
    clerk.press(Qt.Key.Key_C, ALT)
    assert visitor.board is Board.CHECK
    assert NUMBER not in visitor.whole_window()


@pytest.mark.parametrize("key", [(Qt.Key.Key_F11, Qt.KeyboardModifier.NoModifier)])
def test_nothing_of_anybody_stays_while_the_clerk_looks_elsewhere(clerk, visitor, source, key):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    clerk.press(*key)
    visitor.wait_for(Board.NEUTRAL)
    assert "黒桐" not in visitor.whole_window()
    clerk.press(*key)
    QApplication.processEvents()
    assert visitor.board is Board.NEUTRAL
    clerk.press(Qt.Key.Key_C, ALT)
    visitor.wait_for(Board.CHECK)


def test_the_pin_comes_back_after_the_day_log(clerk, visitor, source):
    clerk.put_card(source, "official-test")
    visitor.wait_for(Board.PIN)
    clerk.press(Qt.Key.Key_F11)
    visitor.wait_for(Board.NEUTRAL)
    clerk.press(Qt.Key.Key_F11)
    visitor.wait_for(Board.PIN)


def test_the_end_of_the_case_empties_the_screen_and_its_language(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    clerk.press(Qt.Key.Key_L, CONTROL)
    clerk.flow.cancel_case()
    assert visitor.window.view is NEUTRAL
    assert "黒桐" not in visitor.whole_window()
    assert visitor.window.language == "ja"


def test_another_person_in_the_case_does_not_come_by_itself(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    visitor.touch(visitor.window.check.yes)
    other = Person("見本　次郎", "見本町見本2-2", BirthDate(2015, 5, 5), Sex.MALE)
    key = clerk.flow.case.add_companion(
        Companion("member", other, Evidence(read_by=ReadBy.HAND, read_at=NOW, sources={}))
    )
    clerk.flow.changed.emit()
    clerk.flow.asked.emit()
    clerk.window.card_talk.identified.emit()
    QApplication.processEvents()
    assert "見本　次郎" not in visitor.whole_window()
    assert visitor.board is Board.THANKS
    clerk.press(Qt.Key.Key_F12)
    button = next(one for one in visitor.link.panel.findChildren(QPushButton) if one.text() == "見本　次郎")
    button.click()
    visitor.wait_for(Board.CHECK)
    assert visitor.window.view.person.name == "見本　次郎"
    clerk.flow.case.remove_companion(key)
    clerk.flow.changed.emit()
    visitor.wait_for(Board.NEUTRAL)


def test_another_case_empties_the_screen(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    clerk.flow.case = clerk.flow.counter.open_case()
    clerk.flow.changed.emit()
    assert visitor.board is Board.NEUTRAL
    assert "黒桐" not in visitor.whole_window()


def test_an_answer_waits_for_a_warning_to_be_dealt_with(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    clerk.talk.notice.tell("danger", "先に読むこと", topic="other")
    visitor.touch(visitor.window.check.no)
    assert clerk.talk.notice.text == "先に読むこと"
    assert answers_logged(clerk) == [TO_CORRECT_CODE]
    clerk.talk.notice.dismiss()
    clerk.wait(lambda: "なおします" in clerk.talk.notice.text)


def test_a_screen_that_is_unplugged_takes_the_window_along(clerk, visitor, qapp):
    qapp.screenRemoved.emit(qapp.primaryScreen())
    assert not visitor.link.is_open


def test_a_protected_address_is_not_on_the_screen(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    clerk.flow.case.protect()
    clerk.flow.changed.emit()
    clerk.wait(lambda: ADDRESS not in visitor.whole_window())
    clerk.press(Qt.Key.Key_C, ALT)
    assert ADDRESS not in visitor.whole_window()
    assert "ご住所" not in visitor.sees()


def test_while_it_is_closed_nothing_is_put_on_it(clerk, visitor, source):
    visitor.link.close()
    clerk.read_card(source)
    clerk.press(Qt.Key.Key_C, ALT)
    assert not visitor.link.is_open
    assert "黒桐" not in visitor.whole_window()


def test_closing_its_frame_brings_the_clerk_back(clerk, visitor):
    clerk.press(Qt.Key.Key_F12)
    visitor.window.close()
    assert not visitor.link.panel.isVisible()
    assert not visitor.link.is_open
    clerk.press(Qt.Key.Key_F12)
    assert visitor.link.is_open


def test_languages_by_key_and_by_touch(clerk, visitor):
    clerk.press(Qt.Key.Key_L, CONTROL)
    assert visitor.window.language == EASY_JAPANESE
    clerk.press(Qt.Key.Key_L, CONTROL)
    assert "Welcome" in visitor.sees()
    visitor.touch(visitor.window.to_languages)
    visitor.touch(visitor.window.choice.buttons["ne"])
    assert "स्वागत छ" in visitor.sees()
    assert visitor.link.panel.language.currentText() == "ネパール語"
    visitor.touch(visitor.window.to_languages)
    visitor.touch(visitor.window.choice.back)
    assert "स्वागत छ" in visitor.sees()
    for _ in range(12):
        clerk.press(Qt.Key.Key_L, CONTROL)
    assert visitor.window.language == "ne"


def test_presets_by_key_and_by_touch(clerk, visitor):
    clerk.press(Qt.Key.Key_B, ALT)
    assert visitor.window.is_big
    assert visitor.window.look.scale > 1
    visitor.touch(visitor.window.big)
    assert not visitor.window.is_big
    clerk.press(Qt.Key.Key_H, ALT)
    assert visitor.window.look.colors["surface"] == "#000000"
    visitor.touch(visitor.window.contrast)
    assert visitor.window.look.colors["surface"] == "#ffffff"


def test_phrases_by_number_with_an_amount(clerk, visitor):
    visitor.window.use_language("vi")
    clerk.press(Qt.Key.Key_F12)
    clerk.type("41")
    clerk.enter()
    assert clerk.focused is visitor.link.panel.amount
    clerk.type("1500")
    clerk.enter()
    assert visitor.board is Board.MESSAGE
    assert "Lệ phí là 1,500 yên." in visitor.sees()
    assert visitor.sees().count("手数料は1,500円です") == 1
    visitor.window.use_language("ja")
    assert visitor.sees().count("手数料は1,500円です") == 1
    assert clerk.focused is visitor.link.panel.search
    clerk.press(Qt.Key.Key_X, ALT)
    assert visitor.board is Board.NEUTRAL


def test_the_clerks_own_words_are_shown_and_kept_nowhere(clerk, visitor, paths):
    clerk.press(Qt.Key.Key_F12)
    visitor.link.panel.own.setFocus()
    clerk.type("黒桐さん　あと五分です")
    clerk.enter()
    assert "黒桐さん　あと五分です" in visitor.sees()
    assert visitor.link.panel.own.text() == ""
    clerk.press(Qt.Key.Key_X, ALT)
    assert "五分" not in visitor.whole_window()
    kept = [path.read_bytes() for path in paths.home.rglob("*") if path.is_file()]
    assert not any("五分".encode() in content for content in kept)


def test_stale_data_goes_after_a_while(clerk, visitor, source):
    clerk.read_card(source)
    visitor.wait_for(Board.CHECK)
    visitor.link._idle.timeout.emit()
    assert visitor.board is Board.NEUTRAL


def test_the_other_screen_is_never_the_clerks():
    own, second = object(), object()
    assert other_screen([own, second], own) is second
    assert other_screen([second, own], own) is second
    assert other_screen([own], own) is None


def test_a_broken_phrase_file_is_told_and_nothing_opens(clerk, tmp_path, monkeypatch):
    (tmp_path / "phrases").mkdir()
    (tmp_path / "phrases" / "a.yaml").write_text("group: x\n", encoding="utf-8")
    monkeypatch.setattr("kakanai.ui.visitor.visitor_link.resource_root", lambda: tmp_path)
    clerk.press(Qt.Key.Key_F12)
    assert not clerk.window.visitor.is_open
    assert clerk.talk.notice.isVisible()


def test_the_town_changes_its_name_there_too(clerk, visitor):
    town = dataclasses.replace(clerk.flow.counter.office.town, name="別見本町")
    visitor.link.use_town(town)
    assert visitor.window.town.text == "別見本町"


def test_no_key_of_the_window_has_two_meanings(clerk, visitor):
    """Mnemonics count too: with two of a key, Qt does neither."""
    actions = [action.shortcut().toString() for action in clerk.window.actions() if action.shortcut()]
    labels = [label.text() for label in clerk.window.findChildren(QLabel)]
    labels += [button.text() for button in clerk.window.findChildren(QPushButton)]
    mnemonics = {f"Alt+{found[1]}" for text in labels if (found := re.search(r"\(&([A-Z])\)", text))}
    assert mnemonics
    assert mnemonics.isdisjoint(actions)
    assert len(actions) == len(set(actions))
