"""The tables of staff 職員 and their sessions: numbers, roles and hashes; no name, no password, no token."""

from sqlalchemy import Boolean, Column, Table

from kakanai.sessionlog.tables import METADATA, MOMENT_LENGTH, word

STAFF = Table(
    "staff",
    METADATA,
    Column("number", word(16), primary_key=True),
    Column("role", word(16), nullable=False),
    Column("password_hash", word(200), nullable=False),
    Column("card_uid_hash", word(64), nullable=True, unique=True),
    Column("created_at", word(MOMENT_LENGTH), nullable=False),
    Column("disabled_at", word(MOMENT_LENGTH), nullable=True),
    Column("must_change", Boolean, nullable=False),
)
"""Registered staff numbers. Rows are never removed: a number that was somebody's is nobody else's later.

Every change of a row is told by an entry of the chain with the digest of the row (staff_row.py).
"""

STAFF_SESSION = Table(
    "staff_session",
    METADATA,
    Column("token_hash", word(64), primary_key=True),
    Column("number", word(16), nullable=False, index=True),
    Column("place", word(8), nullable=False),
    Column("account", word(64), nullable=False),
    Column("started_at", word(MOMENT_LENGTH), nullable=False),
    Column("ends_at", word(MOMENT_LENGTH), nullable=False),
    Column("ended_at", word(MOMENT_LENGTH), nullable=True),
)
"""Who is signed in: `place` is window or script, `account` a hash of machine and account of its system."""

SIGN_IN_FAILURE = Table(
    "sign_in_failure",
    METADATA,
    Column("attempt", word(32), primary_key=True),
    Column("number", word(16), nullable=True, index=True),
    Column("machine", word(64), nullable=False, index=True),
    Column("at", word(MOMENT_LENGTH), nullable=False),
)
"""Attempts to sign in that did not succeed, as long as they count. `number` only if it is registered:

what is typed there by mistake may be a password.
"""

SECRET = Table(
    "secret",
    METADATA,
    Column("name", word(32), primary_key=True),
    Column("value", word(64), nullable=False),
)
"""Random values of this database, in hexadecimal."""
