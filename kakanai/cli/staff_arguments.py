"""The arguments of `kakanai staff`; no password and no number of a card is ever one."""

import argparse
from collections.abc import Callable
from typing import Final

ROLES: Final = ("clerk", "supervisor", "administrator", "auditor")
"""The words of kakanai.staff.role, which is not loaded to read arguments."""

AddVerb = Callable[[str, str], argparse.ArgumentParser]


def add_staff_verbs(add: AddVerb) -> None:
    """Add the verbs; `add` makes one of its name and its text of help."""
    _role(_number(_password(add("add", "職員番号を登録する(最初の1人は管理者)"), _FIRST)))
    add("list", "登録されている職員番号の一覧")
    _number(add("disable", "職員番号を使えなくする(番号は残る)"))
    again = add("reset", "仮のパスワードを付け直す(使えなくした番号は、また使えるようになる)")
    _number(_password(again, _FIRST))
    _role(_number(add("role", "役割を変える")))
    card = add("card", "サインインに使う職員証(IC カード)の番号を、標準入力の1行目から登録する")
    _number(card).add_argument("--remove", action="store_true", help="登録した職員証を外す")
    own = add("password", "自分のパスワードを変える")
    _password(own, "いまのパスワードを標準入力の1行目から、新しいパスワードを2行目から読む")
    sign_in = add("sign-in", "この利用者の命令のためにサインインする(8時間か、その日の終わりまで)")
    _number(_password(sign_in, "パスワードを標準入力の1行目から読む"))
    add("sign-out", "サインアウトする")
    add("whoami", "だれがサインインしているか")


_FIRST: Final = "仮のパスワードを標準入力の1行目から読む"


def _number(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    verb.add_argument("number", metavar="職員番号")
    return verb


def _role(verb: argparse.ArgumentParser) -> argparse.ArgumentParser:
    words = "clerk 担当者、supervisor 責任者、administrator 管理者、auditor 監査"
    verb.add_argument("--role", choices=ROLES, required=True, metavar="役割", help=words)
    return verb


def _password(verb: argparse.ArgumentParser, text: str) -> argparse.ArgumentParser:
    verb.add_argument("--password-stdin", action="store_true", help=text)
    return verb
