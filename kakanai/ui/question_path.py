"""The way that keys take through the questions: Enter from one open question to the next, Tab through all."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from kakanai.reception.facts import VISITOR_LIST, QuestionGroup
from kakanai.reception.open_questions import box_name, open_in
from kakanai.reception.variables import ValueType
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_state import CaseState
from kakanai.ui.group_block import GroupBlock
from kakanai.ui.row_block import RowBlock
from kakanai.ui.row_list import RowList
from kakanai.ui.unfolding import reveal

Stop = AnswerField | QPushButton
"""Where Enter may stop: a field, or the button of a list that adds a row."""


@dataclass(frozen=True)
class Place:
    """A stop, the field name of its question (`member.name[2]`, "" for a button), and the row it lies in."""

    stop: Stop
    name: str = ""
    rows: RowList | None = None
    block: RowBlock | None = None
    is_open: bool = False

    @property
    def has_focus(self) -> bool:
        """Whether the focus is here."""
        return self.stop.has_focus if isinstance(self.stop, AnswerField) else self.stop.hasFocus()

    def focus(self) -> None:
        """Put the focus here; a folded row unfolds."""
        if isinstance(self.stop, AnswerField):
            self.stop.take_focus()
        else:
            reveal(self.stop)
            self.stop.setFocus(Qt.FocusReason.TabFocusReason)


class QuestionPath:
    """Reads the fields, folds and lists of ③ as they are now; keeps nothing."""

    def __init__(
        self,
        state: CaseState,
        fields: Mapping[str, AnswerField],
        lists: Mapping[str, RowList],
        blocks: Mapping[str, GroupBlock],
    ) -> None:
        self._state = state
        self._fields = fields
        self._lists = lists
        self._blocks = blocks

    def places(self) -> list[Place]:
        """Every place, top to bottom; questions in a fold that is not opened are none."""
        return [place for group in self._state.groups for place in self.places_of(group)]

    def places_of(self, group: QuestionGroup) -> list[Place]:
        """The places of one group."""
        return list(self._row_places(group) if group.list_name else self._single_places(group))

    def _single_places(self, group: QuestionGroup) -> Iterator[Place]:
        left = set(open_in(group, self._state.facts))
        counts = {q.variable.id for q in group.questions if q.variable.type is ValueType.COUNT}
        left |= counts if left & counts else set()
        block = self._blocks.get(group.group.id)
        fold = block.fold if block else None
        for question in group.questions:
            name = question.variable.id
            # The focus may move while new questions are being laid out, and have no field yet.
            if (field := self._fields.get(name)) is None:
                continue
            if fold is None or field not in fold.fields:
                yield Place(field, name, is_open=name in left)
            elif fold.is_open:
                yield Place(field, name, is_open=name not in self._state.facts.values)

    def _row_places(self, group: QuestionGroup) -> Iterator[Place]:
        rows = self._lists.get(group.list_name)
        if rows is None:
            return
        for number, block in enumerate(rows.blocks, start=1):
            for field in block.asked:
                name = box_name(field.variable.id, block.facts.number or number)
                yield Place(field, name, rows, block, is_open=block.is_open_at(field))
        yield Place(rows.add, rows=rows, is_open=self._wants_row(group, rows))

    def _wants_row(self, group: QuestionGroup, rows: RowList) -> bool:
        """Whether Enter stops where a row is added: nobody is told yet, or somebody is told by hand."""
        if all(question.variable.optional for question in group.questions):
            return False
        if rows.blocks:
            return rows.blocks[-1].is_by_hand and any(f.has_focus for f in rows.blocks[-1].asked)
        people = self._state.counter.office.variables.people
        enters_alone = people is not None and group.list_name in people.lists
        return not (enters_alone and self._state.facts.rows.get(VISITOR_LIST))

    def fields(self) -> list[AnswerField]:
        """The fields in the order of the questions."""
        return [place.stop for place in self.places() if isinstance(place.stop, AnswerField)]

    def here(self) -> int:
        """Which place has the focus, -1 when it is elsewhere."""
        return next((number for number, place in enumerate(self.places()) if place.has_focus), -1)

    def next_open(self, *, after: int, around: bool = False) -> Place | None:
        """The first open place behind one, or `around` to the first again; None when there is none."""
        places = self.places()
        order = [*places[after + 1 :], *(places[: after + 1] if around else [])]
        return next((place for place in order if place.is_open), None)

    def first_unseen(self, seen: Collection[str]) -> Place | None:
        """The first open question that is not among those seen, by field name; None when there is none."""
        return next((p for p in self.places() if p.is_open and p.name and p.name not in seen), None)

    def group_in_focus(self) -> int:
        """The place of the group where the focus is, -1 when it is elsewhere."""
        places = [self.places_of(group) for group in self._state.groups]
        return next((n for n, stops in enumerate(places) if any(p.has_focus for p in stops)), -1)

    def controls(self) -> list[QWidget]:
        """Every control for Tab, those of folded rows included: they are hidden, and Tab passes them."""
        chain: list[QWidget] = []
        for group in self._state.groups:
            rows = self._lists.get(group.list_name)
            for row in rows.blocks if rows else []:
                chain += [row.header, *_inputs(row.fields.values()), row.more, row.remove]
            if rows is not None:
                chain += [rows.take_back, rows.add]
                continue
            block = self._blocks.get(group.group.id)
            folded = block.fold.fields if block and block.fold else []
            fields = [self._fields[q.variable.id] for q in group.questions if q.variable.id in self._fields]
            chain += _inputs(field for field in fields if field not in folded)
            if block and block.fold:
                chain += [block.fold.header, *_inputs(folded)]
        return chain


def _inputs(fields: Iterable[AnswerField]) -> list[QWidget]:
    return [widget for field in fields for widget in field.editor.inputs()]
