# ruff: noqa: S608, ANN401 - names of tables are the schema's own; a cell may hold anything
"""Random single edits of a log's database, and how many of them the stand-alone verifier finds.

    .venv/bin/python -m benchmarks.tamper_trial [--edits 10000] [--seed 1] [--days 8] [--cases 40]

The log is written by the real SessionLog, with real day closes and a real purge. Each edit is made in a copy.
Whether it changed what the database says is told by an oracle that knows nothing of the log: every row of
every table, with the type of every cell, and the shape of the tables, read by plain sqlite3 before and after;
what cannot be read is changed. Rows that are no evidence (OPERATION) are counted apart. The verifier gets the
file and what a machine remembers of the end (anchor).
"""

import argparse
import contextlib
import hashlib
import multiprocessing
import random
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.sessionlog.sample_log import folded_up, make
from tests.sessionlog.verifying import verifier

UNUSED: Final = "numbers that were never used"
OPERATION: Final = frozenset({"staff_session", "sign_in_failure", "secret", "counter_place", UNUSED})
"""What docs/log-format.md names as no evidence: the running of the program, and numbers of no case."""

_EVIDENCE: Final = (
    *("entry", "day_close", "office_key", "given_number", "merged_spool", "staff", "schema_version"),
    *("case_line", "case_form", "case_procedure", "case_code", "case_sum"),
)
Edit = Callable[[Path, random.Random], str]


@dataclass
class Tally:
    """Of one kind of edit: how many were made, changed the meaning, were found; those that were missed."""

    made: int = 0
    changed: int = 0
    changed_found: int = 0
    operation: int = 0
    operation_found: int = 0
    same: int = 0
    same_found: int = 0
    missed: list[str] = field(default_factory=list)


def one_byte(path: Path, chance: random.Random) -> str:
    """Another value for one byte of the file."""
    return _write(path, chance.randrange(path.stat().st_size), chance, 1)


def one_bit(path: Path, chance: random.Random) -> str:
    """One bit of the file turned over."""
    place = chance.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.seek(place)
        byte = file.read(1)[0]
        file.seek(place)
        file.write(bytes([byte ^ (1 << chance.randrange(8))]))
    return f"bit at {place}"


def some_bytes(path: Path, chance: random.Random) -> str:
    """Up to 64 bytes side by side."""
    return _write(path, chance.randrange(path.stat().st_size - 64), chance, chance.randint(2, 64))


def one_page(path: Path, chance: random.Random) -> str:
    """A page in another's place, or nothing in it."""
    size = 4096
    pages = path.stat().st_size // size
    to, source = chance.randrange(pages), chance.randrange(pages)
    with path.open("r+b") as file:
        file.seek(source * size)
        data = bytes(size) if chance.random() < 0.3 else file.read(size)
        file.seek(to * size)
        file.write(data)
    return f"page {source} to {to}"


def cut_off(path: Path, chance: random.Random) -> str:
    """The end of the file is gone."""
    left = chance.randrange(path.stat().st_size)
    with path.open("r+b") as file:
        file.truncate(left)
    return f"cut at {left}"


def _write(path: Path, place: int, chance: random.Random, length: int) -> str:
    with path.open("r+b") as file:
        file.seek(place)
        file.write(chance.randbytes(length))
    return f"{length} at {place}"


def one_cell(path: Path, chance: random.Random) -> str:
    """Another value in one cell: of another row, a little different, of another type, or none."""
    with _forging(path) as db:
        table, columns, row = _row(db, chance)
        column = chance.choice(columns)
        new = _another(db, table, column, row[columns.index(column)], chance)
        with contextlib.suppress(sqlite3.IntegrityError):  # the database itself refuses it
            db.execute(f"UPDATE {table} SET {column} = ? WHERE {_is(columns)}", (new, *row))
        return f"{table}.{column}"


def one_row_gone(path: Path, chance: random.Random) -> str:
    """A row deleted."""
    with _forging(path) as db:
        table, columns, row = _row(db, chance)
        db.execute(f"DELETE FROM {table} WHERE {_is(columns)}", row)
        return table


