"""The bar on top: whose counter this is, who serves, and how the reader stands; always in sight."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from kakanai.errors import KakanaiError
from kakanai.settings import Town
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import TextLabel, set_property
from kakanai.ui.elided_label import ElidedLabel
from kakanai.ui.look_switch import LookSwitch
from kakanai.ui.reader_state import ReaderPhase, ReaderState
from kakanai.ui.theme import Theme

_WIDE = 960
"""Pixels at the ordinary text size from which there is room for the button that registers staff."""


class TopBar(QWidget):
    """Town, counter, who serves, reader state, practice badge.

    While nobody is registered 未登録 the clerk number is typed between two cases; afterwards it is that of
    who signed in.

    Signals:
        clerk_refused(KakanaiError): what was typed is no clerk number.
        clerk_settled(): the edit of the clerk number is over.
        clerk_pressed(): the number was pressed.
        staff_pressed(): the button beside it was: register staff, or lock.
    """

    clerk_refused = Signal(object)
    clerk_settled = Signal()
    clerk_pressed = Signal()
    staff_pressed = Signal()

    def __init__(
        self,
        theme: Theme,
        town: Town,
        flow: CaseFlow,
        look: LookSwitch,
        *,
        is_practice: bool,
        practice_name: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.size(self, "setFixedHeight", "measure.bar_height")
        self._flow = flow
        self._theme = theme
        self._practice_name = practice_name
        self._practice_clerk = flow.counter.clerk
        self._clerk = QPushButton()
        self._clerk.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F7 does the same
        self._clerk.clicked.connect(self.clerk_pressed)
        self._role, self._is_registered = "", False
        self.staff = QPushButton()
        self.staff.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Shift+F7 and Ctrl+Shift+L do the same
        self.staff.clicked.connect(self.staff_pressed)
        self.clerk_line = QLineEdit()
        self.clerk_line.setMaxLength(16)
        theme.size(self.clerk_line, "setFixedWidth", "measure.clerk_width")
        self.clerk_line.setAccessibleName(self.tr("職員番号"))
        self.clerk_line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        self.clerk_line.returnPressed.connect(self._take_clerk)
        self.clerk_line.editingFinished.connect(self._end_edit)
        self.clerk_line.hide()
        self._looks = look
        self._look = QPushButton()
        self._look.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+K does the same
        self._look.setToolTip(
            self.tr("色を替える（Ctrl+K）　文字の大きさ（Ctrl + と Ctrl −、もとは Ctrl 0）")
        )
        self._look.clicked.connect(look.go_to_next_theme)
        look.changed.connect(self._show_look)
        self._show_look()
        self.reader = ElidedLabel()
        self.reader.setObjectName("ReaderState")
        practice = TextLabel(self.tr("練習"))
        practice.setObjectName("Practice")
        practice.setToolTip(self.tr("見本カードで練習しています"))
        if not is_practice:
            practice.hide()
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px("space.large"), 0, theme.px("space.large"), 0)
        line.setSpacing(theme.px("space.medium"))
        self._town = ElidedLabel("", "title")
        self.show_town(town)
        line.addWidget(self._town)
        line.addWidget(self._clerk)
        line.addWidget(self.clerk_line)
        line.addWidget(self.staff)
        line.addStretch(1)
        line.addWidget(self._look)
        line.addWidget(self.reader, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(practice, 0, Qt.AlignmentFlag.AlignVCenter)
        flow.changed.connect(self._refresh)
        self.show_who("", is_registered=False)
        self.show_reader(ReaderState(ReaderPhase.STARTING))

    def add_state(self, label: QWidget) -> None:
        """Put another state beside the reader's."""
        line = self.layout()
        if isinstance(line, QHBoxLayout):
            line.insertWidget(line.indexOf(self.reader), label, 0, Qt.AlignmentFlag.AlignVCenter)

    def show_town(self, town: Town) -> None:
        """Whose counter this is."""
        self._town.setText(f"{town.name}　{town.counter_name}")

    @Slot(object)
    def show_reader(self, state: ReaderState) -> None:
        """Sign, word and colour of the reader's state."""
        sign, words, tone = {
            ReaderPhase.STARTING: ("○", self.tr("リーダーを確かめています"), "caution"),
            ReaderPhase.NO_SERVICE: ("×", self.tr("カードのサービスが動いていません"), "danger"),
            ReaderPhase.NO_READER: ("×", self.tr("カードリーダーがありません"), "danger"),
            ReaderPhase.WAITING: ("○", self.tr("リーダー待機中"), "ok"),
            ReaderPhase.SEVERAL: ("▲", self.tr("リーダーを選んでください"), "caution"),
            ReaderPhase.CARD_PRESENT: ("●", self.tr("カードがあります"), "accent"),
            ReaderPhase.CARD_OPEN: ("●", self.tr("カードを確かめました"), "accent"),
            ReaderPhase.READING: ("◆", self.tr("読み取り中　動かさないでください"), "caution"),
            ReaderPhase.CARD_READ: ("✓", self.tr("カードを読みました"), "ok"),
            ReaderPhase.TROUBLE: ("×", self.tr("カードを読めません"), "danger"),
        }[state.phase]
        self.reader.setText(f"{sign} {words}")
        self.reader.setAccessibleName(self.tr("リーダーの状態 {words}").format(words=words))
        self.reader.setToolTip(state.reader)
        set_property(self.reader, "tone", tone)

    @Slot()
    def _show_look(self) -> None:
        self._look.setText(f"◐ {self._looks.words}")
        self._look.setAccessibleName(self.tr("見た目 {words}").format(words=self._looks.words))

    @Slot()
    def _refresh(self) -> None:
        words = self.tr("職員 {clerk} {role}") if self._role else self.tr("職員 {clerk}（未登録）")
        clerk: str = self._flow.counter.clerk
        if self._practice_name and not self._role and clerk == self._practice_clerk:
            clerk, words = self._practice_name, self.tr("職員 {clerk}")
        self._clerk.setText(words.format(clerk=clerk, role=self._role))
        change = self.tr("サインアウト（F7）") if self._is_registered else self.tr("職員番号を替える（F7）")
        self._clerk.setToolTip(self.tr("受付が終わると替えられます") if self._flow.case else change)
        self._clerk.setEnabled(self._flow.case is None)
        self.staff.setEnabled(self._is_registered or self._flow.case is None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where room is short the reader's state needs it more than what Shift+F7 does as well."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        has_room = self.width() >= _WIDE * self._theme.text_percent // 100
        self.staff.setVisible(self._is_registered or has_room)

    def show_who(self, role: str, *, is_registered: bool) -> None:
        """The role 役割 of who signed in; empty while nobody is registered 未登録."""
        self._role, self._is_registered = role, is_registered
        self.staff.setText(self.tr("離席") if is_registered else self.tr("職員を登録する"))
        self.staff.setToolTip(
            self.tr("画面をロックする（Ctrl+Shift+L）")
            if is_registered
            else self.tr("管理者を登録して、サインインを始める（Shift+F7）")
        )
        self.staff.setAccessibleName(self.staff.text())
        self._share_out()
        self._refresh()

    @Slot()
    def edit_clerk(self) -> None:
        """Let the clerk type another number; only between two cases."""
        if self._flow.case is None:
            self._clerk.hide()
            self.clerk_line.setText(str(self._flow.counter.clerk))
            self.clerk_line.show()
            self.clerk_line.selectAll()
            self.clerk_line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _take_clerk(self) -> None:
        try:
            self._flow.set_clerk(self.clerk_line.text())
        except KakanaiError as error:
            self.clerk_refused.emit(error)

    @Slot()
    def _end_edit(self) -> None:
        self.clerk_line.hide()
        self._clerk.show()
        self.clerk_settled.emit()
