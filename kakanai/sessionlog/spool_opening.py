"""Opening a log with a spool beside it, whether the server is there or not."""

import contextlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from kakanai.sessionlog.counter_hold import CounterHold, is_registered
from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.postgres_server import PostgresServer
from kakanai.sessionlog.spool import Spool
from kakanai.sessionlog.spool_errors import SpoolDamagedError, SpoolForeignError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_link import ServerLink
from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.writing import Writing

_PATIENCE_S: Final = 20.0
"""A clerk waits no longer for a server that is there and answers nothing; no lock is waited for as long."""


@dataclass(frozen=True)
class OpenedLink:
    """The way to the server, and the spool's file; None where `trouble` says that it cannot be used."""

    link: ServerLink
    place: SpoolPlace
    counter: int
    file: SpoolFile | None
    trouble: SpoolDamagedError | None = None

    def spool(
        self,
        writing: Callable[[], contextlib.AbstractContextManager[Writing]],
        reading: Callable[[], contextlib.AbstractContextManager[Connection]],
    ) -> Spool | None:
        """The spool beside the log that has these ways of writing and reading; None without a file.

        Raises:
            LogStorageError: In one of its kinds; the file is closed.
        """
        if self.file is None:
            return None
        hold = CounterHold(self.place, self.file, self.link.name, self.counter, writing, reading)
        spool = Spool(self.place, self.file, self.link, self.counter, writing, hold)
        try:
            spool.begin()
        except BaseException:
            spool.close()
            raise
        return spool


def open_link(server: PostgresServer, place: SpoolPlace, counter: int) -> OpenedLink:
    """The way to the server, with its tables made where there were none, and this counter's spool.

    A server that is out of reach is no failure where this spool was in use there before. A damaged spool is
    kept, and none used.

    Raises:
        SpoolForeignError: Entries wait in the spool for another server or counter.
        LogStorageError: In another of its kinds; what was there is left as it was.
    """
    file, trouble = None, None
    try:
        file = SpoolFile(place.path)
    except SpoolDamagedError as error:
        trouble = error
    server.patience_s = _PATIENCE_S
    try:
        is_known = file is not None and _is_of(file, server.name, counter)
        is_up = _is_prepared(server, may_be_away=is_known)
    except BaseException:
        server.engine.dispose()
        if file is not None:
            file.close()
        raise
    return OpenedLink(ServerLink(server, is_up=is_up), place, counter, file, trouble)


def _is_of(file: SpoolFile, server: str, counter: int) -> bool:
    """Whether the spool was in use for this counter of this server before; False for one that is empty."""
    if is_registered(file, server, counter):
        return True
    if file.waiting():
        raise SpoolForeignError(counter=file.fact("counter"), server=file.fact("server"))
    return False


def _is_prepared(server: PostgresServer, *, may_be_away: bool) -> bool:
    try:
        server.prepare()
    except (LogUnreachableError, LogConnectionLostError):
        if not may_be_away:
            raise
        return False
    return True
