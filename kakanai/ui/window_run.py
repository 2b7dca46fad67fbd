"""Run the window until the clerk closes it."""

import sys

from PySide6.QtWidgets import QApplication

from kakanai.resources import resource_root
from kakanai.ui.crash_guard import CrashGuard
from kakanai.ui.cycle_collector import CycleCollector
from kakanai.ui.desk import Desk
from kakanai.ui.look_file import read_look
from kakanai.ui.main_window import MainWindow
from kakanai.ui.stop_signals import StopSignals
from kakanai.ui.theme import apply_theme, load_theme


def run_window(desk: Desk) -> int:
    """The exit status of the window; 0 when it was closed in the ordinary way.

    Raises:
        StyleFileError: the look of the window cannot be loaded; nothing was shown.
        ClerkIdError: the desk's clerk number is none; nothing was shown.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    application.setApplicationName("kakanai")
    look = read_look(desk.look_file)
    theme = apply_theme(application, load_theme(resource_root() / "style", look.kind, look.text_percent))
    guard = CrashGuard()
    guard.install()
    try:
        with theme.put_aside():
            window = MainWindow(desk, theme)
        guard.crashed.connect(window.show_crash)
        room = window.screen().availableSize()
        window.resize(window.sizeHint().boundedTo(room))
        if window.sizeHint().width() >= room.width():
            window.showMaximized()
        else:
            window.show()
        told = StopSignals(window)
        told.stop_wanted.connect(window.ending.end_now)
        told.watch()
        with CycleCollector():
            status = application.exec()
            told.ignore()
            window.close()  # its threads end in here
    finally:
        guard.uninstall()
    return status
