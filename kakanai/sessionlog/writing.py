"""One transaction that writes into the chain: its entries and what is told of them, all or nothing."""

import dataclasses
from typing import Final

from sqlalchemy import Connection, insert, select

from kakanai.sessionlog.chain import Head, Link, time_of
from kakanai.sessionlog.derived import derive
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.tables import ENTRY
from kakanai.sessionlog.words import EntryKind

_LAST: Final = select(ENTRY.c.seq, ENTRY.c.hash, ENTRY.c.at).order_by(ENTRY.c.seq.desc()).limit(1)
_INSERT: Final = insert(ENTRY)
_COLUMNS: Final = tuple(column.name for column in ENTRY.columns)
_LONGEST_S: Final = 999_999_999
_SAME_CLOCK_S: Final = 2
"""By this much a clock may be set right without a word."""
_OTHER_CLOCK_S: Final = 300
"""By this much the clocks of two machines may differ without a word."""


def head_of(connection: Connection) -> Head | None:
    """The end of the chain; None while it is empty."""
    row = connection.execute(_LAST).one_or_none()
    return None if row is None else Head(*row)


class Writing:
    """A transaction in which nobody else writes, so that the chain has neither gap nor fork.

    `connection` is for other tables that change along with the chain; only kakanai.sessionlog uses it.
    """

    def __init__(
        self,
        connection: Connection,
        *,
        last_own: str = "",
        has_one_clock: bool = True,
        waited_s: float = 0,
        counter: str = "",
    ) -> None:
        """Begin at the end of the chain.

        Args:
            connection: Within a transaction that holds the chain's lock.
            last_own: The time of the last entry that this program wrote; "" when it wrote none.
            has_one_clock: Whether the chain's end is of this machine's clock too.
            waited_s: How long it took to get the lock; what is to be written may be older by so much.
            counter: The number that an entry gets which names no counter.
        """
        self.connection = connection
        self.head = head_of(connection)
        self.last_own = last_own
        self._has_one_clock = has_one_clock
        self._waited_s = waited_s
        self._counter = counter

    def append(self, entry: LogEntry) -> int:
        """Write an entry; its place in the chain.

        Where the clock was set back since the last entry, an entry that says so comes first.

        Raises:
            ValueError: `ref` is no entry that was written before.
        """
        if entry.ref is not None and entry.ref > (self.head.seq if self.head else 0):
            raise ValueError("ref is no earlier entry")
        if self._counter and not entry.counter:
            entry = dataclasses.replace(entry, counter=self._counter)
        if not entry.spool:
            # What was spooled is late by its nature, and says so itself.
            self._tell_clock(entry)
        link = Link.after(self.head, entry)
        self._insert(link)
        derive(self.connection, link)
        return link.seq

    def _tell_clock(self, entry: LogEntry) -> None:
        if back := self._set_back_s(entry):
            told = LogEntry(
                EntryKind.CLOCK_SET_BACK,
                None,
                entry.clerk,
                entry.at,
                counter=entry.counter,
                counts={"seconds": min(back, _LONGEST_S)},
            )
            self._insert(Link.after(self.head, told))

    def _insert(self, link: Link) -> None:
        self.connection.execute(_INSERT, {name: getattr(link, name) for name in _COLUMNS})
        self.head = link.head
        self.last_own = link.at

    def _set_back_s(self, entry: LogEntry) -> int:
        """By how many whole seconds the clock is behind what was written before; 0 when it is not."""
        if self.head is None:
            return 0
        if self._has_one_clock:
            last, allowed = self.head.at, _SAME_CLOCK_S
        elif self.last_own:
            last, allowed = self.last_own, _SAME_CLOCK_S
        else:
            last, allowed = self.head.at, _OTHER_CLOCK_S
        back = (time_of(last) - entry.at).total_seconds()
        return int(back) if back > allowed + self._waited_s else 0
