"""Each form filled with each test identity, and what does not come back from paper as it was meant."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from PIL import Image, ImageDraw

from kakanai.forms.fill import Filler
from kakanai.forms.filled import FilledForm, FilledPage, Finding, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.samples import sample_facts
from kakanai.forms.template import Box, Caption, FieldBox, FormTemplate, QrBox
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from kakanai.reception.variables import ValueType, VariableCatalog
from tests.forms.identities import IDENTITIES, Identity
from tests.forms.poppler import Word

CASE_NUMBER = "R8-1121-0001"
ROOM_MM = 0.3
"""How far ink may reach beyond its box: a third of a line's own width and rounding (observed: 0.2)."""

_AS_MEANT = frozenset({ValueType.NAME, ValueType.ADDRESS, ValueType.KANA, ValueType.TEXT})
"""Types whose words are the value itself; a date or an amount is put into words."""

_MARKS = frozenset({"form.mark", "page.number", "case.number", "copy.mark"})
"""What filling itself says of the page, whatever the facts say."""


@dataclass(frozen=True, repr=False)
class IdentityPaper:
    """A form filled with an identity as a clerk would print it: what cannot be drawn is left for the hand."""

    identity: Identity
    facts: Facts
    form: FilledForm
    findings: tuple[Finding, ...]
    """What filling told before the clerk decided anything."""


def fill_with(filler: Filler, catalog: VariableCatalog, template: FormTemplate, number: int) -> IdentityPaper:
    """The form with identity `number` (1-48) in every name, address, birthday and sex it has boxes for.

    The visitor, the person concerned, the head of the household and every other role are that person; the
    people of each list are the ones that follow in the list of identities.
    """
    facts, numbers = facts_with(catalog, number)
    first = filler.fill(template, CASE_NUMBER, facts, numbers)
    decided = frozenset(finding.field for finding in first.stopping)
    form = filler.fill(template, CASE_NUMBER, facts, numbers, decided) if decided else first
    return IdentityPaper(IDENTITIES[number - 1], facts, form, first.findings)


def facts_with(catalog: VariableCatalog, number: int) -> tuple[Facts, dict[str, MyNumber]]:
    facts, numbers = sample_facts(catalog)
    _put(facts.values, catalog, IDENTITIES[number - 1])
    for rows in facts.rows.values():
        for index, row in enumerate(rows):
            _put(row, catalog, IDENTITIES[(number + index) % len(IDENTITIES)])
    return facts, numbers


def _put(values: dict[str, Value], catalog: VariableCatalog, person: Identity) -> None:
    own: Mapping[ValueType, Value] = {
        ValueType.NAME: person.name,
        ValueType.KANA: person.kana,
        ValueType.ADDRESS: person.address,
        ValueType.BIRTH_DATE: BirthDate.from_iso(person.born),
        ValueType.SEX: person.sex,
    }
    for name in values:
        values[name] = own.get(catalog.variables[name].type, values[name])


def not_placed(paper: IdentityPaper, catalog: VariableCatalog) -> Iterator[str]:
    """Names, addresses and other words that stand on paper otherwise than in the facts, or not at all.

    A box that a finding tells of may be empty; a box without a finding never.
    """
    told = {finding.field for finding in paper.form.findings}
    on_paper: dict[str, set[str]] = {}
    for page in paper.form.pages:
        for placed in page.placed:
            if isinstance(placed, PlacedText):
                on_paper.setdefault(placed.field, set()).add("".join(placed.lines))
    wanted = _first_fields(paper)
    for name in sorted(wanted | on_paper.keys() & _every_field(paper)):
        variable, meant = catalog.variables[name.split("[")[0]], paper.facts.at(name)
        if variable.type in _AS_MEANT and variable.id not in _MARKS and meant and name not in told:
            found = on_paper.get(name, set())
            if found != {meant}:
                yield f"{name}: {'otherwise than in the facts' if found else 'in the facts, not on paper'}"


def _first_fields(paper: IdentityPaper) -> set[str]:
    """The fields of the form's own pages; further people on sheets made again are found by their ink."""
    return {
        element.variable if element.row is None else f"{element.variable}[{element.row + 1}]"
        for page in paper.form.template.pages
        if page.wanted(paper.facts.values) and not page.continues
        for element in page.elements
        if isinstance(element, FieldBox) and not element.facet
    }


