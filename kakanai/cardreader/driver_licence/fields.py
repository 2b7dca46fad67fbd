"""A licence's files are lists of fields: tag, length, value. Not BER: 1F, 5F, 7F, FF are one-byte tags."""

from typing import Final

from kakanai.cardreader.driver_licence import era_dates, jisx0208
from kakanai.cardreader.errors import CardDataError

_FILLERS: Final = (b"\xff", b"\x00")
_ONE_BYTE_MORE: Final = 0x81
_TWO_BYTES_MORE: Final = 0x82


class Fields:
    """The fields of one file by tag; `file` names it in errors. `repr` shows tags, never a value."""

    def __init__(self, file: str, data: bytes, *, long_tag_start: frozenset[int] = frozenset()) -> None:
        """Take the file apart; filler FF or 00 may follow the last field to the end.

        `long_tag_start` holds the first bytes of tags with two bytes.

        Raises:
            CardDataError: it does not divide into fields, or has one twice.
        """
        self.file = file
        self._values: dict[int, bytes] = {}
        offset = 0
        while offset < len(data) and not _is_filler(data[offset:]):
            offset = self._take(data, offset, long_tag_start)

    def _take(self, data: bytes, offset: int, long_tag_start: frozenset[int]) -> int:
        tag_bytes = 2 if data[offset] in long_tag_start else 1
        tag = int.from_bytes(data[offset : offset + tag_bytes])
        length, start = self._length(data, offset + tag_bytes)
        end = start + length
        if end > len(data):
            raise self.error("cut-off")
        if tag in self._values:
            raise self.error(f"tag-twice-{tag:X}")
        self._values[tag] = data[start:end]
        return end

    def _length(self, data: bytes, offset: int) -> tuple[int, int]:
        first = data[offset : offset + 1]
        if not first:
            raise self.error("cut-off")
        if first[0] < 0x80:
            return first[0], offset + 1
        count = {_ONE_BYTE_MORE: 1, _TWO_BYTES_MORE: 2}.get(first[0])
        if count is None:
            raise self.error("length-form")
        end = offset + 1 + count
        if end > len(data):
            raise self.error("cut-off")
        return int.from_bytes(data[offset + 1 : end]), end

    def __repr__(self) -> str:
        return f"Fields({self.file}: {' '.join(f'{tag:X}' for tag in self._values)})"

    def error(self, reason: str) -> CardDataError:
        """What is wrong with this file."""
        return CardDataError(file=self.file, reason=reason)

    def value(self, tag: int, at_most: int) -> bytes:
        """The bytes of a field; none where it is not recorded.

        Raises:
            CardDataError: it is longer than the card's specification allows.
        """
        value = self._values.get(tag, b"")
        if len(value) > at_most:
            raise self.error(f"too-long-{tag:X}")
        return value

    def text(self, tag: int, at_most: int) -> str:
        """A field in JIS X 0208; "" where it is not recorded.

        Raises:
            CardDataError: too long (in bytes), or no such text.
        """
        return jisx0208.decode(self.value(tag, at_most), file=self.file, tag=tag)

    def digits(self, tag: int, at_most: int) -> str:
        """A field of ASCII digits; "" where it is not recorded.

        Raises:
            CardDataError: too long, or something else than digits.
        """
        value = self.value(tag, at_most)
        if value and not value.isdigit():
            raise self.error(f"digits-{tag:X}")
        return value.decode("ascii")

    def date_digits(self, tag: int) -> str:
        """The seven digits of a date field as on the card; "" where it is not recorded.

        Raises:
            CardDataError: something else stands there.
        """
        return era_dates.digits_of(self.value(tag, 7), file=self.file, tag=tag)


def _is_filler(rest: bytes) -> bool:
    return any(rest == filler * len(rest) for filler in _FILLERS)
