"""The way out when a counter's PC was replaced, or its spool was lost or damaged."""

import datetime as dt
from pathlib import Path
from typing import Final

from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.counter_place_table import put_holder
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.spool_errors import SpoolDamagedError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_place import SpoolPlace, holder_of, serials_of
from kakanai.sessionlog.store import SessionLog

_ENDS: Final = ("", "-wal", "-shm")


def take_counter(
    log: SessionLog, place: SpoolPlace, counter: int, staff: ClerkId, at: dt.datetime
) -> Path | None:
    """Give a counter's number to this machine, whoever had it; where a damaged spool was put, None for none.

    Today this machine gives no case numbers without the server: whoever had the number may have given some
    that nobody knows of yet. From tomorrow on it does.

    Args:
        log: Opened on the server, without a spool.
        place: This machine's spool.
        counter: The counter's number, 1 to 99.
        staff: Who takes it; the entry that says so is theirs.
        at: Now.

    Raises:
        LogStorageError: In one of its kinds; the number is whose it was.
    """
    aside: Path | None = None
    try:
        file = SpoolFile(place.path)
    except SpoolDamagedError:
        aside = _put_aside(place.path, at)
        file = SpoolFile(place.path)
    try:
        file.use_up(at.astimezone(JST).date(), serials_of(counter)[1])
        holder = holder_of(place.machine, file.fact("id"))
        codes = () if aside is None else (SpoolDamagedError.code,)
        with log.writing() as writing:
            put_holder(writing, counter, holder, staff, at, codes)
    finally:
        file.close()
    return aside


def _put_aside(path: Path, at: dt.datetime) -> Path:
    """The damaged spool with all that lies beside it, under a name that says so; nothing of it is lost."""
    aside = path.with_name(f"{path.name}.damaged-{at.astimezone(dt.UTC):%Y%m%dT%H%M%S%fZ}")
    for end in _ENDS:
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + end))
    return aside
