"""One step of the guided set-up: a title, a sentence, fields, and what is wrong with them."""

from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.ui.controls import TextLabel, set_property
from kakanai.ui.entry_row import EntryRow
from kakanai.ui.theme import Theme


class SetupStep(QWidget):
    """Subclasses put their fields into `column`, then call `finish`."""

    def __init__(self, theme: Theme, name: str, title: str, words: str) -> None:
        super().__init__()
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.name = name
        self.setAccessibleName(title)
        self.column = QVBoxLayout(self)
        space = theme.px("space.wide")
        self.column.setContentsMargins(space, space, space, space)
        self.column.setSpacing(theme.px("space.small"))
        self.column.addWidget(TextLabel(title, "title"))
        self.column.addWidget(TextLabel(words, wrap=True))
        self.state = TextLabel("", "alarm", wrap=True)

    def finish(self) -> None:
        """The line for what is wrong stands below the fields."""
        for row in self.findChildren(EntryRow):
            row.note.setWordWrap(True)
        self.column.addWidget(self.state)
        self.column.addStretch(1)

    def tell(self, words: str, role: str = "alarm") -> None:
        """Say how it stands."""
        set_property(self.state, "role", role)
        self.state.setText(words)

    def refuse(self, error: KakanaiError) -> None:
        """Say why not, and what to do."""
        message = message_for(error)
        self.tell(f"× {message.what}（{error.code}）{message.next_step}")

    def enter(self) -> None:
        """The step comes into sight."""
        self.tell("")
        first = next((one for one in self.findChildren(QWidget) if one.focusPolicy() & _BY_TAB), None)
        if first is not None:
            first.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave(self) -> None:
        """The step goes out of sight."""

    def told(self) -> dict[str, Any]:
        """What was filled in, by the names of SetupAnswers.

        Raises:
            KakanaiError: what is wrong with it.
        """
        return {}


_BY_TAB = Qt.FocusPolicy.TabFocus
