"""Which reader to use, decided the same way for the window and the command line."""

import re

from kakanai.cardreader.connection import Reader, ReaderSource
from kakanai.cardreader.errors import NoCardError, NoReaderError, ReaderNotFoundError, SeveralReadersError

# Slots that never hold a visitor's card: the security module in a reader, and Windows' own readers.
_PASSED_OVER = re.compile(r"\bSAM\b|Windows Hello", re.IGNORECASE)


def choose_reader(source: ReaderSource, name: str | None) -> Reader:
    """The reader called `name`, or without a name the only one a card lies on.

    A name must be told as `readers()` gives it; whether a card lies there is seen at `connect`.

    Raises:
        NoServiceError: PC/SC is not running.
        NoReaderError: none is attached.
        ReaderNotFoundError: none has that name.
        SeveralReadersError: cards lie on more than one reader.
        NoCardError: no card lies on any reader.
    """
    readers = source.readers()
    if name is not None:
        return _named(readers, name)
    candidates = [reader for reader in readers if not _is_passed_over(reader.name)]
    if not candidates:
        raise NoReaderError
    with_card = [reader for reader in candidates if reader.is_card_present()]
    if not with_card:
        raise NoCardError
    if len(with_card) > 1:
        raise SeveralReadersError([reader.name for reader in with_card])
    return with_card[0]


def _named(readers: list[Reader], name: str) -> Reader:
    for reader in readers:
        if reader.name == name:
            return reader
    if not readers:
        raise NoReaderError
    raise ReaderNotFoundError(name)


def _is_passed_over(name: str) -> bool:
    return _PASSED_OVER.search(name) is not None
