"""Opening the window: what keeps it from opening is told on the screen too, and can be tried again."""

import os
import sys
from collections.abc import Callable
from pathlib import Path

from kakanai.errors import KakanaiError


def open_or_tell(open_window: Callable[[], int], look_file: Path) -> int:
    """What `open_window` gives; a foreseen failure is shown, and whoever sits there may try again.

    Raises:
        KakanaiError: the failure, when nobody wants to try again or there is no screen to ask on.
    """
    while True:
        try:
            return open_window()
        except KakanaiError as error:
            if not _has_screen() or not _wants_again(error, look_file):
                raise


def _wants_again(error: KakanaiError, look_file: Path) -> bool:
    # Qt is loaded only for a window.
    from kakanai.ui.start_failure import tell_start_failure

    return tell_start_failure(error, look_file)


def _has_screen() -> bool:
    """Whether Qt would find a screen; asked without one, it ends the program."""
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
