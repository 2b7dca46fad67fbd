"""A line for a password: never shown, never stripped, gone once it was sent."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget

from kakanai.staff.errors import PasswordsDifferError
from kakanai.staff.password import LONGEST, Password
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.theme import Theme

SECRET_HINTS = (
    Qt.InputMethodHint.ImhHiddenText
    | Qt.InputMethodHint.ImhSensitiveData
    | Qt.InputMethodHint.ImhNoPredictiveText
    | Qt.InputMethodHint.ImhNoAutoUppercase
)


class SecretRow(EntryRow):
    """A labelled line whose letters are dots."""

    def __init__(self, theme: Theme, label: str, *, width: int = 0, parent: QWidget | None = None) -> None:
        # One more than allowed: what is too long is told, not cut.
        super().__init__(theme, label, width=width, length=LONGEST + 1, parent=parent)
        self.line.setEchoMode(QLineEdit.EchoMode.Password)
        self.line.setInputMethodHints(SECRET_HINTS)

    @property
    def typed(self) -> str:
        """What is typed, letter for letter: a space is a letter of a password."""
        return self.line.text()

    def password(self) -> Password:
        """The password.

        Raises:
            PasswordRuleError: it cannot be one.
        """
        return Password(self.line.text())


def typed_twice(first: SecretRow, second: SecretRow) -> Password:
    """A new password that was typed the same both times.

    Raises:
        PasswordRuleError: it cannot be one.
        PasswordsDifferError: the second differs.
    """
    new = first.password()
    if first.typed != second.typed:
        raise PasswordsDifferError
    return new