def one_row_more(path: Path, chance: random.Random) -> str:
    """A row like another one, with a key of its own."""
    with _forging(path) as db:
        table, columns, row = _row(db, chance)
        values = list(row)
        for key in _keys(db, table):
            place = columns.index(key)
            values[place] = _another(db, table, key, row[place], chance)
        marks = ", ".join("?" * len(values))
        with contextlib.suppress(sqlite3.IntegrityError):
            db.execute(f"INSERT INTO {table} ({', '.join(columns)}) VALUES ({marks})", values)
        return table


def last_row_gone(path: Path, _chance: random.Random) -> str:
    """The last entry deleted, the easiest of all to hide."""
    with _forging(path) as db:
        db.execute("DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)")
    return "entry"


def rows_in_each_others_place(path: Path, chance: random.Random) -> str:
    """Two rows change keys."""
    with _forging(path) as db:
        table, columns, one = _row(db, chance)
        key = chance.choice(_keys(db, table))
        place = columns.index(key)
        other = _any(db, table, chance)
        aside = -1 if isinstance(one[place], int) else "aside"
        swap = f"UPDATE {table} SET {key} = ? WHERE {_is(columns)}"
        with contextlib.suppress(sqlite3.IntegrityError):
            db.execute(swap, (aside, *one))
            db.execute(swap, (one[place], *other))
            db.execute(swap, (other[place], *one[:place], aside, *one[place + 1 :]))
    return f"{table}.{key}"


def guard_off(path: Path, chance: random.Random) -> str:
    """A trigger dropped, or replaced by one that does nothing."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        names = db.execute(
            "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' ORDER BY 1"
        ).fetchall()
        name, table = chance.choice(names)
        db.execute(f"DROP TRIGGER {name}")
        if chance.random() < 0.5:
            db.execute(f"CREATE TRIGGER {name} BEFORE UPDATE ON {table} BEGIN SELECT 1; END")
    return name


def shape_changed(path: Path, chance: random.Random) -> str:
    """Something more or less in the schema."""
    what = chance.choice(
        (
            "CREATE TABLE more (a TEXT)",
            "CREATE VIEW more AS SELECT * FROM entry",
            "CREATE INDEX more ON entry (staff)",
            "ALTER TABLE case_line ADD COLUMN more TEXT",
            "ALTER TABLE entry RENAME COLUMN counter TO place",
            "DROP INDEX ix_entry_day",
            "DROP TABLE merged_spool",
            "CREATE TRIGGER more AFTER INSERT ON entry BEGIN DELETE FROM case_sum; END",
            "PRAGMA user_version = 77",
        )
    )
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute(what)
    return what


EDITS: Final[tuple[tuple[Edit, int], ...]] = (
    (one_byte, 20),
    (one_bit, 10),
    (some_bytes, 8),
    (one_page, 4),
    (cut_off, 2),
    (one_cell, 24),
    (one_row_gone, 10),
    (one_row_more, 10),
    (last_row_gone, 1),
    (rows_in_each_others_place, 7),
    (guard_off, 2),
    (shape_changed, 2),
)
"""Edits, and of a hundred how many are of each kind."""


@contextlib.contextmanager
def _forging(path: Path) -> Iterator[sqlite3.Connection]:
    """Without guards, which stand again at the end, word by word."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        guards = db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        db.execute("PRAGMA synchronous = OFF")  # it need not outlive a power cut
        db.execute("PRAGMA journal_mode = DELETE")
        db.execute("BEGIN")
        for name, _ in guards:
            db.execute(f"DROP TRIGGER {name}")
        yield db
        for _, sql in guards:
            db.execute(sql)
        db.execute("COMMIT")
        db.execute("PRAGMA journal_mode = WAL")


