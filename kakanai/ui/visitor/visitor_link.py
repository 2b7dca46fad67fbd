"""Between the clerk's window and the visitor's: what is shown when, and what becomes of an answer."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication

from kakanai.errors import KakanaiError
from kakanai.reception.companion import VISITOR_KEY
from kakanai.resources import resource_root
from kakanai.settings import Town
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.conversation import Conversation
from kakanai.ui.theme import Theme
from kakanai.ui.visitor.person_on_screen import PersonOnScreen
from kakanai.ui.visitor.phrases import Phrase, load_phrases
from kakanai.ui.visitor.screens import lay_out
from kakanai.ui.visitor.visitor_answer import VisitorAnswer
from kakanai.ui.visitor.visitor_panel import VisitorPanel
from kakanai.ui.visitor.visitor_pin import VisitorPin
from kakanai.ui.visitor.visitor_view import (
    NEUTRAL,
    Board,
    VisitorView,
    answered_view,
    message_view,
    pin_view,
)
from kakanai.ui.visitor.visitor_window import VisitorWindow

if TYPE_CHECKING:
    from kakanai.ui.key_bar import KeyBar
    from kakanai.ui.window_pages import WindowPages

THANKS_MS: Final = 6_000
IDLE_MS: Final = 300_000
"""After five minutes without a touch nobody's data stays on the screen; a PIN has no such limit."""


