"""Fill a template: facts in, pages of placed values and findings out. Draws nothing."""

from collections.abc import Mapping

from kakanai.forms.filled import FilledForm, FilledPage, Finding
from kakanai.forms.fonts import FontShelf
from kakanai.forms.page_filler import PageFiller
from kakanai.forms.template import FormTemplate
from kakanai.identity.my_number import MyNumber
from kakanai.reception.answers import Value
from kakanai.reception.facts import Facts
from kakanai.reception.variables import VariableCatalog


class Filler:
    """Fills templates, measuring with the fonts that will draw them."""

    def __init__(self, shelf: FontShelf, catalog: VariableCatalog) -> None:
        self._shelf = shelf
        self._catalog = catalog

    def fill(
        self,
        template: FormTemplate,
        case_number: str,
        facts: Facts,
        my_numbers: Mapping[str, MyNumber],
        left_blank: frozenset[str] = frozenset(),
    ) -> FilledForm:
        """The template filled for a case. A copy of a page is made for every `capacity` people of its list.

        `left_blank` are field names the clerk decided to leave for handwriting. A form without a box for
        個人番号 never gets to see `my_numbers`.

        Raises:
            FontMissingError, FontUnusableError: nothing can be measured, so nothing is filled.
        """
        numbers = my_numbers if template.carries_my_number else {}
        copies = [
            (page, start)
            for page in template.pages
            if page.wanted(facts.values)
            for start in range(0, max(len(facts.rows.get(page.list_name, ())), 1), page.capacity or 10**6)
        ]
        pages: list[FilledPage] = []
        findings: list[Finding] = []
        for index, (page, start) in enumerate(copies):
            marks: dict[str, Value] = {
                "form.mark": f"{template.id}　第{template.version}版",
                "page.number": f"{index + 1}/{len(copies)}",
                "case.number": case_number,
            }
            filler = PageFiller(self._shelf, self._catalog, template.id, facts, marks, start, left_blank)
            pages.append(FilledPage(page.elements, filler.place(page, numbers)))
            # A page made again for more people repeats the boxes of the first copy; tell each finding once.
            findings += [finding for finding in filler.findings if finding not in findings]
        return FilledForm(template, case_number, tuple(pages), tuple(findings))
