"""A line of text as an answer: what is typed, what is proposed, and the usual texts by number key."""

import re

from PySide6.QtCore import Qt, QTimer, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.reception.kana_typing import typed_as_katakana
from kakanai.reception.variables import PERSONAL_TYPES, ValueType, Variable
from kakanai.ui.answer_editor import AnswerEditor
from kakanai.ui.answer_line import AnswerLine
from kakanai.ui.controls import set_property
from kakanai.ui.input_method import set_input_method
from kakanai.ui.number_choices import NumberChoices
from kakanai.ui.theme import Theme

_WIDE_DIGITS = str.maketrans("１２３４５６７８９", "123456789")
_EXTENSION = re.compile("[xX]")


class TextEditor(AnswerEditor):
    """A line of text.

    A proposal stands in the line in grey: Enter makes it the answer, typing replaces it (a reading) or goes
    on behind it (an address), and deleting it means that it does not come again. Until then it is no answer,
    and reaches no paper.
    """

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__()
        self._type = variable.type
        self._proposal = ""
        self._refused = ""
        self.line = AnswerLine()
        self.line.setMaxLength(variable.max_length + 20)  # too long is told, not cut off without a word
        set_input_method(self.line, variable)
        if variable.type in PERSONAL_TYPES:
            self.line.setProperty("role", "personal")
            self.line.setFont(theme.personal_font("large"))
        self.choices = NumberChoices(theme)
        self.top = QHBoxLayout()
        self.top.addWidget(self.line)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(theme.px("space.tight"))
        self.column.addLayout(self.top)
        self.column.addWidget(self.choices)
        if variable.type is ValueType.KANA:
            self.line.setPlaceholderText(self.tr("カタカナ（ひらがなは直します）"))
        elif variable.type in {ValueType.PHONE, ValueType.POSTAL}:
            self.line.setMaximumWidth(220)
            self.top.addStretch(1)
        self.setFocusProxy(self.line)
        self.line.textEdited.connect(self._take_edit)
        self.line.editingFinished.connect(self.left)
        self.line.entered.connect(self._place_cursor)
        self.line.digit_pressed.connect(self.choices.choose)
        self.choices.chosen.connect(self._take_chosen)
        self.choices.offer(variable.suggestions)
        self._watch_digits()

    # --- typing -------------------------------------------------------------------------

    @Slot()
    def _take_edit(self) -> None:
        if self._proposal:
            self._refused = self._proposal if not self.line.text() else ""
            self._set_proposal("")
        self._convert()
        number = self.line.text().translate(_WIDE_DIGITS)
        if self._offers_texts and number.isdecimal() and len(number) == 1:
            self.choices.choose(int(number))  # the input method made a character of the digit
            return
        self._watch_digits()
        self.edited.emit()

    def _convert(self) -> None:
        typed = self.line.text()
        shown = typed
        if self._type is ValueType.KANA:
            shown = typed_as_katakana(typed)
        elif self._type is ValueType.PHONE:
            shown = _EXTENSION.sub("内線", typed)
        if shown != typed:
            behind = len(typed) - self.line.cursorPosition()
            self.line.setText(shown)
            self.line.setCursorPosition(len(shown) - behind)

    @property
    def _offers_texts(self) -> bool:
        return bool(self.choices.words)

    def _watch_digits(self) -> None:
        """Digits choose as long as there is nothing to which they could belong."""
        self.line.takes_digits = self._offers_texts and not self._typed()

    def _typed(self) -> str:
        return "" if self._proposal else self.line.text()

    @Slot(str)
    def _take_chosen(self, text: str) -> None:
        self._set_proposal("")
        self.line.setText(text)
        self._watch_digits()
        self.edited.emit()
        self.settled.emit()

    # --- proposal -----------------------------------------------------------------------

    def propose(self, text: str) -> None:
        """Show a proposal, unless something is typed or the clerk deleted the same one; "" takes it back."""
        is_known = text == self._proposal or (text and text == self._refused)
        if is_known or self._typed() or self.line.is_composing:
            return
        self.line.setText(text)
        self._set_proposal(text)
        if self.line.hasFocus():
            self._place_cursor()

    def _set_proposal(self, text: str) -> None:
        self._proposal = text
        set_property(self.line, "proposed", bool(text))

    @property
    def is_proposing(self) -> bool:
        """Whether the line shows what nobody confirmed."""
        return bool(self._proposal)

    def confirm(self) -> None:
        """Take the proposal as the answer."""
        if self._proposal:
            self._set_proposal("")
            self._watch_digits()
            self.edited.emit()

    @Slot()
    def _place_cursor(self) -> None:
        if self._proposal and self._type is ValueType.ADDRESS:
            # The line selects its text by itself when the focus comes by Tab; the rest is typed behind it.
            QTimer.singleShot(0, self._go_behind)
        elif self._proposal:
            self.line.selectAll()

    @Slot()
    def _go_behind(self) -> None:
        if self._proposal:
            self.line.deselect()
            self.line.setCursorPosition(len(self.line.text()))

    # --- answer -------------------------------------------------------------------------

    def raw(self) -> object:
        """The text, or None."""
        return self._typed() or None

    def show_raw(self, given: object) -> None:
        """Show text; one that is already there keeps its cursor, and a proposal stays until there is one."""
        text = "" if given is None else str(given)
        if not text and self._proposal:
            return
        self._set_proposal("")
        if text != self.line.text():
            self.line.setText(text)
        self._watch_digits()

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the line."""
        set_property(self.line, "wrong", is_wrong)

    def inputs(self) -> list[QWidget]:
        """The line."""
        return [self.line]

    def select_all(self) -> None:
        """Let the next character replace what stands there."""
        self.line.selectAll()

    def set_narrow(self, width: int) -> None:
        """Give the line no more than this width, and what follows the rest."""
        self.line.setMaximumWidth(width)

    def add_beside(self, widget: QWidget) -> None:
        """Put a widget to the right of the line."""
        self.top.addWidget(widget, 1, Qt.AlignmentFlag.AlignVCenter)
