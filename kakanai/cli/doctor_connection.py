"""What `kakanai doctor` tells of the connection to the log's server: encryption, and whose password."""

from dataclasses import dataclass
from typing import Final

from kakanai.sessionlog.server_facts import PasswordSource, server_facts
from kakanai.sessionlog.store import SessionLog

_SAME_MACHINE: Final = frozenset({"localhost", "127.0.0.1", "::1"})
_PASSWORDS: Final = {
    PasswordSource.NONE: "パスワードなし(サーバーの設定か証明書)",
    PasswordSource.LIBPQ: "パスワードは PostgreSQL の決まりの場所(PGPASSFILE など)",
    PasswordSource.ASKED: "パスワードはこの利用者の鍵束",
}
_IN_THE_CLEAR: Final = (
    "操作ログが、庁内の回線を読める形で流れます。"
    "town.toml の [log] database に sslmode=verify-full を付けます(docs/keeping.md)。"
)
_ANY_SERVER: Final = (
    "ほかの機械がサーバーになりすませます。sslmode=verify-full と sslrootcert を付けます(docs/keeping.md)。"
)


@dataclass(frozen=True)
class Told:
    """One line: what it is about, whether it is well, what there is, and what it costs if not."""

    name: str
    ok: bool
    detail: str
    cost: str = ""


def connection_lines(log: SessionLog) -> list[Told]:
    """One line for a log on a server, none for a file.

    Raises:
        LogStorageError: in one of its kinds.
    """
    facts = server_facts(log)
    if facts is None:
        return []
    is_here = getattr(log.target, "host", "") in _SAME_MACHINE
    if not facts.is_encrypted:
        words, cost = "暗号化なし", "" if is_here else _IN_THE_CLEAR
    elif facts.is_verified:
        words, cost = "暗号化(TLS)、サーバーの証明書を確かめています", ""
    else:
        words, cost = "暗号化(TLS)、サーバーの証明書は確かめていません", "" if is_here else _ANY_SERVER
    return [Told("connection", ok=not cost, detail=f"{words}。{_PASSWORDS[facts.password]}", cost=cost)]
