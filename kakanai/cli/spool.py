"""`kakanai db spool`: what this PC keeps for the log's server 預かり, and the way out where it is stuck."""

import argparse
import contextlib
import datetime as dt
import hashlib
from collections.abc import Iterator
from typing import Any, Final

from kakanai.cli.database_password import NO_SERVER
from kakanai.cli.database_signing import require_signed
from kakanai.cli.errors import UsageError
from kakanai.cli.log_verify import new_file
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.sessionlog.case_number import CaseNumber
from kakanai.sessionlog.chain import time_of
from kakanai.sessionlog.entry import JST, EntryKind, LogEntry
from kakanai.sessionlog.errors import LogStorageError
from kakanai.sessionlog.renumber_reason import RenumberReason
from kakanai.sessionlog.spool_file import SpoolFile
from kakanai.sessionlog.spool_settling import SpoolSettling, WaitingCase
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Town
from kakanai.staff.act import Act

_HOW: Final = "書き出すには --export、送るには --send、重なった番号を付け直すには --renumber です。"


def spool(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Show what waits, hand it out, send it, or give a case whose number was given twice another one."""
    ways = [asked.export is not None, asked.send, asked.renumber is not None]
    if sum(ways) > 1:
        raise UsageError(problem="--export・--send・--renumber は、1つだけ書けます")
    if (asked.renumber is None) != (asked.reason is None):
        raise UsageError(problem="--renumber と --reason は、一緒に書いてください")
    town = services.prepare()
    if town.log_database is None:
        raise UsageError(problem=NO_SERVER)
    with services.open_log(town) as log, _settling(services, log) as settling:
        if asked.export is not None:
            return _export(asked, services, town, log, settling, output)
        if asked.send:
            return _send(asked, services, town, log, settling, output)
        if asked.renumber is not None:
            return _renumber(asked, services, town, log, settling, output)
        require(services, town, log, Act.CHECK_DATABASE, asked.clerk)
        cases = settling.cases()
    data = {"counter": settling.counter, "entries": sum(case.entries for case in cases)}
    data["cases"] = [_case_data(case) for case in cases]
    output.result(data, _told(cases))
    return 0


@contextlib.contextmanager
def _settling(services: Services, log: SessionLog) -> Iterator[SpoolSettling]:
    file = SpoolFile(services.paths.spool_file)
    with contextlib.closing(file):
        yield SpoolSettling(file, log)


def _export(  # one argument for each thing it works with
    asked: argparse.Namespace,
    services: Services,
    town: Town,
    log: SessionLog,
    settling: SpoolSettling,
    output: Output,
) -> int:
    who = require(services, town, log, Act.RESCUE, asked.clerk).number
    with new_file(asked.export) as file:
        entries = settling.write(file)
    with asked.export.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    counts = {"entries": entries}
    log.append(LogEntry(EntryKind.LOG_EXPORTED, None, who, services.now(), counts=counts, digest=digest))
    told = f"預かっている記録 {entries} 件を {asked.export.name} に書き出しました。"
    output.result({"entries": entries, "digest": digest}, [told])
    return 0


def _send(  # likewise
    asked: argparse.Namespace,
    services: Services,
    town: Town,
    log: SessionLog,
    settling: SpoolSettling,
    output: Output,
) -> int:
    who = require_signed(services, town, log, Act.SETTLE_SPOOL, asked)
    sent = settling.send(who, services.now())
    output.result({"sent": sent}, [f"預かっていた記録 {sent} 件を、操作ログに送りました。"], precious=True)
    return 0


def _renumber(  # likewise
    asked: argparse.Namespace,
    services: Services,
    town: Town,
    log: SessionLog,
    settling: SpoolSettling,
    output: Output,
) -> int:
    number, reason = CaseNumber(asked.renumber), RenumberReason(asked.reason.replace("-", "_"))
    who = require_signed(services, town, log, Act.SETTLE_SPOOL, asked)
    new = settling.renumber(number, reason, who, services.now())
    data: dict[str, Any] = {"paper": str(number), "number": str(new), "reason": reason.value}
    lines = [
        f"この PC の受付 {number} を、操作ログでは {new} にしました(理由: {reason.label})。",
        f"出した紙の番号は {number} のままです。操作ログは、どちらの番号でも探せます。",
    ]
    try:
        settling.send(who, services.now())
    except LogStorageError as error:  # whatever it is, the new number stands and must be told
        output.failure(error, data, lines=lines)
        return error.exit_status
    output.result(data, lines, precious=True)
    return 0


def _case_data(case: WaitingCase) -> dict[str, Any]:
    return {
        "case_number": case.number or None,
        "entries": case.entries,
        "first_at": _japan(case.first_at).isoformat(timespec="seconds"),
        "last_at": _japan(case.last_at).isoformat(timespec="seconds"),
        "doubled": case.is_doubled,
    }


def _told(cases: list[WaitingCase]) -> list[str]:
    if not cases:
        return ["預かっている記録はありません。"]
    lines = [f"預かっている記録 {sum(case.entries for case in cases)} 件"]
    for case in cases:
        span = f"{_japan(case.first_at):%Y-%m-%d %H:%M}-{_japan(case.last_at):%H:%M}"
        doubled = "  ★操作ログの別の受付と番号が重なっています" if case.is_doubled else ""
        lines.append(f"  {case.number or '(受付でない操作)'}  {span}  {case.entries} 件{doubled}")
    return [*lines, _HOW]


def _japan(at: str) -> dt.datetime:
    return time_of(at).astimezone(JST)
