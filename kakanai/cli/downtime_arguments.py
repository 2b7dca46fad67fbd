"""The arguments of `kakanai downtime`."""

import argparse
from collections.abc import Callable
from pathlib import Path

AddVerb = Callable[[str, str], argparse.ArgumentParser]
DayOf = Callable[[str], object]


def add_downtime_verbs(add: AddVerb, day: DayOf) -> None:
    """Add the verbs; `add` makes one of its name and its text of help, `day` reads a day."""
    printed = _asker(add("print", "番号と QR のある、何も書いていない様式を前もって作る(責任者か管理者)"))
    printed.add_argument("--forms", required=True, help="様式 ID をカンマでつなぐ(F01,F05)")
    printed.add_argument("--count", type=int, required=True, metavar="枚数", help="様式ごとに何部作るか")
    printed.add_argument("--out", type=Path, required=True, help="PDF を置くフォルダー")
    take = _asker(add("take", "手書きで受け付けた用紙を、番号で操作ログに記録する"))
    take.add_argument(
        "numbers",
        nargs="*",
        metavar="番号",
        help="1人の来庁者の用紙の番号(省くと標準入力から。QR リーダーの1行が1枚)",
    )
    take.add_argument("--on", dest="day", type=day, metavar="日", help="受け付けた日(省くと今日)")
    take.add_argument(
        "--purpose",
        default="",
        metavar="手続",
        help="手続の id をカンマでつなぐ(省くと様式の手続。procedures list --json に出る)",
    )
    void = _asker(add("void", "書き損じなどで廃棄した用紙を記録する(責任者か管理者)"))
    void.add_argument("numbers", nargs="*", metavar="番号", help="用紙の番号(省くと標準入力から)")
    void.add_argument("--yes", action="store_true", help="端末で聞き直さない")
    listed = _asker(add("list", "前もって刷った用紙のうち、まだ記録していないものの一覧"))
    listed.add_argument("--all", action="store_true", help="記録したものと廃棄したものも出す")


def _asker(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("--clerk", metavar="職員番号", help="職員を登録する前だけ。後はサインインした人")
    return verb
