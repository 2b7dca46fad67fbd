"""The keyring's secret under which the office's key of day closes 日締め is sealed on this machine."""

from pathlib import Path

from kakanai.drafts.keyring_entry import LIMIT_S, KeyringBackend
from kakanai.drafts.sealed_file import SealKey
from kakanai.drafts.system_keyring import SystemKeyring


class OfficeKeyring:
    """As sessionlog.office_key asks for it (KeyKeeper). Never raises: a keyring that fails keeps nothing."""

    def __init__(self, home: Path, backend: KeyringBackend | None = None, limit_s: float = LIMIT_S) -> None:
        # An entry of its own: that of the drafts is replaced every day.
        self._keyring = SystemKeyring(home / "office-key", backend, limit_s)

    def read(self) -> bytes | None:
        """The secret, None when there is none or it cannot be had."""
        key = self._keyring.read()
        return None if key is None else key.secret

    def write(self, secret: bytes) -> bool:
        """Keep the secret in place of the last one; whether it can be read back."""
        return self._keyring.write(SealKey(secret))
