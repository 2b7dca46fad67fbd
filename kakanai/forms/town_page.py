"""A page of a town's own PDF as one thing to draw: what is seen of it on paper, upright, nothing that acts.

Taken over are the page's content and how its form fields and other annotations look when printed. Fields,
links, scripts and attachments stay behind (PDF 32000-1 §8.10, §12.5, given).
"""

import logging
import math
from typing import TYPE_CHECKING, cast

if TYPE_CHECKING:
    from pypdf import PageObject, PdfWriter
    from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

Matrix = tuple[float, float, float, float, float, float]

POINTS_PER_MM = 72 / 25.4
_HIDDEN, _PRINT = 0x02, 0x04  # of an annotation's flags (§12.5.3, given); what is not to be printed is not
_POPUP = "/Popup"
_NO_LOOK = frozenset({"/Page", "/Pages", "/Catalog", "/Annot", "/Action", "/Filespec", "/EmbeddedFile"})


def silence_pypdf() -> None:
    """Keep the library's remarks on odd files to itself: they may quote what is in them."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)


def seen_size_mm(page: "PageObject") -> tuple[float, float]:
    """Width and height of the page as a person sees it: cropped, turned, in its own unit."""
    scale = float(page.user_unit) / POINTS_PER_MM
    width, height = float(page.cropbox.width) * scale, float(page.cropbox.height) * scale
    return (height, width) if page.rotation % 180 else (width, height)


def add_town_page(writer: "PdfWriter", page: "PageObject", height_mm: float) -> "IndirectObject":
    """The page as a form XObject of the writer, its top left corner at that of paper `height_mm` high.

    Raises:
        Exception: of nearly any kind, when the page is damaged.
    """
    from pypdf.generic import ArrayObject, DecodedStreamObject, DictionaryObject, FloatObject, NameObject

    contents = page.get_contents()
    content = contents.get_data() if contents is not None else b""
    found = page.get("/Resources", DictionaryObject()).get_object()
    _cut_off(found)
    resources = cast("DictionaryObject", found.clone(writer, force_duplicate=True))
    box = page.cropbox
    edges = [float(edge) for edge in (box.left, box.bottom, box.right, box.top)]
    looks = _looks(writer, page, resources)
    made = DecodedStreamObject()
    made.set_data(b"q\n" + content + b"\nQ\n" + looks)
    made[NameObject("/Type")] = NameObject("/XObject")
    made[NameObject("/Subtype")] = NameObject("/Form")
    made[NameObject("/BBox")] = ArrayObject(map(FloatObject, edges))
    made[NameObject("/Matrix")] = ArrayObject(map(FloatObject, _upright(page, height_mm * POINTS_PER_MM)))
    made[NameObject("/Resources")] = resources
    if "/Group" in page:
        group = cast("DictionaryObject", page["/Group"])
        _cut_off(group)
        made[NameObject("/Group")] = group.clone(writer)
    return writer._add_object(made.flate_encode())


def _cut_off(top: object) -> None:
    """Take out of a page's own parts what leads on to pages, fields, scripts and attachments.

    A single entry that names its page would else bring the town's whole document along.
    """
    from pypdf.generic import ArrayObject, DictionaryObject, NullObject

    waiting: list[object] = [top]
    seen: dict[int, object] = {}
    while waiting:
        one = waiting.pop()
        if id(one) in seen or not isinstance(one, DictionaryObject | ArrayObject):
            continue
        seen[id(one)] = one  # kept alive: it is known by its identity
        for place, value in list(one.items() if isinstance(one, DictionaryObject) else enumerate(one)):
            part = value.get_object()
            if isinstance(part, DictionaryObject) and _is_no_look(part):
                one[place] = NullObject()
            else:
                waiting.append(part)


def _is_no_look(entry: "DictionaryObject") -> bool:
    """Whether it is a part of a document that shows nothing of a page."""
    return entry.get("/Type") in _NO_LOOK or "/MediaBox" in entry or entry.get("/S") == "/JavaScript"


def _upright(page: "PageObject", height_pt: float) -> Matrix:
    """From the page's own coordinates to those of the paper it is seen on."""
    box = page.cropbox
    left, bottom, right, top = (float(edge) for edge in (box.left, box.bottom, box.right, box.top))
    turned: dict[int, Matrix] = {
        0: (1, 0, 0, 1, -left, -bottom),
        90: (0, -1, 1, 0, -bottom, right),
        180: (-1, 0, 0, -1, right, top),
        270: (0, 1, -1, 0, top, -left),
    }
    unit = float(page.user_unit)
    a, b, c, d, e, f = (part * unit for part in turned[page.rotation % 360])
    return a, b, c, d, e, f + height_pt - seen_size_mm(page)[1] * POINTS_PER_MM


