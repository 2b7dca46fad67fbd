"""`kakanai staff add | list | disable | reset | role | card | password | sign-in | sign-out | whoami`."""

import argparse
import contextlib
import datetime as dt
import sys
from collections.abc import Iterator

from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import ask_password, guard_of, is_typed, session_file
from kakanai.sessionlog.entry import JST
from kakanai.staff.errors import NotSignedInError, PasswordsDifferError, StaffCardError
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffMember, StaffRegister
from kakanai.staff.role import Role
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules
from kakanai.staff.signed_in import SignedIn
from kakanai.staff.staff_card import CardUid

_UNREGISTERED = "未登録です。管理者がまだ登録されていないので、サインインなしで使えます。"
_CHANGE_FIRST = "まず kakanai staff password でパスワードを変えてください。"


def add(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Register a staff number; the first one is the first administrator, after whom everybody signs in."""
    role = Role(asked.role)
    with _open(services) as (guard, register):
        is_first = guard.is_open
        register.require_addable(asked.number, role)
        register.add(asked.number, role, _new_password(told=asked.password_stdin))
    lines = [f"{asked.number} を{role.label}として登録しました。"]
    if is_first:
        lines.append("これからは、使う前に kakanai staff sign-in でサインインします。")
    else:
        lines.append("本人がサインインして、はじめにパスワードを変えます。")
    output.result({"number": asked.number, "role": role.value, "first": is_first}, lines)
    return 0


def list_staff(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Every number that was ever registered, with its role."""
    with _open(services) as (_, register):
        members = register.members()
    output.result(
        {
            "staff": [
                {
                    "number": m.number,
                    "role": m.role.value,
                    "active": m.is_active,
                    "must_change_password": m.must_change,
                    "card": m.has_card,
                }
                for m in members
            ]
        },
        [f"職員 {len(members)} 人", *(_line(member) for member in members)],
    )
    return 0


def disable(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Let a number sign in no more; it is never given again."""
    with _open(services) as (_, register):
        register.disable(asked.number)
    output.result({"number": asked.number}, [f"{asked.number} を使えなくしました。"])
    return 0


def reset(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Give a number a new password, which its holder changes; a disabled number can be used again then."""
    with _open(services) as (_, register):
        register.require_managing()
        register.reset(asked.number, _new_password(told=asked.password_stdin))
    lines = [f"{asked.number} のパスワードを付け直しました。", "本人がサインインして、はじめに変えます。"]
    output.result({"number": asked.number}, lines)
    return 0


def change_role(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Give a number another role."""
    role = Role(asked.role)
    with _open(services) as (_, register):
        register.change_role(asked.number, role)
    data = {"number": asked.number, "role": role.value}
    output.result(data, [f"{asked.number} を{role.label}にしました。"])
    return 0


def set_card(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Let a number sign in by a staff card 職員証 as well, or by none any more."""
    with _open(services) as (_, register):
        register.require_managing()
        register.set_card(asked.number, None if asked.remove else _card_uid())
    told = "の職員証を外しました。" if asked.remove else "の職員証を登録しました。"
    output.result({"number": asked.number, "card": not asked.remove}, [f"{asked.number} {told}"])
    return 0


def change_password(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Change one's own password: the present one first, then the new one."""
    with _open(services) as (guard, register):
        if not guard.who.is_registered:
            raise NotSignedInError
        old = ask_password("いまのパスワード(表示されません): ", told=asked.password_stdin)
        register.change_own_password(old, _new_password(told=asked.password_stdin))
        number = guard.who.number
    output.result({"number": number}, [f"{number} のパスワードを変えました。"])
    return 0


def sign_in(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Open a session for commands of this account: 8 hours, or until the day ends."""
    town = services.prepare()
    with services.open_log(town) as log:
        # Whatever session there was, it is not asked.
        guard = Guard(Roster(log, services.now, StaffRules.of(town)))
        if guard.is_open:
            output.result(_told(guard.who), [_UNREGISTERED])
            return 0
        password = ask_password("パスワード(表示されません): ", told=asked.password_stdin)
        opened = guard.sign_in_for_script(asked.number, password)
        try:
            session_file(services, guard).write(opened.token)
        except BaseException:
            guard.sign_out()
            raise
    output.result(_told(opened.signed_in), _lines(opened.signed_in))
    return 0


def sign_out(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """End the session of this account; nothing when there is none."""
    town = services.prepare()
    with services.open_log(town) as log:
        guard = Guard(Roster(log, services.now, StaffRules.of(town)))
        file = session_file(services, guard)
        token = file.read()
        if token:
            with contextlib.suppress(NotSignedInError):
                guard.resume(token)
            file.remove()
            guard.sign_out()
    output.result(
        {"signed_out": bool(token)},
        ["サインアウトしました。" if token else "サインインしていませんでした。"],
    )
    return 0


def whoami(_asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Who is signed in for commands of this account."""
    town = services.prepare()
    with services.open_log(town) as log:
        who = guard_of(services, town, log).look()
    output.result(_told(who), _lines(who))
    return 0


@contextlib.contextmanager
def _open(services: Services) -> Iterator[tuple[Guard, StaffRegister]]:
    town = services.prepare()
    with services.open_log(town) as log:
        guard = guard_of(services, town, log)
        yield guard, StaffRegister(guard)


def _new_password(*, told: bool) -> Password:
    new = ask_password("新しいパスワード(10文字以上、表示されません): ", told=told)
    if is_typed() and not new.is_same(ask_password("もう一度: ", told=told)):
        raise PasswordsDifferError
    return new


def _card_uid() -> CardUid:
    """The number of the card from the next line of standard input; it may be typed, for it is no secret."""
    try:
        line = "" if sys.stdin is None else sys.stdin.readline()
    except (OSError, ValueError):
        raise StaffCardError from None
    return CardUid(line.strip())


def _line(member: StaffMember) -> str:
    marks = [
        "" if member.is_active else "使えません",
        "パスワードは仮のもの" if member.must_change else "",
        "職員証あり" if member.has_card else "",
    ]
    return "  ".join(part for part in (f"{member.number:<16}", member.role.label, *marks) if part)


def _told(who: SignedIn) -> dict[str, object]:
    return {
        "number": str(who.number),
        "role": None if who.role is None else who.role.value,
        "until": None if who.until is None else _jst(who.until).isoformat(timespec="seconds"),
        "must_change_password": who.must_change,
    }


def _lines(who: SignedIn) -> list[str]:
    if who.role is None or who.until is None:
        return [_UNREGISTERED]
    lines = [f"{who.number}  {who.role.label}  {_jst(who.until).strftime('%H:%M')} まで"]
    return [*lines, _CHANGE_FIRST] if who.must_change else lines


def _jst(at: dt.datetime) -> dt.datetime:
    return at.astimezone(JST)
