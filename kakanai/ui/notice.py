"""The strip above the conversation: what happened, what to do next, at most two actions. Never a dialog."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.ui.controls import ActionButton, TextLabel, set_property
from kakanai.ui.numbered_actions import NumberedActions
from kakanai.ui.theme import Theme

_LONG = 64  # letters
_SIGNS = {"danger": "×", "caution": "▲", "ok": "✓", "accent": "●"}

Action = tuple[str, Callable[[], object]]
"""The words of a button and what it does."""


class Notice(QFrame):
    """Shows one notice at a time; tone is danger, caution, ok or accent, told by sign, words and colour.

    Signals:
        dismissed(): the place is free.
    """

    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Notice")
        self.topic = ""
        self._theme = theme
        self._sign = TextLabel("", "title")
        self._what = TextLabel("", "strong", wrap=True)
        self._next = TextLabel("", wrap=True)
        self._code = TextLabel("", "small")
        self._under = QWidget()
        self._beside, self._below = QHBoxLayout(), QHBoxLayout(self._under)
        self._below.setContentsMargins(0, theme.px("space.tight"), 0, 0)
        for buttons in (self._beside, self._below):
            buttons.setSpacing(theme.px("space.small"))
        self._buttons = self._beside
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._what)
        words.addWidget(self._next)
        words.addWidget(self._under)
        line = QHBoxLayout(self)
        line.setContentsMargins(
            theme.px("space.medium"),
            theme.px("space.small"),
            theme.px("space.medium"),
            theme.px("space.small"),
        )
        line.setSpacing(theme.px("space.medium"))
        line.addWidget(self._sign, 0, Qt.AlignmentFlag.AlignVCenter)
        line.addLayout(words, 1)
        line.addWidget(self._code)
        line.addLayout(self._beside)
        self.hide()

    @property
    def text(self) -> str:
        """All words shown now, for tests and screen readers."""
        return "\n".join(part for part in (self._what.text(), self._next.text(), self._code.text()) if part)

    def tell(
        self, tone: str, what: str, next_step: str = "", *, code: str = "", topic: str = "",
        actions: tuple[Action, ...] = (), closable: bool = True, numbered: bool = False,
    ) -> None:  # fmt: skip
        """Show a notice in place of the last one; `topic` lets `drop` take back only its own.

        `numbered` actions, up to nine, are pressed by their number too.
        """
        self.topic = topic
        set_property(self, "tone", tone)
        self._sign.setText(_SIGNS[tone])
        self._what.setText(what)
        self._next.setText(next_step)
        self._next.setVisible(bool(next_step))
        self._code.setText(code)
        self._code.setVisible(bool(code))
        self._clear_buttons()
        # Two buttons beside a long sentence would leave it a column too narrow to read.
        is_long = numbered or (len(actions) > 1 and len(what) + len(next_step) > _LONG)
        self._buttons = self._below if is_long else self._beside
        self._under.setVisible(is_long)
        if numbered:
            self._buttons.addWidget(NumberedActions(self._theme, actions), 1)
        for words, act in () if numbered else actions:
            button = ActionButton(words)
            button.clicked.connect(act)
            self._buttons.addWidget(button)
        if closable:
            button = ActionButton(self.tr("閉じる"))
            button.clicked.connect(self.dismiss)
            self._buttons.addWidget(button)
        if is_long and not numbered:
            self._buttons.addStretch(1)
        self.setAccessibleName(what)
        self.setAccessibleDescription(next_step)
        self.show()

    @Slot(object)
    def tell_error(self, error: KakanaiError, actions: tuple[Action, ...] = ()) -> None:
        """Show a foreseen failure in the words of kakanai.messages."""
        message = message_for(error)
        self.tell(
            "danger", message.what, message.next_step, code=error.code, topic=error.code, actions=actions
        )

    def tell_crash(self, reference: str) -> None:
        """Say that something unforeseen happened; the reference is in the diagnostic log too."""
        self.tell(
            "danger",
            self.tr("プログラムの中で予期しない誤りが起きました。"),
            self.tr("もう一度お試しください。続くときは、この番号をシステム担当に伝えてください。"),
            code=reference,
            topic="crash",
        )

    def drop(self, *topics: str) -> None:
        """Take the notice back if it is about one of the topics."""
        if self.topic in topics:
            self.dismiss()

    @Slot()
    def dismiss(self) -> None:
        """Take the notice away."""
        self.topic = ""
        self._clear_buttons()
        self.hide()
        self.dismissed.emit()

    def focus_action(self) -> None:
        """Put the focus on the first action."""
        item = self._buttons.itemAt(0)
        widget = item.widget() if item else None
        if widget is not None:
            widget.setFocus(Qt.FocusReason.OtherFocusReason)

    def _clear_buttons(self) -> None:
        while self._buttons.count():
            item = self._buttons.takeAt(0)
            widget = item.widget() if item else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
