"""The number of a paper of the downtime kit: `D4KX7-017C`, never to be taken for a case number 受付番号.

A case number begins with the letter of its era and has two hyphens (`R8-1121-0001`); this has `D`, which no
era has, four characters that tell one kit from every other (chosen by chance, so that two offices, or a log
restored from an older copy, do not give one number twice), the place of the paper in its kit, and a check
character over all of them.
"""

import re
from typing import Final, Self

from kakanai.downtime.errors import PaperNumberError

ALPHABET: Final = "0123456789ABCDEFGHJKMNPQRSTVWXY"
"""31 characters, a prime number of them: without I, L, O and U, which are misread, and without Z."""
MOST_PAPERS: Final = 999
_KIT_LENGTH: Final = 4
_PRIME: Final = len(ALPHABET)
_SHAPE: Final = re.compile(rf"D([{ALPHABET}]{{{_KIT_LENGTH}}})-?([0-9]{{3}})([{ALPHABET}])")
_WIDE: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {
    0x3000: 0x20,
    **dict.fromkeys(map(ord, "‐‑–—−ーｰ－"), ord("-")),
    **dict.fromkeys(map(ord, "／・"), ord("/")),
}
"""What a keyboard in Japanese input makes of a scanner's keys."""
_MISREAD: Final = str.maketrans({"O": "0", "I": "1", "L": "1"})


class PaperNumber(str):
    """A number of the kit in its one form.

    Raises:
        PaperNumberError: other text, or the check character does not fit.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> Self:
        """Accept only what `build` could have made."""
        match = _SHAPE.fullmatch(text)
        if match is None or _check(match[1], int(match[2])) != match[3] or match[2] == "000":
            raise PaperNumberError
        return super().__new__(cls, f"D{match[1]}-{match[2]}{match[3]}")

    @classmethod
    def build(cls, kit: str, place: int) -> Self:
        """The number of the paper in that place (from 1) of a kit."""
        if not 1 <= place <= MOST_PAPERS:
            raise PaperNumberError
        return cls(f"D{kit}-{place:03d}{_check(kit, place)}")

    @classmethod
    def typed(cls, text: str) -> Self:
        """The number in what a person typed or a scanner read off the QR code.

        The code has form, version and page behind the number, parted by strokes; full-width letters, small
        ones, blanks and letters that look like digits are understood.

        Raises:
            PaperNumberError: there is none in it.
        """
        plain = text.translate(_WIDE).strip().upper().split("/")[0].replace(" ", "")
        if not plain.startswith("D"):
            raise PaperNumberError
        return cls("D" + plain[1:].translate(_MISREAD))

    @property
    def kit(self) -> str:
        """What tells this kit from others."""
        return self[1 : 1 + _KIT_LENGTH]

    @property
    def place(self) -> int:
        """The place of the paper in its kit, from 1."""
        return int(self[2 + _KIT_LENGTH : 5 + _KIT_LENGTH])


def kit_of(mark: str) -> str:
    """The four characters of a kit from its mark in the log, 64 hexadecimal digits chosen by chance."""
    rest = int(mark, 16)
    found = ""
    for _ in range(_KIT_LENGTH):
        rest, digit = divmod(rest, _PRIME)
        found += ALPHABET[digit]
    return found


def _check(kit: str, place: int) -> str:
    """A slip in one character or two changed places always show: weights differ, modulo a prime."""
    figures = [ALPHABET.index(one) for one in f"{kit}{place:03d}"]
    return ALPHABET[sum(weight * figure for weight, figure in enumerate(figures, 2)) % _PRIME]