class VisitorLink(QObject):
    """Owns the visitor's window, from the first F12 on.

    Nobody's data is on it but: the visitor's own, once the card or the hand told it; any person's, once the
    clerk pressed for it. It is taken back with the answer, with the case, and whenever the clerk leaves the
    counter for the day log, the settings or another case.

    Signals:
        left(): from the panel back to the counter.
    """

    left = Signal()

    def __init__(self, theme: Theme, town: Town, flow: CaseFlow, conversation: Conversation) -> None:
        super().__init__(conversation)
        self.panel = VisitorPanel(theme)
        self.window: VisitorWindow | None = None
        self._theme = theme
        self._town = town.name
        self._practice = ""
        self._flow = flow
        self._view = conversation
        self._pages: WindowPages | None = None
        self._shown = NEUTRAL
        self._is_resting = False
        self._who = PersonOnScreen(flow)
        self._pin = VisitorPin(conversation)
        self._answer = VisitorAnswer(flow, conversation.notice, self)
        self._refresh_soon = self._timer(0, self._refresh)
        self._idle = self._timer(IDLE_MS, self.show_neutral)
        self.thanks = self._timer(THANKS_MS, self.show_neutral)

    def _timer(self, milliseconds: int, act: Callable[[], None]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(milliseconds)
        timer.timeout.connect(act)
        return timer

    def join(self, pages: "WindowPages", key_bar: "KeyBar") -> None:
        """Take the place in the clerk's window: the panel, and the keys that work everywhere."""
        self._pages = pages
        pages.add_to_middle(self.panel)
        pages.currentChanged.connect(self._take_page)
        keys: dict[str, Callable[[], None]] = {
            "Ctrl+L": partial(self._act, VisitorWindow.next_language),
            "Alt+B": partial(self._act, VisitorWindow.toggle_big),
            "Alt+H": partial(self._act, VisitorWindow.toggle_contrast),
            "Alt+C": partial(self.show_person, VISITOR_KEY),
            "Alt+X": self.show_neutral,
        }
        for key, act in keys.items():
            key_bar.add_hidden(key, act)
        panel, flow = self.panel, self._flow
        panel.left.connect(self.left)
        panel.person_wanted.connect(self.show_person)
        panel.phrase_wanted.connect(self._show_phrase)
        panel.words_wanted.connect(self._show_words)
        panel.neutral_wanted.connect(self.show_neutral)
        panel.closing_wanted.connect(self.close)
        self._view.card_page_opened.connect(self._take_card_page)
        flow.changed.connect(self._take_change)
        flow.asked.connect(self._take_change)
        flow.ended.connect(self._take_end)
        for page in self._pin.pages:
            page.pad.changed.connect(self._refresh_soon.start)

    def be_practice(self, words: str) -> None:
        """Let the visitor's window say across its top that this is practice."""
        self._practice = words
        if self.window is not None:
            self.window.show_practice(words)

    # --- the window ---------------------------------------------------------------------

    @property
    def is_open(self) -> bool:
        """Whether the visitor's window is there."""
        return self.window is not None and self.window.isVisible()

    @Slot()
    def toggle_panel(self) -> None:
        """F12: the visitor's window and its panel, or back to the counter."""
        if self._pages is None:
            return
        if self._pages.is_in_sight(self.panel):
            self.left.emit()
            return
        if not self.is_open and not self._open():
            return
        self.panel.offer_people(self._who.names())
        self._pages.show_in_middle(self.panel)
        self.panel.take_focus()

    def _open(self) -> bool:
        try:
            if self.window is None:
                self.panel.offer_phrases(load_phrases(resource_root() / "phrases"))
                self.window = self._made_window()
        except KakanaiError as error:
            self._view.notice.tell_error(error)
            return False
        lay_out(self.window, self._view.window())
        self._refresh()
        return True

    def _made_window(self) -> VisitorWindow:
        window = VisitorWindow(self._town, self._theme.personal_family)
        window.show_practice(self._practice)
        window.answered.connect(self._take_answer)
        window.key_pressed.connect(self._pin.press)
        window.pin_confirmed.connect(self._pin.confirm)
        self.panel.language_wanted.connect(window.use_language)
        self.panel.big_wanted.connect(window.toggle_big)
        self.panel.contrast_wanted.connect(window.toggle_contrast)
        window.changed.connect(self._take_language)
        window.closed.connect(self._take_closed)
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication):
            application.screenRemoved.connect(self.close)  # or it would come to lie over the clerk's window
        self.panel.offer_languages(window.languages, window.language)
        return window

    @Slot()
    def close(self) -> None:
        """Put the visitor's window away."""
        self.show_neutral()
        if self.window is not None and self.window.isVisible():
            self.window.close()

    @Slot()
    def _take_closed(self) -> None:
        self.show_neutral()
        if self._pages is not None and self._pages.is_in_sight(self.panel):
            self.left.emit()

    def rest(self, *, is_resting: bool) -> None:
        """While the clerk's window is locked nothing of anybody is shown, whatever comes to be known."""
        self._is_resting = is_resting
        self.show_neutral()

    def use_town(self, town: Town) -> None:
        """Whose counter this is from now on."""
        self._town = town.name
        if self.window is not None:
            self.window.show_town(town.name)

    # --- whose data ---------------------------------------------------------------------

    @Slot(str)
    def show_person(self, key: str) -> None:
        """Let the data of a person be checked: the act of the clerk."""
        if self.is_open and self._who.choose(key):
            self._show(self._who.view())
            if self._pages is not None and self._pages.is_in_sight(self.panel):
                self.left.emit()

    @Slot()
    def take_identified(self) -> None:
        """A card told who is here: the visitor's own data comes by itself, nobody else's."""
        if self.is_open and self._who.choose_new_visitor():
            self._show(self._who.view())

    @Slot()
    def _take_change(self) -> None:
        """The case changed: what is shown follows, as long as it is the same person's."""
        if self._pages is not None and self._pages.is_in_sight(self.panel):
            self.panel.offer_people(self._who.names())
        if self._shown.board is not Board.CHECK:
            return
        if self._who.is_still_there:
            self._shown = self._who.view()
            self._refresh()
        else:
            self.show_neutral()

    @Slot()
    def _take_end(self) -> None:
        self._answer.forget()
        self._who.end()
        self.panel.forget()
        self.show_neutral()
        if self.window is not None:
            self.window.reset()

    # --- what is shown ------------------------------------------------------------------

    @Slot()
    def show_neutral(self) -> None:
        """Nothing of anybody."""
        self._who.forget()
        self._show(NEUTRAL)

    def _show(self, view: VisitorView) -> None:
        self.thanks.stop()
        if self._is_resting:
            view = NEUTRAL
        self._shown = view
        if view is NEUTRAL:
            self._idle.stop()
        else:
            self._idle.start()
        self._refresh()

    @Slot(object)
    def _show_phrase(self, phrase: Phrase) -> None:
        self._show(message_view(phrase.japanese, phrase.said))

    @Slot(str)
    def _show_words(self, typed: str) -> None:
        self._show(message_view(typed))

    @Slot()
    def _refresh(self) -> None:
        if self.window is None:
            return
        is_at_counter = self._pages is not None and self._pages.is_at_counter and not self._is_resting
        prompt = self._pin.prompt if is_at_counter else None
        if prompt is not None:
            self._who.forget()
            self._shown = NEUTRAL
            self.thanks.stop()
        view = pin_view(prompt) if prompt is not None else self._shown
        self.window.show_view(view)
        self.panel.tell_board(view.board)

    @Slot(int)
    def _take_page(self, _index: int) -> None:
        """The clerk went to the day log or the settings, or came back: nothing stays on the screen."""
        self.show_neutral()
        self._refresh_soon.start()

    @Slot()
    def _take_card_page(self) -> None:
        """The panel gives way, or the clerk would not see that a card came and asks for its PIN."""
        if self._pages is not None and self._pages.is_in_sight(self.panel):
            self.left.emit()

    # --- what the visitor touched -------------------------------------------------------

    @Slot(bool)
    def _take_answer(self, agrees: bool) -> None:
        case = self._flow.case
        if self._shown.board is not Board.CHECK or case is None:
            return
        self._who.forget()
        self._show(answered_view(agrees=agrees))
        self.thanks.start()
        self._answer.take(case, agrees=agrees)

    # --- language and presets -----------------------------------------------------------

    def _act(self, act: Callable[[VisitorWindow], None]) -> None:
        if self.window is not None and self.is_open:
            act(self.window)

    @Slot()
    def _take_language(self) -> None:
        if self.window is not None:
            self.panel.offer_languages(self.window.languages, self.window.language)
