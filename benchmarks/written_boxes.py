"""How many boxes of a set of forms somebody must write in: by hand from nothing, and after kakanai."""

from collections.abc import Iterable
from dataclasses import dataclass

from kakanai.forms.filled import FilledForm, FilledPage, FindingKind, PlacedDigits, PlacedPicture, PlacedText
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.template import BY_HAND, MyNumberBox, SignatureBox

_OFFICE = frozenset({"form", "case", "page", "copy", "town", "addressee", "section", "fee", "counter", "qr"})
"""First parts of what stands on an empty form of the town already, so that no visitor writes it."""
_LEFT = frozenset({FindingKind.LEFT_BLANK, FindingKind.MISSING})


@dataclass(frozen=True)
class WrittenBoxes:
    """Boxes of one set of forms; a group of check boxes is one, and so are the parts of a date.

    `by_hand`: what a visitor writes who fills the forms one by one, signatures included. `signatures`: places
    to sign. `left`: boxes that kakanai leaves to be written, other than signatures.
    """

    by_hand: int
    signatures: int
    left: int

    @property
    def after(self) -> int:
        """What is left for the visitor's pen."""
        return self.signatures + self.left


def written_boxes(forms: Iterable[FilledForm], unanswered: int = 0) -> WrittenBoxes:
    """Count over all pages but the copies 控え, which nobody writes.

    `unanswered`: questions that were passed although the forms have a box for them.
    """
    filled = signatures = 0
    left = unanswered
    for form in forms:
        for page in form.pages:
            if not page.copy:
                filled += len(_names(page))
                signatures += sum(isinstance(element, SignatureBox) for element in page.elements)
                left += _empty_numbers(page)
        left += sum(finding.kind in _LEFT for finding in form.findings)
    return WrittenBoxes(filled + signatures + left, signatures, left)


def _empty_numbers(page: FilledPage) -> int:
    """Cells for 個人番号 of somebody who stands on the page, without digits: a pen fills them."""
    drawn = {placed.boxes for placed in page.placed if isinstance(placed, PlacedDigits)}
    # Cells that only a hand ever fills are for a child who lives elsewhere: nobody here writes in them.
    boxes = [e for e in page.elements if isinstance(e, MyNumberBox) and e.role != BY_HAND]
    empty = [element for element in boxes if element.boxes not in drawn]
    fields = _names(page)
    return sum(
        element.row is None
        or any(f.startswith(f"{element.role}.") and f.endswith(f"[{element.row + 1}]") for f in fields)
        for element in empty
    )


def _names(page: FilledPage) -> set[str]:
    names = set()
    for number, placed in enumerate(page.placed):
        if isinstance(placed, PlacedDigits):
            names.add(f"digits {number}")
        elif isinstance(placed, PlacedPicture):
            names.add(f"picture {number}")
        elif isinstance(placed, PlacedText) and placed.role is FontRole.LABEL:
            continue  # words such as 令和　年　月　日 in a box that stays empty
        elif placed.field.split(".")[0] not in _OFFICE:
            names.add(placed.field)
    return names
