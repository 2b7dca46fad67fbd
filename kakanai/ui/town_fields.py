"""One setting of the town as a row to edit: its words, its input, and what is wrong with what is typed."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kakanai.errors import KakanaiError
from kakanai.settings.town_document import Value
from kakanai.settings.town_entries import TownEntry, typed_value
from kakanai.settings.town_rules import DIAGNOSTIC_LEVELS, Kind
from kakanai.ui.controls import ChoiceBox, TextLabel, set_property
from kakanai.ui.theme import Theme

_FEE_WIDTH = 96
_NUMBER_WIDTH = 200
_LEVEL_WORDS = {"DEBUG": "DEBUG（詳しい）", "INFO": "INFO（ふつう）", "WARNING": "WARNING（警告だけ）"}


class TownField(QWidget):
    """The input of one setting; `value` is what is typed, in the form of the town's file.

    Signals:
        edited(): something else is typed than before.
    """

    edited = Signal()

    def __init__(self, name: str, label: str) -> None:
        super().__init__()
        self.name = name
        self.label = label
        self.note = TextLabel("", "small", wrap=True)
        self.note.hide()
        self._hint = ""

    def value(self) -> Value | dict[str, str]:
        """What is typed.

        Raises:
            TownChangeValueError: it cannot be a value of this setting.
        """
        raise NotImplementedError

    def show_entry(self, entry: TownEntry) -> None:
        """Show the value that the file has."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus on the input."""
        raise NotImplementedError

    def fault(self) -> str:
        """What is wrong with what is typed, "" when it is right; said below the input too."""
        try:
            self.value()
        except KakanaiError as error:
            expected = error.details.get("expected", "")
            self.say_wrong(str(expected))
            return str(expected)
        self.say_wrong("")
        return ""

    def say_wrong(self, expected: str) -> None:
        """Say below the input what ought to stand there; "" takes it back."""
        set_property(self.note, "role", "error" if expected else "small")
        self.note.setText(f"× {expected}" if expected else self._hint)
        self.note.setVisible(bool(self.note.text()))

    def set_hint(self, words: str) -> None:
        """What there is to know, while nothing is wrong."""
        self._hint = words
        self.say_wrong("")

    @Slot()
    def _take_edit(self) -> None:
        self.fault()
        self.edited.emit()


class WordsField(TownField):
    """A line of text: words, yen, staff numbers with 、 between them."""

    def __init__(self, entry: TownEntry, theme: Theme, *, label: str, bare: bool = False) -> None:
        super().__init__(entry.name, entry.words.label)
        self.line = QLineEdit()
        self.line.setAccessibleName(entry.words.label)
        is_fee = entry.kind is Kind.FEE
        if is_fee:
            self.line.setFixedWidth(_FEE_WIDTH)
            self.line.setAlignment(Qt.AlignmentFlag.AlignRight)
            self.line.setMaxLength(8)
        elif entry.kind is Kind.CLERK:
            self.line.setFixedWidth(_NUMBER_WIDTH)
        self.line.textEdited.connect(self._take_edit)
        self.setFocusProxy(self.line)
        lay = QGridLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setHorizontalSpacing(theme.px("space.medium"))
        lay.setVerticalSpacing(2)
        if not bare:
            name = TextLabel(entry.words.label, wrap=True, exact=True)
            theme.size(name, "setFixedWidth", label)
            name.setBuddy(self.line)
            lay.addWidget(name, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        side = Qt.AlignmentFlag.AlignLeft if is_fee or entry.kind is Kind.CLERK else Qt.AlignmentFlag(0)
        lay.addWidget(self.line, 0, 1, side)
        if is_fee:
            lay.addWidget(TextLabel(self.tr("円")), 0, 2)
        lay.addWidget(self.note, 1, 0 if is_fee else 1, 1, 3 if is_fee else 1)
        lay.setColumnStretch(3 if is_fee else 1, 1)

    def value(self) -> Value | dict[str, str]:
        """See TownField."""
        return typed_value(self.name, self.line.text())

    def say_wrong(self, expected: str) -> None:
        """See TownField."""
        set_property(self.line, "wrong", bool(expected))
        super().say_wrong(expected)

    def show_entry(self, entry: TownEntry) -> None:
        """See TownField."""
        value = entry.value
        self.line.setText("、".join(value) if isinstance(value, list) else str(value))
        self.line.setCursorPosition(0)

    def take_focus(self) -> None:
        """See TownField."""
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)


class FlagField(TownField):
    """A setting that is on or off."""

    def __init__(self, entry: TownEntry, theme: Theme) -> None:
        super().__init__(entry.name, entry.words.label)
        del theme
        self.box = QCheckBox(entry.words.label)
        self.box.setAccessibleName(entry.words.label)
        self.box.toggled.connect(self._take_edit)
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(2)
        lay.addWidget(self.box, 0, Qt.AlignmentFlag.AlignLeft)
        lay.addWidget(self.note)

    def value(self) -> Value:
        """See TownField."""
        return self.box.isChecked()

    def show_entry(self, entry: TownEntry) -> None:
        """See TownField."""
        with QSignalBlocker(self.box):
            self.box.setChecked(entry.value is True)

    def take_focus(self) -> None:
        """See TownField."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)


class LevelField(TownField):
    """How much the diagnostic log tells."""

    def __init__(self, entry: TownEntry, theme: Theme, *, label: str) -> None:
        super().__init__(entry.name, entry.words.label)
        self.box = ChoiceBox()
        self.box.setAccessibleName(entry.words.label)
        self.box.setMinimumWidth(240)
        for level in DIAGNOSTIC_LEVELS:
            self.box.addItem(_LEVEL_WORDS[level], level)
        self.box.currentIndexChanged.connect(self._take_edit)
        name = TextLabel(entry.words.label)
        theme.size(name, "setFixedWidth", label)
        name.setBuddy(self.box)
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(theme.px("space.medium"))
        lay.addWidget(name)
        lay.addWidget(self.box)
        lay.addStretch(1)

    def value(self) -> Value:
        """See TownField."""
        return str(self.box.currentData())

    def show_entry(self, entry: TownEntry) -> None:
        """See TownField."""
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self.box.findData(entry.value))

    def take_focus(self) -> None:
        """See TownField."""
        self.box.setFocus(Qt.FocusReason.OtherFocusReason)
