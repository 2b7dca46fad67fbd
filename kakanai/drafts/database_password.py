"""The password of the log's database server, as this account's keyring keeps it."""

from typing import Final

from kakanai.drafts.keyring_entry import LIMIT_S, KeyringBackend, KeyringEntry, KeyringState
from kakanai.settings.database_url import DatabaseUrl

SERVICE: Final = "kakanai-postgresql"


class DatabasePassword:
    """The keyring's entry for one user of one database. Never raises: a keyring that fails keeps nothing."""

    def __init__(
        self, url: DatabaseUrl, backend: KeyringBackend | None = None, limit_s: float = LIMIT_S
    ) -> None:
        user = dict(url.options).get("user", "")
        self.place = url.place
        self._entry = KeyringEntry(SERVICE, f"{user}@{url.place}", backend, limit_s)

    @property
    def state(self) -> KeyringState:
        """Whether there is a keyring to keep it."""
        return self._entry.state

    def read(self) -> str | None:
        """The password, None when none is kept or it cannot be had."""
        return self._entry.read()

    def write(self, password: str) -> bool:
        """Keep the password in place of the last one; whether it can be read back."""
        return self._entry.write(password)

    def forget(self) -> bool:
        """Keep none any more; whether that is so."""
        return self._entry.forget()
