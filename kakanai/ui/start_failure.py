"""The one dialog: why the window cannot open at all, and what to do; there is no window yet to say it in."""

import sys
from pathlib import Path
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QHBoxLayout, QVBoxLayout

from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.resources import resource_root
from kakanai.ui.controls import ActionButton, TextLabel
from kakanai.ui.errors import StyleFileError
from kakanai.ui.look_file import read_look
from kakanai.ui.theme import Theme, apply_theme, load_theme

_UNSEEN: Final = frozenset({"offscreen", "minimal"})
"""Qt's platforms on which nobody could press a button."""
_WIDTH: Final = 34
"""Letters of a line; more is hard to read."""


class StartFailure(QDialog):
    """What happened, what to do next, the code; accepted when it shall be tried again."""

    def __init__(self, error: KakanaiError, theme: Theme, again: str = "") -> None:
        super().__init__()
        self.setWindowTitle(self.tr("書かない窓口"))
        message = message_for(error)
        self.again = ActionButton(again or self.tr("もう一度"), "primary")
        self.again.setDefault(True)
        self.again.clicked.connect(self.accept)
        self.leave = ActionButton(self.tr("終わる"))
        self.leave.clicked.connect(self.reject)
        what, to_do = TextLabel(message.what, "strong", wrap=True), TextLabel(message.next_step, wrap=True)
        width = self.fontMetrics().horizontalAdvance("あ") * _WIDTH
        for words in (what, to_do):
            words.setFixedWidth(width)
            words.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        buttons = QHBoxLayout()
        buttons.setSpacing(theme.px("space.small"))
        buttons.addWidget(TextLabel(error.code, "small"))
        buttons.addStretch(1)
        buttons.addWidget(self.leave)
        buttons.addWidget(self.again)
        lay = QVBoxLayout(self)
        edge = theme.px("space.large")
        lay.setContentsMargins(edge, edge, edge, edge)
        lay.setSpacing(theme.px("space.medium"))
        lay.addWidget(TextLabel(self.tr("× 窓口の画面を開けません"), "title"))
        lay.addWidget(what)
        lay.addWidget(to_do)
        lay.addSpacing(theme.px("space.medium"))
        lay.addLayout(buttons)
        self.again.setFocus()


def tell_start_failure(error: KakanaiError, look_file: Path, again: str = "") -> bool:
    """Show why the window did not open; whether it shall be tried again. False where nobody would see it.

    `again` are the words of the button, where something is mended before it is tried.
    """
    existing = QApplication.instance()
    application = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    if application.platformName() in _UNSEEN:
        return False
    look = read_look(look_file)
    try:
        theme = apply_theme(application, load_theme(resource_root() / "style", look.kind, look.text_percent))
    except StyleFileError:
        return False  # what is wrong is told on standard error
    return StartFailure(error, theme, again).exec() == QDialog.DialogCode.Accepted
