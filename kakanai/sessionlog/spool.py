"""The spool 預かり: where acts at the counter go while the server is out of reach, and how they come back.

Entries that wait keep those after them waiting too, so that a case's acts come into the chain in their order.
"""

import contextlib
import datetime as dt
import math
import threading
from collections.abc import Callable
from typing import Final

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.chain import day_of, time_text
from kakanai.sessionlog.counter_hold import CounterHold
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.errors import (
    LogConnectionLostError,
    LogLockedError,
    LogStorageError,
    LogUnreachableError,
)
from kakanai.sessionlog.renumbering import filed
from kakanai.sessionlog.spool_errors import (
    SpoolDamagedError,
    SpoolNumberDoubledError,
    SpoolNumbersGoneError,
)
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_kinds import may_wait
from kakanai.sessionlog.spool_link import ServerLink
from kakanai.sessionlog.spool_merge import merge_batch
from kakanai.sessionlog.spool_place import NUMBERS_OF_A_DAY, SpoolPlace, serials_of
from kakanai.sessionlog.spool_state import LinkState
from kakanai.sessionlog.words import EntryKind
from kakanai.sessionlog.writing import Writing

ASK_EVERY_S: Final = 3.0
"""How often the server is asked whether it is back."""

_FINAL: Final = (SpoolDamagedError, SpoolNumberDoubledError)
"""What does not get better by asking again: somebody has to see to it."""

_CLOSING_WAIT_S: Final = 15


