"""The stand-alone verifier as tests use it, and the ways somebody might change a log behind its back."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

PROGRAM = Path(__file__).resolve().parents[2] / "resources" / "log_verifier" / "kakanai_log_verify.py"


def _loaded() -> ModuleType:
    """A verifier of the tests' own, which they may change."""
    module = ModuleType("verifier_of_tests")
    exec(compile(PROGRAM.read_bytes(), str(PROGRAM), "exec"), module.__dict__)  # noqa: S102 - our own file
    return module


verifier = _loaded()


def check(path, *, export=False, **told):
    """The verifier's report on a database or an export."""
    report = verifier.Report()
    source = verifier.Export(path, report) if export else verifier.Database(path, report)
    with contextlib.closing(source):
        return verifier.verify(source, report, **told)


def kinds(report) -> set[str]:
    return set(report.counts)


@contextlib.contextmanager
def opened_by_a_forger(path: Path) -> Iterator[sqlite3.Connection]:
    """Writes without guards, which are back afterwards, and leaves no WAL behind."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("BEGIN")
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in guards:
            db.execute(sql)
        db.execute("COMMIT")
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    for end in ("-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def forge(path: Path, *statements: str | tuple[str, tuple[object, ...]]) -> None:
    """Run the statements as a forger; each must touch something."""
    with opened_by_a_forger(path) as db:
        for statement in statements:
            sql, values = (statement, ()) if isinstance(statement, str) else statement
            before = db.total_changes
            db.execute(sql, values)
            assert db.total_changes > before or not sql.startswith(("UPDATE", "DELETE", "INSERT")), sql
