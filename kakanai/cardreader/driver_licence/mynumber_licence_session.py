"""One visit of a マイナ免許証 to the reader: is a PIN set, tries, the PIN once, the reading, power off."""

import contextlib
from collections.abc import Iterator
from types import TracebackType

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.driver_licence import licence
from kakanai.cardreader.driver_licence import mynumber_licence_files as files
from kakanai.cardreader.driver_licence.counted_key import ANSWER_LOST, CountedKey
from kakanai.cardreader.driver_licence.errors import NoMyNumberLicenceError
from kakanai.cardreader.driver_licence.mynumber_licence import MyNumberLicenceReading, parse_mynumber_licence
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.errors import (
    UNKNOWN_ATTEMPTS,
    PinRequiredError,
    PinStateUnknownError,
    SessionClosedError,
)
from kakanai.cardreader.kinds import CardKey, CardKind


class MyNumberLicenceSession:
    """A powered 個人番号カード with the police's application selected; selecting another ends the session.

    `needs_pin` is False where the holder set none: the card then opens the data by itself (given, through a
    digest), and this program presents nothing. A locked PIN is reset by the police 公安委員会, not by the
    municipality. After CardRemovedError, CommunicationError, ReaderGoneError or NoServiceError the session is
    closed; after every other error it may be used further.
    """

    kind = CardKind.MY_NUMBER

    def __init__(self, connection: CardConnection) -> None:
        """Use `open`."""
        self._connection = connection
        self._files = CardFiles(connection)
        self._pin = CountedKey(
            self._files, files.PIN_FILE, CardKey.MYNUMBER_LICENCE_PIN, files.GRANTED_ATTEMPTS
        )
        self._is_closed = False
        self.needs_pin = True

    @classmethod
    def open(cls, connection: CardConnection) -> "MyNumberLicenceSession":
        """A session, in three exchanges: SELECT, PIN設定, the counter; no try is used up.

        On any error the connection is disconnected.

        Raises:
            NoMyNumberLicenceError: the card has no マイナ免許証, or is another kind of card.
            CardDataError: PIN設定 says neither yes nor no.
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        session = cls(connection)
        try:
            session._start()
        except BaseException:
            connection.disconnect()
            raise
        return session

    def _start(self) -> None:
        if not self._files.select(files.MYNUMBER_LICENCE_AID):
            raise NoMyNumberLicenceError
        setting = self._files.read_object(files.PIN_SETTING_FILE, free=True)
        self.needs_pin = licence.parse_pin_setting(setting, files.PIN_SETTING_TAG, "WEF01")
        self._pin.refresh()

    @property
    def reader_name(self) -> str:
        """The reader the card lies on."""
        return self._connection.reader_name

    @property
    def exchanges(self) -> int:
        """Commands sent since power-on."""
        return self._connection.exchanges

    @property
    def attempts_remaining(self) -> int:
        """The last counter the card told, 0 for locked, -1 after an answer to VERIFY was lost."""
        return self._pin.attempts

    @property
    def pin_state_known(self) -> bool:
        """False after an answer to VERIFY was lost and the counter could not be read again."""
        return self._pin.attempts != UNKNOWN_ATTEMPTS

    def refresh_attempts(self) -> int:
        """The counter, read again; uses up no try.

        Raises:
            CardRemovedError, CommunicationError: the session is closed.
            CardStatusError: the card tells no counter.
        """
        self._refuse_if_closed()
        with self._closing_on_lost_answer():
            return self._pin.refresh()

    def read(self, pin: LicencePin | None) -> MyNumberLicenceReading:
        """What is held and until when; the PIN is presented exactly once, or not at all if locked.

        `pin` may be None where none is set, or after it was right in this session.

        Raises:
            WrongPinError: wrong; enter it again for another call.
            PinLockedError: locked before (nothing was sent), or by this wrong try.
            PinStateUnknownError: the answer to VERIFY was lost; the counter was read again if the card
                still answered, else the session is closed.
            PinRequiredError: the PIN is missing (nothing was sent), or the card wants one (SW 6982).
            CardDataError: the file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        self._refuse_if_closed()
        if pin is not None and pin.key is not self._pin.key:
            raise ValueError("a PIN for another key")
        if not self.pin_state_known:
            self.refresh_attempts()
        before = self._pin.attempts
        if self.needs_pin:
            self._present(pin)
        with self._closing_on_lost_answer():
            data = self._read_licence()
        return parse_mynumber_licence(data, attempts_before=before, exchanges=self.exchanges)

    def _present(self, pin: LicencePin | None) -> None:
        if pin is None:
            if not self._pin.is_verified:
                raise PinRequiredError(self._pin.key)
            return
        self._pin.refuse_if_locked()
        try:
            self._pin.present(pin.as_ascii())
        except PinStateUnknownError as error:
            if error.attempts_remaining == UNKNOWN_ATTEMPTS:
                self.close()
            raise

    def _read_licence(self) -> bytes:
        try:
            return self._files.read_bytes(files.LICENCE_FILE, size=files.LICENCE_BYTES)
        except PinRequiredError:
            self._pin.is_verified = False
            raise PinRequiredError(self._pin.key) from None

    @contextlib.contextmanager
    def _closing_on_lost_answer(self) -> Iterator[None]:
        try:
            yield
        except ANSWER_LOST:
            self.close()
            raise

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise SessionClosedError

    def close(self) -> None:
        """Power the card off, so that it forgets the PIN; may be repeated, never raises."""
        if not self._is_closed:
            self._is_closed = True
            self._pin.is_verified = False
            self._connection.disconnect()

    def __enter__(self) -> "MyNumberLicenceSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
