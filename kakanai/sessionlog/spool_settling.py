"""What can be done by hand with what waits in a spool 預かり: see it, hand it out, send it, renumber a case.

All of it works beside a window that is open on the same spool.
"""

import datetime as dt
import json
from dataclasses import asdict, dataclass
from typing import BinaryIO, Final

from sqlalchemy import select

from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.number_register import is_given
from kakanai.sessionlog.renumber_reason import RenumberReason
from kakanai.sessionlog.renumbering import Renumbering
from kakanai.sessionlog.spool_chain import FORMAT, Spooled
from kakanai.sessionlog.spool_errors import SpoolForeignError, SpoolNumberSoundError
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_merge import merge_batch
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.tables import MERGED_SPOOL
from kakanai.sessionlog.words import EntryKind

_AT_ONCE: Final = 500


@dataclass(frozen=True)
class WaitingCase:
    """A case of which entries wait; `number` "" for those of no case. Times as the chain writes them."""

    number: str
    entries: int
    first_at: str
    last_at: str
    is_doubled: bool = False


class SpoolSettling:
    """One counter's spool and the log it belongs to, which is opened without a spool of its own.

    Every method raises LogStorageError in one of its kinds; what was merged until then stays merged.
    """

    def __init__(self, file: SpoolFile, log: SessionLog) -> None:
        """Take both.

        Raises:
            SpoolForeignError: entries wait for another server.
            LogStorageError: in another of its kinds.
        """
        self._file = file
        self._log = log
        self.counter = file.fact("counter")
        if file.waiting() and file.fact("server") != log.place:
            raise SpoolForeignError(counter=self.counter, server=file.fact("server"))

    def waiting(self) -> int:
        """How many entries wait."""
        return self._file.waiting()

    def cases(self) -> list[WaitingCase]:
        """What waits, case by case, in the order of their first entries."""
        doubled = set(self.doubled())
        places: dict[str, list[Spooled]] = {}
        for row in self._rows():
            places.setdefault(row.case_number, []).append(row)
        return [
            WaitingCase(number, len(rows), rows[0].at, rows[-1].at, number in doubled)
            for number, rows in places.items()
        ]

    def doubled(self) -> list[CaseNumber]:
        """The waiting cases whose number the log knows to be given to another one, in their order."""
        found = []
        with self._log.reading() as connection:
            for row in self._rows():
                if row.kind != EntryKind.NUMBER_GIVEN.value:
                    continue
                number = CaseNumber(row.case_number)
                known = select(MERGED_SPOOL.c.seq).where(MERGED_SPOOL.c.spool == row.to_entry().spool)
                if is_given(connection, number) and connection.execute(known).first() is None:
                    found.append(number)
        return found

    def write(self, stream: BinaryIO) -> int:
        """Write all that waits, as it is kept, as lines of JSON; how many entries. Nothing goes."""
        rows = self._rows()
        head = {"format": FORMAT, "counter": self.counter, "server": self._file.fact("server")}
        for told in ({**head, "entries": len(rows)}, *map(asdict, rows)):
            stream.write(json.dumps(told, ensure_ascii=True, sort_keys=True).encode() + b"\n")
        return len(rows)

    def send(self, staff: ClerkId, at: dt.datetime) -> int:
        """Merge what waits now, whoever has the counter's number meanwhile; how many entries left the spool.

        Raises:
            SpoolNumberDoubledError: a case needs another number before it can go on.
        """
        before = self._file.settled().place
        while merge_batch(self._file, self._log.writing, self.counter, at, staff=staff):
            pass
        return self._file.settled().place - before

    def renumber(
        self, number: CaseNumber, reason: RenumberReason, staff: ClerkId, at: dt.datetime
    ) -> CaseNumber:
        """Merge what waits up to this case and give it a new number of the same day, told in the chain.

        Raises:
            SpoolNumberSoundError: no waiting case has this number and a double; nothing was changed.
            SpoolNumberDoubledError: another case, that waits before it, needs a new number first.
            CaseNumberError: the log has no number left for that day.
        """
        if number not in self.doubled():
            raise SpoolNumberSoundError(case_number=str(number))
        order = Renumbering(number, reason, staff, at, self._log.give_number)
        while number not in self._file.renumbered():
            if not merge_batch(self._file, self._log.writing, self.counter, at, staff=staff, order=order):
                raise SpoolNumberSoundError(case_number=str(number))  # merged from elsewhere meanwhile
        return self._file.renumbered()[number]

    def _rows(self) -> list[Spooled]:
        return self._file.batch(self._file.waiting() + _AT_ONCE)
