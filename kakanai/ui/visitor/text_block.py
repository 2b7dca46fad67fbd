"""A block of text that draws itself: any language, with ruby above, as high as its width makes it."""

from dataclasses import dataclass

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QSizePolicy, QWidget

from kakanai.ui.visitor.ruby import GAP, Segment, Word, has_ruby, parse_ruby, without_ruby

_RUBY_SHARE = 0.5
"""Ruby is half as large as what it stands above (JIS X 4051, given)."""
_GAP_SHARE = 0.5
_LEADING = 1.35
_ALONG = QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere


@dataclass(frozen=True, repr=False)
class _Placed:
    """A segment at the left end of its base line."""

    segment: Segment
    x: float
    y: float
    width: float


class TextBlock(QWidget):
    """Draws its own text, since the window's style sheet knows neither ruby nor the fonts of languages."""

    def __init__(self, parent: QWidget | None = None, *, centred: bool = False) -> None:
        super().__init__(parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._font = QFont()
        self._color = QColor()
        self._centred = centred
        self._text = ""
        self._words: list[Word] = []

    # --- what it shows ------------------------------------------------------------------

    def dress(self, font: QFont, color: str) -> None:
        """Draw with this font and colour from now on."""
        self._font, self._color = QFont(font), QColor(color)
        self.updateGeometry()
        self.update()

    def show_text(self, text: str) -> None:
        """Show a text that may have ruby in its spelling (see ruby.py)."""
        self._words = parse_ruby(text) if has_ruby(text) else []
        self._text = without_ruby(text).replace(GAP, " ")
        self._renew()

    def show_plain(self, text: str) -> None:
        """Show a text code point for code point."""
        self._text, self._words = text, []
        self._renew()

    def show_words(self, plain: str, words: list[Word]) -> None:
        """Show words with what stands above them; `plain` is for screen readers."""
        self._text = plain
        self._words = words if any(segment.ruby for word in words for segment in word) else []
        self._renew()

    @property
    def text(self) -> str:
        """What it shows, without ruby."""
        return self._text

    def clear(self) -> None:
        """Forget the text."""
        self.show_plain("")

    def _renew(self) -> None:
        self.setAccessibleName(self._text)
        self.updateGeometry()
        self.update()

    # --- how large it is ----------------------------------------------------------------

    def hasHeightForWidth(self) -> bool:
        """See QWidget."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QWidget."""
        if not self._text:
            return 0
        if self._words:
            return int(self._place(width)[1]) + 1
        layout, height = self._flow(width)
        del layout
        return int(height) + 1

    def sizeHint(self) -> QSize:
        """As wide as the text on one line, within reason."""
        width = int(QFontMetricsF(self._font).horizontalAdvance(self._text)) + 2
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """One line of a few letters."""
        return QSize(0, int(self._line_height()) if self._text else 0)

    def _line_height(self) -> float:
        return QFontMetricsF(self._font).lineSpacing()

    # --- drawing ------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw from the top."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
        painter.setPen(self._color)
        if self._words:
            self._paint_words(painter)
        elif self._text:
            layout, height = self._flow(self.width())
            layout.draw(painter, QPointF(0, max(0.0, (self.height() - height) / 2)))
        painter.end()

    def _flow(self, width: int) -> tuple[QTextLayout, float]:
        """The text in lines, and their height."""
        layout = QTextLayout(self._text.replace("\n", "\u2028"), self._font)
        option = QTextOption(Qt.AlignmentFlag.AlignHCenter if self._centred else Qt.AlignmentFlag.AlignLeft)
        option.setWrapMode(_ALONG)
        layout.setTextOption(option)
        layout.beginLayout()
        y = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            height = max(line.height(), self._font_height() * _LEADING)
            line.setPosition(QPointF(0, y + (height - line.height()) / 2))
            y += height
        layout.endLayout()
        return layout, y

    def _font_height(self) -> float:
        size = self._font.pixelSize()
        return float(size) if size > 0 else self._font.pointSizeF() * self.logicalDpiY() / 72

    def _ruby_font(self) -> QFont:
        font = QFont(self._font)
        if font.pixelSize() > 0:
            font.setPixelSize(max(1, int(font.pixelSize() * _RUBY_SHARE)))
        else:
            font.setPointSizeF(font.pointSizeF() * _RUBY_SHARE)
        return font

    def _place(self, width: int) -> tuple[list[list[_Placed]], float]:
        """The words in lines, each segment with its place, and their height."""
        base, above = QFontMetricsF(self._font), QFontMetricsF(self._ruby_font())
        line_height = above.height() + base.height() * 1.05
        gap = base.horizontalAdvance("　") * _GAP_SHARE
        lines: list[list[_Placed]] = [[]]
        x = 0.0
        for word in self._words:
            if not word:
                lines.append([])
                x = 0.0
                continue
            segments = [(one, self._width_of(one, base, above)) for one in word]
            total = sum(wide for _one, wide in segments)
            if x and x + gap + total > width:
                lines.append([])
                x = 0.0
            elif x:
                x += gap
            for segment, wide in self._broken(segments, width, base, above):
                if x and x + wide > width:
                    lines.append([])
                    x = 0.0
                y = (len(lines) - 1) * line_height + above.height() + base.ascent()
                lines[-1].append(_Placed(segment, x, y, wide))
                x += wide
        return lines, len(lines) * line_height

    @staticmethod
    def _width_of(segment: Segment, base: QFontMetricsF, above: QFontMetricsF) -> float:
        return max(base.horizontalAdvance(segment.base), above.horizontalAdvance(segment.ruby))

    def _broken(
        self, segments: list[tuple[Segment, float]], width: int, base: QFontMetricsF, above: QFontMetricsF
    ) -> list[tuple[Segment, float]]:
        """Segments of which none without ruby is wider than the line."""
        found: list[tuple[Segment, float]] = []
        for segment, wide in segments:
            if wide <= width or segment.ruby:
                found.append((segment, wide))
                continue
            found += [(Segment(letter), base.horizontalAdvance(letter)) for letter in segment.base]
        return found

    def _paint_words(self, painter: QPainter) -> None:
        lines, height = self._place(self.width())
        down = max(0.0, (self.height() - height) / 2)
        base, ruby_font = QFontMetricsF(self._font), self._ruby_font()
        above = QFontMetricsF(ruby_font)
        for line in lines:
            end = line[-1].x + line[-1].width if line else 0.0
            shift = max(0.0, (self.width() - end) / 2) if self._centred else 0.0
            for placed in line:
                painter.setFont(self._font)
                wide = base.horizontalAdvance(placed.segment.base)
                x = placed.x + shift
                painter.drawText(QPointF(x + (placed.width - wide) / 2, placed.y + down), placed.segment.base)
                if placed.segment.ruby:
                    painter.setFont(ruby_font)
                    wide = above.horizontalAdvance(placed.segment.ruby)
                    at = QPointF(
                        x + (placed.width - wide) / 2, placed.y + down - base.ascent() - above.descent()
                    )
                    painter.drawText(at, placed.segment.ruby)

    def shows_all(self) -> bool:
        """Whether nothing of the text is cut off at the present size."""
        needed = self.heightForWidth(self.width())
        widest = self._widest_ruby()
        return needed <= self.height() + 1 and widest <= self.width()

    def _widest_ruby(self) -> float:
        base, above = QFontMetricsF(self._font), QFontMetricsF(self._ruby_font())
        return max(
            (self._width_of(one, base, above) for word in self._words for one in word if one.ruby),
            default=0.0,
        )
