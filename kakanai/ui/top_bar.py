"""The bar on top: whose counter this is, who serves, and how the reader stands; always in sight."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QPushButton, QWidget

from kakanai.errors import KakanaiError
from kakanai.settings import Town
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import TextLabel, set_property
from kakanai.ui.elided_label import ElidedLabel
from kakanai.ui.look_switch import LookSwitch
from kakanai.ui.reader_state import ReaderPhase, ReaderState
from kakanai.ui.theme import Theme


class TopBar(QWidget):
    """Town, counter, clerk number (changed between two cases), reader state, practice badge.

    Signals:
        clerk_refused(KakanaiError): what was typed is no clerk number.
        clerk_settled(): the edit of the clerk number is over.
    """

    clerk_refused = Signal(object)
    clerk_settled = Signal()

    def __init__(
        self,
        theme: Theme,
        town: Town,
        flow: CaseFlow,
        look: LookSwitch,
        *,
        is_practice: bool,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("TopBar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        theme.size(self, "setFixedHeight", "measure.bar_height")
        self._flow = flow
        self._clerk = QPushButton()
        self._clerk.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # F7 does the same
        self._clerk.clicked.connect(self.edit_clerk)
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
        line.addStretch(1)
        line.addWidget(self._look)
        line.addWidget(self.reader, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addWidget(practice, 0, Qt.AlignmentFlag.AlignVCenter)
        flow.changed.connect(self._refresh)
        self._refresh()
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
        self._clerk.setText(self.tr("職員 {clerk}").format(clerk=self._flow.counter.clerk))
        self._clerk.setToolTip(
            self.tr("受付が終わると替えられます") if self._flow.case else self.tr("職員番号を替える（F7）")
        )
        self._clerk.setEnabled(self._flow.case is None)

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
