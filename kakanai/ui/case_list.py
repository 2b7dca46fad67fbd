"""The cases of this window in the left column: those put aside, the present one, the last done."""

from functools import partial
from typing import Final

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kakanai.drafts.draft import Draft
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import TextLabel
from kakanai.ui.theme import Theme
from kakanai.ui.work_in_hand import WorkInHand

HELD_SIGN: Final = "⏸"
PRESENT_SIGN: Final = "▸"
DONE_SIGN: Final = "✓"
_MOST_HELD: Final = 5
_MOST_DONE: Final = 2


class CaseList(QWidget):
    """One line for each case: its number, its time, its state. Nothing about whom it is for.

    Signals:
        resume_wanted(Draft): go on with this case.
        cancel_wanted(): give the present case up.
    """

    resume_wanted = Signal(object)
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, flow: CaseFlow, work: WorkInHand) -> None:
        super().__init__()
        self._flow = flow
        self._work = work
        self.buttons: list[QPushButton] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.tight"))
        self._title = TextLabel(self.tr("受付"), "small")
        self._column.addWidget(self._title)
        self._rows = QWidget()
        self._lines = QVBoxLayout(self._rows)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(2)
        self._column.addWidget(self._rows)
        self.cancel = QPushButton(self.tr("取りやめ（Shift+F9）"))
        self.cancel.setProperty("role", "case")
        self.cancel.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Shift+F9 does the same
        self.cancel.clicked.connect(self.cancel_wanted)
        self._column.addWidget(self.cancel)
        work.listed.connect(self.refresh)
        flow.changed.connect(self.refresh)
        self._shown: list[str] = []
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the cases as they are."""
        lines = self._wanted()
        has_case = self._flow.case is not None
        self._title.setVisible(bool(lines))
        self._rows.setVisible(bool(lines))
        self.cancel.setVisible(has_case)
        self.cancel.setEnabled(not self._flow.is_printing)
        self.setVisible(bool(lines) or has_case)
        words = [words for words, _, _ in lines]
        if words == self._shown:
            return
        self._shown = words
        self._clear()
        for words_, tip, draft in lines:
            self._lines.addWidget(self._line(words_, tip, draft))

    def _wanted(self) -> list[tuple[str, str, Draft | None]]:
        lines: list[tuple[str, str, Draft | None]] = []
        held = self._work.held
        for place, draft in enumerate(held[:_MOST_HELD], start=1):
            number = draft.number or self.tr("番号なし")
            tip = self.tr("保留 {clock}　続ける（Ctrl+{place}）").format(clock=draft.clock, place=place)
            lines.append((f"{HELD_SIGN} {number} {draft.clock}", tip, draft))
        if len(held) > _MOST_HELD:
            more = self.tr("ほか {count}件（Alt+↑↓）").format(count=len(held) - _MOST_HELD)
            lines.append((more, more, None))
        present = self._flow.case
        if present is not None and (held or self._work.done):
            lines.append((f"{PRESENT_SIGN} {present.number}", self.tr("受付中"), None))
        for done in self._work.done[-_MOST_DONE:]:
            lines.append((f"{DONE_SIGN} {done.number} {done.clock}", self.tr("終わりました"), None))
        return lines

    def _line(self, words: str, tip: str, draft: Draft | None) -> QWidget:
        if draft is None:
            label = TextLabel(words, "small")
            label.setToolTip(tip)
            label.setAccessibleDescription(tip)
            return label
        button = QPushButton(words)
        button.setProperty("role", "case")
        # As wide as the column, which it would make wider by the edge of its padding.
        button.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+↑↓ and Ctrl+number do the same
        button.setToolTip(tip)
        button.setAccessibleName(f"{words} {tip}")
        button.clicked.connect(partial(self.resume_wanted.emit, draft))
        self.buttons.append(button)
        return button

    def _clear(self) -> None:
        self.buttons = []
        while item := self._lines.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
