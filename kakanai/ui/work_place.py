"""Where the clerk was at work 作業の場所: which stretch, which field, where the cursor stood."""

import dataclasses
from typing import Any, Self

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit

from kakanai.ui.answer_field import AnswerField
from kakanai.ui.conversation import PERSON, QUESTION, Conversation
from kakanai.ui.hand_entry import HandEntry

_ADDRESS = "address-now"
_BY_HAND = "by-hand."
_END = "questions-end"
_ADD_ROW = "add-row."


@dataclasses.dataclass(frozen=True, repr=False)
class WorkPlace:
    """A place in the conversation, and the text of fields that no answer keeps. Personal; `repr` is masked.

    `field` is a question's id, with the key of its row (`member.name[m2]`), the button that adds a row to a
    list, a field of ① or the end of ③; `cursor` is -1 where there is none. `texts` are what stands in the
    fields of ① by their names; empty when none is open. `whose` is where the person stands whom the clerk is
    typing in, "" for the visitor. Nothing of a page about a card (PIN, 照合番号B, numbers) is ever in here.
    """

    stretch: int = PERSON
    field: str = ""
    cursor: int = -1
    texts: dict[str, str] = dataclasses.field(default_factory=dict)
    whose: str = ""

    def __repr__(self) -> str:
        return f"WorkPlace({self.stretch})"

    @classmethod
    def of(cls, conversation: Conversation) -> Self:
        """The place where the clerk is now."""
        if conversation.is_on_card_page:
            return cls(conversation.current)
        if conversation.current == PERSON:
            return cls._in_person(conversation)
        if conversation.current == QUESTION:
            return cls._in_questions(conversation)
        return cls(conversation.current)

    @classmethod
    def _in_person(cls, conversation: Conversation) -> Self:
        person = conversation.person
        entry, address = person.hand_entry, person.address
        if entry.isVisibleTo(person):
            lines = _lines(entry)
            texts = {name: line.text() for name, line in lines.items()}
            texts["sex"] = str(entry.sexes.checkedId())
            focused = next((name for name, line in lines.items() if line.hasFocus()), "")
            cursor = lines[focused].cursorPosition() if focused else -1
            return cls(PERSON, f"{_BY_HAND}{focused}", cursor, texts, person.typing_place)
        if address.is_typing:
            texts = {_ADDRESS: address.line.text()}
            return cls(PERSON, _ADDRESS, address.line.cursorPosition(), texts)
        return cls(PERSON)

    @classmethod
    def _in_questions(cls, conversation: Conversation) -> Self:
        if conversation.question.is_at_end:
            return cls(QUESTION, _END)
        place = next((one for one in conversation.question.path.places() if one.has_focus), None)
        if place is None:
            return cls(QUESTION)
        if not isinstance(place.stop, AnswerField):
            lists = conversation.question.lists.items()
            return cls(
                QUESTION, next((f"{_ADD_ROW}{name}" for name, rows in lists if rows is place.rows), "")
            )
        widget = QApplication.focusWidget()
        cursor = widget.cursorPosition() if isinstance(widget, QLineEdit) else -1
        name = place.stop.variable.id
        return cls(QUESTION, f"{name}[{place.block.key}]" if place.block else name, cursor)

    @property
    def question(self) -> str:
        """The question or field where the clerk is, with its row; empty at a button."""
        return "" if self.field == _END or self.field.startswith(_ADD_ROW) else self.field

    @property
    def has_texts(self) -> bool:
        """Whether something was typed in ① that is in no case yet."""
        return any(text for name, text in self.texts.items() if name != "sex")

    def to_plain(self) -> dict[str, Any]:
        """For the draft."""
        return dataclasses.asdict(self)

    @classmethod
    def from_plain(cls, told: dict[str, Any]) -> Self:
        """What `to_plain` gave."""
        return cls(**told)

    def go_there(self, conversation: Conversation) -> None:
        """Put the clerk back to the place; where it is gone, to the beginning of its stretch."""
        if self.stretch == PERSON and self.field.startswith(_BY_HAND):
            self._fill_by_hand(conversation)
        elif self.stretch == PERSON and self.field == _ADDRESS:
            conversation.person.address.ask_address()
            self._put(conversation.person.address.line, self.texts[_ADDRESS])
        elif self.stretch == QUESTION and self.field:
            self._find_question(conversation)

    def _fill_by_hand(self, conversation: Conversation) -> None:
        if not conversation.person.start_hand_entry_for(self.whose):
            return
        entry = conversation.person.hand_entry
        lines = _lines(entry)
        for name, line in lines.items():
            line.setText(self.texts.get(name, ""))
        button = entry.sexes.button(int(self.texts.get("sex", "-1")))
        if button is not None:
            button.setChecked(True)
        focused = lines.get(self.field.removeprefix(_BY_HAND))
        if focused is not None:
            self._put(focused, focused.text())

    def _find_question(self, conversation: Conversation) -> None:
        if self.field == _END:
            conversation.question.go_to_end()
            return
        if self.field.startswith(_ADD_ROW):
            conversation.question.go_to_list(self.field.removeprefix(_ADD_ROW))
            return
        if not conversation.question.go_to(self.field):
            return
        widget = QApplication.focusWidget()
        if isinstance(widget, QLineEdit) and self.cursor >= 0:
            widget.deselect()
            widget.setCursorPosition(self.cursor)

    def _put(self, line: QLineEdit, text: str) -> None:
        line.setText(text)
        line.setFocus(Qt.FocusReason.OtherFocusReason)
        line.deselect()
        line.setCursorPosition(self.cursor if self.cursor >= 0 else len(text))


def _lines(entry: HandEntry) -> dict[str, QLineEdit]:
    return {"name": entry.name, "address": entry.address, "birth_date": entry.birth_date}
