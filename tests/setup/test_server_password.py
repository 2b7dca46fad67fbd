"""The server's password, typed in the set-up: tried there, kept in the keyring, in no file of ours."""

import dataclasses
import datetime as dt
from functools import partial

import pytest

from kakanai.app.log_place import open_log
from kakanai.sessionlog.entry import UNREGISTERED
from kakanai.sessionlog.errors import LogAccessRefusedError
from kakanai.sessionlog.upkeep_errors import DatabasePasswordUnaskedError, KeyringLackingError
from kakanai.settings import Paths, load_town
from kakanai.setup.carrying import export_setup, import_setup, open_setup
from kakanai.setup.first_run import FirstRun
from tests.drafts.conftest import MemoryKeyring
from tests.postgres import PrivatePostgres, why_not
from tests.setup.test_first_run import ANSWERS

SECRET = "himitsu no basho"
PHRASE = "awseigo-no-machi"
NOON = dt.datetime(2026, 11, 21, 3, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def servers():
    """Addresses of two databases of a server that asks for a password, and one of a server that does not."""
    if reason := why_not():
        pytest.skip(reason)
    with PrivatePostgres() as server:
        addresses = [server.new_database() for _ in range(2)]
        server.require_password(SECRET)
        yield [f"{url.place}?user={dict(url.options)['user']}" for url in addresses]


@pytest.fixture(autouse=True)
def keyring(monkeypatch):
    backend = MemoryKeyring()
    monkeypatch.setattr("kakanai.drafts.keyring_entry.real_backend", lambda: backend)
    return backend


@pytest.fixture
def paths(tmp_path):
    paths = Paths(tmp_path / "home")
    paths.ensure_home()
    return paths


def now():
    return NOON


def first_run(paths):
    return FirstRun(paths, now, partial(open_log, paths))


def answers(database, password):
    return dataclasses.replace(ANSWERS, database=database, server_password=password, administrator="")


def names_in_log(paths):
    with open_log(paths, load_town(paths)) as log:
        return [link.to_entry().names for link in log.links()]


def everything_in(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_password_opens_the_server_and_is_kept(paths, servers, keyring):
    run = first_run(paths)
    for wrong in ("", "chigau"):
        with pytest.raises(LogAccessRefusedError):
            run.save(answers(servers[0], wrong))
    assert run.try_database(answers(servers[0], SECRET)).startswith("postgresql://")
    assert keyring.kept == {}  # to try is not to keep
    keyring.broken = RuntimeError("no keyring")
    with pytest.raises(KeyringLackingError):
        run.save(answers(servers[0], SECRET))
    keyring.broken = None
    assert not paths.town_file.exists()
    run.save(answers(servers[0], SECRET))
    assert list(keyring.kept.values()) == [SECRET]
    assert "log.password" in names_in_log(paths)[0]  # opened by what the keyring holds
    assert SECRET.encode() not in everything_in(paths.home)
    assert SECRET not in repr(answers(servers[0], SECRET))


def test_a_password_nobody_asked_for_is_not_kept(paths, postgres, keyring):
    url = postgres.new_database()
    address = f"{url.place}?user={dict(url.options)['user']}"
    with pytest.raises(DatabasePasswordUnaskedError):
        first_run(paths).save(answers(address, SECRET))
    assert keyring.kept == {}
    assert not paths.town_file.exists()


def test_the_next_pc_is_told_the_password_again(paths, servers, keyring, tmp_path):
    first_run(paths).save(answers(servers[1], SECRET))
    file, log_of = tmp_path / "town.kks", partial(open_log, paths)
    export_setup(paths, file, PHRASE, who=UNREGISTERED, now=now, open_log=log_of)
    assert names_in_log(paths)[-1] == ("setup.exported",)
    carried, _ = open_setup(file, PHRASE)
    assert servers[1] in carried.town
    assert SECRET not in carried.town
    keyring.kept.clear()  # another PC, another account
    second = Paths(tmp_path / "second")
    arrive = partial(
        import_setup, second, file, PHRASE, who=UNREGISTERED, now=now, open_log=partial(open_log, second)
    )
    with pytest.raises(LogAccessRefusedError):
        arrive()
    assert not second.town_file.exists()
    arrive(server_password=SECRET)
    assert list(keyring.kept.values()) == [SECRET]
    assert {"setup.imported", "log.password"} <= set(names_in_log(second)[-1])
