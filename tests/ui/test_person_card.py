"""The person on the window: verdict, expiry, glyphs, pictures, and the address that changed."""

import datetime as dt
import json

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QSize, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from kakanai.cardreader.authenticity.verdict import Authenticity, Check, CheckResult, Verdict
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.identity.evidence import Fact
from kakanai.resources import resource_root
from kakanai.ui.person_card import expiry_words, may_differ
from kakanai.ui.picture_box import PictureBox
from kakanai.ui.verdict_words import SIGNS, TONES, badge_text, failed_checks
from tests.ui.conftest import Clerk

TODAY = dt.date(2026, 11, 21)


@pytest.mark.parametrize(
    ("expires_on", "words", "tone"),
    [
        (None, "", "plain"),
        (dt.date(2035, 2, 17), "有効期限 2035年2月17日", "plain"),
        (dt.date(2026, 12, 21), "有効期限 2026年12月21日", "plain"),
        (dt.date(2026, 12, 20), "▲ 期限まで 29 日（2026年12月20日）", "caution"),
        (TODAY, "▲ 期限まで 0 日（2026年11月21日）", "caution"),
        (dt.date(2026, 11, 20), "× 期限切れ（2026年11月20日まで）", "danger"),
    ],
)
def test_the_expiry_is_told_in_words(expires_on: dt.date | None, words: str, tone: str) -> None:
    assert expiry_words(expires_on, TODAY) == (words, tone)


@pytest.mark.parametrize(
    "text", ["渡邊\U000e0108", "高\ufe00", "髙橋", "山﨑", "𠮷田", "\ue000", "\U0010fff1橋", "〓田", "□田"]
)
def test_text_that_may_be_drawn_otherwise_is_pointed_at(text: str) -> None:
    assert may_differ(text)


@pytest.mark.parametrize("text", ["", "黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２", "DA SILVA Maria"])
def test_ordinary_text_is_not(text: str) -> None:
    assert not may_differ(text)


def test_the_verdict_is_one_of_four_words_each_with_its_sign() -> None:
    words = [badge_text(Authenticity(verdict, ())) for verdict in Verdict]
    assert words == ["✓ 検証済", "▲ 試験用CA", "－ 発行者鍵なし(データのみ)", "× 不一致"]
    assert set(SIGNS) == set(TONES) == set(Verdict)


def test_what_failed_is_told_once_in_japanese() -> None:
    checks = (
        Check("basic_four", CheckResult.MISMATCH),
        Check("text_chip", CheckResult.MISMATCH),
        Check("surface_chip", CheckResult.MISMATCH),
        Check("text_certificate", CheckResult.OK),
    )
    told = failed_checks(Authenticity(Verdict.MISMATCH, checks))
    assert len(told) == 2
    assert "複製" in told[1]


@pytest.mark.parametrize(
    ("specimen", "badge"),
    [
        ("official-test", "✓ 検証済"),
        ("test-ca", "▲ 試験用CA"),
        ("unknown-issuer", "－ 発行者鍵なし(データのみ)"),
    ],
)
def test_each_specimen_gets_its_verdict(
    clerk: Clerk, source: SimulatedReaderSource, specimen: str, badge: str
) -> None:
    clerk.read_card(source, specimen)
    card = clerk.talk.person.card
    assert card.verdict.text() == badge
    assert card.revocation.text() == "失効は確認していません。券面（顔写真）は未確認"
    assert card.revocation.isVisible()


def test_an_expired_card_says_so(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source, "expired")
    assert clerk.talk.person.card.expiry.text().startswith("× 期限切れ（2026年5月5日")


