"""The questions of all chosen forms, one below the other: fields, folds and lists, kept as long as a case."""

import datetime as dt
import itertools
from functools import partial

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QVBoxLayout, QWidget

from kakanai.identity.evidence import FactSource
from kakanai.reception.facts import Question, QuestionGroup
from kakanai.reception.proposals import partner_of
from kakanai.reception.variables import ValueType, VariableCatalog
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, DERIVED_SIGN
from kakanai.ui.group_block import GroupBlock
from kakanai.ui.postal_editor import PostalEditor
from kakanai.ui.proposer import Proposer, Wanted
from kakanai.ui.question_path import QuestionPath
from kakanai.ui.row_list import RowList
from kakanai.ui.theme import Theme

_LOOKED_UP = {ValueType.KANA: Wanted.READING, ValueType.POSTAL: Wanted.POSTAL}


class QuestionColumn(QWidget):
    """Keeps one field for every question ever asked in this case, so that typed text and focus survive.

    Signals:
        noticed(field name): the clerk is at this question now; `member.name[2]` is about the second person.
        settled(): one key gave a whole answer.
        changed(): what there is to go through with keys is another.
    """

    noticed = Signal(str)
    settled = Signal()
    changed = Signal()

    def __init__(self, theme: Theme, flow: CaseFlow) -> None:
        super().__init__()
        self._theme = theme
        self._flow = flow
        self.fields: dict[str, AnswerField] = {}
        self.lists: dict[str, RowList] = {}
        self.blocks: dict[str, GroupBlock] = {}
        self.path = QuestionPath(flow, self.fields, self.lists, self.blocks)
        self.proposer = Proposer(self)
        self.proposer.found.connect(self._propose)
        self.reach: dict[str, tuple[str, ...]] = {}
        self._shown: list[tuple[str, tuple[str, ...]]] = []
        self._opened: set[str] = set()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px("space.small"))

    @property
    def _catalog(self) -> VariableCatalog:
        return self._flow.counter.office.variables

    # --- answers ------------------------------------------------------------------------

    def show_groups(self, *, is_new: bool = False) -> None:
        """Show the questions and answers as they are; `is_new`: over what is being typed."""
        groups = self._flow.groups
        shape = [(g.group.id + g.list_name, tuple(q.variable.id for q in g.questions)) for g in groups]
        if shape != self._shown:
            self._shown = shape
            self._lay_out(groups)
        for group in groups:
            if group.list_name:
                self.lists[group.list_name].show_rows(group, self._flow.facts, is_new=is_new)
            for question in () if group.list_name else group.questions:
                self._show_answer(question, is_new=is_new)
        self._propose()

    def _show_answer(self, question: Question, *, is_new: bool) -> None:
        name = question.variable.id
        given = self._flow.typed.values.get(name)
        fault = self._flow.typed.fault(name, given)
        sign = ASKED_SIGN if given is not None else ""
        if given is None and self._flow.facts.sources.get(name) is FactSource.DERIVED:
            given, sign = self._flow.facts.values[name], DERIVED_SIGN
        self.fields[name].show_answer(given, sign, fault, is_new=is_new)

    # --- proposals ----------------------------------------------------------------------

    @Slot()
    def _propose(self) -> None:
        facts = self._flow.facts
        for name, field in self.fields.items():
            if name in self.reach:
                self._propose_for(field, facts.values.get(partner_of(field.variable, self._catalog)))
        for rows in self.lists.values():
            for block in rows.blocks:
                for field in block.asked:
                    partner = partner_of(field.variable, self._catalog)
                    self._propose_for(field, block.facts.known.get(partner))

    def _propose_for(self, field: AnswerField, told: object) -> None:
        wanted = _LOOKED_UP.get(field.variable.type)
        if wanted is not None and not field.editor.raw():
            field.propose(self.proposer.ask(wanted, told) if isinstance(told, str) else "")

    @Slot(str, str)
    def _propose_address(self, postal: str, town: str) -> None:
        address = self.fields.get(partner_of(self._catalog.variables[postal], self._catalog))
        if address is not None:
            address.propose(town)

    # --- layout -------------------------------------------------------------------------

    def _lay_out(self, groups: list[QuestionGroup]) -> None:
        """Put the fields in the order of the questions; a field that stays keeps text, cursor and focus."""
        focused = next((field for field in self.fields.values() if field.has_focus), None)
        self._take_out_rows()
        asked_lists = {group.list_name for group in groups}
        for name, rows in self.lists.items():
            if name not in asked_lists:  # hiding the others would take the focus from their rows
                rows.hide()
        self.reach = {q.variable.id: q.forms for group in groups for q in group.questions}
        for group in groups:
            if group.list_name:
                self._add_list(group)
            else:
                self._add_group(group)
        if focused is not None and focused.variable.id in self.reach:
            focused.take_focus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def _take_out_rows(self) -> None:
        self._opened |= {name for name, block in self.blocks.items() if block.fold and block.fold.is_open}
        self.blocks.clear()
        # removeWidget, not takeAt: an item that lives on in Python lets Qt keep the first height of a list,
        # and each further person squeezes the questions about the last one.
        while (item := self._column.itemAt(0)) and (widget := item.widget()):
            self._column.removeWidget(widget)
            if widget not in self.lists.values():
                # Fields move on to their new row; the old row goes.
                for field in widget.findChildren(AnswerField):
                    if self.fields.get(field.variable.id) is field:
                        field.setParent(self)
                        field.hide()
                widget.hide()
                widget.deleteLater()

    def _add_group(self, group: QuestionGroup) -> None:
        fields = [self._field(question) for question in group.questions]
        answered = any(f.variable.optional and f.variable.id in self._flow.typed.values for f in fields)
        is_open = answered or group.group.id in self._opened
        block = GroupBlock(self._theme, group.group.label, fields, is_open=is_open)
        if block.fold is not None:
            block.fold.toggled.connect(self.changed)
        self.blocks[group.group.id] = block
        self._column.addWidget(block)

    def _add_list(self, group: QuestionGroup) -> None:
        rows = self.lists.get(group.list_name)
        if rows is None:
            asked = [variable for variable in self._catalog.list_fields(group.list_name) if variable.group]
            people = self._catalog.people
            rows = RowList(
                self._theme,
                group.list_name,
                asked,
                self._flow.typed,
                self._today,
                is_automatic=people is not None and group.list_name in people.lists,
            )
            rows.edited.connect(self._flow.answer_rows)
            rows.noticed.connect(self.noticed)
            rows.settled.connect(self.settled)
            rows.changed.connect(self.changed)
            self.lists[group.list_name] = rows
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
            width = "measure.count_label_width" if is_count else "measure.label_width"
            field = AnswerField(question.variable, self._theme, width, self._today)
            field.answered.connect(self._flow.answer)
            field.noticed.connect(self.noticed)
            field.settled.connect(self.settled)
            if isinstance(field.editor, PostalEditor):
                field.editor.town_told.connect(partial(self._propose_address, name))
            self.fields[name] = field
        return self.fields[name]

    def _today(self) -> dt.date:
        return self._flow.today

    @Slot()
    def set_tab_order(self, last: QWidget) -> None:
        """Let Tab go through all controls, and to `last` at the end."""
        for first, second in itertools.pairwise([*self.path.controls(), last]):
            QWidget.setTabOrder(first, second)

    # --- end ----------------------------------------------------------------------------

    def forget(self) -> None:
        """Forget every typed text and every name looked up: the fields go, not only what they show."""
        self.proposer.forget()
        self._shown, self._opened = [], set()
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
