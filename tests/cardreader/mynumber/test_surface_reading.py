import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.surface_reading import parse_surface
from tests.cardreader.mynumber.card_bytes import FACE, JP2, PNG, face_file, tlv


def test_every_part_is_found_by_its_tag():
    reading = parse_surface(face_file())
    assert (reading.birth_date, reading.sex, reading.expires_on) == ("19800217", "1", "20350217")
    assert reading.name_image == FACE[0xDF25]
    assert reading.address_image == FACE[0xDF26]
    assert reading.photo == JP2
    assert reading.security_code_image == FACE[0xDF2A]
    assert reading.proof is None


def test_filler_other_orders_and_unknown_tags_do_not_disturb():
    turned = dict(reversed(FACE.items())) | {0xDF30: b"new"}
    assert parse_surface(face_file(turned) + b"\xff" * 40) == parse_surface(face_file())


@pytest.mark.parametrize(
    "table", [b"", b"\xff" * 18, bytes(4), None], ids=["empty", "outside", "short", "none"]
)
def test_the_table_of_offsets_is_never_followed(table):
    parts = {tag: value for tag, value in FACE.items() if tag != 0xDF21}
    if table is not None:
        parts[0xDF21] = table
    assert parse_surface(face_file(parts)) == parse_surface(face_file())


def test_a_bare_codestream_is_a_photo_too():
    assert (
        parse_surface(face_file({**FACE, 0xDF27: JP2[17:]})).photo == bytes.fromhex("FF4FFF51") + b"x" * 400
    )


def with_part(tag, value):
    return face_file({**FACE, tag: value})


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tlv"),
        (face_file()[:-1], "tlv"),
        (b"\xff\x20\x80" + face_file()[5:], "tlv"),
        (face_file(outer=0xFF21), "outer-tag"),
        (tlv(0xFF20, face_file()[5:] + tlv(0xDF22, b"19800218")), "tag-twice"),
        *[
            (face_file({tag: value for tag, value in FACE.items() if tag != missing}), f"no-{missing:X}")
            for missing in FACE
            if missing != 0xDF21
        ],
        (with_part(0xDF24, b""), "no-DF24"),
        (with_part(0xDF22, b"198002"), "digits-DF22"),
        (with_part(0xDF22, b"S5502177"), "digits-DF22"),
        (with_part(0xDF23, b"12"), "digits-DF23"),
        (with_part(0xDF29, b"2035021 "), "digits-DF29"),
        (with_part(0xDF25, b"GIF89a"), "image-DF25"),
        (with_part(0xDF26, JP2), "image-DF26"),
        (with_part(0xDF27, PNG), "image-DF27"),
        (with_part(0xDF2A, b"x" + PNG), "image-DF2A"),
    ],
)
def test_a_broken_face(data, reason):
    with pytest.raises(CardDataError) as caught:
        parse_surface(data)
    assert caught.value.details == {"file": "surface-0002", "reason": reason}


def overwritten(at, noise):
    face = face_file()
    return face[:at] + noise + face[at + len(noise) :]


@given(
    st.binary(max_size=100) | st.builds(overwritten, st.integers(0, 1200), st.binary(min_size=1, max_size=4))
)
def test_garbage_raises_only_our_error(data):
    with contextlib.suppress(CardDataError):
        parse_surface(data)


def test_no_text_shows_the_face():
    reading = parse_surface(face_file())
    assert f"{reading!r}{reading}" == "SurfaceReading(****)" * 2
