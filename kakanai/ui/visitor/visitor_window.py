"""The visitor's window 来庁者画面: a head with the town's name and three presets, and one board."""

from collections.abc import Mapping

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from kakanai.resources import resource_root
from kakanai.ui.visitor import words
from kakanai.ui.visitor.board import BoardPage
from kakanai.ui.visitor.check_board import CheckBoard
from kakanai.ui.visitor.languages import JAPANESE, known_languages, load_tongue
from kakanai.ui.visitor.look import SCALES, Look, Type, load_look
from kakanai.ui.visitor.pin_board import PinBoard
from kakanai.ui.visitor.plain_boards import LanguageBoard, WordsBoard
from kakanai.ui.visitor.screens import WINDOW_SIZE
from kakanai.ui.visitor.text_block import TextBlock
from kakanai.ui.visitor.touch_button import TouchButton
from kakanai.ui.visitor.visitor_view import NEUTRAL, Board, VisitorView

_EDGE_PX = 24
_HEAD = "　Language"


class VisitorWindow(QMainWindow):
    """Shows a VisitorView and nothing else; what the visitor touches is told by signals.

    Signals:
        answered(bool): 合っています (True) or なおします.
        key_pressed(str): a digit or ⌫ on the PIN board; nothing here keeps it.
        pin_confirmed(): 決定 on the PIN board.
        changed(): language or preset are other than before.
        closed(): the window was closed by its frame.
    """

    answered = Signal(bool)
    key_pressed = Signal(str)
    pin_confirmed = Signal()
    changed = Signal()
    closed = Signal()

    def __init__(self, town: str, personal_family: str) -> None:
        """Raises StyleFileError: the look cannot be loaded."""
        super().__init__()
        self.setObjectName("VisitorWindow")
        self.setWindowTitle(self.tr("来庁者画面"))
        self.languages = known_languages()
        self.language = JAPANESE
        self.is_big = False
        self.is_contrast = False
        self.view = NEUTRAL
        self._personal_family = personal_family
        self.town = TextBlock()
        self.town.show_plain(town)
        self.to_languages, self.big, self.contrast = TouchButton(), TouchButton(), TouchButton()
        self.check, self.pin, self.plain = CheckBoard(), PinBoard(), WordsBoard()
        self.choice = LanguageBoard(self.languages)
        self._boards = QStackedWidget()
        for board in (self.plain, self.pin, self.check, self.choice):
            self._boards.addWidget(board)
        self._lay()
        self._wire()
        self._renew_look()

    def _lay(self) -> None:
        head = QWidget()
        head.setObjectName("VisitorHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        line = QHBoxLayout(head)
        line.setContentsMargins(_EDGE_PX, 8, _EDGE_PX, 8)
        line.addWidget(self.town, 1)
        for button in (self.to_languages, self.big, self.contrast):
            line.addWidget(button)
        for button in (self.big, self.contrast):
            button.setCheckable(True)
        central = QWidget()
        column = QVBoxLayout(central)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._practice = QLabel()
        self._practice.setObjectName("VisitorPractice")
        self._practice.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._practice.hide()
        column.addWidget(self._practice)
        column.addWidget(head)
        column.addWidget(self._boards, 1)
        self.setCentralWidget(central)

    def _wire(self) -> None:
        self.to_languages.clicked.connect(self._open_choice)
        self.big.clicked.connect(self.toggle_big)
        self.contrast.clicked.connect(self.toggle_contrast)
        self.choice.chosen.connect(self.use_language)
        self.choice.left.connect(self._show)
        self.check.answered.connect(self.answered)
        self.pin.key_pressed.connect(self.key_pressed)
        self.pin.confirmed.connect(self.pin_confirmed)

    def sizeHint(self) -> QSize:
        """The size on the only screen."""
        return WINDOW_SIZE

    # --- what is shown ------------------------------------------------------------------

    @property
    def look(self) -> Look:
        """How it looks now."""
        return self._look

    def show_view(self, view: VisitorView) -> None:
        """Show this; whatever was shown before is forgotten."""
        if view != self.view or self._boards.currentWidget() is self.choice:
            self.view = view
            self._show()

    def show_town(self, town: str) -> None:
        """Whose counter this is."""
        self.town.show_plain(town)

    def show_practice(self, words: str) -> None:
        """Say across the top that this is practice; "" says nothing."""
        self._practice.setText(words)
        self._practice.setVisible(bool(words))

    @Slot()
    def _show(self) -> None:
        by_board: Mapping[Board, BoardPage] = {Board.PIN: self.pin, Board.CHECK: self.check}
        board = by_board.get(self.view.board, self.plain)
        for other in (self.plain, self.pin, self.check):
            if other is not board:
                other.forget()
        self._boards.setCurrentWidget(board)
        board.show_view(self.view, self._look)

    @Slot()
    def _open_choice(self) -> None:
        self._boards.setCurrentWidget(self.choice)
        self.choice.show_view(NEUTRAL, self._look)

    # --- language and presets -----------------------------------------------------------

    @Slot(str)
    def use_language(self, code: str) -> None:
        """Speak this language, if the machine has a font for it."""
        if code in self.languages:
            self.language = code
            self._renew_look()

    @Slot()
    def next_language(self) -> None:
        """Speak the next language of the list."""
        place = self.languages.index(self.language)
        self.use_language(self.languages[(place + 1) % len(self.languages)])

    @Slot()
    def toggle_big(self) -> None:
        """Larger type 大きな文字, or the ordinary one."""
        self.is_big = not self.is_big
        self._renew_look()

    @Slot()
    def toggle_contrast(self) -> None:
        """White on black 高コントラスト, or the ordinary colours."""
        self.is_contrast = not self.is_contrast
        self._renew_look()

    @Slot()
    def reset(self) -> None:
        """Back to Japanese and the ordinary look, for the next visitor."""
        self.language, self.is_big, self.is_contrast = JAPANESE, False, False
        self._renew_look()

    def _renew_look(self) -> None:
        look = load_look(
            resource_root() / "style",
            load_tongue(self.language),
            self._personal_family,
            is_contrast=self.is_contrast,
        )
        self._look = look.scaled(SCALES[self.is_big])
        self.setStyleSheet(look.style_sheet)
        say = look.tongue.say
        self.town.dress(look.japanese_font(Type.TITLE), look.colors["ink"])
        # Whoever cannot read the present language must find the way to another one.
        self.to_languages.say(
            say(words.LANGUAGE) if self.language == "en" else say(words.LANGUAGE) + _HEAD, look
        )
        self.big.say(say(words.BIG_TYPE), look)
        self.contrast.say(say(words.CONTRAST), look)
        self.big.setChecked(self.is_big)
        self.contrast.setChecked(self.is_contrast)
        self._show()
        self.changed.emit()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Forget everything; the link opens the window anew."""
        self.show_view(NEUTRAL)
        super().closeEvent(event)
        self.closed.emit()
