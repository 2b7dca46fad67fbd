"""`kakanai log verify | verifier | evidence | public-key`: with the shipped verifier, the only one."""

import argparse
import contextlib
import functools
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, BinaryIO, Final

from kakanai.cli.errors import OutputFileError, UsageError
from kakanai.cli.output import Output
from kakanai.cli.services import Services
from kakanai.cli.signed_in import require
from kakanai.resources import resource_root
from kakanai.sessionlog.anchor import AnchorFile
from kakanai.sessionlog.chain_export import write_export
from kakanai.sessionlog.entry import EntryKind, LogEntry
from kakanai.sessionlog.errors import LogDamagedError, LogNewerSchemaError
from kakanai.sessionlog.seal_errors import (
    EvidenceUnreadableError,
    LogVerificationFailedError,
    OfficeKeyMissingError,
    PublicKeyFileError,
)
from kakanai.sessionlog.seals import DaySeals
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.act import Act
from kakanai.staff.signed_in import SignedIn

_FILE: Final = Path("log_verifier") / "kakanai_log_verify.py"
_MOST_COUNTED: Final = 999_999_999
_UNLOGGED: Final = "操作ログを開けないので、確かめたことは記録していません。"

Mark = tuple[int, str, str]
"""Place, hash (or its first digits), and who says so."""


