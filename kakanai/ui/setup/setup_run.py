"""Run the guided set-up until it is closed."""

import sys

from PySide6.QtCore import QEventLoop
from PySide6.QtWidgets import QApplication

from kakanai.resources import resource_root
from kakanai.ui.look_file import read_look
from kakanai.ui.setup.setup_desk import SetupDesk
from kakanai.ui.setup.setup_window import SetupWindow
from kakanai.ui.theme import apply_theme, load_theme

_UNSEEN = frozenset({"offscreen", "minimal"})
"""Qt's platforms on which nobody could fill anything in."""


def run_setup(desk: SetupDesk, *, is_asked_for: bool) -> bool:
    """Whether the set-up was saved; False at once where nobody would see it, unless it was asked for.

    Raises:
        StyleFileError: the look of the window cannot be loaded.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    if application.platformName() in _UNSEEN and not is_asked_for:
        return False
    look = read_look(desk.look_file)
    theme = apply_theme(application, load_theme(resource_root() / "style", look.kind, look.text_percent))
    with theme.put_aside():
        window = SetupWindow(desk, theme)
    window.resize(window.sizeHint().boundedTo(window.screen().availableSize()))
    window.show()
    loop = QEventLoop()
    window.finished.connect(loop.quit)
    loop.exec()
    window.deleteLater()
    return window.is_saved
