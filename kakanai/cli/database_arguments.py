"""The arguments of `kakanai db`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kakanai.sessionlog.renumber_reason import RenumberReason

AddVerb = Callable[[str, str], argparse.ArgumentParser]
DayOf = Callable[[str], object]


def add_database_verbs(add: AddVerb, day: DayOf) -> None:
    """Add the verbs; `add` makes one of its name and its text of help, `day` reads a day."""
    _asker(add("upgrade", "操作ログを、この版の形にする(前の形の写しは残る)"))
    backup = _asker(add("backup", "操作ログの控えを、使いながら1つのファイルに取り、読み戻して確かめる"))
    backup.add_argument("file", type=Path, metavar="ファイル", help="書くファイル(まだないもの)")
    restore = _signer(add("restore", "控えから戻す(いまの操作ログは名前を変えて残る。窓を閉じてから)"))
    restore.add_argument("file", type=Path, metavar="ファイル", help="db backup で取った控え")
    restore.add_argument(
        "--despite-findings", action="store_true", help="検証で合わないところのある控えでも戻す(記録に残る)"
    )
    check = _asker(add("check", "操作ログのファイルと集計表を点検する"))
    check.add_argument("--rebuild", action="store_true", help="集計表を、記録(鎖)から作り直す")
    check.add_argument(
        "--rescue", type=Path, metavar="ファイル", help="読める記録を、すべて新しいファイルに書き出す"
    )
    check.add_argument(
        "--db", type=Path, metavar="ファイル", help="救出するファイル(省くとこの PC の操作ログ)"
    )
    secret = _asker(add("password", "操作ログのサーバーのパスワードを、この利用者の鍵束(キーリング)に入れる"))
    secret.add_argument("--password-stdin", action="store_true", help="パスワードを標準入力の1行目から読む")
    secret.add_argument("--forget", action="store_true", help="鍵束から消す")
    counter = _asker(add("counter", "この PC の窓口番号(1 から 99)を出す、付ける"))
    counter.add_argument("number", nargs="?", type=int, metavar="番号", help="付ける番号(省くと、いまの番号)")
    counter.add_argument("--none", action="store_true", help="番号をなくす")
    counter.add_argument(
        "--take", action="store_true", help="壊れたか、なくした PC の番号を、この PC が引き継ぐ"
    )
    spool = _signer(add("spool", "サーバーにつながらない間に預かった記録を見る、書き出す、送る"))
    spool.add_argument(
        "--export", type=Path, metavar="ファイル", help="預かっている記録を、新しいファイルに書き出す"
    )
    spool.add_argument("--send", action="store_true", help="預かっている記録を、いま操作ログに送る")
    spool.add_argument(
        "--renumber", metavar="受付番号", help="操作ログの別の受付と重なった番号を付け直して送る"
    )
    spool.add_argument(
        "--reason",
        choices=[reason.value.replace("_", "-") for reason in RenumberReason],
        metavar="理由",
        help="--renumber の理由: " + "、".join(_reasons()),
    )
    purge = _signer(add("purge", "保存年限の過ぎた記録の中身を消す(消した証明は残る)"))
    purge.add_argument(
        "--before", type=day, metavar="日", help="この日より前だけ(省くと、年限の過ぎたものすべて)"
    )
    purge.add_argument("--dry-run", action="store_true", help="何も消さず、何件消えるかだけを出す")


def _reasons() -> list[str]:
    return [f"{reason.value.replace('_', '-')}({reason.label})" for reason in RenumberReason]


def _asker(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--clerk", metavar="職員番号", help="職員を登録する前だけ。後はサインインした人")
    return verb


def _signer(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--clerk", metavar="職員番号", help="職員番号(省くとサインインした人)")
    verb.add_argument("--password-stdin", action="store_true", help="パスワードを標準入力の1行目から読む")
    return verb
