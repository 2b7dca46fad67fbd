"""Pictures from cards: every format a card uses, and what a broken or hostile one may not do."""

import io
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageDraw, PngImagePlugin

from kakanai.cardreader.pictures import LONGEST, Picture, PictureError, PictureFormat, look_at, to_png

ALL = frozenset(PictureFormat)
PNG, JPEG2000, TIFF = PictureFormat.PNG, PictureFormat.JPEG2000, PictureFormat.TIFF


def glyphs(size=(216, 12), mode="1"):
    image = Image.new(mode, size, "white")
    ImageDraw.Draw(image).text((4, 0), "KUROGIRI MIKIYA", fill="black")
    return image


def face():
    return Image.radial_gradient("L").resize((192, 240))


def saved(image, kind, **options):
    out = io.BytesIO()
    image.save(out, kind, **options)
    return out.getvalue()


def photo(**options):
    return saved(face(), "JPEG2000", quality_mode="rates", quality_layers=[20], **options)


def card_face():
    return saved(glyphs((674, 425)), "TIFF", compression="group4")


SAMPLES = {
    "PNG of one bit": (lambda: saved(glyphs(), "PNG"), Picture(PNG, 216, 12)),
    "JP2": (photo, Picture(JPEG2000, 192, 240)),
    "bare codestream": (lambda: photo(no_jp2=True), Picture(JPEG2000, 192, 240)),
    "codestream behind padding": (lambda: bytes(37) + photo(no_jp2=True), Picture(JPEG2000, 192, 240)),
    "JP2 behind padding": (lambda: b"\xff" * 9 + photo(), Picture(JPEG2000, 192, 240)),
    "codestream before padding": (lambda: photo(no_jp2=True) + bytes(60), Picture(JPEG2000, 192, 240)),
    "MMR": (card_face, Picture(TIFF, 674, 425)),
    "MMR before padding": (lambda: card_face() + bytes(400), Picture(TIFF, 674, 425)),
    "PNG in colour": (lambda: saved(glyphs(mode="RGB"), "PNG"), Picture(PNG, 216, 12)),
    "PNG with a palette": (lambda: saved(glyphs(mode="P"), "PNG"), Picture(PNG, 216, 12)),
    "JP2 in colour": (
        lambda: saved(face().convert("RGB"), "JPEG2000"),
        Picture(JPEG2000, 192, 240),
    ),
}


@pytest.mark.parametrize("sample", SAMPLES)
def test_each_format_is_recognised_and_becomes_a_png(sample):
    make, expected = SAMPLES[sample]
    assert look_at(make(), allowed=ALL) == expected
    assert look_at(make(), allowed={expected.format}) == expected
    png = Image.open(io.BytesIO(to_png(make(), allowed=ALL)), formats=["PNG"])
    assert (png.width, png.height) == (expected.width, expected.height)


@pytest.mark.parametrize("sample", ["PNG of one bit", "JP2", "MMR", "PNG in colour", "JP2 in colour"])
def test_every_pixel_stays_as_it_was(sample):
    data = SAMPLES[sample][0]()
    with Image.open(io.BytesIO(data)) as original, Image.open(io.BytesIO(to_png(data, allowed=ALL))) as made:
        assert made.mode == original.mode
        assert made.tobytes() == original.tobytes()


def test_transparent_parts_become_white():
    image = Image.new("LA", (2, 1), (0, 0))
    image.putpixel((1, 0), (0, 255))
    with Image.open(io.BytesIO(to_png(saved(image, "PNG"), allowed={PNG}))) as made:
        assert [made.getpixel((x, 0)) for x in (0, 1)] == [(255, 255, 255), (0, 0, 0)]


@pytest.mark.parametrize("sample", SAMPLES)
def test_a_format_that_was_not_asked_for_is_refused(sample):
    make, expected = SAMPLES[sample]
    with pytest.raises(PictureError) as caught:
        look_at(make(), allowed=ALL - {expected.format})
    assert caught.value.reason == "format"


@pytest.mark.parametrize("kind", ["GIF", "BMP", "JPEG", "WEBP", "PPM", "SGI"])
def test_formats_no_card_uses_are_refused(kind):
    with pytest.raises(PictureError) as caught:
        look_at(saved(face(), kind), allowed=ALL)
    assert caught.value.reason == "format"


def chunks(png):
    found, offset = [], 8
    while offset < len(png):
        (length,) = struct.unpack_from(">I", png, offset)
        found.append(png[offset + 4 : offset + 8])
        offset += 12 + length
    return found


def test_no_metadata_is_copied():
    info = PngImagePlugin.PngInfo()
    info.add_text("Comment", "secret")
    info.add_itxt("Author", "東京都清瀬市")
    exif = Image.Exif()
    exif[0x010E] = "secret"
    data = saved(glyphs(), "PNG", pnginfo=info, exif=exif, icc_profile=b"profile", dpi=(192, 192))
    assert {b"tEXt", b"iTXt", b"eXIf", b"iCCP", b"pHYs"} <= set(chunks(data))
    assert set(chunks(to_png(data, allowed={PNG}))) == {b"IHDR", b"IDAT", b"IEND"}
    with_comment = to_png(photo(comment="secret"), allowed={JPEG2000})
    assert set(chunks(with_comment)) == {b"IHDR", b"IDAT", b"IEND"}


