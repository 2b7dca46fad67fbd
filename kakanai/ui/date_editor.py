"""A date as an answer: typed in few keys, and how it was understood beside it at once."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Slot
from PySide6.QtWidgets import QPushButton, QWidget

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.typed_date import DateChoice, TypedDate, read_typed_date, weekday_of
from kakanai.identity.wareki import wareki_text
from kakanai.reception.variables import ValueType, Variable
from kakanai.ui.controls import FlowLayout, TextLabel
from kakanai.ui.text_editor import TextEditor
from kakanai.ui.theme import Theme

DATE_TYPES = frozenset({ValueType.DATE, ValueType.BIRTH_DATE})


class DateEditor(TextEditor):
    """A line for a date. Where six digits have several meanings, the letter of one is typed behind them."""

    def __init__(self, variable: Variable, theme: Theme, today: Callable[[], dt.date]) -> None:
        self._today = today
        self._is_birth = variable.type is ValueType.BIRTH_DATE
        super().__init__(variable, theme)
        if self._is_birth:
            self.line.setPlaceholderText("S55.2.17")
            self.line.setToolTip(self.tr("S55.2.17、550217、1980/2/17"))
        else:
            self.line.setPlaceholderText("R8.11.15")
            self.line.setToolTip(
                self.tr("R8.11.15、081115、2026/11/15。近い日は 15、11/15、今日は . だけでも")
            )
        self.set_narrow(180)
        self._echo = TextLabel("", "echo")
        self.add_beside(self._echo)
        self._flow = FlowLayout(theme.px("space.tight"))
        self._meanings = QWidget()
        self._meanings.setLayout(self._flow)
        self._meanings.hide()
        self.column.addWidget(self._meanings)
        self.line.textChanged.connect(self._show_meaning)
        self.line.editingFinished.connect(self._write_out)

    @property
    def meaning(self) -> TypedDate:
        """What stands in the line means this."""
        return read_typed_date(self.line.text(), self._today(), is_birth=self._is_birth)

    @Slot()
    def _show_meaning(self) -> None:
        meaning = self.meaning
        self._echo.setText(f"= {in_both_calendars(meaning.date)}" if meaning.date else "")
        self._offer(meaning.choices)

    def _offer(self, choices: tuple[DateChoice, ...]) -> None:
        while item := self._flow.takeAt(0):
            if button := item.widget():
                button.hide()
                button.deleteLater()
        for choice in choices:
            words = f"{choice.letter} {in_both_calendars(choice.date)}"
            button = QPushButton(words)
            button.setProperty("role", "small")
            button.setAccessibleName(words)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the letter is the keyboard's way
            button.clicked.connect(partial(self._choose, choice.letter))
            self._flow.addWidget(button)
            button.show()
        self._meanings.setVisible(bool(choices))
        self._meanings.updateGeometry()

    def _choose(self, letter: str, *_: object) -> None:
        self.line.setText(self.line.text() + letter)
        self.edited.emit()

    @Slot()
    def _write_out(self) -> None:
        """Leave the date in the line as it was understood: 15 is another day next month."""
        text = self.meaning.text
        if text and text != self.line.text() and not self.is_proposing:
            self.line.setText(text)

    def raw(self) -> object:
        """The date spelled out, or the text while it has no one meaning; None without any."""
        typed = super().raw()
        return (self.meaning.text or typed) if typed else None


def in_both_calendars(date: BirthDate) -> str:
    """The date by its era with the weekday, and the Gregorian year: 令和8年11月15日（日）2026年."""
    weekday = weekday_of(date)
    return f"{wareki_text(date)}{f'（{weekday}）' if weekday else '　'}{date.year}年"
