"""The band 練習 across a window: what cannot be missed, and what to do next."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from kakanai.ui.controls import TextLabel
from kakanai.ui.elided_label import ElidedLabel
from kakanai.ui.theme import Theme


class PracticeBand(QWidget):
    """Says 練習, in every theme in the same signal colour, and one line of what to do.

    Signals:
        panel_wanted(is_wanted): the button that shows the panel at the side was pressed.
    """

    panel_wanted = Signal(bool)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("PracticeBand")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.sign = TextLabel(self.tr("■ 練習 ■"), "title")
        self.sign.setToolTip(self.tr("架空の住民で練習しています。本番の記録には何も残りません"))
        self.told = ElidedLabel()
        self.panel = QPushButton(self.tr("住民とレッスン（Ctrl+R）"))
        self.panel.setCheckable(True)
        self.panel.setChecked(True)
        self.panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # Ctrl+R does the same
        self.panel.setAccessibleName(self.tr("住民とレッスンの枠を出す、しまう"))
        self.panel.toggled.connect(self.panel_wanted)
        line = QHBoxLayout(self)
        space = theme.px("space.large")
        line.setContentsMargins(space, 2, space, 2)
        line.setSpacing(theme.px("space.medium"))
        line.addWidget(self.sign)
        line.addWidget(self.told, 1, Qt.AlignmentFlag.AlignLeft)
        line.addWidget(self.panel)

    def tell(self, words: str) -> None:
        """What to do next, in one line."""
        self.told.setText(words)
