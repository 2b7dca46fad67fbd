"""Colours and text size: the keys, what is kept for the next start, and a file that says nothing."""

import dataclasses
import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from kakanai.ui.desk import Desk
from kakanai.ui.look_file import TEXT_PERCENTS, Look, read_look, write_look
from kakanai.ui.style_file import ThemeKind
from kakanai.ui.theme import Theme
from tests.ui.conftest import Clerk

CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def look_file(tmp_path: Path) -> Path:
    return tmp_path / "look.json"


@pytest.fixture
def keeping_clerk(
    make_clerk: Callable[[Desk], Clerk], desk: Desk, look_file: Path, theme: Theme
) -> Iterator[Clerk]:
    yield make_clerk(dataclasses.replace(desk, look_file=look_file))
    theme.use(ThemeKind.LIGHT, 100)  # one theme for all tests


def test_ctrl_k_goes_through_the_themes_and_keeps_the_last(keeping_clerk: Clerk, look_file: Path) -> None:
    clerk = keeping_clerk
    for kind in (ThemeKind.DARK, ThemeKind.CONTRAST):
        clerk.press(Qt.Key.Key_K, CTRL)
        assert clerk.window.look.kind is kind
        assert clerk.window.grab().toImage().pixelColor(400, 400) == clerk.window._theme.color("surface")
        assert kind.label in clerk.window.top_bar._look.text()
        assert read_look(look_file) == Look(kind, 100)
    clerk.press(Qt.Key.Key_K, CTRL)
    assert clerk.window.look.kind is ThemeKind.LIGHT


def test_letters_grow_and_shrink(keeping_clerk: Clerk, look_file: Path) -> None:
    clerk = keeping_clerk
    header = clerk.talk.person.header
    ordinary = header.fontMetrics().height()
    for _ in TEXT_PERCENTS:
        clerk.press(Qt.Key.Key_Plus, CTRL)
    assert read_look(look_file) == Look(ThemeKind.LIGHT, 200)
    assert clerk.talk.person._call.fontMetrics().height() > 1.8 * ordinary
    clerk.press(Qt.Key.Key_Minus, CTRL)
    assert read_look(look_file).text_percent == 175
    clerk.press(Qt.Key.Key_0, CTRL)
    assert read_look(look_file) == Look()
    assert header.fontMetrics().height() == ordinary


@pytest.mark.parametrize(
    "said",
    [
        "",
        "{",
        "[]",
        '{"theme": "pink", "text_percent": 100}',
        '{"theme": "dark"}',
        '{"theme": 1, "text_percent": 1}',
    ],
)
def test_a_file_that_says_nothing_leaves_the_shipped_look(look_file: Path, said: str) -> None:
    look_file.write_text(said, encoding="utf-8")
    assert read_look(look_file) == Look()


def test_an_unheard_of_size_leaves_the_colours(look_file: Path) -> None:
    look_file.write_text(json.dumps({"theme": "dark", "text_percent": 5000}), encoding="utf-8")
    assert read_look(look_file) == Look(ThemeKind.DARK, 100)


def test_a_look_that_cannot_be_kept_is_no_failure(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    write_look(tmp_path / "nowhere" / "look.json", Look(ThemeKind.DARK, 150))
    assert "FileNotFoundError" in caplog.text
    assert str(tmp_path) not in caplog.text


def test_without_a_file_nothing_is_kept() -> None:
    write_look(None, Look(ThemeKind.DARK, 150))
    assert read_look(None) == Look()
