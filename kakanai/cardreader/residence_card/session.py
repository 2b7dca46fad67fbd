"""One visit of a 在留カード or 特別永住者証明書 to the reader: type, card number, readings, power off."""

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Final

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.errors import (
    CardDataError,
    CardRemovedError,
    CardStatusError,
    CommunicationError,
    NoServiceError,
    PinRequiredError,
    ReaderGoneError,
    SessionClosedError,
    UnsupportedCardError,
)
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.residence_card import files
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.errors import ResidenceCardTypeError, SpecifiedResidenceCardError
from kakanai.cardreader.residence_card.files import CardType, ElementaryFile
from kakanai.cardreader.residence_card.mutual_authentication import authenticate
from kakanai.cardreader.residence_card.objects import parse_objects
from kakanai.cardreader.residence_card.protected_files import ProtectedFiles
from kakanai.cardreader.residence_card.readings import ResidenceCardReading, reading_of
from kakanai.cardreader.residence_card.secure_messaging import cipher_of
from kakanai.cardreader.residence_card.values import FileValues
from kakanai.cardreader.status_words import NOT_THIS_CARD, StatusWord

_ANSWER_LOST = (CardRemovedError, CommunicationError, ReaderGoneError, NoServiceError)
_SELECT_MASTER_FILE: Final = CommandApdu(0x00, 0xA4, 0x00, 0x00, bytes.fromhex("3F00"))

# By DF: its id, the files read enciphered, the files read in plain. First and second generation differ.
_Plan = tuple[tuple[bytes, tuple[ElementaryFile, ...], tuple[ElementaryFile, ...]], ...]


def _plan(card_type: CardType) -> _Plan:
    """All files of that type but the one with the card number, which the clerk has typed."""
    signature = (files.DF3_AID, (), (files.SIGNATURE_FILE,))
    if card_type.generation == 1:
        permits = (files.COMPREHENSIVE_PERMIT_FILE, files.INDIVIDUAL_PERMIT_FILE, files.RENEWAL_FILE)
        back = (files.ADDRESS_FILE, *(() if card_type.is_special_permanent else permits))
        return (
            (files.DF1_AID, (files.CARD_FACE_FILE, files.PHOTO_FILE), ()),
            (files.DF2_AID, (), back),
            signature,
        )
    images = (files.NAME_AND_PHOTO_FILE, files.ADDRESS_IMAGE_FILE)
    if card_type.is_special_permanent:
        front = (files.SPECIAL_ENTRIES_FILE, *images)
        return (files.DF1_AID, front, ()), (files.DF2_AID, (), (files.SPECIAL_OTHER_FILE,)), signature
    others = (files.PERMITS_FILE, files.RENEWAL_2_FILE, files.OTHER_FILE)
    return (files.DF1_AID, (files.ENTRIES_FILE, *images), ()), (files.DF2_AID, (), others), signature


