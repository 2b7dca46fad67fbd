"""Reads the form templates while the window stands open and nothing is asked of it yet."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QObject, Slot

from kakanai.counter import Office
from kakanai.ui.paper_worker import PaperLink

_NAME: Final = "forms-ahead"


class FormsAhead(QObject):
    """One form at a time on the paper thread, so that what the clerk wants comes in between.

    A form that is wanted before its turn is read then; a mistake in one is told when it is wanted.
    """

    def __init__(self, paper: PaperLink, office: Callable[[], Office], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._paper = paper
        self._office = office
        self._left: list[str] = []
        paper.done.connect(self._take_answer)

    def start(self) -> None:
        """Begin, once the paper thread runs."""
        self._left = list(self._office().forms.templates)
        self._go_on()

    def _go_on(self) -> None:
        if self._left:
            form, templates = self._left.pop(0), self._office().forms.templates
            self._paper.do(_NAME, lambda: templates.get(form) and None)

    @Slot(str, object)
    def _take_answer(self, errand: str, _answer: object) -> None:
        if errand == _NAME:
            self._go_on()
