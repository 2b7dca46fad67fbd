"""The board on which the visitor checks the data: name, address, birth date, procedures; yes or no."""

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.wareki import wareki_text
from kakanai.ui.visitor import words
from kakanai.ui.visitor.board import BoardPage
from kakanai.ui.visitor.languages import Tongue
from kakanai.ui.visitor.look import Look, Type
from kakanai.ui.visitor.ruby import name_words
from kakanai.ui.visitor.text_block import TextBlock
from kakanai.ui.visitor.touch_button import TouchButton
from kakanai.ui.visitor.visitor_view import ShownPerson, VisitorView

_EDGE_PX = 48
_GAP_PX = 16
_CAPTION_PX = 260
_NOBODY = ShownPerson("", "", "", None, ())


class CheckBoard(BoardPage):
    """A row is left out when there is nothing in it.

    Signals:
        answered(bool): 合っています (True) or なおします.
    """

    answered = Signal(bool)
    lengths = (8, 5, 3, 1)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextBlock()
        self.captions = {word: TextBlock() for word in (
            words.NAME, words.ADDRESS, words.BIRTH_DATE, words.PROCEDURES,
        )}  # fmt: skip
        self.values = {word: TextBlock() for word in self.captions}
        grid = QGridLayout()
        grid.setHorizontalSpacing(_GAP_PX)
        grid.setVerticalSpacing(_GAP_PX)
        grid.setColumnStretch(1, 1)
        for row, (word, caption) in enumerate(self.captions.items()):
            caption.setFixedWidth(_CAPTION_PX)
            grid.addWidget(caption, row, 0)
            grid.addWidget(self.values[word], row, 1)
        self.yes = TouchButton(is_primary=True)
        self.no = TouchButton()
        self.yes.clicked.connect(self._agree)
        self.no.clicked.connect(self._disagree)
        answers = QHBoxLayout()
        answers.setSpacing(2 * _GAP_PX)
        answers.addWidget(self.yes, 1)
        answers.addWidget(self.no, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _GAP_PX, _EDGE_PX, _GAP_PX)
        column.setSpacing(_GAP_PX)
        column.addWidget(self.title)
        column.addLayout(grid)
        column.addStretch(1)
        column.addLayout(answers)

    def fill(self, view: VisitorView, look: Look, most: int) -> None:
        """See BoardPage."""
        say, ink = look.tongue.say, look.colors["ink"]
        person = view.person or _NOBODY
        self.title.dress(look.font(Type.TITLE), look.colors["accent"])
        self.title.show_text(say(words.PLEASE_CHECK))
        for word, caption in self.captions.items():
            caption.dress(look.font(Type.CAPTION), look.colors["ink_soft"])
            caption.show_text(say(word))
        name, address = self.values[words.NAME], self.values[words.ADDRESS]
        name.dress(look.personal_font(Type.NAME), ink)
        if person.kana:
            name.show_words(person.name, name_words(person.name, person.kana))
        else:
            name.show_plain(person.name)
        address.dress(look.personal_font(Type.VALUE), ink)
        address.show_plain(person.address)
        born, procedures = self.values[words.BIRTH_DATE], self.values[words.PROCEDURES]
        born.dress(look.font(Type.VALUE), ink)
        born.show_plain(_date_words(person.birth_date, look.tongue) if person.birth_date else "")
        procedures.dress(look.japanese_font(Type.BODY), ink)  # their names stay as the town writes them
        procedures.show_text(_procedure_words(person.procedures, look.tongue, most))
        for word, value in self.values.items():
            value.setVisible(bool(value.text))
            self.captions[word].setVisible(bool(value.text))
        self.yes.say(say(words.CORRECT), look)
        self.no.say(say(words.TO_CORRECT), look)

    @Slot()
    def _agree(self) -> None:
        self.answered.emit(True)

    @Slot()
    def _disagree(self) -> None:
        self.answered.emit(False)


def _date_words(born: BirthDate, tongue: Tongue) -> str:
    """The date by its era and by the western calendar, the one that the visitor reads first."""
    era, western = wareki_text(born), tongue.date(born)
    if not western:
        return era
    return f"{era}（{western}）" if tongue.is_japanese else f"{western}（{era}）"


def _procedure_words(procedures: tuple[str, ...], tongue: Tongue, most: int) -> str:
    shown = "、".join(procedures[:most])
    more = len(procedures) - most
    return f"{shown}\n{tongue.say(words.MORE, n=more)}" if more > 0 else shown
