"""What `kakanai doctor` tells of the log's database: what it is, its backup, its disk, what guards it."""

from pathlib import Path
from typing import Final

from kakanai.cli.doctor_away import away_lines
from kakanai.cli.doctor_connection import Told, connection_lines
from kakanai.cli.services import Services
from kakanai.errors import KakanaiError
from kakanai.messages import message_for
from kakanai.sessionlog.act_queries import last_acts
from kakanai.sessionlog.anchor import AnchorFile
from kakanai.sessionlog.chain import Link, time_of
from kakanai.sessionlog.disk_watch import DiskWatch
from kakanai.sessionlog.entry import JST, EntryKind
from kakanai.sessionlog.office_key import OfficeKeyFile, Wrapping
from kakanai.sessionlog.server_facts import server_facts
from kakanai.sessionlog.spool_waiting import waiting_in
from kakanai.sessionlog.store import SessionLog
from kakanai.settings.counter_number import read_counter_number

_BACKUP_DAYS: Final = 7
_NO_BACKUP: Final = "PC が壊れると、控えのない間の記録を失います(kakanai db backup)。"
_NO_ANCHOR: Final = "操作ログが古いものに戻されても、この PC では気づけません。"
_ROLLED_BACK: Final = "操作ログが古いものに戻されたか、別のものです(kakanai log verify)。"
_KEY_PLACES: Final = {
    Wrapping.KEYRING: "この PC のキーリングで開きます",
    Wrapping.PASSPHRASE: "合言葉で開きます",
    Wrapping.FILE: "この利用者だけが読めるファイルにあります",
}
_NO_NUMBER: Final = (
    "どの窓口の記録かが分からず、サーバーにつながらない間は受け付けられません(kakanai db counter)。"
)
_LEFT_BEHIND: Final = (
    "いまの設定では、この記録は送られません。前の記録サーバーと窓口番号に戻して窓を開くと送られます。"
)
_KEY_IN_FILE: Final = "この PC の利用者の権限を得た人は、日締めの署名を作れます。"


def database_lines(services: Services) -> list[Told]:
    """The lines; a log that cannot be opened is told elsewhere, and here by what can be said without it."""
    lines: list[Told] = []
    try:
        town = services.prepare()
        with services.open_log(town) as log:
            lines = [_database(log), *connection_lines(log), _backup(services, log), _anchor(services, log)]
    except KakanaiError as error:
        lines = [Told("database", ok=False, detail=f"[{error.code}] {message_for(error).what}")]
    return [*lines, _counter(services), *away_lines(services), _disk(services), _office_key(services)]


def _database(log: SessionLog) -> Told:
    head = log.head()
    entries = f"記録 {head.seq if head else 0:,} 件"
    if isinstance(log.target, Path):
        size = log.target.stat().st_size
        return Told("database", ok=True, detail=f"SQLite {-(-size // 1024):,} KiB、{entries}")
    facts = server_facts(log)
    version = facts.version if facts else ""
    return Told("database", ok=True, detail=f"PostgreSQL {version} {log.place}、{entries}")


def _counter(services: Services) -> Told:
    """The number of this PC, which a hall with one server needs; and what waits for that server."""
    try:
        waiting = waiting_in(services.paths.spool_file)
        has_server = services.prepare().log_database is not None
    except KakanaiError as error:
        return Told("counter", ok=False, detail=f"[{error.code}] {message_for(error).what}")
    spooled = f"、サーバーに送っていない記録 {waiting:,} 件" if waiting else ""
    try:
        number = read_counter_number(services.paths)
    except KakanaiError as error:
        return Told("counter", ok=False, detail=f"[{error.code}] {message_for(error).what}{spooled}")
    if number is None:
        cost = _LEFT_BEHIND if waiting else _NO_NUMBER if has_server else ""
        return Told("counter", ok=not cost, detail=f"窓口番号はありません{spooled}", cost=cost)
    is_sent_some_day = has_server or not waiting
    cost = "" if is_sent_some_day else _LEFT_BEHIND
    return Told("counter", ok=is_sent_some_day, detail=f"窓口番号 {number}{spooled}", cost=cost)


def _backup(services: Services, log: SessionLog) -> Told:
    last = last_acts(log, (EntryKind.BACKED_UP,)).get(EntryKind.BACKED_UP)
    if last is None:
        return Told("backup", ok=False, detail="控えを取った記録がありません", cost=_NO_BACKUP)
    days = (services.today() - last.day).days
    detail = f"前の控え {_clock(last)}(記録 {last.to_entry().ref or 0:,} 番まで)"
    is_recent = days <= _BACKUP_DAYS
    return Told("backup", ok=is_recent, detail=detail, cost="" if is_recent else _NO_BACKUP)


def _anchor(services: Services, log: SessionLog) -> Told:
    file = AnchorFile(services.paths.anchor_file)
    anchor = file.read()
    if anchor is None:
        detail = "錨のファイルが壊れています" if file.is_damaged() else "錨はまだありません"
        return Told("anchor", ok=not file.is_damaged(), detail=detail, cost=_NO_ANCHOR)
    if not log.holds(anchor.seq, anchor.hash):
        return Told("anchor", ok=False, detail=f"錨の記録 {anchor.seq} 番がありません", cost=_ROLLED_BACK)
    return Told("anchor", ok=True, detail=f"記録 {anchor.seq:,} 番まで覚えています")


def _disk(services: Services) -> Told:
    try:
        low_mib = services.prepare().disk_low_mib
    except KakanaiError:
        low_mib = 0  # what is wrong stands under `home`
    state = DiskWatch(services.paths.home, low_mib).state()
    if state.free_mib is None:
        return Told("disk", ok=True, detail="空きを調べられません")
    detail = f"空き {state.free_mib:,} MiB"
    if state.warning is None:
        return Told("disk", ok=True, detail=detail)
    message = message_for(state.warning)
    return Told("disk", ok=False, detail=f"[{state.warning.code}] {detail}", cost=message.next_step)


def _office_key(services: Services) -> Told:
    report = OfficeKeyFile(services.paths.office_key_file).report()
    if report.wrapped_by is None:
        is_there = services.paths.office_key_file.exists()
        detail = "日締めの鍵のファイルが読めません" if is_there else "日締めの鍵はまだありません"
        return Told("office_key", ok=not is_there, detail=detail)
    detail = f"日締めの鍵は、{_KEY_PLACES[report.wrapped_by]}"
    cost = _KEY_IN_FILE if report.wrapped_by is Wrapping.FILE else ""
    return Told("office_key", ok=True, detail=detail, cost=cost)


def _clock(link: Link) -> str:
    return time_of(link.at).astimezone(JST).strftime("%Y-%m-%d %H:%M")
