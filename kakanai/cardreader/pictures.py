"""Pictures from cards 顔写真・字形・券面画像: looked at with distrust, and turned into clean PNG.

A card is foreign input. Only the asked-for formats are decoded, only up to fixed sizes, and only whole files;
what comes out is made of pixels alone, without any of the file's metadata.
"""

import dataclasses
import enum
import io
import struct
import zlib
from collections.abc import Collection, Iterator
from typing import ClassVar, Final

from PIL import Image, ImageOps

from kakanai.cardreader.errors import CardError
from kakanai.cardreader.text_picture import TextPicture


class PictureError(CardError):
    """A picture from a card cannot be shown; `reason` is a short English word for the log."""

    code: ClassVar[str] = "C-050"
    exit_status: ClassVar[int] = 6

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(reason=reason)


@enum.unique
class PictureFormat(enum.StrEnum):
    """The formats cards use 画像形式; TIFF only with one page of MMR (ITU-T T.6), black and white."""

    PNG = "png"
    JPEG2000 = "jpeg2000"
    TIFF = "tiff"


@dataclasses.dataclass(frozen=True)
class Picture:
    """What a picture is: its format, and its width and height in pixels."""

    format: PictureFormat
    width: int
    height: int


LONGEST: Final = 65_536
"""Bytes; the largest picture file of any card has 7000 (在留カード, given)."""

MOST_PIXELS: Final = 2_000_000
"""Pixels; the largest known picture has 286,450 (在留カード 674×425, given)."""

_PNG_START: Final = b"\x89PNG\r\n\x1a\n"
_JP2_START: Final = bytes.fromhex("0000000c6a5020200d0a870a")
_CODESTREAM_START: Final = bytes.fromhex("ff4fff51")
_TIFF_STARTS: Final = (b"II*\x00", b"MM\x00*")
_STRIP_OFFSETS, _STRIP_LENGTHS = 273, 279  # TIFF 6.0, given
_BILEVEL, _GREY, _COLOUR = "1", "L", "RGB"
_WITH_ALPHA: Final = frozenset({"LA", "PA", "P", "RGBA"})

# Whatever Pillow raises on broken files; warnings too, where a program turns them into errors.
_UNREADABLE: Final = (
    OSError,
    ValueError,
    TypeError,
    SyntaxError,
    LookupError,
    ArithmeticError,
    AttributeError,
    EOFError,
    MemoryError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
    Warning,
)


def look_at(data: bytes, *, allowed: Collection[PictureFormat]) -> Picture:
    """Format and size of a picture that was decoded to its last pixel.

    Raises:
        PictureError: of no allowed format, broken, cut off or too large.
    """
    found, image = _decode(data, allowed)
    return Picture(found, image.width, image.height)


def to_png(data: bytes, *, allowed: Collection[PictureFormat]) -> bytes:
    """The same pixels as PNG: black and white, grey or colour, transparent parts white.

    Raises:
        PictureError: of no allowed format, broken, cut off or too large.
    """
    _, image = _decode(data, allowed)
    try:
        # Pasted into a new picture, for a copy would carry the old one's metadata along.
        clean = Image.new(image.mode, image.size)
        clean.paste(image)
        out = io.BytesIO()
        clean.save(out, "PNG")
    except _UNREADABLE:
        raise PictureError(reason="encode") from None
    return out.getvalue()


