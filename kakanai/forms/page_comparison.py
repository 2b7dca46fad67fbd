"""One page as it is shown and as it was meant: nothing missing, nothing else, everything in its place."""

from collections import defaultdict
from collections.abc import Callable
from typing import TYPE_CHECKING, assert_never

from kakanai.forms.box_places import OFF_MM, is_within, overlap, same_place, ticks
from kakanai.forms.clusters import clusters
from kakanai.forms.content_reader import MM_PER_PT, read_page
from kakanai.forms.filled import FilledPage, Placed, PlacedDigits, PlacedMark, PlacedText
from kakanai.forms.fontfiles import FontRole
from kakanai.forms.glyph_proof import GlyphProof
from kakanai.forms.placed_picture import PlacedPicture
from kakanai.forms.qr import qr_modules
from kakanai.forms.shown_page import ShownSquares, ShownText
from kakanai.forms.template import Box, Caption, QrBox
from kakanai.forms.template_words import TemplateWords, fonts_used

if TYPE_CHECKING:
    from kakanai.forms.finished_pdf import FinishedPage

FORM_ITSELF = "-"
"""Where a mismatch is told that lies in no box of a value."""

_ABOVE_BASELINE = 0.88
"""Of an em: how far a character reaches above its baseline (observed: hhea of all four fonts)."""
_LINE_STEP = 1.25
"""Em from line to line at most."""
_DARK, _PALE = 0.5, 0.9
_LIGHT = 0.9
"""As dark no shade of a cell is (0.95)."""
_CHECK_POINTS = 3
_REASONS = ("text", "place", "glyph")


class MismatchError(ValueError):
    """Field and an English word; see PaperMismatchError."""

    def __init__(self, what: str, field: str = FORM_ITSELF) -> None:
        super().__init__(what)
        self.what = what
        self.field = field


