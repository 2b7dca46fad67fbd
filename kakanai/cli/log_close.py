"""`kakanai log close | key`: a supervisor closes a day and signs its head; an administrator makes the key."""

import argparse
import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path

from kakanai.cli.daybook_desk import daybook_of
from kakanai.cli.errors import OutputFileError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import ask_password, guard_of, require_of
from kakanai.daybook.day_page import DayPage
from kakanai.daybook.look_purpose import LookPurpose
from kakanai.drafts.office_keyring import OfficeKeyring
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.office_key import OfficeKey, OfficeKeyFile, Wrapping
from kakanai.sessionlog.seal_errors import OfficeKeyMissingError
from kakanai.sessionlog.seals import DayClose, DaySeals
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act
from kakanai.staff.guard import Guard

_KEPT = {
    Wrapping.KEYRING: "鍵束（キーリング）の秘密で封をしました。",
    Wrapping.PASSPHRASE: "合言葉で封をしました。日締めのたびに合言葉が要ります。",
    Wrapping.FILE: "鍵束がないため、この利用者だけが読めるファイルに置きました。",
}


def close(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Close a day: tell what is to be looked at, ask for the password, sign; then write the 日報 if asked."""
    day: dt.date = asked.day or services.today()
    if asked.report is not None and asked.report.exists():
        raise OutputFileError(file=asked.report.name)
    with _open(services) as (town, log, guard):
        book = daybook_of(services, town, log, guard, asked.clerk)
        page = book.day(day, LookPurpose.DAILY_REVIEW)
        key = _key_file(services)
        if key.report().wrapped_by is None:
            raise OfficeKeyMissingError(file=str(services.paths.office_key_file))
        number = require_of(guard, Act.CLOSE_DAY, asked.clerk).number
        confirmed = None
        if not guard.is_open:
            password = ask_password(f"職員 {number} のパスワード: ", told=asked.password_stdin)
            confirmed = guard.confirm(number, password, Act.CLOSE_DAY)
        opened = _opened(key, told=asked.passphrase_stdin)
        who, at = (confirmed.number, confirmed.at) if confirmed else (number, services.now())
        made = DaySeals(log).close(day, who, at, opened)
        report = book.write_report(day, asked.report) if asked.report else None
    lines = [*_warnings(page), *_told(made)]
    data = {"close": _mapping(made), "report": str(report.path) if report else None}
    if report is not None:
        lines.append(f"日報: {report.path}")
    output.result(data, lines, precious=True)
    return 0


def key(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """How the office's key of this machine is kept; with --make, make it."""
    with _open(services) as (_, log, guard):
        file = _key_file(services)
        who = require_of(guard, Act.MANAGE_OFFICE_KEY, asked.clerk)
        if asked.make:
            made = _made(file, told=asked.passphrase_stdin)
            DaySeals(log).make_known(made.public, ClerkId(who.number), services.now())
        found = file.report()
    if found.public is None or found.wrapped_by is None:
        raise OfficeKeyMissingError(file=str(services.paths.office_key_file))
    data = {
        "key_id": found.public.key_id,
        "public": found.public.raw.hex(),
        "kept_by": found.wrapped_by.value,
    }
    told = [f"日締めの鍵 {found.public.key_id}", _KEPT[found.wrapped_by]]
    if asked.make:
        told.append("公開鍵を、この PC の外に保管してください（kakanai log public-key）。")
    output.result(data, told)
    return 0


@contextlib.contextmanager
def _open(services: Services) -> Iterator[tuple[Town, SessionLog, Guard]]:
    town = services.prepare()
    with services.open_log(town) as log:
        yield town, log, guard_of(services, town, log)


def _key_file(services: Services) -> OfficeKeyFile:
    home: Path = services.paths.home
    return OfficeKeyFile(services.paths.office_key_file, OfficeKeyring(home))


def _opened(file: OfficeKeyFile, *, told: bool) -> OfficeKey:
    needs = file.report().wrapped_by is Wrapping.PASSPHRASE
    return file.open(_passphrase(told=told) if needs else None)


def _made(file: OfficeKeyFile, *, told: bool) -> OfficeKey:
    return file.make(_passphrase(told=True) if told else None)


def _passphrase(*, told: bool) -> str:
    return ask_password("鍵の合言葉: ", told=told).encoded().decode()


def _warnings(page: DayPage) -> list[str]:
    told = [f"{'【重要】' if one.is_grave else '▲ '}{one.words}{one.next_step}" for one in page.warnings]
    told += [f"▲ {one.words}" for one in page.staff_concerns]
    if page.figures.unreviewed:
        told.append(f"▲ 未確認の受付が {page.figures.unreviewed} 件あります。")
    return told


def _told(made: DayClose) -> list[str]:
    return [
        f"{made.day.isoformat()} を締めました（記録 {made.entries:,} 件、職員 {made.staff}）。",
        f"先頭 {made.last_seq} 番  {made.head}",
    ]


def _mapping(made: DayClose) -> dict[str, object]:
    return {
        "day": made.day.isoformat(),
        "first_seq": made.first_seq,
        "last_seq": made.last_seq,
        "entries": made.entries,
        "head": made.head,
        "staff": made.staff,
        "key_id": made.key_id,
    }
