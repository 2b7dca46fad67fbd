"""The bar at the bottom: what each function key does, as buttons too."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.folding_line import FoldingLine
from kakanai.ui.look_switch import LookSwitch
from kakanai.ui.theme import Theme


class KeyBar(QWidget):
    """Buttons of the window's actions, in the order of the keys; `keys` has the action of each.

    A key that does nothing at this moment is disabled.
    """

    def __init__(self, theme: Theme, flow: CaseFlow, window: QWidget) -> None:
        super().__init__(window)
        self.setObjectName("KeyBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.size(self, "setFixedHeight", "measure.key_bar_height")
        self._flow = flow
        self._window = window
        self._line = FoldingLine(theme.px("space.tight"), self.tr("ほかのキー ▸"))
        around = QHBoxLayout(self)
        around.setContentsMargins(theme.px("space.small"), 2, theme.px("space.small"), 2)
        around.addWidget(self._line)
        self.keys: dict[str, QAction] = {}
        for key, words in (
            ("F1", self.tr("使い方")),
            ("F2", self.tr("カード")),
            ("F3", self.tr("手入力")),
            ("F4", self.tr("手続")),
            ("F5", self.tr("次の項目")),
            ("F6", self.tr("紙を大きく")),
            ("F7", self.tr("職員")),
            ("F8", self.tr("印刷")),
            ("F9", self.tr("保留")),
            ("F10", self.tr("照合番号B")),
            ("F11", self.tr("日報")),
            ("F12", self.tr("来庁者画面")),
            ("Shift+F12", self.tr("町の設定")),
        ):
            self._add(key, words)
        flow.changed.connect(self._refresh)
        self._refresh()

    def _add(self, key: str, words: str) -> None:
        action = QAction(words, self)
        action.setShortcut(QKeySequence(key))
        self._window.addAction(action)
        button = QPushButton(f"{key} {words}")
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the key itself is the keyboard's way
        button.setAccessibleName(f"{words} {key}")
        button.clicked.connect(action.trigger)
        action.enabledChanged.connect(button.setEnabled)
        self._line.add(button)
        self.keys[key] = action

    def add_look(self, look: LookSwitch) -> None:
        """The keys for colours and text size; + is Shift and ; on a Japanese keyboard."""
        for keys, act in (
            (("Ctrl+K",), look.go_to_next_theme),
            (("Ctrl++", "Ctrl+;", "Ctrl+="), look.enlarge),
            (("Ctrl+-",), look.reduce),
            (("Ctrl+0",), look.set_ordinary_size),
        ):
            for key in keys:
                self.add_hidden(key, act)

    def add_hidden(self, key: str, act: Callable[[], None]) -> None:
        """A key of the window that has no button."""
        action = QAction(self)
        action.setShortcut(QKeySequence(key))
        action.triggered.connect(act)
        self._window.addAction(action)

    @Slot()
    def _refresh(self) -> None:
        flow = self._flow
        has_forms = flow.case is not None and bool(flow.case.forms)
        enabled = {
            "F2": flow.is_open,
            "F3": flow.is_open,
            "F5": has_forms or bool(flow.life_event),
            "F6": has_forms,
            "F7": flow.case is None,
            "F8": has_forms and not flow.is_printing,
            "F9": flow.case is not None and not flow.is_printing,
            "F10": flow.is_open,
        }
        for key, is_enabled in enabled.items():
            self.keys[key].setEnabled(is_enabled)
