"""A postal code as an answer: seven digits, and the town they stand for."""

from PySide6.QtCore import Signal, Slot

from kakanai.reception.postal import code_digits, common_start, towns_at, written_code
from kakanai.reception.variables import Variable
from kakanai.ui.text_editor import TextEditor
from kakanai.ui.theme import Theme


class PostalEditor(TextEditor):
    """A line for a code; when it stands for several towns, one more digit chooses among them.

    Signals:
        town_told(text): how an address there begins; "" while there is no code, or nobody chose yet what
            the towns do not share.
    """

    town_told = Signal(str)

    def __init__(self, variable: Variable, theme: Theme) -> None:
        super().__init__(variable, theme)
        self.line.textChanged.connect(self._look_up)
        self.line.editingFinished.connect(self._write_out)

    @Slot()
    def _look_up(self) -> None:
        towns = towns_at(self.line.text()) if not self._proposal else ()
        self.choices.offer(towns if len(towns) > 1 else ())
        self._watch_digits()
        self.town_told.emit(common_start(towns))

    def _watch_digits(self) -> None:
        # Behind seven digits, unlike in a free text: a digit more belongs to no code.
        self.line.takes_digits = self._offers_texts and bool(code_digits(self.line.text()))

    @Slot(str)
    def _take_chosen(self, text: str) -> None:
        self.town_told.emit(text)
        self.settled.emit()

    @Slot()
    def _write_out(self) -> None:
        digits = code_digits(self.line.text())
        if digits and not self._proposal and self.line.text() != written_code(digits):
            self.line.blockSignals(True)  # the towns stay as they are
            self.line.setText(written_code(digits))
            self.line.blockSignals(False)
            self.edited.emit()