def test_the_present_address_takes_the_place_of_the_cards_and_both_are_seen(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source, "stale-address")
    on_card = clerk.flow.person.address
    question = clerk.talk.person.address
    assert "住所は今もここですか" in question._question.text()
    clerk.press(Qt.Key.Key_Tab)
    clerk.enter()  # いいえ
    assert clerk.focused is question.line
    clerk.enter()
    assert "入力してください" in question._note.text()
    clerk.type("見本県見本市見本町１－２－３")
    clerk.enter()
    assert clerk.flow.person.address == "見本県見本市見本町１－２－３"
    assert clerk.flow.case.evidence.stale == frozenset({Fact.ADDRESS})
    card = clerk.talk.person.card
    assert card.signs["address"].text() == "⚠"
    assert "住所はカードと違う" in card.card_address.text()
    assert on_card in QLabel.text(card.card_address)
    assert "⚠" in clerk.talk.person.header.whole_text
    assert question.line.text() == ""
    # The face read afterwards brings the card's address again; what the visitor said stays.
    clerk.talk.person._photo.click()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))
    clerk.type(security_code("stale-address"))
    clerk.enter()
    clerk.wait(lambda: not card.photo.is_empty)
    assert clerk.flow.person.address == "見本県見本市見本町１－２－３"
    assert on_card in QLabel.text(card.card_address)


def security_code(specimen: str) -> str:
    content = json.loads((resource_root() / "simulator" / f"{specimen}.json").read_text(encoding="utf-8"))
    return str(content["security_code"])


def test_typing_the_address_can_be_given_up(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    before = clerk.flow.person.address
    clerk.talk.person.address.no.click()
    clerk.type("見本町")
    clerk.press(Qt.Key.Key_Escape)
    assert clerk.flow.person.address == before
    assert clerk.focused is clerk.talk.person.address.yes


def test_pictures_are_dropped_when_the_case_ends(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.put_card(source, "official-test")
    clerk.press(Qt.Key.Key_F10)
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))
    clerk.type("S55.2.17")
    clerk.enter()
    clerk.type("2285")
    clerk.enter()
    clerk.wait(lambda: clerk.flow.person is not None)
    boxes = clerk.window.findChildren(PictureBox)
    assert sum(not box.is_empty for box in boxes) == 3
    clerk.flow.cancel_case()
    assert all(box.is_empty for box in boxes)
    assert not clerk.flow.pictures.has_any
    assert clerk.flow.told is None
    assert clerk.talk.person.card.values["name"].text() == ""


def test_another_persons_card_shows_none_of_the_pictures_before(
    clerk: Clerk, source: SimulatedReaderSource
) -> None:
    clerk.read_card(source)
    clerk.talk.person._photo.click()
    clerk.wait(lambda: clerk.talk.shows(clerk.talk.collation))
    clerk.type("2285")
    clerk.enter()
    clerk.wait(lambda: not clerk.talk.person.card.photo.is_empty)
    clerk.take_card(source)
    source.insert("tatsu-saki")
    clerk.wait(lambda: "カードがあります" in clerk.window.top_bar.reader.text())
    clerk.press(Qt.Key.Key_F2)
    clerk.press(Qt.Key.Key_4)  # 来庁者を替える
    clerk.wait(lambda: clerk.talk.is_asking_pin)
    clerk.enter_pin()
    clerk.wait(lambda: not clerk.talk.is_on_card_page)
    assert clerk.talk.person.card.photo.is_empty


def png(width: int, height: int, dots: list[tuple[int, int]]) -> bytes:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    for x, y in dots:
        image.setPixelColor(x, y, QColor("black"))
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def test_glyphs_lose_their_margins_and_grow_by_whole_numbers(qtbot: QtBot, qapp: QApplication) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    box = PictureBox("字形", QSize(100, 40), is_glyphs=True, parent=window)
    box.show_picture(png(60, 12, [(4, 2), (13, 9)]))
    assert box.pixmap().size() == QSize(20, 16)
    box.show_picture(png(300, 12, [(0, 0), (299, 11)]))
    assert box.pixmap().width() == 100
    box.show_picture(png(10, 10, []))
    assert box.pixmap().size() == QSize(20, 20)
    box.show_picture(b"no picture")
    assert box.is_empty
    assert box.isHidden()
