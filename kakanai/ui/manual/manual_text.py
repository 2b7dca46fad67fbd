"""The text of a chapter, with its pictures and links."""

import html
from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QTextBrowser, QWidget


class ManualText(QTextBrowser):
    """Reads pictures of the manual's folder and nothing else; follows no link by itself."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._folder = Path()
        self._picture_width = 0
        self.setAccessibleName(name)
        self.setOpenLinks(False)
        self.setTabChangesFocus(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)

    def show_page(self, page: str, folder: Path, picture_width: int) -> None:
        """Show a chapter whose pictures lie below the folder, from its beginning."""
        self._folder = folder
        self._picture_width = picture_width
        self.setHtml(page)

    def tell(self, words: str) -> None:
        """Show these words alone."""
        self.setHtml(html.escape(words).replace("\n", "<br>"))

    def go_to(self, anchor: str) -> None:
        """Scroll to a heading; to the beginning when the name is empty or no heading's."""
        self.verticalScrollBar().setValue(0)
        if anchor:
            self.scrollToAnchor(anchor)

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """A picture of the manual; nothing for a name that leads out of its folder."""
        wanted = QUrl(name)
        path = (self._folder / wanted.path()).resolve()
        if not wanted.isRelative() or not path.is_relative_to(self._folder.resolve()):
            return None
        picture = QImage(str(path))
        # The text's own scaling takes the nearest pixel, and letters in a picture fall apart.
        if picture.width() > self._picture_width > 0:
            picture = picture.scaledToWidth(self._picture_width, Qt.TransformationMode.SmoothTransformation)
        return picture