def to_text_picture(data: bytes, *, line_characters: int) -> TextPicture:
    """The words of a PNG whose whole lines have so many square characters, in pixels as they are.

    White lines below and white columns to the right of the words are left out. A picture that is not made of
    such lines counts as one line.

    Raises:
        PictureError: no PNG, broken, cut off or too large (see `to_png`), or nothing but white.
    """
    _, image = _decode(data, (PictureFormat.PNG,))
    try:
        grey = image.convert(_GREY)
        box = ImageOps.invert(grey).getbbox()
        if box is None:
            raise PictureError(reason="blank")
        side, rest = divmod(grey.width, line_characters)
        line_px = side if side and not rest and grey.height % side == 0 else grey.height
        words = grey.crop((0, 0, box[2], -(-box[3] // line_px) * line_px))
        out = io.BytesIO()
        words.save(out, "PNG")
    except _UNREADABLE:
        raise PictureError(reason="encode") from None
    return TextPicture(words.width, words.height, line_px, words.tobytes(), out.getvalue())


def _decode(data: bytes, allowed: Collection[PictureFormat]) -> tuple[PictureFormat, Image.Image]:
    if not data:
        raise PictureError(reason="empty")
    if len(data) > LONGEST:
        raise PictureError(reason="too-long")
    found, start = _recognise(data)
    if found not in allowed:
        raise PictureError(reason="format")
    body = data[start:]
    try:
        if found is PictureFormat.PNG:
            _refuse_cut_off_png(body)
        image = Image.open(io.BytesIO(body), formats=[found.value.upper()])
        _refuse_size(image.width, image.height)
        if found is PictureFormat.JPEG2000:
            _refuse_other_codestream(body, image)
        elif found is PictureFormat.TIFF:
            _refuse_other_tiff(body, image)
        image.load()
        return found, _plain(image)
    except _UNREADABLE:
        # Not chained: the error might quote the file.
        raise PictureError(reason="broken") from None


def _recognise(data: bytes) -> tuple[PictureFormat, int]:
    """The format by its first bytes, and where the picture starts.

    JPEG 2000 may lie behind padding, in its JP2 container or bare (observed: soft-studio's reader of
    運転免許証 searches for the codestream).
    """
    if data.startswith(_PNG_START):
        return PictureFormat.PNG, 0
    if data.startswith(_TIFF_STARTS):
        return PictureFormat.TIFF, 0
    starts = [at for at in (data.find(_JP2_START), data.find(_CODESTREAM_START)) if at >= 0]
    if not starts:
        raise PictureError(reason="format")
    return PictureFormat.JPEG2000, min(starts)


def _refuse_size(width: int, height: int) -> None:
    if width < 1 or height < 1 or width * height > MOST_PIXELS:
        raise PictureError(reason="too-large")


def _refuse_cut_off_png(data: bytes) -> None:
    """Every chunk must be there up to IEND (PNG, ISO/IEC 15948, given); Pillow shows the picture without."""
    offset = len(_PNG_START)
    while offset + 12 <= len(data):
        length = int.from_bytes(data[offset : offset + 4])
        end = offset + 12 + length
        if data[offset + 4 : offset + 8] == b"IEND" and end <= len(data):
            return
        offset = end
    raise PictureError(reason="cut-off")


def _refuse_other_codestream(data: bytes, image: Image.Image) -> None:
    """The codestream's own size (SIZ, ISO/IEC 15444-1 A.5.1, given) must be that of the container."""
    start = next(_codestreams(data), -1)
    if start < 0 or data[start : start + 4] != _CODESTREAM_START:
        raise PictureError(reason="no-codestream")
    right, bottom, left, top = struct.unpack_from(">4I", data, start + 8)
    (components,) = struct.unpack_from(">H", data, start + 40)
    _refuse_size(right, bottom)
    if (right - left, bottom - top) != image.size or not 1 <= components <= 4:
        raise PictureError(reason="size-differs")


def _codestreams(data: bytes) -> Iterator[int]:
    """Where the codestreams start: at 0, or inside each jp2c box (ISO/IEC 15444-1 I.4, given)."""
    if data.startswith(_CODESTREAM_START):
        yield 0
        return
    offset = 0
    while offset + 8 <= len(data):
        length, kind = struct.unpack_from(">I4s", data, offset)
        header = 8
        if length == 1:
            (length,) = struct.unpack_from(">Q", data, offset + 8)
            header = 16
        if kind == b"jp2c":
            yield offset + header
        if length < header:  # 0: up to the end of the file
            return
        offset += length


def _refuse_other_tiff(data: bytes, image: Image.Image) -> None:
    """MMR with every strip within the file; libtiff would leave the rest of a cut-off picture white."""
    tags = dict(getattr(image, "tag_v2", {}))
    if image.info.get("compression") != "group4" or image.mode != _BILEVEL:
        raise PictureError(reason="tiff-kind")
    offsets, lengths = tags.get(_STRIP_OFFSETS, ()), tags.get(_STRIP_LENGTHS, ())
    if not offsets or len(offsets) != len(lengths):
        raise PictureError(reason="tiff-strips")
    if any(length < 1 or at + length > len(data) for at, length in zip(offsets, lengths, strict=True)):
        raise PictureError(reason="cut-off")


def _plain(image: Image.Image) -> Image.Image:
    """The picture in one of three modes: black and white, grey, colour."""
    if image.mode in (_BILEVEL, _GREY, _COLOUR):
        return image
    if image.mode not in _WITH_ALPHA:
        raise PictureError(reason="colours")
    layers = image.convert("RGBA")
    white = Image.new("RGBA", layers.size, "white")
    return Image.alpha_composite(white, layers).convert(_COLOUR)
