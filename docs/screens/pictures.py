"""Save what a window shows as small PNG files of 128 colours, one for each theme."""

import io
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QWidget

FOLDER = Path(__file__).resolve().parent
MANUAL = FOLDER.parent / "manual"
IMAGES = (FOLDER / "images", MANUAL / "images")
_COLOURS = 128


def save_picture(window: QWidget, name: str) -> Path:
    """The file that the window was saved to: with the manual if a chapter shows it, else beside this file."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not window.grab().save(buffer, "PNG"):
        raise OSError(f"{name}.png was not written")
    folder = _folder_of(f"images/{name}.png")
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.png"
    picture = Image.open(io.BytesIO(bytes(buffer.data().data()))).convert("RGB")
    picture.quantize(_COLOURS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).save(
        file, optimize=True
    )
    return file


def _folder_of(reference: str) -> Path:
    beside, with_manual = IMAGES
    shown = any(reference in chapter.read_text(encoding="utf-8") for chapter in MANUAL.glob("*.md"))
    return with_manual if shown else beside
