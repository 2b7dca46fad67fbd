"""What a log asks of its spool, and what is told of the way to the server."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from sqlalchemy import Connection

from kakanai.errors import KakanaiError
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.entry import LogEntry


@dataclass(frozen=True)
class LinkState:
    """Whether the server was there when last asked, how many entries wait, and what keeps them waiting."""

    is_connected: bool = True
    waiting: int = 0
    trouble: KakanaiError | None = None


class KeepsEntries(Protocol):
    """A spool beside a log (spool.Spool). The log's own way of doing each thing is given along."""

    def append(self, entries: list[LogEntry], write: Callable[[list[LogEntry]], list[int]]) -> list[int]:
        """Write entries into the log, or keep them here; a place of 0 says that it has none yet."""

    def next_number(self, day: dt.date, give: Callable[[dt.date], CaseNumber]) -> CaseNumber:
        """The next case number of the day, the log's or one of this counter's own."""

    def releases(self, case: CaseNumber, told: Callable[[], int]) -> int:
        """How often paper of a case was released, as far as it can be known now."""

    def filed_under(self, case: CaseNumber) -> CaseNumber:
        """The number that a case of this counter has in the log; its own, unless that was given twice."""

    def look(self, connection: Connection, *, at_once: bool = False) -> None:
        """See, in a transaction of the log's, whether the counter's number is still this PC's."""

    def state(self) -> LinkState:
        """How it stands now."""

    def when_connected(self, callback: Callable[[], object]) -> None:
        """Call it once the server is there."""

    def close(self) -> None:
        """Let go of everything; what waits, waits."""