@pytest.mark.parametrize("sample", ["PNG of one bit", "JP2", "bare codestream", "MMR"])
def test_a_cut_off_picture_is_refused_wherever_it_is_cut(sample):
    whole = SAMPLES[sample][0]()
    for cut in range(0, len(whole), max(1, len(whole) // 60)):
        with pytest.raises(PictureError):
            look_at(whole[:cut], allowed=ALL)
    with pytest.raises(PictureError):
        look_at(whole[:-1], allowed=ALL)


def tiff(strips, *, height=1, width=8, compression=4, more=()):
    """A small TIFF whose directory comes before its strips, as `strips` (offset, length) says."""
    entries = [
        (256, 4, 1, width), (257, 4, 1, height), (258, 3, 1, 1), (259, 3, 1, compression), (262, 3, 1, 0),
        (273, 4, 1, strips[0]), (278, 4, 1, height), (279, 4, 1, strips[1]), *more,
    ]  # fmt: skip
    body = b"".join(struct.pack("<HHII", *entry) for entry in sorted(entries))
    return b"II*\0" + struct.pack("<IH", 8, len(entries)) + body + bytes(4)


def test_strips_must_lie_within_the_file():
    start = len(tiff((0, 1)))
    line = bytes.fromhex("80")  # V0: the line above, all white
    eofb = bytes.fromhex("001001")
    assert look_at(tiff((start, 4)) + line + eofb, allowed={TIFF}) == Picture(TIFF, 8, 1)
    for strips in ((start, 5), (start + 4, 1), (start, 0), (0xFFFFFF00, 4)):
        with pytest.raises(PictureError):
            look_at(tiff(strips) + line + eofb, allowed={TIFF})


@pytest.mark.parametrize("compression", ["raw", "tiff_lzw", "group3", "packbits"])
def test_other_compressions_of_tiff_are_refused(compression):
    options = {} if compression == "raw" else {"compression": compression}
    with pytest.raises(PictureError) as caught:
        look_at(saved(glyphs(), "TIFF", **options), allowed=ALL)
    assert caught.value.reason == "tiff-kind"


def png_header(width, height, depth=1, colours=0):
    def chunk(kind, content):
        return (
            struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
        )

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, depth, colours, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(bytes(50_000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize("size", [(2001, 1000), (50_000, 50_000), (2**31 - 1, 2**31 - 1), (0, 5)])
def test_pictures_of_too_many_pixels_are_refused_before_they_are_decoded(size):
    with pytest.raises(PictureError):
        look_at(png_header(*size), allowed=ALL)
    with pytest.raises(PictureError):
        look_at(tiff((200, 4), width=size[0], height=size[1]) + bytes(200), allowed=ALL)


def test_the_most_pixels_that_are_decoded():
    assert look_at(saved(Image.new("1", (2000, 1000)), "PNG"), allowed=ALL) == Picture(PNG, 2000, 1000)
    for kind, options in (("PNG", {}), ("TIFF", {"compression": "group4"}), ("JPEG2000", {})):
        mode = "L" if kind == "JPEG2000" else "1"
        with pytest.raises(PictureError) as caught:
            look_at(saved(Image.new(mode, (2001, 1000)), kind, **options), allowed=ALL)
        assert caught.value.reason == "too-large"


def test_a_codestream_larger_than_its_container_says_is_refused():
    whole = photo()
    at = whole.index(bytes.fromhex("ff4fff51")) + 8
    for width, reason in ((193, "size-differs"), (191, "size-differs"), (4_000_000, "too-large")):
        hostile = whole[:at] + struct.pack(">I", width) + whole[at + 4 :]
        with pytest.raises(PictureError) as caught:
            look_at(hostile, allowed={JPEG2000})
        assert caught.value.reason == reason


def test_a_container_without_codestream_is_refused():
    whole = photo()
    without = whole[: whole.index(b"jp2c") - 4]
    with pytest.raises(PictureError):
        look_at(without, allowed={JPEG2000})
    with pytest.raises(PictureError):
        look_at(whole.replace(b"jp2c", b"xml "), allowed={JPEG2000})


def test_text_that_unpacks_to_gigabytes_is_refused():
    bomb = zlib.compress(bytes(40_000_000), 9)
    assert len(bomb) < LONGEST
    kind = b"zTXt"
    content = b"Comment\0\0" + bomb
    chunk = struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
    plain = saved(glyphs(), "PNG")
    with pytest.raises(PictureError):
        look_at(plain[:33] + chunk + plain[33:], allowed={PNG})


def test_files_that_are_empty_or_too_long():
    for data, reason in ((b"", "empty"), (saved(glyphs(), "PNG") + bytes(LONGEST), "too-long")):
        with pytest.raises(PictureError) as caught:
            look_at(data, allowed=ALL)
        assert caught.value.details == {"reason": reason}


def test_sixteen_bits_to_a_pixel_are_refused():
    with pytest.raises(PictureError) as caught:
        look_at(saved(Image.new("I;16", (4, 4)), "PNG"), allowed=ALL)
    assert caught.value.reason == "colours"


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(sorted(SAMPLES)), st.data())
def test_only_our_error_comes_out_of_broken_pictures(sample, data):
    whole = bytearray(SAMPLES[sample][0]())
    for _ in range(data.draw(st.integers(1, 6))):
        whole[data.draw(st.integers(0, min(len(whole) - 1, 400)))] = data.draw(st.integers(0, 255))
    try:
        picture = look_at(bytes(whole), allowed=ALL)
    except PictureError:
        return
    assert picture.width * picture.height <= 2_000_000


@settings(max_examples=200, deadline=None)
@given(
    st.sampled_from([b"", b"\x89PNG\r\n\x1a\n", b"II*\0", b"MM\0*", bytes.fromhex("ff4fff51")]), st.binary()
)
def test_only_our_error_comes_out_of_nonsense(start, rest):
    with pytest.raises(PictureError):
        to_png(start + rest, allowed=ALL)
