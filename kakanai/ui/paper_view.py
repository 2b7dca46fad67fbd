"""The live paper: one page as it will print, with the boxes of the present question lit on it."""

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QRectF, QSize, Signal
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtPdf import QPdfDocument
from PySide6.QtWidgets import QSizePolicy, QWidget

from kakanai.forms.filled import FilledForm
from kakanai.forms.template import Box, ChoiceMark, CombBox, FieldBox
from kakanai.forms.template_checks import element_boxes
from kakanai.ui.theme import Theme

_MARGIN = 8


class PaperView(QWidget):
    """Draws one page of a PDF held in memory; no file is ever written.

    Signals:
        box_pressed(field name): the clerk pressed a box on the paper (`member.name[2]`).
    """

    box_pressed = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("PaperCanvas")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("紙面"))
        self._document = QPdfDocument(self)
        self._buffer = QBuffer(self)
        self._form: FilledForm | None = None
        self._page = 0
        self._image = QImage()
        self._lit: frozenset[str] = frozenset()
        self._is_large = False

    def sizeHint(self) -> QSize:
        """As much as there is."""
        return QSize(400, 560)

    # --- what is shown ------------------------------------------------------------------

    def show_pdf(self, form: FilledForm, pdf: bytes, page: int) -> None:
        """Show a page of a freshly drawn form."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray(pdf))
        self._buffer.open(QIODevice.OpenModeFlag.ReadOnly)
        self._document.load(self._buffer)
        self._form = form
        self.show_page(page)

    def show_page(self, page: int) -> None:
        """Show another page of the same form."""
        self._page = page
        self._image = QImage()
        self._fit_height()
        self.update()

    def show_nothing(self) -> None:
        """Forget the paper."""
        self._document.close()
        self._buffer.close()
        self._buffer.setData(QByteArray())
        self._form = None
        self._image = QImage()
        self.update()

    @property
    def is_empty(self) -> bool:
        """Whether no page is shown."""
        return self._document.pageCount() < 1

    @property
    def is_waiting(self) -> bool:
        """Whether the page is still to be painted."""
        return self._image.isNull()

    def light(self, variables: frozenset[str]) -> None:
        """Light the boxes of these variables or field names (`member.name[2]`) and no others."""
        if variables != self._lit:
            self._lit = variables
            self.update()

    def set_large(self, is_large: bool) -> None:
        """Fill the width and scroll, or show the whole page."""
        self._is_large = is_large
        self._fit_height()
        self._image = QImage()
        self.update()

    def lit_boxes(self) -> list[Box]:
        """The boxes of the lit variables on the page shown, mm."""
        return [box for box, variable, name in self._boxes() if self._lit & {variable, name}]

    def _fit_height(self) -> None:
        height = 0
        if self._is_large and self._form is not None:
            width_mm, height_mm = self._form.template.size_mm
            height = round((self.width() - 2 * _MARGIN) * height_mm / width_mm) + 2 * _MARGIN
        self.setMinimumHeight(height)

    # --- geometry -----------------------------------------------------------------------

    def _scale(self) -> float:
        """Pixels per mm."""
        if self._form is None:
            return 1.0
        width, height = self._form.template.size_mm
        across = (self.width() - 2 * _MARGIN) / width
        return across if self._is_large else min(across, (self.height() - 2 * _MARGIN) / height)

    def _sheet(self) -> QRectF:
        """The page on the widget, in pixels."""
        if self._form is None:
            return QRectF()
        width, height = self._form.template.size_mm
        scale = self._scale()
        left = (self.width() - width * scale) / 2
        return QRectF(round(left), _MARGIN, round(width * scale), round(height * scale))

    def _boxes(self) -> list[tuple[Box, str, str]]:
        if self._form is None or self._page >= len(self._form.pages):
            return []
        found: list[tuple[Box, str, str]] = []
        page = self._form.pages[self._page]
        for element in page.elements:
            if isinstance(element, FieldBox | ChoiceMark | CombBox):
                name = page.name_of(element)
                found += [(box, element.variable, name) for box in element_boxes(element)]
        return found

    def _on_widget(self, box: Box) -> QRectF:
        sheet, scale = self._sheet(), self._scale()
        return QRectF(sheet.x() + box.x * scale, sheet.y() + box.y * scale, box.w * scale, box.h * scale)

    # --- events -------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the page again."""
        self._image = QImage()
        self._fit_height()
        super().resizeEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Tell which box was pressed; the smallest box under the pointer wins."""
        hits = [
            (box.w * box.h, name)
            for box, _variable, name in self._boxes()
            if self._on_widget(box).adjusted(-2, -2, 2, 2).contains(event.position())
        ]
        if hits:
            self.box_pressed.emit(min(hits)[1])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw sheet, page and light."""
        if self._form is None:
            return
        painter = QPainter(self)
        sheet = self._sheet()
        painter.fillRect(sheet, self._theme.color("paper"))  # paper is white in every theme
        painter.drawImage(sheet, self._page_image(sheet))
        painter.setPen(QPen(self._theme.color("paper_edge"), 1))
        painter.drawRect(sheet)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        light = QColor(self._theme.color("lit"))
        light.setAlphaF(0.35)
        painter.setPen(QPen(self._theme.color("paper_mark"), 2))
        painter.setBrush(light)
        for box in self.lit_boxes():
            painter.drawRoundedRect(self._on_widget(box).adjusted(-1, -1, 1, 1), 2, 2)
        painter.end()

    def _page_image(self, sheet: QRectF) -> QImage:
        if self._image.isNull() and self._page < self._document.pageCount():
            ratio = self.devicePixelRatioF()
            size = QSize(round(sheet.width() * ratio), round(sheet.height() * ratio))
            self._image = self._document.render(self._page, size)
        return self._image
