"""The page of 責任者の判断: a supervisor lets a card be used whose authenticity is 不一致, and says why."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QWidget

from kakanai.errors import KakanaiError
from kakanai.identity.evidence import MismatchReason
from kakanai.messages import message_for
from kakanai.ui.card_page import CardPage, Rung
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.theme import Theme

_WIDTH = 260


class SupervisorPage(CardPage):
    """Asks for the supervisor's staff number and a reason.

    Signals:
        decided(staff number, MismatchReason): the supervisor confirmed.
    """

    decided = Signal(str, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("責任者の判断の記録"))
        self.title.setText(self.tr("× 真正性が不一致のカードを使うかの判断"))
        self.failed = TextLabel("", "alarm", wrap=True)
        self.supervisor = EntryRow(
            theme, self.tr("責任者の職員番号（受付した職員とは別の人）"), width=_WIDTH, length=16
        )
        self.reasons = QButtonGroup(self)
        self.confirm = ActionButton(self.tr("責任者として記録し、このカードを使う"), "danger")
        self.confirm.clicked.connect(self._decide)
        self.words.addWidget(self.failed)
        self.words.addWidget(
            TextLabel(
                self.tr(
                    "このカードの内容は、まだ使っていません。使うときは、責任者が確かめて記録します。"
                    "判断は操作ログに責任者の職員番号で残り、画面に ⚠ が付いたままになります。"
                ),
                wrap=True,
            )
        )
        self.words.addSpacing(theme.px("space.small"))
        self.words.addWidget(self.supervisor)
        self.words.addWidget(TextLabel(self.tr("理由"), "strong"))
        for number, reason in enumerate(MismatchReason):
            button = QRadioButton(reason.label)
            button.setAccessibleName(self.tr("理由 {label}").format(label=reason.label))
            self.reasons.addButton(button, number)
            self.words.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addSpacing(theme.px("space.small"))
        self.words.addWidget(self.state)
        self.words.addWidget(self.confirm, 0, Qt.AlignmentFlag.AlignLeft)
        self.words.addStretch(1)
        self.supervisor.changed.connect(self._check)
        self.supervisor.entered.connect(self._focus_reason)
        self.reasons.idToggled.connect(self._check)
        self.end_with_ladder(theme, (Rung.OTHER_CARD, Rung.HAND))
        self.tries.setParent(self)
        self.tries.hide()

    def ask(self, failed: list[str]) -> None:
        """Ask anew, telling what did not fit."""
        self.failed.setText("\n".join(f"・{words}" for words in failed))
        self.state.clear()
        self.forget()
        self._check()
        self.take_focus()

    def refuse(self, error: KakanaiError) -> None:
        """Nothing was recorded; say why."""
        message = message_for(error)
        self.tell(f"× {message.what}{message.next_step}")
        self.take_focus()

    def forget(self) -> None:
        """See CardPage."""
        self.supervisor.begin()
        self.reasons.setExclusive(False)
        for button in self.reasons.buttons():
            button.setChecked(False)
        self.reasons.setExclusive(True)

    def take_focus(self) -> None:
        """See CardPage."""
        self.supervisor.take_focus()

    @Slot()
    def _focus_reason(self) -> None:
        (self.reasons.checkedButton() or self.reasons.buttons()[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _check(self) -> None:
        self.confirm.setEnabled(bool(self.supervisor.typed) and self.reasons.checkedId() >= 0)

    @Slot()
    def _decide(self) -> None:
        reason = list(MismatchReason)[self.reasons.checkedId()]
        self.decided.emit(self.supervisor.typed, reason)
