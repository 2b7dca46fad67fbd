"""The last resort: an unforeseen error in a slot becomes a reference on the screen and a line in the log."""

import datetime as dt
import logging
import secrets
import sys
import traceback
from types import TracebackType

from PySide6.QtCore import QObject, Signal

_log = logging.getLogger(__name__)


class CrashGuard(QObject):
    """Takes the place of sys.excepthook while the window runs.

    The diagnostic log gets the error's type and where it happened, never its message or its values: they
    could quote a person.

    Signals:
        crashed(reference): an unforeseen error happened; the reference is also in the log.
    """

    crashed = Signal(str)

    def install(self) -> None:
        """Take unforeseen errors of every Qt slot from now on."""
        sys.excepthook = self.report

    def uninstall(self) -> None:
        """Give them back to the interpreter."""
        sys.excepthook = sys.__excepthook__

    def report(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """Log where it happened and tell the window; may run on any thread."""
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        reference = f"X-000 {dt.datetime.now(dt.UTC).astimezone():%H%M%S}-{secrets.token_hex(2)}"
        places = [
            f"{frame.f_code.co_filename}:{line} {frame.f_code.co_name}"
            for frame, line in traceback.walk_tb(trace)
        ]
        _log.error("unforeseen %s %s at %s", reference, kind.__name__, " < ".join(reversed(places)))
        self.crashed.emit(reference)
