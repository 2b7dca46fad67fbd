"""That a counter's number is this PC's, asked of the server whenever it is there."""

import contextlib
import time
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection

from kakanai.sessionlog.case_number import UNREGISTERED
from kakanai.sessionlog.counter_place_table import holder_there, last_given, put_holder
from kakanai.sessionlog.entry import JST
from kakanai.sessionlog.spool_errors import CounterTakenError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_place import SpoolPlace, holder_of
from kakanai.sessionlog.writing import Writing

LOOK_EVERY_S: Final = 5.0
"""Entries come many at once; the number is looked at with one of them."""


class CounterHold:
    """A counter's number on one server, and whether this PC's spool still has it. Used by any thread."""

    def __init__(  # one argument for each thing it works with
        self,
        place: SpoolPlace,
        file: SpoolFile,
        server: str,
        counter: int,
        writing: Callable[[], contextlib.AbstractContextManager[Writing]],
        reading: Callable[[], contextlib.AbstractContextManager[Connection]],
    ) -> None:
        self._place = place
        self._file = file
        self._server = server
        self._counter = counter
        self._writing = writing
        self._reading = reading
        self._own = holder_of(place.machine, file.fact("id"))
        self._looked_at = -LOOK_EVERY_S
        self._is_lost = False

    @property
    def lost(self) -> CounterTakenError | None:
        """What to tell where another PC was found to have the number; None while this one has it."""
        return CounterTakenError(counter=self._counter, path=self._server) if self._is_lost else None

    def register(self) -> None:
        """Make sure that nobody else has the counter's number, and that this spool knows what it gave.

        Raises:
            CounterTakenError: another machine or folder has it.
            LogStorageError: in another of its kinds.
        """
        now = self._place.now()
        today = now.astimezone(JST).date()
        with self._reading() as connection:
            there = holder_there(connection, self._counter)
            given = last_given(connection, self._counter, today)
        if not there:
            with self._writing() as chain:
                there = holder_there(chain.connection, self._counter)
                if not there:
                    put_holder(chain, self._counter, self._own, UNREGISTERED, now)
                    there = self._own
        self._note(there)
        if (lost := self.lost) is not None:
            raise lost
        if given is not None:
            self._file.use_up(today, given)
        if not is_registered(self._file, self._server, self._counter):
            self._file.put_facts(server=self._server, counter=str(self._counter))

    def look(self, connection: Connection, *, at_once: bool = False) -> None:
        """See in the caller's transaction who has the number; `at_once`, or every few seconds."""
        if at_once or time.monotonic() - self._looked_at >= LOOK_EVERY_S:
            self._note(holder_there(connection, self._counter))

    def _note(self, there: str) -> None:
        self._is_lost = there != self._own
        self._looked_at = time.monotonic()


def is_registered(file: SpoolFile, server: str, counter: int) -> bool:
    """Whether the spool was in use for this counter of this server before."""
    return (file.fact("server"), file.fact("counter")) == (server, str(counter))