def _looks(writer: "PdfWriter", page: "PageObject", resources: "DictionaryObject") -> bytes:
    """Operators that draw what the page's annotations look like; their looks join the resources."""
    from pypdf.generic import ArrayObject, DictionaryObject, NameObject

    drawn: list[bytes] = []
    annotations = cast("ArrayObject", page.get("/Annots", ArrayObject()).get_object())
    forms = cast("DictionaryObject", resources.get("/XObject", DictionaryObject()).get_object())
    for number, reference in enumerate(annotations):
        annotation = reference.get_object()
        look = _printed_look(annotation)
        matrix = _to_rectangle(look, annotation) if look is not None else None
        if look is None or matrix is None:
            continue
        name = f"/KakanaiLook{number}"
        _cut_off(look)
        form = look.clone(writer)
        # A look may leave out what it is, for nothing else can stand there (observed); a form may not.
        form[NameObject("/Subtype")] = NameObject("/Form")
        forms[NameObject(name)] = cast("IndirectObject", form.indirect_reference)
        drawn.append(f"q {' '.join(f'{part:.5f}' for part in matrix)} cm {name} Do Q\n".encode("ascii"))
    if drawn:
        resources[NameObject("/XObject")] = forms
    return b"".join(drawn)


def _printed_look(annotation: "DictionaryObject") -> "StreamObject | None":
    from pypdf.generic import DictionaryObject, StreamObject

    flags = int(annotation.get("/F", 0))
    if flags & _HIDDEN or not flags & _PRINT or annotation.get("/Subtype") == _POPUP:
        return None
    look = annotation.get("/AP", DictionaryObject()).get_object().get("/N")
    look = look.get_object() if look is not None else None
    if isinstance(look, DictionaryObject) and not isinstance(look, StreamObject):
        state = look.get(annotation.get("/AS", "/Off"))
        look = state.get_object() if state is not None else None
    return look if isinstance(look, StreamObject) else None


def _to_rectangle(look: "StreamObject", annotation: "DictionaryObject") -> Matrix | None:
    """The matrix that puts a look into its rectangle (PDF 32000-1 §12.5.5 algorithm 8.1, given)."""
    a, b, c, d, e, f = (float(part) for part in look.get("/Matrix", [1, 0, 0, 1, 0, 0]))
    x1, y1, x2, y2 = (float(part) for part in look.get("/BBox", [0, 0, 0, 0]))
    corners = [(a * x + c * y + e, b * x + d * y + f) for x in (x1, x2) for y in (y1, y2)]
    left, right = min(x for x, _ in corners), max(x for x, _ in corners)
    bottom, top = min(y for _, y in corners), max(y for _, y in corners)
    if math.isclose(left, right) or math.isclose(bottom, top):
        return None
    x3, y3, x4, y4 = (float(edge) for edge in cast("ArrayObject", annotation["/Rect"]))
    across, up = abs(x4 - x3) / (right - left), abs(y4 - y3) / (top - bottom)
    return across, 0, 0, up, min(x3, x4) - left * across, min(y3, y4) - bottom * up
