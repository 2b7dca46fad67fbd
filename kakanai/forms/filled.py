"""What filling makes 記入済み帳票: values placed in their boxes, and findings 指摘 for the clerk."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from kakanai.forms.fontfiles import FontRole
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.forms.template import Box, ChoiceMark, CombBox, Element, FieldBox, FormTemplate
from kakanai.identity.my_number import MyNumber


class FindingKind(StrEnum):
    """What a finding 指摘 is about; the first two stop printing until the clerk decides."""

    OVERFLOW = "overflow"
    NO_GLYPH = "no_glyph"
    SHRUNK = "shrunk"
    WRAPPED = "wrapped"
    MISSING = "missing"
    LEFT_BLANK = "left_blank"
    PICTURE = "picture"
    PROTECTED = "protected"


STOPPING = frozenset({FindingKind.OVERFLOW, FindingKind.NO_GLYPH})

FINDING_CODES: Mapping[FindingKind, str] = {
    FindingKind.OVERFLOW: "F-050",
    FindingKind.NO_GLYPH: "F-051",
}
"""Codes the session log keeps when the clerk decided to leave such a box for handwriting."""

PICTURE_CODE = "F-052"
"""The code it keeps when the clerk decided to print the chip's own picture of a name or address."""


@dataclass(frozen=True)
class Finding:
    """A finding 指摘 on one box. `detail` is Japanese, for the clerk; at most code points of a character."""

    form: str
    field: str
    kind: FindingKind
    detail: str

    @property
    def stops(self) -> bool:
        """Whether printing waits for the clerk."""
        return self.kind in STOPPING


@dataclass(frozen=True, repr=False)
class PlacedText:
    """A value in its box: lines top to bottom, size in pt. Personal; no text in `repr`."""

    box: Box
    lines: tuple[str, ...]
    role: FontRole
    size_pt: float
    align: str
    field: str

    def __repr__(self) -> str:
        return f"PlacedText({self.field}, {len(self.lines)} lines)"


@dataclass(frozen=True)
class PlacedMark:
    """A check or a circle."""

    box: Box
    shape: str
    field: str


@dataclass(frozen=True, repr=False)
class PlacedDigits:
    """個人番号 in its cells. Holds the masked MyNumber itself; digits are taken out while drawing."""

    boxes: tuple[Box, ...]
    number: MyNumber

    def __repr__(self) -> str:
        return "PlacedDigits(個人番号)"


Placed = PlacedText | PlacedMark | PlacedDigits | PlacedPicture


@dataclass(frozen=True, repr=False)
class FilledPage:
    """One page: the template's elements and the values placed on it.

    It is page `number` of `count`, as its own page mark and QR code say; a `copy` 控え counts anew.
    `background` is the page of the town's own PDF (0 the first) to lay under it, None for none.
    `starts` says for each list which entry (0 the first) its first row here bears, `entries` which of the
    whole list each one is where the form leaves some out. `paper_number` is the page's own number where one
    document holds papers of many numbers (downtime kit); "" for the case's.
    """

    elements: tuple[Element, ...]
    placed: tuple[Placed, ...]
    number: int = 1
    count: int = 1
    copy: bool = False
    background: int | None = None
    starts: Mapping[str, int] = field(default_factory=dict)
    entries: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    paper_number: str = ""

    def name_of(self, element: FieldBox | ChoiceMark | CombBox) -> str:
        """The field name of a box: `visitor.name`, or `member.name[2]` for the second person."""
        if element.row is None:
            return element.variable
        name = element.variable.split(".")[0]
        row = self.starts.get(name, 0) + element.row
        entries = self.entries.get(name, ())
        return f"{element.variable}[{(entries[row] if row < len(entries) else row) + 1}]"


@dataclass(frozen=True, repr=False)
class FilledForm:
    """A filled form 記入済み帳票. `repr` shows no value."""

    template: FormTemplate
    case_number: str
    pages: tuple[FilledPage, ...]
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        return f"FilledForm({self.template.id}, {len(self.pages)} pages, {len(self.findings)} findings)"

    @property
    def background(self) -> bytes | None:
        """The town's own PDF that lies under the pages (see FilledPage.background), if the form has one."""
        return self.template.background

    @property
    def values_only(self) -> bool:
        """Whether the paper is pre-printed: values, marks and digits are drawn, no lines and no words."""
        return self.template.values_only

    @property
    def stopping(self) -> tuple[Finding, ...]:
        """The findings that wait for the clerk's decision."""
        return tuple(finding for finding in self.findings if finding.stops)
