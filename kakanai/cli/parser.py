"""The verbs and their arguments. No secret is ever an argument."""

import argparse
import datetime as dt
from pathlib import Path
from typing import NoReturn

from kakanai import __version__
from kakanai.cli.errors import UsageError

DEMO_SPECIMEN = "official-test"
VPCD_PORT = 35963


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        raise UsageError(problem=message)


def build_parser() -> argparse.ArgumentParser:
    """The parser; errors come as UsageError."""
    parser = _Parser(prog="kakanai", description="書かない窓口: カードを1回読み、申請書をまとめて作る")
    parser.add_argument("--version", action="version", version=f"kakanai {__version__}")
    parser.add_argument("--simulate", action="store_true", help="見本カードで窓を開く(練習)")
    verbs = parser.add_subparsers(dest="verb", metavar="<命令>", parser_class=_Parser)
    _add(verbs, "doctor", "この PC で使えるかを調べる")
    _card(verbs)
    specimen = verbs.add_parser("specimen", help="見本カード").add_subparsers(
        dest="specimen_verb", required=True, parser_class=_Parser
    )
    _add(specimen, "list", "見本カードの一覧")
    forms = verbs.add_parser("forms", help="様式").add_subparsers(
        dest="forms_verb", required=True, parser_class=_Parser
    )
    _add(forms, "list", "様式の一覧")
    check = _add(forms, "check", "様式の定義ファイルを検査する")
    check.add_argument("path", nargs="?", type=Path, help="様式のファイルかフォルダー(省くとすべて)")
    _fill(verbs)
    log = verbs.add_parser("log", help="操作ログ").add_subparsers(
        dest="log_verb", required=True, parser_class=_Parser
    )
    day = _add(log, "day", "1日の受付の一覧")
    day.add_argument("day", nargs="?", type=_day, help="YYYY-MM-DD(省くと今日)")
    demo = _add(verbs, "demo", "見本カードで窓口の流れを最後まで通す(画面は要らない)")
    demo.add_argument("--out", type=Path, help="PDF を置くフォルダー")
    demo.add_argument("--specimen", default=DEMO_SPECIMEN, help="見本カードの名前")
    return parser


def _add(verbs: "argparse._SubParsersAction[_Parser]", name: str, text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=text, description=text)
    verb.add_argument("--json", action="store_true", help="結果を JSON で出す")
    return verb


def _card(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    card = verbs.add_parser("card", help="カードとリーダー").add_subparsers(
        dest="card_verb", required=True, parser_class=_Parser
    )
    _add(card, "list", "つながっているリーダーの一覧")
    read = _add(card, "read", "カードの基本4情報を読む")
    _reader(read)
    read.add_argument("--my-number", action="store_true", help="個人番号も読む(法令で使える事務だけ)")
    insert = _add(card, "insert", "見本カードを本物の pcscd の仮想リーダーに置く(止めるまで)")
    insert.add_argument("specimen", help="見本カードの名前(kakanai specimen list)")
    insert.add_argument("--host", default="127.0.0.1")
    insert.add_argument("--port", type=int, default=VPCD_PORT)


def _reader(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reader", help="リーダーの名前、または specimen:見本カードの名前")
    verb.add_argument("--pin-stdin", action="store_true", help="暗証番号を標準入力の1行目から読む")


def _fill(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    fill = _add(verbs, "fill", "カードか手入力の本人で、様式をまとめて作る")
    fill.add_argument("--forms", required=True, help="様式 ID をカンマでつなぐ(F01,F05)")
    _reader(fill)
    fill.add_argument("--person", type=Path, help="手入力の本人(JSON、キーは card read の出力と同じ)")
    fill.add_argument("--answers", type=Path, help="聞き取りの回答(JSON)")
    fill.add_argument(
        "--leave-blank",
        action="append",
        default=[],
        metavar="様式:欄",
        help="指摘のある欄を手書き用に空けて印刷する(何度でも書ける。all ですべて)",
    )
    fill.add_argument("--clerk", help="職員番号")
    out = fill.add_mutually_exclusive_group(required=True)
    out.add_argument("--out", type=Path, help="PDF を置くフォルダー")
    out.add_argument("--printer", help="CUPS のプリンター名")


def _day(text: str) -> dt.date:
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError("日付は YYYY-MM-DD で書いてください") from None
