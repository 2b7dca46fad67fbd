"""Golden pictures: how the sample of each shipped form looked when somebody last looked at it.

One small grey picture a page (66.7 dpi, 8 shades) lies in tests/forms/golden/. `python -m
tests.tools.make_golden` makes them anew; look at what changed before it is committed.
"""

from pathlib import Path

from PIL import Image, ImageChops

FOLDER = Path(__file__).parent / "golden"
SMALLER = 3
"""A page of 200 dpi becomes a third as wide and high, each dot the mean of nine: thin lines stay grey."""
SHADES = 8
TILE = 4
"""Dots (1.5 mm) that are averaged before they are compared: another poppler may round a curve otherwise."""
TOLERANCE = 40
"""Of 255, for the mean of a tile (observed: 0 with the same poppler, 46 or more for a character of 6 pt)."""


def small(page: Image.Image) -> Image.Image:
    """A page of 200 dpi as golden pictures have it."""
    step = 255 / (SHADES - 1)
    return page.reduce(SMALLER).point([round(round(grey / step) * step) for grey in range(256)])


def difference(page: Image.Image, golden: Image.Image) -> int:
    """How much the tile that differs most does, 0-255; 255 for another size."""
    if page.size != golden.size:
        return 255
    return int(ImageChops.difference(page, golden).reduce(TILE).getextrema()[1])


def side_by_side(golden: Image.Image, page: Image.Image) -> Image.Image:
    """What was expected, what came, and where they differ (black), for a person to look at."""
    shown = [golden, page]
    if golden.size == page.size:
        shown.append(ImageChops.invert(ImageChops.difference(golden, page)))
    sheet = Image.new("L", (sum(one.width + 10 for one in shown), max(one.height for one in shown)), 128)
    left = 0
    for one in shown:
        sheet.paste(one, (left, 0))
        left += one.width + 10
    return sheet


def save(page: Image.Image, path: Path) -> None:
    """Write a picture of `small` in four bits a dot."""
    step = 255 / (SHADES - 1)
    shades = Image.new("P", page.size)
    shades.putpalette([value for shade in range(SHADES) for value in [round(shade * step)] * 3])
    shades.putdata([round(grey / step) for grey in page.tobytes()])
    shades.save(path, bits=4, optimize=True)


def load(path: Path) -> Image.Image:
    with Image.open(path) as picture:
        return picture.convert("L")
