"""The rows of a file of SQLite page by page, without SQLite: a damaged page costs its own rows and no other.

File format: https://sqlite.org/fileformat.html (given). Nothing is written, neither there nor beside it.
"""

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, TypeAlias

Value: TypeAlias = int | float | str | bytes | None

_HEADER: Final = 100
_PAGE_SIZES: Final = frozenset(1 << n for n in range(9, 17))
_USUAL_PAGE_SIZE: Final = 4096
_TABLE_LEAF: Final = 0x0D
_WAL_HEADER: Final = 32
_FRAME_HEADER: Final = 24
_LONGEST_ROW: Final = 1_000_000
"""Bytes; an entry's longest body has a hundredth of it, and a damaged length may say anything."""
_INTEGERS: Final = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}
"""Serial type → bytes."""


class PageReader:
    """The rows of all tables that can still be read, in no order, old ones of a WAL beside new ones."""

    def __init__(self, path: Path) -> None:
        """Look at the file's start; raises OSError when the file cannot be opened."""
        self._path = path
        self._wal = path.with_name(path.name + "-wal")
        self.unreadable = 0
        """Pages that the disk did not give."""
        with path.open("rb") as file:
            start = _read(file, 0, _HEADER) or b""
        self.page_size, self._usable = _sizes(start)

    def rows(self) -> Iterator[tuple[int, tuple[Value, ...]]]:
        """Row number and values of each row of the file, then of what was written ahead and committed."""
        with self._path.open("rb") as file:
            yield from self._rows_of_pages(file, self._pages(file), file)
            if self._wal.exists():
                with self._wal.open("rb") as wal:
                    yield from self._rows_of_pages(wal, _committed(wal, self.page_size), file)

    def _pages(self, file: BinaryIO) -> Iterator[int]:
        size = file.seek(0, 2)
        yield from range(0, size, self.page_size)

    def _rows_of_pages(
        self, source: BinaryIO, offsets: Iterator[int], file: BinaryIO
    ) -> Iterator[tuple[int, tuple[Value, ...]]]:
        for offset in offsets:
            page = _read(source, offset, self.page_size)
            if page is None:
                self.unreadable += 1
                continue
            begin = _HEADER if source is file and offset == 0 else 0
            if page[begin : begin + 1] == bytes([_TABLE_LEAF]):
                yield from self._rows_of(page, begin, file)

    def _rows_of(self, page: bytes, begin: int, file: BinaryIO) -> Iterator[tuple[int, tuple[Value, ...]]]:
        try:
            (cells,) = struct.unpack_from(">H", page, begin + 3)
        except struct.error:
            return
        for place in range(begin + 8, min(begin + 8 + 2 * cells, len(page) - 1), 2):
            (cell,) = struct.unpack_from(">H", page, place)
            try:
                size, after = _varint(page, cell)
                number, after = _varint(page, after)
                values = _record(self._payload(page, after, size, file))
            except (IndexError, ValueError, struct.error):  # a damaged cell is none
                continue
            yield number, values

    def _payload(self, page: bytes, begin: int, size: int, file: BinaryIO) -> bytes:
        usable = self._usable
        if size > _LONGEST_ROW:
            raise ValueError("a length that no row of ours has")
        if size <= usable - 35:
            return page[begin : begin + size]
        least = (usable - 12) * 32 // 255 - 23
        here = least + (size - least) % (usable - 4)
        here = here if here <= usable - 35 else least
        parts, left = [page[begin : begin + here]], size - here
        (follows,) = struct.unpack_from(">I", page, begin + here)
        while left > 0:
            more = _read(file, (follows - 1) * self.page_size, self.page_size) if follows else None
            if more is None:
                raise ValueError("the rest of the row cannot be read")
            parts.append(more[4 : 4 + min(left, usable - 4)])
            left -= usable - 4
            (follows,) = struct.unpack_from(">I", more)
        return b"".join(parts)


def _sizes(start: bytes) -> tuple[int, int]:
    """Page size and how much of a page is used; the usual ones where the file's start does not say."""
    size = reserved = 0
    if len(start) >= _HEADER:
        size, reserved = int.from_bytes(start[16:18], "big"), start[20]
        size = 65536 if size == 1 else size
    if size not in _PAGE_SIZES:
        size, reserved = _USUAL_PAGE_SIZE, 0
    return size, size - reserved


def _read(file: BinaryIO, offset: int, size: int) -> bytes | None:
    try:
        file.seek(offset)
        return file.read(size)
    except OSError:
        return None


def _committed(wal: BinaryIO, page_size: int) -> Iterator[int]:
    """Where pages begin in the WAL that were committed, also behind a damaged frame.

    What came after the last commit was told to nobody, and is left out.
    """
    head = _read(wal, 0, _WAL_HEADER) or b""
    salts, waiting, place = head[16:24], list[int](), _WAL_HEADER
    while len(frame := _read(wal, place, _FRAME_HEADER) or b"") == _FRAME_HEADER:
        if frame[8:16] == salts:  # else it is of an earlier round
            waiting.append(place + _FRAME_HEADER)
            if frame[4:8] != bytes(4):
                yield from waiting
                waiting = []
        place += _FRAME_HEADER + page_size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    value = 0
    for count in range(9):
        byte = data[place + count]
        if count == 8:
            return value << 8 | byte, place + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, place + count + 1
    raise AssertionError("not reached")


def _record(data: bytes) -> tuple[Value, ...]:
    end, place = _varint(data, 0)
    kinds = []
    while place < end:
        kind, place = _varint(data, place)
        kinds.append(kind)
    values = []
    for kind in kinds:
        value, place = _value(data, place, kind)
        values.append(value)
    return tuple(values)


def _value(data: bytes, place: int, kind: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None, 0, 1)[(0, 8, 9).index(kind)], place
    if kind in _INTEGERS:
        end = place + _INTEGERS[kind]
        return int.from_bytes(_cut(data, place, end), "big", signed=True), end
    if kind == 7:
        return struct.unpack(">d", _cut(data, place, place + 8))[0], place + 8
    if kind < 12:
        raise ValueError("a kind that is not used")
    end = place + (kind - 12) // 2
    cut = _cut(data, place, end)
    return (cut.decode() if kind % 2 else cut), end


def _cut(data: bytes, begin: int, end: int) -> bytes:
    if end > len(data):
        raise ValueError("the row is cut")
    return data[begin:end]
