"""What a page of a finished PDF shows, read from its bytes: text with its place, strokes, areas, pictures.

Reads content streams as PDF 32000-1 has them (§8, §9, §14.6, given), as far as our own paper goes; an
operator that would show something in a way not read here is an error, never passed over.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from kakanai.forms.content_syntax import ACTUAL_TEXT, FRAGMENT, MARKED, OPERATION, unescaped
from kakanai.forms.embedded_font import EmbeddedFont
from kakanai.forms.shown_page import (
    ShownArea,
    ShownPage,
    ShownPicture,
    ShownSquares,
    ShownStroke,
    ShownText,
)
from kakanai.forms.template import Box

MM_PER_PT = 25.4 / 72
Matrix = tuple[float, float, float, float, float, float]
_THICK_PT = 3.0
"""As wide no line of ours is; where lines lie is not compared."""
_UNIT: Matrix = (1, 0, 0, 1, 0, 0)


class UnreadableError(ValueError):
    """The page says something in a way that is not read here; never quotes it."""


def read_page(data: bytes, height_pt: float, fonts: Mapping[str, EmbeddedFont], start: int = 0) -> ShownPage:
    """What a content stream shows from `start`, one of its rests; `fonts` are those of its resources by name.

    Raises:
        UnreadableError, ValueError, KeyError: it shows something in a way that is not read here.
    """
    reader = _Reader(height_pt, fonts)
    reader.read(data, start)
    return reader.shown


@dataclass
class _State:
    """The graphics state that q keeps and Q gives back."""

    matrix: Matrix = _UNIT
    font: str = ""
    size: float = 0.0
    grey: float = 0.0


class _Reader:
    def __init__(self, height_pt: float, fonts: Mapping[str, EmbeddedFont]) -> None:
        self.shown = ShownPage()
        self._height = height_pt
        self._fonts = fonts
        self._state = _State()
        self._saved: list[_State] = []
        self._text_matrix = _UNIT
        self._line: list[tuple[str, bytes]] = []
        self._line_start: tuple[float, float] = (0.0, 0.0)
        self._line_size = self._advanced = 0.0
        self._points: list[tuple[float, float]] = []
        self._rectangles: list[tuple[float, float, float, float]] = []
        self._curved = False
        self._marked: list[str | None] = []
        self._count = 0
        self._operators: dict[bytes, Callable[[bytes], None]] = {
            b"BT": self._leave, b"ET": self._leave, b"T*": self._leave,
            b"Tf": self._choose, b"Tm": self._move, b"Tj": self._show, b"TL": self._pass,
            b"m": self._points_of, b"l": self._points_of, b"c": self._curve, b"re": self._rectangle,
            b"n": self._end_path, b"S": self._stroke, b"s": self._stroke,
            b"f": self._fill, b"f*": self._fill,
            b"w": self._weigh, b"d": self._pass, b"g": self._grey,
            b"BDC": self._mark, b"BMC": self._mark, b"EMC": self._unmark,
            b"q": self._save, b"Q": self._restore, b"cm": self._transform, b"Do": self._picture,
        }  # fmt: skip

    def read(self, data: bytes, position: int) -> None:
        operators = self._operators
        for found in OPERATION.finditer(data, position):
            start, end = found.span()
            if start != position:
                raise UnreadableError("syntax")
            position = end
            x, y, line, squares, operands, operator = found.groups()
            if line is not None:
                self._show_line(float(x), float(y), line)
            elif operator is not None:
                operate = operators.get(operator)
                if operate is None:
                    raise UnreadableError("operator")
                operate(operands)
                if operator == b"EMC" and self._rests():
                    self.shown.rests.append((end, self._count))
            elif squares is not None:
                self._squares(squares)
            elif self._points or self._rectangles:
                raise UnreadableError("path")
        if position != len(data) or self._saved or self._marked or self._line:
            raise UnreadableError("unfinished")

    def _rests(self) -> bool:
        state = self._state
        return not (self._marked or self._saved or self._line or state.grey) and state.matrix == _UNIT

    # --- text -------------------------------------------------------------------------

    def _choose(self, operands: bytes) -> None:
        name, size = operands.split()
        self._state.font, self._state.size = name[1:].decode("ascii"), float(size)

    def _move(self, operands: bytes) -> None:
        self._end_line()
        self._text_matrix = _matrix(operands)

    def _leave(self, _operands: bytes) -> None:
        self._end_line()

    def _show_line(self, x: float, y: float, fragments: bytes) -> None:
        self._end_line()
        self._text_matrix = (1, 0, 0, 1, x, y)
        for name, size, string in FRAGMENT.findall(fragments):
            self._state.font, self._state.size = name.decode("ascii"), float(size)
            self._show(string)
        self._end_line()

    def _show(self, operands: bytes) -> None:
        shown = operands.strip()
        if not self._line:
            matrix = _times(self._text_matrix, self._state.matrix)
            if matrix[:4] != _UNIT[:4]:
                raise UnreadableError("text")
            self._line_start, self._advanced = matrix[4:], 0.0
            self._line_size = self._state.size
        name, size = self._state.font, self._state.size
        if size != self._line_size:
            raise UnreadableError("size")
        codes = bytes.fromhex(shown[1:-1].decode("ascii")) if shown[:1] == b"<" else unescaped(shown[1:-1])
        self._line.append((name, codes))
        self._advanced += sum(map(self._fonts[name].widths.__getitem__, codes)) * size / 1000

    def _end_line(self) -> None:
        line = self._line
        if not line:
            return
        text = "".join(["".join(map(self._fonts[name].texts.__getitem__, codes)) for name, codes in line])
        x, y = self._line_start
        self.shown.texts.append(
            ShownText(
                text,
                x * MM_PER_PT,
                (self._height - y) * MM_PER_PT,
                self._advanced * MM_PER_PT,
                self._line_size,
                tuple(line),
                self._state.grey,
                self._told(),
                self._next(),
            )
        )
        # The codes of a line that nothing has moved since would be drawn after it: only Tm begins another.
        self._line = []
        self._text_matrix = _NOWHERE

    # --- paths ------------------------------------------------------------------------

    def _points_of(self, operands: bytes) -> None:
        numbers = [float(operand) for operand in operands.split()]
        self._points += zip(numbers[0::2], numbers[1::2], strict=True)

    def _curve(self, operands: bytes) -> None:
        self._points_of(operands)
        self._curved = True

    def _rectangle(self, operands: bytes) -> None:
        x, y, width, height = map(float, operands.split())
        self._rectangles.append((x, y, width, height))

    def _stroke(self, _operands: bytes) -> None:
        if len(self._points) > 2:
            a, d, e, f = self._upright()
            xs, ys = [a * x + e for x, _ in self._points], [d * y + f for _, y in self._points]
            bounds = self._box(min(xs), min(ys), max(xs), max(ys))
            self.shown.strokes.append(ShownStroke(bounds, len(self._points), self._curved, self._next()))
        self._end_path()

    def _squares(self, squares: bytes) -> None:
        numbers = iter(map(float, squares.replace(b"re", b"").split()))
        rectangles = tuple(zip(numbers, numbers, numbers, numbers, strict=True))
        a, d, e, f = self._upright()
        if self._points or self._rectangles or abs(a + d) > 1e-6:
            self._rectangles += rectangles
            self._fill(b"")
            return
        corner = e * MM_PER_PT, (self._height - f) * MM_PER_PT
        self.shown.squares.append(ShownSquares(rectangles, corner, a * MM_PER_PT, self._state.grey))

    def _fill(self, _operands: bytes) -> None:
        if self._points:
            raise UnreadableError("area")
        a, d, e, f = self._upright()
        for x, y, width, height in self._rectangles:
            box = self._box(a * x + e, d * y + f, a * (x + width) + e, d * (y + height) + f)
            self.shown.areas.append(ShownArea(box, self._state.grey, self._next()))
        self._end_path()

    def _end_path(self, _operands: bytes = b"") -> None:
        self._points, self._rectangles, self._curved = [], [], False

    def _upright(self) -> tuple[float, float, float, float]:
        a, b, c, d, e, f = self._state.matrix
        if (b, c) != (0, 0):
            raise UnreadableError("turned")
        return a, d, e, f

    def _box(self, x1: float, y1: float, x2: float, y2: float) -> Box:
        left, right = min(x1, x2), max(x1, x2)
        bottom, top = min(y1, y2), max(y1, y2)
        return Box(
            left * MM_PER_PT,
            (self._height - top) * MM_PER_PT,
            (right - left) * MM_PER_PT,
            (top - bottom) * MM_PER_PT,
        )

    # --- the rest ---------------------------------------------------------------------

    def _mark(self, operands: bytes) -> None:
        self._end_line()
        if not MARKED.fullmatch(operands):
            raise UnreadableError("marked")
        found = ACTUAL_TEXT.search(operands) if b"/ActualText" in operands else None
        if found is None:
            self._marked.append(None)
            return
        told = bytes.fromhex(found[1].decode("ascii")) if found[1] is not None else unescaped(found[2][1:-1])
        self._marked.append(told.decode("utf-16" if told[:2] == b"\xfe\xff" else "ascii"))

    def _unmark(self, _operands: bytes) -> None:
        self._end_line()
        self._marked.pop()

    def _told(self) -> str | None:
        return next((told for told in reversed(self._marked) if told is not None), None)

    def _save(self, _operands: bytes) -> None:
        state = self._state
        self._saved.append(_State(state.matrix, state.font, state.size, state.grey))

    def _restore(self, _operands: bytes) -> None:
        self._state = self._saved.pop()

    def _transform(self, operands: bytes) -> None:
        self._state.matrix = _times(_matrix(operands), self._state.matrix)

    def _grey(self, operands: bytes) -> None:
        self._state.grey = float(operands)

    def _picture(self, operands: bytes) -> None:
        a, d, e, f = self._upright()
        box = self._box(e, f, e + a, f + d)
        name = operands.strip().decode("ascii")
        self.shown.pictures.append(ShownPicture(name, box, self._told(), self._next()))

    def _weigh(self, operands: bytes) -> None:
        if float(operands) >= _THICK_PT:
            raise UnreadableError("line")  # it would hide what it crosses

    def _pass(self, _operands: bytes) -> None:
        """What changes nothing that is compared: dashes of lines, leading."""

    def _next(self) -> int:
        self._count += 1
        return self._count


_NOWHERE: Matrix = (0, 0, 0, 0, 0, 0)


def _matrix(operands: bytes) -> Matrix:
    a, b, c, d, e, f = map(float, operands.split())
    return a, b, c, d, e, f


def _times(first: Matrix, second: Matrix) -> Matrix:
    a, b, c, d, e, f = first
    p, q, r, s, t, u = second
    return (
        a * p + b * r,
        a * q + b * s,
        c * p + d * r,
        c * q + d * s,
        e * p + f * r + t,
        e * q + f * s + u,
    )
