"""The key of the drafts as an entry of the operating system's keyring."""

import binascii
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

from kakanai.drafts.keyring_entry import LIMIT_S, KeyringBackend, KeyringEntry, KeyringState
from kakanai.drafts.sealed_file import SealKey

SERVICE: Final = "kakanai"


class SystemKeyring:
    """The keyring's entry for the drafts below one folder. Never raises: a keyring that fails is none."""

    def __init__(self, home: Path, backend: KeyringBackend | None = None, limit_s: float = LIMIT_S) -> None:
        self._entry = KeyringEntry(SERVICE, f"drafts {home}", backend, limit_s)

    @property
    def state(self) -> KeyringState:
        """See KeyringEntry."""
        return self._entry.state

    def read(self) -> SealKey | None:
        """The key that is kept, None when there is none or it cannot be had."""
        told = self._entry.read()
        try:
            return None if told is None else SealKey(b64decode(told, validate=True))
        except (binascii.Error, ValueError):
            return None  # nothing of ours; the next key takes its place

    def write(self, key: SealKey) -> bool:
        """Keep the key in place of the last one; whether it can be read back."""
        return self._entry.write(b64encode(key.secret).decode("ascii"))
