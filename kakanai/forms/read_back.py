"""The paper is the truth 読み戻し: a finished PDF is read again and compared with what was meant.

Every value must stand in its box, code point for code point, in the glyph that its font has for it; every
word of the template must be there, and nothing else may be. What is compared comes from the PDF's bytes and
the font files alone: nothing here was told by what drew it.
"""

from typing import TYPE_CHECKING, NoReturn

from kakanai.forms.errors import PaperMismatchError
from kakanai.forms.filled import FilledForm, FilledPage
from kakanai.forms.glyph_proof import GlyphProof
from kakanai.forms.page_comparison import FORM_ITSELF, MismatchError, PageComparison
from kakanai.forms.render import qr_text
from kakanai.forms.template_words import WordMemory
from kakanai.forms.underlay import UNDERLAY

if TYPE_CHECKING:
    from kakanai.forms.finished_pdf import FinishedPage

_OFF_PT = 0.3
_MEMORY = WordMemory()


def verify_pdf(pdf: bytes, form: FilledForm, *, watermark: str = "") -> None:
    """Nothing when the PDF says exactly what the form means; for paper, not for previews.

    Raises:
        PaperMismatchError: it does not, or cannot be read; it must not be printed.
    """
    paper = _Paper(form, watermark)
    try:
        paper.compare(pdf)
    except MismatchError as error:
        _refuse(form, paper.page, error.field, error.what)
    except Exception:  # noqa: BLE001
        # A PDF that cannot be read back cannot be trusted, whatever a library says; it may quote text.
        _refuse(form, paper.page, FORM_ITSELF, "unreadable")


def _refuse(form: FilledForm, page: int, field: str, what: str) -> NoReturn:
    raise PaperMismatchError(form=form.template.id, page=page, field=field, what=what) from None


class _Paper:
    def __init__(self, form: FilledForm, watermark: str) -> None:
        self._form = form
        self._watermark = watermark
        self._proof = GlyphProof()
        self.page = 1

    def compare(self, pdf: bytes) -> None:
        # Here, since the window and most verbs begin without the library that it needs.
        from kakanai.forms.finished_pdf import FinishedPdf

        finished = FinishedPdf(pdf)
        if finished.is_active:
            raise MismatchError("extra")
        if len(finished) != len(self._form.pages):
            raise MismatchError("pages")
        for page, meant in zip(finished.pages(), self._form.pages, strict=True):
            self._compare_page(page, meant)
            self.page += 1

    def _compare_page(self, page: "FinishedPage", meant: FilledPage) -> None:
        wanted = [side * 72 / 25.4 for side in self._form.template.size_mm]
        off = [abs(side - ought) for side, ought in zip((page.width, page.height), wanted, strict=True)]
        if max(off) > _OFF_PT or not page.is_plain:
            raise MismatchError("size")
        known = _MEMORY.recall(meant.elements, self._watermark)
        if known is not None and not known.begins(page.content, page.fonts, self._proof):
            known = None
        comparison = PageComparison(page, meant, self._proof, known)
        if self._form.background is not None and meant.background is not None:
            comparison.take_underlay(UNDERLAY)
        if known is None:
            words = comparison.take_words(self._watermark, own=not self._form.values_only)
            if words is not None:
                _MEMORY.remember(words, self._watermark)
        comparison.take_values(
            lambda box: qr_text(self._form, meant.number, meant.count, box, meant.paper_number)
        )
        comparison.finish()
