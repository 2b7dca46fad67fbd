"""The part of a specimen file that tells a licence, examined key by key."""

import base64
import binascii
import datetime as dt
import re
from typing import Final

from kakanai.cardreader.errors import SpecimenError
from kakanai.cardreader.simulator.licence.field_writer import jis_text, sized

_DATE: Final = re.compile(r"[0-9]{8}", re.ASCII)
_BITMAP_DOTS: Final = 32
_PHOTO_BYTES_MAX: Final = 2000


class LicenceContent:
    """One JSON object under examination; every complaint is a SpecimenError that names the key.

    Keys that were never asked for are complained about by `refuse_the_rest`.
    """

    def __init__(self, specimen_id: str, group: str, told: object) -> None:
        if not isinstance(told, dict):
            raise SpecimenError(specimen_id, key=group, reason="object-wanted")
        self.specimen_id = specimen_id
        self._group = group
        self._told: dict[str, object] = told
        self._asked: set[str] = set()

    def error(self, key: str, reason: str) -> SpecimenError:
        """The complaint about a key."""
        return SpecimenError(self.specimen_id, key=f"{self._group}.{key}", reason=reason)

    def _get(self, key: str, default: object) -> object:
        self._asked.add(key)
        return self._told.get(key, default)

    def refuse_the_rest(self) -> None:
        """Complain about the first key nobody asked for."""
        for key in sorted(self._told.keys() - self._asked):
            raise self.error(key, "unknown-key")

    def text(self, key: str, default: str | None = None, pattern: str | None = None) -> str:
        """A text; without a default it must be there and not be empty."""
        value = self._get(key, default)
        if not isinstance(value, str) or (default is None and not value):
            raise self.error(key, "text-wanted")
        if pattern is not None and not re.fullmatch(pattern, value, re.ASCII):
            raise self.error(key, "form")
        return value

    def texts(self, key: str, at_most: int) -> list[str]:
        """Texts, none by default."""
        value = self._get(key, [])
        if not isinstance(value, list) or len(value) > at_most:
            raise self.error(key, "list-wanted")
        if not all(isinstance(one, str) and one for one in value):
            raise self.error(key, "text-wanted")
        return value

    def day(self, key: str) -> dt.date | None:
        """A day written YYYYMMDD, None where the key is missing."""
        value = self._get(key, None)
        return None if value is None else self._day(key, value)

    def _day(self, key: str, value: object) -> dt.date:
        if not isinstance(value, str) or not _DATE.fullmatch(value):
            raise self.error(key, "date-wanted")
        try:
            day = dt.date(int(value[:4]), int(value[4:6]), int(value[6:]))
        except ValueError:
            raise self.error(key, "date-wanted") from None
        if day < dt.date(1873, 1, 1):  # 明治6年, the first year of this calendar in Japan
            raise self.error(key, "range")
        return day

    def days(self, key: str, names: list[str]) -> dict[str, dt.date]:
        """Days by name, e.g. by 免許の種類."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, "object-wanted")
        for name in sorted(value.keys() - set(names)):
            raise self.error(f"{key}.{name}", "unknown-key")
        return {name: self._day(f"{key}.{name}", day) for name, day in value.items()}

    def number(self, key: str, default: int, at_most: int) -> int:
        """A whole number from 0 on."""
        value = self._get(key, default)
        if type(value) is not int or not 0 <= value <= at_most:
            raise self.error(key, "range")
        return value

    def truth(self, key: str, *, default: bool) -> bool:
        """True or false."""
        value = self._get(key, default)
        if type(value) is not bool:
            raise self.error(key, "true-or-false")
        return value

    def parts(self, key: str) -> list["LicenceContent"]:
        """Objects in a list, none by default."""
        value = self._get(key, [])
        if not isinstance(value, list):
            raise self.error(key, "list-wanted")
        group = f"{self._group}.{key}"
        return [LicenceContent(self.specimen_id, f"{group}.{at}", told) for at, told in enumerate(value)]

    def picture(self, key: str) -> bytes:
        """Bytes told in base64, in lines; none by default, 2000 at most, as a licence's photo."""
        try:
            content = base64.b64decode("".join(self.texts(key, 1000)), validate=True)
        except (binascii.Error, ValueError):
            raise self.error(key, "base64") from None
        if len(content) > _PHOTO_BYTES_MAX:
            raise self.error(key, "too-large")
        return content

    def jis(self, key: str, text: str) -> bytes:
        """A text that was told under this key in JIS X 0208, 外字 included."""
        return jis_text(self.specimen_id, f"{self._group}.{key}", text)

    def fill(self, key: str, written: bytes, size: int) -> bytes:
        """What was written from this key, with filler to a file's size."""
        return sized(self.specimen_id, f"{self._group}.{key}".rstrip("."), written, size)

    def bitmaps(self, key: str) -> dict[int, bytes]:
        """外字 by number: 32 rows of 32 dots, # for black, packed to 128 bytes (the form is assumed)."""
        value = self._get(key, {})
        if not isinstance(value, dict):
            raise self.error(key, "object-wanted")
        found: dict[int, bytes] = {}
        for number, rows in value.items():
            if number not in tuple("1234567"):
                raise self.error(f"{key}.{number}", "unknown-key")
            found[int(number)] = self._bitmap(f"{key}.{number}", rows)
        return found

    def _bitmap(self, key: str, rows: object) -> bytes:
        if not isinstance(rows, list) or len(rows) != _BITMAP_DOTS:
            raise self.error(key, "32-rows-wanted")
        packed = b""
        for row in rows:
            if not isinstance(row, str) or not re.fullmatch(r"[#.]{32}", row):
                raise self.error(key, "32-dots-wanted")
            packed += int(row.replace("#", "1").replace(".", "0"), 2).to_bytes(_BITMAP_DOTS // 8)
        return packed
