"""The operating system's keyring, as far as it is a real one: Secret Service, KWallet, DPAPI, Keychain."""

import binascii
from base64 import b64decode, b64encode
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from kakanai.cardreader.bounded_call import CallThread
from kakanai.drafts.sealed_file import SealKey

SERVICE: Final = "kakanai"
LIMIT_S: Final = 5.0
"""A keyring may ask somebody to unlock it; the counter does not wait for that."""

REAL: Final = frozenset(
    f"keyring.backends.{name}" for name in ("SecretService", "Windows", "kwallet", "libsecret", "macOS")
)
"""Backends that keep a secret by themselves. Others (plaintext, null, fail) hold nothing or nothing safe."""


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


class SystemKeyring:
    """The keyring's entry for the drafts below one folder. Never raises: a keyring that fails is none."""

    def __init__(self, home: Path, backend: KeyringBackend | None = None, limit_s: float = LIMIT_S) -> None:
        self._user = f"drafts {home}"
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

    def _look(self) -> KeyringState:
        try:
            if self._backend is None:
                self._backend = self._calls.call(_real_backend, self._limit_s)
            backend = self._backend
            if backend is None:
                return KeyringState(reason="none")
            self._calls.call(lambda: backend.get_password(SERVICE, self._user), self._limit_s)
        except TimeoutError:
            return KeyringState(reason="timeout")
        except Exception as error:  # noqa: BLE001 - backends raise what their systems raise
            return KeyringState(reason=type(error).__name__)
        return KeyringState(name=type(backend).__module__.rpartition(".")[2])

    def read(self) -> SealKey | None:
        """The key that is kept, None when there is none or it cannot be had."""
        backend = self._backend if self.state.name else None
        if backend is None:
            return None
        try:
            told = self._calls.call(lambda: backend.get_password(SERVICE, self._user), self._limit_s)
            return None if told is None else SealKey(b64decode(told, validate=True))
        except (binascii.Error, ValueError):
            return None  # nothing of ours; the next key takes its place
        except Exception as error:  # noqa: BLE001 - as above; TimeoutError too
            self._state = KeyringState(reason=type(error).__name__)
            return None

    def write(self, key: SealKey) -> bool:
        """Keep the key in place of the last one; whether it can be read back."""
        backend = self._backend if self.state.name else None
        if backend is None:
            return False
        words = b64encode(key.secret).decode("ascii")
        try:
            self._calls.call(lambda: backend.set_password(SERVICE, self._user, words), self._limit_s)
        except Exception as error:  # noqa: BLE001 - as above
            self._state = KeyringState(reason=type(error).__name__)
            return False
        return self.read() == key


def _real_backend() -> KeyringBackend | None:
    """The first real backend that the library would use on this machine."""
    # The library looks through everything that is installed: a third of a second, on this thread only.
    import keyring

    chosen = keyring.get_keyring()
    for backend in (chosen, *getattr(chosen, "backends", ())):
        if type(backend).__module__ in REAL:
            found: KeyringBackend = backend
            return found
    return None
