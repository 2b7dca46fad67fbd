"""What the log asks of a database, whichever it is."""

import contextlib
from typing import Final, Protocol

from sqlalchemy import Connection, Engine

SCHEMA: Final = "0002"
"""The newest migration (migrations/versions); an empty place gets its tables at once."""


class Database(Protocol):
    """An opened database that has our tables."""

    @property
    def name(self) -> str:
        """Its file, or its address without a password; for messages."""

    @property
    def engine(self) -> Engine:
        """Gives connections; `begin` starts reading."""

    @property
    def last_serial(self) -> int:
        """The last serial of a day that is given here; those after it are for counters without connection."""

    @property
    def has_one_clock(self) -> bool:
        """Whether all that write here go by the clock of one machine."""

    def failures(self) -> contextlib.AbstractContextManager[None]:
        """Database failures inside come out as LogStorageErrors; broken rules of ours as they are."""

    def reading(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction that sees one moment of the database and changes nothing; without `failures`."""

    def writing(self) -> contextlib.AbstractContextManager[Connection]:
        """A transaction that nobody writes beside, all or nothing; without `failures`.

        The caller commits nothing; it is committed when the block ends, and on disk then.
        """

    def damage(self, connection: Connection) -> str:
        """The first thing that is wrong with the tables, in the database's own words; "" when nothing is."""
