"""Windows' print spooler by ctypes (winspool.drv): which jobs a printer has, and taking one out."""

import ctypes
from dataclasses import dataclass
from enum import IntFlag
from typing import Any, Final, Protocol

from kakanai.printing.errors import NoPrintServiceError, PrinterNotFoundError


class SpoolStatus(IntFlag):
    """JOB_STATUS_… of winspool.h (given)."""

    PAUSED = 0x1
    ERROR = 0x2
    DELETING = 0x4
    SPOOLING = 0x8
    PRINTING = 0x10
    OFFLINE = 0x20
    PAPER_OUT = 0x40
    PRINTED = 0x80
    DELETED = 0x100
    BLOCKED = 0x200
    USER_INTERVENTION = 0x400
    COMPLETE = 0x1000


@dataclass(frozen=True)
class SpoolJob:
    """One job in the spooler; its title is the document's name, which bears nothing personal."""

    number: int
    title: str
    status: SpoolStatus


class Spooler(Protocol):
    """What a print is followed by."""

    def jobs(self, printer: str) -> list[SpoolJob]:
        """All jobs that the printer has now.

        Raises:
            PrinterNotFoundError: there is no such printer (any more).
            NoPrintServiceError: the spooler does not answer.
        """

    def delete(self, printer: str, number: int) -> None:
        """Take a job out; one that is gone already stays so."""


_MANY: Final = 1000
_LOOKS: Final = 5
_SPARE: Final = 4096
_INVALID_NAME: Final = 1801
"""ERROR_INVALID_PRINTER_NAME (winerror.h, given)."""
_LOCAL_AND_CONNECTED: Final = 2 | 4
"""PRINTER_ENUM_LOCAL, PRINTER_ENUM_CONNECTIONS (winspool.h, given): what this user sees."""
_LONGEST_NAME: Final = 1024
_DELETE: Final = 5
"""JOB_CONTROL_DELETE (winspool.h, given)."""


class _JobInfo(ctypes.Structure):
    """`JOB_INFO_1W` of winspool.h (given); SYSTEMTIME as eight words."""

    _fields_ = (
        ("number", ctypes.c_uint32),
        ("printer", ctypes.c_wchar_p),
        ("machine", ctypes.c_wchar_p),
        ("user", ctypes.c_wchar_p),
        ("title", ctypes.c_wchar_p),
        ("kind", ctypes.c_wchar_p),
        ("words", ctypes.c_wchar_p),
        ("status", ctypes.c_uint32),
        ("priority", ctypes.c_uint32),
        ("position", ctypes.c_uint32),
        ("pages", ctypes.c_uint32),
        ("printed", ctypes.c_uint32),
        ("submitted", ctypes.c_uint16 * 8),
    )


class _PrinterInfo(ctypes.Structure):
    """`PRINTER_INFO_4W` of winspool.h (given)."""

    _fields_ = (
        ("name", ctypes.c_wchar_p),
        ("server", ctypes.c_wchar_p),
        ("attributes", ctypes.c_uint32),
    )


class WindowsSpooler:
    """The spooler of this PC.

    Raises:
        NoPrintServiceError: this is not Windows.
    """

    def __init__(self) -> None:
        load: Any = getattr(ctypes, "WinDLL", None)
        if load is None:
            raise NoPrintServiceError
        self._library = load("winspool.drv", use_last_error=True)

    def printers(self) -> list[str]:
        """The printers of this user, the default first; none where the spooler does not answer."""
        needed, count = ctypes.c_uint32(), ctypes.c_uint32()
        args = (_LOCAL_AND_CONNECTED, None, 4)
        self._library.EnumPrintersW(*args, None, 0, ctypes.byref(needed), ctypes.byref(count))
        room, size = ctypes.create_string_buffer(max(needed.value, 1)), needed.value
        if not self._library.EnumPrintersW(*args, room, size, ctypes.byref(needed), ctypes.byref(count)):
            return []
        found = ctypes.cast(room, ctypes.POINTER(_PrinterInfo))
        names = [found[i].name or "" for i in range(count.value)]
        default, length = ctypes.create_unicode_buffer(_LONGEST_NAME), ctypes.c_uint32(_LONGEST_NAME)
        self._library.GetDefaultPrinterW(default, ctypes.byref(length))
        return sorted(names, key=lambda name: (name != default.value, name))

    def jobs(self, printer: str) -> list[SpoolJob]:
        """See Spooler."""
        handle = self._open(printer)
        try:
            needed, count = ctypes.c_uint32(), ctypes.c_uint32()
            size = 0
            for _ in range(_LOOKS):
                room = ctypes.create_string_buffer(max(size, 1))
                args = (handle, 0, _MANY, 1, room if size else None, size)
                is_told = self._library.EnumJobsW(*args, ctypes.byref(needed), ctypes.byref(count))
                is_room = needed.value <= size
                if is_told and is_room:
                    found = ctypes.cast(room, ctypes.POINTER(_JobInfo))
                    return [
                        SpoolJob(found[i].number, found[i].title or "", SpoolStatus(found[i].status & _KNOWN))
                        for i in range(count.value)
                    ]
                if is_room:
                    break
                # Somebody else's job may come while we make room: that must not end a print of ours.
                size = needed.value + _SPARE
            raise NoPrintServiceError
        finally:
            self._library.ClosePrinter(handle)

    def delete(self, printer: str, number: int) -> None:
        """See Spooler."""
        handle = self._open(printer)
        try:
            self._library.SetJobW(handle, number, 0, None, _DELETE)
        finally:
            self._library.ClosePrinter(handle)

    def _open(self, printer: str) -> ctypes.c_void_p:
        handle = ctypes.c_void_p()
        if not self._library.OpenPrinterW(ctypes.c_wchar_p(printer), ctypes.byref(handle), None):
            last_error: Any = getattr(ctypes, "get_last_error", None)
            if last_error() == _INVALID_NAME:
                raise PrinterNotFoundError(printer=printer)
            raise NoPrintServiceError
        return handle


_KNOWN: Final = 0x1FFF
