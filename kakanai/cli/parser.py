"""The verbs and their arguments. No secret is ever an argument."""

import argparse
import datetime as dt
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NoReturn

from kakanai import __version__
from kakanai.cli.database_arguments import add_database_verbs
from kakanai.cli.downtime_arguments import add_downtime_verbs
from kakanai.cli.errors import UsageError
from kakanai.cli.fault_arguments import add_fault_arguments
from kakanai.cli.log_parser import add_daybook_verbs
from kakanai.cli.log_verify_arguments import add_log_verify_verbs
from kakanai.cli.printer_arguments import add_printer_verbs
from kakanai.cli.reprint_arguments import add_reprint_arguments
from kakanai.cli.setup_arguments import add_setup_verbs
from kakanai.cli.staff_arguments import add_staff_verbs

DEMO_SPECIMEN = "official-test"
VPCD_PORT = 35963
TOWN_DEFAULT = "用紙ごと"
"""What --printer means without a name: the printers of the town's settings. No printer can be called so."""
_READER_HELP: Final = "リーダーの名前、または specimen:見本カードの名前"
_FIRST_YEAR, _LAST_YEAR = 2019, 2117
"""令和 begins; its 99th year, the last that a case number 受付番号 can tell."""


_SECRETS: Final = frozenset({"--pin", "--collation-b", "--card-number", "--password", "--card-uid"})


class ShownHelp(Exception):
    """Help or version was asked for; `text` is it. No error, but the only way out of argparse."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


_KINDS: Final = (
    # argparse's sentences; of what they quote only the names of our own arguments are repeated.
    (re.compile(r"the following arguments are required: (?P<ours>[^:]+)"), "足りない引数があります: {ours}"),
    (re.compile(r"one of the arguments (?P<ours>.+) is required"), "どれか1つが要ります: {ours}"),
    (re.compile(r"unrecognized arguments"), "知らない引数があります"),
    (re.compile(r"argument (?P<ours>[^:]+): expected .*argument"), "{ours} の値がありません"),
    (re.compile(r"argument (?P<ours>[^:]+): not allowed with"), "一緒に書けない引数があります: {ours}"),
    (re.compile(r"argument (?P<ours>[^:]+): ignored explicit"), "{ours} に値は付けられません"),
    (re.compile(r"argument (?P<ours>--[^:]+): invalid choice"), "{ours} の値の形が違います"),
    (re.compile(r"argument [^:]+: invalid choice"), "知らない命令です"),
    (re.compile(r"argument (?P<ours>[^:]+): invalid .* value"), "{ours} の値の形が違います"),
)


class _Parser(argparse.ArgumentParser):
    """Tells what is wrong in our words: an argument may be a PIN or a name typed in the wrong place."""

    def __init__(self, prog: str, description: str | None = None) -> None:
        # An abbreviation would make --pin=1234 an attempt at --pin-stdin, and --js no JSON.
        super().__init__(prog, description=description, allow_abbrev=False)

    def error(self, message: str) -> NoReturn:
        for kind, problem in _KINDS:
            match = kind.match(message)
            if match:
                raise UsageError(problem=problem.format(**match.groupdict()))
        raise UsageError(problem="引数の組み合わせか値が正しくありません")

    def print_help(self, _file: object = None) -> NoReturn:
        raise ShownHelp(self.format_help().rstrip("\n"))


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The arguments, read; `verb` is None when the window is wanted.

    Raises:
        UsageError: they do not fit.
        ShownHelp: help or version was asked for.
    """
    if any(word.split("=")[0] in _SECRETS for word in arguments):
        raise UsageError(
            problem="パスワード・暗証番号・照合番号・カードの番号は引数に書けません"
            "(--pin-stdin などで渡してください)"
        )
    asked = _build_parser().parse_args(arguments)
    if asked.version:
        raise ShownHelp(f"kakanai {__version__}")
    if asked.json and asked.verb is None:
        raise UsageError(problem="--json は命令と一緒に書いてください")
    return asked


