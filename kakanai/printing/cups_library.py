"""The CUPS library itself, by ctypes: what lp, lpstat and cancel do not tell. The only file that loads it."""

import contextlib
import ctypes
import ctypes.util
import functools
import sys
from collections.abc import Iterator
from typing import Final

from kakanai.printing.errors import NoPrintServiceError

_ANSWER_S: Final = 15.0
"""Seconds within which even a slow server answers; the library itself would wait for ever."""


class CupsJob(ctypes.Structure):
    """`cups_job_t` of cups/cups.h (given, CUPS 1.x to 2.4)."""

    _fields_ = (
        ("id", ctypes.c_int),
        ("dest", ctypes.c_char_p),
        ("title", ctypes.c_char_p),
        ("user", ctypes.c_char_p),
        ("format", ctypes.c_char_p),
        ("state", ctypes.c_int),
        ("size", ctypes.c_int),
        ("priority", ctypes.c_int),
        ("completed_time", ctypes.c_long),
        ("creation_time", ctypes.c_long),
        ("processing_time", ctypes.c_long),
    )


class CupsDestination(ctypes.Structure):
    """`cups_dest_t` of cups/cups.h (given)."""

    _fields_ = (
        ("name", ctypes.c_char_p),
        ("instance", ctypes.c_char_p),
        ("is_default", ctypes.c_int),
        ("num_options", ctypes.c_int),
        ("options", ctypes.c_void_p),
    )


class CupsSize(ctypes.Structure):
    """`cups_size_t` of cups/cups.h, in hundredths of a millimetre (given)."""

    _fields_ = (
        ("media", ctypes.c_char * 128),
        ("width", ctypes.c_int),
        ("length", ctypes.c_int),
        ("bottom", ctypes.c_int),
        ("left", ctypes.c_int),
        ("right", ctypes.c_int),
        ("top", ctypes.c_int),
    )


@contextlib.contextmanager
def connection() -> Iterator[ctypes.c_void_p]:
    """A connection to the server of this moment's settings.

    Raises:
        NoPrintServiceError: the library is not there, or the server does not answer.
    """
    cups = library()
    # The library keeps the first server it met for ever; this makes it look at its settings again.
    cups.cupsSetServer(None)
    http = cups.httpConnect2(
        cups.cupsServer(), cups.ippPort(), None, 0, cups.cupsEncryption(), 1, int(_ANSWER_S * 1000), None
    )
    if not http:
        raise NoPrintServiceError
    try:
        cups.httpSetTimeout(http, _ANSWER_S, None, None)
        yield http
    finally:
        cups.httpClose(http)


@functools.cache
def library() -> ctypes.CDLL:
    """The library, its functions typed.

    Raises:
        NoPrintServiceError: it is not installed.
    """
    name = "libcups.so.2" if sys.platform == "linux" else ctypes.util.find_library("cups")
    try:
        if name is None:
            raise NoPrintServiceError
        cups = ctypes.CDLL(name)
    except OSError as error:
        raise NoPrintServiceError from error
    pointer, number, text = ctypes.c_void_p, ctypes.c_int, ctypes.c_char_p
    destination = ctypes.POINTER(CupsDestination)
    for name, result, arguments in (
        ("cupsSetServer", None, [text]),
        ("cupsServer", text, []),
        ("ippPort", number, []),
        ("cupsEncryption", number, []),
        ("httpConnect2", pointer, [text, number, pointer, number, number, number, number, pointer]),
        ("httpSetTimeout", None, [pointer, ctypes.c_double, pointer, pointer]),
        ("httpClose", None, [pointer]),
        ("cupsGetJobs2", number, [pointer, ctypes.POINTER(ctypes.POINTER(CupsJob)), text, number, number]),
        ("cupsFreeJobs", None, [number, ctypes.POINTER(CupsJob)]),
        ("cupsCancelJob2", number, [pointer, text, number, number]),
        ("cupsGetNamedDest", destination, [pointer, text, text]),
        ("cupsFreeDests", None, [number, destination]),
        ("cupsGetOption", text, [text, number, pointer]),
        ("cupsCopyDestInfo", pointer, [pointer, destination]),
        ("cupsFreeDestInfo", None, [pointer]),
        (
            "cupsGetDestMediaByName",
            number,
            [pointer, destination, pointer, text, ctypes.c_uint, ctypes.POINTER(CupsSize)],
        ),
        ("cupsFindDestSupported", pointer, [pointer, destination, pointer, text]),
        ("ippGetCount", number, [pointer]),
        ("ippGetString", text, [pointer, number, pointer]),
    ):
        function = getattr(cups, name)
        function.restype, function.argtypes = result, arguments
    return cups
