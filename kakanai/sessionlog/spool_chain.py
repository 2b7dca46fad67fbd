"""One entry that waits in the spool, and the hash that ties it to the one before.

The format is `kakanai-spool-1`: the chain of docs/log-format.md in small, for a file that lives for hours.
"""

import secrets
from dataclasses import dataclass, replace
from typing import Final

from kakanai.sessionlog.body import body_of, entry_from
from kakanai.sessionlog.chain import FIRST_PREV, hash_of, time_of, time_text
from kakanai.sessionlog.entry import LogEntry

FORMAT: Final = "kakanai-spool-1"


@dataclass(frozen=True)
class SpoolHead:
    """A place in the spool and the hash of the entry there; place 0 before the first there ever was."""

    place: int = 0
    hash: str = FIRST_PREV

    @classmethod
    def parse(cls, text: str) -> "SpoolHead":
        """What `text` wrote; ValueError for anything else."""
        place, _, hash_ = text.partition(" ")
        return cls(int(place), hash_)

    @property
    def text(self) -> str:
        """As the file keeps it; the place comes first, for the guard reads it."""
        return f"{self.place} {self.hash}"


@dataclass(frozen=True)
class Spooled:
    """One row that waits.

    `unsure_seq` and `unsure_hash` are where the log's end is if the entry was committed there after all: the
    answer was lost. 0 and "" where it surely was not.
    """

    place: int
    at: str
    kind: str
    case_number: str
    staff: str
    counter: str
    body: str
    unsure_seq: int
    unsure_hash: str
    prev: str
    hash: str

    @classmethod
    def after(cls, head: SpoolHead, entry: LogEntry, unsure: tuple[int, str] | None) -> "Spooled":
        """The entry as the next one, with a new random id by which the log knows it again."""
        spooled = replace(entry, spool=secrets.token_hex(16))
        seq, hash_ = unsure or (0, "")
        row = cls(
            place=head.place + 1,
            at=time_text(spooled.at),
            kind=spooled.kind.value,
            case_number=str(spooled.case_number or ""),
            staff=str(spooled.clerk),
            counter=spooled.counter,
            body=body_of(spooled),
            unsure_seq=seq,
            unsure_hash=hash_,
            prev=head.hash,
            hash="",
        )
        return replace(row, hash=row.recomputed_hash())

    @property
    def head(self) -> SpoolHead:
        """The spool's end, were this its last."""
        return SpoolHead(self.place, self.hash)

    def recomputed_hash(self) -> str:
        """What the hash must be for what stands here."""
        parts = (
            FORMAT,
            str(self.place),
            self.at,
            self.kind,
            self.case_number,
            self.staff,
            self.counter,
            self.body,
            str(self.unsure_seq),
            self.unsure_hash,
            self.prev,
        )
        return hash_of("\n".join(parts))

    def to_entry(self) -> LogEntry:
        """The act that waits, with its id.

        Raises:
            ValueError: it is none of ours; the value is not repeated.
        """
        entry = entry_from(
            at=time_of(self.at),
            kind=self.kind,
            case_number=self.case_number,
            staff=self.staff,
            counter=self.counter,
            body=self.body,
        )
        if not entry.spool:
            raise ValueError("what waits has no id")
        return entry


def require_whole(before: SpoolHead, rows: list[Spooled]) -> None:
    """Nothing, when the rows follow `before` and each other, and each says what it said when it was written.

    Raises:
        ValueError: they do not.
    """
    for row in rows:
        if (row.place, row.prev, row.hash) != (before.place + 1, before.hash, row.recomputed_hash()):
            raise ValueError("the spool's chain is broken")
        before = row.head
