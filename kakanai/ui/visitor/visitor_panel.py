"""The clerk's side of the visitor's screen (F12): whom to show, language, phrases, the clerk's own words."""

from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QListWidget, QVBoxLayout, QWidget

from kakanai.forms.language_fonts import LANGUAGE_NAMES
from kakanai.ui.controls import ActionButton, ChoiceBox, FlowLayout, TextLabel
from kakanai.ui.search_line import SearchLine
from kakanai.ui.theme import Theme
from kakanai.ui.visitor.phrases import AMOUNT, Phrase, find_phrases
from kakanai.ui.visitor.visitor_view import Board

_MOST_DIGITS = 9


class VisitorPanel(QWidget):
    """Lies in the middle of the clerk's window, like the help; what is typed here is never kept.

    Signals:
        left(): back to where the clerk was.
        person_wanted(str): show the data of the person of this key.
        phrase_wanted(Phrase): show a phrase, its amount filled in.
        words_wanted(str): show the clerk's own words.
        neutral_wanted(): show nothing of anybody.
        closing_wanted(): put the visitor's window away.
        language_wanted(str), big_wanted(), contrast_wanted().
    """

    left = Signal()
    person_wanted = Signal(str)
    phrase_wanted = Signal(object)
    words_wanted = Signal(str)
    neutral_wanted = Signal()
    closing_wanted = Signal()
    language_wanted = Signal(str)
    big_wanted = Signal()
    contrast_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._phrases: list[Phrase] = []
        self._found: list[Phrase] = []
        self.state = TextLabel("", "strong")
        self.search = SearchLine()
        self.search.setAccessibleName(self.tr("筆談のことばを探す"))
        self.search.setPlaceholderText(self.tr("番号・ことば・読み（例 01、署名、しょめい）"))
        self.amount = QLineEdit()
        self.amount.setAccessibleName(self.tr("ことばに入れる数"))
        self.amount.setPlaceholderText(self.tr("数（例 300）"))
        self.amount.setMaxLength(_MOST_DIGITS)
        self.amount.setInputMethodHints(Qt.InputMethodHint.ImhDigitsOnly)
        self.amount.setFixedWidth(theme.px("measure.count_label_width"))
        self.list = QListWidget()
        self.list.setAccessibleName(self.tr("筆談のことば"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.own = QLineEdit()
        self.own.setAccessibleName(self.tr("自由に書く"))
        self.own.setPlaceholderText(self.tr("自由に書いて Enter（保存しません）"))
        self.own.setMaxLength(120)
        self.language = ChoiceBox()
        self.language.setAccessibleName(self.tr("来庁者画面の言語"))
        self.people = FlowLayout(theme.px("space.small"))
        self._people_buttons: list[ActionButton] = []
        self._lay(theme)
        self._wire()

    def _lay(self, theme: Theme) -> None:
        big = ActionButton(self.tr("大きな文字（Alt+B）"))
        contrast = ActionButton(self.tr("高コントラスト（Alt+H）"))
        neutral = ActionButton(self.tr("中立に戻す（Alt+X）"))
        closing = ActionButton(self.tr("来庁者画面を閉じる"))
        back = ActionButton(self.tr("受付に戻る（F12・Esc）"), "primary")
        big.clicked.connect(self.big_wanted)
        contrast.clicked.connect(self.contrast_wanted)
        neutral.clicked.connect(self.neutral_wanted)
        closing.clicked.connect(self.closing_wanted)
        back.clicked.connect(self.left)
        column = QVBoxLayout(self)
        wide = theme.px("space.large")
        column.setContentsMargins(wide, wide, wide, wide)
        column.setSpacing(theme.px("space.small"))
        column.addWidget(TextLabel(self.tr("来庁者画面"), "title"))
        column.addWidget(self.state)
        column.addLayout(_line(theme, self.search, self.amount))
        column.addWidget(self.list, 1)
        column.addWidget(self.own)
        column.addWidget(TextLabel(self.tr("内容を確かめてもらう（来庁者は Alt+C）"), "small"))
        column.addLayout(self.people)
        column.addLayout(_line(theme, TextLabel(self.tr("言語（Ctrl+L）")), self.language, big, contrast))
        column.addLayout(_line(theme, back, neutral, closing))

    def _wire(self) -> None:
        self.search.searched.connect(self._find)
        self.search.moved.connect(self._move)
        self.search.taken.connect(self._take_phrase)
        self.amount.returnPressed.connect(self._take_phrase)
        self.own.returnPressed.connect(self._take_words)
        self.list.itemClicked.connect(self._take_phrase)
        self.language.activated.connect(self._take_language)

    # --- what it offers -----------------------------------------------------------------

    def offer_phrases(self, phrases: list[Phrase]) -> None:
        """These phrases can be shown."""
        self._phrases = phrases
        self._find("")

    def offer_languages(self, languages: list[str], current: str) -> None:
        """These languages can be spoken."""
        if self.language.count() != len(languages):
            self.language.clear()
            for code in languages:
                self.language.addItem(LANGUAGE_NAMES[code], code)
        self.language.setCurrentIndex(languages.index(current))

    def offer_people(self, people: dict[str, str]) -> None:
        """The people of the case by key; each is shown only when the clerk presses their button."""
        for button in self._people_buttons:
            self.people.removeWidget(button)
            button.hide()
            button.deleteLater()
        self._people_buttons = []
        for key, name in people.items():
            button = ActionButton(name.replace("&", "&&"))
            button.clicked.connect(partial(self._show_person, key))
            self.people.addWidget(button)
            self._people_buttons.append(button)

    def tell_board(self, board: Board) -> None:
        """What the visitor sees now."""
        shown = {
            Board.NEUTRAL: self.tr("○ 中立（どなたの内容も出ていません）"),
            Board.PIN: self.tr("● 暗証番号"),
            Board.CHECK: self.tr("● 内容の確認"),
            Board.THANKS: self.tr("✓ 「合っています」"),
            Board.TELL_STAFF: self.tr("▲ 「なおします」"),
            Board.MESSAGE: self.tr("● 筆談"),
        }[board]
        self.state.setText(self.tr("いま出ているもの　{shown}").format(shown=shown))

    # --- acts ---------------------------------------------------------------------------

    def take_focus(self) -> None:
        """Put the focus where a phrase is searched."""
        self.search.setFocus(Qt.FocusReason.OtherFocusReason)

    def forget(self) -> None:
        """Nothing typed stays."""
        self.search.clear()
        self.amount.clear()
        self.own.clear()
        self.offer_people({})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    @Slot(str)
    def _find(self, typed: str) -> None:
        self._found = find_phrases(self._phrases, typed)
        self.list.clear()
        self.list.addItems(
            [f"{phrase.number}　{phrase.japanese.replace(AMOUNT, '○')}" for phrase in self._found]
        )
        self.list.setCurrentRow(0)

    @Slot(int)
    def _move(self, step: int) -> None:
        row = self.list.currentRow() + step
        self.list.setCurrentRow(max(0, min(row, self.list.count() - 1)))

    @Slot()
    def _take_phrase(self) -> None:
        row = self.list.currentRow()
        if not 0 <= row < len(self._found):
            return
        phrase = self._found[row]
        if phrase.wants_amount:
            typed = self.amount.text().replace(",", "")
            if not (typed.isascii() and typed.isdecimal()):
                self.amount.setFocus(Qt.FocusReason.OtherFocusReason)
                self.amount.selectAll()
                return
            phrase = phrase.with_amount(int(typed))
        self.phrase_wanted.emit(phrase)
        self.amount.clear()
        self.search.clear()
        self.take_focus()

    @Slot()
    def _take_words(self) -> None:
        typed = self.own.text()
        self.own.clear()
        if typed.strip():
            self.words_wanted.emit(typed)

    @Slot(int)
    def _take_language(self, row: int) -> None:
        self.language_wanted.emit(str(self.language.itemData(row)))

    @Slot()
    def _show_person(self, key: str) -> None:
        self.person_wanted.emit(key)


def _line(theme: Theme, *widgets: QWidget) -> QHBoxLayout:
    line = QHBoxLayout()
    line.setSpacing(theme.px("space.small"))
    for widget in widgets:
        line.addWidget(widget, 1 if isinstance(widget, SearchLine) else 0)
    if not any(isinstance(widget, SearchLine) for widget in widgets):
        line.addStretch(1)
    return line
