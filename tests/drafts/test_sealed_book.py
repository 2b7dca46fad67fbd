"""One small sealed file: read as it was written, by this account's key alone, and never in anybody's way."""

import pytest

from kakanai.drafts.draft_key import KeyChain, KeyPlace
from kakanai.drafts.errors import DraftKeyError
from kakanai.drafts.sealed_book import SealedBook
from tests.drafts.conftest import NoKeyring


@pytest.fixture
def files(tmp_path):
    return tmp_path / "book.sealed", tmp_path / "keys" / "book.key"


@pytest.fixture
def book(files):
    return SealedBook(*files, keyring=NoKeyring())


def test_it_is_read_as_it_was_written_and_looks_like_nothing(book, files):
    assert book.read() is None
    assert not files[1].exists()  # looking makes no key
    assert book.write(b"the words")
    assert SealedBook(*files, keyring=NoKeyring()).read() == b"the words"
    assert b"the words" not in files[0].read_bytes()
    assert book.report().place is KeyPlace.FILE


@pytest.mark.parametrize("is_cleared", [False, True])
def test_after_a_new_key_no_copy_from_before_opens(book, files, is_cleared):
    book.write(b"the first words")
    copy = files[0].read_bytes()
    if is_cleared:
        book.clear()
        assert not files[0].exists()
    else:
        assert book.write(b"other words", is_rekeyed=True)
        assert book.read() == b"other words"
    files[0].write_bytes(copy)
    assert book.read() is None


def test_what_cannot_be_written_is_said(book, files):
    files[0].mkdir()
    assert not book.write(b"the words")
    assert book.read() is None


def test_where_no_other_key_can_be_kept_it_is_cleared_all_the_same(book, files, monkeypatch):
    def full(_chain):
        raise DraftKeyError(file="book.key", reason="ENOSPC")

    book.write(b"the words")
    monkeypatch.setattr(KeyChain, "renew", full)
    assert not book.write(b"other words", is_rekeyed=True)
    assert book.read() == b"the words"
    book.clear()
    assert not files[0].exists()
