"""The few kinds of label, button and line that every page of the window is made of."""

import html

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QLabel,
    QLayout,
    QLayoutItem,
    QPushButton,
    QSizePolicy,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionComboBox,
    QStylePainter,
    QVBoxLayout,
    QWidget,
)

_BUTTON_EDGES = 32  # border and padding of both sides in app.qss, and some air
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the style sheet looks at, and let it look again."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)


class TextLabel(QLabel):
    """A label with a role of the style sheet, for one line or for text kept as it is (`exact`).

    Wrapped words are set with the line spacing that running Japanese text needs; `exact` text, such as a name
    from the card, goes to the label code point for code point and is never taken for markup.
    """

    def __init__(self, text: str = "", role: str = "", *, wrap: bool = False, exact: bool = False) -> None:
        super().__init__()
        self._is_running_text = wrap and not exact
        self._plain = ""
        self.setTextFormat(Qt.TextFormat.RichText if self._is_running_text else Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if role:
            self.setProperty("role", role)
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show plain text."""
        self._plain = text
        if self._is_running_text and text:
            text = f'<p style="line-height:140%">{html.escape(text).replace(chr(10), "<br>")}</p>'
        super().setText(text)

    def text(self) -> str:
        """The plain text."""
        return self._plain

    def clear(self) -> None:
        """Show nothing."""
        self.setText("")


class ActionButton(QPushButton):
    """A button that Enter presses too, when it has the focus."""

    def __init__(self, text: str, role: str = "") -> None:
        super().__init__(text)
        self.setAutoDefault(True)
        self.setAccessibleName(text)
        if role:
            self.setProperty("role", role)


class ElidedButton(QPushButton):
    """A button as wide as its place; what does not fit ends in …, and the whole stands in the tool tip."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self._whole = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def whole_text(self) -> str:
        """The text with nothing left out."""
        return self._whole

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        room = max(self.width() - _BUTTON_EDGES, 0)
        # Measured in bold, so that the text stays as it is when the button becomes the current one.
        font = QFont(self.font())
        font.setBold(True)
        shown = QFontMetrics(font).elidedText(self._whole, Qt.TextElideMode.ElideRight, room)
        self.setText(shown.replace("&", "&&"))
        self.setToolTip(self._whole if shown != self._whole else "")


class ElidedLabel(QLabel):
    """A line of words as wide as its place; what does not fit ends in …, and the whole is in the tool tip."""

    def __init__(self, role: str = "") -> None:
        super().__init__()
        self._whole = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if role:
            self.setProperty("role", role)

    def show_text(self, text: str) -> None:
        """Show another text."""
        self._whole = text
        self._elide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._elide()

    def _elide(self) -> None:
        shown = self.fontMetrics().elidedText(self._whole, Qt.TextElideMode.ElideRight, self.width())
        self.setText(shown)
        self.setToolTip(self._whole if shown != self._whole else "")


class ChoiceBox(QComboBox):
    """A combo box with a plain arrow, which the style sheet cannot draw without an image file."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setItemDelegate(QStyledItemDelegate(self))  # the usual one does not heed the sheet's row height

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box with what fits of the text, then the arrow."""
        painter = QStylePainter(self)
        option = QStyleOptionComboBox()
        self.initStyleOption(option)
        part = QStyle.SubControl.SC_ComboBoxEditField
        room = self.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        mode = Qt.TextElideMode.ElideRight
        option.currentText = self.fontMetrics().elidedText(self.currentText(), mode, room.width())
        painter.drawComplexControl(QStyle.ComplexControl.CC_ComboBox, option)
        painter.drawControl(QStyle.ControlElement.CE_ComboBoxLabel, option)
        painter.drawText(self.rect().adjusted(0, 0, -12, 0), Qt.AlignmentFlag.AlignRight | _MIDDLE, "▾")
        painter.end()


class Hairline(QFrame):
    """A thin line across."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("Hairline")


class FittingStack(QWidget):
    """Shows one of its pages, and is as large as that one; a QStackedWidget is as large as the largest."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pages: list[QWidget] = []
        self._frames: list[QWidget] = []
        self._current = -1
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def add_page(self, page: QWidget, frame: QWidget | None = None) -> None:
        """Add a page, with what lies round it; the first one is shown."""
        laid = frame or page
        laid.setParent(self)
        self._pages.append(page)
        self._frames.append(laid)
        if self._current < 0:
            self._current = 0
            self._column.addWidget(laid)
        else:
            laid.hide()

    @property
    def current(self) -> QWidget:
        """The page that is shown."""
        return self._pages[self._current]

    def show_page(self, page: QWidget) -> None:
        """Show this page and hide the one before; the focus is for the caller to put."""
        if page is self.current:
            return
        before, self._current = self._frames[self._current], self._pages.index(page)
        shown = self._frames[self._current]
        # Never both in the layout: the window would grow to hold them, and not shrink again.
        self._column.removeWidget(before)
        self._column.addWidget(shown)
        shown.show()
        before.hide()


class FlowLayout(QLayout):
    """Lays widgets in a line and goes on in the next line, as words on paper."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """See QLayout."""
        self._items.append(item)

    def count(self) -> int:
        """See QLayout."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """See QLayout."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """See QLayout."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """See QLayout."""
        return True

    def heightForWidth(self, width: int) -> int:
        """See QLayout."""
        return self._lay(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """See QLayout."""
        super().setGeometry(rect)
        self._lay(rect, move=True)

    def sizeHint(self) -> QSize:
        """See QLayout."""
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        """See QLayout."""
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size

    def _lay(self, rect: QRect, *, move: bool) -> int:
        x, y, line_height = rect.x(), rect.y(), 0
        for item in self._items:
            if item.isEmpty():  # hidden: it takes no gap either
                continue
            hint = item.sizeHint()
            if x > rect.x() and x + hint.width() > rect.x() + rect.width():
                x, y, line_height = rect.x(), y + line_height + self._gap, 0
            if move:
                item.setGeometry(QRect(QPoint(x, y), hint))
            x += hint.width() + self._gap
            line_height = max(line_height, hint.height())
        return y + line_height - rect.y()
