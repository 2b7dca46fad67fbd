"""`kakanai db backup | restore`."""

import argparse
import contextlib
from pathlib import Path

from kakanai.cli.database_signing import require_signed, require_signed_in_backup
from kakanai.cli.log_verify import shipped_verifier
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import guard_of, require
from kakanai.sessionlog.anchor import Anchor, AnchorFile
from kakanai.sessionlog.backup import write_backup
from kakanai.sessionlog.chain import Head
from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.errors import LogDamagedError
from kakanai.sessionlog.restore import Restored, Staged, restore_file, restore_server, staged
from kakanai.sessionlog.seal_errors import LogVerificationFailedError
from kakanai.sessionlog.upkeep_errors import BackupUnusableError, RestorePlaceError
from kakanai.settings import Town
from kakanai.staff.act import Act

_KIB = 1024
_TRY_RESCUE = "読めるものは kakanai db check --rescue --db で書き出せます。"


def backup(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Write a backup into a new file and read it back."""
    town = services.prepare()
    with services.open_log(town) as log:
        who = require(services, town, log, Act.BACK_UP, asked.clerk)
        made = write_backup(log, asked.file)
        log.append(made.to_entry(who.number, services.now()))
    size = -(-made.size // _KIB)
    lines = [
        f"記録 {made.entries} 件の控えを {made.path.name} に取り、読み戻して確かめました({size} KiB)。",
        f"SHA-256: {made.digest}",
        "この PC とは別の場所に、鍵をかけて保管してください。",
    ]
    head = made.head.hash if made.head else ""
    data = {"file": str(made.path), "entries": made.entries, "head": head, "kib": size, "sha256": made.digest}
    output.result(data, lines, precious=True)
    return 0


def restore(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Put a backup in the place of the log, which stays beside it."""
    town = services.prepare()
    if town.log_database is not None:
        return _restore_on_server(asked, services, town, output)
    place = services.paths.log_database
    if place.exists() and asked.file.exists() and asked.file.samefile(place):
        raise RestorePlaceError(path=str(place), reason="same")
    with staged(asked.file, place.parent) as new:
        findings = _findings(new, asked)
        number = _who(asked, services, town, new)
        codes = (LogVerificationFailedError.code,) if findings else ()
        told = restore_file(new, place, number, services.now(), codes)
    return _tell(asked, services, output, told, findings)


def _restore_on_server(asked: argparse.Namespace, services: Services, town: Town, output: Output) -> int:
    """Copy a backup into the empty database of the hall's server; so does a hall move to its server."""
    with services.open_log(town) as log, staged(asked.file, services.paths.home) as new:
        findings = _findings(new, asked)
        if guard_of(services, town, log).is_open:
            number = require_signed_in_backup(services, town, new.path, Act.RESTORE, asked)
        else:
            number = require_signed(services, town, log, Act.RESTORE, asked)
        codes = (LogVerificationFailedError.code,) if findings else ()
        told = restore_server(new, log, number, services.now(), codes)
        place = log.place
    return _tell(asked, services, output, told, findings, place)


def _tell(
    asked: argparse.Namespace,
    services: Services,
    output: Output,
    told: Restored,
    findings: int,
    server: str = "",
) -> int:
    # Else the log would seem to have been set back behind our back.
    anchored = AnchorFile(services.paths.anchor_file).write(_anchor(told.head))
    lines = _lines(told, findings)
    if server:
        lines.insert(1, f"いまの操作ログは {server} です。")
    output.result(_data(asked.file, told, findings), lines, precious=True)
    if not anchored:
        output.note("この PC の錨(anchor.json)を書けませんでした。")
    return 0


def _findings(new: Staged, asked: argparse.Namespace) -> int:
    """How many things the stand-alone verifier finds in the copy; none, unless that was asked for."""
    verifier = shipped_verifier()
    report = verifier.Report()
    try:
        with contextlib.closing(verifier.Database(new.path, report)) as source:
            verifier.verify(source, report)
    except verifier.UnreadableError as error:
        raise BackupUnusableError(file=new.backup, reason="unreadable", seq=0) from error
    if report.total and not asked.despite_findings:
        seq = next((one["seq"] for one in report.findings if isinstance(one.get("seq"), int)), 0)
        raise BackupUnusableError(file=new.backup, reason="findings", seq=seq)
    return int(report.total)


def _who(asked: argparse.Namespace, services: Services, town: Town, new: Staged) -> ClerkId:
    """Who restores, by the staff of the present log; by those of the backup where it knows none."""
    place = services.paths.log_database
    if place.exists():
        with contextlib.suppress(LogDamagedError), services.open_log(town) as log:
            if not guard_of(services, town, log).is_open:
                return require_signed(services, town, log, Act.RESTORE, asked)
    return require_signed_in_backup(services, town, new.path, Act.RESTORE, asked)


def _anchor(head: Head) -> Anchor:
    return Anchor(head.seq, head.hash, head.at)


def _data(file: Path, told: Restored, findings: int) -> dict[str, object]:
    return {
        "file": str(file),
        "seq": told.head.seq,
        "head": told.head.hash,
        "kept_as": told.aside,
        "entries_only_in_kept": told.later,
        "numbers_kept_from_being_given_again": told.numbers,
        "findings": findings,
    }


def _lines(told: Restored, findings: int) -> list[str]:
    lines = [f"控えから戻しました。終わりの記録: {told.head.seq} 番  {told.head.hash}"]
    if told.aside:
        lines.append(f"前の操作ログは {told.aside} に残しました。")
    if told.aside and told.later is None:
        lines.append(f"控えの後の記録が何件あるかは分かりません。{_TRY_RESCUE}")
    elif told.later:
        lines.append(f"控えの後の記録 {told.later} 件は、残したファイルにだけあります。")
    if told.numbers:
        lines.append(f"控えの後に今日出した受付番号 {told.numbers} 個は、もう使いません。")
    if findings:
        lines.append(f"この控えには、合わないところが {findings} 件あります(戻した記録に残しました)。")
    return lines
