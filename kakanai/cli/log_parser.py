"""The arguments of the verbs of `kakanai log` that read, judge and hand on the log."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kakanai.daybook.look_purpose import LookPurpose

AddVerb = Callable[[str, str], argparse.ArgumentParser]
DayOf = Callable[[str], object]

FORMATS: Final = ("csv", "csv-cp932", "json")
DEFAULT_LIMIT: Final = 50
_QUERY: Final = (
    "受付番号(R8-1121)、職員番号(1024)、様式(F05)、手続の名前、コード(P-010)、日(2026-11-21)、"
    "期間(2026-11-01..2026-11-30)、月(2026-11)、再印刷・取消・差戻し・時間外・印刷なし など"
)


def add_daybook_verbs(add: AddVerb, day: DayOf) -> None:
    """Add the verbs; `add` makes one of its name and its text of help, `day` reads a day."""
    case = _asker(add("case", "1つの受付の経過"))
    case.add_argument("number", metavar="受付番号")
    _purpose(case)
    search = _asker(add("search", "受付を何年分でも探す"))
    _query(search)
    _purpose(search)
    search.add_argument(
        "--limit", type=int, default=DEFAULT_LIMIT, metavar="件数", help=f"何件まで({DEFAULT_LIMIT})"
    )
    search.add_argument("--oldest-first", action="store_true", help="古い順に出す")
    stats = _asker(add("stats", "時間帯・様式・手続・職員ごとの集計と、減った時間"))
    stats.add_argument("--from", dest="first", type=day, metavar="日", help="始まりの日(省くと今日)")
    stats.add_argument("--to", dest="last", type=day, metavar="日", help="終わりの日(省くと始まりの日)")
    stats.add_argument("--charts", type=Path, metavar="ファイル", help="グラフを PDF に書く(まだないもの)")
    _purpose(stats, LookPurpose.STATISTICS)
    report = _asker(add("report", "1日の日報(印の欄のある PDF)を書く"))
    report.add_argument("--day", type=day, metavar="日", help="YYYY-MM-DD(省くと今日)")
    _out(report)
    _purpose(report, LookPurpose.DAILY_REVIEW)
    export = _asker(add("export", "受付の一覧を CSV か JSON に書き出す"))
    _query(export)
    export.add_argument("--format", choices=FORMATS, default=FORMATS[0], help="csv は UTF-8(BOM 付き)")
    _out(export)
    _purpose(export)
    _judging(add)
    _closing(add, day)


def _judging(add: AddVerb) -> None:
    approve = _asker(add("approve", "受付を承認する(いくつでも書ける)"))
    approve.add_argument("numbers", nargs="+", metavar="受付番号")
    approve.add_argument("--phrase", default="", metavar="ことば", help="付けることば(log phrases に出る)")
    for name, text in (("send-back", "受付を差し戻す"), ("comment", "受付に付記する")):
        verb = _asker(add(name, text))
        verb.add_argument("numbers", nargs=1, metavar="受付番号")
        verb.add_argument("--phrase", required=True, metavar="ことば", help="id か文(log phrases に出る)")
    add("phrases", "承認・差戻し・付記で選べることばの一覧")


def _closing(add: AddVerb, day: DayOf) -> None:
    close = _asker(add("close", "1日を締める(責任者がパスワードを入れ、操作ログの先頭に署名する)"))
    close.add_argument("--day", type=day, metavar="日", help="YYYY-MM-DD(省くと今日)")
    close.add_argument("--report", type=Path, metavar="ファイル", help="締めた後の日報(PDF)を書くファイル")
    close.add_argument("--password-stdin", action="store_true", help="パスワードを標準入力の1行目から読む")
    _passphrase(close)
    key = _asker(add("key", "日締めに署名する、この PC の鍵"))
    key.add_argument("--make", action="store_true", help="鍵を作る(管理者)")
    _passphrase(key)


def _passphrase(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--passphrase-stdin", action="store_true", help="鍵の合言葉を標準入力の次の行から読む")


def _asker(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument(
        "--clerk", default="", metavar="職員番号", help="職員を登録する前だけ。後はサインインした人"
    )
    return verb


def _query(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("words", nargs="*", metavar="ことば", help=_QUERY)


def _out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--out", type=Path, required=True, metavar="ファイル", help="書くファイル(まだないもの)"
    )


def _purpose(verb: argparse.ArgumentParser, default: LookPurpose | None = None) -> None:
    words = "、".join(f"{purpose.value} {purpose.label}" for purpose in LookPurpose)
    verb.add_argument(
        "--why",
        choices=[purpose.value for purpose in LookPurpose],
        required=default is None,
        default=default.value if default else None,
        metavar="目的",
        help=f"操作ログに残る目的: {words}",
    )