class Spool:
    """One counter's spool beside its log; used by any thread, and beside other programs of this counter.

    `writing` is the log's own (SessionLog.writing); `hold` makes sure of the counter's number on the server,
    whenever that is reached again.
    """

    def __init__(  # one argument for each thing it works with
        self,
        place: SpoolPlace,
        file: SpoolFile,
        link: ServerLink,
        counter: int,
        writing: Callable[[], contextlib.AbstractContextManager[Writing]],
        hold: CounterHold,
    ) -> None:
        self._place = place
        self._file = file
        self._link = link
        self._counter = counter
        self._writing = writing
        self._hold = hold
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread: threading.Thread | None = None
        self._is_registered = False
        self._once_connected: list[Callable[[], object]] = []
        self._trouble: KakanaiError | None = None
        self._stuck_after = -1
        link.when_lost = self._begin_asking

    # --- state --------------------------------------------------------------------------

    def begin(self) -> None:
        """Make sure of the number and merge a first batch; a thread goes on, or asks for the server.

        Raises:
            LogStorageError: In one of its kinds, but for a server that is not there.
        """
        if self._link.is_up:
            self._hold.register()
            self._is_registered = True
            self._attempt(most=1)
        if self._is_left():
            self._begin_asking()

    def state(self) -> LinkState:
        """How it stands now; quick, for the network is not asked. Begins to merge what others left here."""
        try:
            waiting = self._file.waiting()
            if isinstance(self._trouble, SpoolNumberDoubledError) and self._is_settled():
                self._trouble = None
        except KakanaiError as error:
            return LinkState(self._link.is_up, 0, error)
        if waiting and not isinstance(self._trouble, _FINAL):
            self._begin_asking()
        return LinkState(self._link.is_up, waiting, self._trouble or self._hold.lost)

    def when_connected(self, callback: Callable[[], object]) -> None:
        """Call it now, or in another thread once the server is there; then its KakanaiError is trouble."""
        with self._lock:
            is_there = self._is_registered
            if not is_there:
                self._once_connected.append(callback)
        if is_there:
            callback()

    def close(self) -> None:
        """Ask no more; what waits, waits for the next program."""
        self._closed.set()
        thread = self._thread
        if thread is not None and thread is not threading.current_thread():
            thread.join(_CLOSING_WAIT_S)
        self._file.close()

    # --- entries ------------------------------------------------------------------------

    def append(self, entries: list[LogEntry], write: Callable[[list[LogEntry]], list[int]]) -> list[int]:
        """Write entries into the log, or keep them here; places of 0 say that they have none yet.

        Raises:
            LogStorageError: In one of its kinds; nothing was written or kept.
        """
        if not all(map(may_wait, entries)) or not self._is_whole():
            return write(entries)
        self._note_releases(entries)
        unsure = None
        if self._link.is_up and not self._file.waiting():
            try:
                return write(self._filed(entries))
            except (LogUnreachableError, LogLockedError):
                pass
            except LogConnectionLostError as error:
                unsure = error.unsure
        self._file.append(entries, unsure)
        self._begin_asking()
        return [0] * len(entries)

    def next_number(self, day: dt.date, give: Callable[[dt.date], CaseNumber]) -> CaseNumber:
        """The next case number of the day: the log's, or one of this counter's own while that is away.

        Raises:
            CaseNumberError: As the log's own.
            SpoolNumbersGoneError: The server is away, and this counter's numbers of the day are given.
            CounterTakenError: Another machine has the counter's number now, and gives its case numbers.
            LogStorageError: In another of its kinds; no number was used up.
        """
        try:
            return give(day)
        except (LogUnreachableError, LogConnectionLostError, LogLockedError):
            if not self._is_whole():
                raise
        if (lost := self._hold.lost) is not None:
            raise lost
        first, last = serials_of(self._counter)
        CaseNumber.build(day, first)  # a wrong clock is told before a number is used up
        serial = self._file.give_number(day, first, last, self._place.now(), str(self._counter))
        if serial is None:
            raise SpoolNumbersGoneError(counter=self._counter, most=NUMBERS_OF_A_DAY)
        self._begin_asking()
        return CaseNumber.build(day, serial)

    def releases(self, case: CaseNumber, told: Callable[[], int]) -> int:
        """How often paper of a case was released: what the log tells and what waits, or what is known here.

        Raises:
            LogStorageError: In one of its kinds, but for a server that is not there.
        """
        waiting = self._file.waiting_of(case, EntryKind.PRINT_RELEASED)
        try:
            return told() + waiting
        except (LogUnreachableError, LogConnectionLostError):
            return self._file.releases(case)

    def filed_under(self, case: CaseNumber) -> CaseNumber:
        """The number that a case of this counter has in the log; its own, unless that was given twice.

        Raises:
            LogStorageError: In one of its kinds.
        """
        return self._file.renumbered().get(case, case) if self._is_whole() else case

    def look(self, connection: Connection, *, at_once: bool = False) -> None:
        """See, in a transaction of the log's, whether the counter's number is still this PC's."""
        self._hold.look(connection, at_once=at_once)

    # --- coming back --------------------------------------------------------------------

    def _is_whole(self) -> bool:
        """Whether the spool can be used; a damaged one keeps nobody from writing into the log itself."""
        if not isinstance(self._trouble, SpoolDamagedError):
            try:
                self._file.waiting()
            except SpoolDamagedError as error:
                self._trouble = error
        return not isinstance(self._trouble, SpoolDamagedError)

    def _filed(self, entries: list[LogEntry]) -> list[LogEntry]:
        """The entries under the numbers that their cases have in the log."""
        numbers = self._file.renumbered()
        return [filed(entry, numbers) for entry in entries] if numbers else entries

    def _is_settled(self) -> bool:
        """Whether somebody moved on what could not be merged, in this program or in another one."""
        return self._file.settled().place > self._stuck_after

    def _note_releases(self, entries: list[LogEntry]) -> None:
        for entry in entries:
            if entry.kind is EntryKind.PRINT_RELEASED and entry.case_number is not None:
                # It serves a case that is gone on with while the server is away; paper does not wait for it.
                with contextlib.suppress(LogStorageError):
                    self._file.note_release(entry.case_number, day_of(time_text(entry.at)))

    def _is_left(self) -> bool:
        """Whether there is something to ask the server for, or to bring to it."""
        if not self._link.is_up or self._once_connected:
            return True
        try:
            return not isinstance(self._trouble, _FINAL) and self._file.waiting() > 0
        except KakanaiError as error:
            self._trouble = error
            return False

    def _begin_asking(self) -> None:
        with self._lock:
            if self._thread is None and not self._closed.is_set():
                self._thread = threading.Thread(target=self._ask, name="kakanai-spool", daemon=True)
                self._thread.start()

    def _ask(self) -> None:
        wait = 0.0
        while not self._closed.wait(wait):
            self._attempt()
            with self._lock:
                # Whoever adds work after this look starts another thread.
                if not self._is_left():
                    self._thread = None
                    return
            wait = ASK_EVERY_S

    def _attempt(self, most: float = math.inf) -> None:
        """Ask for the server; once it is there, merge so many batches. What stops that is `trouble`."""
        try:
            if not self._link.is_up:
                self._connect()
            self._call_back()
            while most > 0 and not self._closed.is_set() and self._merge():
                # What was in the way is gone, even if the server goes again before the rest is merged.
                self._trouble = None
                most -= 1
        except (LogUnreachableError, LogConnectionLostError, LogLockedError):
            return
        except KakanaiError as error:
            self._trouble = error
        except (DBAPIError, ValueError):
            # A rule of the log's own was broken. It must be told, and the thread must go on: nobody would.
            self._trouble = LogStorageError(path=self._link.name)
        else:
            self._trouble = None

    def _connect(self) -> None:
        with self._link.asking():
            self._link.prepare()
            self._hold.register()  # each time: meanwhile another PC may have taken this one's place
        self._link.mark_up()
        with self._lock:
            self._is_registered = True

    def _call_back(self) -> None:
        """What waited for the server is done, each once; what fails is tried again."""
        while self._once_connected:
            self._once_connected[0]()
            with self._lock:
                self._once_connected.pop(0)

    def _merge(self) -> bool:
        self._stuck_after = self._file.settled().place  # should it be stuck
        return merge_batch(self._file, self._writing, str(self._counter), self._place.now())
