"""The arguments of `kakanai setup`."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddVerb = Callable[[str, str], argparse.ArgumentParser]


def add_setup_verbs(add: AddVerb) -> None:
    """Add the verbs; `add` makes one of its name and its text of help."""
    add("start", "初期設定の画面を開く(町・窓口・記録・管理者・プリンター・リーダー)")
    export = _asker(add("export", "町の設定・様式・手続を、合言葉で暗号化した1つのファイルに書く"))
    export.add_argument("file", type=Path, metavar="ファイル", help="書くファイル(まだないもの)")
    _passphrase(export)
    arrive = _asker(add("import", "ほかの PC で書き出した初期設定を、この PC に読み込む"))
    arrive.add_argument("file", type=Path, metavar="ファイル", help="setup export で書いたファイル")
    arrive.add_argument("--counter", default="", metavar="窓口", help="この PC の窓口の名前")
    _passphrase(arrive)
    arrive.add_argument(
        "--server-password-stdin",
        action="store_true",
        help="操作ログのサーバーのパスワードを標準入力の次の行から読み、鍵束に入れる",
    )
    add("restore", "壊れた町の設定を、前に使えていたものに戻す(壊れたファイルは残る)")


def _passphrase(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--passphrase-stdin", action="store_true", help="合言葉を標準入力の1行目から読む")


def _asker(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--clerk", metavar="職員番号", help="職員を登録する前だけ。後はサインインした人")
    return verb
