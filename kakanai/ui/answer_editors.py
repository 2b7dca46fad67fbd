"""The input of one answer by the type of its question: text, date with its echo, options, a count."""

import re
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QSpinBox,
    QWidget,
)

from kakanai.errors import KakanaiError
from kakanai.identity.person import Sex
from kakanai.identity.wareki import parse_counter_date
from kakanai.reception.variables import PERSONAL_TYPES, Choice, ValueType, Variable
from kakanai.ui.controls import FlowLayout, TextLabel, choose_by_arrow, set_property
from kakanai.ui.hand_entry import both_calendars
from kakanai.ui.theme import Theme

DATE_TYPES = frozenset({ValueType.DATE, ValueType.BIRTH_DATE})
_HIRAGANA_TO_KATAKANA = {code: code + 0x60 for code in range(0x3041, 0x3097)}
_SEVEN_DIGITS = re.compile("[0-9]{7}")
_SEXES = (Choice("1", Sex.MALE.label), Choice("2", Sex.FEMALE.label))


class AnswerEditor(QWidget):
    """The input of one answer. `raw` is plain data as parse_value takes it, None while there is no answer.

    Signals:
        edited(): the clerk changed the answer.
        left(): the clerk is through with it for now.
    """

    edited = Signal()
    left = Signal()

    def raw(self) -> object:
        """What is typed or chosen now."""
        raise NotImplementedError

    def show_raw(self, given: object) -> None:
        """Show an answer without telling that it was edited."""
        raise NotImplementedError

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the input as not having its form; the words stand beside it."""

    def inputs(self) -> list[QWidget]:
        """The widgets that take the focus."""
        raise NotImplementedError


class TextEditor(AnswerEditor):
    """A line of text; a date shows beside it how it was understood."""

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__()
        self._type = variable.type
        self.line = QLineEdit()
        self.line.setMaxLength(variable.max_length + 20)  # too long is told, not cut off without a word
        if variable.type in PERSONAL_TYPES:
            self.line.setProperty("role", "personal")
            self.line.setFont(theme.personal_font("large"))
        self._echo = TextLabel("", "echo")
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        if variable.type in DATE_TYPES:
            self.line.setPlaceholderText("R8.11.15" if variable.type is ValueType.DATE else "S55.2.17")
            self.line.setMaximumWidth(180)
            self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferLatin)
            lay.addWidget(self.line)
            lay.addWidget(self._echo, 1)
        else:
            lay.addWidget(self.line)
        if variable.type is ValueType.KANA:
            self.line.setPlaceholderText(self.tr("カタカナ（ひらがなは直します）"))
        elif variable.type in {ValueType.PHONE, ValueType.POSTAL}:
            self.line.setInputMethodHints(Qt.InputMethodHint.ImhPreferNumbers)
            self.line.setMaximumWidth(220)
            lay.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._take_edit)
        self.line.editingFinished.connect(self._take_end)

    @Slot()
    def _take_edit(self) -> None:
        self._show_echo()
        self.edited.emit()

    @Slot()
    def _take_end(self) -> None:
        if self._type is ValueType.KANA:
            katakana = self.line.text().translate(_HIRAGANA_TO_KATAKANA)
            if katakana != self.line.text():
                self.line.setText(katakana)
                self.edited.emit()
        elif self._type is ValueType.POSTAL and _SEVEN_DIGITS.fullmatch(self.line.text()):
            self.line.setText(f"{self.line.text()[:3]}-{self.line.text()[3:]}")
            self.edited.emit()
        self.left.emit()

    def _show_echo(self) -> None:
        if self._type not in DATE_TYPES:
            return
        try:
            date = parse_counter_date(self.line.text(), allow_unknown=self._type is ValueType.BIRTH_DATE)
        except KakanaiError:
            self._echo.clear()
        else:
            self._echo.setText(f"= {both_calendars(date)}")

    def raw(self) -> object:
        """The text, or None."""
        return self.line.text() or None

    def show_raw(self, given: object) -> None:
        """Show text; a text that is already there keeps its cursor."""
        text = "" if given is None else str(given)
        if text != self.line.text():
            self.line.setText(text)
        self._show_echo()

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the line."""
        set_property(self.line, "wrong", is_wrong)

    def inputs(self) -> list[QWidget]:
        """The line."""
        return [self.line]


