"""Nothing is cut on any board, in any language, in either size; targets and contrast are large enough."""

import json

import pytest
from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget

from kakanai.forms.language_fonts import language_codes
from kakanai.identity.birth_date import BirthDate
from kakanai.resources import resource_root
from kakanai.ui.pin_prompt import AskedPin, PinMood, PinPrompt
from kakanai.ui.theme import Theme
from kakanai.ui.visitor.look import Type
from kakanai.ui.visitor.phrases import load_phrases
from kakanai.ui.visitor.text_block import TextBlock
from kakanai.ui.visitor.touch_button import TARGET_PX, TouchButton
from kakanai.ui.visitor.visitor_view import (
    NEUTRAL,
    Board,
    ShownPerson,
    VisitorView,
    answered_view,
    message_view,
    pin_view,
)
from kakanai.ui.visitor.visitor_window import VisitorWindow

LONG = ShownPerson(
    name="見本長名　ジュリエッタマリアフェルナンダ三世花子",
    kana="ミホンナガナ　ジュリエッタマリアフェルナンダサンセイハナコ",
    address="北海道見本郡見本町大字見本字見本百二十三番地四五六号　" * 2 + "見本ハイツ一〇一号室見本様方",
    birth_date=BirthDate(1989, 11, 30),
    procedures=tuple(f"国民健康保険の取得・喪失・変更{number}" for number in range(12)),
)
SHORT = ShownPerson(
    "黒桐　幹也", "クロギリ　ミキヤ", "東京都見本区見本1-1", BirthDate(1980, 2, 17), ("転入",)
)


def boards() -> dict[str, VisitorView]:
    shown = {
        "neutral": NEUTRAL,
        "thanks": answered_view(agrees=True),
        "tell": answered_view(agrees=False),
        "long": VisitorView(Board.CHECK, person=LONG),
        "short": VisitorView(Board.CHECK, person=SHORT),
        "own words": message_view("窓口の職員が自由に書いたことば。" * 7),
    }
    for asked, mood in zip(AskedPin, (PinMood.WRONG, PinMood.AGAIN, PinMood.ASKED), strict=True):
        prompt = PinPrompt(asked, 1, 2, can_enter=True, mood=mood, may_be_none=mood is PinMood.ASKED)
        shown[f"{asked} {mood}"] = pin_view(prompt)
    shown["reading"] = pin_view(PinPrompt(AskedPin.MY_NUMBER, 3, 0, can_enter=False, mood=PinMood.READING))
    shown["locked"] = pin_view(PinPrompt(AskedPin.MY_NUMBER, 0, 0, can_enter=False))
    longest = sorted(load_phrases(resource_root() / "phrases"), key=lambda one: -len(one.said["ja_easy"]))
    for phrase in longest[:4]:
        shown[phrase.id] = message_view(phrase.japanese, phrase.said)
    return shown


@pytest.fixture(scope="module")
def window(qapp: QApplication, theme: Theme):
    made = VisitorWindow("北海道見本郡見本町", theme.personal_family)
    yield made
    made.close()
    made.deleteLater()


def cut(window: VisitorWindow) -> list[str]:
    """What is not wholly in sight."""
    found = []
    for block in window.findChildren(TextBlock):
        if block.isVisible() and block.text and not (block.shows_all() and is_inside(block, window)):
            found.append(block.text)
    for button in window.findChildren(TouchButton):
        if button.isVisible() and not (
            button.height() >= TARGET_PX and button.width() >= TARGET_PX and is_inside(button, window)
        ):
            found.append(f"button {button.words.text} {button.size()}")
    return found


def is_inside(widget: QWidget, window: QWidget) -> bool:
    place = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    return window.rect().contains(place)


def test_what_is_cut_is_seen(window: VisitorWindow, qapp: QApplication):
    window.resize(QSize(640, 400))
    window.show()
    window.show_view(VisitorView(Board.CHECK, person=LONG))
    qapp.processEvents()
    assert cut(window)


@pytest.mark.parametrize("size", [QSize(1280, 800), QSize(1366, 768)], ids=str)
@pytest.mark.parametrize("is_big", [False, True], ids=["ordinary", "big"])
@pytest.mark.parametrize("code", language_codes())
def test_nothing_is_cut(window: VisitorWindow, qapp: QApplication, code: str, is_big: bool, size: QSize):
    window.resize(size)
    window.show()
    window.use_language(code)
    if window.is_big is not is_big:
        window.toggle_big()
    for name, view in boards().items():
        window.show_view(view)
        qapp.processEvents()
        assert cut(window) == [], name
    window.to_languages.click()
    qapp.processEvents()
    assert cut(window) == []


def test_data_to_check_is_between_20_and_28_points(window: VisitorWindow):
    if window.is_big:
        window.toggle_big()
    sizes = {
        role: window.look.font(role).pointSizeF() for role in (Type.CAPTION, Type.BODY, Type.VALUE, Type.NAME)
    }
    assert all(20 <= size <= 28 for size in sizes.values())
    window.toggle_big()
    for role, size in sizes.items():
        assert window.look.font(role).pointSizeF() > size
        assert window.look.scaled(0.5).font(role).pointSizeF() == 20
    window.toggle_big()


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("kind", ["plain", "contrast"])
def test_contrast_is_that_of_text_and_more_in_the_preset(kind: str):
    style = json.loads((resource_root() / "style" / "visitor.json").read_text(encoding="utf-8"))
    for ink, ground in style["pairs"]:
        light, dark = sorted((luminance(style[kind][ink]), luminance(style[kind][ground])), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= (7 if kind == "contrast" else 4.5), (ink, ground)
