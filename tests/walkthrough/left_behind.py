"""All that a program leaves behind, place by place: files, databases, exports, words it said."""

import contextlib
import io
import logging
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest

from kakanai.app.entry import run
from kakanai.cli.log_parser import FORMATS
from tests.walkthrough.personal_data import Place

SQLITE = ".sqlite3"
_BINARY = (".draft", ".sealed", ".key", ".pdf", SQLITE, f"{SQLITE}-wal", f"{SQLITE}-shm", f"{SQLITE}-journal")


def files_below(folder: Path) -> Iterator[Place]:
    """Each file and its name, and each value of a database with what its write-ahead log holds."""
    for path in sorted(folder.rglob("*")):
        name = str(path.relative_to(folder.parent))
        yield Place("the name of something", name.encode())
        if path.is_file():
            yield Place(name, path.read_bytes(), is_binary=name.endswith(_BINARY))
            if path.suffix == SQLITE:
                yield Place(f"values of {name}", values_of(path))
            if path.suffix == ".pdf":
                yield Place(f"words of {name}", words_of(path))


def values_of(database: Path) -> bytes:
    """Every value of every row, one a line; the file is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        for path in database.parent.glob(f"{database.name}*"):
            shutil.copy(path, folder)
        connection = sqlite3.connect(Path(folder) / database.name)
        try:
            asked = "SELECT name FROM sqlite_master WHERE type='table'"
            tables = [name for (name,) in connection.execute(asked)]
            rows = [row for name in tables for row in connection.execute(f'SELECT * FROM "{name}"')]  # noqa: S608 - the file's own names
        finally:
            connection.close()
    values = [value for row in rows for value in row if value is not None]
    return b"\n".join(value if isinstance(value, bytes) else str(value).encode() for value in values)


def words_of(paper: Path) -> bytes:
    """What a PDF says: its words, and all that it tells of itself."""
    read = pypdf.PdfReader(paper)
    told = [f"{key} {value}" for key, value in (read.metadata or {}).items()]
    return "\n".join([*told, *(page.extract_text() for page in read.pages)]).encode()


def process(pid: int) -> Iterator[Place]:
    """Arguments and environment of a running process."""
    for name in ("cmdline", "environ"):
        yield Place(name, Path(f"/proc/{pid}/{name}").read_bytes().replace(b"\0", b"\n"))


class CommandLine:
    """Verbs run in this process on `home`; what they say is kept, and what any logger was told."""

    def __init__(self, home: Path, temporary: Path) -> None:
        self._home = home
        self._temporary = temporary
        self.said: list[Place] = []

    def run(self, *arguments: str, statuses: tuple[int, ...] = (0,)) -> None:
        """Run a verb.

        Raises:
            AssertionError: it ended with none of the statuses.
        """
        out, logged = io.StringIO(), io.StringIO()
        handler = logging.StreamHandler(logged)
        root = logging.getLogger()
        level = root.level
        with pytest.MonkeyPatch.context() as patch, contextlib.ExitStack() as stack:
            patch.setenv("KAKANAI_HOME", str(self._home))
            patch.setenv("TMPDIR", str(self._temporary))
            patch.setattr(tempfile, "tempdir", None)
            patch.setattr("sys.argv", ["kakanai", *arguments])
            stack.enter_context(contextlib.redirect_stdout(out))
            stack.enter_context(contextlib.redirect_stderr(out))
            root.addHandler(handler)
            root.setLevel(logging.DEBUG)
            try:
                status = run(arguments)
            finally:
                root.removeHandler(handler)
                root.setLevel(level)
        words = " ".join(arguments[:2])
        assert status in statuses, (arguments, out.getvalue())
        self.said += [Place(f"said by {words}", out.getvalue().encode())]
        self.said += [Place(f"logged by {words}", logged.getvalue().encode())]


def let_everything_be_written(
    home: Path, folder: Path, temporary: Path, number: str, day: str
) -> list[Place]:
    """Backup and every export of the log into a new `folder`, every look at it; what was said meanwhile.

    `number` is the case's, `day` when it was; the log may hold more.
    """
    folder.mkdir()
    line = CommandLine(home, temporary)
    for form in FORMATS:
        line.run("log", "export", "--why", "audit", "--format", form, "--out", str(folder / f"{form}.txt"))
    line.run("log", "report", "--day", day, "--out", str(folder / "report.pdf"))
    line.run("log", "stats", "--from", day, "--charts", str(folder / "charts.pdf"))
    line.run("log", "evidence", "--out", str(folder / "evidence.txt"))
    line.run("log", "case", number, "--why", "audit")
    line.run("log", "search", "--why", "audit", "--json")
    line.run("log", "day", day, "--json")
    line.run("log", "verify", "--json")
    line.run("db", "backup", str(folder / f"backup{SQLITE}"))
    line.run("db", "check", "--json")
    line.run("cases", "list")
    return line.said
