"""`kakanai db upgrade | check | purge`."""

import argparse
import datetime as dt
import hashlib
from collections.abc import Mapping
from typing import Any, Final

from kakanai.cli.database_signing import require_signed
from kakanai.cli.errors import UsageError
from kakanai.cli.log_verify import new_file
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.sessionlog.anchor import AnchorFile
from kakanai.sessionlog.database import SCHEMA
from kakanai.sessionlog.entry import ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.purge import Purged, older_copies, plan, wipe
from kakanai.sessionlog.purge import purge as purge_log
from kakanai.sessionlog.rescue import Rescued, rescue
from kakanai.sessionlog.retention import RecordKind, Retention
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import (
    DerivedDiffersError,
    NothingToRescueError,
    PurgeTooRecentError,
    TracesLeftError,
)
from kakanai.settings import Town
from kakanai.staff.act import Act

_MOST_COUNTED: Final = 999_999_999
_MOST_GAPS_SHOWN: Final = 20
_BACKUPS_TOO: Final = (
    "前に取った控え(db backup)にも入っています。年限の過ぎた控えは、町の決まりで廃棄してください。"
)
_UNLOGGED: Final = "操作ログを開けないので、救出したことは記録していません。"


def upgrade(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Bring the log to this version; any opening does so, and this tells of it."""
    town = services.prepare()
    place = services.paths.log_database  # only a file can be of an older version
    copies = set(place.parent.glob(f"{place.name}.before-*"))
    with services.open_log(town) as log:
        require(services, town, log, Act.UPGRADE_DATABASE, asked.clerk)
    made = sorted(path.name for path in set(place.parent.glob(f"{place.name}.before-*")) - copies)
    lines = [f"操作ログを版 {SCHEMA} にしました。" if made else f"操作ログは版 {SCHEMA} です。"]
    lines += [f"前の形の写し: {name}" for name in made]
    output.result({"schema": SCHEMA, "upgraded": bool(made), "copies": made}, lines)
    return 0


def check(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Look through the database; rescue what can be read, or make the derived tables anew, when asked."""
    if asked.db is not None and asked.rescue is None:
        raise UsageError(problem="--db は --rescue と一緒に書いてください")
    town = services.prepare()
    try:
        with services.open_log(town) as log:
            return _check(asked, services, output, town, log)
    except LogDamagedError as error:
        if asked.rescue is None or asked.rescue.exists():
            raise
        # Just then it must be possible to save what there is. Who may is written in what is broken.
        told, _ = _rescued(asked, services, town)
        output.note(_UNLOGGED)
        output.failure(error, {"rescue": _rescue_data(told)}, lines=_rescue_lines(asked, told))
        return error.exit_status


def purge(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Take the bodies of entries whose years are over; the proof stays in the log."""
    town = services.prepare()
    limits = _limits(town, services.today(), asked.before)
    with services.open_log(town) as log:
        if asked.dry_run:
            require(services, town, log, Act.PURGE, asked.clerk)
            told = plan(log, limits)
            output.result(_purge_data(told, is_done=False), _purge_lines(told, is_done=False))
            return 0
        number = require_signed(services, town, log, Act.PURGE, asked)
        told = purge_log(log, limits, number, services.now())
        data, lines = _purge_data(told, is_done=True), _purge_lines(told, is_done=True)
        if copies := older_copies(log):
            data["older_copies"] = copies
            lines += [f"消した記録がまだ入っている写し: {name}" for name in copies]
        lines.append(_BACKUPS_TOO)
        try:
            wipe(log)
        except TracesLeftError as error:
            output.failure(error, data, lines=lines)
            return error.exit_status
    output.result(data, lines, precious=True)
    return 0


def _check(asked: argparse.Namespace, services: Services, output: Output, town: Town, log: SessionLog) -> int:
    who = require(services, town, log, Act.CHECK_DATABASE, asked.clerk)
    if asked.rebuild:
        require(services, town, log, Act.REBUILD_DATABASE, asked.clerk)
    data: dict[str, Any] = {}
    lines: list[str] = []
    if asked.rescue is not None:
        require(services, town, log, Act.RESCUE, asked.clerk)
        told, digest = _rescued(asked, services, town)
        _note_rescue(log, who.number, services.now(), told, digest)
        data["rescue"] = _rescue_data(told)
        lines += _rescue_lines(asked, told)
    try:
        log.check()
        differing = log.compare_derived()
    except LogDamagedError as error:
        if asked.rescue is None:
            raise
        output.failure(error, data, lines=lines)
        return error.exit_status
    head = log.head()
    data |= {"entries": head.seq if head else 0, "derived_differing": differing}
    counts = {"entries": data["entries"], "differing": len(differing)}
    if asked.rebuild:
        counts["rebuilt_cases"] = data["rebuilt_cases"] = log.rebuild_derived()
    log.append(LogEntry(EntryKind.LOG_VERIFIED, None, who.number, services.now(), counts=counts))
    lines.append(f"記録 {data['entries']} 件。{log.place} に壊れたところはありません。")
    if asked.rebuild:
        lines.append(f"集計表を、受付 {data['rebuilt_cases']} 件分作り直しました。")
    elif differing:
        differs = DerivedDiffersError(path=log.place, tables="、".join(differing))
        output.failure(differs, data, lines=lines)
        return differs.exit_status
    lines.append("改ざんがないかは kakanai log verify で確かめます。")
    output.result(data, lines)
    return 0


def _rescued(asked: argparse.Namespace, services: Services, town: Town) -> tuple[Rescued, str]:
    """Write what can be read; what it was, and the SHA-256 of the file.

    Raises:
        NothingToRescueError: the log lies on a server, whose pages are not ours to read.
    """
    if asked.db is None and town.log_database is not None:
        raise NothingToRescueError(file=town.log_database.place, reason="server")
    place = asked.db or services.paths.log_database
    anchor = None if asked.db else AnchorFile(services.paths.anchor_file).read()
    with new_file(asked.rescue) as file:
        told = rescue(place, file, asked.rescue.parent, services.now(), anchor.seq if anchor else 0)
    with asked.rescue.open("rb") as file:
        return told, hashlib.file_digest(file, "sha256").hexdigest()


def _note_rescue(log: SessionLog, number: ClerkId, at: dt.datetime, told: Rescued, digest: str) -> None:
    counts = {"entries": told.entries, "missing": min(told.missing_entries, _MOST_COUNTED)}
    log.append(LogEntry(EntryKind.LOG_EXPORTED, None, number, at, counts=counts, digest=digest))


def _rescue_data(told: Rescued) -> dict[str, Any]:
    return {
        "entries": told.entries,
        "last_seq": told.last_seq,
        "missing_entries": told.missing_entries,
        "missing": [list(gap) for gap in told.missing],
        "unreadable_pages": told.unreadable,
    }


def _rescue_lines(asked: argparse.Namespace, told: Rescued) -> list[str]:
    lines = [f"読めた記録 {told.entries} 件を {asked.rescue.name} に書き出しました。"]
    gaps = [str(first) if first == last else f"{first} から {last}" for first, last in told.missing]
    lines += [f"読めない記録: {gap} 番" for gap in gaps[:_MOST_GAPS_SHOWN]]
    if len(gaps) > _MOST_GAPS_SHOWN:
        lines.append(f"ほか {len(gaps) - _MOST_GAPS_SHOWN} か所(ファイルの最後の行にすべてあります)")
    if told.missing:
        lines.append(f"読めない記録は、合わせて {told.missing_entries} 件です。")
    return lines


def _limits(town: Town, today: dt.date, before: dt.date | None) -> Mapping[RecordKind, dt.date]:
    years = {RecordKind(kind): years for kind, years in town.retention_years.items()}
    limits = {kind: Retention(years).last_day(kind, today) for kind in RecordKind}
    if before is None:
        return limits
    last = before - dt.timedelta(days=1)
    if last > max(limits.values()):
        raise PurgeTooRecentError(before=(max(limits.values()) + dt.timedelta(days=1)).isoformat())
    return {kind: min(limit, last) for kind, limit in limits.items()}


def _purge_data(told: list[Purged], *, is_done: bool) -> dict[str, Any]:
    kinds = {
        one.kind.value: {
            "last_day": one.on.isoformat(),
            "entries": one.entries,
            "cases": one.cases,
            "not_closed_yet": one.unsealed,
            "digest": one.digest,
        }
        for one in told
    }
    return {"purged": is_done, "entries": sum(one.entries for one in told), "kinds": kinds}


def _purge_lines(told: list[Purged], *, is_done: bool) -> list[str]:
    ending = "の中身を消しました" if is_done else "の中身が消えます"
    lines = []
    for one in told:
        cases = f"(受付 {one.cases} 件)" if one.cases else ""
        lines.append(f"{one.kind.label}: {one.on} まで  {one.entries} 件{cases}{ending}。")
        if one.unsealed:
            lines.append(f"  ほかに {one.unsealed} 件は、まだ締められていないので残ります。")
    if is_done and any(one.entries for one in told):
        lines.append("消した件数と証明の値は、操作ログに残りました。")
    return lines
