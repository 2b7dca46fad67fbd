"""Draw a filled form: the only file that makes PDF bytes. All or nothing, in memory, no temporary file."""

import io
from collections import OrderedDict

from reportlab import rl_config
from reportlab.pdfgen.canvas import Canvas

from kakanai.errors import KakanaiError
from kakanai.forms.errors import FindingsOpenError, RenderError
from kakanai.forms.filled import FilledForm, FilledPage
from kakanai.forms.fonts import ONE_DOCUMENT, PAPER_ROLES, FontShelf
from kakanai.forms.pen import Pen
from kakanai.forms.reading_order import PageReading, add_structure
from kakanai.forms.template import FormTemplate, QrBox
from kakanai.forms.template_ink import TemplateInk, document, ink_page, new_canvas
from kakanai.forms.underlay import lay_under

SAMPLE_WATERMARK = "見本"

_TEMPLATES_KEPT = 64
"""How many templates' ink is kept: all of ours, and a town's."""

# Pages as they come from zlib; to write them as ASCII makes them a quarter larger and takes its time.
rl_config.useA85 = 0


class Renderer:
    """Draws filled forms with the fonts of a shelf."""

    def __init__(self, shelf: FontShelf) -> None:
        self._shelf = shelf
        self._inks: OrderedDict[int, tuple[FormTemplate, TemplateInk]] = OrderedDict()

    def render(self, form: FilledForm, *, preview: bool = False, watermark: str = "") -> bytes:
        """The form as PDF bytes; equal input gives equal bytes.

        A `preview` may show a form whose findings are still open (their boxes are empty) and never shows
        個人番号 digits; paper may not and does. `watermark` is drawn light across each page (training).

        Raises:
            FindingsOpenError: findings stop printing; nothing is drawn.
            RenderError: ReportLab failed; nothing of the form exists.
        """
        if form.stopping and not preview:
            raise FindingsOpenError(count=len(form.stopping))
        try:
            with ONE_DOCUMENT:
                return self._draw(form, preview=preview, watermark=watermark)
        except KakanaiError:
            raise
        except Exception as error:  # noqa: BLE001
            # Whatever ReportLab trips over, half a PDF must not reach paper; its message may quote text.
            raise RenderError(form=form.template.id) from _without_text(error)

    def _draw(self, form: FilledForm, *, preview: bool, watermark: str) -> bytes:
        self._shelf.load_all()
        ink = self._ink(form.template)
        out = io.BytesIO()
        canvas = new_canvas(out, form.template, self._shelf)
        canvas.setTitle(f"{form.template.id} {form.template.title}")
        canvas.setAuthor("kakanai")
        canvas.setSubject(form.case_number)
        canvas.setCreator("kakanai")
        canvas.setViewerPreference("DisplayDocTitle", "true")
        try:
            ink.begin(canvas)
            readings = []
            for page in form.pages:
                readings.append(
                    self._draw_page(canvas, form, page, ink, preview=preview, watermark=watermark)
                )
                canvas.showPage()
            add_structure(document(canvas), readings)
            canvas.save()
        finally:
            for role in PAPER_ROLES:
                self._shelf.font(role).forget()
        return lay_under(out.getvalue(), form)

    def _ink(self, template: FormTemplate) -> TemplateInk:
        """What the template has of its own on paper, drawn when it is first printed."""
        known = self._inks.get(id(template))
        if known is None:
            known = self._inks[id(template)] = (template, TemplateInk(template, self._shelf))
            if len(self._inks) > _TEMPLATES_KEPT:
                self._inks.popitem(last=False)
        self._inks.move_to_end(id(template))
        return known[1]

    def _draw_page(
        self,
        canvas: Canvas,
        form: FilledForm,
        page: FilledPage,
        template_ink: TemplateInk,
        *,
        preview: bool,
        watermark: str,
    ) -> PageReading:
        width, height = form.template.size_mm
        if watermark:
            Pen(canvas, height, self._shelf, PageReading({})).watermark(watermark, width)
        ink = template_ink.page(page.elements)
        if ink is None:
            # A page of a proof, which has lines and words that are not the template's.
            ink = ink_page(canvas, form.template, self._shelf, page.elements)
        else:
            template_ink.lay(canvas, ink)
        reading = PageReading(ink.places, ink.heard)
        pen = Pen(canvas, height, self._shelf, reading)
        for element in page.elements:
            if isinstance(element, QrBox):
                words = qr_text(form, page.number, page.count, element, page.paper_number)
                pen.qr(element, words)
        for placed in page.placed:
            pen.value(placed, masked=preview)
        return reading


def qr_text(form: FilledForm, page: int, pages: int, box: QrBox | None = None, paper_number: str = "") -> str:
    """What a page's QR code says: reception number, form and template version, page. Nothing personal.

    A `box` for the number only says no more than that. `paper_number` stands in place of the reception
    number on a page that has one of its own (FilledPage).
    """
    number = paper_number or form.case_number
    if box is not None and box.number_only:
        return number
    return f"{number}/{form.template.id}/{form.template.version}/{page}-{pages}"


def _without_text(error: Exception) -> Exception:
    """A stand-in that names the kind of failure without its message, which could quote a name."""
    return RuntimeError(type(error).__name__)
