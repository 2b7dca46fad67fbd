"""Where a log may lie: in a file of SQLite, or on a PostgreSQL server; most tests run on both."""

import contextlib
import shutil
import sqlite3

import pytest

from kakanai.sessionlog.chain_export import write_export
from kakanai.sessionlog.store import SessionLog
from tests.sessionlog.sample_log import Office, folded_up, make


@pytest.fixture
def path(tmp_path):
    """A file that is not there yet, in a folder that is not there yet."""
    return tmp_path / "home" / "sessionlog.sqlite3"


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """What SessionLog.open is given; nothing is there yet."""
    if request.param == "sqlite":
        return tmp_path / "home" / "sessionlog.sqlite3"
    return request.getfixturevalue("postgres").new_database()


@pytest.fixture
def log(place):
    """An open log on either database."""
    with SessionLog.open(place) as log:
        yield log


@pytest.fixture
def raw(place, request):
    """How another program gets at the log's tables: a call that runs one statement and gives its rows."""
    if not hasattr(place, "host"):

        def run(statement):
            with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as connection:
                return connection.execute(statement).fetchall()

        return run
    server = request.getfixturevalue("postgres")
    return lambda statement: server.run(statement, place.database)


@pytest.fixture(scope="session")
def two_days(tmp_path_factory):
    """A log of two days, one of them closed, in one file; tests copy it."""
    path = tmp_path_factory.mktemp("two_days") / "sessionlog.sqlite3"
    make(path, days=2, cases=4)
    return folded_up(path)


@pytest.fixture(scope="session")
def two_days_exported(two_days, tmp_path_factory):
    """Its export; tests copy it."""
    path = tmp_path_factory.mktemp("two_days_exported") / "log.jsonl"
    copy = shutil.copy(two_days, path.with_name("copy.sqlite3"))
    with SessionLog.open(copy) as log, path.open("wb") as file, Office(copy) as office:
        write_export(log, file, office.now)
    return path
