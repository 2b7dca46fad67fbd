"""The arguments of `kakanai printer`."""

import argparse
from collections.abc import Callable
from pathlib import Path

from kakanai.cli.errors import UsageError
from kakanai.printing.profile import MAX_COPIES, Sides

Add = Callable[[str, str], argparse.ArgumentParser]

SIDES = {"one": Sides.ONE, "long": Sides.LONG_EDGE, "short": Sides.SHORT_EDGE}
YES_NO = {"yes": True, "no": False}


def add_printer_verbs(add: Add) -> None:
    """Printer list | show | sheet | calibrate | test | set | form."""
    add("list", "このパソコンのプリンターの一覧")
    _name(add("show", "プリンターの状態・余白・トレイと、このパソコンでの補正"))
    sheet = _name(add("sheet", "調整用紙を印刷する(1枚目は補正なし、--second は補正を入れた確かめ)"))
    sheet.add_argument("--second", action="store_true", help="補正を入れて印刷する")
    sheet.add_argument("--out", type=Path, metavar="フォルダー", help="印刷せずに PDF を書くフォルダー")
    calibrate = _name(add("calibrate", "調整用紙で読んだ数字から補正を決めて保存する"))
    for mark, where in (("a", "左上"), ("b", "右上"), ("c", "右下"), ("d", "左下")):
        calibrate.add_argument(
            f"--{mark}",
            type=_pair,
            metavar="横,縦",
            required=mark in "ac",
            help=f"{where}の十字の、近いほうの端からの mm",
        )
    calibrate.add_argument("--second", action="store_true", help="補正を入れた2枚目で読んだ数字")
    _clerk(calibrate)
    _name(add("test", "試し刷りを2枚出し、終わるまで見届ける"))
    change = _name(add("set", "プリンターのトレイ・両面・2面付け・余白を決める"))
    change.add_argument("--tray", metavar="トレイ", help="いつも使うトレイ(show に出る名前。空で元に戻す)")
    change.add_argument("--sides", choices=SIDES, help="one 片面、long 両面(長辺とじ)、short 両面(短辺とじ)")
    change.add_argument("--two-up", choices=YES_NO, help="A5 を A4 に2面ずつ、切り取り線をつけて")
    change.add_argument(
        "--margins",
        type=_edges,
        metavar="左,上,右,下",
        help="印字できない端の mm(プリンターが言わないとき)",
    )
    change.add_argument("--default", choices=YES_NO, help="このパソコンのふだんのプリンターにする")
    _clerk(change)
    change.add_argument("--reset", action="store_true", help="このプリンターの設定と補正を消す")
    form = add("form", "様式ごとの刷り方(プリンター・トレイ・両面・部数・控え)を決める")
    form.add_argument("form", help="様式の ID")
    form.add_argument("--printer", metavar="名前", help="この様式だけのプリンター(用紙ごとに刷るとき)")
    form.add_argument("--tray", metavar="トレイ", help="この様式だけのトレイ")
    form.add_argument("--sides", choices=SIDES, help="one 片面、long 両面(長辺とじ)、short 両面(短辺とじ)")
    form.add_argument("--two-up", choices=YES_NO, help="A4 に2面")
    form.add_argument(
        "--copies", type=int, choices=range(1, MAX_COPIES + 1), help="部数(個人番号のある様式は1)"
    )
    form.add_argument("--copy", choices=YES_NO, help="控えを刷る")
    form.add_argument("--preprinted", choices=YES_NO, help="枠と文字が印刷済みの用紙に、値だけを刷る")
    _clerk(form)
    form.add_argument("--reset", action="store_true", help="この様式の決まりを消す")


def _name(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("printer", metavar="プリンター", help="名前(printer list に出る)")
    return verb


def _clerk(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--clerk", help="職員番号(職員を登録したあとは、サインインしている責任者か管理者)")


def _numbers(text: str, count: int) -> tuple[float, ...]:
    try:
        values = tuple(float(part) for part in text.split(","))
    except ValueError:
        values = ()
    if len(values) != count:
        raise UsageError(problem=f"ミリの数字を{count}つ、カンマでつないで書いてください(20.5,19.8 など)")
    return values


def _pair(text: str) -> tuple[float, ...]:
    return _numbers(text, 2)


def _edges(text: str) -> tuple[float, ...]:
    return _numbers(text, 4)
