"""The way that keys take through the questions: Enter from stop to stop, Tab through every control."""

from collections.abc import Iterable, Iterator, Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget

from kakanai.reception.facts import QuestionGroup
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.case_state import CaseState
from kakanai.ui.row_list import RowList

Stop = AnswerField | QPushButton
"""Where Enter stops: a field, or the button of a list that adds a row."""


class QuestionPath:
    """Reads the fields and lists of ③ as they are now; keeps nothing."""

    def __init__(
        self, state: CaseState, fields: Mapping[str, AnswerField], lists: Mapping[str, RowList]
    ) -> None:
        self._state = state
        self._fields = fields
        self._lists = lists

    def stops(self) -> list[Stop]:
        """Every stop, top to bottom."""
        return [stop for group in self._state.groups for stop in self.stops_of(group)]

    def stops_of(self, group: QuestionGroup) -> list[Stop]:
        """The stops of one group; the fields of folded rows are none."""
        if not group.list_name:
            return list(self._fields_of(group))
        rows = self._lists.get(group.list_name)
        return [*(field for block in rows.blocks for field in block.asked), rows.add] if rows else []

    def _fields_of(self, group: QuestionGroup) -> Iterator[AnswerField]:
        # The focus may move while new questions are being laid out, and have no field yet.
        for question in group.questions:
            if question.variable.id in self._fields:
                yield self._fields[question.variable.id]

    def fields(self) -> list[AnswerField]:
        """The fields shown, in the order of the questions."""
        return [stop for stop in self.stops() if isinstance(stop, AnswerField)]

    def group_in_focus(self) -> int:
        """The place of the group where the focus is, -1 when it is elsewhere."""
        rows = [self.stops_of(group) for group in self._state.groups]
        return next((place for place, stops in enumerate(rows) if any(map(has_focus, stops))), -1)

    def controls(self) -> list[QWidget]:
        """Every control for Tab, those of folded rows included: they are hidden, and Tab passes them."""
        chain: list[QWidget] = []
        for group in self._state.groups:
            rows = self._lists.get(group.list_name)
            for block in rows.blocks if rows else []:
                chain += [block.header, *_inputs(block.fields.values()), block.remove]
            chain += [rows.add] if rows else _inputs(self._fields_of(group))
        return chain


def _inputs(fields: Iterable[AnswerField]) -> list[QWidget]:
    return [widget for field in fields for widget in field.editor.inputs()]


def has_focus(stop: Stop) -> bool:
    """Whether the focus is at this stop."""
    return stop.has_focus if isinstance(stop, AnswerField) else stop.hasFocus()


def focus(stop: Stop) -> None:
    """Put the focus there."""
    if isinstance(stop, AnswerField):
        stop.take_focus()
    else:
        stop.setFocus(Qt.FocusReason.TabFocusReason)
