"""What poppler reads on a printed form, line by line."""

import re
import subprocess
from pathlib import Path


def printed_lines(path: Path) -> list[str]:
    """The lines from top to bottom as they lie on the page, without blanks."""
    text = subprocess.run(
        ["pdftotext", "-layout", path, "-"], capture_output=True, encoding="utf-8", check=True
    ).stdout
    lines = (re.sub(r"\s", "", line) for line in text.splitlines())
    return [line for line in lines if line]