def _row(db: sqlite3.Connection, chance: random.Random) -> tuple[str, list[str], tuple[Any, ...]]:
    table = chance.choice((*_EVIDENCE, "entry", "entry", "entry"))
    columns = [row[1] for row in db.execute(f"PRAGMA table_info({table})")]
    return table, columns, _any(db, table, chance)


def _any(db: sqlite3.Connection, table: str, chance: random.Random) -> tuple[Any, ...]:
    count = db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
    row: tuple[Any, ...] = db.execute(
        f"SELECT * FROM {table} LIMIT 1 OFFSET ?", (chance.randrange(count),)
    ).fetchone()
    return row


def _keys(db: sqlite3.Connection, table: str) -> list[str]:
    return [row[1] for row in db.execute(f"PRAGMA table_info({table})") if row[5]]


def _is(columns: list[str]) -> str:
    return " AND ".join(f"{column} IS ?" for column in columns)


def _another(db: sqlite3.Connection, table: str, column: str, value: Any, chance: random.Random) -> Any:
    """A value that is not `value`."""
    place_of = [row[1] for row in db.execute(f"PRAGMA table_info({table})")].index(column)
    ways: list[Callable[[], Any]] = [
        lambda: _any(db, table, chance)[place_of],
        lambda: None,
        lambda: b"\x00\xff",
        lambda: "",
        lambda: "山田",
    ]
    if isinstance(value, int):
        ways += [lambda: value + chance.choice((-1, 1, 1000)), lambda: value + 0.5]
    if isinstance(value, str) and value:
        place = chance.randrange(len(value))
        letter = chance.choice("0123456789abcdef-XZ ")
        ways += [lambda: value[:place] + letter + value[place + 1 :]] * 6
        ways += [lambda: value[:-1], lambda: value + "0", lambda: value.encode()]
    for _ in range(20):
        new = chance.choice(ways)()
        if (type(new), new) != (type(value), value):
            return new
    return "another"


def said_by(path: Path) -> dict[str, str]:
    """What a database says: a digest of each table's rows and of its shape. Empty when it cannot be read."""
    told = {}
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as db:
            db.text_factory = bytes
            master = db.execute("SELECT type, name, tbl_name, sql FROM sqlite_master").fetchall()
            told["shape"] = _digest([(t, n, o, b" ".join((s or b"").split())) for t, n, o, s in master])
            told["version"] = str(db.execute("PRAGMA user_version").fetchone())
            used = {number for (number,) in db.execute("SELECT DISTINCT case_number FROM entry NOT INDEXED")}
            for table in sorted(name for kind, name, *_ in master if kind == b"table"):
                name = table.decode()
                columns = [row[1].decode() for row in db.execute(f'PRAGMA table_info("{name}")')]
                cells = ", ".join(f'typeof("{column}"), "{column}"' for column in columns)
                rows = db.execute(f'SELECT {cells} FROM "{name}" NOT INDEXED').fetchall()
                if name == "given_number":
                    told[UNUSED] = _digest([row for row in rows if row[-1] not in used])
                    rows = [row for row in rows if row[-1] in used]
                told[name] = _digest(rows)
    except (sqlite3.Error, ValueError, OverflowError, MemoryError):
        return {}
    return told


def _digest(rows: list[Any]) -> str:
    return hashlib.sha256("\n".join(sorted(map(repr, rows))).encode()).hexdigest()


def found_in(path: Path, anchor: tuple[int, str, str]) -> bool:
    """Whether the verifier says that something is wrong, or that it cannot read the file."""
    report = verifier.Report(limit=1)
    try:
        source = verifier.Database(path, report)
        with contextlib.closing(source):
            verifier.verify(source, report, heads=[anchor])
    except verifier.UnreadableError:
        return True
    return bool(report.status != verifier.INTACT)


