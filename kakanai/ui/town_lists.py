"""The two settings that are lists of their own: the counters of the hall, the forms with 個人番号."""

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QCheckBox, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from kakanai.settings.errors import TownChangeValueError
from kakanai.settings.town_document import Value
from kakanai.settings.town_entries import TownEntry, value_fault
from kakanai.ui.controls import ActionButton, ChoiceBox, TextLabel
from kakanai.ui.theme import Theme
from kakanai.ui.town_fields import TownField


class FormsField(TownField):
    """The △ forms, each to be ticked where the town's 条例 gives it 個人番号."""

    def __init__(self, entry: TownEntry, titles: Mapping[str, str], theme: Theme) -> None:
        super().__init__(entry.name, entry.words.label)
        self.boxes = {form: QCheckBox(f"{form}　{title}") for form, title in titles.items()}
        lay = QVBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(theme.px("space.small"))
        for form, box in self.boxes.items():
            box.setAccessibleName(f"{form} {titles[form]}")
            box.toggled.connect(self._take_edit)
            lay.addWidget(box, 0, Qt.AlignmentFlag.AlignLeft)
        lay.addWidget(self.note)

    def value(self) -> Value:
        """See TownField."""
        return [form for form, box in self.boxes.items() if box.isChecked()]

    def show_entry(self, entry: TownEntry) -> None:
        """See TownField."""
        chosen = entry.value if isinstance(entry.value, list) else []
        for form, box in self.boxes.items():
            with QSignalBlocker(box):
                box.setChecked(form in chosen)

    def take_focus(self) -> None:
        """See TownField."""
        next(iter(self.boxes.values())).setFocus(Qt.FocusReason.OtherFocusReason)


class _CounterRow(QWidget):
    edited = Signal()
    removed = Signal(object)

    def __init__(self, sections: Mapping[str, str], theme: Theme) -> None:
        super().__init__()
        self.line = QLineEdit()
        self.line.setFixedWidth(260)
        self.line.setAccessibleName(self.tr("窓口の名前"))
        self.section = ChoiceBox()
        self.section.setAccessibleName(self.tr("受け持つ課"))
        self.section.setMinimumWidth(420)
        for key, words in sections.items():
            self.section.addItem(words, key)
        remove = ActionButton(self.tr("消す"))
        lay = QHBoxLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.setSpacing(theme.px("space.small"))
        for widget in (self.line, self.section, remove):
            lay.addWidget(widget)
        lay.addStretch(1)
        self.line.textEdited.connect(self.edited)
        self.section.currentIndexChanged.connect(self.edited)
        remove.clicked.connect(self._remove)

    @Slot()
    def _remove(self) -> None:
        self.removed.emit(self)


class CountersField(TownField):
    """The counters 窓口 of the hall with their sections; a row without a name does not count."""

    def __init__(self, entry: TownEntry, theme: Theme) -> None:
        super().__init__(entry.name, entry.words.label)
        self._theme = theme
        self._sections: Mapping[str, str] = {}
        self.rows: list[_CounterRow] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(theme.px("space.tight"))
        self.add = ActionButton(self.tr("窓口を足す"))
        self.add.clicked.connect(self._add_empty)
        lay = QGridLayout(self)
        lay.setContentsMargins(0, 0, 0, 0)
        lay.addWidget(TextLabel(entry.words.label, "strong"), 0, 0)
        lay.addLayout(self._column, 1, 0)
        lay.addWidget(self.note, 2, 0)
        lay.addWidget(self.add, 3, 0, Qt.AlignmentFlag.AlignLeft)

    def offer(self, sections: Mapping[str, str]) -> None:
        """The sections by key, in words, to choose from in rows made from now on."""
        self._sections = sections

    def value(self) -> dict[str, str]:
        """See TownField."""
        typed = [(row.line.text(), str(row.section.currentData())) for row in self.rows if row.line.text()]
        found = dict(typed)
        expected = value_fault(self.name, found)
        if expected or len(found) < len(typed):
            words = expected or self.tr("同じ名前のない窓口")
            raise TownChangeValueError(key=self.name, expected=words)
        return found

    def show_entry(self, entry: TownEntry) -> None:
        """See TownField."""
        for row in list(self.rows):
            self._drop(row)
        counters = entry.value if isinstance(entry.value, dict) else {}
        for name, section in counters.items():
            row = self._add_row()
            with QSignalBlocker(row):
                row.line.setText(name)
                row.section.setCurrentIndex(row.section.findData(section))

    def take_focus(self) -> None:
        """See TownField."""
        target: QWidget = self.rows[0].line if self.rows else self.add
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _add_row(self) -> _CounterRow:
        row = _CounterRow(self._sections, self._theme)
        row.edited.connect(self._take_edit)
        row.removed.connect(self._take_removal)
        last: QWidget | None = self.rows[-1].section if self.rows else None
        self.rows.append(row)
        self._column.addWidget(row)
        if last is not None:
            QWidget.setTabOrder(last, row.line)
        return row

    @Slot()
    def _add_empty(self) -> None:
        self._add_row().line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(object)
    def _take_removal(self, row: _CounterRow) -> None:
        self._drop(row)
        self.take_focus()
        self._take_edit()

    def _drop(self, row: _CounterRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()
