"""Values of one file of 在留カード, decoded as its tag says: text, code, date or picture.

NUL fills what a value does not need (given as far as files.py is); it is the one thing left out of a text.
Text is UTF-8 as the specification says; one program reads the 1st generation as Shift_JIS-2004 (the column it
took that from names the repertoire): a real card with an address on its back would settle it.
"""

import dataclasses
import re
from collections.abc import Iterable
from typing import Final

from kakanai.cardreader.errors import CardDataError
from kakanai.cardreader.residence_card.objects import parse_objects
from kakanai.cardreader.utf8 import decode_utf8

_FILLER: Final = b"\x00"
_DATE: Final = re.compile(rb"[0-9]{8}")
_CODE: Final = re.compile(rb"[\x20-\x7E]+")


@dataclasses.dataclass(frozen=True, repr=False)
class FileValues:
    """The objects of the file `name`, values as read; `repr` is masked."""

    name: str
    values: dict[int, bytes]

    @classmethod
    def parse(cls, name: str, data: bytes) -> "FileValues":
        """The objects in a whole file.

        Raises:
            CardDataError: the data does not divide into objects.
        """
        return cls(name, parse_objects(data, name))

    def text(self, tag: int) -> str | None:
        """UTF-8 text code point for code point, filler behind it left out; None for none or an empty one.

        Raises:
            CardDataError: no UTF-8.
        """
        value = self._filled(tag)
        if value is None:
            return None
        text = decode_utf8(value)
        if text is None:
            raise self._error("utf8", tag)
        return text

    def code(self, tag: int) -> str | None:
        """Printable ASCII; None for none, an empty one or spaces alone.

        Raises:
            CardDataError: other bytes.
        """
        value = self._filled(tag)
        if value is None or not value.strip(b" "):
            return None
        if not _CODE.fullmatch(value):
            raise self._error("code", tag)
        return value.decode("ascii")

    def date(self, tag: int) -> str | None:
        """YYYYMMDD, not judged further; None as for `code`.

        Raises:
            CardDataError: anything but eight digits.
        """
        told = self.code(tag)
        if told is not None and not _DATE.fullmatch(told.encode("ascii")):
            raise self._error("date", tag)
        return told

    def needed_date(self, tag: int) -> str:
        """The same for a date that every such card bears.

        Raises:
            CardDataError: also when there is none.
        """
        told = self.date(tag)
        if told is None:
            raise self._error("no", tag)
        return told

    def picture(self, tag: int) -> bytes | None:
        """The bytes of a picture, of whatever format, filler included; None for none or filler alone."""
        return None if self._filled(tag) is None else self.values[tag]

    def needed_picture(self, tag: int) -> bytes:
        """The same for a picture that every such card bears.

        Raises:
            CardDataError: there is none.
        """
        picture = self.picture(tag)
        if picture is None:
            raise self._error("no", tag)
        return picture

    def _filled(self, tag: int) -> bytes | None:
        return self.values.get(tag, b"").rstrip(_FILLER) or None

    def _error(self, reason: str, tag: int) -> CardDataError:
        return CardDataError(file=self.name, reason=f"{reason}-{tag:X}")

    def __repr__(self) -> str:
        return f"FileValues({self.name} ****)"


def raw_values(files: Iterable[FileValues]) -> dict[str, bytes]:
    """All values as read, by "FILE/TAG", in the order of files and objects."""
    return {f"{file.name}/{tag:X}": value for file in files for tag, value in file.values.items()}
