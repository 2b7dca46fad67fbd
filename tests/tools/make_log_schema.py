"""Writes the tables' shape into the stand-alone verifier: `python -m tests.tools.make_log_schema`.

The verifier shares no code with the program, so it carries the shape itself; a test compares the two.
"""

import hashlib
import sqlite3
import tempfile
from pathlib import Path

from kakanai.sessionlog.guards import guarded_tables
from kakanai.sessionlog.store import SessionLog

VERIFIER = Path(__file__).resolve().parents[2] / "resources" / "log_verifier" / "kakanai_log_verify.py"
START = "# made by tests/tools/make_log_schema.py\n"
END = "# end of what it makes\n"


def shape() -> str:
    """The part of the verifier between START and END, made of a new database."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "new.sqlite3"
        SessionLog.open(path).close()
        with sqlite3.connect(path) as db:
            told = _shape_of(db)
        db.close()
    return told


def _shape_of(db: sqlite3.Connection) -> str:
    query = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY 1"
    names = [name for (name,) in db.execute(query) if not name.startswith("sqlite_")]
    (version,) = db.execute("SELECT version_num FROM schema_version").fetchone()
    (application,) = db.execute("PRAGMA application_id").fetchone()
    (user,) = db.execute("PRAGMA user_version").fetchone()
    lines = [
        f'SCHEMA = "{version}"',
        f"APPLICATION_ID = 0x{application:X}",
        f"USER_VERSION = {user}",
        "TABLES = {",
    ]
    lines += [f'    "{name}": {_wrapped(_columns(db, name))},' for name in names]
    lines += ["}", "UNIQUE = {"]
    for name in names:
        if keys := _unique(db, name):
            lines.append(f'    "{name}": {keys!r},'.replace("'", '"'))
    lines += ["}", "INDEXES = {"]
    for name, sql in db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY 1"
    ):
        lines.append(f'    "{name}": {_wrapped(" ".join(sql.split()))},')
    lines += ["}", "KEY_INDEXES = {"]
    query = "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index' AND sql IS NULL ORDER BY 1"
    lines += [f'    "{name}": "{table}",' for name, table in db.execute(query)]
    lines += ["}", "MADE_BY = {"]
    lines += [f'    "{name}": "{_digest(db, name)}",' for name in names]
    lines += [
        "}",
        '"""Table → the first digits of the SHA-256 of its CREATE TABLE, with one blank for each gap."""',
    ]
    lines += [f"GUARDED = {tuple(table.name for table in guarded_tables())!r}".replace("'", '"')]
    return "\n".join(lines) + "\n"


def _digest(db: sqlite3.Connection, table: str) -> str:
    (sql,) = db.execute("SELECT sql FROM sqlite_master WHERE name = ?", (table,)).fetchone()
    return hashlib.sha256(b" ".join(sql.encode().split())).hexdigest()[:16]


def _columns(db: sqlite3.Connection, table: str) -> str:
    told = []
    for _, name, kind, not_null, default, key, hidden in db.execute(f"PRAGMA table_xinfo({table})"):
        assert default is None
        assert not hidden
        told.append(" ".join([name, kind, *["NOT NULL"] * bool(not_null), *[f"KEY {key}"] * bool(key)]))
    return ", ".join(told)


def _unique(db: sqlite3.Connection, table: str) -> tuple[str, ...]:
    told = []
    for index in db.execute(f"PRAGMA index_list({table})").fetchall():
        if index[3] != "c":
            columns = db.execute(f"PRAGMA index_xinfo({index[1]})").fetchall()
            told.append(
                " ".join([index[3], *(f"{column[2]}:{column[4]}" for column in columns if column[5])])
            )
    return tuple(sorted(told))


def _wrapped(text: str) -> str:
    """A string literal, in several lines where it is long."""
    if len(text) < 70:
        return f'"{text}"'
    words, lines = text.split(" "), [""]
    for word in words:
        if len(lines[-1]) + len(word) > 95:
            lines.append("")
        lines[-1] += word + " "
    lines[-1] = lines[-1][:-1]
    return "(\n" + "\n".join(f'        "{line}"' for line in lines) + "\n    )"


def with_shape(source: str) -> str:
    """The verifier's text with the shape of today's tables in its place."""
    before, _, rest = source.partition(START)
    _, _, after = rest.partition(END)
    return before + START + shape() + END + after


if __name__ == "__main__":
    VERIFIER.write_text(with_shape(VERIFIER.read_text(encoding="utf-8")), encoding="utf-8")
