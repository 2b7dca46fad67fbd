import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from kakanai.cardreader.driver_licence.photo import jpeg2000_in, parse_photo
from kakanai.cardreader.errors import CardDataError
from tests.cardreader.driver_licence.licence_bytes import CODESTREAM_START, JP2_START, PHOTO, field


def picture(**how):
    out = io.BytesIO()
    Image.new("L", (32, 40), 128).save(out, "JPEG2000", **how)
    return out.getvalue()


def opened(content):
    image = Image.open(io.BytesIO(content))
    image.load()
    return image.size


def photo_file(value):
    return (b"\x5f\x40" + field(0, value)[1:]).ljust(2005, b"\xff")


@pytest.mark.parametrize("front", [b"", b"\x00" * 7, b"\x01header"])
@pytest.mark.parametrize("how", [{}, {"no_jp2": True}], ids=["jp2", "codestream"])
def test_a_picture_of_pillow_with_something_before_it(front, how):
    content = picture(**how)
    found = parse_photo(photo_file(front + content))
    assert found == content
    assert opened(found) == (32, 40)


def test_a_full_field_and_none():
    assert parse_photo(PHOTO) == PHOTO[5:]
    assert parse_photo(photo_file(b"")) is None
    assert parse_photo(photo_file(b"\x00" * 2000)) is None
    assert parse_photo(photo_file(b"\xff" * 2000)) is None


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "tlv"),
        (b"\x5f\x40\x82\x07\xd0" + JP2_START, "tlv"),
        (b"\x5f\x40\x80" + JP2_START, "tlv"),
        (photo_file(JP2_START) + b"\x12", "tlv"),
        (b"\x5f\x41\x04" + CODESTREAM_START, "outer-tag"),
        (b"\x40\x04" + CODESTREAM_START, "outer-tag"),
        (photo_file(b"\xff\xd8\xff\xe0JFIF"), "no-image"),
        (photo_file(b"\x89PNG\r\n\x1a\n"), "no-image"),
        (photo_file(JP2_START[:-1]), "no-image"),
    ],
)
def test_a_file_without_a_picture(content, reason):
    with pytest.raises(CardDataError) as caught:
        parse_photo(content)
    assert caught.value.details == {"file": "DF2/EF01", "reason": reason}


@given(st.binary(max_size=200))
def test_any_bytes_are_a_start_of_a_picture_or_our_error(value):
    try:
        found = jpeg2000_in(value, file="F")
    except CardDataError:
        return
    assert found is None or found.startswith((JP2_START, CODESTREAM_START))
