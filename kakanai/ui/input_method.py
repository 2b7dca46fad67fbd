"""Which input method 日本語入力 a field wants, by the type of its question.

Digits and dates are typed with the input method off: with it on, each number has to be confirmed by one more
key, and comes out full-width. Qt switches it off for such a field on Windows, and on with the next one; in
which mode it comes back (ひらがな, カタカナ) is Windows' own to remember. Fields for names, addresses and
readings leave the input method as the clerk has it.
"""

from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from kakanai.reception.variables import ValueType, Variable

_HINT = Qt.InputMethodHint
WITHOUT_INPUT_METHOD: Final = frozenset(
    {ValueType.DATE, ValueType.BIRTH_DATE, ValueType.PHONE, ValueType.POSTAL, ValueType.YEN, ValueType.COUNT}
)
"""Types of which every character is on the keyboard."""

_HINTS: Final = {
    ValueType.DATE: _HINT.ImhPreferLatin,
    ValueType.BIRTH_DATE: _HINT.ImhPreferLatin,
    ValueType.PHONE: _HINT.ImhDialableCharactersOnly,
    ValueType.POSTAL: _HINT.ImhPreferNumbers,
    ValueType.YEN: _HINT.ImhPreferNumbers,
    ValueType.COUNT: _HINT.ImhDigitsOnly,
    ValueType.NAME: _HINT.ImhSensitiveData | _HINT.ImhNoPredictiveText,
    ValueType.ADDRESS: _HINT.ImhSensitiveData | _HINT.ImhNoPredictiveText,
    ValueType.KANA: _HINT.ImhSensitiveData | _HINT.ImhNoPredictiveText,
}
"""Names and the like must not become words that the input method learns and offers at the next visitor."""


def set_input_method(line: QLineEdit, variable: Variable) -> None:
    """Give a line the input method of its question.

    A free text whose sample is all digits and Latin letters prefers them, but may hold other characters.
    """
    hints = _HINTS.get(variable.type)
    if hints is None and variable.type is ValueType.TEXT and variable.sample and variable.sample.isascii():
        hints = _HINT.ImhPreferLatin
    if hints is not None:
        line.setInputMethodHints(hints)
    if variable.type in WITHOUT_INPUT_METHOD:
        line.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
