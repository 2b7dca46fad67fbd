"""One visit of a 個人番号カード to the reader: tries left, the PIN once, the readings, power off."""

from types import TracebackType

from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.detect import detect_other_kind
from kakanai.cardreader.errors import (
    CardRemovedError,
    CardStatusError,
    CommunicationError,
    NoServiceError,
    PinLockedError,
    PinRequiredError,
    PinStateUnknownError,
    ReaderGoneError,
    SessionClosedError,
    WrongPinError,
    unsupported_card,
)
from kakanai.cardreader.mynumber.input_support import InputSupportAp
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.readings import MyNumberCardReading, MyNumberReading

# After any of these the card may or may not have seen the last command.
_ANSWER_LOST = (CardRemovedError, CommunicationError, ReaderGoneError, NoServiceError)
_ATTEMPTS_AFTER_SUCCESS = 3  # observed: municipal pages; a success restores the full counter


def _select_or_refuse(connection: CardConnection, application: InputSupportAp) -> None:
    if not application.select():
        raise unsupported_card(detect_other_kind(connection))


class MyNumberCardSession:
    """A powered 個人番号カード with its 券面事項入力補助AP selected.

    `attempts_remaining` is the last counter the card told (0 = locked); `pin_state_known` is False after
    an answer to VERIFY was lost and the counter could not be read again. After CardRemovedError,
    CommunicationError, ReaderGoneError or NoServiceError the session is closed; after every other error it
    may be used further.
    """

    def __init__(self, connection: CardConnection, application: InputSupportAp, attempts: int) -> None:
        """Use `open`."""
        self._connection = connection
        self._application = application
        self._is_verified = False
        self._is_closed = False
        self.attempts_remaining = attempts
        self.pin_state_known = True

    @classmethod
    def open(cls, connection: CardConnection) -> "MyNumberCardSession":
        """A session, in two exchanges: SELECT, and the counter by an empty VERIFY; no try is used up.

        On any error the connection is disconnected.

        Raises:
            UnsupportedCardError: another kind of card; further SELECTs told which.
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        application = InputSupportAp(connection)
        try:
            _select_or_refuse(connection, application)
            return cls(connection, application, application.attempts_remaining())
        except BaseException:
            connection.disconnect()
            raise

    @property
    def reader_name(self) -> str:
        """The reader the card lies on."""
        return self._connection.reader_name

    @property
    def exchanges(self) -> int:
        """Commands sent since power-on."""
        return self._connection.exchanges

    def read(self, pin: Pin, *, with_my_number: bool) -> MyNumberCardReading:
        """基本4情報 and, only when asked for, 個人番号; VERIFY is sent exactly once, or not at all if locked.

        Raises:
            WrongPinError: wrong; enter it again for another call.
            PinLockedError: locked before (nothing was sent), or by this wrong try.
            PinStateUnknownError: the answer to VERIFY was lost; the counter was read again if the card
                still answered, else the session is closed.
            PinRequiredError: the card forgot the PIN at once (SW 6982).
            CardDataError: a file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        self._refuse_if_closed()
        if not self.pin_state_known:
            self.refresh_attempts()
        if self.attempts_remaining == 0:
            raise PinLockedError
        attempts_before = self.attempts_remaining
        self._verify_once(pin)
        try:
            basic_four = self._application.read_basic_four()
            my_number = self._application.read_my_number() if with_my_number else None
        except PinRequiredError:
            self._is_verified = False
            raise
        except _ANSWER_LOST:
            self.close()
            raise
        return MyNumberCardReading(basic_four, my_number, attempts_before, self.exchanges)

    def _verify_once(self, pin: Pin) -> None:
        self._is_verified = False
        self.pin_state_known = False
        try:
            self._application.verify(pin)
        except WrongPinError as error:
            self._know(error.attempts_remaining)
            raise
        except PinLockedError:
            self._know(0)
            raise
        except _ANSWER_LOST as error:
            raise PinStateUnknownError(self._attempts_after_lost_answer()) from error
        self._is_verified = True
        self._know(_ATTEMPTS_AFTER_SUCCESS)

    def _know(self, attempts: int) -> None:
        self.attempts_remaining = attempts
        self.pin_state_known = True

    def _attempts_after_lost_answer(self) -> int:
        """The counter read again once, or -1 and a closed session."""
        try:
            self._know(self._application.attempts_remaining())
        except (*_ANSWER_LOST, CardStatusError):
            self.close()
            return PinStateUnknownError().attempts_remaining
        return self.attempts_remaining

    def read_my_number(self) -> MyNumberReading:
        """個人番号 after a successful `read` in this session, without another VERIFY.

        Raises:
            PinRequiredError: no PIN was verified (nothing was sent), or the card forgot it (SW 6982).
            CardDataError: the file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        self._refuse_if_closed()
        if not self._is_verified:
            raise PinRequiredError
        try:
            return self._application.read_my_number()
        except _ANSWER_LOST:
            self.close()
            raise

    def refresh_attempts(self) -> int:
        """The counter, read again; uses up no try.

        Raises:
            CardRemovedError, CommunicationError: the session is closed.
            CardStatusError: the card tells no counter.
        """
        self._refuse_if_closed()
        try:
            self._know(self._application.attempts_remaining())
        except _ANSWER_LOST:
            self.close()
            raise
        return self.attempts_remaining

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise SessionClosedError

    def close(self) -> None:
        """Power the card off, so that it forgets the PIN; may be repeated, never raises."""
        if not self._is_closed:
            self._is_closed = True
            self._is_verified = False
            self._connection.disconnect()

    def __enter__(self) -> "MyNumberCardSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
