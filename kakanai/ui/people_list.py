"""この受付の人 in the left column: who is in the case, by card or by hand, and what they are in it."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from kakanai.identity.evidence import Evidence
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, CARD_SIGN
from kakanai.ui.controls import TextLabel
from kakanai.ui.elided_label import ElidedLabel
from kakanai.ui.theme import Theme

PROTECTED_SIGN = "▲"


class PeopleList(QWidget):
    """One line for each person. The keys do the same: Ctrl+N and Ctrl+Delete.

    Signals:
        add_wanted(): one more person.
        removal_wanted(key): take this person out.
    """

    add_wanted = Signal()
    removal_wanted = Signal(str)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._flow = flow
        self.lines: list[str] = []
        self._removable = False
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(2)
        self._title = TextLabel(self.tr("この受付の人"), "small")
        self._protected = TextLabel(
            f"{PROTECTED_SIGN} {self.tr('支援措置　住所を出しません')}", "small", wrap=True
        )
        self._people = QWidget()
        self._rows = QVBoxLayout(self._people)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(2)
        self.add = QPushButton(self.tr("＋ 人を足す（Ctrl+N）"))
        self.add.setProperty("role", "small")
        self.add.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.add.clicked.connect(self.add_wanted)
        for widget in (self._title, self._protected, self._people, self.add):
            self._column.addWidget(widget)
        flow.changed.connect(self.refresh)
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Show the people as they are."""
        case = self._flow.case
        is_known = case is not None and case.person is not None
        self.setVisible(is_known)
        self._protected.setVisible(self._flow.is_protected)
        self.add.setVisible(bool(self._flow.places()))
        lines: list[str] = []
        keys = list(self._flow.companions)
        if case is not None and case.person is not None:
            lines.append(f"{_sign(case.evidence)} {case.person.name}　{self.tr('来庁者')}")
        for one in self._flow.companions.values():
            lines.append(f"{_sign(one.evidence)} {one.person.name}　{self._flow.place_label(one.place)}")
        if lines == self.lines and self._removable == self._flow.is_open:
            return
        self.lines, self._removable = lines, self._flow.is_open
        self._clear()
        for number, words in enumerate(lines):
            self._rows.addWidget(self._line(words, keys[number - 1] if number else ""))

    def _line(self, words: str, key: str) -> QWidget:
        line = QWidget()
        row = QHBoxLayout(line)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        who = QVBoxLayout()
        who.setSpacing(3)
        name, role = words.rsplit("　", 1)
        for label in (ElidedLabel(name, "strong"), ElidedLabel(role, "small")):
            # A label no wider than its text would hold the other one to that width too.
            label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            who.addWidget(label)
        row.addLayout(who, 1)
        if key and self._removable:
            out = QPushButton("×")
            out.setProperty("role", "small")
            out.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            out.setToolTip(self.tr("この受付から外す（Ctrl+Delete）"))
            out.setAccessibleName(self.tr("{words} を外す").format(words=words))
            out.clicked.connect(partial(self._remove, key))
            row.addWidget(out)
        return line

    @Slot()
    def _remove(self, key: str) -> None:
        self.removal_wanted.emit(key)

    def _clear(self) -> None:
        while item := self._rows.takeAt(0):
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()


def _sign(evidence: Evidence | None) -> str:
    return CARD_SIGN if evidence is not None and evidence.is_by_card else ASKED_SIGN
