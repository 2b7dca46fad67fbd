"""Ruby: its spelling, names with their reading, and nothing lost when lines break."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication

from kakanai.ui.visitor.ruby import Segment, has_ruby, name_words, parse_ruby, without_ruby
from kakanai.ui.visitor.text_block import TextBlock


def test_kanji_before_the_brackets_are_the_base():
    assert parse_ruby("暗証番号《あんしょうばんごう》を　入《い》れて") == [
        (Segment("暗証番号", "あんしょうばんごう"), Segment("を")),
        (Segment("入", "い"), Segment("れて")),
    ]
    assert parse_ruby("あと　3｜回《かい》") == [(Segment("あと"),), (Segment("3"), Segment("回", "かい"))]
    assert without_ruby("入《い》れて　3｜回《かい》") == "入れて　3回"
    assert not has_ruby("入れて")


def test_a_new_line_begins_a_new_line():
    assert parse_ruby("入《い》れて\n出《だ》す") == [
        (Segment("入", "い"), Segment("れて")),
        (),
        (Segment("出", "だ"), Segment("す")),
    ]


def test_a_name_has_its_reading_part_by_part():
    assert name_words("黒桐　幹也", "クロギリ　ミキヤ") == [
        (Segment("黒桐", "クロギリ"),),
        (Segment("幹也", "ミキヤ"),),
    ]
    assert name_words("黒桐幹也", "クロギリ　ミキヤ") == [(Segment("黒桐幹也", "クロギリ　ミキヤ"),)]


@given(st.text(alphabet="辻󠄀葛\U000e0100髙ABC　 ", max_size=40), st.sampled_from(["", "ア", "ア　イ"]))
def test_no_letter_of_a_name_is_lost_or_changed(name: str, kana: str):
    shown = "".join(segment.base for word in name_words(name, kana) for segment in word)
    assert shown.replace("　", "").replace(" ", "") == name.replace("　", "").replace(" ", "")


def test_segments_do_not_tell_a_name():
    assert "黒桐" not in repr(name_words("黒桐　幹也", "クロギリ　ミキヤ"))


def test_what_does_not_fit_on_a_line_goes_on_below(qapp: QApplication):
    block = TextBlock()
    font = QFont()
    font.setPointSizeF(24)
    block.dress(font, "#000000")
    block.show_text("暗証番号《あんしょうばんごう》を　入《い》れて　ください")
    assert block.text == "暗証番号を 入れて ください"
    assert block.accessibleName() == block.text
    one = block.heightForWidth(2000)
    assert block.heightForWidth(400) > one * 1.8
    block.resize(400, one)
    assert not block.shows_all()
    block.resize(400, block.heightForWidth(400))
    assert block.shows_all()
    block.clear()
    assert block.heightForWidth(400) == 0
