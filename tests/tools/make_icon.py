"""Writes resources/icon/kakanai.png and kakanai.ico from kakanai.svg: python -m tests.tools.make_icon"""

import io
import os
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PIL import Image
from PySide6.QtCore import QBuffer, QByteArray, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "icon"
SIZES = (16, 24, 32, 48, 64, 128, 256)
LARGE = 256


def drawn(size: int) -> Image.Image:
    """The icon in so many pixels."""
    canvas = QImage(size, size, QImage.Format.Format_ARGB32)
    canvas.fill(0)
    painter = QPainter(canvas)
    QSvgRenderer(str(FOLDER / "kakanai.svg")).render(painter)
    painter.end()
    data = QByteArray()
    buffer = QBuffer(data)
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    canvas.save(buffer, "PNG")
    return Image.open(io.BytesIO(data.data())).convert("RGBA")


def main() -> None:
    drawn(LARGE).save(FOLDER / "kakanai.png", optimize=True)
    pictures = [drawn(size) for size in SIZES]
    pictures[-1].save(
        FOLDER / "kakanai.ico", sizes=[(size, size) for size in SIZES], append_images=pictures[:-1]
    )


if __name__ == "__main__":
    main()
