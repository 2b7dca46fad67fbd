"""Small drawings of cards: which number is meant, and where on the card it is printed. No bitmap."""

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from kakanai.ui.theme import Theme

_WIDTH, _HEIGHT = 400, 190
_CARD_WIDTH = 300  # of the drawings that are one card
_LEFT, _CENTRE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignCenter
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class Drawing(StrEnum):
    """What is drawn."""

    PIN_SLIP = "pin_slip"
    COLLATION = "collation"
    LICENCE_PIN1 = "licence_pin1"
    LICENCE_PIN2 = "licence_pin2"
    CARD_NUMBER = "card_number"


class CardDrawing(QWidget):
    """One drawing, with the same in words for screen readers.

    Source: where things are printed is observed on published sample cards (総務省, 警察庁, 入管庁); the
    セキュリティコード below the photo is also in soltia48/myna-card.
    """

    def __init__(self, theme: Theme, drawing: Drawing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._is_left_away = False
        self._paint: dict[Drawing, Callable[[QPainter], None]] = {
            Drawing.PIN_SLIP: self._paint_pin_slip,
            Drawing.COLLATION: self._paint_collation,
            Drawing.LICENCE_PIN1: self._paint_licence,
            Drawing.LICENCE_PIN2: self._paint_licence,
            Drawing.CARD_NUMBER: self._paint_card_number,
        }
        self.show_drawing(drawing)

    def show_drawing(self, drawing: Drawing) -> None:
        """Draw another one."""
        self._drawing = drawing
        is_card = drawing in (Drawing.COLLATION, Drawing.CARD_NUMBER)
        self._whole = QSize(_CARD_WIDTH if is_card else _WIDTH, _HEIGHT)
        self.setFixedSize(QSize(0, 0) if self._is_left_away else self._whole)
        self.setAccessibleName(
            {
                Drawing.PIN_SLIP: self.tr("カード交付のときの控えの、券面事項入力補助用の行にある数字4けた"),
                Drawing.COLLATION: self.tr("券面の生年月日、有効期限の年、写真の下のセキュリティコード4けた"),
                Drawing.LICENCE_PIN1: self.tr("免許証の交付のときに決めた2組の数字の、1組目"),
                Drawing.LICENCE_PIN2: self.tr("免許証の交付のときに決めた2組の数字の、2組目"),
                Drawing.CARD_NUMBER: self.tr("カードの右上に印字された12文字の番号"),
            }[drawing]
        )
        self.update()

    def set_left_away(self, *, is_left_away: bool) -> None:
        """Take no room, or the whole again."""
        self._is_left_away = is_left_away
        self.setFixedSize(QSize(0, 0) if is_left_away else self._whole)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint[self._drawing](painter)
        painter.end()

    # --- the drawings -------------------------------------------------------------------

    def _paint_pin_slip(self, painter: QPainter) -> None:
        self._sheet(painter, QRectF(1, 1, _WIDTH - 2, _HEIGHT - 2))
        self._text(painter, QRectF(14, 6, 370, 28), self.tr("交付のときに決めた暗証番号（控え）"), bold=True)
        rows = (
            (self.tr("署名用"), self.tr("英数字 6〜16文字"), False),
            (self.tr("利用者証明用"), self.tr("数字 4けた"), False),
            (self.tr("住民基本台帳用"), self.tr("数字 4けた"), False),
            (self.tr("券面事項入力補助用"), "□ □ □ □", True),
        )
        for number, (name, form, is_meant) in enumerate(rows):
            line = QRectF(12, 38 + number * 36, _WIDTH - 24, 33)
            if is_meant:
                self._light(painter, line)
            self._text(painter, line.adjusted(34, 0, -180, 0), name, bold=is_meant, is_soft=not is_meant)
            self._text(painter, line.adjusted(210, 0, -8, 0), form, bold=is_meant, is_soft=not is_meant)
            sign = "▶" if is_meant else "−"
            self._text(painter, line.adjusted(10, 0, -330, 0), sign, is_soft=not is_meant)

    def _paint_collation(self, painter: QPainter) -> None:
        card = QRectF(1, 1, _CARD_WIDTH - 2, _HEIGHT - 2)
        self._sheet(painter, card)
        self._bar(painter, QRectF(card.left() + 14, 16, 150, 9))
        self._bar(painter, QRectF(card.left() + 14, 34, 220, 9))
        self._face(painter, QRectF(card.left() + 14, 54, 72, 92))
        self._lit(painter, QRectF(card.left() + 14, 151, 72, 26), "③ 1234")
        self._lit(painter, QRectF(card.left() + 104, 60, 180, 28), self.tr("① 昭和55年 2月17日生"))
        self._lit(painter, QRectF(card.left() + 104, 98, 180, 28), self.tr("② 2035年 …まで有効"))
        self._bar(painter, QRectF(card.left() + 104, 142, 110, 9))
        self._bar(painter, QRectF(card.left() + 104, 160, 150, 9))

    def _paint_licence(self, painter: QPainter) -> None:
        card = QRectF(1, 1, 250, 158)
        self._sheet(painter, card)
        for top, width in ((16, 200), (34, 220), (60, 120), (78, 140), (96, 100), (124, 130)):
            self._bar(painter, QRectF(card.left() + 14, top, width, 9))
        self._face(painter, QRectF(card.right() - 86, 58, 70, 88))
        slip = QRectF(_WIDTH - 192, 64, 190, 124)
        self._sheet(painter, slip)
        self._text(painter, QRectF(slip.left() + 12, slip.top() + 6, 170, 26), self.tr("免許証の暗証番号"))
        for number, drawing in enumerate((Drawing.LICENCE_PIN1, Drawing.LICENCE_PIN2)):
            line = QRectF(slip.left() + 10, slip.top() + 36 + number * 42, 170, 36)
            is_meant = drawing is self._drawing
            if is_meant:
                self._light(painter, line)
            words = self.tr("{number}　□ □ □ □").format(number="①②"[number])
            self._text(painter, line.adjusted(12, 0, 0, 0), words, bold=is_meant, is_soft=not is_meant)

    def _paint_card_number(self, painter: QPainter) -> None:
        card = QRectF(1, 1, _CARD_WIDTH - 2, _HEIGHT - 2)
        self._sheet(painter, card)
        self._bar(painter, QRectF(card.left() + 14, 18, 96, 9))
        self._lit(painter, QRectF(card.right() - 172, 8, 162, 30), "AB12345678CD")
        for top, width in ((52, 150), (72, 120), (92, 180), (112, 140), (140, 170), (160, 110)):
            self._bar(painter, QRectF(card.left() + 14, top, width, 9))
        self._face(painter, QRectF(card.right() - 88, 56, 74, 96))

    # --- the parts ----------------------------------------------------------------------

    def _sheet(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self._theme.color("control_edge"), 1.5))
        painter.setBrush(self._theme.color("surface"))
        painter.drawRoundedRect(area, 10, 10)

    def _bar(self, painter: QPainter, area: QRectF) -> None:
        """Printed words that are not meant."""
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hairline"))
        painter.drawRoundedRect(area, 3, 3)

    def _face(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self._theme.color("control_edge"), 1))
        painter.setBrush(self._theme.color("surface_soft"))
        painter.drawRect(area)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color("hairline"))
        middle, radius = area.center().x(), area.width() * 0.22
        painter.drawEllipse(QPointF(middle, area.top() + area.height() * 0.38), radius, radius * 1.15)
        painter.save()
        painter.setClipRect(area.adjusted(1, 1, -1, -1))
        painter.drawEllipse(QPointF(middle, area.bottom() + 6), area.width() * 0.42, area.height() * 0.34)
        painter.restore()

    def _light(self, painter: QPainter, area: QRectF) -> None:
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.setBrush(self._theme.color("lit"))
        painter.drawRoundedRect(area, 4, 4)

    def _lit(self, painter: QPainter, area: QRectF, words: str) -> None:
        self._light(painter, area)
        self._text(painter, area, words, bold=True, align=_CENTRE)

    def _text(
        self, painter: QPainter, area: QRectF, words: str, *,
        bold: bool = False, is_soft: bool = False, align: Qt.AlignmentFlag = _LEFT,
    ) -> None:  # fmt: skip
        font = QFont(self.font())
        font.setPointSizeF(self._theme.pt("small"))
        font.setBold(bold)
        painter.setFont(font)
        ink: QColor = self._theme.color("ink_soft" if is_soft else "ink")
        painter.setPen(ink)
        painter.drawText(area, align | _MIDDLE, words)
