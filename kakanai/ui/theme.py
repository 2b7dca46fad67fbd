"""The look of the window: colours, sizes and fonts of resources/style, changed while the window is open."""

import contextlib
import weakref
from collections.abc import Iterator, Mapping
from pathlib import Path

import shiboken6
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from kakanai.forms.fontfiles import FontMissingError, FontRole, find_font
from kakanai.ui.errors import StyleFileError
from kakanai.ui.style_file import StyleFile, ThemeKind, read_style

_ROLE = QPalette.ColorRole
_PALETTE: Mapping[QPalette.ColorRole, str] = {
    _ROLE.Window: "surface",
    _ROLE.WindowText: "ink",
    _ROLE.Base: "surface",
    _ROLE.AlternateBase: "surface_soft",
    _ROLE.Text: "ink",
    _ROLE.PlaceholderText: "ink_disabled",
    _ROLE.Button: "surface_soft",
    _ROLE.ButtonText: "ink",
    _ROLE.Highlight: "accent",
    _ROLE.HighlightedText: "ink_on_accent",
    _ROLE.Link: "accent",
    _ROLE.ToolTipBase: "surface",
    _ROLE.ToolTipText: "ink",
    _ROLE.Light: "surface",
    _ROLE.Mid: "control_edge",
    _ROLE.Dark: "control_edge",
}


class Theme:
    """Values by token name (`color.ink`, `space.small` …) and the finished style sheet, as they are now.

    Whoever asks for a size once must ask again when the letters grow: `size` does that.
    """

    def __init__(self, style: StyleFile, kind: ThemeKind = ThemeKind.LIGHT, text_percent: int = 100) -> None:
        self._style = style
        self._sized: weakref.WeakKeyDictionary[QWidget, list[tuple[str, tuple[str, ...]]]] = (
            weakref.WeakKeyDictionary()
        )
        self.personal_family = ""
        self._set(kind, text_percent)

    def _set(self, kind: ThemeKind, text_percent: int) -> None:
        self.kind = kind
        self.text_percent = text_percent
        self.tokens = self._style.tokens(kind, text_percent)
        self.style_sheet = self._style.style_sheet(self.tokens)

    # --- values -------------------------------------------------------------------------

    def color(self, name: str) -> QColor:
        """The colour of a role such as `ink`; ask each time something is painted."""
        return QColor(self._value(f"color.{name}"))

    def px(self, name: str) -> int:
        """A distance or measure in pixels, such as `space.small`."""
        return int(self._value(name))

    def pt(self, name: str) -> float:
        """A type size in points."""
        return float(self._value(f"pt.{name}"))

    def personal_font(self, size: str) -> QFont:
        """IPAmj明朝 for names and addresses, or the window's own font when it is missing."""
        font = QFont(self.personal_family) if self.personal_family else QFont()
        font.setPointSizeF(self.pt(size))
        return font

    def _value(self, name: str) -> str:
        try:
            return self.tokens[name]
        except KeyError as error:
            raise StyleFileError(file="tokens.json", token=name) from error

    def palette(self) -> QPalette:
        """The colours for what the style sheet does not name: tool tips, lists that pop up, letters to be."""
        palette = QPalette()
        for role, name in _PALETTE.items():
            palette.setColor(role, self.color(name))
        for role in (_ROLE.WindowText, _ROLE.Text, _ROLE.ButtonText):
            palette.setColor(QPalette.ColorGroup.Disabled, role, self.color("ink_disabled"))
        return palette

    # --- many widgets at once ---------------------------------------------------------

    @contextlib.contextmanager
    def put_aside(self) -> Iterator[None]:
        """Meanwhile the application has no style sheet; for a window that is not shown yet.

        Qt looks a widget up in the sheet again each time one of its ancestors gets a place. A window whose
        parts are put together without the sheet, and which gets it once, is there in a third of the time.
        """
        application = QApplication.instance()
        if not isinstance(application, QApplication):
            yield
            return
        sheet = application.styleSheet()
        application.setStyleSheet("")
        try:
            yield
        finally:
            application.setStyleSheet(sheet)

    # --- change -------------------------------------------------------------------------

    def size(self, widget: QWidget, method: str, *names: str) -> None:
        """Give the widget a size by a method such as `setFixedWidth`, now and whenever the letters grow."""
        self._sized.setdefault(widget, []).append((method, names))
        self._give_size(widget, method, names)

    def _give_size(self, widget: QWidget, method: str, names: tuple[str, ...]) -> None:
        getattr(widget, method)(*(self.px(name) for name in names))

    def use(self, kind: ThemeKind, text_percent: int) -> None:
        """Change colours and sizes of everything that is shown with this theme."""
        self._set(kind, text_percent)
        for widget, sizes in list(self._sized.items()):
            if shiboken6.isValid(widget):
                for method, names in sizes:
                    self._give_size(widget, method, names)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            _put_on(application, self)


def load_theme(folder: Path, kind: ThemeKind = ThemeKind.LIGHT, text_percent: int = 100) -> Theme:
    """The theme in `folder`, without fonts.

    Raises:
        StyleFileError: a file is unreadable, or the style sheet names an unknown token.
    """
    return Theme(read_style(folder), kind, text_percent)


def apply_theme(application: QApplication, theme: Theme) -> Theme:
    """The theme with its fonts, put on the whole application; a missing font leaves the system's."""
    application.setStyle("Fusion")
    family = _load_family(FontRole.UI)
    _load_family(FontRole.UI_BOLD)
    theme.personal_family = _load_family(FontRole.PERSONAL)
    if family:
        application.setFont(QFont(family))
    _put_on(application, theme)
    return theme


def _put_on(application: QApplication, theme: Theme) -> None:
    # Ours alone: the palette must not follow the desktop, or letters would have its colour on our surface.
    application.setPalette(theme.palette())
    font = application.font()
    font.setPointSizeF(theme.pt("base"))
    application.setFont(font)
    # Taken away first: to change one sheet for another takes Qt five times as long (1000 widgets, 2.6 s).
    application.setStyleSheet("")
    application.setStyleSheet(theme.style_sheet)


def _load_family(role: FontRole) -> str:
    with contextlib.suppress(FontMissingError):
        number = QFontDatabase.addApplicationFont(str(find_font(role)))
        families = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        return families[0] if families else ""
    return ""
