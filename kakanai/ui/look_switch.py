"""The keys for the look: Ctrl+K goes through the colours, Ctrl +, Ctrl − and Ctrl 0 set the text size."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal, Slot

from kakanai.ui.look_file import TEXT_PERCENTS, Look, write_look
from kakanai.ui.style_file import ThemeKind
from kakanai.ui.theme import Theme


class LookSwitch(QObject):
    """Changes the theme of everything that is open, at once, and keeps it for this user.

    Signals:
        changed(): other colours or another text size.
    """

    changed = Signal()

    def __init__(self, theme: Theme, file: Path | None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._file = file

    @property
    def kind(self) -> ThemeKind:
        """The colours that are shown."""
        return self._theme.kind

    @property
    def words(self) -> str:
        """How the look is called, such as 明るい or 高コントラスト 150％."""
        percent = self._theme.text_percent
        size = f" {percent}％" if percent != TEXT_PERCENTS[0] else ""
        return f"{self._theme.kind.label}{size}"

    @Slot()
    def go_to_next_theme(self) -> None:
        """Light, dark, high contrast, and light again."""
        self._use(Look(self._theme.kind.following, self._theme.text_percent))

    @Slot()
    def enlarge(self) -> None:
        """Larger letters, up to 200 %."""
        larger = [percent for percent in TEXT_PERCENTS if percent > self._theme.text_percent]
        self._use(Look(self._theme.kind, larger[0] if larger else TEXT_PERCENTS[-1]))

    @Slot()
    def reduce(self) -> None:
        """Smaller letters, down to the ordinary size."""
        smaller = [percent for percent in TEXT_PERCENTS if percent < self._theme.text_percent]
        self._use(Look(self._theme.kind, smaller[-1] if smaller else TEXT_PERCENTS[0]))

    @Slot()
    def set_ordinary_size(self) -> None:
        """Letters as shipped."""
        self._use(Look(self._theme.kind, TEXT_PERCENTS[0]))

    def _use(self, look: Look) -> None:
        if look == Look(self._theme.kind, self._theme.text_percent):
            return
        self._theme.use(look.kind, look.text_percent)
        write_look(self._file, look)
        self.changed.emit()