def _build_parser() -> _Parser:
    parser = _Parser(prog="kakanai", description="書かない窓口: カードを1回読み、申請書をまとめて作る")
    parser.add_argument("--version", action="store_true", help="版を出す")
    parser.add_argument("--simulate", action="store_true", help="見本カードで窓を開く(練習)")
    parser.add_argument(
        "--training", action="store_true", help="練習の窓を開く(架空の住民30人、最初のレッスン、別の記録)"
    )
    parser.add_argument("--json", action="store_true", help="結果を JSON で出す(命令の後にも書ける)")
    verbs = parser.add_subparsers(dest="verb", metavar="<命令>", parser_class=_Parser)
    _add(verbs, "doctor", "この PC で使えるかを調べる")
    _card(verbs)
    specimen = verbs.add_parser("specimen", help="見本カード").add_subparsers(
        dest="specimen_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    _add(specimen, "list", "見本カードの一覧")
    forms = verbs.add_parser("forms", help="様式").add_subparsers(
        dest="forms_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    _add(forms, "list", "様式の一覧")
    check = _add(forms, "check", "様式の定義ファイルを検査する")
    check.add_argument("path", nargs="?", type=Path, help="様式のファイル、フォルダーか ID(省くとすべて)")
    proof = _add(forms, "proof", "様式の校正刷(空欄・見本の値・いちばん長い値・枠と項目名)を PDF にする")
    proof.add_argument("form", help="様式の ID")
    proof.add_argument("--out", type=Path, required=True, metavar="ファイル", help="書く PDF(まだないもの)")
    procedures = verbs.add_parser("procedures", help="手続").add_subparsers(
        dest="procedures_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    found = _add(procedures, "list", "手続の一覧(番号・読み・言葉・様式で探せる)")
    found.add_argument("words", nargs="*", metavar="言葉", help="番号(41)、読み(てんにゅう)、言葉、様式 ID")
    _guide(verbs)
    _fill(verbs)
    _town(verbs)
    _cases(verbs)
    _staff(verbs)
    printer = verbs.add_parser("printer", help="プリンターの一覧・調整・設定").add_subparsers(
        dest="printer_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    add_printer_verbs(lambda name, text: _add(printer, name, text))
    log = verbs.add_parser("log", help="操作ログ").add_subparsers(
        dest="log_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    day = _add(log, "day", "1日の受付の一覧")
    day.add_argument("day", nargs="?", type=_day, help="YYYY-MM-DD(省くと今日)")
    add_daybook_verbs(lambda name, text: _add(log, name, text), _day)
    add_log_verify_verbs(lambda name, text: _add(log, name, text))
    _database(verbs)
    _downtime(verbs)
    _setup(verbs)
    _manual(verbs)
    demo = _add(verbs, "demo", "見本カードで窓口の流れを最後まで通す(画面は要らない)")
    demo.add_argument("--out", type=Path, help="PDF を置くフォルダー")
    demo.add_argument("--specimen", default=DEMO_SPECIMEN, help="見本カードの名前")
    return parser


def _add(verbs: "argparse._SubParsersAction[_Parser]", name: str, text: str) -> argparse.ArgumentParser:
    verb = verbs.add_parser(name, help=text, description=text)
    # Without a default of its own it would put out the one written before the verb.
    verb.add_argument("--json", action="store_true", default=argparse.SUPPRESS, help="結果を JSON で出す")
    return verb


def _card(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    card = verbs.add_parser("card", help="カードとリーダー").add_subparsers(
        dest="card_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    _add(card, "list", "つながっているリーダーの一覧")
    read = _add(card, "read", "カードの基本4情報を読む")
    _reader(read)
    read.add_argument("--my-number", action="store_true", help="個人番号も読む(法令で使える事務だけ)")
    read.add_argument(
        "--verify", action="store_true", help="署名とチップの真正性を確かめる(失効は確かめない)"
    )
    read.add_argument(
        "--mynumber-licence",
        action="store_true",
        help="マイナ免許証を読む(--pin-stdin はマイナ免許証の暗証番号)",
    )
    read.add_argument("--photo", type=Path, metavar="ファイル", help="顔写真を書く(.png か .jp2)")
    read.add_argument("--glyphs", type=Path, metavar="フォルダー", help="氏名と住所の字形の画像を書く")
    status = _add(card, "pin-status", "すべての暗証番号・照合番号の残り回数(1回も使わない)")
    status.add_argument("--reader", help=_READER_HELP)
    diagnosis = _add(card, "diagnose", "リーダーとカードの診断(個人情報を含まない。業者に送れる)")
    diagnosis.add_argument("--reader", help=_READER_HELP)
    diagnosis.add_argument("--out", type=Path, metavar="ファイル", help="JSON を書くファイル")
    insert = _add(card, "insert", "見本カードを本物の pcscd の仮想リーダーに置く(止めるまで)")
    insert.add_argument("specimen", help="見本カードの名前(kakanai specimen list)")
    insert.add_argument("--host", default="127.0.0.1")
    insert.add_argument("--port", type=int, default=VPCD_PORT)
    add_fault_arguments(insert)


def _guide(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    guide = verbs.add_parser("guide", help="手続の案内(できごとごとの質問と規則)").add_subparsers(
        dest="guide_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    _add(guide, "list", "できごとの一覧")
    shown = _add(guide, "show", "1つのできごとの質問と規則")
    shown.add_argument("event", metavar="できごと", help="move_in など(guide list に出る)")
    table = _add(guide, "table", "判断表を CSV(UTF-8、表計算で開ける)に書く")
    table.add_argument("event", metavar="できごと")
    table.add_argument(
        "--csv", type=Path, required=True, metavar="ファイル", help="書くファイル(まだないもの)"
    )
    planned = _add(guide, "plan", "回答から、要る手続・持ち物・期限とその理由を出す(記録しない)")
    planned.add_argument("event", metavar="できごと")
    planned.add_argument("--answers", type=Path, metavar="ファイル", help="聞き取りの回答(JSON)")
    planned.add_argument(
        "--person", type=Path, metavar="ファイル", help="来庁者(JSON、card read の出力と同じ)"
    )


def _town(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    town = verbs.add_parser("town", help="町の設定(town.toml)").add_subparsers(
        dest="town_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    _add(town, "show", "町の設定の一覧(町が決めたものと、見本町のままのもの)")
    check = _add(town, "check", "町の設定のファイルを検査する(誤りをすべて出す)")
    check.add_argument("path", nargs="?", type=Path, help="検査するファイル(省くと保存先の town.toml)")
    change = _add(town, "set", "町の設定を1つ変える(説明と並びは残る)")
    change.add_argument("key", metavar="名前", help="設定の名前(fees.seal_certificate など。show に出る)")
    change.add_argument("value", metavar="値", help="新しい値(並びは「、」でつなぐ)")
    change.add_argument("--clerk", help="管理者の職員番号(職員を登録したあとは、サインインしている人)")


def _cases(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    cases = verbs.add_parser("cases", help="途中・保留の受付(下書き)と刷り直し").add_subparsers(
        dest="cases_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    _add(cases, "list", "続きから始められる受付の一覧(番号・時刻・状態だけ)")
    discard = _add(cases, "discard", "下書きを捨てて受付を取りやめる(窓を閉じてから)")
    discard.add_argument("number", metavar="受付番号", help="R8-1121-0003 など(cases list に出る)")
    discard.add_argument("--clerk", help="職員番号")
    again = _add(cases, "reprint", "刷った様式を、刷ったときのまま刷り直す(町が残す設定のとき)")
    add_reprint_arguments(again)


def _staff(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    staff = verbs.add_parser("staff", help="職員の登録とサインイン").add_subparsers(
        dest="staff_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    add_staff_verbs(lambda name, text: _add(staff, name, text))


def _setup(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    setup = verbs.add_parser("setup", help="初期設定").add_subparsers(
        dest="setup_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    add_setup_verbs(lambda name, text: _add(setup, name, text))


def _downtime(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    downtime = verbs.add_parser("downtime", help="停電・停止のときの用紙").add_subparsers(
        dest="downtime_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    add_downtime_verbs(lambda name, text: _add(downtime, name, text), _day)


def _manual(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    manual = _add(verbs, "manual", "手引きを PDF に書く(窓では F1)")
    manual.add_argument(
        "--out", type=Path, required=True, metavar="ファイル", help="書くファイル(まだないもの)"
    )
    manual.add_argument("--cheat-sheet", action="store_true", help="窓口に貼る1枚(早見表)だけ")


def _database(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    database = verbs.add_parser("db", help="操作ログの保存(控え・復元・点検・消去)").add_subparsers(
        dest="db_verb", metavar="<命令>", required=True, parser_class=_Parser
    )
    add_database_verbs(lambda name, text: _add(database, name, text), _day)


def _reader(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--reader", help=_READER_HELP)
    key = verb.add_mutually_exclusive_group()
    key.add_argument(
        "--pin-stdin",
        action="store_true",
        help="暗証番号を標準入力の1行目から読む(運転免許証の暗証番号2は2行目)",
    )
    key.add_argument("--collation-b-stdin", action="store_true", help="照合番号B(14桁)を標準入力から読む")
    key.add_argument("--card-number-stdin", action="store_true", help="在留カード等の番号を標準入力から読む")


def _fill(verbs: "argparse._SubParsersAction[_Parser]") -> None:
    fill = _add(verbs, "fill", "カードか手入力の本人で、様式をまとめて作る")
    fill.add_argument("--forms", default="", help="様式 ID をカンマでつなぐ(F01,F05)")
    fill.add_argument("--event", default="", help="できごと(move_in など)。要る手続は案内と回答で決まる")
    _reader(fill)
    fill.add_argument("--person", type=Path, help="手入力の本人(JSON、キーは card read の出力と同じ)")
    fill.add_argument("--answers", type=Path, help="聞き取りの回答(JSON)")
    fill.add_argument(
        "--papers",
        default="",
        help="一緒に刷る紙。G01 手続き案内書、G02 受付票、G03 説明カード(none で刷らない)",
    )
    fill.add_argument("--identity", default="", metavar="書類", help="見た本人確認書類(driver_licence など)")
    fill.add_argument(
        "--leave-blank",
        action="append",
        default=[],
        metavar="様式:欄",
        help="指摘のある欄を手書き用に空けて印刷する(何度でも書ける。all ですべて)",
    )
    fill.add_argument(
        "--picture",
        action="append",
        default=[],
        metavar="様式:欄",
        help="字形のない氏名・住所の欄に券面の画像を印刷する(照合番号Bで読むとき。all ですべて)",
    )
    fill.add_argument("--clerk", help="職員番号")
    out = fill.add_mutually_exclusive_group(required=True)
    out.add_argument("--out", type=Path, help="PDF を置くフォルダー")
    out.add_argument(
        "--printer",
        nargs="?",
        const=TOWN_DEFAULT,
        metavar="名前",
        help="CUPS のプリンター名(名前を省くと、町の設定にある用紙ごとのプリンター)",
    )


def _day(text: str) -> dt.date:
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        raise UsageError(problem="日付は YYYY-MM-DD で書いてください") from None
    if not _FIRST_YEAR <= day.year <= _LAST_YEAR:
        raise UsageError(problem=f"日付は {_FIRST_YEAR} 年から {_LAST_YEAR} 年までです")
    return day
