"""Form templates 様式 as they lie on paper: every element with its box in millimetres.

Origin is the top left corner of the page, x to the right, y down. Font sizes are points (pt).
`layout.py` makes these from the YAML of resources/forms; `fill.py` and `render.py` read them.
"""

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property
from types import MappingProxyType

from kakanai.forms.fontfiles import FontRole
from kakanai.forms.paper_size import page_size
from kakanai.forms.terms import FormTerms
from kakanai.reception.variables import Condition


class SignatureClass(StrEnum):
    """How a form wants to be signed 署名区分."""

    NAME = "name"
    HAND = "hand"
    HAND_OR_SEAL = "hand-or-seal"
    REGISTERED_SEAL = "registered-seal"
    NONE = "none"


SIGNATURE_LABELS: Mapping[SignatureClass, str] = {
    SignatureClass.NAME: "記名",
    SignatureClass.HAND: "自署",
    SignatureClass.HAND_OR_SEAL: "自署または記名押印",
    SignatureClass.REGISTERED_SEAL: "届出印",
    SignatureClass.NONE: "署名なし",
}


class MyNumberRule(StrEnum):
    """Whether the form carries 個人番号: ● by law, △ by the town's ordinance, × never."""

    BY_LAW = "by-law"
    BY_ORDINANCE = "by-ordinance"
    NEVER = "never"


@dataclass(frozen=True)
class Box:
    """A rectangle in mm."""

    x: float
    y: float
    w: float
    h: float

    def inset(self, dx: float, dy: float) -> "Box":
        """The box made smaller by dx on both sides and dy above and below."""
        return Box(self.x + dx, self.y + dy, max(self.w - 2 * dx, 0.1), max(self.h - 2 * dy, 0.1))


@dataclass(frozen=True)
class Rule:
    """A straight line, weight in mm; `dash` draws it dotted."""

    x1: float
    y1: float
    x2: float
    y2: float
    weight_mm: float
    dash: bool = False


@dataclass(frozen=True)
class Frame:
    """A rectangle's outline; `fill` is a grey level (1 white, None no fill); `corners` draws corners only."""

    box: Box
    weight_mm: float
    fill: float | None = None
    corners: bool = False


@dataclass(frozen=True)
class Caption:
    """Words printed on the form itself: labels, notes, titles."""

    box: Box
    text: str
    size_pt: float
    align: str = "left"
    valign: str = "middle"
    role: FontRole = FontRole.LABEL
    vertical: bool = False


@dataclass(frozen=True)
class Fit:
    """How a value may be fitted into its box: nominal and smallest size, lines, alignment."""

    role: FontRole
    size_pt: float
    min_pt: float
    lines: int = 1
    align: str = "left"


@dataclass(frozen=True)
class FieldBox:
    """A box 記入欄 that bears the value of one variable 差込項目.

    `facet` picks a part of a date (era_year, month, day …); `row` is the entry of a list on this page;
    `blank` are words for handwriting when there is no value (「令和　　年　　月　　日」).
    """

    box: Box
    variable: str
    fit: Fit
    facet: str = ""
    row: int | None = None
    blank: str = ""


COUNTED = "counted"
"""Facet of a mark that is set when a count 通数 is one or more."""


def blank_size_pt(field: FieldBox) -> float:
    """The size of a box's words for the hand 手書き用の文字, in pt."""
    return min(field.fit.size_pt, 8.5)


@dataclass(frozen=True)
class ChoiceMark:
    """A mark that is set when a choice variable has the option: a check in a square or a circle round words.

    Facet `era` circles the era of a date, facet `counted` checks a count of one or more.
    """

    box: Box
    variable: str
    option: str
    shape: str = "check"
    facet: str = ""
    row: int | None = None


@dataclass(frozen=True)
class CombBox:
    """Cells of one character each, filled from the left (or right-aligned); `facet` as in FieldBox."""

    boxes: tuple[Box, ...]
    variable: str
    row: int | None = None
    align_right: bool = False
    facet: str = ""


BY_HAND = "hand"
"""Role of a 個人番号 that the program never has: somebody without a card on the table."""


@dataclass(frozen=True)
class MyNumberBox:
    """The twelve cells of 個人番号. The only element that a MyNumber can be drawn in.

    `role` names whose number: `visitor`, anyone with an `is_visitor` question (`householder`), `subject`, a
    list (`member`) together with `row`, or BY_HAND for cells that only a hand fills.
    """

    boxes: tuple[Box, ...]
    role: str
    row: int | None = None


