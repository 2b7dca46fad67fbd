"""What PostgreSQL's codes of failure mean to the log.

Given: https://www.postgresql.org/docs/15/errcodes-appendix.html
"""

import re
from typing import Final

from sqlalchemy.exc import DBAPIError

from kakanai.sessionlog.errors import (
    LogAccessRefusedError,
    LogConnectionLostError,
    LogDamagedError,
    LogDiskFullError,
    LogLockedError,
    LogStorageError,
    LogUnreachableError,
    LogUnwritableError,
)

_OF_CODE: Final[dict[str, type[LogStorageError]]] = {
    "25006": LogUnwritableError,  # a read-only transaction: a standby server, or one set to it
    "42501": LogUnwritableError,  # no privilege
    "40001": LogLockedError,  # serialization failure
    "40P01": LogLockedError,  # deadlock
    "55P03": LogLockedError,  # the lock did not come in time
    "57014": LogLockedError,  # the statement took too long
    "53100": LogDiskFullError,
    "53300": LogUnreachableError,  # too many connections
    "57P03": LogUnreachableError,  # starting or stopping
    "3D000": LogUnreachableError,  # no such database
    "25P03": LogConnectionLostError,  # nothing was asked for too long in the middle of a transaction
    "57P01": LogConnectionLostError,  # stopped by an administrator
    "57P02": LogConnectionLostError,  # another process of it crashed
    "57P05": LogConnectionLostError,  # idle for too long
    "XX001": LogDamagedError,  # a page is damaged
    "XX002": LogDamagedError,  # an index is damaged
    "42P01": LogDamagedError,  # a table is gone
    "42703": LogDamagedError,  # a column is gone
}
_OF_CLASS: Final[dict[str, type[LogStorageError]]] = {
    "08": LogConnectionLostError,
    "28": LogAccessRefusedError,
}
_BROKEN_RULE: Final = "23"
_REFUSALS: Final = re.compile(
    'authentication failed|no password supplied|no pg_hba.conf entry|role "[^"]*" does not exist'
    "|認証に失敗|パスワードが渡され|pg_hba.conf に|ロール"
)


def code_of(error: DBAPIError) -> str:
    """PostgreSQL's five letters for what happened; "" when the server did not say anything."""
    return getattr(error.orig, "sqlstate", None) or ""


def is_broken_rule(error: DBAPIError) -> bool:
    """Whether a rule of ours was broken, such as the guards' one; that is no failure of the storage."""
    return code_of(error).startswith(_BROKEN_RULE)


def is_lost(error: DBAPIError) -> bool:
    """Whether there is no connection any more; what was not committed is surely not in the database."""
    return error.connection_invalidated or failure_of(error) is LogConnectionLostError


def refuses_us(error: DBAPIError) -> bool:
    """Whether the server did not let us in; libpq passes on its words alone here, in English or Japanese."""
    return _REFUSALS.search(str(error.orig)) is not None


def failure_of(error: DBAPIError) -> type[LogStorageError]:
    """The class of failure that the server's code means; LogConnectionLostError when it said nothing."""
    code = code_of(error)
    if not code:
        return LogConnectionLostError if error.connection_invalidated else LogStorageError
    return _OF_CODE.get(code) or _OF_CLASS.get(code[:2], LogStorageError)
