"""One stretch of the conversation: a line that folds and unfolds, and a body below it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from kakanai.ui.controls import ElidedButton, set_property
from kakanai.ui.theme import Theme


class Stretch(QWidget):
    """Header and body of ①…⑤. Subclasses fill `body` (it scrolls) and `foot_line` (always in sight).

    Signals:
        opening_wanted(): the clerk pressed the header.
        finished(): the clerk is through; go to the next thing.
    """

    opening_wanted = Signal()
    finished = Signal()

    def __init__(self, theme: Theme, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._summary = ""
        self._is_open = False
        self.is_done = False
        self.header = ElidedButton(title)
        self.header.setProperty("role", "stretch")
        self.header.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Alt+number and F keys open it
        self.header.setAccessibleName(title)
        self.header.clicked.connect(self.opening_wanted)
        self.body = QWidget()
        self.body.setObjectName("StretchBody")
        self.body.setFocusPolicy(
            Qt.FocusPolicy.ClickFocus
        )  # a place for the focus while nothing is to be pressed
        self.scroll_area = QScrollArea()
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroll_area.setWidget(self.body)
        theme.size(self.scroll_area, "setMinimumHeight", "measure.target")  # a notice may need the rest
        self.lay = QVBoxLayout(self.body)
        self.lay.setContentsMargins(
            theme.px("space.medium"),
            theme.px("space.medium"),
            theme.px("space.medium"),
            theme.px("space.small"),
        )
        self.lay.setSpacing(theme.px("space.small"))
        self.foot = QWidget()
        self.foot_line = QHBoxLayout(self.foot)
        self.foot_line.setContentsMargins(
            theme.px("space.medium"),
            theme.px("space.tight"),
            theme.px("space.medium"),
            theme.px("space.small"),
        )
        self.foot_line.setSpacing(theme.px("space.medium"))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.scroll_area, 1)
        column.addWidget(self.foot)
        self.scroll_area.hide()
        self.foot.hide()

    @property
    def is_open(self) -> bool:
        """Whether the body is shown."""
        return self._is_open

    @property
    def title(self) -> str:
        """The header's title, such as ① 本人."""
        return self._title

    @property
    def summary(self) -> str:
        """What the header says beside the title."""
        return self._summary

    def set_open(self, is_open: bool) -> None:
        """Show or fold the body."""
        self._is_open = is_open
        self.scroll_area.setVisible(is_open)
        self.foot.setVisible(is_open and self.foot_line.count() > 0)
        set_property(self.header, "state", "current" if is_open else "")

    def set_header(self, *, is_shown: bool) -> None:
        """Show the header, or leave its room to the body: the line of the five steps says the same."""
        self.header.setVisible(is_shown)
        policy = Qt.ScrollBarPolicy
        self.scroll_area.setHorizontalScrollBarPolicy(
            policy.ScrollBarAlwaysOff if is_shown else policy.ScrollBarAsNeeded
        )

    def tell(self, summary: str, *, is_done: bool) -> None:
        """Set what the header says beside the title, and whether the stretch is through ✓."""
        self._summary = summary
        self.is_done = is_done
        mark = "✓ " if is_done else "　"
        self.header.show_text(f"{mark}{self._title}　　{summary}".rstrip("　"))
        self.header.setAccessibleDescription(summary)

    def take_focus(self) -> None:
        """Put the focus where the work of this stretch begins."""
        self.body.setFocus(Qt.FocusReason.OtherFocusReason)
