"""「廃棄にしますか」: the second question before papers are noted as destroyed, with their numbers."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.downtime.kit_papers import KitPaper
from kakanai.ui.controls import ActionButton, FlowLayout, TextLabel
from kakanai.ui.daybook.into_sight import bring_into_sight
from kakanai.ui.theme import Theme

_MOST_NAMED = 12


class VoidQuestion(QWidget):
    """The focus is on いいえ: Enter, also a scanner's, and Escape leave everything as it is.

    Signals:
        agreed(): note them.
        declined(): do not.
    """

    agreed = Signal()
    declined = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.words = TextLabel("", "strong", wrap=True)
        told = self.tr(
            "廃棄にした番号では、もう受け付けられません。取り消せません。だれがいつ廃棄にしたかは、操作ログに残ります。"
            "使った紙なら「いいえ」を選び、受付として記録します。"
        )
        self.no = ActionButton(self.tr("いいえ、廃棄にしない（Esc）"), "primary")
        self.no.clicked.connect(self._decline)
        self.yes = ActionButton(self.tr("はい、この用紙は裁断した"))
        self.yes.clicked.connect(self._agree)
        buttons = QWidget()
        flow = FlowLayout(theme.px("space.small"))
        flow.addWidget(self.no)
        flow.addWidget(self.yes)
        buttons.setLayout(flow)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self.words)
        column.addWidget(TextLabel(told, wrap=True))
        column.addWidget(buttons)
        self.hide()

    def ask(self, papers: Sequence[KitPaper]) -> None:
        """Ask about these papers."""
        named = "、".join(f"{paper.number}（{paper.record.form}）" for paper in papers[:_MOST_NAMED])
        if len(papers) > _MOST_NAMED:
            named += self.tr(" ほか {count} 枚").format(count=len(papers) - _MOST_NAMED)
        words = self.tr("▲ 用紙 {count} 枚を廃棄にしますか。{named}")
        self.words.setText(words.format(count=len(papers), named=named))
        self.show()
        self.no.setFocus(Qt.FocusReason.OtherFocusReason)
        QTimer.singleShot(0, self, self._come_into_sight)  # once it is laid out

    @Slot()
    def _come_into_sight(self) -> None:
        bring_into_sight(self.no)
        bring_into_sight(self.words)

    @Slot()
    def _agree(self) -> None:
        self.hide()
        self.agreed.emit()

    @Slot()
    def _decline(self) -> None:
        self.hide()
        self.declined.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape is no."""
        if event.key() == Qt.Key.Key_Escape:
            self._decline()
        else:
            super().keyPressEvent(event)
