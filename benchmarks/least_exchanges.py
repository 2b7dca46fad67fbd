"""The fewest exchanges and answer bytes that cards' own rules leave open, by arithmetic; no reading is run.

For each operation stands here which directories, keys and files it cannot do without. Sizes are those of the
specifications (given, or observed in dumps; see the reader's files.py) or, where they differ from card to
card, the specimen's own, taken from the card's store and not through the reader. Counted is what any program
must send:

- a SELECT for each カードAP or DF, but none for the master file, current after power-on (given: ISO/IEC
  7816-4), and one for each file and key where there are no short ids;
- a VERIFY for each key; no counter is asked, no kind of card is found out;
- a READ for each 256 bytes of what is needed of a file, one for all of it where APDUs are extended; for an
  enciphered file, for as much as fits 256 bytes with padding and headers.
"""

import base64
import dataclasses
import math
from typing import Final

from kakanai.cardreader.simulator.file_system import Application, DataFile
from kakanai.cardreader.simulator.issuers import load_issued_keys
from kakanai.cardreader.simulator.jpki_files import jpki_application
from kakanai.cardreader.simulator.specimen import load_specimen, specimen_folder
from kakanai.cardreader.simulator.specimen_types import MyNumberSpecimen
from kakanai.cardreader.simulator.surface_files import surface_application
from kakanai.cardreader.simulator.text_files import text_application

_SHORT_ANSWER_BYTES: Final = 256
_STATUS_BYTES: Final = 2


