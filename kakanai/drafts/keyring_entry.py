"""One entry of the operating system's keyring, where it is a real one: Secret Service, KWallet, DPAPI."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, Protocol, TypeVar

from kakanai.cardreader.bounded_call import CallThread

LIMIT_S: Final = 5.0
"""A keyring may ask somebody to unlock it; the counter does not wait for that."""

REAL: Final = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "Windows", "kwallet", "libsecret", "macOS")
)
"""Backends that keep a secret by themselves. Others (plaintext, null, fail) hold nothing or nothing safe."""

_Answer = TypeVar("_Answer")


class KeyringBackend(Protocol):
    """What is asked of a backend of the library `keyring`."""

    def get_password(self, service: str, username: str) -> str | None:
        """The secret kept under that name."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


@dataclass(frozen=True)
class KeyringState:
    """Whether there is a keyring to use; `name` of the backend, or `reason` (a short word) why not."""

    name: str = ""
    reason: str = ""


class KeyringEntry:
    """The words kept under one service and user. Never raises: a keyring that fails is none."""

    def __init__(
        self, service: str, user: str, backend: KeyringBackend | None = None, limit_s: float = LIMIT_S
    ) -> None:
        self._service = service
        self._user = user
        self._backend = backend
        self._limit_s = limit_s
        self._calls = CallThread("keyring")
        self._state: KeyringState | None = None

    @property
    def state(self) -> KeyringState:
        """Whether it can be used; asks the system the first time, and only so long."""
        if self._state is None:
            self._state = self._look()
        return self._state

    def read(self) -> str | None:
        """What is kept, None when there is nothing or it cannot be had."""
        return self._ask(lambda backend: backend.get_password(self._service, self._user))

    def write(self, words: str) -> bool:
        """Keep the words in place of the last ones; whether they can be read back."""
        self._ask(lambda backend: backend.set_password(self._service, self._user, words))
        return self.read() == words

    def forget(self) -> bool:
        """Keep nothing any more; whether nothing can be read back. That there was nothing is no failure."""
        if self.read() is not None:
            self._ask(lambda backend: backend.delete_password(self._service, self._user))
        return bool(self.state.name) and self.read() is None

    def _ask(self, ask: Callable[[KeyringBackend], _Answer]) -> _Answer | None:
        backend = self._backend if self.state.name else None
        if backend is None:
            return None
        try:
            return self._calls.call(lambda: ask(backend), self._limit_s)
        except Exception as error:  # noqa: BLE001 - backends raise what their systems raise; TimeoutError too
            self._state = KeyringState(reason=type(error).__name__)
            return None

    def _look(self) -> KeyringState:
        try:
            if self._backend is None:
                self._backend = self._calls.call(real_backend, self._limit_s)
            backend = self._backend
            if backend is None:
                return KeyringState(reason="none")
            self._calls.call(lambda: backend.get_password(self._service, self._user), self._limit_s)
        except TimeoutError:
            return KeyringState(reason="timeout")
        except Exception as error:  # noqa: BLE001 - as above
            return KeyringState(reason=type(error).__name__)
        return KeyringState(name=type(backend).__module__.rpartition(".")[2])


def real_backend() -> KeyringBackend | None:
    """The first real backend that the library would use on this machine."""
    # The library looks through everything that is installed: a third of a second, on this thread only.
    import keyring

    chosen = keyring.get_keyring()
    for backend in (chosen, *getattr(chosen, "backends", ())):
        if type(backend).__module__ in REAL:
            found: KeyringBackend = backend
            return found
    return None
