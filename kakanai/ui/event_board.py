"""The life events ライフイベント of ② as buttons: the digit on it and Enter choose one, or a click."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QPushButton, QWidget

from kakanai.reception.guidance import EventGuide
from kakanai.reception.latin_reading import fold_latin, latin_reading
from kakanai.reception.procedure_search import plain_letters
from kakanai.ui.controls import FlowLayout, set_property
from kakanai.ui.theme import Theme

_FEWEST_LETTERS = 2


class EventBoard(QWidget):
    """Two lines of buttons; the one that Enter would take is marked.

    While an event is followed its button alone is there, pressed in: the room is for what it brings. Another
    digit and Enter follow another one, and the button pressed again brings all of them back.

    Signals:
        chosen(event id): pressed; the one that is followed already means to leave it.
    """

    chosen = Signal(str)

    def __init__(self, theme: Theme, events: Iterable[EventGuide]) -> None:
        super().__init__()
        self._events = {event.id.value: event for event in events}
        self.buttons: dict[str, QPushButton] = {}
        self._lay = FlowLayout(theme.px("space.tight"))
        self.setLayout(self._lay)
        for name, event in self._events.items():
            self.buttons[name] = self._make(event)
            self._lay.addWidget(self.buttons[name])
        if not self._events:
            self.hide()

    def _make(self, event: EventGuide) -> QPushButton:
        button = QPushButton(f"{event.number} {event.title}".strip())
        button.setProperty("role", "tab")
        button.setCheckable(True)
        # The search line has the keys: the digit and Enter, so that Tab need not pass eleven buttons.
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        button.setAccessibleName(self.tr("できごと {title} {number}").format(
            title=event.title, number=event.number
        ).strip())  # fmt: skip
        button.setToolTip(self.tr("{typed} と Enter").format(typed=event.number or event.title))
        button.clicked.connect(self._press)
        return button

    @Slot()
    def _press(self) -> None:
        pressed = self.sender()
        name = next((name for name, button in self.buttons.items() if button is pressed), None)
        if name is not None:
            # What is pressed in is told by show_event, after the case has followed.
            self.buttons[name].setChecked(not self.buttons[name].isChecked())
            self.chosen.emit(name)

    def typed_event(self, typed: str) -> str:
        """The event of this digit, or of this name or reading where an event has no digit; else ""."""
        letters = plain_letters(typed.strip())
        spellings = (letters, fold_latin(letters)) if letters.isascii() else (letters,)
        for name, event in self._events.items():
            names = (plain_letters(event.title), plain_letters(event.kana), latin_reading(event.kana))
            if event.number:
                if typed == event.number:
                    return name
            elif len(letters) >= _FEWEST_LETTERS and any(one.startswith(spellings) for one in names):
                return name
        return ""

    def show_event(self, event: str) -> None:
        """Press in the button of the event that is followed, and show it alone; "" shows all."""
        for name, button in self.buttons.items():
            button.setChecked(name == event)
            button.setVisible(not event or name == event)
        shown = self.buttons.get(event)
        self.setMinimumWidth(shown.sizeHint().width() if shown else 0)
        self._fit()

    def _fit(self) -> None:
        """As high as the lines of buttons are in this width."""
        self._lay.invalidate()
        self.setFixedHeight(self._lay.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The buttons go on in other lines now."""
        super().resizeEvent(event)
        self._fit()

    def mark(self, event: str) -> None:
        """Mark the event that Enter would take, "" for none."""
        for name, button in self.buttons.items():
            set_property(button, "state", "marked" if name == event else "")
