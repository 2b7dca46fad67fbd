"""The password of the log's server in the keyring: one for each user and place, and gone when told so."""

import pytest

from kakanai.drafts.database_password import DatabasePassword
from kakanai.settings.database_url import DatabaseUrl
from tests.drafts.conftest import MemoryKeyring

HALL = DatabaseUrl("db.example", "kakanai", None, (("user", "kakanai"),))
OTHER = DatabaseUrl("db.example", "kakanai", None, (("user", "reader"),))
SECRET = "himitsu no basho"


@pytest.fixture
def backend():
    return MemoryKeyring()


def test_it_is_kept_read_and_forgotten(backend):
    kept = DatabasePassword(HALL, backend)
    assert kept.read() is None
    assert kept.write(SECRET)
    assert DatabasePassword(HALL, backend).read() == SECRET
    assert DatabasePassword(OTHER, backend).read() is None
    assert SECRET not in f"{kept!r} {vars(kept)}"
    assert kept.forget()
    assert kept.forget()  # that there is none is no failure
    assert backend.kept == {}


def test_a_keyring_that_fails_keeps_nothing_and_says_so(backend):
    kept = DatabasePassword(HALL, backend)
    assert kept.write(SECRET)
    backend.broken = RuntimeError("locked")
    assert kept.read() is None
    assert kept.state.reason == "RuntimeError"
    assert not kept.write("another")
    assert not kept.forget()
