"""`kakanai setup start | export | import | restore`."""

import argparse
from functools import partial

from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import ask_password, is_typed, require
from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.sessionlog.errors import LogAccessRefusedError
from kakanai.settings import SettingsError, Town
from kakanai.setup.carrying import export_setup, import_setup
from kakanai.setup.errors import SettingsLostError
from kakanai.setup.last_good import DAMAGED, last_good_town, put_back
from kakanai.staff.act import Act
from kakanai.staff.errors import PasswordsDifferError

_CARRIED = "パスワード・職員・日締めの鍵・操作ログ・この PC のプリンターは入っていません。"


def start(_asked: argparse.Namespace, services: Services, _output: Output) -> int:
    """The guided set-up in a window."""
    return services.open_setup()


def export(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The set-up of this PC as one encrypted file."""
    who = _require_keeping(asked, services, services.prepare())
    passphrase = _new_passphrase(told=asked.passphrase_stdin)
    files = export_setup(
        services.paths, asked.file, passphrase, who=who, now=services.now, open_log=services.open_log
    )
    told = [f"初期設定を {asked.file} に書きました（町の様式などのファイル {files} 件）。", _CARRIED]
    output.result({"file": str(asked.file), "files": files}, told)
    return 0


def import_(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The set-up of another PC on this one; what was here is kept beside it."""
    who = _require_keeping(asked, services, _town(services))
    passphrase = ask_password("合言葉: ", told=asked.passphrase_stdin).encoded().decode()
    arrive = partial(
        import_setup,
        services.paths,
        asked.file,
        passphrase,
        counter=asked.counter,
        who=who,
        now=services.now,
        open_log=services.open_log,
    )
    secret = _server_password(told=True) if asked.server_password_stdin else ""
    try:
        arrived = arrive(server_password=secret)
    except LogAccessRefusedError:
        if secret or not is_typed():
            raise
        arrived = arrive(server_password=_server_password(told=False))
    town = arrived.town
    lines = [
        f"{town.name}の初期設定を読み込みました（{town.counter_name}）。",
        f"変わった設定 {len(arrived.names)} 件、町の様式などのファイル {arrived.files} 件。",
        "前の設定は town.toml.last などの名前で残してあります。"
        "様式は「kakanai forms check」で確かめられます。",
    ]
    data = {"town": town.name, "counter": town.counter_name, "settings": list(arrived.names)}
    output.result({**data, "files": arrived.files}, lines)
    return 0


def restore(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """The last good settings in place of a damaged town.toml; nothing while it is sound."""
    try:
        services.prepare()
    except (SettingsError, SettingsLostError) as error:
        if error.code not in DAMAGED:
            raise
        kept = put_back(services.paths, services.now(), services.open_log)
        lines = ["前に使えていた町の設定に戻しました。"]
        if kept is not None:
            lines.append(f"壊れていたファイルは {kept.name} です。")
        output.result({"restored": True, "kept": kept and kept.name}, lines)
        return 0
    output.result({"restored": False, "kept": None}, ["町の設定に誤りはありません。何も変えていません。"])
    return 0


def _server_password(*, told: bool) -> str:
    prompt = "操作ログのサーバーのパスワード(表示されません): "
    return ask_password(prompt, told=told).encoded().decode()


def _new_passphrase(*, told: bool) -> str:
    passphrase = ask_password("合言葉(10文字以上): ", told=told)
    if is_typed() and not ask_password("合言葉(もう一度): ", told=told).is_same(passphrase):
        raise PasswordsDifferError
    return passphrase.encoded().decode()


def _town(services: Services) -> Town:
    """The town as it is; as it last worked, else as shipped, where an import is to replace its file."""
    try:
        return services.prepare()
    except (SettingsError, SettingsLostError) as error:
        if error.code not in DAMAGED:
            raise
        return last_good_town(services.paths)


def _require_keeping(asked: argparse.Namespace, services: Services, town: Town) -> ClerkId:
    with services.open_log(town) as log:
        who = require(services, town, log, Act.CHANGE_SETTINGS, asked.clerk, default=str(UNREGISTERED))
    return who.number
