"""The password of the log's server as it is typed in the set-up: tried there, then kept in the keyring.

It goes into no file of ours: not into town.toml, nor into what is carried to the next PC, where it is typed
once more (decision 27).
"""

from typing import Final, Protocol

from kakanai.drafts.database_password import DatabasePassword
from kakanai.sessionlog.server_facts import PasswordSource, server_facts
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import DatabasePasswordUnaskedError, KeyringLackingError
from kakanai.settings import Town

NAME: Final = "log.password"
"""The name in the log when the keyring was given one."""


class OpenLog(Protocol):
    """Opens the log that a town's settings name."""

    def __call__(self, town: Town, password: str = "", /) -> SessionLog:
        """The log; a server is given this password, "" for the one that is kept for it.

        Raises:
            LogStorageError: in one of its kinds.
        """


def keep_password(log: SessionLog, town: Town, password: str) -> bool:
    """Keep the password that opened this log; False where there is none, or no server.

    Raises:
        DatabasePasswordUnaskedError: the server did not ask for it; nothing is kept.
        KeyringLackingError: no keyring takes it; nothing is kept.
    """
    url = town.log_database
    if url is None or not password:
        return False
    facts = server_facts(log)
    if facts is None or facts.password is not PasswordSource.ASKED:
        raise DatabasePasswordUnaskedError(reason=facts.password.value if facts else "none")
    kept = DatabasePassword(url)
    if not kept.write(password):
        raise KeyringLackingError(reason=kept.state.reason)
    return True
