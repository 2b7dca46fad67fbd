"""② 手続: a life event and what its guidance brings, or procedures found by number, words or shelf."""

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from kakanai.reception.procedure import Procedure
from kakanai.reception.procedure_search import ProcedureSearch
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.chip_bar import ChipBar
from kakanai.ui.choice_words import choice_words, procedures_by_use
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.event_board import EventBoard
from kakanai.ui.forms_told import forms_told
from kakanai.ui.guided_words import note_of
from kakanai.ui.procedure_table import ProcedureTable
from kakanai.ui.search_line import SearchLine
from kakanai.ui.shelf_list import ShelfList
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme
from kakanai.ui.why_panel import WhyPanel

_TABLE_SHARE, _WHY_SHARE = 3, 2
_BELOW, _BESIDE = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight


class ProcedureStretch(Stretch):
    """The life events, a line to type in, the shelves left of the procedures, the chosen ones as chips below.

    One digit and Enter follow an event, two digits and Enter choose any procedure. The first shelf holds what
    the event brings, each with why; without an event all procedures, those that this counter was asked for
    most in the last days on top.
    """

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "② 手続", parent)
        self._flow = flow
        self._catalog = flow.counter.office.procedures
        self._search = ProcedureSearch(self._catalog)
        self._by_use: list[Procedure] = []
        self._explains = False
        self._make_controls(theme)
        self._lay_out(theme)
        self._wire()
        self._by_use = procedures_by_use(self._flow.counter.office)
        self.shelves.setCurrentRow(0)
        self._refresh()

    # --- layout -------------------------------------------------------------------------

    def _make_controls(self, theme: Theme) -> None:
        self.board = EventBoard(theme, self._flow.counter.office.guidance.events.values())
        self.line = SearchLine()
        self.line.setPlaceholderText(self.tr("できごとの番号（1桁）か、手続の番号（2桁）・読み・名前・F09"))
        self.line.setAccessibleName(self.tr("手続を探す"))
        self.shelves = ShelfList(theme, self._catalog)
        self.table = ProcedureTable(theme)
        self.why = WhyPanel(theme)
        self._nothing = TextLabel("", "small", wrap=True)
        self.chips = ChipBar(theme)
        self._forms = TextLabel("", "small", wrap=True)
        self._done = ActionButton(self.tr("聞き取りへ（Enter）"), "primary")
        self._lists = QWidget()

    def _lay_out(self, theme: Theme) -> None:
        right = QVBoxLayout()
        right.setSpacing(theme.px("space.tight"))
        right.addWidget(self._nothing)
        right.addWidget(self.table, 1)
        line = self._line = QHBoxLayout(self._lists)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.small"))
        line.addWidget(self.shelves)
        line.addLayout(right, _TABLE_SHARE)
        line.addWidget(self.why, _WHY_SHARE)
        self.lay.setContentsMargins(*(theme.px("space.small"),) * 4)
        self._top = QBoxLayout(_BELOW)
        self._top.setSpacing(theme.px("space.small"))
        self._top.addWidget(self.board)
        self._top.addWidget(self.line, 1)
        self.lay.addLayout(self._top)
        self.lay.addWidget(self._lists, 1)
        for view in (self.shelves, self.table):
            theme.size(view, "setMinimumHeight", "measure.two_rows")
            view.setSizePolicy(view.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Expanding)
        self.lay.addWidget(self.chips)
        self.foot_line.addWidget(self._forms, 1)
        self.foot_line.addWidget(self._done)

    def _wire(self) -> None:
        self.line.searched.connect(self._show_list)
        self.line.moved.connect(self._move)
        self.line.turned.connect(self.shelves.turn)
        self.line.taken.connect(self._take)
        self.line.ticked.connect(self._tick)
        self.line.asked.connect(self._explain)
        self.board.chosen.connect(self._flow.choose_event)
        self.shelves.currentRowChanged.connect(self._open_shelf)
        self.table.pressed_line.connect(self.toggle)
        self.table.itemSelectionChanged.connect(self._show_why)
        self.table.typed.connect(self._type_on)
        self.table.left.connect(self._go_on)
        self.chips.removed.connect(self._remove)
        self._done.clicked.connect(self.finished)
        self._flow.changed.connect(self._refresh)
        self._flow.filled.connect(self._tell_forms)
        self._flow.ended.connect(self._begin_anew)

    # --- finding ------------------------------------------------------------------------

    @Slot()
    def _show_list(self) -> None:
        typed = self.line.typed
        event = self.board.typed_event(typed)
        self.board.mark(event)
        if typed.strip():
            found = self._search.find(typed)
            self.table.show_procedures(found, marked=-1 if event else 0)
        else:
            found = self._on_shelf()
            self.table.show_procedures(found)
        self._nothing.setText("" if found else self.tr("見つかりません。番号か、短い言葉で探します。"))
        self._nothing.setVisible(not found)
        self.line.setAccessibleDescription(self.tr("{count}件").format(count=len(found)))
        self._show_why()

    def _on_shelf(self) -> list[Procedure]:
        if self.shelves.shelf is not None:
            return self._catalog.on_shelf(self.shelves.shelf)
        if self._flow.life_event:
            return [guided.procedure for guided in self._flow.guidance.procedures]
        return self._by_use

    @property
    def _is_guided(self) -> bool:
        """Whether the list is what the event brings, with why beside it."""
        return self.shelves.shelf is None and bool(self._flow.life_event) and not self.line.typed.strip()

    @Slot()
    def _explain(self) -> None:
        """?: why every guided procedure is there, not the marked one alone; again: no more."""
        self._explains = not self._explains
        self._show_why()

    @Slot()
    def _show_why(self) -> None:
        is_guided = self._is_guided
        if is_guided:
            marked = "" if self._explains or self.table.current is None else self.table.current.id
            self.why.tell(self._flow.guidance, marked, everything=self._explains)
        self.why.setVisible(is_guided)
        is_alone = is_guided and self._explains
        self.table.setVisible(not is_alone)
        self._line.setStretch(1, 0 if is_alone else _TABLE_SHARE)
        self.shelves.setVisible(not is_guided)

    @Slot(int)
    def _move(self, step: int) -> None:
        if self.table.isHidden():
            self.why.turn(step)
        else:
            self.table.move_mark(step)

    @Slot()
    def _open_shelf(self) -> None:
        self.line.clear()
        self._show_list()

    @Slot(str)
    def _type_on(self, letters: str) -> None:
        if letters in {"?", "？"}:
            self._explain()
            return
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)
        self.line.insert(letters)

    # --- choosing -----------------------------------------------------------------------

    @property
    def chosen(self) -> list[str]:
        """The ids of the chosen procedures, in the order they were chosen."""
        return [procedure.id for procedure in self._flow.case.procedures] if self._flow.case else []

    @Slot(str)
    def toggle(self, procedure: str) -> None:
        """Choose a procedure, or take it back; a guided one stays in the list and comes again."""
        self._flow.toggle(procedure)

    @Slot()
    def _tick(self) -> None:
        if self.table.current is not None:
            self.toggle(self.table.current.id)

    @Slot()
    def _take(self) -> None:
        """Enter: choose the event or procedure that is marked, and be ready for the next; else go on."""
        event = self.board.typed_event(self.line.typed)
        if event and self.table.current is None:
            self.line.clear()
            if event != self._flow.life_event:
                self.shelves.setCurrentRow(0)
                self._flow.choose_event(event)
            return
        marked = self.table.current
        if self._is_guided:
            self._go_on()
            return
        if marked is not None and marked.id not in self.chosen:
            self.toggle(marked.id)
        elif not self.line.typed:
            self._go_on()
            return
        if marked is not None:
            self.line.clear()
            self.table.mark(-1)

    @Slot(str)
    def _remove(self, procedure: str) -> None:
        self.toggle(procedure)
        if not self.isAncestorOf(self.focusWidget() or self.line) or procedure not in self.chosen:
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot()
    def _go_on(self) -> None:
        if self._done.isEnabled():
            self.finished.emit()

    # --- state --------------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        case = self._flow.case
        is_open = self._flow.is_open
        for control in (self.board, self.line, self._lists, self.chips):
            control.setEnabled(is_open)
        self._refresh_event()
        by_hand = case.by_hand if case else ()
        self.chips.show_chips({procedure.id: procedure.title for procedure in by_hand})
        self.chips.setVisible(bool(by_hand))
        # The chips need the room; the digits work all the same, and without chips the board is back.
        self.board.setHidden(bool(by_hand) and not self._flow.life_event)
        forms = case.forms if case else ()
        self._done.setEnabled(bool(forms or self._flow.life_event))
        self.tell(choice_words(self._flow), is_done=bool(forms))
        self._tell_forms()

    def _refresh_event(self) -> None:
        """The board, the first shelf and its list, as the guidance of the event has it now."""
        event = self._flow.life_event
        self.board.show_event(event)
        self.shelves.name_first(is_guided=bool(event))
        self._top.setDirection(_BESIDE if event else _BELOW)
        if (
            self.shelves.shelf is None
            and not self.line.typed.strip()
            and self._on_shelf() != self.table.shown
        ):
            marked = self.table.current
            self._show_list()
            shown = self.table.shown
            self.table.mark(shown.index(marked) if marked in shown else -1)
        notes = {g.procedure.id: note_of(g) for g in self._flow.guidance.procedures} if event else {}
        self.table.show_chosen(self.chosen, notes)
        self._show_why()

    @Slot()
    def _tell_forms(self) -> None:
        """The forms that will come out, with their pages as soon as they are filled."""
        case = self._flow.case
        forms = case.forms if case else ()
        if not forms:
            words = self.tr("番号か ↑↓ と Enter で、用件をすべて選びます。←→ は棚。")
            if self._flow.life_event:
                words = self.tr("要る手続は、聞き取りの答えで決まります。")
            self._forms.setText(words)
            return
        words, hint = forms_told(self._flow.counter.office.forms, forms, self._flow.forms)
        self._forms.setText(words)
        self._forms.setToolTip(hint)

    @Slot()
    def _begin_anew(self) -> None:
        self._by_use = procedures_by_use(self._flow.counter.office)
        self.line.clear()
        self.shelves.setCurrentRow(0)
        self._show_list()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter goes on, wherever the focus is."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._go_on()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Focus the line; with nothing to change any more, the button that goes on."""
        target = self.line if self.line.isEnabled() else self._done
        target.setFocus(Qt.FocusReason.OtherFocusReason)
