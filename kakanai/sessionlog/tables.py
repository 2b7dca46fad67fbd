"""The chain's own tables, in types that every SQL database has, and what all tables of the log share."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    Date,
    Index,
    Integer,
    MetaData,
    SmallInteger,
    String,
    Table,
    Text,
    text,
)

METADATA: Final = MetaData()
"""Every table of the log; an opened database must have these and, on SQLite, no others."""

APPEND_ONLY: Final = {"append_only": True}
"""The `info` of a table whose rows are neither changed nor removed, which the guards see to."""

MOMENT_LENGTH: Final = 27
"""Of a time as chain.time_text writes it."""

Seq: Final = BigInteger().with_variant(Integer(), "sqlite")
"""A place in the chain. On SQLite, a key of this very type is the row's own number, and needs no index."""


def word(length: int) -> String:
    """A column of ASCII text that is compared byte by byte, whatever language the database was made for."""
    text_of_ascii = String(length)
    return text_of_ascii.with_variant(String(length, collation="C"), "postgresql")


ENTRY: Final = Table(
    "entry",
    METADATA,
    Column("seq", Seq, primary_key=True, autoincrement=False),
    Column("at", word(MOMENT_LENGTH), nullable=False),
    Column("day", Date, nullable=False),
    Column("kind", word(32), nullable=False),
    Column("case_number", word(16), nullable=False),
    Column("staff", word(16), nullable=False),
    Column("counter", word(8), nullable=False),
    Column("body", Text),
    Column("salt", word(32)),
    Column("body_hash", word(64), nullable=False),
    Column("prev", word(64), nullable=False),
    Column("hash", word(64), nullable=False),
    Index("ix_entry_day", "day", "seq"),
    Index("ix_entry_case_number", "case_number", "seq"),
    # Acts of no case are few, and looked for by what they are.
    Index(
        "ix_entry_act",
        "kind",
        "day",
        "seq",
        sqlite_where=text("case_number = ''"),
        postgresql_where=text("case_number = ''"),
    ),
    info=APPEND_ONLY,
)
"""The chain: every act there ever was, in the order it was written."""

GIVEN_NUMBER: Final = Table(
    "given_number",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("serial", Integer, primary_key=True, autoincrement=False),
    Column("case_number", word(16), nullable=False),
    info=APPEND_ONLY,
)
"""A case number 受付番号 that was given out; the key keeps it from being given twice."""

MERGED_SPOOL: Final = Table(
    "merged_spool",
    METADATA,
    Column("spool", word(32), primary_key=True),
    Column("seq", Seq, nullable=False),
    info=APPEND_ONLY,
)
"""Where an entry came to lie that was written while the database was out of reach; none is merged twice."""

COUNTER_PLACE: Final = Table(
    "counter_place",
    METADATA,
    Column("number", SmallInteger, primary_key=True, autoincrement=False),
    Column("machine", word(64), nullable=False),
    Column("at", word(MOMENT_LENGTH), nullable=False),
)
"""Which machine, told by a hash of its id, has which counter's number 窓口番号."""

DAY_CLOSE: Final = Table(
    "day_close",
    METADATA,
    Column("day", Date, primary_key=True),
    Column("first_seq", Seq, nullable=False),
    Column("last_seq", Seq, nullable=False),
    Column("head", word(64), nullable=False),
    Column("entries", Seq, nullable=False),
    Column("staff", word(16), nullable=False),
    Column("at", word(MOMENT_LENGTH), nullable=False),
    Column("key_id", word(64), nullable=False),
    Column("signature", word(128), nullable=False),
    Column("previous", word(64), nullable=False),
    info=APPEND_ONLY,
)
"""A day that a supervisor closed and signed 日締め; `previous` is the hash of the close before."""
