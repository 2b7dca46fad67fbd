"""③ 聞き取り: the questions of all chosen forms, each once, with the answers typed so far."""

import itertools
from functools import partial

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kakanai.identity.evidence import FactSource
from kakanai.reception.facts import VISITOR_ROW, Question, QuestionGroup
from kakanai.reception.variables import ValueType
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, DERIVED_SIGN
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.group_block import group_block
from kakanai.ui.group_index import GroupIndex
from kakanai.ui.question_path import QuestionPath, focus, has_focus
from kakanai.ui.row_list import RowList
from kakanai.ui.stretch import Stretch
from kakanai.ui.theme import Theme


class QuestionStretch(Stretch):
    """Keeps one field for every question ever asked in this case, so that typed text and focus survive.

    Signals:
        noticed(field name): the clerk is at this question now; `member.name[2]` is about the second person.
    """

    noticed = Signal(str)

    def __init__(self, theme: Theme, flow: CaseFlow, parent: QWidget | None = None) -> None:
        super().__init__(theme, "③ 聞き取り", parent)
        self._theme = theme
        self._flow = flow
        self.fields: dict[str, AnswerField] = {}
        self.lists: dict[str, RowList] = {}
        self.path = QuestionPath(flow, self.fields, self.lists)
        self._reach: dict[str, tuple[str, ...]] = {}
        self._shown: list[tuple[str, tuple[str, ...]]] = []
        self._questions = QWidget()
        self._column = QVBoxLayout(self._questions)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.small"))
        self.lay.addWidget(self._questions)
        self.lay.addStretch(1)
        self._reach_label = TextLabel("", "small", wrap=True)
        self.index = GroupIndex(theme)
        self.index.wanted.connect(self.go_to_group)
        self._done = ActionButton(self.tr("確認へ（Ctrl+Enter）"), "primary")
        self._done.clicked.connect(self.finished)
        self.foot_line.addWidget(self.index)
        self.foot_line.addWidget(self._reach_label, 1)
        self.foot_line.addWidget(self._done)
        for keys, step in (("Ctrl+Down", 1), ("Ctrl+Up", -1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(partial(self._turn_group, step))
        flow.asked.connect(self._refresh)
        flow.changed.connect(self._refresh_state)
        flow.ended.connect(self._forget)
        self._refresh()

    # --- questions ----------------------------------------------------------------------

    @Slot()
    def _refresh(self) -> None:
        groups = self._flow.groups
        shape = [(g.group.id + g.list_name, tuple(q.variable.id for q in g.questions)) for g in groups]
        if shape != self._shown:
            self._shown = shape
            self._lay_out(groups)
        for group in groups:
            if not group.list_name:
                for question in group.questions:
                    self._show_answer(question)
        self.index.show_groups(self._flow)
        left = self._flow.unanswered()
        if not groups:
            self.tell(self.tr("手続を選ぶと出ます"), is_done=False)
        elif left:
            self.tell(self.tr("あと {left} 項目（空欄のままでも進めます）").format(left=left), is_done=False)
        else:
            self.tell(self.tr("すべて聞きました"), is_done=True)

    def _show_answer(self, question: Question) -> None:
        name = question.variable.id
        field = self.fields[name]
        given = self._flow.typed.values.get(name)
        fault = self._flow.typed.fault(name, given)
        sign = ASKED_SIGN if given is not None else ""
        if given is None and self._flow.facts.sources.get(name) is FactSource.DERIVED:
            given, sign = self._flow.facts.values[name], DERIVED_SIGN
        field.show_answer(given, sign, fault)

    def _lay_out(self, groups: list[QuestionGroup]) -> None:
        """Put the fields in the order of the questions; a field that stays keeps text, cursor and focus."""
        focused = next((field for field in self.fields.values() if field.has_focus), None)
        self._take_out_rows()
        asked_lists = {group.list_name for group in groups}
        for name, rows in self.lists.items():
            if name not in asked_lists:  # hiding the others would take the focus from their rows
                rows.hide()
        self._reach = {q.variable.id: q.forms for group in groups for q in group.questions}
        for group in groups:
            if group.list_name:
                self._add_list(group)
            else:
                self._add_group(group)
        if focused is not None and focused.variable.id in self._reach:
            focused.take_focus(Qt.FocusReason.OtherFocusReason)
        self._set_tab_order()

    def _take_out_rows(self) -> None:
        # removeWidget, not takeAt: an item that lives on in Python lets Qt keep the first height of a list,
        # and each further person squeezes the questions about the last one.
        while (item := self._column.itemAt(0)) and (widget := item.widget()):
            self._column.removeWidget(widget)
            if widget not in self.lists.values():
                # Fields move on to their new row; the old row goes.
                for field in widget.findChildren(AnswerField):
                    if self.fields.get(field.variable.id) is field:
                        field.setParent(self._questions)
                        field.hide()
                widget.hide()
                widget.deleteLater()

    def _add_group(self, group: QuestionGroup) -> None:
        fields = [self._field(question) for question in group.questions]
        self._column.addWidget(group_block(self._theme, group.group.label, fields))

    def _add_list(self, group: QuestionGroup) -> None:
        rows = self.lists.get(group.list_name)
        if rows is None:
            fields = self._flow.counter.office.variables.list_fields(group.list_name)
            asked = [variable for variable in fields if variable.group]
            rows = RowList(self._theme, group.list_name, asked, self._flow.typed)
            rows.edited.connect(self._flow.answer_rows)
            rows.noticed.connect(self._notice)
            rows.changed.connect(self._set_tab_order)
            self.lists[group.list_name] = rows
        rows.use(group.questions, beside_visitor=self._flow.facts.values.get(VISITOR_ROW) == "yes")
        self._column.addWidget(rows)
        rows.show()

    def _field(self, question: Question) -> AnswerField:
        name = question.variable.id
        shown = self.fields.get(name)
        if shown is not None and shown.variable != question.variable:  # the town changed its choices
            shown.deleteLater()
            shown = None
        if shown is None:
            is_count = question.variable.type is ValueType.COUNT
            width = self._theme.px("measure.count_label_width" if is_count else "measure.label_width")
            field = AnswerField(question.variable, self._theme, width)
            field.answered.connect(self._flow.answer)
            field.noticed.connect(self._notice)
            self.fields[name] = field
        return self.fields[name]

    @Slot()
    def _set_tab_order(self) -> None:
        for first, second in itertools.pairwise([*self.path.controls(), self._done]):
            QWidget.setTabOrder(first, second)

    # --- focus --------------------------------------------------------------------------

    @Slot(str)
    def _notice(self, variable: str) -> None:
        forms = self._reach.get(variable.partition("[")[0], ())
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

    def go_to(self, variable: str) -> bool:
        """Focus the question; False when it is not asked now."""
        for rows in self.lists.values():
            if variable in self._reach and rows.unfold_for(variable):
                self._set_tab_order()
        for field in self.path.fields():
            if field.variable.id == variable:
                field.take_focus()
                return True
        return False

    def asks(self, variable: str) -> bool:
        """Whether this question is asked now."""
        return variable in self._reach

    @Slot()
    def go_to_next(self) -> None:
        """Focus the question after the focused one; after the last one the button that goes on."""
        stops = self.path.stops()
        current = next((index for index, stop in enumerate(stops) if has_focus(stop)), -1)
        focus(stops[current + 1] if current + 1 < len(stops) else self._done)

    @Slot(int)
    def go_to_group(self, place: int) -> None:
        """Focus the first question of a group."""
        if 0 <= place < len(self._flow.groups):
            focus(self.path.stops_of(self._flow.groups[place])[0])

    @Slot()
    def _turn_group(self, step: int) -> None:
        self.go_to_group(self.path.group_in_focus() + step)

    @Slot()
    def go_to_next_open(self) -> None:
        """Focus the next question without an answer after the focused one, round to the first again."""
        order = self.path.fields()
        current = next((index for index, field in enumerate(order) if field.has_focus), -1)
        known = self._flow.facts.values
        for field in [*order[current + 1 :], *order[: current + 1]]:
            if not field.variable.list_name and field.variable.id not in known:
                field.take_focus()
                return
        self._done.setFocus(Qt.FocusReason.TabFocusReason)

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
        order = self.path.fields()
        known = self._flow.facts.values
        target = next((field for field in order if field.variable.id not in known), None)
        if target is not None:
            target.take_focus()
            focused = QApplication.focusWidget()
            if isinstance(focused, QLineEdit | QAbstractSpinBox):
                focused.selectAll()
        else:
            self._done.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- state --------------------------------------------------------------------------

    @Slot()
    def _refresh_state(self) -> None:
        self._questions.setEnabled(self._flow.is_open)
        self._done.setEnabled(bool(self._flow.case and self._flow.case.forms))

    @Slot()
    def _forget(self) -> None:
        """Forget every typed text: the fields go, not only what they show."""
        self._shown = []
        for field in self.fields.values():
            field.hide()
            field.deleteLater()
        self.fields.clear()
        for rows in self.lists.values():
            rows.clear()
            rows.setParent(None)
            rows.deleteLater()
        self.lists.clear()
        self._lay_out([])
        self._reach_label.clear()
