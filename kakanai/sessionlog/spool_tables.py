"""The tables of the spool's own file; they are none of the log's."""

from typing import Final

from sqlalchemy import Column, Date, Integer, MetaData, String, Table, Text

SPOOL_METADATA: Final = MetaData()

SPOOLED: Final = Table(
    "spooled",
    SPOOL_METADATA,
    Column("place", Integer, primary_key=True, autoincrement=False),
    Column("at", String(27), nullable=False),
    Column("kind", String(32), nullable=False),
    Column("case_number", String(16), nullable=False),
    Column("staff", String(16), nullable=False),
    Column("counter", String(8), nullable=False),
    Column("body", Text, nullable=False),
    Column("unsure_seq", Integer, nullable=False),
    Column("unsure_hash", String(64), nullable=False),
    Column("prev", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
"""What waits, in its order; `unsure_*` is where the log's end is if it was committed after all, 0 and ""."""

SPOOL_NUMBER: Final = Table(
    "spool_number",
    SPOOL_METADATA,
    Column("day", Date, primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
)
"""Every serial that was given here, or may not be given any more."""

SPOOL_RELEASE: Final = Table(
    "spool_release",
    SPOOL_METADATA,
    Column("case_number", String(16), primary_key=True),
    Column("day", Date, nullable=False),
    Column("releases", Integer, nullable=False),
)
"""How often this machine set out to release paper of a case, for when the log cannot be asked."""

SPOOL_FACT: Final = Table(
    "spool_fact",
    SPOOL_METADATA,
    Column("name", String(16), primary_key=True),
    Column("value", String(512), nullable=False),
)
"""Single facts: id, server, counter, first (place and hash before the first that waits), last (likewise).

By a case number that paper bears: the number that its case has in the log, where that is another.
"""

SPOOL_GUARDS: Final = {
    "spooled_no_update": "CREATE TRIGGER spooled_no_update BEFORE UPDATE ON spooled"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END",
    # Only what the log is known to have goes: `first` is moved past it in the same transaction.
    "spooled_no_delete": "CREATE TRIGGER spooled_no_delete BEFORE DELETE ON spooled"
    " WHEN OLD.place > (SELECT CAST(value AS INTEGER) FROM spool_fact WHERE name = 'first')"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "spool_number_no_update": "CREATE TRIGGER spool_number_no_update BEFORE UPDATE ON spool_number"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END",
    "spool_number_no_delete": "CREATE TRIGGER spool_number_no_delete BEFORE DELETE ON spool_number"
    " BEGIN SELECT RAISE(ABORT, 'append only'); END",
}
"""By its name, the CREATE TRIGGER of each guard against change."""
