import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kakanai.cardreader.driver_licence.jisx0208 import MISSING_CHARACTER, decode, gaiji_numbers
from kakanai.cardreader.errors import CardDataError

CODES = [bytes((lead, trail)) for lead in range(0x21, 0x7F) for trail in range(0x21, 0x7F)]


def text_of(value):
    return decode(value, file="DF1/EF01", tag=0x12)


def text_or_none(value):
    try:
        return text_of(value)
    except CardDataError:
        return None


# From the code chart of JIS X 0208:1997, by kuten; the last six are those that mappings disagree about.
CHART = {
    "2121": "\u3000",
    "2330": "０",
    "467C": "日",
    "4B5C": "本",
    "3B52": "子",
    "7426": "熙",
    "3C3A": "失",
    "2141": "\u301c",
    "2142": "\u2016",
    "215D": "\u2212",
    "2140": "\uff3c",
    "2171": "\u00a2",
    "224C": "\u00ac",
}


@pytest.mark.parametrize(("code", "character"), CHART.items(), ids=CHART)
def test_the_code_chart(code, character):
    assert text_of(bytes.fromhex(code)) == character


@pytest.mark.skipif(shutil.which("iconv") is None, reason="iconv of the C library is the other opinion")
def test_every_character_is_the_one_iconv_tells():
    told = {code: text_or_none(code) for code in CODES}
    known = {code: character for code, character in told.items() if character is not None}
    assert len(known) == 6879  # given: JIS X 0208:1997 has 6355 kanji and 524 other characters
    escaped = b"".join(b"\x1b$B" + code + b"\x1b(B\n" for code in known)
    done = subprocess.run(
        ["iconv", "-f", "ISO-2022-JP", "-t", "UTF-8"], input=escaped, capture_output=True, check=True
    )
    assert done.stdout.decode().splitlines() == list(known.values())


def test_gaiji_are_private_characters_and_never_others():
    value = b"".join(bytes((0xFF, 0xF0 + number)) for number in range(1, 8)) + b"\xff\xfa"
    assert [ord(character) for character in text_of(value)] == [*range(0x10FFF1, 0x10FFF8), 0x10FFFA]
    assert text_of(b"\xff\xfa") == MISSING_CHARACTER
    assert gaiji_numbers(text_of(value), "日本", "\U0010fff8\U0010fff0") == set(range(1, 8))
    assert gaiji_numbers(MISSING_CHARACTER) == set()


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        ("46", "odd-12"),
        ("467C4B", "odd-12"),
        ("2D21", "jis-12"),  # ①, of NEC and not of JIS
        ("2921", "jis-12"),
        ("7F21", "jis-12"),
        ("217F", "jis-12"),
        ("4100", "jis-12"),
        ("C6FC", "jis-12"),  # EUC
        ("8EB1", "jis-12"),
        ("FFF0", "jis-12"),
        ("FFF8", "jis-12"),
        ("FFFF", "jis-12"),
        ("F1FF", "jis-12"),
    ],
)
def test_what_is_no_text(value, reason):
    with pytest.raises(CardDataError) as caught:
        text_of(bytes.fromhex(value))
    assert caught.value.details == {"file": "DF1/EF01", "reason": reason}


@given(st.binary(max_size=64))
def test_any_bytes_are_a_text_or_our_error(value):
    text = text_or_none(value)
    if text is not None:
        assert len(text) == len(value) // 2


@given(st.lists(st.sampled_from(CODES), max_size=40))
def test_text_comes_back_as_iso_2022_jp_writes_it(codes):
    text = text_or_none(b"".join(codes))
    if text:
        assert text.encode("iso2022_jp") == b"\x1b$B" + b"".join(codes) + b"\x1b(B"
