"""「出ていない紙がある」: every sheet of the set that is out, n/N in order; the one that is missing again."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.printing.print_job import PrintedDocument
from kakanai.ui.controls import ActionButton, FlowLayout, TextLabel
from kakanai.ui.theme import Theme

Sheet = tuple[str, int]
"""A form id and a page of it, 1 the first."""


def sheets_of(documents: Sequence[PrintedDocument]) -> list[Sheet]:
    """Every sheet of a set in the order in which it came out."""
    return [(one.form, page) for one in documents for page in range(1, one.pages + 1)]


class SheetPanel(QWidget):
    """Asks which sheet is missing or spoilt.

    Signals:
        sheet_wanted(form id, page): print this one again.
        given_up(): nothing is missing.
    """

    sheet_wanted = Signal(str, int)
    given_up = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = TextLabel("", "strong", wrap=True)
        self._buttons = QWidget()
        self._flow = FlowLayout(theme.px("space.small"))
        self._buttons.setLayout(self._flow)
        self.choices: list[ActionButton] = []
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(self._title)
        column.addWidget(self._buttons)
        self.hide()

    def ask(self, documents: Sequence[PrintedDocument]) -> None:
        """Ask for the sheet, by its number in the set."""
        for button in self.choices:
            self._flow.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.choices = []
        sheets = sheets_of(documents)
        pages = {document.form: document.pages for document in documents}
        title = self.tr(
            "{count}枚を順に数えて、出ていない紙・読めない紙を選びます。その1枚だけ刷りなおします。"
        )
        self._title.setText(title.format(count=len(sheets)))
        for number, (form, page) in enumerate(sheets, start=1):
            part = f" {page}/{pages[form]}" if pages[form] > 1 else ""
            self._add(f"{number}枚目 {form}{part}", partial(self._take, form, page))
        self._add(self.tr("そろっている（Esc）"), self._give_up)
        self.show()
        self.choices[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _add(self, words: str, act: Callable[[], None]) -> None:
        button = ActionButton(words)
        button.clicked.connect(act)
        self._flow.addWidget(button)
        button.show()  # or it takes no focus before the next event
        self.choices.append(button)

    def _take(self, form: str, page: int) -> None:
        self.hide()
        self.sheet_wanted.emit(form, page)

    @Slot()
    def _give_up(self) -> None:
        self.hide()
        self.given_up.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The number of a sheet chooses it, Escape gives up."""
        number = int(event.text()) if event.text().isascii() and event.text().isdigit() else 0
        if event.key() == Qt.Key.Key_Escape:
            self._give_up()
        elif 0 < number < len(self.choices):
            self.choices[number - 1].click()
        else:
            super().keyPressEvent(event)