class ResidenceCardSession:
    """A powered 在留カード or 特別永住者証明書 whose type and specification are known.

    After CardRemovedError, CommunicationError, ReaderGoneError or NoServiceError the session is closed; after
    every other error it may be used further. No key of this card has a counter.
    """

    kind: Final = CardKind.RESIDENCE_CARD

    def __init__(self, card_files: CardFiles, card_type: CardType, specification: str) -> None:
        """Use `open`."""
        self._files = card_files
        self._connection = card_files.connection
        self._card_type = card_type
        self._is_master_file_selected = True
        self._is_closed = False
        self.specification = specification

    @classmethod
    def open(cls, connection: CardConnection) -> "ResidenceCardSession":
        """A session, in three exchanges: SELECT, type and version; nothing is verified.

        On any error the connection is disconnected.

        Raises:
            SpecifiedResidenceCardError: to be read as 個人番号カード.
            ResidenceCardTypeError: another type that is not known.
            UnsupportedCardError: not such a card.
            CardDataError: type or version is not what it should be.
            CardRemovedError, CommunicationError: as the connection does.
        """
        card_files = CardFiles(connection)
        try:
            if connection.transmit(_SELECT_MASTER_FILE).sw != StatusWord.OK:
                raise UnsupportedCardError  # noqa: TRY301  # one place disconnects
            card_type = _read_type(card_files)
            version = _free_values(card_files, "MF/EF01", files.VERSION_FILE).code(files.VERSION_TAG)
            return cls(card_files, card_type, version or "")
        except BaseException:
            connection.disconnect()
            raise

    @property
    def generation(self) -> int:
        """世代, 1 or 2."""
        return self._card_type.generation

    @property
    def is_special_permanent(self) -> bool:
        """Whether it is a 特別永住者証明書."""
        return self._card_type.is_special_permanent

    @property
    def reader_name(self) -> str:
        """The reader the card lies on."""
        return self._connection.reader_name

    @property
    def exchanges(self) -> int:
        """Commands sent since power-on."""
        return self._connection.exchanges

    def read(self, number: CardNumber) -> ResidenceCardReading:
        """Everything on the card, after its number opened it.

        Raises:
            WrongCardNumberError: not this card's number; enter it again for another call, there is no limit.
            PinRequiredError: the card forgot the number at once (SW 6982).
            CardDataError: the card's proof or a file is not what it should be.
            CardStatusError: any other refusal.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        if self._is_closed:
            raise SessionClosedError
        try:
            cipher = cipher_of(self.generation)
            self._select_master_file()
            key = authenticate(self._connection, cipher, number)
            contents = dict(self._contents(ProtectedFiles(self._connection, cipher, key)))
        except PinRequiredError as error:
            raise PinRequiredError(CardKey.CARD_NUMBER) from error
        except _ANSWER_LOST:
            self.close()
            raise
        return reading_of(self._card_type, self.specification, contents, self.exchanges)

    def _select_master_file(self) -> None:
        """VERIFY names a key of the master file, so it must not be sent from a DF read before."""
        if self._is_master_file_selected:
            return
        sw = self._connection.transmit(_SELECT_MASTER_FILE).sw
        if sw != StatusWord.OK:
            raise CardStatusError(command="SELECT", sw=sw)
        self._is_master_file_selected = True

    def _contents(self, protected: ProtectedFiles) -> Iterator[tuple[ElementaryFile, bytes]]:
        for aid, enciphered, plain in _plan(self._card_type):
            self._is_master_file_selected = False
            if not self._files.select(aid):
                raise CardStatusError(command="SELECT", sw=StatusWord.FILE_NOT_FOUND)
            for file in enciphered:
                yield file, _unless_missing(protected.read, file)
            for file in plain:
                yield file, _unless_missing(self._read_plain, file)

    def _read_plain(self, file: ElementaryFile) -> bytes:
        return self._files.read_bytes(file.short_id)

    def close(self) -> None:
        """Power the card off, so that it forgets the number; may be repeated, never raises."""
        if not self._is_closed:
            self._is_closed = True
            self._connection.disconnect()

    def __enter__(self) -> "ResidenceCardSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _unless_missing(read: Callable[[ElementaryFile], bytes], file: ElementaryFile) -> bytes:
    """What `read` says, nothing where the card has no such file: what every card bears is missed later."""
    try:
        return read(file)
    except CardStatusError as error:
        if error.sw != StatusWord.FILE_NOT_FOUND:
            raise
        return b""


def _read_type(card_files: CardFiles) -> CardType:
    try:
        values = _free_values(card_files, "MF/EF02", files.TYPE_FILE).values
    except CardStatusError as error:
        if error.sw in NOT_THIS_CARD:
            raise UnsupportedCardError from error
        raise
    told = values.get(files.TYPE_TAG)
    if told is None:
        raise CardDataError(file="MF/EF02", reason="no-C1")
    if told in files.SPECIFIED_CARD_TYPES:
        raise SpecifiedResidenceCardError
    if told not in files.CARD_TYPES:
        raise ResidenceCardTypeError(told)
    return files.CARD_TYPES[told]


def _free_values(card_files: CardFiles, name: str, short_id: int) -> FileValues:
    return FileValues(name, parse_objects(card_files.read_object(short_id, free=True), name))
