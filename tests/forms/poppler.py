"""What poppler, which knows nothing of us, reads from PDF bytes and paints of them. No files."""

import html
import re
import subprocess
from dataclasses import dataclass

from PIL import Image

from kakanai.forms.template import Box

DPI = 200
"""What an office's scanner does."""

MM_PER_PT = 25.4 / 72


@dataclass(frozen=True)
class Word:
    """A run of characters without a gap, and where it stands, mm from the top left corner of its page."""

    text: str
    box: Box


def tool(name: str, pdf: bytes, *options: str) -> bytes:
    """What a poppler tool that reads a PDF and writes its result says."""
    return subprocess.run([name, *options], input=pdf, capture_output=True, check=True).stdout


def text_of(pdf: bytes, *options: str) -> str:
    return tool("pdftotext", pdf, *options, "-", "-").decode()


def words_of(pdf: bytes) -> list[list[Word]]:
    """The words of each page, one poppler call however many pages there are."""
    return [_page_words(page) for page in text_of(pdf, "-bbox").split("<page ")[1:]]


_WORD = re.compile(
    r'<word xMin="([-.0-9]+)" yMin="([-.0-9]+)" xMax="([-.0-9]+)" yMax="([-.0-9]+)">(.*?)</word>', re.DOTALL
)


def _page_words(page: str) -> list[Word]:
    words = []
    for *edges, text in _WORD.findall(page):
        x0, y0, x1, y1 = (float(edge) * MM_PER_PT for edge in edges)
        words.append(Word(html.unescape(text), Box(x0, y0, x1 - x0, y1 - y0)))
    return words


def text_in(pdf: bytes, box: Box) -> str:
    """The words inside one box of the first page, without white space."""
    points = [round(value / MM_PER_PT) for value in (box.x, box.y, box.w, box.h)]
    options = [part for pair in zip("xyWH", points, strict=True) for part in (f"-{pair[0]}", str(pair[1]))]
    return re.sub(r"\s", "", text_of(pdf, "-r", "72", "-f", "1", "-l", "1", *options))


def pictures(pdf: bytes, dpi: int = DPI) -> list[Image.Image]:
    """Every page in shades of grey, one poppler call."""
    told = tool("pdftoppm", pdf, "-r", str(dpi), "-gray", "-")
    found = []
    start = 0
    # Binary PGM, one after the other: "P5\nWIDTH HEIGHT\n255\n" and a byte for each dot.
    while start < len(told):
        head = _PGM.match(told, start)
        assert head is not None
        size = int(head[1]), int(head[2])
        end = head.end() + size[0] * size[1]
        found.append(Image.frombytes("L", size, told[head.end() : end]))
        start = end
    return found


_PGM = re.compile(rb"P5\s+(\d+)\s+(\d+)\s+255\s")


def crop(picture: Image.Image, box: Box, dpi: int = DPI) -> Image.Image:
    edges = (box.x, box.y, box.x + box.w, box.y + box.h)
    return picture.crop(tuple(round(edge / 25.4 * dpi) for edge in edges))
