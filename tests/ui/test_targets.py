"""What hands and eyes need of every control: room to hit it, a name, a ring where the focus is."""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QWidget,
)

import kakanai.ui
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.ui.style_file import ThemeKind
from tests.ui import test_fits
from tests.ui.conftest import FIVE_FORMS, Clerk

TARGET = 44
CONTROLS = (QAbstractButton, QLineEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)

Step = Callable[[Clerk, SimulatedReaderSource], None]


def waiting(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.window.show_counter()


def by_hand(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.press(Qt.Key.Key_F3)


def a_person(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)


def procedures(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.read_card(source)
    clerk.choose(*FIVE_FORMS, forms=5)


def questions(clerk: Clerk, source: SimulatedReaderSource) -> None:
    procedures(clerk, source)
    clerk.window.open_stretch(2)
    clerk.talk.question.lists["member"].add.click()


def findings(clerk: Clerk, source: SimulatedReaderSource) -> None:
    procedures(clerk, source)
    clerk.window.open_stretch(3)


def printing(clerk: Clerk, source: SimulatedReaderSource) -> None:
    procedures(clerk, source)
    clerk.window.open_stretch(4)


def help_page(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.window.toggle_help()


def day_log(clerk: Clerk, source: SimulatedReaderSource) -> None:
    clerk.window.toggle_day_log()


PAGES: list[Step] = [
    waiting,
    by_hand,
    a_person,
    procedures,
    questions,
    findings,
    printing,
    help_page,
    day_log,
    test_fits.at_the_pin_pad,
    test_fits.at_a_locked_pin,
    test_fits.at_the_collation_number,
    test_fits.at_a_licence,
    test_fits.at_a_residence_card,
    test_fits.typing_from("residence-front-address"),
    test_fits.at_the_supervisors_page,
]


def name_of(step: Step) -> str:
    return step.__qualname__.replace(".<locals>.step", "")


def controls(window: QWidget) -> list[QWidget]:
    """Every control in sight, but for two kinds.

    A field within a spin box or a list that pops up is part of its owner; a table's header takes no press.
    """
    found = [widget for kind in CONTROLS for widget in window.findChildren(kind) if widget.isVisible()]
    parts = (QAbstractSpinBox, QComboBox)
    return [w for w in found if not isinstance(w.parentWidget(), parts) and not isinstance(w, QHeaderView)]


def told(widget: QWidget) -> str:
    words = widget.property("text") or widget.accessibleName() or widget.objectName()
    return f"{type(widget).__name__} {words} {widget.width()}×{widget.height()}"


@pytest.mark.parametrize("step", PAGES, ids=name_of)
def test_every_control_can_be_hit_and_has_a_name(
    clerk: Clerk, source: SimulatedReaderSource, step: Step
) -> None:
    step(clerk, source)
    clerk.qtbot.wait(50)
    shown = controls(clerk.window)
    assert len(shown) > 10
    small = [told(w) for w in shown if min(w.width(), w.height()) < TARGET]
    assert small == []
    rows = [
        told(view)
        for view in shown
        if isinstance(view, QAbstractItemView)
        and view.model().rowCount()
        and view.visualRect(view.model().index(0, 0)).height() < TARGET
    ]
    assert rows == []
    nameless = [
        told(w) for w in shown if not (w.accessibleName() or (isinstance(w, QAbstractButton) and w.text()))
    ]
    assert nameless == []


def ring(widget: QWidget, colour: QColor) -> int:
    """How thick the frame of this colour is, in pixels, left of the widget's middle; 0 for none."""
    window = widget.window()
    area = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    image = window.grab(area).toImage()
    row = [image.pixelColor(x, image.height() // 2) for x in range(12)]
    thick = 0
    while thick < len(row) and row[thick] == colour:
        thick += 1
    return thick


@pytest.mark.parametrize("kind", ThemeKind)
def test_the_focus_has_a_ring_of_four_pixels(
    clerk: Clerk, source: SimulatedReaderSource, kind: ThemeKind
) -> None:
    procedures(clerk, source)
    clerk.window.open_stretch(2)
    try:
        while clerk.window.look.kind is not kind:
            clerk.press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        colour = clerk.window._theme.color("focus")
        seen: set[str] = set()
        first = clerk.focused
        for _ in range(60):
            focused = clerk.focused
            QApplication.processEvents()
            assert ring(focused, colour) == 4, told(focused)
            seen.add(type(focused).__name__)
            clerk.press(Qt.Key.Key_Tab)
            if clerk.focused is first:
                break
        assert len(seen) >= 3
    finally:
        while clerk.window.look.kind is not ThemeKind.LIGHT:
            clerk.window.look.go_to_next_theme()


def test_no_dialog_takes_the_window_and_nothing_moves_by_itself() -> None:
    """A question is a strip or a page; a modal window or an animation would stop or distract the clerk."""
    forbidden = {
        "QMessageBox", "QDialog", "QInputDialog", "QFileDialog", "QErrorMessage", "QProgressDialog",
        "QPropertyAnimation", "QVariantAnimation", "QTimeLine", "QMovie",
    }  # fmt: skip
    ui = Path(kakanai.ui.__file__).parent
    # Before the counter opens nobody is served: the first set-up, and what is told when nothing opens.
    before = {*(ui / "setup").glob("*.py"), ui / "start_failure.py"}
    files = sorted(set(ui.rglob("*.py")) - before)
    assert len(files) > 60
    used = {
        (file.name, name.id if isinstance(name, ast.Name) else name.name)
        for file in files
        for name in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if (isinstance(name, ast.Name) and name.id in forbidden)
        or (isinstance(name, ast.alias) and name.name in forbidden)
    }
    assert used == set()


def test_menus_and_lists_open_at_once(qapp: QApplication, clerk: Clerk) -> None:
    for effect in (
        Qt.UIEffect.UI_AnimateMenu,
        Qt.UIEffect.UI_AnimateCombo,
        Qt.UIEffect.UI_AnimateTooltip,
        Qt.UIEffect.UI_FadeMenu,
        Qt.UIEffect.UI_FadeTooltip,
    ):
        assert not qapp.isEffectEnabled(effect)
