import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.mynumber.readings import (
    BasicFourReading,
    MyNumberCardReading,
    MyNumberReading,
    parse_basic_four,
    parse_my_number,
)
from kakanai.cardreader.tlv import build
from tests.cardreader.mynumber.card_bytes import OFFICIAL, tlv

FACTS = {0xDF22: "架空".encode(), 0xDF23: "見本町".encode(), 0xDF24: b"19800217", 0xDF25: b"1"}


def file_of(facts, outer=0xFF20):
    return build(outer, b"".join(build(tag, value) for tag, value in facts))


def test_the_official_test_card():
    assert parse_basic_four(OFFICIAL) == BasicFourReading(
        name="黒桐　幹也", address="東京都清瀬市観布子南１２－７－２０２", birth_date="19800217", sex="1"
    )


def test_filler_and_unknown_tags_do_not_disturb():
    assert parse_basic_four(OFFICIAL + b"\xff" * 30) == parse_basic_four(OFFICIAL)
    reading = parse_basic_four(file_of([(0xDF2A, b"new"), *FACTS.items()]))
    assert reading.name == "架空"


@given(
    name=st.text(min_size=1, max_size=100),
    address=st.text(max_size=200),
    birth_date=st.from_regex(r"[0-9]{8}", fullmatch=True),
    sex=st.from_regex(r"[0-9]", fullmatch=True),
)
def test_text_is_kept_code_point_for_code_point(name, address, birth_date, sex):
    told = (name, address, birth_date, sex)
    facts = zip(FACTS, (text.encode() for text in told), strict=True)
    reading = parse_basic_four(tlv(0xFF20, b"".join(tlv(tag, value) for tag, value in facts)))
    assert (reading.name, reading.address, reading.birth_date, reading.sex) == told


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "tlv"),
        (OFFICIAL[:-1], "tlv"),
        (file_of(FACTS.items(), outer=0xFF21), "outer-tag"),
        (file_of([*FACTS.items(), (0xDF22, b"x")]), "tag-twice"),
        *[
            (file_of((tag, value) for tag, value in FACTS.items() if tag != missing), f"no-{missing:X}")
            for missing in FACTS
        ],
        (file_of({**FACTS, 0xDF22: b""}.items()), "empty-name"),
        (file_of({**FACTS, 0xDF22: b"\xff\xfe"}.items()), "utf8-DF22"),
        (file_of({**FACTS, 0xDF23: b"\xed\xa0\x80"}.items()), "utf8-DF23"),
        (file_of({**FACTS, 0xDF24: b"1980021"}.items()), "digits-DF24"),
        (file_of({**FACTS, 0xDF24: "１９８０".encode()[:8]}.items()), "digits-DF24"),
        (file_of({**FACTS, 0xDF25: b"M"}.items()), "digits-DF25"),
    ],
)
def test_broken_basic_four(data, reason):
    with pytest.raises(CardDataError) as caught:
        parse_basic_four(data)
    assert caught.value.details == {"file": "0002", "reason": reason}
    assert not isinstance(caught.value.__cause__, UnicodeDecodeError)


def overwritten(at, noise):
    return OFFICIAL[:at] + noise + OFFICIAL[at + len(noise) :]


DAMAGED = st.builds(overwritten, st.integers(0, 103), st.binary(min_size=1, max_size=3))


@given(st.binary(max_size=80) | DAMAGED)
def test_garbage_raises_only_our_error(data):
    for parse in (parse_basic_four, parse_my_number):
        with contextlib.suppress(CardDataError):
            parse(data)


def test_my_number():
    assert parse_my_number(bytes.fromhex("FF100C") + b"123456789018\xff\xff").digits == "123456789018"
    file = bytes.fromhex("FF100C") + b"123456789018\xff\xff"
    assert parse_my_number(file).file == file


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"\xff\x10\x0c123", "tlv"),
        (build(0xFF11, b"123456789018"), "outer-tag"),
        (build(0xFF10, b"12345678901"), "digits"),
        (build(0xFF10, b"12345678901X"), "digits"),
    ],
)
def test_broken_my_number(data, reason):
    with pytest.raises(CardDataError) as caught:
        parse_my_number(data)
    assert caught.value.details == {"file": "0001", "reason": reason}


def test_no_text_shows_a_person():
    basic_four = BasicFourReading("架空", "見本町", "19800217", "1")
    number = MyNumberReading("123456789018")
    whole = MyNumberCardReading(basic_four, number, 3, 5)
    shown = f"{basic_four!r}{number}{whole!r}{[whole]}"
    for secret in ("架空", "見本町", "19800217", "123456789018"):
        assert secret not in shown
