"""Everything about the log that only PostgreSQL knows: connections, the lock of the chain, lost ones."""

import contextlib
from collections.abc import Callable, Iterator
from typing import Any, Final

from sqlalchemy import Connection, Dialect, Engine, RootTransaction, create_engine, event
from sqlalchemy.engine import URL
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.errors import (
    CommitUnansweredError,
    LogAccessRefusedError,
    LogConnectionLostError,
    LogDamagedError,
    LogNewerSchemaError,
    LogStorageError,
    LogUnreachableError,
)
from kakanai.sessionlog.postgres_errors import code_of, failure_of, is_broken_rule, is_lost, refuses_us
from kakanai.sessionlog.postgres_schema import has_any_table, is_whole
from kakanai.sessionlog.schema import create_schema, is_newer, schema_of
from kakanai.sessionlog.server_patience import Patience
from kakanai.settings.database_url import DatabaseUrl

Password = Callable[[], str | None]

_CHAIN_LOCK: Final = 0x4B4B4E49
"""ASCII "KKNI": the advisory lock, of this database alone, that whoever writes into the chain holds."""

WAS_ASKED: Final = "kakanai_was_asked"
"""Noted at a connection for which libpq had no password, so that ours was asked for."""

_CONNECT_WAIT_S: Final = 5
_LOCK_WAIT: Final = "5s"
_STATEMENT_WAIT: Final = "10min"
"""A look through the whole chain takes minutes; nothing may take for ever."""

_IDLE_WAIT: Final = "60s"
_KEEPALIVES: Final = {"tcp_keepalives_idle": 30, "tcp_keepalives_interval": 10, "tcp_keepalives_count": 3}
"""Within a minute the server knows of a machine that is gone, whatever that was doing."""

_OWN_KEEPALIVES: Final = {
    "keepalives_idle": 5,
    "keepalives_interval": 1,
    "keepalives_count": 3,
    "tcp_user_timeout": 6_000,
}
"""Within some ten seconds we know of a network that is gone; without it a clerk would wait for minutes."""

_ONLINE_SERIALS: Final = 4999
"""The serials after it are for counters that have no connection."""


