"""One field of a page that asks for something printed on a card: label, input, and words below it."""

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from kakanai.ui.controls import TextLabel, set_property
from kakanai.ui.theme import Theme

_NARROW = str.maketrans("０１２３４５６７８９", "0123456789")


class EntryRow(QWidget):
    """A labelled line; its words tell what was understood, or what is wrong.

    Signals:
        changed(): something else is typed than before.
        entered(): Enter was pressed.
    """

    changed = Signal()
    entered = Signal()

    def __init__(
        self, theme: Theme, label: str, *, width: int = 0, length: int = 0, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.line = QLineEdit()
        self.line.setAccessibleName(label)
        self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
        if length:
            self.line.setMaxLength(length)
        if width:
            self.line.setFixedWidth(width)
        self.line.textChanged.connect(self.changed)
        self.line.returnPressed.connect(self.entered)
        name = TextLabel(label, "strong")
        name.setBuddy(self.line)
        self.note = TextLabel("", "echo")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        column.addWidget(name)
        if width:
            column.addWidget(self.line, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            column.addWidget(self.line)
        self.note.setMinimumHeight(18)
        column.addWidget(self.note)

    @property
    def typed(self) -> str:
        """What is typed, full-width digits as narrow ones."""
        return self.line.text().translate(_NARROW).strip()

    def begin(self, text: str = "", note: str = "") -> None:
        """Start with this text."""
        self.line.setText(text)
        self.say(note)

    def say(self, words: str, *, is_wrong: bool = False) -> None:
        """Tell below the line what was understood or what is wrong."""
        set_property(self.note, "role", "error" if is_wrong else "echo")
        set_property(self.line, "wrong", is_wrong)
        self.note.setText(f"× {words}" if is_wrong else words)

    @Slot()
    def take_focus(self) -> None:
        """Put the focus on the line."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
