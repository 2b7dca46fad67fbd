"""② 手続: a life event and what its guidance brings, or procedures found by number, words or shelf."""

import datetime as dt

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QSizePolicy, QVBoxLayout, QWidget

from kakanai.reception.procedure import Procedure, Shelf
from kakanai.reception.procedure_search import ProcedureSearch
from kakanai.sessionlog.errors import LogStorageError
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.chip_bar import ChipBar
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.event_board import EventBoard
from kakanai.ui.guided_words import note_of
from kakanai.ui.procedure_table import ProcedureTable
from kakanai.ui.search_line import SearchLine
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme
from kakanai.ui.why_panel import WhyPanel

_USAGE_DAYS = 30
_FEW_FORMS = 4
"""So many forms are told with their titles; more with their numbers alone."""


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
        self._count_use()
        self.shelves.setCurrentRow(0)
        self._refresh()

    # --- layout -------------------------------------------------------------------------

    def _make_controls(self, theme: Theme) -> None:
        self.board = EventBoard(theme, self._flow.counter.office.guidance.events.values())
        self.line = SearchLine()
        self.line.setPlaceholderText(self.tr("できごとの番号（1桁）か、手続の番号（2桁）・読み・名前・F09"))
        self.line.setAccessibleName(self.tr("手続を探す"))
        self.shelves = QListWidget()
        self.shelves.setAccessibleName(self.tr("できごと"))
        self.shelves.addItem(self.tr("よく使う順"))
        self.shelves.addItems([shelf.label for shelf in self._catalog.shelves])
        self.shelves.setFixedWidth(theme.px("measure.shelf_width"))
        self.shelves.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The line's ← and → open them; Tab goes straight to the procedures.
        self.shelves.setFocusPolicy(Qt.FocusPolicy.NoFocus)
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
        line = QHBoxLayout(self._lists)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme.px("space.small"))
        line.addWidget(self.shelves)
        line.addLayout(right, 3)
        line.addWidget(self.why, 2)
        self.lay.setContentsMargins(*(theme.px("space.small"),) * 4)
        self.lay.addWidget(self.board)
        self.lay.addWidget(self.line)
        self.lay.addWidget(self._lists, 1)
        for view in (self.shelves, self.table):
            view.setMinimumHeight(theme.px("measure.list_row") * 3)
            view.setSizePolicy(view.sizePolicy().horizontalPolicy(), QSizePolicy.Policy.Expanding)
        self.lay.addWidget(self.chips)
        self.foot_line.addWidget(self._forms, 1)
        self.foot_line.addWidget(self._done)

    def _wire(self) -> None:
        self.line.searched.connect(self._show_list)
        self.line.moved.connect(self._move)
        self.line.turned.connect(self._turn)
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

    def _count_use(self) -> None:
        office = self._flow.counter.office
        try:
            counts = office.log.procedure_counts(office.now() - dt.timedelta(days=_USAGE_DAYS))
        except LogStorageError:
            counts = {}  # what is wrong with the log is told when something must be written to it
        known = self._catalog.procedures.values()
        self._by_use = sorted(known, key=lambda procedure: -counts.get(procedure.id, 0))

    @property
    def shelf(self) -> Shelf | None:
        """The shelf that is open, None for all procedures by use."""
        row = self.shelves.currentRow()
        return self._catalog.shelves[row - 1] if row > 0 else None

    @Slot()
    def _show_list(self) -> None:
        typed = self.line.typed
        event = self.board.numbered(typed)
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
        if self.shelf is not None:
            return self._catalog.on_shelf(self.shelf)
        if self._flow.life_event:
            return [guided.procedure for guided in self._flow.guidance.procedures]
        return self._by_use

    @Slot()
    def _explain(self) -> None:
        """?: why every guided procedure is there, not the marked one alone; again: no more."""
        self._explains = not self._explains
        self._show_why()

    @Slot()
    def _show_why(self) -> None:
        is_guided = self.shelf is None and bool(self._flow.life_event) and not self.line.typed.strip()
        if is_guided:
            marked = "" if self._explains or self.table.current is None else self.table.current.id
            self.why.tell(self._flow.guidance, marked, everything=self._explains)
        self.why.setVisible(is_guided)
        self.table.setVisible(not (is_guided and self._explains))
        self.shelves.setVisible(not is_guided)

    @Slot(int)
    def _move(self, step: int) -> None:
        if self.table.isHidden():
            self.why.turn(step)
        else:
            self.table.move_mark(step)

    @Slot(int)
    def _turn(self, step: int) -> None:
        self.shelves.setCurrentRow((self.shelves.currentRow() + step) % self.shelves.count())

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
        event = self.board.numbered(self.line.typed)
        if event:
            self.line.clear()
            if event != self._flow.life_event:
                self.shelves.setCurrentRow(0)
                self._flow.choose_event(event)
            return
        marked = self.table.current
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
        chosen = case.procedures if case else ()
        is_open = self._flow.is_open
        for control in (self.board, self.line, self._lists, self.chips):
            control.setEnabled(is_open)
        self._refresh_event()
        by_hand = case.by_hand if case else ()
        self.chips.show_chips({procedure.id: procedure.title for procedure in by_hand})
        self.chips.setVisible(bool(by_hand))
        forms = case.forms if case else ()
        self._done.setEnabled(bool(forms or self._flow.life_event))
        titles = "・".join(procedure.title for procedure in chosen)
        words = self.tr("{titles} → {count}様式").format(titles=titles, count=len(forms))
        if self._flow.life_event:
            title = self._flow.counter.office.guidance.event(self._flow.life_event).title
            words = self.tr("{title} → {procedures}手続 {count}様式").format(
                title=title, procedures=len(chosen), count=len(forms)
            )
        self.tell(words if forms or self._flow.life_event else self.tr("まだです"), is_done=bool(forms))
        self._tell_forms()

    def _refresh_event(self) -> None:
        """The board, the first shelf and its list, as the guidance of the event has it now."""
        event = self._flow.life_event
        self.board.show_event(event)
        first = self.shelves.item(0)
        first.setText(self.tr("この手続の案内") if event else self.tr("よく使う順"))
        if self.shelf is None and not self.line.typed.strip() and self._on_shelf() != self.table.shown:
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
            self._forms.setText(
                self.tr("用件をすべて選びます。番号を打って Enter、または ↑↓ と Enter。←→ は棚。")
            )
            return
        pages = {filled.template.id: len(filled.pages) for filled in self._flow.forms}
        is_few = len(forms) <= _FEW_FORMS
        told = [self._form_words(form, pages.get(form), with_title=is_few) for form in forms]
        total = sum(pages.get(form, 0) for form in forms)
        self._forms.setText(
            self.tr("{count}様式 {pages}枚　{forms}").format(
                count=len(forms), pages=total or "－", forms="、".join(told)
            )
        )
        self._forms.setToolTip("\n".join(self._form_words(f, pages.get(f), with_title=True) for f in forms))

    def _form_words(self, form: str, pages: int | None, *, with_title: bool) -> str:
        title = self._flow.counter.office.forms.templates[form].title if with_title else ""
        count = self.tr("{pages}枚").format(pages=pages) if pages else ""
        return " ".join(part for part in (form, title, count) if part)

    @Slot()
    def _begin_anew(self) -> None:
        self._count_use()
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