def _every_field(paper: IdentityPaper) -> set[str]:
    """The fields of all boxes that bear their value whole, with every row that the facts have."""
    rows = range(1, 1 + max((len(rows) for rows in paper.facts.rows.values()), default=0))
    boxes = [
        e for p in paper.form.template.pages for e in p.elements if isinstance(e, FieldBox) and not e.facet
    ]
    return {e.variable for e in boxes} | {f"{e.variable}[{row}]" for e in boxes for row in rows}


def changed(page: FilledPage, words: list[Word]) -> Iterator[str]:
    """What a reader of the PDF finds on the page that was not meant, or not where it was meant.

    Every character is compared: those of the whole page, captions included, as a bag; those of each box in
    their order and with their white space.
    """
    meant = Counter(_bare("".join(_texts(page))))
    read = Counter(_bare("".join(word.text for word in words)))
    if meant != read:
        lost, added = meant - read, read - meant
        yield f"lost {[ascii(c) for c in lost.elements()]}, added {[ascii(c) for c in added.elements()]}"
    for placed in page.placed:
        if isinstance(placed, PlacedText):
            found = _lines_in(placed.box, words)
            if found != [line.strip(" ") for line in placed.lines]:
                yield f"{placed.field}: its box reads otherwise"


def _texts(page: FilledPage) -> Iterator[str]:
    for element in page.elements:
        if isinstance(element, Caption):
            yield element.text
    for placed in page.placed:
        if isinstance(placed, PlacedText):
            yield from placed.lines
        elif isinstance(placed, PlacedDigits):
            yield from placed.number.box_digits()


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)


def _lines_in(box: Box, words: list[Word]) -> list[str]:
    """The words whose middle is in the box, put together to lines from top to bottom."""
    inside = [
        word
        for word in words
        if box.x - ROOM_MM <= word.box.x + word.box.w / 2 <= box.x + box.w + ROOM_MM
        and box.y <= word.box.y + word.box.h / 2 <= box.y + box.h
    ]
    lines: list[list[Word]] = []
    for word in sorted(inside, key=lambda w: (w.box.y + w.box.h, w.box.x)):
        if lines and abs(lines[-1][0].box.y - word.box.y) < word.box.h / 3:
            lines[-1].append(word)
        else:
            lines.append([word])
    return [
        # A space at the end of a wrapped line is as good as the end of the line.
        " ".join(word.text for word in sorted(line, key=lambda w: w.box.x)).strip(" ")
        for line in lines
    ]


def beyond(page: FilledPage, words: list[Word], facts: Facts) -> Iterator[str]:
    """Values of which a word begins or ends outside of their box.

    Words for the hand (「　　年　　月」) are left out: they may begin and end with nothing but white space.
    """
    for placed in page.placed:
        if not isinstance(placed, PlacedText) or (
            placed.field not in _MARKS and facts.at(placed.field) is None
        ):
            continue
        box = placed.box
        for word in words:
            middle_x, middle_y = word.box.x + word.box.w / 2, word.box.y + word.box.h / 2
            if box.x <= middle_x <= box.x + box.w and box.y <= middle_y <= box.y + box.h:
                over = max(box.x - word.box.x, word.box.x + word.box.w - box.x - box.w)
                if over > ROOM_MM:
                    yield f"{placed.field}: {over:.1f} mm wider than its box"


def values_only(form: FilledForm) -> FilledForm:
    """The same form on pre-printed paper: what is drawn then is values and marks, and nothing else."""
    pages = tuple(
        replace(page, elements=tuple(e for e in page.elements if not isinstance(e, QrBox)))
        for page in form.pages
    )
    return replace(form, template=replace(form.template, values_only=True), pages=pages)


def ink_outside(page: FilledPage, picture: Image.Image, dpi: int) -> tuple[int, int, int, int] | None:
    """Where a picture of the page's values has ink outside of every box, in dots; None when nowhere."""
    rest = picture.copy()
    pen = ImageDraw.Draw(rest)
    for placed in page.placed:
        for box in placed.boxes if isinstance(placed, PlacedDigits) else (placed.box,):
            room = 2 * ROOM_MM if isinstance(placed, PlacedMark) else ROOM_MM
            x0, y0 = box.x - room, box.y - room
            x1, y1 = box.x + box.w + room, box.y + box.h + room
            pen.rectangle([round(edge / 25.4 * dpi) for edge in (x0, y0, x1, y1)], fill=255)
    return rest.point(lambda grey: 255 if grey < 160 else 0).getbbox()


def as_one(template: FormTemplate, papers: Sequence[IdentityPaper]) -> FilledForm:
    """The pages of all papers as one document, so that one call of poppler reads them all."""
    return FilledForm(template, CASE_NUMBER, tuple(page for paper in papers for page in paper.form.pages), ())
