"""A town's own PDF 団体の PDF that lies under the boxes of a form: read whole and judged when the form is."""

import io
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from kakanai.datafile import Node
from kakanai.forms.paper_size import page_size
from kakanai.forms.town_page import add_town_page, seen_size_mm, silence_pypdf

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

_LARGEST = 20_000_000
"""Bytes; a scanned form of a few pages has a tenth of it."""

_LONGEST_CONTENT = 50_000_000
"""Bytes of a page's unpacked content; a drawn map has a tenth of it. A few bytes can be packed gigabytes."""

_MOST_PAGES = 200
"""All pages are looked at whenever the form is read; our longest form has four."""

_OFF_MM = 3.0
"""How far a page may be off its paper size: PDFs of offices are up to 0.1 mm off (observed), bleed more."""

_TURN = {False: "横長の紙には landscape: yes を書く", True: "縦長の紙なら landscape を消す"}


@dataclass(frozen=True)
class OwnPdf:
    """The PDF's bytes, and how many pages it has."""

    data: bytes
    pages: int


def read_own_pdf(node: Node, folder: Path, paper: str, *, landscape: bool) -> OwnPdf:
    """The PDF that `background: name.pdf` names, beside the form's file.

    Raises:
        DataFileError: at the entry: no such file, no PDF, damaged, locked by a password, wrong paper.
    """
    name = node.text()
    if name != Path(name).name or not name.lower().endswith(".pdf"):
        node.fail("background には、form.yaml と同じフォルダーの PDF の名前を書いてください")
    try:
        with (folder / name).open("rb") as file:
            data = file.read(_LARGEST + 1)
    except OSError:
        node.fail(f"PDF を読めません: {name}(form.yaml と同じフォルダーに置いてください)")
    if len(data) > _LARGEST:
        node.fail(f"PDF が大きすぎます: {name}({_LARGEST // 1_000_000}MB まで)")
    sizes = _page_sizes(node, name, data)
    paper_mm = page_size(paper, landscape=landscape)
    for number, size in enumerate(sizes, start=1):
        if any(abs(is_mm - ought_mm) > _OFF_MM for is_mm, ought_mm in zip(size, paper_mm, strict=True)):
            node.fail(
                f"PDF の {number} ページ目は {size[0]:.0f}×{size[1]:.0f}mm で、様式の紙 "
                f"{paper_mm[0]:.0f}×{paper_mm[1]:.0f}mm と合いません({_TURN[landscape]})"
            )
    return OwnPdf(data, len(sizes))


def _page_sizes(node: Node, name: str, data: bytes) -> list[tuple[float, float]]:
    """Width and height in mm of every page, as it is looked at; each can be laid under one of ours."""
    # Only a town with a PDF of its own pays for the library.
    import pypdf

    silence_pypdf()
    try:
        reader = pypdf.PdfReader(io.BytesIO(data))
        locked = reader.is_encrypted
        hidden = "" if locked else _unlike_paper(reader)
        count = 0 if locked or hidden else len(reader.pages)
        pages = list(reader.pages) if 0 < count <= _MOST_PAGES else []
        sizes = [seen_size_mm(page) for page in pages]
        for page in pages:
            _require_whole(page)
        writer = pypdf.PdfWriter()
        for page in pages:
            add_town_page(writer, page, 0)
        writer.write(io.BytesIO())
    except Exception:  # noqa: BLE001
        # A damaged file makes the library raise nearly anything; none of it helps whoever edits the form.
        node.fail(f"PDF が壊れているか、PDF ではありません: {name}")
    if locked:
        node.fail(f"PDF に暗証番号か編集の制限が掛かっています: {name}(制限のない PDF に置き換えてください)")
    if hidden:
        node.fail(f"{hidden}: {name}(紙に印刷したとおりの PDF に置き換えてください)")
    if count > _MOST_PAGES:
        node.fail(f"PDF のページが多すぎます: {name}({_MOST_PAGES} ページまで)")
    if not sizes:
        node.fail(f"PDF にページがありません: {name}")
    return sizes


def _require_whole(page: "PageObject") -> None:
    """The page's content must go to its end; the library makes do with what there is.

    Raises:
        ValueError, zlib.error: it does not.
    """
    from pypdf.generic import ArrayObject, StreamObject

    contents = page.get("/Contents", ArrayObject()).get_object()
    parts = contents if isinstance(contents, ArrayObject) else [contents]
    for part in (part.get_object() for part in parts):
        if isinstance(part, StreamObject) and part.get("/Filter") in ("/FlateDecode", ["/FlateDecode"]):
            decoder = zlib.decompressobj()
            decoder.decompress(part._data, _LONGEST_CONTENT)
            if not decoder.eof:
                raise ValueError("content")


def _unlike_paper(reader: "PdfReader") -> str:
    """Why paper would not show what a viewer shows; empty when it does."""
    from pypdf.generic import ArrayObject, DictionaryObject

    catalog = reader.root_object
    if catalog.get("/NeedsRendering"):
        return "開くたびに紙面を作る PDF(動的 XFA)です"
    layers = catalog.get("/OCProperties", DictionaryObject()).get_object().get("/D", DictionaryObject())
    layers = layers.get_object()
    if layers.get("/OFF", ArrayObject()).get_object() or layers.get("/BaseState", "/ON") != "/ON":
        return "表示しないレイヤーのある PDF です"
    return ""
