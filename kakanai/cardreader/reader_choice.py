"""Which reader to use, decided the same way for the window and the command line."""

from typing import Protocol, runtime_checkable

from kakanai.cardreader.connection import Reader, ReaderSource
from kakanai.cardreader.errors import NoCardError, NoReaderError, ReaderNotFoundError, SeveralReadersError
from kakanai.cardreader.reader_names import ReaderKind, reader_identity, reader_kind


@runtime_checkable
class RemembersReader(Protocol):
    """A ReaderSource that knows which reader people chose here before."""

    @property
    def preferred(self) -> str | None:
        """The identity of the chosen reader (see reader_identity), None when nobody ever chose."""

    def prefer(self, name: str) -> None:
        """Remember the reader of this name as the chosen one, beyond the end of the program."""


def choose_reader(source: ReaderSource, name: str | None) -> Reader:
    """The reader called `name`; without a name the one chosen before, else the one a card lies on.

    A name is told as `readers()` gives it, or without its trailing numbers; whether a card lies there is
    seen at `connect`. While the reader chosen before is attached no other is looked at: the card on another
    may be the clerk's own. Of several readers with cards the only contactless one is taken. Readers that
    never hold a visitor's card are used only when named or chosen.

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
    candidates = _preferred(source, readers) or [reader for reader in readers if not _is_ignored(reader)]
    if not candidates:
        raise NoReaderError
    with_card = [reader for reader in candidates if reader.is_card_present()]
    if not with_card:
        raise NoCardError
    return _only(_without_simulated(with_card))


def _preferred(source: ReaderSource, readers: list[Reader]) -> list[Reader]:
    preferred = source.preferred if isinstance(source, RemembersReader) else None
    return [reader for reader in readers if reader_identity(reader.name) == preferred]


def _named(readers: list[Reader], name: str) -> Reader:
    for reader in readers:
        if reader.name == name:
            return reader
    alike = [reader for reader in readers if reader_identity(reader.name) == name]
    with_card = [reader for reader in alike if reader.is_card_present()]
    if with_card:
        return _only(with_card)
    if alike:
        return alike[0]
    if not readers:
        raise NoReaderError
    raise ReaderNotFoundError(name)


def _only(with_card: list[Reader]) -> Reader:
    if len(with_card) == 1:
        return with_card[0]
    contactless = [reader for reader in with_card if reader_kind(reader.name) is ReaderKind.CONTACTLESS]
    if len(contactless) == 1:
        return contactless[0]
    raise SeveralReadersError([reader.name for reader in with_card])


def _without_simulated(with_card: list[Reader]) -> list[Reader]:
    """The real ones, if any: a specimen left on the virtual reader must not stand in a visitor's way."""
    real = [reader for reader in with_card if reader_kind(reader.name) is not ReaderKind.SIMULATED]
    return real or with_card


def _is_ignored(reader: Reader) -> bool:
    return reader_kind(reader.name) is ReaderKind.IGNORED
