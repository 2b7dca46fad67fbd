"""A picture from a card on the screen 顔写真・字形: kept as long as the case, and in this widget only."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPixmap
from PySide6.QtWidgets import QLabel, QWidget

_SMOOTH = Qt.TransformationMode.SmoothTransformation
_CRISP = Qt.TransformationMode.FastTransformation
_TIMES_MAX = 2
_WHITE = b"\xff"
_KEEP = Qt.AspectRatioMode.KeepAspectRatio


class PictureBox(QLabel):
    """Shows PNG bytes as large as fits, never larger than `room`.

    Glyphs (`is_glyphs`) lose their white margins; small pictures are enlarged by whole numbers, so that no
    stroke is smeared.
    """

    def __init__(
        self, name: str, room: QSize, *, is_glyphs: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("PictureBox")
        self._room = room
        self._is_glyphs = is_glyphs
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setAccessibleName(name)
        self.hide()

    @property
    def is_empty(self) -> bool:
        """Whether no picture is kept here."""
        return self.pixmap().isNull()

    def show_picture(self, png: bytes | None) -> None:
        """Show these bytes, or nothing; what was shown before is gone."""
        self.clear()
        image = QImage()
        if not png or not image.loadFromData(png, "PNG"):
            self.hide()
            return
        if self._is_glyphs:
            image = image.copy(_inked(image))
        times = min(self._room.width() // image.width(), self._room.height() // image.height(), _TIMES_MAX)
        if times >= 1:
            shown = image.scaled(image.size() * times, _KEEP, _CRISP)
        else:
            shown = image.convertToFormat(QImage.Format.Format_RGB32).scaled(self._room, _KEEP, _SMOOTH)
        self.setPixmap(QPixmap.fromImage(shown))
        self.setFixedSize(shown.size() + QSize(6, 6))
        self.show()


def _inked(image: QImage) -> QRect:
    """The part of a picture that is not white, or all of it when nothing is."""
    grey = image.convertToFormat(QImage.Format.Format_Grayscale8)
    data, width, step = bytes(grey.constBits()), grey.width(), grey.bytesPerLine()
    lines = [data[row * step : row * step + width] for row in range(grey.height())]
    inked = [row for row, line in enumerate(lines) if line.strip(_WHITE)]
    if not inked:
        return image.rect()
    left = min(width - len(lines[row].lstrip(_WHITE)) for row in inked)
    right = max(len(lines[row].rstrip(_WHITE)) for row in inked)
    return QRect(left, inked[0], right - left, inked[-1] - inked[0] + 1)
