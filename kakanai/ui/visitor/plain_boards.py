"""The boards with words alone: neutral, thanks, a phrase or the clerk's own words, and the languages."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from kakanai.ui.visitor import words
from kakanai.ui.visitor.board import BoardPage
from kakanai.ui.visitor.languages import OWN_NAMES, load_family
from kakanai.ui.visitor.look import Look, Type
from kakanai.ui.visitor.text_block import TextBlock
from kakanai.ui.visitor.touch_button import TouchButton
from kakanai.ui.visitor.visitor_view import Board, VisitorView

_EDGE_PX = 48
_GAP_PX = 24


class WordsBoard(BoardPage):
    """Two texts in the middle, the first one large: Japanese and the language, or a title and a line."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.first = TextBlock(centred=True)
        self.second = TextBlock(centred=True)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _EDGE_PX, _EDGE_PX, _EDGE_PX)
        column.setSpacing(2 * _GAP_PX)
        column.addStretch(1)
        column.addWidget(self.first)
        column.addWidget(self.second)
        column.addStretch(1)

    def fill(self, view: VisitorView, look: Look, most: int) -> None:
        """See BoardPage."""
        say = look.tongue.say
        ink = look.colors["ink"]
        self.first.dress(look.font(Type.MESSAGE), ink)
        self.second.dress(look.font(Type.VALUE), ink)
        match view.board:
            case Board.MESSAGE:
                self._fill_message(view, look)
            case Board.THANKS:
                self.first.show_text(say(words.THANKS))
                self.second.clear()
            case Board.TELL_STAFF:
                self.first.show_text(say(words.TELL_STAFF))
                self.second.clear()
            case _:
                self.first.show_text(say(words.WELCOME))
                self.second.show_text(say(words.STAFF_WILL_HELP))

    def _fill_message(self, view: VisitorView, look: Look) -> None:
        """The visitor's language large and Japanese below it, which the clerk points at too."""
        ink = look.colors["ink"]
        translated = (view.translated or {}).get(look.tongue.code, "")
        if translated and translated != view.japanese:
            self.first.show_text(translated)
            self.second.dress(look.japanese_font(Type.TITLE), ink)
            self.second.show_plain(view.japanese)
        else:
            self.first.dress(look.japanese_font(Type.MESSAGE), ink)
            self.first.show_plain(view.japanese)
            self.second.clear()


class LanguageBoard(BoardPage):
    """The languages, each in its own letters; their fonts are loaded when this is shown first.

    Signals:
        chosen(str): the code of a language.
        left(): back without a choice.
    """

    chosen = Signal(str)
    left = Signal()

    def __init__(self, languages: list[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = TextBlock(centred=True)
        self.buttons = {code: TouchButton() for code in languages}
        self._families: dict[str, str] = {}
        grid = QGridLayout()
        grid.setSpacing(_GAP_PX)
        for number, (code, button) in enumerate(self.buttons.items()):
            button.clicked.connect(partial(self._choose, code))
            grid.addWidget(button, number // 3, number % 3)
        self.back = TouchButton()
        self.back.clicked.connect(self._leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(_EDGE_PX, _GAP_PX, _EDGE_PX, _GAP_PX)
        column.setSpacing(_GAP_PX)
        column.addWidget(self.title)
        column.addLayout(grid)
        column.addStretch(1)
        column.addWidget(self.back, 0, Qt.AlignmentFlag.AlignHCenter)

    def fill(self, view: VisitorView, look: Look, most: int) -> None:
        """See BoardPage."""
        if not self._families:
            self._families = {code: load_family(code) for code in self.buttons}
        self.title.dress(look.font(Type.TITLE), look.colors["ink"])
        self.title.show_text(look.tongue.say(words.CHOOSE_LANGUAGE))
        for code, button in self.buttons.items():
            font = QFont(look.font(Type.VALUE))
            if self._families[code]:
                font.setFamilies([self._families[code]])
            button.say(OWN_NAMES[code], look, font=font)
            button.setCheckable(True)
            button.setChecked(code == look.tongue.code)
        self.back.say(look.tongue.say(words.BACK), look)

    @Slot()
    def _choose(self, code: str) -> None:
        self.chosen.emit(code)

    @Slot()
    def _leave(self) -> None:
        self.left.emit()