def run_part(made: Path, edits: int, seed: int) -> dict[str, Tally]:
    """So many edits, one after the other, each in a copy of its own."""
    chance = random.Random(seed)  # noqa: S311 - the same each time
    original = made.read_bytes()
    before = said_by(made)
    with contextlib.closing(sqlite3.connect(made)) as db:
        anchor = (*db.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone(), "anchor")
    tallies: dict[str, Tally] = {}
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "copy.sqlite3"
        for _ in range(edits):
            for end in ("-wal", "-shm", "-journal"):
                copy.with_name(copy.name + end).unlink(missing_ok=True)
            copy.write_bytes(original)
            edit = chance.choices([one for one, _ in EDITS], [weight for _, weight in EDITS])[0]
            what = edit(copy, chance)
            tally = tallies.setdefault(edit.__name__, Tally())
            _judge(tally, before, said_by(copy), what, is_found=found_in(copy, anchor))
    return tallies


def _judge(tally: Tally, before: dict[str, str], after: dict[str, str], what: str, *, is_found: bool) -> None:
    tally.made += 1
    changed = {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}
    if not changed:
        tally.same += 1
        tally.same_found += is_found
    elif changed <= OPERATION:
        tally.operation += 1
        tally.operation_found += is_found
    else:
        tally.changed += 1
        tally.changed_found += is_found
        if not is_found:
            tally.missed.append(f"{what}: {', '.join(sorted(changed))}")


def trial(made: Path, edits: int, seed: int, processes: int) -> dict[str, Tally]:
    """All edits, over some processes; every process has chances of its own."""
    parts = [(made, edits // processes + (n < edits % processes), seed * 1000 + n) for n in range(processes)]
    if processes == 1:
        return run_part(*parts[0])
    with multiprocessing.get_context("spawn").Pool(processes) as pool:
        told = pool.starmap(run_part, parts)
    whole: dict[str, Tally] = {}
    for part in told:
        for name, tally in part.items():
            sum_ = whole.setdefault(name, Tally())
            for key, value in vars(tally).items():
                setattr(sum_, key, getattr(sum_, key) + value)
    return whole


def table(tallies: dict[str, Tally]) -> list[str]:
    """The result for people."""
    head = ("edit", "made", "changed", "found", "operation", "found", "same", "found")
    lines = [f"{head[0]:<28}" + "".join(f"{word:>11}" for word in head[1:])]
    total: Counter[str] = Counter()
    for edit, _ in EDITS:
        tally = tallies.get(edit.__name__, Tally())
        numbers = {name: value for name, value in vars(tally).items() if isinstance(value, int)}
        total.update(numbers)
        lines.append(f"{edit.__name__:<28}" + "".join(f"{value:>11}" for value in numbers.values()))
    lines.append(f"{'all':<28}" + "".join(f"{value:>11}" for value in total.values()))
    missed = [one for tally in tallies.values() for one in tally.missed]
    return lines + [f"missed: {one}" for one in missed]


def main() -> int:
    """Make a log, run the trial, print the table; 1 when an edit that changed the meaning was missed."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--edits", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--days", type=int, default=8)
    parser.add_argument("--cases", type=int, default=40)
    parser.add_argument("--processes", type=int, default=2)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "log.sqlite3"
        make(made, days=asked.days, cases=asked.cases, purged=True)
        folded_up(made)
        if found_in(made, anchor_of(made)):
            raise SystemExit("the log is not in order before anything was changed")
        size = made.stat().st_size
        tallies = trial(made, asked.edits, asked.seed, asked.processes)
        with contextlib.closing(sqlite3.connect(made)) as db:
            entries = db.execute("SELECT count(*) FROM entry").fetchone()[0]
    print(f"{entries} entries, {size} bytes, {asked.edits} edits, seed {asked.seed}")
    print("\n".join(table(tallies)))
    return int(any(tally.missed for tally in tallies.values()))


def anchor_of(made: Path) -> tuple[int, str, str]:
    """What a machine would remember of the end of that log."""
    with contextlib.closing(sqlite3.connect(made)) as db:
        return (*db.execute("SELECT seq, hash FROM entry ORDER BY seq DESC LIMIT 1").fetchone(), "anchor")


if __name__ == "__main__":
    raise SystemExit(main())
