"""One thin line under the bar on top: how the office itself stands, away while there is nothing to tell."""

from typing import Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from kakanai.ui.controls import ElidedLabel, set_property
from kakanai.ui.theme import Theme

_SIGNS: Final = {"danger": "×", "caution": "▲"}
"""By tone, the graver first; no tone is told by its colour alone."""


class OfficeLine(QFrame):
    """What goes on besides the case and does not pass by itself: a full disk, a server out of reach.

    Everybody who knows of something has a topic and tells it anew whenever it changes; the line stays until
    the topic is dropped. It takes no key and no focus.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("OfficeLine")
        self._told: dict[str, tuple[str, str]] = {}
        self._words = ""
        self._label = ElidedLabel("small")
        line = QHBoxLayout(self)
        line.setContentsMargins(theme.px("space.large"), 3, theme.px("space.large"), 3)
        line.addWidget(self._label)
        self.hide()

    @property
    def text(self) -> str:
        """All that is told, whether there is room for it or not."""
        return self._words

    def say(self, topic: str, words: str, tone: str = "caution") -> None:
        """Tell this of a topic, in place of what was told of it; `tone` is danger or caution."""
        if self._told.get(topic) != (tone, words):
            self._told[topic] = tone, words
            self._show()

    def drop(self, *topics: str) -> None:
        """Nothing more is to be told of these."""
        if any(self._told.pop(topic, None) for topic in topics):
            self._show()

    def _show(self) -> None:
        told = sorted(self._told.values(), key=lambda one: list(_SIGNS).index(one[0]))
        self._words = words = "　".join(f"{_SIGNS[tone]} {words}" for tone, words in told)
        self._label.show_text(words)
        self.setToolTip(words)
        self.setAccessibleName(self.tr("役場の状態"))
        self.setAccessibleDescription(words)
        set_property(self, "tone", told[0][0] if told else "caution")
        self.setVisible(bool(told))
