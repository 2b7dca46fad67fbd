"""The page of 責任者の判断: a supervisor lets a card be used whose authenticity is 不一致, and says why."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QRadioButton, QWidget

from kakanai.errors import KakanaiError
from kakanai.identity.evidence import MismatchReason
from kakanai.messages import message_for
from kakanai.ui.card_page import CardPage, Rung
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.staff.secret_row import SecretRow
from kakanai.ui.theme import Theme

_WIDTH = 260


class SupervisorPage(CardPage):
    """Asks for the supervisor's staff number and a reason, and for the password once staff are registered.

    Signals:
        decided(staff number, MismatchReason, Password or None): the supervisor confirmed.
    """

    decided = Signal(str, object, object)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.setAccessibleName(self.tr("責任者の判断の記録"))
        self.title.setText(self.tr("× 真正性が不一致のカードを使うかの判断"))
        self._is_busy = False
        self.failed = TextLabel("", "alarm", wrap=True)
        self.supervisor = EntryRow(
            theme, self.tr("責任者の職員番号（受付した職員とは別の人）"), width=_WIDTH, length=16
        )
        self.password = SecretRow(theme, self.tr("責任者のパスワード"), width=_WIDTH)
        self.password.hide()
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
        who = QHBoxLayout()
        who.setSpacing(theme.px("space.medium"))
        who.addWidget(self.supervisor)
        who.addWidget(self.password)
        who.addStretch(1)
        self.words.addLayout(who)
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
        self.supervisor.entered.connect(self._go_on)
        self.password.changed.connect(self._check)
        self.password.entered.connect(self._focus_reason)
        self.reasons.idToggled.connect(self._check)
        self.end_with_ladder(theme, (Rung.OTHER_CARD, Rung.HAND))
        self.tries.setParent(self)
        self.tries.hide()

    def ask(self, failed: list[str], *, asks_password: bool = False) -> None:
        """Ask anew, telling what did not fit."""
        self.password.setVisible(asks_password)
        self.failed.setText("\n".join(f"・{words}" for words in failed))
        self.state.clear()
        self.forget()
        self._check()
        self.take_focus()

    def refuse(self, error: KakanaiError) -> None:
        """Nothing was recorded; say why."""
        message = message_for(error)
        self.be_busy(is_busy=False)
        self.password.begin()
        self.tell(f"× {message.what}（{error.code}）{message.next_step}")
        self.take_focus()

    def be_busy(self, *, is_busy: bool) -> None:
        """Show that the password is being checked; nothing can be decided meanwhile."""
        for row in (self.supervisor, self.password):
            row.line.setReadOnly(is_busy)
        self._is_busy = is_busy
        self._check()
        self.tell(self.tr("◆ 確かめています") if is_busy else "", "small")

    def forget(self) -> None:
        """See CardPage."""
        self.supervisor.begin()
        self.password.begin()
        self.reasons.setExclusive(False)
        for button in self.reasons.buttons():
            button.setChecked(False)
        self.reasons.setExclusive(True)

    def take_focus(self) -> None:
        """See CardPage."""
        self.supervisor.take_focus()

    @Slot()
    def _go_on(self) -> None:
        if self.password.isHidden():
            self._focus_reason()
        else:
            self.password.take_focus()

    @Slot()
    def _focus_reason(self) -> None:
        (self.reasons.checkedButton() or self.reasons.buttons()[0]).setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _check(self) -> None:
        is_typed = bool(self.supervisor.typed) and (self.password.isHidden() or bool(self.password.typed))
        self.confirm.setEnabled(is_typed and self.reasons.checkedId() >= 0 and not self._is_busy)

    @Slot()
    def _decide(self) -> None:
        reason = list(MismatchReason)[self.reasons.checkedId()]
        try:
            password = None if self.password.isHidden() else self.password.password()
        except KakanaiError as error:
            self.refuse(error)
            return
        self.decided.emit(self.supervisor.typed, reason, password)
