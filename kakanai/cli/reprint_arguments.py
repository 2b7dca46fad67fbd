"""The arguments of `kakanai cases reprint`."""

import argparse
from pathlib import Path
from typing import Final

TOWN_PRINTERS: Final = ""
"""--printer without a name: the printers of the town's settings."""
REASONS: Final = ("written_wrong", "visitor", "clerk", "bad_print", "other")
"""CorrectionReason by its values; the parser does not load the counter."""
_REASON_HELP: Final = (
    "理由: written_wrong(記入誤り)、visitor(来庁者の申出)、"
    "clerk(職員の誤り)、bad_print(印刷不良)、other(その他)"
)


def add_reprint_arguments(verb: argparse.ArgumentParser) -> None:
    """Add them to the verb."""
    verb.add_argument("number", metavar="受付番号", help="R8-1121-0003 など")
    forms = "F01 など。何度でも書けます(省くと、残っているものすべて)"
    verb.add_argument("--form", action="append", default=[], metavar="様式", help=forms)
    verb.add_argument("--reason", required=True, choices=REASONS, help=_REASON_HELP)
    way = verb.add_mutually_exclusive_group(required=True)
    way.add_argument("--printer", nargs="?", const=TOWN_PRINTERS, help="プリンター(名前を省くと町の設定)")
    way.add_argument("--out", type=Path, metavar="フォルダー", help="PDF を置くフォルダー")
    verb.add_argument("--clerk", help="職員番号(職員を登録したあとは、サインインしている人)")
