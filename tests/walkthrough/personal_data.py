"""What is personal about the people of a walk, and every shape a program might write it in."""

import base64
import dataclasses
import json
import re
import urllib.parse
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_types import MyNumberSpecimen
from kakanai.resources import resource_root

ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp", "unicode_escape")
WRAPPED = ("utf-8", "utf-16-le", "cp932")
"""Encodings that are looked for in hexadecimal digits, Base64 and percent signs too."""
NO_CHANCE = 6
"""Bytes: what is shorter stands in binary files by chance, once in a million of kilobytes or oftener."""
_BASE64_NO_CHANCE = 8
"""Characters: `45ed` is three bytes of a name in Base64, and stands in one of a thousand hashes by chance."""
_SHIFTS = re.compile(rb"\x1b[($].")
"""ISO-2022-JP's changes of character set, at both ends of a text that stands alone."""
_INVENTED = frozenset({"見本", "架空", "例示", "試験"})
"""Surnames of specimens that the program says of itself: 見本町, 見本カード."""
_ERAS = ((2019, "令和", "R"), (1989, "平成", "H"), (1926, "昭和", "S"))
"""By year alone: no specimen is of a year in which the era changed before its birthday."""


class Place(NamedTuple):
    """Something that was left behind; where it is no text, what is short stands in it by chance."""

    name: str
    content: bytes
    is_binary: bool = False


@dataclasses.dataclass
class PersonalData:
    """Texts, short `codes` that stand alone (PIN), and stretches of `pictures`; all to be found nowhere."""

    texts: set[str] = dataclasses.field(default_factory=set)
    codes: set[str] = dataclasses.field(default_factory=set)
    pictures: set[bytes] = dataclasses.field(default_factory=set)

    def add_card(self, specimen: str) -> None:
        """All that is on a 個人番号カード, and its keys."""
        card = load_specimen(specimen)
        assert isinstance(card, MyNumberSpecimen)
        self.texts |= {
            card.my_number,
            card.collation_b,
            *names(card.person.name),
            *dates(card.person.birth_date),
        }
        self.texts |= {card.person.address, card.person.address[3:]}
        self.codes |= {*card.pins.values(), card.security_code, card.birth_digits}
        folder = resource_root() / "simulator" / "pictures"
        glyphs = (
            [*(folder / card.pictures.glyphs).iterdir()] if (folder / card.pictures.glyphs).is_dir() else []
        )
        self.pictures |= {middle_of(path.read_bytes()) for path in (folder / card.pictures.photo, *glyphs)}


def names(name: str) -> set[str]:
    """A name as a whole, without its gap, and its parts."""
    parts = set(re.split("[　 ]", name))
    return {name, re.sub("[　 ]", "", name), *parts} - _INVENTED


def dates(digits: str) -> set[str]:
    """A date of birth YYYYMMDD as it is written: with signs, in words, in Japan's years."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    first, era, letter = next(one for one in _ERAS if year >= one[0])
    of_era = year - first + 1
    return {
        digits,
        *(f"{year}{sign}{month:02}{sign}{day:02}" for sign in "-/."),
        f"{year}年{month}月{day}日",
        *(f"{era}{of_era}{sign}{month}" for sign in "年."),
        f"{letter}{of_era}.{month}.{day}",
        f"{letter}{of_era:02}{month:02}{day:02}",
        f"{of_era:02}{month:02}{day:02}{letter.lower()}",
    }


def middle_of(picture: bytes) -> bytes:
    """A stretch of a picture that is of no other."""
    return picture[len(picture) // 2 :][:24]


# --- shapes -----------------------------------------------------------------------------


def encoded(secret: str) -> Iterator[bytes]:
    """A text in every encoding, 個人番号 also four digits at a time, as it is written on a card."""
    for text in {secret, *_grouped(secret)}:
        for encoding in ENCODINGS:
            yield _SHIFTS.sub(b"", text.encode(encoding, "ignore"))


def _grouped(secret: str) -> Iterator[str]:
    if re.fullmatch("[0-9]{12}", secret):
        for gap in (" ", "-"):
            yield gap.join((secret[:4], secret[4:8], secret[8:]))


def shapes(secret: bytes) -> Iterator[bytes]:
    """Bytes as they are, as hexadecimal digits with and without spaces, and inside of Base64."""
    yield secret
    for digits in (secret.hex(), secret.hex(" ")):
        yield digits.encode()
        yield digits.upper().encode()
    if len(secret) >= NO_CHANCE:
        for start in range(3):  # Base64 depends on where in a group of three the secret begins
            text = base64.b64encode(secret[start : start + (len(secret) - start) // 3 * 3])
            if len(text) < _BASE64_NO_CHANCE:
                continue
            yield text
            yield text.replace(b"+", b"-").replace(b"/", b"_")


def escaped(text: str) -> Iterator[bytes]:
    """A text as JSON and addresses escape it."""
    for whole in (
        json.dumps(text)[1:-1],
        *(urllib.parse.quote(text, encoding=one, errors="ignore") for one in WRAPPED),
    ):
        yield whole.encode()
        yield re.sub(r"(\\u|%)([0-9a-fA-F]+)", lambda found: found[1] + found[2].lower(), whole).encode()
        yield re.sub(r"(\\u|%)([0-9a-fA-F]+)", lambda found: found[1] + found[2].upper(), whole).encode()


def all_shapes(data: PersonalData) -> dict[bytes, str]:
    """Every shape of texts and pictures, with the first letter of what it is of."""
    found = {form: text[:1] for text in data.texts for form in (*encoded(text), *escaped(text))}
    for text in data.texts:
        for encoding in WRAPPED:
            plain = text.encode(encoding, "ignore")
            if len(plain) >= NO_CHANCE:
                found |= dict.fromkeys(shapes(plain), text[:1])
    for picture in data.pictures:
        found |= dict.fromkeys(shapes(picture), "picture")
    found.pop(b"", None)
    return found


def found_in(places: Iterable[Place], data: PersonalData) -> list[tuple[str, str]]:
    """Where something personal stands: the place's name, and how it begins (`*`: a code)."""
    wanted = all_shapes(data)
    codes = [re.compile(code_pattern(code)) for code in sorted(data.codes)]
    found = set()
    for place in places:
        shortest = NO_CHANCE if place.is_binary else 1
        found |= {
            (place.name, begins)
            for form, begins in wanted.items()
            if len(form) >= shortest and form in place.content
        }
        if not place.is_binary:
            found |= {(place.name, "*") for code in codes if code.search(place.content)}
    return sorted(found)


def code_pattern(code: str) -> bytes:
    """A PIN that stands alone, in UTF-8, UTF-16 or hexadecimal digits; not 1234 in 0.1234 or 51234."""
    plain = code.encode()
    alone = rb"(?<![0-9A-Za-z.,:\-])" + plain + rb"(?![0-9A-Za-z\-])"
    wide = rb"(?<![0-9A-Za-z]\x00)" + re.escape(code.encode("utf-16-le")) + rb"(?![0-9A-Za-z]\x00)"
    digits = rb"(?<![0-9A-Fa-f])" + plain.hex(" ").replace(" ", " ?").encode() + rb"(?![0-9A-Fa-f])"
    return b"|".join((alone, wide, digits))