class PostgresServer:
    """A database on a PostgreSQL server, opened; a Database."""

    last_serial = _ONLINE_SERIALS
    has_one_clock = False

    def __init__(self, url: DatabaseUrl, password: Password | None = None) -> None:
        """Connects to nothing yet.

        With `patience_s` a transaction lasts so many seconds at the most, then its connection is cut.
        """
        self.url = url
        self.patience_s: float | None = None
        self.engine: Engine = create_engine(
            URL.create(
                "postgresql+psycopg",
                host=url.host,
                port=url.port,
                database=url.database,
                query=dict(url.options),
            ),
            connect_args={
                "connect_timeout": _CONNECT_WAIT_S,
                "application_name": "kakanai",
                **_OWN_KEEPALIVES,
            },
            hide_parameters=True,
            pool_size=3,
        )
        event.listen(self.engine, "connect", _set_up_connection)
        if password is not None:
            event.listen(self.engine, "do_connect", _asking(password))

    @property
    def name(self) -> str:
        """The address without user and password."""
        return self.url.place

    @contextlib.contextmanager
    def failures(self) -> Iterator[None]:
        """See Database."""
        try:
            yield
        except DBAPIError as error:
            if is_broken_rule(error):
                raise
            raise self._told(error) from error

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Database; asks once more on a new connection when the old one turns out to be gone."""
        with contextlib.ExitStack() as held:
            yield self._begun(_read_one_moment, held)

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database; it holds the chain's lock from its start.

        Raises:
            CommitUnansweredError: the connection broke off at the very end.
        """
        with contextlib.ExitStack() as held:
            connection = self._begun(_take_lock, held)
            transaction = connection.get_transaction()
            yield connection
            if isinstance(transaction, RootTransaction):
                self._commit(transaction)

    def damage(self, connection: Connection) -> str:
        """See Database. The server watches over its files itself; here the shape is looked at."""
        return "" if is_whole(connection) else "shape"

    def prepare(self) -> None:
        """Recognise our tables, and make them in a database that has none of them.

        Raises:
            LogStorageError: in one of its kinds; what was there is left as it was.
        """
        with self.failures():
            with self.reading() as connection:
                is_there = self._recognise(connection)
            if not is_there:
                with self.writing() as connection:
                    # Another counter may have made them while we waited for the lock.
                    if not self._recognise(connection):
                        create_schema(connection)

    def _recognise(self, connection: Connection) -> bool:
        schema = schema_of(connection)
        if schema is not None and is_newer(schema):
            raise LogNewerSchemaError(path=self.name, version=schema)
        if schema is None and not has_any_table(connection):
            return False
        if schema != SCHEMA or not is_whole(connection):
            raise LogDamagedError(path=self.name)
        return True

    def _begun(self, start: Callable[[Connection], None], held: contextlib.ExitStack) -> Connection:
        """A connection in whose transaction `start` was done; a dead one of the pool is replaced once.

        It is given back with `held`; rolling back what is open then is waited for no longer than the rest.
        """
        for is_last in (False, True):
            try:
                connection = self.engine.connect()
            except DBAPIError as error:
                raise self._unreachable(error) from error
            with contextlib.ExitStack() as tried:
                tried.callback(connection.close)
                patience = Patience(connection, self.patience_s)
                tried.enter_context(patience)
                tried.callback(connection.close)
                try:
                    connection.begin()
                    start(connection)
                except DBAPIError as error:
                    if is_last or patience.has_cut or not is_lost(error):
                        raise
                else:
                    held.push(tried.pop_all())
                    return connection
            # The server was started anew: every connection of the pool is dead.
            self.engine.dispose()
        raise AssertionError("not reached")

    def _commit(self, transaction: RootTransaction) -> None:
        try:
            transaction.commit()
        except DBAPIError as error:
            if not is_lost(error):
                raise
            raise CommitUnansweredError(path=self.name) from error

    def _unreachable(self, error: DBAPIError) -> LogStorageError:
        kind = LogAccessRefusedError if refuses_us(error) else failure_of(error)
        if kind in (LogConnectionLostError, LogStorageError, LogUnreachableError):
            return LogUnreachableError(path=self.name, reason=code_of(error))
        return kind(path=self.name)

    def _told(self, error: DBAPIError) -> LogStorageError:
        kind = failure_of(error)
        if kind is LogUnreachableError:
            return LogUnreachableError(path=self.name, reason=code_of(error))
        return kind(path=self.name)


def open_server(url: DatabaseUrl, password: Password | None = None) -> PostgresServer:
    """The log on that server; its tables are made in a database that has none.

    Raises:
        LogStorageError: In one of its kinds; what was there is left as it was.
    """
    server = PostgresServer(url, password)
    try:
        server.prepare()
    except BaseException:
        server.engine.dispose()
        raise
    return server


def _asking(password: Password) -> Callable[..., DBAPIConnection | None]:
    """Connect with what libpq knows by itself; only where it lacks a password, with the one that is asked."""

    def connect(
        dialect: Dialect, record: ConnectionPoolEntry, args: list[Any], options: dict[str, Any]
    ) -> DBAPIConnection | None:
        try:
            return dialect.connect(*args, **options)
        except dialect.loaded_dbapi.OperationalError as error:
            pgconn = getattr(error, "pgconn", None)
            if pgconn is None or not pgconn.needs_password:
                raise
        # Asked for at each connection and kept nowhere.
        if (told := password()) is not None:
            options["password"] = told
            record.info[WAS_ASKED] = True
        return None

    return connect


def _set_up_connection(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    try:
        # A commit is on disk when it returns, whatever the server's own settings say.
        cursor.execute("SET synchronous_commit = on")
        cursor.execute(f"SET lock_timeout = '{_LOCK_WAIT}'")
        cursor.execute(f"SET statement_timeout = '{_STATEMENT_WAIT}'")
        # Whoever falls asleep in the middle of writing, as a notebook does, must not hold up the whole hall.
        cursor.execute(f"SET idle_in_transaction_session_timeout = '{_IDLE_WAIT}'")
        for name, seconds_or_count in _KEEPALIVES.items():
            cursor.execute(f"SET {name} = {seconds_or_count}")
        cursor.execute("SET client_encoding = 'UTF8'")
    finally:
        cursor.close()
    connection.commit()


def _take_lock(connection: Connection) -> None:
    connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_CHAIN_LOCK})")


def _read_one_moment(connection: Connection) -> None:
    connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
