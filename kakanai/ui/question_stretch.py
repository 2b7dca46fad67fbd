"""③ 聞き取り: the questions of all chosen forms, each once, gone through with Enter and number keys."""

from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractSpinBox, QApplication, QWidget

from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.group_index import GroupIndex
from kakanai.ui.question_column import QuestionColumn
from kakanai.ui.question_path import QuestionPath
from kakanai.ui.row_list import RowList
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme
from kakanai.ui.unfolding import reveal


class QuestionStretch(Stretch):
    """Enter confirms what is proposed and goes to the next open question; those with an answer are passed.

    Signals:
        noticed(field name): the clerk is at this question now; `member.name[2]` is about the second person.
    """

    noticed = Signal(str)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "③ 聞き取り", parent)
        self._flow = flow
        self._seen: set[str] = set()
        self.questions = QuestionColumn(theme, flow)
        self.questions.noticed.connect(self._notice)
        self.questions.settled.connect(self._settle)
        self.questions.changed.connect(self._set_tab_order)
        self.questions.section_wanted.connect(self._go_to_section)
        self.lay.addWidget(self.questions)
        self.lay.addStretch(1)
        self.scroll_area.viewport().installEventFilter(self)
        self._reach_label = TextLabel("", "small", wrap=True)
        self.index = GroupIndex(theme)
        self.index.wanted.connect(self.go_to_group)
        self._done = ActionButton(self.tr("確認へ（Ctrl+Enter）"), "primary")
        self._done.clicked.connect(self.finished)
        self.foot_line.addWidget(self.index)
        self.foot_line.addWidget(self._reach_label, 1)
        self.foot_line.addWidget(self._done)
        for keys, act in (
            ("Ctrl+Down", partial(self._turn_group, 1)),
            ("Ctrl+Up", partial(self._turn_group, -1)),
            ("Ctrl+O", self._toggle_optional),
            (QKeySequence.StandardKey.Undo, self.take_back),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(act)
        flow.asked.connect(self._refresh)
        flow.changed.connect(self._refresh_state)
        flow.ended.connect(self._forget)
        self._refresh()

    @property
    def path(self) -> QuestionPath:
        """The way that keys take."""
        return self.questions.path

    @property
    def fields(self) -> dict[str, AnswerField]:
        """The fields of what is asked once, by variable."""
        return self.questions.fields

    @property
    def lists(self) -> dict[str, RowList]:
        """The lists of people and things, by name."""
        return self.questions.lists

    # --- questions ----------------------------------------------------------------------

    @Slot()
    def _refresh(self, *, is_new: bool = False) -> None:
        self.questions.show_groups(is_new=is_new)
        self.index.show_groups(self._flow)
        left = self._flow.unanswered()
        if not self._flow.groups:
            self.tell(self.tr("手続を選ぶと出ます"), is_done=False)
        elif left:
            self.tell(self.tr("あと {left} 項目（空欄のままでも進めます）").format(left=left), is_done=False)
        else:
            self.tell(self.tr("すべて聞きました"), is_done=True)

    @Slot()
    def take_back(self) -> None:
        """Ctrl+Z: take the last answer back, and go to its question."""
        about = self._flow.take_back()
        if about is None:
            return
        self._refresh(is_new=True)
        self.go_to(about)

    @Slot()
    def _set_tab_order(self) -> None:
        self.questions.set_tab_order(self._done)

    # --- focus --------------------------------------------------------------------------

    @Slot(str)
    def _notice(self, variable: str) -> None:
        self._flow.typed.end_step()
        self._seen.add(variable)
        forms = self.questions.reach.get(variable.partition("[")[0], ())
        self._reach_label.setText(
            self.tr("▸ この答えは {count} 様式に入ります（{forms}）").format(
                count=len(forms), forms="・".join(forms)
            )
            if forms
            else ""
        )
        self.index.setCurrentIndex(max(self.path.group_in_focus(), 0))
        QTimer.singleShot(0, self._scroll_to_focus)
        self.noticed.emit(variable)

    @Slot()
    def _scroll_to_focus(self) -> None:
        # A block that was just added gets its place now, not at some later event.
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
        focused = QApplication.focusWidget()
        if focused is not None and self.body.isAncestorOf(focused):
            self.scroll_area.ensureWidgetVisible(focused, 0, 110)

    def go_to(self, field: str) -> bool:
        """Focus a question (`visitor.kana`, `member.name[2]` by row or key); False when it is not asked now.

        Without a row, that of the row which is open, else of the first. A fold it lies in opens.
        """
        told = self._flow.facts.origins.get(field, field)  # what another list tells is changed there
        variable, _, row = told.rstrip("]").partition("[")
        for rows in self.lists.values():
            block = rows.block_of(row) if row else rows.open_block
            if block is not None and variable in block.facts.asked and variable in self.questions.reach:
                if block.fields[variable] not in block.asked:
                    block.open_optional()
                rows.unfold(block)
                block.fields[variable].take_focus()
                return True
        if not self.asks(variable) or variable not in self.fields:
            return False
        for group_block in self.questions.blocks.values():
            if group_block.fold is not None and self.fields[variable] in group_block.fold.fields:
                group_block.fold.set_open(is_open=True)
        self.fields[variable].take_focus()
        return True

    def asks(self, variable: str) -> bool:
        """Whether this question is asked now."""
        return variable in self.questions.reach

    @Slot()
    def go_to_next(self) -> None:
        """Confirm a proposal and focus the next open question; with none left go on to ④."""
        here = self.path.here()
        places = self.path.places()
        if 0 <= here < len(places) and isinstance(field := places[here].stop, AnswerField):
            field.confirm()
        if not self._step_on() and not self._flow.unanswered() and not self._is_wrong():
            self.finished.emit()

    @Slot()
    def _settle(self) -> None:
        """One key gave a whole answer: the next question comes, but ④ only by Enter."""
        self._step_on()

    def _step_on(self) -> bool:
        """Focus the next open question, or the button that goes on; False for the button.

        A question that an answer opened further up, where nobody has been yet, comes before the button.
        """
        place = self.path.next_open(after=self.path.here()) or self.path.first_unseen(self._seen)
        if place is None:
            self._done.setFocus(Qt.FocusReason.TabFocusReason)
            return False
        place.focus()
        self._select_text()
        return True

    def _is_wrong(self) -> bool:
        """Whether something typed does not have its form, and stays off the paper."""
        typed = self._flow.typed
        return any(typed.fault(name, given) for name, given in typed.values.items())

    def _select_text(self) -> None:
        focused = QApplication.focusWidget()
        if isinstance(focused, QAbstractSpinBox):
            focused.selectAll()

    @property
    def is_at_end(self) -> bool:
        """Whether the focus is on the button that goes on to ④."""
        return self._done.hasFocus()

    def go_to_end(self) -> None:
        """Focus the button that goes on to ④."""
        self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    def go_to_list(self, name: str) -> None:
        """Focus the button that adds a row to a list; nothing happens where the list is not asked now."""
        if (rows := self.lists.get(name)) is not None:
            reveal(rows.add)
            rows.add.setFocus(Qt.FocusReason.OtherFocusReason)

    @Slot(int)
    def go_to_group(self, place: int) -> None:
        """Focus the first question of a group."""
        if 0 <= place < len(self._flow.groups):
            places = self.path.places_of(self._flow.groups[place])
            blocks = self.questions.blocks
            if places:
                places[0].focus()
            elif (block := blocks.get(self._flow.groups[place].group.id)) and block.fold:
                reveal(block.fold.header)
                block.fold.header.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot(str)
    def _go_to_section(self, key: str) -> None:
        controls = (one for one in self.path.controls() if self.questions.sections[key].isAncestorOf(one))
        first = next(controls, None)
        if first is not None:
            reveal(first)
            first.setFocus(Qt.FocusReason.TabFocusReason)

    @Slot()
    def _turn_group(self, step: int) -> None:
        self.go_to_group(self.path.group_in_focus() + step)

    @Slot()
    def _toggle_optional(self) -> None:
        """Ctrl+O: open or fold what may be left in the group or row where the focus is."""
        here = self.path.here()
        place = self.path.places()[here] if here >= 0 else None
        if place is not None and place.block is not None:
            place.block.open_optional()
            return
        number = self.path.group_in_focus()
        group = self._flow.groups[number].group.id if number >= 0 else ""
        if (block := self.questions.blocks.get(group)) and block.fold is not None:
            block.fold.toggle()

    @Slot()
    def go_to_next_open(self) -> None:
        """Focus the next question without an answer after the focused one, round to the first again."""
        place = self.path.next_open(after=self.path.here(), around=True)
        if place is None:
            self._done.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            place.focus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes to the next question, Ctrl+Enter on to ④."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self.finished.emit()
            else:
                self.go_to_next()
        else:
            super().keyPressEvent(event)

    def take_focus(self) -> None:
        """Focus the first question without an answer."""
        place = self.path.next_open(after=-1)
        if place is None:
            self._done.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        place.focus()
        self._select_text()

    # --- state --------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Tell the questions how much room there is."""
        if event.type() == QEvent.Type.Resize and watched is self.scroll_area.viewport():
            edges = self.lay.contentsMargins()
            height = self.scroll_area.viewport().height() - edges.top() - edges.bottom()
            # Not the width of the viewport: a bar that comes and goes must not lay everything out again.
            bar = self.scroll_area.verticalScrollBar().sizeHint().width()
            self.questions.set_room(self.width() - edges.left() - edges.right() - bar, height)
        return super().eventFilter(watched, event)

    @Slot()
    def _refresh_state(self) -> None:
        self.questions.setEnabled(self._flow.is_open)
        self._done.setEnabled(bool(self._flow.case and self._flow.case.forms))

    @Slot()
    def _forget(self) -> None:
        self.questions.forget()
        self._seen.clear()
        self._reach_label.clear()