class PageComparison:
    """Takes what was meant out of what is shown, one by one; what is left then was not meant.

    `known` are the words of the template that the page begins with, if they were compared already.
    """

    def __init__(
        self, page: "FinishedPage", meant: FilledPage, proof: GlyphProof, known: TemplateWords | None
    ) -> None:
        start = len(known.beginning) if known is not None else 0
        self._page = page
        self._shown = read_page(page.content, page.height, page.fonts, start)
        self._meant = meant
        self._proof = proof
        self._known = known.texts if known is not None else ()
        self._seen: list[tuple[int, Box]] = []
        self._waiting: dict[str, list[ShownText]] = defaultdict(list)
        for text in self._shown.texts:
            self._waiting[text.text].append(text)

    def take_underlay(self, name: str) -> None:
        """Take the town's own page: what it says is its own, but it must lie under everything else.

        Raises:
            MismatchError: it is not there, or not the first.
        """
        first = self._shown.pictures.pop(0) if self._shown.pictures else None
        if first is None or first.name != name or first.number != 1:
            raise MismatchError("underlay")

    def take_words(self, watermark: str, *, own: bool) -> TemplateWords | None:
        """Take the watermark and, if they are its `own`, the words of the form.

        Returns what the page begins with, for the next of its kind; None when it does not begin with words.

        Raises:
            MismatchError: a word is missing, or not as it was meant.
        """
        taken: list[tuple[ShownText, FontRole]] = []
        if watermark:
            taken.append((self._take_watermark(watermark), FontRole.LABEL_BOLD))
        for element in self._meant.elements if own else ():
            if isinstance(element, Caption):
                taken += [(text, element.role) for text in self._take_caption(element)]
        return self._beginning(taken)

    def _beginning(self, taken: list[tuple[ShownText, FontRole]]) -> TemplateWords | None:
        last = max((text.number for text, _ in taken), default=0)
        rest = next((rest for rest in self._shown.rests if rest[1] >= last), None)
        others = [text.number for texts in self._waiting.values() for text in texts]
        others += [stroke.number for stroke in self._shown.strokes]
        others += [picture.number for picture in self._shown.pictures]
        # Areas stay out of it too: what they cover is looked for on the first page of its kind alone.
        if rest is None or not last or min(others, default=rest[1] + 1) <= rest[1]:
            return None
        codes: dict[tuple[str, FontRole], bytes] = {}
        for text, role in taken:
            for name, given in text.codes:
                codes[name, role] = bytes({*codes.get((name, role), b""), *given})
        used = fonts_used(codes, self._page.fonts)
        shown = tuple(text for text, _ in taken if text.grey <= _DARK)
        return TemplateWords(self._meant.elements, self._page.content[: rest[0]], used, shown)

    def take_values(self, code: Callable[[QrBox], str]) -> None:
        """Take the values, and the QR code where the page has one; `code` tells what it says.

        Raises:
            MismatchError: one is missing, or not as it was meant.
        """
        self._seen = [(stroke.number, stroke.bounds) for stroke in self._shown.strokes]
        self._seen += [(picture.number, picture.box) for picture in self._shown.pictures]
        for placed in self._meant.placed:
            self._take_placed(placed)
        for element in self._meant.elements:
            if isinstance(element, QrBox):
                self._take_code(element.box, code(element))

    def finish(self) -> None:
        """Make sure that nothing is left over, and nothing is painted over.

        Raises:
            MismatchError: something is.
        """
        marks = [s for s in self._shown.strokes if s.curved or s.points == _CHECK_POINTS]
        if marks or self._shown.pictures or self._shown.squares or any(self._waiting.values()):
            raise MismatchError("extra")
        if any(area.grey < _LIGHT for area in self._shown.areas):
            raise MismatchError("covered")  # black words on black, above or below
        # A watermark lies under the shades of cells.
        dark = [text for text in self._shown.texts if text.grey <= _DARK]
        earlier = [(0, text) for text in self._known] + [(text.number, text) for text in dark]
        last = max((area.number for area in self._shown.areas), default=0)
        places = [(number, _place_of(text)) for number, text in earlier if number < last] + self._seen
        for area in self._shown.areas:
            if any(number < area.number and overlap(area.box, place) for number, place in places):
                raise MismatchError("covered")

    def _take_placed(self, placed: Placed) -> None:
        match placed:
            case PlacedText():
                self._take_lines(placed)
            case PlacedDigits():
                digits = placed.number.box_digits()
                whole = "".join(digits)
                for box, digit in zip(placed.boxes, digits, strict=True):
                    self._take(digit, box, FontRole.TEXT, None, "個人番号", whole)
            case PlacedMark():
                self._take_mark(placed)
            case PlacedPicture():
                self._take_picture(placed)
            case _:
                assert_never(placed)

    def _take_lines(self, placed: PlacedText) -> None:
        whole, taken = "".join(placed.lines), list[ShownText]()
        for line in filter(None, placed.lines):
            text = self._take(line, placed.box, placed.role, placed.size_pt, placed.field, whole)
            if taken and text.y <= taken[-1].y:
                raise MismatchError("order", placed.field)
            # Words for the hand and a character in a cell may stand out of their box; a value is cut off.
            is_value = placed.role is not FontRole.LABEL and len(clusters(line)) > 1
            if not _is_aligned(text, placed) or (is_value and text.width > placed.box.w + OFF_MM):
                raise MismatchError("place", placed.field)
            taken.append(text)
        if taken:
            top, last = _place_of(taken[0]).y, _place_of(taken[-1])
            if abs(top + last.y + last.h - 2 * placed.box.y - placed.box.h) > 2 * OFF_MM:
                raise MismatchError("place", placed.field)

    def _take_caption(self, caption: Caption) -> list[ShownText]:
        size = caption.size_pt * MM_PER_PT
        columns = [line for line in caption.text.split("\n") if line]
        lines = [unit for line in columns for unit in clusters(line)] if caption.vertical else columns
        # Words of a form may be higher than their box, and stand out of it on both sides.
        spare = size * len(columns) * _LINE_STEP if caption.vertical or len(lines) > 1 else 0.0
        box = Box(
            caption.box.x - (spare if caption.vertical else 0),
            caption.box.y - spare,
            caption.box.w + (2 * spare if caption.vertical else 0),
            caption.box.h + 2 * spare,
        )
        whole = caption.text.replace("\n", "")
        return [self._take(line, box, caption.role, caption.size_pt, FORM_ITSELF, whole) for line in lines]

    def _take_watermark(self, words: str) -> ShownText:
        pale = [text for text in self._waiting.get(words, ()) if text.grey >= _PALE]
        if not pale or not self._proof.draws(self._page.fonts, pale[0].codes, FontRole.LABEL_BOLD):
            raise MismatchError("text")
        self._waiting[words].remove(pale[0])
        return pale[0]

    def _take(
        self, line: str, box: Box, role: FontRole, size_pt: float | None, field: str, whole: str
    ) -> ShownText:
        """Find the line among what is shown and not yet accounted for: in its box, its size, its glyphs."""
        reason = 0
        candidates = self._waiting.get(line, [])
        for index, text in enumerate(candidates):
            if text.actual not in {None, line, whole} or text.grey > _DARK:
                continue
            is_size = size_pt is None or abs(text.size_pt - size_pt) < 0.01
            if not is_size or not _stands_in(text, box):
                reason = max(reason, 1)
            elif not self._proof.draws(self._page.fonts, text.codes, role):
                reason = 2
            else:
                return candidates.pop(index)
        raise MismatchError(_REASONS[reason], field)

    def _take_mark(self, placed: PlacedMark) -> None:
        circle = placed.shape == "circle"
        for index, stroke in enumerate(self._shown.strokes):
            is_check = not stroke.curved and stroke.points == _CHECK_POINTS
            is_there = same_place if circle else ticks
            if (stroke.curved if circle else is_check) and is_there(stroke.bounds, placed.box):
                del self._shown.strokes[index]
                return
        raise MismatchError("mark", placed.field)

    def _take_picture(self, placed: PlacedPicture) -> None:
        for index, found in enumerate(self._shown.pictures):
            picture = self._page.pictures.get(found.name)
            if picture is None or found.actual != placed.text or not same_place(found.box, placed.box):
                continue
            if picture.shows(placed.picture.width, placed.picture.height, placed.picture.grey):
                del self._shown.pictures[index]
                return
        raise MismatchError("picture", placed.field)

    def _take_code(self, box: Box, words: str) -> None:
        """The page's QR code: its squares, compared with the code of the same words made anew."""
        rows = qr_modules(words)
        for index, squares in enumerate(self._shown.squares):
            off = (squares.corner[0] - box.x, squares.corner[1] - box.y, squares.side * len(rows) - box.w)
            if max(map(abs, off)) > OFF_MM or squares.grey > _DARK:
                continue
            if _bits_of(squares) == [sum(1 << x for x, dark in enumerate(row) if dark) for row in rows]:
                del self._shown.squares[index]
                return
        raise MismatchError("qr")


def _bits_of(squares: ShownSquares) -> list[int]:
    """The dark squares of a code, row by row, its last row's white border included."""
    rows: dict[int, int] = defaultdict(int)
    for x, y, width, height in squares.rectangles:
        if not (x.is_integer() and y.is_integer() and width.is_integer() and height == 1):
            raise MismatchError("qr")
        rows[int(y)] |= ((1 << int(width)) - 1) << int(x)
    border = min(rows, default=0)
    return [rows[y] for y in range(max(rows, default=0) + 1 + border)]


def _place_of(text: ShownText) -> Box:
    size = text.size_pt * MM_PER_PT
    return Box(text.x, text.y - size * _ABOVE_BASELINE, text.width, size)


def _is_aligned(text: ShownText, placed: PlacedText) -> bool:
    box, spare = placed.box, placed.box.w - text.width
    start = box.x + {"left": 0.0, "center": 0.5, "right": 1.0}[placed.align] * spare
    return abs(text.x - start) <= OFF_MM


def _stands_in(text: ShownText, box: Box) -> bool:
    """Whether the line lies in the box, or fills it and stands out where it is the larger."""
    place = _place_of(text)
    return is_within(place.x, place.w, box.x, box.w) and is_within(place.y, place.h, box.y, box.h)
