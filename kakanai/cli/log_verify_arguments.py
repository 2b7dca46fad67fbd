"""The arguments of `kakanai log verify | verifier | evidence | public-key`."""

import argparse
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kakanai.cli.errors import UsageError

_HEAD: Final = re.compile(r"[0-9a-f]{16,64}")
_MOST_TOLD: Final = 200

AddVerb = Callable[[str, str], argparse.ArgumentParser]


def add_log_verify_verbs(add: AddVerb) -> None:
    """Add the verbs; `add` makes one of its name and its text of help."""
    verify = add("verify", "操作ログが変えられていないかを確かめる(何も書き換えない)")
    what = verify.add_mutually_exclusive_group()
    what.add_argument(
        "--db", type=Path, metavar="ファイル", help="ほかの操作ログのファイルや控え(省くとこの PC の操作ログ)"
    )
    what.add_argument("--export", type=Path, metavar="ファイル", help="log evidence で書き出したファイル")
    verify.add_argument("--head", type=_head, metavar="値", help="日報にある終わりの値(16桁から64桁)")
    verify.add_argument("--seq", type=int, metavar="番号", help="--head の記録の番号")
    verify.add_argument("--public-key", type=Path, metavar="ファイル", help="別に保管した役所の公開鍵(PEM)")
    verify.add_argument(
        "--limit", type=int, default=_MOST_TOLD, metavar="件数", help="合わないところを詳しく出す件数"
    )
    _out(add("verifier", "検証プログラム(1つのファイル。kakanai がなくても動く)を書き出す"))
    _out(add("evidence", "操作ログのすべてを、検証プログラムで確かめられる形で書き出す"))
    _out(add("public-key", "日締めの署名を確かめる公開鍵(PEM)を書き出す"))


def _out(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "--out", type=Path, required=True, metavar="ファイル", help="書くファイル(まだないもの)"
    )


def _head(text: str) -> str:
    if _HEAD.fullmatch(text.lower()) is None:
        raise UsageError(problem="--head は16進数の16桁から64桁です")
    return text.lower()
