"""What there is to tell of the connection to the log's server: version, encryption, whose password."""

from dataclasses import dataclass
from enum import StrEnum

from kakanai.sessionlog.postgres_server import WAS_ASKED
from kakanai.sessionlog.store import SessionLog
from kakanai.settings.database_url import DatabaseUrl


class PasswordSource(StrEnum):
    """Where the password came from with which the server let us in."""

    NONE = "none"
    LIBPQ = "libpq"
    ASKED = "asked"


@dataclass(frozen=True)
class ServerFacts:
    """The server's `version` (15.4), whether the connection is encrypted, and where its password came from.

    `is_verified` where libpq also checks that the server is the one that its name says (sslmode verify-full).
    """

    version: str
    is_encrypted: bool
    is_verified: bool
    password: PasswordSource


def server_facts(log: SessionLog) -> ServerFacts | None:
    """The facts of one connection of this log; None for a log in a file.

    Raises:
        LogStorageError: in one of its kinds.
    """
    if not isinstance(log.target, DatabaseUrl):
        return None
    with log.reading() as connection:
        held = connection.connection
        pgconn = held.driver_connection.pgconn  # type: ignore[union-attr]
        asked = bool(held.info.get(WAS_ASKED))
        source = PasswordSource.ASKED if asked else PasswordSource.LIBPQ
        is_encrypted = bool(pgconn.ssl_in_use)
        options = dict(log.target.options)
        return ServerFacts(
            version=(pgconn.parameter_status(b"server_version") or b"")
            .decode("ascii", "replace")
            .split(" ")[0],
            is_encrypted=is_encrypted,
            is_verified=is_encrypted and options.get("sslmode") == "verify-full",
            password=source if pgconn.used_password else PasswordSource.NONE,
        )
