"""What a page of a finished PDF shows, in mm from its top left corner; personal where it shows values."""

from dataclasses import dataclass, field

from kakanai.forms.template import Box


@dataclass(frozen=True, repr=False)
class ShownText:
    """A line as shown: what it reads as, where its first glyph starts (mm), how wide it is, size, codes.

    `codes` are the names of fonts and the codes of glyphs in order; `grey` is its colour, 0 black; `actual`
    what the marked content around it says that it reads as, `number` its place among all that the page shows.
    """

    text: str
    x: float
    y: float
    width: float
    size_pt: float
    codes: tuple[tuple[str, bytes], ...]
    grey: float
    actual: str | None
    number: int


@dataclass(frozen=True)
class ShownStroke:
    """A stroked path of more than a straight line: its bounds in mm, how many points, whether curved."""

    bounds: Box
    points: int
    curved: bool
    number: int


@dataclass(frozen=True)
class ShownPicture:
    """A named picture or form, and the box in mm that it fills."""

    name: str
    box: Box
    actual: str | None
    number: int


@dataclass(frozen=True)
class ShownArea:
    """A filled rectangle in mm."""

    box: Box
    grey: float
    number: int


@dataclass(frozen=True)
class ShownSquares:
    """Filled rectangles (x, y, width, height) of one path, in a unit of `side` mm from a corner, y down."""

    rectangles: tuple[tuple[float, float, float, float], ...]
    corner: tuple[float, float]
    side: float
    grey: float


@dataclass(repr=False)
class ShownPage:
    """Everything a page shows, straight lines left out.

    `rests` are the places in its bytes where nothing is under way that would change what follows, each with
    the number of what was shown last.
    """

    texts: list[ShownText] = field(default_factory=list)
    strokes: list[ShownStroke] = field(default_factory=list)
    pictures: list[ShownPicture] = field(default_factory=list)
    areas: list[ShownArea] = field(default_factory=list)
    squares: list[ShownSquares] = field(default_factory=list)
    rests: list[tuple[int, int]] = field(default_factory=list)