def verify(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Check this machine's log, a file, or an export; findings end with a status of their own."""
    if (asked.head is None) != (asked.seq is None):
        raise UsageError(problem="--head と --seq は一緒に書いてください")
    town = services.prepare()
    marks = [(asked.seq, asked.head, "--head")] if asked.head else []
    foreign: Path | None = asked.db or asked.export
    try:
        log = services.open_log(town)
    except (LogDamagedError, LogNewerSchemaError):
        own = None if town.log_database else services.paths.log_database
        looked_at = foreign or own
        if looked_at is None or (looked_at == own and not own.exists()):
            raise
        # Just then it must be possible to look. Who may is written in the log, and that is what is broken.
        report = _verified_file(asked, looked_at, marks)
        output.note(_UNLOGGED)
        return _tell(report, output)
    with log:
        who = require(services, town, log, Act.VERIFY)
        if foreign is None:
            anchor = AnchorFile(services.paths.anchor_file).read()
            marks += [(anchor.seq, anchor.hash, "この PC の錨")] if anchor else []
            report = _verified_log(asked, log, services, marks)
        else:
            report = _verified_file(asked, foreign, marks)
        _note(log, who, services, report)
    return _tell(report, output)


def write_verifier(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Write the stand-alone verifier into a new file."""
    town = services.prepare()
    program = (resource_root() / _FILE).read_bytes()
    digest = hashlib.sha256(program).hexdigest()
    with services.open_log(town) as log:
        who = require(services, town, log, Act.WRITE_VERIFIER)
        with new_file(asked.out) as file:
            file.write(program)
        log.append(LogEntry(EntryKind.LOG_EXPORTED, None, who.number, services.now(), digest=digest))
    lines = [
        f"検証プログラムを {asked.out.name} に書きました。",
        f"SHA-256: {digest}",
        f"使い方: python3 {asked.out.name} sessionlog.sqlite3",
    ]
    output.result({"file": str(asked.out), "sha256": digest}, lines)
    return 0


def write_evidence(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Write the whole log into a new file, in the form that the verifier reads without a database."""
    town = services.prepare()
    with services.open_log(town) as log:
        who = require(services, town, log, Act.EXPORT)
        with new_file(asked.out) as file:
            head = write_export(log, file, services.now())
        with asked.out.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        seq = head.seq if head else 0
        told = LogEntry(
            EntryKind.LOG_EXPORTED, None, who.number, services.now(), counts={"entries": seq}, digest=digest
        )
        log.append(told)
    lines = [f"記録 {seq} 件を {asked.out.name} に書きました。", f"SHA-256: {digest}"]
    output.result({"file": str(asked.out), "entries": seq, "sha256": digest}, lines)
    return 0


def write_public_key(asked: argparse.Namespace, services: Services, output: Output) -> int:
    """Write the public keys of the office into a new file, for whoever verifies without trusting the log."""
    town = services.prepare()
    with services.open_log(town) as log:
        who = require(services, town, log, Act.VERIFY)
        keys = DaySeals(log).public_keys()
        if not keys:
            raise OfficeKeyMissingError(file=log.place)
        pem = "".join(key.pem() for key in keys).encode("ascii")
        with new_file(asked.out) as file:
            file.write(pem)
        digest = hashlib.sha256(pem).hexdigest()
        log.append(LogEntry(EntryKind.LOG_EXPORTED, None, who.number, services.now(), digest=digest))
    lines = [
        f"公開鍵 {len(keys)} 個を {asked.out.name} に書きました。",
        *(f"鍵の値: {key.digest}" for key in keys),
    ]
    output.result({"file": str(asked.out), "keys": [key.digest for key in keys]}, lines)
    return 0


def _verified_log(asked: argparse.Namespace, log: SessionLog, services: Services, marks: list[Mark]) -> Any:  # noqa: ANN401 - the verifier is not typed
    """The report on an open log, as it is at this moment; a server's log is looked at through an export."""
    if isinstance(log.target, Path):
        return _verified_file(asked, log.target, marks, is_live=True)
    with tempfile.TemporaryDirectory(dir=services.paths.home, prefix="verify-") as folder:
        export = Path(folder) / "log.jsonl"
        with new_file(export) as file:
            write_export(log, file, services.now())
        return _verified_file(asked, export, marks, is_export=True)


def _verified_file(
    asked: argparse.Namespace,
    path: Path,
    marks: list[Mark],
    *,
    is_live: bool = False,
    is_export: bool = False,
) -> Any:  # noqa: ANN401 - as above
    verifier = shipped_verifier()
    report = verifier.Report(limit=max(0, asked.limit))
    try:
        keys = verifier.read_public_keys(asked.public_key) if asked.public_key else None
        if is_export or path == asked.export:
            source = verifier.Export(path, report)
        else:
            source = verifier.Database(path, report, live=is_live)
        with contextlib.closing(source):
            return verifier.verify(source, report, heads=marks, public_keys=keys)
    except verifier.UnreadableError as error:
        if error.reason == "public_key":
            raise PublicKeyFileError(file=asked.public_key.name) from error
        raise EvidenceUnreadableError(file=path.name, reason=error.reason) from error


def _tell(report: Any, output: Output) -> int:  # noqa: ANN401 - as above
    if not report.total:
        output.result(report.to_mapping(), report.lines())
        return 0
    seq = next((one["seq"] for one in report.findings if isinstance(one.get("seq"), int)), 0)
    error = LogVerificationFailedError(count=report.total, seq=seq)
    output.failure(error, {"report": report.to_mapping()}, lines=report.lines())
    return error.exit_status


def _note(log: SessionLog, who: SignedIn, services: Services, report: Any) -> None:  # noqa: ANN401 - as above
    counts = {"entries": report.entries, "findings": min(report.total, _MOST_COUNTED)}
    codes = (LogVerificationFailedError.code,) if report.total else ()
    log.append(LogEntry(EntryKind.LOG_VERIFIED, None, who.number, services.now(), codes=codes, counts=counts))


@functools.cache
def shipped_verifier() -> ModuleType:
    """The stand-alone verifier as a module: what an auditor runs is what we run."""
    path = resource_root() / _FILE
    module = ModuleType(path.stem)
    # Not by the import system, which would leave compiled files among the shipped data.
    exec(compile(path.read_bytes(), str(path), "exec"), module.__dict__)  # noqa: S102 - our own file
    return module


@contextlib.contextmanager
def new_file(path: Path) -> Iterator[BinaryIO]:
    """A file of this account that was not there; gone again when what is within fails.

    Raises:
        OutputFileError: There is one, or it cannot be written.
    """
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    except OSError as error:
        raise OutputFileError(file=path.name) from error
    try:
        with os.fdopen(handle, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OutputFileError(file=path.name) from error
    except BaseException:
        path.unlink(missing_ok=True)
        raise
