"""Where the crosses of a printed sheet lie: measured on its rasterised page, in mm from the top left."""

import subprocess

from kakanai.printing.calibration import MARKS

DPI = 600
_WINDOW_MM = 14.0
_INNER_MM = 1.5  # the letters beside a cross begin further out


def crosses(pdf, page=1, marks=MARKS):
    """The middle of each cross, by the darkest column and row near the place where it is meant to be."""
    return {name: cross_near(pdf, place, page) for name, place in marks.items()}


def cross_near(pdf, place, page=1, window=_WINDOW_MM):
    """The middle of the cross near a place; `window` mm are looked at round it."""
    left, top = (max(round((edge - window / 2) / 25.4 * DPI), 0) for edge in place)
    size = round(window / 25.4 * DPI)
    width, height, rows = _grey(pdf, page, left, top, size)
    columns = [sum(255 - rows[y * width + x] for y in range(height)) for x in range(width)]
    lines = [sum(255 - value for value in rows[y * width : (y + 1) * width]) for y in range(height)]
    return (left + _middle(columns)) / DPI * 25.4, (top + _middle(lines)) / DPI * 25.4


def _middle(darkness):
    """Where the strongest line runs: the middle of what is at least half as dark as it."""
    peak = max(range(len(darkness)), key=darkness.__getitem__)
    first = last = peak
    while first and darkness[first - 1] > darkness[peak] / 2:
        first -= 1
    while last + 1 < len(darkness) and darkness[last + 1] > darkness[peak] / 2:
        last += 1
    return (first + last + 1) / 2


def _grey(pdf, page, left, top, size):
    command = ["pdftoppm", "-gray", "-r", str(DPI), "-f", str(page), "-l", str(page)]
    crop = ["-x", str(left), "-y", str(top), "-W", str(size), "-H", str(size)]
    made = subprocess.run([*command, *crop, "-"], input=pdf, capture_output=True, check=True).stdout
    head, width, height, depth = made.split(maxsplit=4)[:4]
    assert (head, depth) == (b"P5", b"255")
    pixels = int(width) * int(height)
    return int(width), int(height), made[-pixels:]
