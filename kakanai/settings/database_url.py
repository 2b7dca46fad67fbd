"""The address of a PostgreSQL database, as the town's settings name it: never with a password in it."""

import re
from dataclasses import dataclass
from typing import Final, Self
from urllib.parse import parse_qsl, unquote, urlsplit

from kakanai.settings.errors import DatabaseUrlError

_SCHEMES: Final = ("postgresql", "postgres")
_OPTIONS: Final = frozenset(
    {
        "user",
        "passfile",
        "sslmode",
        "sslrootcert",
        "sslcert",
        "sslkey",
        "connect_timeout",
        "target_session_attrs",
    }
)
"""What may follow the `?`; libpq knows more, such as another server or settings that weaken a commit."""
_DATABASE: Final = re.compile(r"[A-Za-z0-9_.-]{1,63}")


@dataclass(frozen=True)
class DatabaseUrl:
    """`postgresql://host:port/database?user=…`; the password is libpq's (passfile) or the keyring's matter.

    Raises:
        DatabaseUrlError: Another form, scheme or option, or a password; the text is not repeated.
    """

    host: str
    database: str
    port: int | None = None
    options: tuple[tuple[str, str], ...] = ()

    def __post_init__(self) -> None:
        """Refuse what would reach libpq in another meaning."""
        names = [name for name, _ in self.options]
        if "password" in names:
            raise DatabaseUrlError(reason="password")
        if not _OPTIONS.issuperset(names) or len(names) != len(set(names)):
            raise DatabaseUrlError(reason="option")
        if not self.host or "," in self.host or _DATABASE.fullmatch(self.database) is None:
            raise DatabaseUrlError(reason="form")

    @classmethod
    def parse(cls, text: str) -> Self:
        """The address that `text` spells; errors as for the class."""
        try:
            parts = urlsplit(text)
            port = parts.port
            options = parse_qsl(parts.query, keep_blank_values=True, strict_parsing=bool(parts.query))
        except ValueError:
            raise DatabaseUrlError(reason="form") from None
        if parts.scheme not in _SCHEMES:
            raise DatabaseUrlError(reason="scheme")
        if parts.password is not None:
            raise DatabaseUrlError(reason="password")
        if parts.fragment:
            raise DatabaseUrlError(reason="form")
        if parts.username:
            options.insert(0, ("user", unquote(parts.username)))
        return cls(parts.hostname or "", parts.path.removeprefix("/"), port, tuple(options))

    @property
    def place(self) -> str:
        """Host, port and database, for messages."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        port = "" if self.port is None else f":{self.port}"
        return f"postgresql://{host}{port}/{self.database}"
