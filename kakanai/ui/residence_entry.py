"""Hand entry beside the pictures of a 在留カード: the name is typed from its picture."""

import datetime as dt
from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from kakanai.identity.person import Person
from kakanai.ui.card_pictures import NO_PICTURES, CardPictures
from kakanai.ui.controls import TextLabel
from kakanai.ui.hand_entry import HandEntry
from kakanai.ui.picture_box import PictureBox
from kakanai.ui.theme import Theme


class ResidenceEntry(QWidget):
    """Takes the middle of the window while the person of a 在留カード・特別永住者証明書 is typed.

    Signals:
        entered(Person): the clerk is through.
        given_up(): the card is not used.
    """

    entered = Signal(object)
    given_up = Signal()

    def __init__(self, theme: Theme, today: Callable[[], dt.date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("Page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.face = PictureBox(self.tr("カードの表の画像"), QSize(500, 316))
        self.photo = PictureBox(self.tr("カードの顔写真"), QSize(112, 140))
        self.name = PictureBox(self.tr("カードの氏名の画像"), QSize(540, 120), is_glyphs=True)
        self.address = PictureBox(self.tr("カードの住所の画像"), QSize(540, 120), is_glyphs=True)
        self._name_words = TextLabel(self.tr("カードの氏名"), "small")
        self._address_words = TextLabel(self.tr("カードの住所"), "small")
        self.entry = HandEntry(theme, today)
        self.entry.entered.connect(self.entered)
        self.entry.given_up.connect(self.given_up)
        self.setFocusProxy(self.entry.name)
        self._lay(theme)

    def _lay(self, theme: Theme) -> None:
        small = theme.px("space.small")
        glyphs = QVBoxLayout()
        glyphs.setSpacing(theme.px("space.tight"))
        for widget in (self.face, self._name_words, self.name, self._address_words, self.address):
            glyphs.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        glyphs.addStretch(1)
        pictures = QHBoxLayout()
        pictures.setSpacing(small)
        pictures.addLayout(glyphs, 1)
        pictures.addWidget(self.photo, 0, Qt.AlignmentFlag.AlignTop)
        column = QVBoxLayout(self)
        medium = theme.px("space.medium")
        column.setContentsMargins(medium, small, medium, small)
        column.setSpacing(small)
        column.addLayout(pictures, 1)
        column.addWidget(self.entry)

    def begin(self, told: Person, pictures: CardPictures) -> None:
        """Start with what the card tells as text, which is marked ●, and show its pictures."""
        self._show(pictures)
        self.entry.begin_from_card(told)

    def _show(self, pictures: CardPictures) -> None:
        self.face.show_picture(pictures.face)
        self.photo.show_picture(pictures.photo)
        self.name.show_picture(pictures.name)
        self.address.show_picture(pictures.address)
        self._name_words.setVisible(bool(pictures.name))
        self._address_words.setVisible(bool(pictures.address))

    @Slot()
    def forget(self) -> None:
        """Forget what was typed and shown."""
        self._show(NO_PICTURES)
        self.entry.wipe()

    def take_focus(self) -> None:
        """Put the focus on the name."""
        self.entry.name.setFocus(Qt.FocusReason.OtherFocusReason)