@dataclasses.dataclass(frozen=True)
class NeededFile:
    """`needed` bytes of a file; with `block_bytes` they come enciphered in blocks of that size."""

    needed: int
    block_bytes: int = 0

    def pieces(self, *, extended: bool) -> list[int]:
        """The bytes each READ brings, in the fewest READs."""
        piece = self.needed if extended else self._short_piece_bytes()
        full, rest = divmod(self.needed, piece)
        return [piece] * full + ([rest] if rest else [])

    def _short_piece_bytes(self) -> int:
        if not self.block_bytes:
            return _SHORT_ANSWER_BYTES
        # 86 81 L 01 and the cryptogram; the padding takes at least one byte of it.
        return (_SHORT_ANSWER_BYTES - 4) // self.block_bytes * self.block_bytes - 1

    def answer_bytes(self, piece: int) -> int:
        """How long the answer is that brings so many bytes, without status word."""
        if not self.block_bytes:
            return piece
        value = 1 + (piece // self.block_bytes + 1) * self.block_bytes
        length_bytes = 1 if value < 0x80 else 1 + math.ceil(value.bit_length() / 8)
        return 1 + length_bytes + value


@dataclasses.dataclass(frozen=True)
class Plan:
    """What an operation cannot do without.

    `keys` are presented, or asked for their counters where that is the operation; `key_commands` name a key
    file too; `commands` name none; `answer_bytes` is what all these answer together.
    """

    selects: int
    keys: int = 0
    key_commands: int = 0
    commands: int = 0
    answer_bytes: int = 0
    files: tuple[NeededFile, ...] = ()

    def apdus(self, *, extended: bool, sfi: bool) -> int:
        """The fewest exchanges."""
        reads = sum(len(file.pieces(extended=extended)) for file in self.files)
        by_name = 0 if sfi else self.keys + self.key_commands + len(self.files)
        return self.selects + self.keys + self.key_commands + self.commands + reads + by_name

    def from_card(self, *, extended: bool, sfi: bool) -> int:
        """The fewest bytes of answers, status words included."""
        read = sum(
            file.answer_bytes(piece) for file in self.files for piece in file.pieces(extended=extended)
        )
        return self.answer_bytes + read + _STATUS_BYTES * self.apdus(extended=extended, sfi=sfi)


def _object_bytes(content: bytes, tag_bytes: int) -> int:
    """The length of the object a file starts with: tag, 82 hh ll or one byte of length, value."""
    first = content[tag_bytes]
    if first < 0x80:
        return tag_bytes + 1 + first
    count = first - 0x80
    start = tag_bytes + 1 + count
    return start + int.from_bytes(content[tag_bytes + 1 : start])


def _stored(application: Application, file_id: int, tag_bytes: int) -> NeededFile:
    file = application.files[file_id]
    if not isinstance(file, DataFile):
        raise TypeError(f"{file_id:04X} is no file to read")
    return NeededFile(_object_bytes(file.content, tag_bytes))


def _picture(name: str, block_bytes: int) -> NeededFile:
    size = (specimen_folder() / "residence" / name).stat().st_size
    return NeededFile(4 + size, block_bytes)  # D0 82 hh ll


def _licence_photo(specimen: str) -> NeededFile:
    """The photo is in the specimen's own file as base64 in lines."""
    lines = load_specimen(specimen).content["photo"]
    return NeededFile(5 + len(base64.b64decode("".join(lines))))  # 5F40 82 hh ll


def _plain(*sizes: int) -> tuple[NeededFile, ...]:
    return tuple(NeededFile(size) for size in sizes)


def plans() -> dict[str, Plan]:
    """The plan of each operation by its name."""
    specimen, keys = load_specimen("official-test"), load_issued_keys()
    if not isinstance(specimen, MyNumberSpecimen):
        raise TypeError("official-test is no 個人番号カード")
    jpki = jpki_application(specimen, keys)
    four = _stored(text_application(specimen, keys), 0x0002, 2)
    face = _stored(surface_application(specimen, keys), 0x0002, 2)
    auth, auth_ca = _stored(jpki, 0x000A, 1), _stored(jpki, 0x000B, 1)
    # 4情報 and 個人番号; signed digests 0003, CV certificate 0004, the card's own key 0007.
    number, digests, certificate, card_key = _plain(17, 336, 568, 536)
    proof = (digests, certificate, card_key)
    # DF1: 記載事項 and its changes. With PIN2: 本籍 and its changes, photo.
    licence, private = _plain(880, 640), (*_plain(82, 256), _licence_photo("licence-moved"))
    # Card face and photo; written on the back: address, permits, renewal; signature with certificate.
    first_generation = (
        _picture("an-face.tif", 8),
        _picture("an-photo.jp2", 8),
        *_plain(342, 122, 122, 3, 1464),
    )
    # Entries, name with photo, address; permits, renewal, notes; signature with certificate.
    second_generation = (
        *(NeededFile(size, 16) for size in (73, 5508, 2505)),
        *_plain(22, 3, 207, 704),
    )
    # GET CHALLENGE (8), MUTUAL AUTHENTICATE (40), VERIFY; DF1 to DF3.
    residence = Plan(selects=3, commands=3, answer_bytes=48)
    return {
        "4情報 by PIN": Plan(1, 1, files=(four,)),
        "+ 個人番号": Plan(1, 1, files=(four, number)),
        "+ 個人番号, proof": Plan(1, 1, 0, 1, 256, (four, number, *proof)),
        "4情報 by 照合番号B": Plan(1, 1, files=(four,)),
        "+ face": Plan(2, 2, files=(four, face)),
        "+ face, proof": Plan(2, 2, 0, 2, 512, (four, *proof, face, certificate)),
        "利用者証明用証明書": Plan(1, files=(auth,)),
        "the same and its CA": Plan(1, files=(auth, auth_ca)),
        "signature by 署名用 key": Plan(1, 1, 1, answer_bytes=256),
        "マイナ免許証": Plan(1, 1, files=_plain(5845)),
        "運転免許証, PIN1": Plan(1, 1, files=licence),
        "運転免許証, PIN1+PIN2": Plan(2, 2, files=(*licence, *private)),
        "在留カード, 1st generation": dataclasses.replace(residence, files=first_generation),
        "在留カード, 2nd generation": dataclasses.replace(residence, files=second_generation),
        # Five カードAP with keys, and the question whether there is a マイナ免許証; this card has none.
        "pin-status": Plan(6, 10),
    }
