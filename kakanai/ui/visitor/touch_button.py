"""A button for fingers whose words may be in any language, with ruby above."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QWidget

from kakanai.ui.controls import set_property
from kakanai.ui.visitor.look import Look, Type
from kakanai.ui.visitor.text_block import TextBlock

TARGET_PX = 64
_SIDE_PX = 16


class TouchButton(QPushButton):
    """At least 64 px high. It never takes the keyboard: that is the clerk's."""

    def __init__(self, parent: QWidget | None = None, *, is_primary: bool = False) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._is_primary = is_primary
        if is_primary:
            set_property(self, "role", "primary")
        self.words = TextBlock(self, centred=True)
        self.words.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.words.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.words.setStyleSheet("background: transparent;")
        line = QHBoxLayout(self)
        line.setContentsMargins(_SIDE_PX, 4, _SIDE_PX, 4)
        line.addWidget(self.words)
        policy = QSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)

    def say(self, text: str, look: Look, *, font: QFont | None = None) -> None:
        """Bear these words, which may have ruby."""
        self.words.show_text(text)
        self.setAccessibleName(self.words.text)
        self._font = font or look.font(Type.BUTTON)
        self._look = look
        self._color()
        self.updateGeometry()

    def setEnabled(self, is_enabled: bool) -> None:
        """See QWidget; the words change their colour too."""
        super().setEnabled(is_enabled)
        self._color()

    def _color(self) -> None:
        if not hasattr(self, "_look"):
            return
        colors = self._look.colors
        if not self.isEnabled():
            color = colors["ink_soft"]
        else:
            color = colors["ink_on_accent"] if self._is_primary else colors["ink"]
        self.words.dress(self._font, color)

    def sizeHint(self) -> QSize:
        """The words on one line, and 64 px at least."""
        hint = self.words.sizeHint()
        return QSize(max(TARGET_PX, hint.width() + 2 * _SIDE_PX + 8), max(TARGET_PX, hint.height() + 12))

    def minimumSizeHint(self) -> QSize:
        """As sizeHint: words on a button are never cut."""
        return self.sizeHint()
