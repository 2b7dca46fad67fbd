"""The forms that will come out, in words: numbers, a few with titles, and pages once they are filled."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from kakanai.forms.catalog import FormCatalog
from kakanai.forms.filled import FilledForm

_FEW_FORMS = 4
"""So many forms are told with their titles; more with their numbers alone."""


def _tr(text: str) -> str:
    return QCoreApplication.translate("FormsTold", text)


def forms_told(catalog: FormCatalog, forms: Sequence[str], filled: Sequence[FilledForm]) -> tuple[str, str]:
    """One line for all forms, and a hint with a line for each."""
    pages = {form.template.id: len(form.pages) for form in filled}
    is_few = len(forms) <= _FEW_FORMS
    told = [_form_words(catalog, form, pages.get(form), with_title=is_few) for form in forms]
    total = sum(pages.get(form, 0) for form in forms)
    words = _tr("{count}様式 {pages}枚　{forms}").format(
        count=len(forms), pages=total or "－", forms="、".join(told)
    )
    return words, "\n".join(_form_words(catalog, form, pages.get(form), with_title=True) for form in forms)


def _form_words(catalog: FormCatalog, form: str, pages: int | None, *, with_title: bool) -> str:
    title = catalog.templates[form].title if with_title else ""
    count = _tr("{pages}枚").format(pages=pages) if pages else ""
    return " ".join(part for part in (form, title, count) if part)
