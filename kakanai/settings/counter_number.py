"""The number 窓口番号 of this PC among those that write into one log: the PC's own, never the town file's.

Counters of a hall may share one town.toml behind a link, and two of them with one number would mix up whose
entries are whose (docs/decisions/0022). So it lies in a file of its own in KAKANAI_HOME.
"""

import contextlib
import errno
import json
import os
import secrets
from typing import Final

from kakanai.settings.errors import CounterNumberError, CounterNumberFileError
from kakanai.settings.paths import Paths

FIRST_COUNTER, LAST_COUNTER = 1, 99
_LONGEST: Final = 200
"""Bytes; the file has one number in it."""


def read_counter_number(paths: Paths) -> int | None:
    """The number of this PC; None where it was given none.

    Raises:
        CounterNumberFileError: there is a file, and no number of a counter in it.
    """
    file = paths.counter_number_file
    try:
        with file.open("rb") as opened:
            told = json.loads(opened.read(_LONGEST + 1).decode("ascii"))
        return require_number(told["number"])
    except FileNotFoundError:
        return None
    except OSError as error:
        raise CounterNumberFileError(file=str(file), reason=_reason(error)) from error
    except (ValueError, TypeError, KeyError, RecursionError, CounterNumberError) as error:
        raise CounterNumberFileError(file=str(file), reason="damaged") from error


def write_counter_number(paths: Paths, number: int | None) -> None:
    """Give this PC the number, or none any more; on disk when this returns, whole or not at all.

    Raises:
        CounterNumberError: it is none from 1 to 99.
        CounterNumberFileError: the file is as it was.
    """
    file = paths.counter_number_file
    try:
        if number is None:
            file.unlink(missing_ok=True)
            return
        require_number(number)
        part = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
        try:
            handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
            with os.fdopen(handle, "wb") as opened:
                opened.write(json.dumps({"number": number}).encode("ascii") + b"\n")
                opened.flush()
                os.fsync(opened.fileno())
            part.replace(file)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise CounterNumberFileError(file=str(file), reason=_reason(error)) from error


def require_number(number: object) -> int:
    """The number, when it is one from 1 to 99.

    Raises:
        CounterNumberError: it is not; it is not repeated.
    """
    if type(number) is not int or not FIRST_COUNTER <= number <= LAST_COUNTER:
        raise CounterNumberError
    return number


def _reason(error: OSError) -> str:
    return errno.errorcode.get(error.errno or 0, "EIO")
