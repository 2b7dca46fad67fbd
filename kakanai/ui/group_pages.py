"""Which questions of a group stand beside each other, and on which page, so that none must be scrolled to."""

from collections.abc import Sequence

from kakanai.reception.variables import ValueType, Variable
from kakanai.ui.answer_field import AnswerField

_SHORT_TYPES = frozenset({ValueType.PHONE, ValueType.POSTAL, ValueType.YEN, ValueType.TEXT})
_SHORT_TEXT = 40
_LONG_LABEL = 16
"""Characters of a label that fill two lines of half the width."""
_LEAST_ROOM = 280
"""Pixels below which a page of questions is not made smaller: at 200 % it scrolls instead."""


class Line(tuple[AnswerField, ...]):
    """One field over the whole width, or up to two `is_short` ones side by side."""

    __slots__ = ()

    @property
    def is_short(self) -> bool:
        """Whether each takes half the width."""
        return len(self) > 1 or _is_count(self[0].variable)


def pages_of(
    fields: Sequence[AnswerField],
    folded: Sequence[AnswerField],
    width: int,
    room: int,
    *,
    line: int,
    gap: int,
) -> list[list[Line]]:
    """The questions line by line, as one page if they fit into the room; else closer, on several pages.

    `line` is the height of a title or fold, `gap` that between lines.
    """
    ends = line + (line + gap if folded else 0)
    loose = _lines(fields, is_close=False)
    if ends + sum(_height(one, width) + gap for one in loose) <= room:
        return [loose]
    least = max(room, _LEAST_ROOM) - ends
    pages: list[list[Line]] = [[]]
    used = 0
    for one in _lines(fields, is_close=True):
        height = _height(one, width) + gap
        if pages[-1] and used + height > least:
            pages.append([])
            used = 0
        pages[-1].append(one)
        used += height
    return pages


def _lines(fields: Sequence[AnswerField], *, is_close: bool) -> list[Line]:
    lines: list[Line] = []
    waiting: AnswerField | None = None
    for field in fields:
        is_half = _is_count(field.variable) or (is_close and _is_short(field.variable))
        if not is_half:
            if waiting is not None:
                lines.append(Line((waiting,)))
                waiting = None
            lines.append(Line((field,)))
        elif waiting is None:
            waiting = field
        else:
            lines.append(Line((waiting, field)))
            waiting = None
    if waiting is not None:
        lines.append(Line((waiting,)))
    return lines


def _is_count(variable: Variable) -> bool:
    return variable.type is ValueType.COUNT


def _is_short(variable: Variable) -> bool:
    if variable.type not in _SHORT_TYPES or len(variable.label) > _LONG_LABEL or variable.suggestions:
        return False
    return variable.type is not ValueType.TEXT or variable.max_length <= _SHORT_TEXT


def _height(line: Line, width: int) -> int:
    each = width // 2 if line.is_short else width
    return max(field.height_in(each) for field in line)
