"""One page: each box gets its value fitted, or a finding says why not."""

import datetime as dt
from collections.abc import Iterator, Mapping

from kakanai.cardreader.text_picture import TextPicture
from kakanai.forms.clusters import clusters, is_blank, name_clusters
from kakanai.forms.filled import Finding, FindingKind, Placed, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.fit import Fitted, fit_text
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.fonts import FontShelf
from kakanai.forms.placed_picture import character_pt, place_picture
from kakanai.forms.template import (
    COUNTED,
    ChoiceMark,
    CombBox,
    Element,
    FieldBox,
    Fit,
    MyNumberBox,
    Page,
    blank_size_pt,
)
from kakanai.forms.wording import wording
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Sex
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from kakanai.reception.variables import (
    PERSONAL_TYPES,
    ROW_NUMBER,
    Source,
    ValueType,
    Variable,
    VariableCatalog,
)

COMB_PT = 10.0
_PARTING = frozenset("-－‐−ー 　〒")


class PageFiller:
    """Fills one sheet; `starts` says for each list the first entry that this sheet bears.

    On a `copy` 控え neither 個人番号 nor account numbers are written.
    """

    def __init__(
        self,
        shelf: FontShelf,
        catalog: VariableCatalog,
        form: str,
        facts: Facts,
        marks: Mapping[str, Value],
        starts: Mapping[str, int],
        left_blank: frozenset[str],
        pictures: Mapping[str, TextPicture],
        *,
        copy: bool = False,
    ) -> None:
        self._shelf = shelf
        self._catalog = catalog
        self._form = form
        self._facts = facts
        self._marks = marks
        self._starts = starts
        self._copy = copy
        self._left_blank = left_blank
        self._pictures = pictures
        self.findings: list[Finding] = []

    def place(self, page: Page, my_numbers: Mapping[str, MyNumber]) -> tuple[Placed, ...]:
        """Everything to draw on the page besides its own elements; fills `findings` on the way."""
        return tuple(placed for element in page.elements for placed in self._place(element, page, my_numbers))

    def _place(self, element: Element, page: Page, my_numbers: Mapping[str, MyNumber]) -> Iterator[Placed]:
        match element:
            case FieldBox():
                yield from self._place_field(element)
            case ChoiceMark():
                yield from self._place_mark(element, page)
            case CombBox():
                yield from self._place_comb(element)
            case MyNumberBox():
                role = element.role
                if element.row is not None:
                    if not self._facts.has_row(role, self._index(role, element.row)):
                        # Behind the last who is on the form: the numbers are those of the whole list.
                        return
                    role = f"{role}.{self._entry(role, element.row)}"
                number = my_numbers.get(role)
                if number is not None and role not in self._left_blank:
                    yield PlacedDigits(element.boxes, number)
            case _:
                # Captions and lines are the template's own; signature, clerk and QR boxes bear no value.
                return

    def _index(self, variable: str, row: int) -> int:
        """Which entry of its list a row of this sheet bears, counted from 0."""
        return self._starts.get(variable.split(".")[0], 0) + row

    def _entry(self, variable: str, row: int) -> int:
        """The same, counted in the whole list where the form leaves some of it out."""
        return self._facts.entry(variable.split(".")[0], self._index(variable, row))

    def _value(self, variable: str, row: int | None) -> Value | None:
        if variable in self._marks:
            return self._marks[variable]
        if self._copy and not self._catalog.variables[variable].on_copy:
            return None
        if row is None:
            return self._facts.values.get(variable)
        name, fact = variable.split(".", 1)
        rows, index = self._facts.rows.get(name, []), self._index(variable, row)
        if fact == ROW_NUMBER:
            return index + 1
        return rows[index].get(variable) if index < len(rows) else None

    def _name(self, variable: str, row: int | None) -> str:
        return variable if row is None else f"{variable}[{self._entry(variable, row) + 1}]"

    def _place_field(self, element: FieldBox) -> Iterator[Placed]:
        variable = self._catalog.variables[element.variable]
        name = self._name(element.variable, element.row)
        value = self._value(element.variable, element.row)
        text = "" if value is None else _words(variable, value, element.facet)
        left_blank = value is not None and self._leaves_blank(name, variable)
        if left_blank or is_blank(text):
            if element.blank:
                yield self._words_for_the_hand(element, name)
            elif not left_blank:
                self._tell_missing(element, variable, name)
            return
        role = self._role(variable, element.fit.role, text)
        missing = self._shelf.missing(role, text)
        if missing:
            yield from self._place_picture(element, name, variable, text, missing)
            return
        fitted = fit_text(text, element.box, element.fit, lambda unit: self._shelf.width_em(role, unit))
        self._tell_fit(name, variable, element.fit, fitted)
        if fitted.fits:
            yield PlacedText(element.box, fitted.lines, role, fitted.size_pt, element.fit.align, name)

    def _place_picture(
        self, element: FieldBox, name: str, variable: Variable, text: str, missing: list[str]
    ) -> Iterator[Placed]:
        """The chip's own picture of a value without a glyph, if the clerk wants it and it goes in."""
        picture = self._pictures.get(name) if not element.facet else None
        placed = place_picture(picture, element.box, element.fit, name, text) if picture else None
        if picture is not None and placed is not None:
            size = character_pt(picture, element.box, element.fit)
            told = f"{variable.label}: 券面の画像を印刷します({size:.3g}pt)"
            self._tell(name, FindingKind.PICTURE, told)
            yield placed
            return
        told = name_clusters(missing)
        also = "。券面の画像も枠に入りません" if picture is not None else ""
        self._tell(name, FindingKind.NO_GLYPH, f"{variable.label}: 字形がありません({told}){also}")

    def _leaves_blank(self, name: str, variable: Variable) -> bool:
        """Whether the clerk wants the box, which has a value, empty; told once for all boxes of the name."""
        if name not in self._left_blank:
            return False
        self._tell(name, FindingKind.LEFT_BLANK, f"{variable.label}: 空欄にして手書きします")
        return True

    def _words_for_the_hand(self, element: FieldBox, name: str) -> PlacedText:
        size_pt = blank_size_pt(element)
        return PlacedText(element.box, (element.blank,), FontRole.LABEL, size_pt, element.fit.align, name)

    def _tell_missing(self, element: FieldBox, variable: Variable, name: str) -> None:
        if self._facts.is_protected and variable.type is ValueType.ADDRESS:
            told = f"支援措置: {variable.label}は印字しません。空欄は担当課が扱います"
            self._tell(name, FindingKind.PROTECTED, told)
            return
        if variable.source is Source.CARD and element.facet in {"", "era_year"}:
            self._tell(name, FindingKind.MISSING, f"{variable.label}: 空欄のまま印刷します")

    def _role(self, variable: Variable, wanted: FontRole, text: str) -> FontRole:
        """Names and addresses always in the exact face; other text when its own face lacks a glyph."""
        if variable.type in PERSONAL_TYPES:
            return FontRole.PERSONAL
        return FontRole.PERSONAL if self._shelf.missing(wanted, text) else wanted

    def _tell_fit(self, name: str, variable: Variable, fit: Fit, fitted: Fitted) -> None:
        if not fitted.fits:
            self._tell(
                name, FindingKind.OVERFLOW, f"{variable.label}: {fit.min_pt:g}pt まで縮めても枠に入りません"
            )
        elif len(fitted.lines) > 1:
            size = f"、{fitted.size_pt:g}pt" if fitted.size_pt < fit.size_pt else ""
            self._tell(name, FindingKind.WRAPPED, f"{variable.label}: {len(fitted.lines)}行に折り返し{size}")
        elif fitted.size_pt < fit.size_pt - 0.01:
            self._tell(name, FindingKind.SHRUNK, f"{variable.label}: {fitted.size_pt:g}pt に縮小")

    def _tell(self, field: str, kind: FindingKind, detail: str) -> None:
        finding = Finding(self._form, field, kind, detail)
        # A date has several boxes and a name may stand twice on a page; one word on it is enough.
        if finding not in self.findings:
            self.findings.append(finding)

    def _place_mark(self, element: ChoiceMark, page: Page) -> Iterator[Placed]:
        variable = self._catalog.variables[element.variable]
        value = self._value(element.variable, element.row)
        name = self._name(element.variable, element.row)
        if value is None or self._leaves_blank(name, variable):
            return
        if element.facet == "era":
            dated = isinstance(value, BirthDate | dt.date)
            chosen = dated and wording(variable, value, "era") == element.option
        elif element.facet == COUNTED:
            chosen = isinstance(value, int) and value > 0
        elif isinstance(value, tuple):
            chosen = element.option in value
        elif isinstance(value, Sex):
            chosen = str(int(value)) == element.option
            if not _has_place(page, element, value):
                told = f"{variable.label}: 「{value.label}」の欄がないため、どこにも印を付けません"
                self._tell(name, FindingKind.MISSING, told)
        else:
            chosen = value == element.option
        if chosen:
            yield PlacedMark(element.box, element.shape, name)

    def _place_comb(self, element: CombBox) -> Iterator[Placed]:
        variable = self._catalog.variables[element.variable]
        value = self._value(element.variable, element.row)
        name = self._name(element.variable, element.row)
        if value is None or self._leaves_blank(name, variable):
            return
        units = _in_cells(clusters(wording(variable, value, element.facet)))
        if not units:
            self._tell(name, FindingKind.MISSING, f"{variable.label}: マスに書く文字がないため、空欄です")
            return
        role = self._role(variable, FontRole.TEXT, "".join(units))
        missing = self._shelf.missing(role, "".join(units))
        if missing:
            told = name_clusters(missing)
            self._tell(name, FindingKind.NO_GLYPH, f"{variable.label}: 字形がありません({told})")
            return
        if len(units) > len(element.boxes):
            self._tell(name, FindingKind.OVERFLOW, f"{variable.label}: {len(element.boxes)}マスに入りません")
            return
        boxes = element.boxes[-len(units) :] if element.align_right else element.boxes
        for unit, box in zip(units, boxes, strict=False):
            yield PlacedText(box, (unit,), role, COMB_PT, "center", name)


def _words(variable: Variable, value: Value, facet: str) -> str:
    """The value in words; an amount of money with its commas, which cells of one digit do without."""
    if variable.type is ValueType.YEN and isinstance(value, int):
        return f"{value:,}"
    return wording(variable, value, facet)


def _in_cells(units: list[str]) -> list[str]:
    """What is written into cells: a number without the signs that part it, anything else as it is."""
    rest = [unit for unit in units if unit not in _PARTING]
    is_number = all(unit.isdecimal() or unit.isascii() for unit in rest)
    return rest if is_number else units


def _has_place(page: Page, mark: ChoiceMark, sex: Sex) -> bool:
    """Whether the page shows this sex: as one of its marks, or in words."""
    places = [e for e in page.elements if isinstance(e, FieldBox | ChoiceMark)]
    return any(
        isinstance(place, FieldBox) or place.option == str(int(sex))
        for place in places
        if (place.variable, place.row) == (mark.variable, mark.row)
    )
