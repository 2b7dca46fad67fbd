"""`kakanai db password`: the password of the log's server into this account's keyring, or out of it."""

import argparse
from typing import Final

from kakanai.cli.errors import UsageError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import ask_password, is_typed, require
from kakanai.drafts.database_password import DatabasePassword
from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.sessionlog.errors import LogAccessRefusedError, LogUnreachableError
from kakanai.sessionlog.server_facts import PasswordSource, server_facts
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import DatabasePasswordUnaskedError, KeyringLackingError
from kakanai.settings import Town
from kakanai.staff.act import Act
from kakanai.staff.errors import PasswordsDifferError

NO_SERVER: Final = "町の設定 [log] database に、データベースのサーバーがありません"
_NAME: Final = "log.password"
_UNLOGGED: Final = "サーバーに入れないので、操作ログには記録していません。"
_PROMPT: Final = "データベースのパスワード(表示されません): "


def password(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Keep the password in the keyring once it has opened the server; with --forget, keep none any more.

    An administrator 管理者 does it. Where the server does not let this PC in, nobody can be signed in either,
    and who knows the server's password is who may.
    """
    town = services.prepare()
    url = town.log_database
    if url is None:
        raise UsageError(problem=NO_SERVER)
    kept = DatabasePassword(url)
    if not kept.state.name:
        raise KeyringLackingError(reason=kept.state.reason)
    who = _who(asked, services, town)
    if asked.forget:
        return _forget(services, town, kept, who, output)
    told = _new_password(told=asked.password_stdin)
    with SessionLog.open(url, password=lambda: told) as log:
        facts = server_facts(log)
        if facts is None or facts.password is not PasswordSource.ASKED:
            raise DatabasePasswordUnaskedError(reason=facts.password.value if facts else "none")
        if not kept.write(told):
            raise KeyringLackingError(reason=kept.state.reason)
        _note(log, who or UNREGISTERED, services)
    place = url.place
    output.result(
        {"kept": True, "server": place}, [f"{place} のパスワードを、この利用者の鍵束に入れました。"]
    )
    return 0


def _who(asked: argparse.Namespace, services: Services, town: Town) -> ClerkId | None:
    """Which administrator does it; None where the log that knows them lets nobody in."""
    try:
        log = services.open_log(town)
    except (LogAccessRefusedError, LogUnreachableError):
        return None  # what follows asks for the server's own password, or only takes one away
    with log:
        return require(services, town, log, Act.CHANGE_SETTINGS, asked.clerk).number


def _forget(
    services: Services, town: Town, kept: DatabasePassword, who: ClerkId | None, output: Output
) -> int:
    had = kept.read() is not None
    if had and who is not None:
        with services.open_log(town) as log:
            _note(log, who, services)
    elif had:
        output.note(_UNLOGGED)
    if not kept.forget():
        raise KeyringLackingError(reason=kept.state.reason)
    words = (
        "のパスワードを、この利用者の鍵束から消しました。" if had else "のパスワードは、鍵束にありません。"
    )
    output.result({"kept": False, "server": kept.place, "had": had}, [f"{kept.place} {words}"])
    return 0


def _note(log: SessionLog, who: ClerkId, services: Services) -> None:
    """Write that it was changed, never what it is. Not as the first entry: a backup may yet come in."""
    if log.head() is not None:
        log.note_settings_change(SettingsChange(who, services.now(), (_NAME,)))


def _new_password(*, told: bool) -> str:
    new = ask_password(_PROMPT, told=told)
    if is_typed() and not new.is_same(ask_password("もう一度: ", told=told)):
        raise PasswordsDifferError
    return new.encoded().decode()
