"""How boxes lie to each other on paper, within a tenth of a millimetre."""

from kakanai.forms.template import Box

OFF_MM = 0.1


def is_within(start: float, length: float, box_start: float, box_length: float) -> bool:
    """Whether a stretch lies in that of a box or, where it is the longer, fills it."""
    if length > box_length:
        return start <= box_start + OFF_MM and box_start + box_length <= start + length + OFF_MM
    return box_start - OFF_MM <= start and start + length <= box_start + box_length + OFF_MM


def same_place(found: Box, wanted: Box) -> bool:
    """Whether the two boxes are one."""
    pairs = ((found.x, wanted.x), (found.y, wanted.y), (found.w, wanted.w), (found.h, wanted.h))
    return all(abs(one - other) <= OFF_MM for one, other in pairs)


def ticks(found: Box, square: Box) -> bool:
    """Whether a stroke of these bounds is a check in the square: it may stand out at the top and right."""
    middle = Box(found.x + found.w / 2, found.y + found.h / 2, 0, 0)
    return lies_in(middle, square) and 0.6 * square.w <= found.w <= 1.1 * square.w


def lies_in(inner: Box, outer: Box) -> bool:
    """Whether a box lies in another."""
    return (
        outer.x - OFF_MM <= inner.x
        and inner.x + inner.w <= outer.x + outer.w + OFF_MM
        and outer.y - OFF_MM <= inner.y
        and inner.y + inner.h <= outer.y + outer.h + OFF_MM
    )


def overlap(one: Box, other: Box) -> bool:
    """Whether two boxes have more than an edge in common."""
    return (
        one.x + OFF_MM < other.x + other.w
        and other.x + OFF_MM < one.x + one.w
        and one.y + OFF_MM < other.y + other.h
        and other.y + OFF_MM < one.y + one.h
    )
