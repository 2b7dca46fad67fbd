"""A server that takes what is said and answers nothing: the connection is cut after a while.

TCP does not notice it, for the machine is there; a disk that hangs is enough.
"""

import contextlib
import socket
import threading
from types import TracebackType
from typing import Final, Self

from sqlalchemy import Connection

_CONNECTED: Final = 0
"""Given: CONNECTION_OK in libpq-fe.h."""


class Patience:
    """While it is entered, whoever waits on this connection waits so long at the most; None: for ever.

    Whoever waited then finds the connection lost, and `has_cut` says by whom.
    """

    def __init__(self, connection: Connection, seconds: float | None) -> None:
        self._lock = threading.Lock()
        self._is_over = seconds is None
        self.has_cut = False
        self._pgconn = connection.connection.driver_connection.pgconn  # type: ignore[union-attr]
        self._timer = threading.Timer(seconds or 0, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> Self:
        if not self._is_over:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with self._lock:
            self._is_over = True
        self._timer.cancel()

    def _cut(self) -> None:
        with self._lock, contextlib.suppress(OSError):
            if self._is_over or self._pgconn.status != _CONNECTED:
                return
            self.has_cut = True
            held = socket.socket(fileno=self._pgconn.socket)
            try:
                held.shutdown(socket.SHUT_RDWR)
            finally:
                held.detach()  # it is libpq's to close
