"""What every input of an answer can do, whatever the type of its question."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class AnswerEditor(QWidget):
    """The input of one answer. `raw` is plain data as parse_value takes it, None while there is no answer.

    Signals:
        edited(): the clerk changed the answer.
        left(): the clerk is through with it for now.
        settled(): one key gave the whole answer; the next question may come.
    """

    edited = Signal()
    left = Signal()
    settled = Signal()

    def raw(self) -> object:
        """What is typed or chosen now; a proposal is none of it."""
        raise NotImplementedError

    def show_raw(self, given: object) -> None:
        """Show an answer without telling that it was edited."""
        raise NotImplementedError

    def set_wrong(self, is_wrong: bool) -> None:
        """Mark the input as not having its form; the words stand beside it."""

    def inputs(self) -> list[QWidget]:
        """The widgets that take the focus."""
        raise NotImplementedError

    def propose(self, text: str) -> None:
        """Show what the answer may be, "" to take it back. Editors that know no proposals show none."""

    @property
    def is_proposing(self) -> bool:
        """Whether what is shown waits for the clerk to confirm it."""
        return False

    def confirm(self) -> None:
        """Make a shown proposal the answer."""
