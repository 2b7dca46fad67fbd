"""From a box on the paper to where its value is decided: its question, or the person."""

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.reception.variables import Source, Variable, VariableCatalog
from kakanai.ui.conversation import PERSON, QUESTION, Conversation
from kakanai.ui.paper_pane import PaperPane


class BoxFinder(QObject):
    """Leads the clerk there, and lights the box on every form it reaches.

    Signals:
        stretch_wanted(index): open that stretch.
    """

    stretch_wanted = Signal(int)

    def __init__(self, catalog: VariableCatalog, conversation: Conversation, paper: PaperPane) -> None:
        super().__init__(conversation)
        self._catalog = catalog
        self._questions = conversation.question
        self._paper = paper

    @Slot(str, str)
    def show_field(self, form: str, variable: str) -> None:
        """Show a form with the box lit, and go to where it is decided."""
        self._paper.show_form(form)
        self._paper.light(variable)
        self.go_to_variable(variable)

    @Slot(str)
    def go_to_variable(self, field: str) -> None:
        """Go to where a box (`member.name[2]`) is decided: its question, the one it copies, or the person."""
        variables = self._catalog.variables
        variable, bracket, row = field.partition("[")
        found = variables.get(variable)
        while found is not None and not self._questions.asks(found.id) and found.copies:
            found = variables.get(found.copies)
        if found is None:
            return
        if self._questions.asks(found.id):
            self.stretch_wanted.emit(QUESTION)
            if not self._questions.go_to(f"{found.id}{bracket}{row}" if found.list_name else found.id):
                self._go_to_source(found)
        elif found.source is Source.CARD:
            self.stretch_wanted.emit(PERSON)
        self._paper.light(field)

    def _go_to_source(self, row_variable: Variable) -> None:
        """Go to what the visitor's own row says, which has questions of its own or comes from the card."""
        source = self._catalog.variables.get(row_variable.copies)
        if source is not None and source.source is Source.CARD:
            self.stretch_wanted.emit(PERSON)
        elif source is None or not self._questions.go_to(source.id):
            self._questions.take_focus()
