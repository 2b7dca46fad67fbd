"""Reading a log back: is each entry what was written, and none missing."""

from dataclasses import dataclass

from kakanai.sessionlog.chain import FIRST_PREV, Head
from kakanai.sessionlog.log_reading import LogReading


@dataclass(frozen=True)
class ReadBack:
    """How far the chain is whole: its end there (None: no entry), and the first wrong place (0: none)."""

    head: Head | None
    wrong_seq: int = 0

    @property
    def entries(self) -> int:
        """How many there are up to that end."""
        return self.head.seq if self.head else 0


def read_back(log: LogReading) -> ReadBack:
    """Go through the whole chain of a log.

    Whether a body may be gone is proven by the verifier, from the entry of the purge.

    Raises:
        LogStorageError: in one of its kinds.
    """
    prev, head = FIRST_PREV, None
    for place, link in enumerate(log.links(), 1):
        if link.seq != place or link.prev != prev or not link.is_as_written:
            return ReadBack(head, place)
        prev, head = link.hash, link.head
    return ReadBack(head)
