"""The network between a counter and its server: a cable that tests can pull, also at the worst moment."""

import contextlib
import socket
import threading
import time

from kakanai.settings.database_url import DatabaseUrl

_COMMIT = b"COMMIT"


class Cable:
    """Passes on what a client and the server say. `next_commit` says what becomes of the next COMMIT.

    `lost`: the server never hears it. `unanswered`: it is done, and the answer is lost. `late`: this
    connection is cut, and the server hears of it when `let_go` is called; others go on. While it `is_silent`,
    the server hears everything and is not heard.
    """

    def __init__(self, port: int) -> None:
        self._server = ("127.0.0.1", port)
        self._lock = threading.Lock()
        self._pairs: list[tuple[socket.socket, socket.socket]] = []
        self._late: list[tuple[socket.socket, bytes]] = []
        self._listener: socket.socket | None = None
        self.next_commit = ""
        self.is_silent = False
        self.port = 0
        self.asked = 0
        self.mend()

    def __enter__(self) -> "Cable":
        return self

    def __exit__(self, *_: object) -> None:
        self.cut()
        for server, _ in self._late:
            server.close()

    def url(self, database: str) -> DatabaseUrl:
        """The database's address at this end."""
        return DatabaseUrl("127.0.0.1", database, self.port, (("user", "kakanai"),))

    def mend(self) -> None:
        """Let connections through again."""
        self._listener = socket.socket()
        self._listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._listener.bind(("127.0.0.1", self.port))
        self._listener.listen(20)
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, args=(self._listener,), daemon=True).start()

    def cut(self) -> None:
        """End all connections, and let none through."""
        if self._listener is not None:
            # Closing alone would leave `accept` waiting, and the port open.
            with contextlib.suppress(OSError):
                self._listener.shutdown(socket.SHUT_RDWR)
            self._listener.close()
            self._listener = None
        with self._lock:
            pairs, self._pairs = self._pairs, []
        for pair in pairs:
            for end in pair:
                _end(end)

    def let_go(self) -> None:
        """The server hears of the commits that were kept back."""
        for server, said in self._late:
            server.sendall(said)

    def _accept(self, listener: socket.socket) -> None:
        while True:
            try:
                client, _ = listener.accept()
            except OSError:
                return
            self.asked += 1
            server = socket.create_connection(self._server)
            with self._lock:
                self._pairs.append((client, server))
            threading.Thread(target=self._up, args=(client, server), daemon=True).start()
            threading.Thread(target=self._down, args=(client, server), daemon=True).start()

    def _up(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while said := client.recv(65536):
                if self.next_commit and _COMMIT in said:
                    self._lose(client, server, said)
                    return
                server.sendall(said)
        _end(server)

    def _down(self, client: socket.socket, server: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while answered := server.recv(65536):
                if self.next_commit == "unanswered-now":
                    self.next_commit = ""
                    _end(server)
                    self.cut()
                    return
                if not self.is_silent:
                    client.sendall(answered)
        _end(client)

    def _lose(self, client: socket.socket, server: socket.socket, said: bytes) -> None:
        how, self.next_commit = self.next_commit, ""
        if how == "unanswered":
            self.next_commit = "unanswered-now"
            server.sendall(said)
            return
        if how == "late":
            with self._lock:
                self._pairs.remove((client, server))
            self._late.append((server, said))
            _end(client)
            return
        self.cut()


def wait_until(is_so, seconds=10):
    """Return once it is so; AssertionError when it takes longer."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.01)


def _end(end: socket.socket) -> None:
    with contextlib.suppress(OSError):
        end.shutdown(socket.SHUT_RDWR)
    end.close()
