"""Fill a template: facts in, pages of placed values and findings out. Draws nothing."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from kakanai.cardreader.text_picture import TextPicture
from kakanai.forms.filled import FilledForm, FilledPage, Finding
from kakanai.forms.fonts import FontShelf
from kakanai.forms.page_filler import PageFiller
from kakanai.forms.template import FormTemplate, Page, QrBox
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from kakanai.reception.variables import VariableCatalog
from kakanai.settings.town import Section

COPY_WORDS = "控　え"
_NOWHERE = 10**6
_NO_PICTURES: Mapping[str, TextPicture] = MappingProxyType({})


class Filler:
    """Fills templates, measuring with the fonts that will draw them; without `qr` pages bear no QR code.

    `section` gives the section 課 of a template by its key, for the boxes `section.name` and so on.
    """

    def __init__(
        self,
        shelf: FontShelf,
        catalog: VariableCatalog,
        *,
        qr: bool = True,
        section: Callable[[str], Section] | None = None,
    ) -> None:
        self._shelf = shelf
        self._catalog = catalog
        self._qr = qr
        self._section = section

    def fill(
        self,
        template: FormTemplate,
        case_number: str,
        facts: Facts,
        my_numbers: Mapping[str, MyNumber],
        left_blank: frozenset[str] = frozenset(),
        pictures: Mapping[str, TextPicture] = _NO_PICTURES,
    ) -> FilledForm:
        """The template filled for a case: everybody of every list on some sheet, then the copy 控え.

        `left_blank` are field names the clerk decided to leave for handwriting, `pictures` those whose
        value is printed as the chip's own picture where the font lacks a glyph of it. A form without a box
        for 個人番号 never gets to see `my_numbers`.

        Raises:
            FontMissingError, FontUnusableError: nothing can be measured, so nothing is filled.
        """
        try:
            numbers = my_numbers if template.carries_my_number else {}
            return self._filled(template, case_number, facts, numbers, left_blank, pictures)
        finally:
            self._shelf.forget_asked()

    def _filled(
        self,
        template: FormTemplate,
        case_number: str,
        facts: Facts,
        numbers: Mapping[str, MyNumber],
        left_blank: frozenset[str],
        pictures: Mapping[str, TextPicture],
    ) -> FilledForm:
        pages: list[FilledPage] = []
        findings: list[Finding] = []
        for copy in (False, True):
            sheets = _sheets(template.copy_pages if copy else template.pages, facts)
            for index, (page, starts) in enumerate(sheets):
                marks: dict[str, Value] = {
                    "form.mark": f"{template.id}　第{template.version}版",
                    "page.number": f"{index + 1}/{len(sheets)}",
                    "case.number": case_number,
                }
                if self._section:
                    marks |= _section_marks(self._section(template.section))
                if copy:
                    marks["copy.mark"] = COPY_WORDS
                filler = PageFiller(
                    self._shelf,
                    self._catalog,
                    template.id,
                    facts,
                    marks,
                    starts,
                    left_blank,
                    pictures,
                    copy=copy,
                )
                placed = filler.place(page, {} if copy else numbers)
                elements = tuple(e for e in page.elements if self._qr or not isinstance(e, QrBox))
                number, count = index + 1, len(sheets)
                pages.append(
                    FilledPage(elements, placed, number, count, copy, page.background, starts, facts.entries)
                )
                # A page made again for more people repeats the boxes of the first; tell each finding once.
                findings += [finding for finding in filler.findings if finding not in findings]
        return FilledForm(template, case_number, tuple(pages), tuple(findings))


def _section_marks(section: Section) -> dict[str, str]:
    contact = section.name
    contact += f"（{section.place}）" if section.place else ""
    contact += f"　電話 {section.phone}" if section.phone else ""
    return {
        "section.name": section.name,
        "section.place": section.place,
        "section.phone": section.phone,
        "section.contact": contact,
    }


def _sheets(pages: Sequence[Page], facts: Facts) -> list[tuple[Page, Mapping[str, int]]]:
    """The sheets of paper in order, each with the first entry of each list that it bears. Nobody is dropped.

    A list that has a continuation sheet 続紙 goes on there; a page with any other list is printed again.
    """
    wanted = [page for page in pages if page.wanted(facts.values)]
    continued = {page.continues: page for page in wanted if page.continues}
    sheets: list[tuple[Page, Mapping[str, int]]] = []
    for page in wanted:
        if page.continues:
            name, people = page.continues, len(facts.rows.get(page.continues, ()))
            # Two pages may both begin the list; whoever is not on each of them goes on here.
            before = min((p.lists[name] for p in wanted if name in p.lists and not p.continues), default=0)
            sheets += [(page, {name: start}) for start in range(before, people, page.lists[name])]
            continue
        again = [name for name in page.lists if name not in continued]
        copies = max((-(-len(facts.rows.get(name, ())) // page.lists[name]) for name in again), default=1)
        for copy in range(max(copies, 1)):
            starts = {
                # A list that goes on elsewhere stands on the first copy alone.
                name: copy * page.lists[name] if name in again or not copy else _NOWHERE
                for name in page.lists
            }
            sheets.append((page, starts))
    return sheets