class _CountBox(QSpinBox):
    def wheelEvent(self, event: QWheelEvent) -> None:
        # Scrolling through the questions must not order certificates.
        event.ignore()


class CountEditor(AnswerEditor):
    """A count 通数 0–99; nothing typed shows a dash and is no answer."""

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__()
        self.box = _CountBox()
        self.box.setRange(0, 99)
        self.box.setSpecialValueText("－")
        self.box.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.box.setFixedSize(60, theme.px("measure.input"))
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(theme.px("space.tight"))
        lay.addWidget(self.box)
        for sign, words, step in (("－", self.tr("減らす"), -1), ("＋", self.tr("増やす"), 1)):
            button = QPushButton(sign)
            button.setProperty("role", "count")
            button.setAccessibleName(f"{variable.label} {words}")
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
            button.clicked.connect(partial(self._step, step))
            lay.addWidget(button)
        lay.addStretch(1)
        self.setFocusProxy(self.box)
        self.box.valueChanged.connect(self.edited)
        self.box.editingFinished.connect(self.left)

    @Slot()
    def _step(self, step: int) -> None:
        self.box.setFocus(Qt.FocusReason.MouseFocusReason)
        self.box.stepBy(step)

    def raw(self) -> object:
        """The count, None for none."""
        return self.box.value() or None

    def show_raw(self, given: object) -> None:
        """Show a count."""
        self.box.blockSignals(True)
        self.box.setValue(given if isinstance(given, int) else 0)
        self.box.blockSignals(False)

    def inputs(self) -> list[QWidget]:
        """The spin box."""
        return [self.box]


class OptionEditor(AnswerEditor):
    """Options side by side: one of them (radio) or several (check). Delete takes the answer back."""

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__()
        self._several = variable.type is ValueType.CHOICES
        self.buttons: dict[str, QAbstractButton] = {}
        self._pressed_while_checked = False
        lay = FlowLayout(theme.px("space.tight"))
        self.setLayout(lay)
        for choice in _SEXES if variable.type is ValueType.SEX else variable.choices:
            button: QAbstractButton = QCheckBox(choice.label) if self._several else QRadioButton(choice.label)
            button.setAccessibleName(f"{variable.label} {choice.label}")
            button.clicked.connect(self._take_click)
            button.installEventFilter(self)
            self.buttons[choice.id] = button
            lay.addWidget(button)
        self.setFocusProxy(next(iter(self.buttons.values())))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Arrows choose; Delete, Backspace or a mouse press on the chosen option takes the answer back."""
        if event.type() == QEvent.Type.MouseButtonPress:
            self._pressed_while_checked = isinstance(watched, QRadioButton) and watched.isChecked()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            # Space on the chosen one must not take it back: the arrow keys have chosen it already.
            self._pressed_while_checked = False
            takes_back = event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace)
            if takes_back:
                self.show_raw(None)
                self.edited.emit()
                return True
            options = list(self.buttons.values())
            if not self._several and choose_by_arrow(options, watched, event.key()):
                return True
        return super().eventFilter(watched, event)

    @Slot()
    def _take_click(self) -> None:
        if self._pressed_while_checked:
            self._pressed_while_checked = False
            self.show_raw(None)
        self.edited.emit()

    def raw(self) -> object:
        """The chosen id, or a list of ids; None for none."""
        chosen = [name for name, button in self.buttons.items() if button.isChecked()]
        if self._several:
            return chosen or None
        return chosen[0] if chosen else None

    def show_raw(self, given: object) -> None:
        """Show a choice."""
        chosen = set(given) if isinstance(given, list | tuple) else {given}
        for name, button in self.buttons.items():
            button.setAutoExclusive(False)
            button.setChecked(name in chosen)
            button.setAutoExclusive(not self._several)

    def inputs(self) -> list[QWidget]:
        """All options."""
        return list(self.buttons.values())


def editor_for(variable: Variable, theme: Theme) -> AnswerEditor:
    """The input that belongs to the type of a question."""
    if variable.type is ValueType.COUNT:
        return CountEditor(variable, theme)
    if variable.type in {ValueType.CHOICE, ValueType.CHOICES, ValueType.SEX}:
        return OptionEditor(variable, theme)
    return TextEditor(variable, theme)
