"""The way to the log's server: once it is gone, nobody waits for it but who asks whether it is back."""

import contextlib
import threading
from collections.abc import Callable, Iterator

from sqlalchemy import Connection, Engine

from kakanai.sessionlog.errors import LogConnectionLostError, LogUnreachableError
from kakanai.sessionlog.postgres_server import PostgresServer


class ServerLink:
    """A PostgreSQL server that may be out of reach; a Database.

    While it is down, every use fails at once with LogUnreachableError, so that nobody at a counter waits for
    a network that is not there; only within `asking` the server is really asked.
    """

    def __init__(self, server: PostgresServer, *, is_up: bool) -> None:
        self._server = server
        self._is_up = is_up
        self._here = threading.local()
        self.when_lost: Callable[[], None] = lambda: None

    @property
    def name(self) -> str:
        """See Database."""
        return self._server.name

    @property
    def engine(self) -> Engine:
        """See Database."""
        return self._server.engine

    @property
    def last_serial(self) -> int:
        """See Database."""
        return self._server.last_serial

    @property
    def has_one_clock(self) -> bool:
        """See Database."""
        return self._server.has_one_clock

    @property
    def is_up(self) -> bool:
        """Whether the server answered when it was last asked."""
        return self._is_up

    def mark_up(self) -> None:
        """Let everybody use the server again."""
        self._is_up = True

    def prepare(self) -> None:
        """See PostgresServer.prepare; only within `asking`."""
        self._server.prepare()

    @contextlib.contextmanager
    def asking(self) -> Iterator[None]:
        """Within it, this thread asks the server although it is down."""
        self._here.asks = True
        try:
            yield
        finally:
            self._here.asks = False

    @contextlib.contextmanager
    def failures(self) -> Iterator[None]:
        """See Database; a lost connection is remembered."""
        try:
            with self._server.failures():
                yield
        except (LogUnreachableError, LogConnectionLostError):
            was_up, self._is_up = self._is_up, False
            if was_up:
                self.when_lost()
            raise

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """See Database."""
        self._require_up()
        with self._server.reading() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """See Database."""
        self._require_up()
        with self._server.writing() as connection:
            yield connection

    def damage(self, connection: Connection) -> str:
        """See Database."""
        return self._server.damage(connection)

    def _require_up(self) -> None:
        if not self._is_up and not getattr(self._here, "asks", False):
            raise LogUnreachableError(path=self.name, reason="")
