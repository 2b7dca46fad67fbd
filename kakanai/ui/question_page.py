"""What one page of a group of questions is to hold, to be told from what it holds already."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from kakanai.reception.facts import QuestionGroup
from kakanai.ui.answer_field import AnswerField
from kakanai.ui.group_block import GroupBlock
from kakanai.ui.group_pages import Line
from kakanai.ui.group_section import GroupSection, Part


@dataclass(frozen=True)
class QuestionPage:
    """A page by its `key`: fields line by line, and those `folded` away, whose fold `is_open` or not."""

    key: str
    part: Part
    lines: Sequence[Line]
    folded: Sequence[AnswerField]
    is_open: bool

    @property
    def fields(self) -> list[AnswerField]:
        """All its fields."""
        return [*chain(*self.lines), *self.folded]

    @property
    def names(self) -> list[list[str]]:
        """Which questions stand in one line; the first line is the title's, and stands between two pages."""
        return [[field.variable.id for field in line] for line in ((), *self.lines)]

    def is_held_in(self, sections: Mapping[str, GroupSection]) -> bool:
        """Whether a section is this page already: it stays, for a field that moves is styled by Qt anew."""
        section = sections.get(self.key)
        if section is None or not isinstance(section.content, GroupBlock):
            return False
        block = section.content
        return (
            section.part.title == self.part.title
            and block.lines == tuple(map(tuple, self.lines))
            and block.fields == self.fields
            and (block.fold is not None and block.fold.is_open) is (bool(self.folded) and self.is_open)
        )


def fields_of(sections: Iterable[GroupSection]) -> list[AnswerField]:
    """All fields that stand in pages, lists left aside."""
    return [field for one in sections if isinstance(one.content, GroupBlock) for field in one.content.fields]


def key_of(group: QuestionGroup) -> str:
    """What a group is known by while questions come and go."""
    return group.group.id + group.list_name
