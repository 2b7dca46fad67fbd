"""Save the pictures of the manual: every page in three themes, at 100 % and 200 %, and the visitor's screen.

Run on a display of 1366 × 768, for example:
    xvfb-run -a -s "-screen 0 1366x768x24" .venv/bin/python docs/screens/make_screenshots.py
"""

import os
import subprocess
import sys

from pictures import FOLDER, IMAGES

SCALES = (100, 200)


def main() -> int:
    """Run each part in a process of its own: Qt reads the scale of the screen once, when it starts."""
    parts = [
        (name, percent) for name in ("window_screenshots.py", "office_screenshots.py") for percent in SCALES
    ]
    if (FOLDER / "visitor_screenshots.py").is_file():
        parts.append(("visitor_screenshots.py", 100))
    for folder in IMAGES:
        for old in folder.glob("[0-9][0-9]-*.png"):
            old.unlink()
    for name, percent in parts:
        environment = os.environ | {
            "QT_SCALE_FACTOR": f"{percent / 100:g}",
            "PYTHONPATH": str(FOLDER.parents[1]),
        }
        command = [sys.executable, str(FOLDER / name)]  # files beside this one, nothing from outside
        done = subprocess.run(command, env=environment, check=False)  # noqa: S603
        if done.returncode:
            return done.returncode
    return 0


if __name__ == "__main__":
    sys.exit(main())
