"""The questions of all chosen forms, one group open at a time: fields, folds and lists of a case."""

import datetime as dt
import itertools
from collections.abc import Iterator
from functools import partial

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QApplication, QWidget

from kakanai.identity.evidence import FactSource
from kakanai.reception.facts import Question, QuestionGroup
from kakanai.reception.proposals import partner_of
from kakanai.reception.variables import ValueType, VariableCatalog
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_flow import CaseFlow
from kakanai.ui.case_state import ASKED_SIGN, DERIVED_SIGN
from kakanai.ui.group_block import GroupBlock
from kakanai.ui.group_index import title_of
from kakanai.ui.group_pages import pages_of
from kakanai.ui.group_section import GroupSection, Part
from kakanai.ui.optional_fold import is_folded_away
from kakanai.ui.postal_editor import PostalEditor
from kakanai.ui.proposer import Proposer, Wanted
from kakanai.ui.question_page import QuestionPage, fields_of, key_of
from kakanai.ui.question_path import QuestionPath
from kakanai.ui.row_list import RowList
from kakanai.ui.section_column import SectionColumn
from kakanai.ui.theme import Theme

_LOOKED_UP = {ValueType.KANA: Wanted.READING, ValueType.POSTAL: Wanted.POSTAL}


class QuestionColumn(SectionColumn):
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
        super().__init__(theme)
        self._theme = theme
        self._flow = flow
        self.fields: dict[str, AnswerField] = {}
        self.lists: dict[str, RowList] = {}
        self.blocks: dict[str, GroupBlock] = {}
        self.noticed.connect(self._show_hint)
        self.path = QuestionPath(flow, self.fields, self.lists, self.blocks)
        self.proposer = Proposer(self)
        self.proposer.found.connect(self._propose)
        self.reach: dict[str, tuple[str, ...]] = {}
        self._shown: list[tuple[str, tuple[str, ...]]] = []
        self._opened: set[str] = set()
        self._list_sections: dict[str, GroupSection] = {}
        self._planned: list[list[str]] = []

    @property
    def _catalog(self) -> VariableCatalog:
        return self._flow.counter.office.variables

    # --- answers ------------------------------------------------------------------------

    def show_groups(self, *, is_new: bool = False) -> None:
        """Show the questions and answers as they are; `is_new`: over what is being typed."""
        groups = self._flow.groups
        shape = [(key_of(g), tuple(q.variable.id for q in g.questions)) for g in groups]
        if shape != self._shown:
            self._shown = shape
            self._lay_out(groups)
        for group in groups:
            if group.list_name:
                self.lists[group.list_name].show_rows(group, self._flow.facts, is_new=is_new)
            for question in () if group.list_name else group.questions:
                self._show_answer(question, is_new=is_new)
        for section in self.sections.values():
            section.tell(self._flow)
        self._propose()
        self.fit()

    def _show_answer(self, question: Question, *, is_new: bool) -> None:
        name = question.variable.id
        given = self._flow.typed.values.get(name)
        fault = self._flow.typed.fault(name, given)
        sign = ASKED_SIGN if given is not None else ""
        if given is None and self._flow.facts.sources.get(name) is FactSource.DERIVED:
            given, sign = self._flow.facts.values[name], DERIVED_SIGN
        self.fields[name].show_answer(given, sign, fault, is_new=is_new)

    @Slot(str)
    def _show_hint(self, box: str) -> None:
        name = box.partition("[")[0]
        hint = self._catalog.variables[name].hint
        for section in self.sections.values():
            if isinstance(section.content, GroupBlock | RowList):
                section.content.show_hint(hint if section.is_open else "")

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
        # A field that moves loses the focus for a moment. Nobody has left it: a date is not written out yet.
        holder = QApplication.focusWidget()
        moving = QSignalBlocker(holder) if focused is not None and holder is not None else None
        is_turning, self._is_turning = self._is_turning, True
        self.reach = {q.variable.id: q.forms for group in groups for q in group.questions}
        self._opened |= {name for name, block in self.blocks.items() if block.fold and block.fold.is_open}
        pages = self._pages_of(groups)
        self._planned = [line for page in pages for line in page.names]
        held = self._take_out(pages, focused)
        asked_lists = {group.list_name for group in groups}
        for name, section in self._list_sections.items():
            if name not in asked_lists:  # hiding the others would take the focus from their rows
                section.hide()
        for group in groups:
            if group.list_name:
                self.put(self._list_section(group))
            for page in pages:
                if page.part.group is group:
                    self.put(self._section_of(page, held))
        wanted = (key for key, section in self.sections.items() if section.unanswered(self._flow))
        self.keep_one_open(next(wanted, next(iter(self.sections), "")))
        self._is_turning = is_turning
        if moving is not None:
            moving.unblock()  # before the focus comes back: a proposal is selected again, to be typed over
        if focused is not None and focused.variable.id in self.reach:
            focused.take_focus(Qt.FocusReason.OtherFocusReason)
        self.changed.emit()

    def room_changed(self) -> None:
        """Put the questions on as many pages as the room asks for; to lay them out anew takes long."""
        if self._planned != [line for page in self._pages_of(self._flow.groups) for line in page.names]:
            self._shown = []
            self.show_groups()
        else:
            self.fit()

    def _pages_of(self, groups: list[QuestionGroup]) -> list[QuestionPage]:
        """The pages of all groups but lists; what may be left is folded on a group's last."""
        return [page for group in groups if not group.list_name for page in self._pages_of_group(group)]

    def _pages_of_group(self, group: QuestionGroup) -> Iterator[QuestionPage]:
        fields = [self._field(question) for question in group.questions]
        folded = [field for field in fields if is_folded_away(field.variable)]
        pages = pages_of(
            [field for field in fields if field not in folded],
            folded,
            self.room_width,
            self.room,
            line=self._theme.px("measure.target"),
            gap=self._column.spacing(),
        )
        answered = any(field.variable.id in self._flow.typed.values for field in folded)
        is_open = answered or group.group.id in self._opened
        for number, lines in enumerate(pages, start=1):
            count = self.tr("　{number}／{count}").format(number=number, count=len(pages))
            title = group.group.label + (count if len(pages) > 1 else "")
            here = folded if number == len(pages) else []
            asked = {field.variable.id for field in itertools.chain(*lines, here)}
            questions = tuple(question for question in group.questions if question.variable.id in asked)
            part = Part(group, questions, title)
            yield QuestionPage(f"{key_of(group)}/{number}", part, lines, here, is_open)

    def _take_out(self, pages: list[QuestionPage], focused: AnswerField | None) -> dict[str, GroupSection]:
        """Take out all sections; those that are one of the pages already stay whole, and are returned."""
        held = {page.key: self.sections[page.key] for page in pages if page.is_held_in(self.sections)}
        for field in fields_of(one for key, one in self.sections.items() if key not in held):
            is_moving = field.variable.id in self.reach and field is not focused
            if not is_moving and self.fields.get(field.variable.id) is field:
                field.setParent(self)  # or it would go with its section
                field.hide()
        self.blocks.clear()
        self.take_out(stay=[*self._list_sections.values(), *held.values()])
        return held

    def _section_of(self, page: QuestionPage, held: dict[str, GroupSection]) -> GroupSection:
        """The section of a page, which its fields have moved into."""
        section = held.get(page.key)
        if section is None:
            block = GroupBlock(self._theme, page.part.title, self)
            section = self.make_section(page.key, block, page.part)
            block.take(page.lines, page.folded, is_open=page.is_open)
            if block.fold is not None:
                block.fold.toggled.connect(self.changed)
        section.part = page.part
        if isinstance(section.content, GroupBlock):
            self.blocks[page.part.group.group.id] = section.content
        return section

    def _list_section(self, group: QuestionGroup) -> GroupSection:
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
            part = Part(group, group.questions, title_of(group))
            self.lists[group.list_name] = rows
            self._list_sections[group.list_name] = self.make_section(key_of(group), rows, part)
        section = self._list_sections[group.list_name]
        section.part = Part(group, group.questions, title_of(group))
        return section

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

    def controls(self) -> list[QWidget]:
        """What Tab goes through, of all groups."""
        return self.path.controls()

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
        for section in self._list_sections.values():
            section.hide()
            section.deleteLater()
        self.lists.clear()
        self._list_sections.clear()
        self._lay_out([])
