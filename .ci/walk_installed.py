"""Walks one visitor through the installed window by keys, looking at the screen.

Usage: walk_installed.py FOLDER. Run by .ci/try_deb.sh as the clerk, with DISPLAY set, with the Python of
/opt/kakanai, and with pcscd and the virtual reader of vsmartcard-vpcd running. The window is the one for
work, not for practice: it reads a specimen card through the real card service.
Left behind: a picture of each step in FOLDER; the window is closed.
"""

import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtGui import QGuiApplication, QImage

PATIENCE_S = 90.0
STILL_S = 0.7
CARET = 400
"""So many pixels may differ in a picture that stands still: a cursor blinks."""

FOCUS = ("xdotool", "search", "--onlyvisible", "--name", "書かない窓口", "windowfocus")
INSERT = ("kakanai", "card", "insert", "official-test", "--host", "127.0.0.1", "--port", "35963")
STEPS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("pin-entered", ("1", "2", "3", "4", "Return")),
    ("person-confirmed", ("Return",)),
    ("procedure-chosen", ("0", "1", "Return")),
    ("questions", ("Return",)),
    ("one-copy", ("Return", "Return", "1", "Return")),
    ("before-print", ("F8",)),
    ("printed", ("F8",)),
    ("ended", ("Return",)),
)
"""What is pressed, and the name of the picture of what then is seen."""


class Screen:
    """The X screen, as pictures."""

    def __init__(self, folder: Path) -> None:
        self._application = QGuiApplication([])
        self._folder = folder
        self._shown = self._grab()

    def wait_for_change(self, name: str) -> None:
        """Wait until the picture is another one and stands still; keep it. Ends the walk if it does not."""
        end = time.monotonic() + PATIENCE_S
        seen = self._grab()
        while time.monotonic() < end:
            time.sleep(STILL_S)
            now = self._grab()
            if not is_same(now, self._shown) and is_same(now, seen):
                self._shown = now
                now.save(str(self._folder / f"{name}.png"))
                sys.stdout.write(f"seen: {name}\n")
                sys.stdout.flush()
                return
            seen = now
        seen.save(str(self._folder / f"{name}-missing.png"))
        sys.exit(f"{name}: nothing more is seen after {PATIENCE_S:.0f} s; see the picture in {self._folder}")

    def _grab(self) -> QImage:
        picture = self._application.primaryScreen().grabWindow(0).toImage()
        # Rows of a QImage are filled up to four bytes with what happens to be there.
        picture = picture.copy(0, 0, picture.width() // 4 * 4, picture.height())
        return picture.convertToFormat(QImage.Format.Format_Grayscale8)


def is_same(one: QImage, other: QImage) -> bool:
    """Whether two pictures differ by no more than a blinking cursor."""
    if one.size() != other.size():
        return False
    pairs = zip(bytes(one.constBits()), bytes(other.constBits()), strict=True)
    return sum(a != b for a, b in pairs) <= CARET


def press(key: str) -> None:
    """One key, at the window that has the keyboard."""
    subprocess.run(["xdotool", "key", key], check=True)  # noqa: S603, S607 - a key of STEPS
    time.sleep(0.3)


def main(folder: Path) -> None:
    """The walk, from the window's start to its end."""
    folder.mkdir(parents=True, exist_ok=True)
    screen = Screen(folder)
    window = subprocess.Popen(["kakanai"])  # noqa: S607 - what is installed
    card = None
    try:
        screen.wait_for_change("window")
        # Nothing manages windows here, so that nobody else gives the keyboard to it.
        subprocess.run(FOCUS, check=True)  # noqa: S603 - a constant
        card = subprocess.Popen(INSERT)  # noqa: S603 - a constant
        screen.wait_for_change("card")
        for name, keys in STEPS:
            for key in keys:
                press(key)
            screen.wait_for_change(name)
        if window.poll() is not None:
            sys.exit(f"the window ended by itself: {window.returncode}")
    finally:
        for process in (card, window):
            if process is not None and process.poll() is None:
                process.terminate()
                process.wait(30)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