@dataclass(frozen=True)
class SignatureBox:
    """The line a person signs on. Nothing is ever drawn into it."""

    box: Box


@dataclass(frozen=True)
class ClerkBox:
    """Space the clerk fills by hand (stamp, initials). Nothing is ever drawn into it."""

    box: Box


@dataclass(frozen=True)
class QrBox:
    """Where the page's QR code lies, quiet zone included; `number_only`: it says 受付番号 and no more."""

    box: Box
    number_only: bool = False


Element = (
    Rule | Frame | Caption | FieldBox | ChoiceMark | CombBox | MyNumberBox | SignatureBox | ClerkBox | QrBox
)


@dataclass(frozen=True)
class Page:
    """One page of a template. `lists` says how many entries of each list one copy of the page takes.

    `continues` names the list whose further entries this page takes 続紙: it is printed only when the list
    has more entries than the pages before it take. A page without one is printed again instead.
    `when`: the page is left out once the answers say that a condition does not hold; a form printed with
    no answers, for handwriting, has every page. `background` is the page (0 the first) of the town's own
    PDF that lies under the boxes, None for a page that we draw alone.
    """

    elements: tuple[Element, ...]
    lists: Mapping[str, int] = field(default_factory=dict)
    when: tuple[Condition, ...] = ()
    continues: str = ""
    background: int | None = None

    def wanted(self, values: Mapping[str, object]) -> bool:
        """Whether a case with these values gets the page."""
        for condition in self.when:
            value = values.get(condition.variable)
            given = set(value) if isinstance(value, tuple) else {value}
            if value is not None and not given & condition.options:
                return False
        return True

    @cached_property
    def variable_names(self) -> tuple[str, ...]:
        """The variables this page bears, once each, in order of appearance."""
        return tuple(dict.fromkeys(self.variables()))

    def variables(self) -> Iterator[str]:
        """The variables this page bears, in order of appearance (repeated where the page repeats them)."""
        kinds = (FieldBox, ChoiceMark, CombBox)  # a union would be made anew for each element
        for element in self.elements:
            if isinstance(element, kinds):
                yield element.variable


@dataclass(frozen=True)
class FormTemplate:
    """A form template 様式: what it is, which rules it follows, and its pages.

    `background` are the bytes of the town's own PDF that lies under the boxes (its pages: `Page.background`).
    `values_only`: the paper is pre-printed, so only values, marks and digits are drawn.
    `copy_pages` are the pages of the copy 控え, none for a form without one.
    """

    id: str
    title: str
    version: str
    valid_from: dt.date
    valid_to: dt.date | None
    section: str
    legal_basis: str
    paper: str
    signature: SignatureClass
    my_number: MyNumberRule
    pages: tuple[Page, ...]
    origin: str = field(default="", compare=False)
    terms: FormTerms = field(default_factory=FormTerms)
    landscape: bool = False
    background: bytes | None = field(default=None, repr=False)
    values_only: bool = False
    copy_pages: tuple[Page, ...] = ()

    @property
    def size_mm(self) -> tuple[float, float]:
        """Width and height of the paper in mm."""
        return page_size(self.paper, landscape=self.landscape)

    @property
    def all_pages(self) -> tuple[Page, ...]:
        """The pages of the form and of its copy 控え."""
        return (*self.pages, *self.copy_pages)

    def variables(self) -> tuple[str, ...]:
        """Every variable the form bears, once each, in order of appearance."""
        return tuple(dict.fromkeys(name for page in self.all_pages for name in page.variables()))

    def my_number_roles(self, values: Mapping[str, object] = MappingProxyType({})) -> frozenset[str]:
        """Whose 個人番号 the form has boxes for: `visitor`, `householder`, `member.0` and so on.

        Boxes on pages that a case with these values does not get do not count: for paper that is never
        printed no number may be read.
        """
        return frozenset(
            element.role if element.row is None else f"{element.role}.{element.row}"
            for page in self.pages
            if page.wanted(values)
            for element in page.elements
            if isinstance(element, MyNumberBox)
        )

    @property
    def carries_my_number(self) -> bool:
        """Whether the form has a box for 個人番号."""
        return any(isinstance(e, MyNumberBox) for page in self.pages for e in page.elements)
