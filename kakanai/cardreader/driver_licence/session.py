"""One visit of a 運転免許証 to the reader: is a PIN set, tries, the PINs once, the reading, power off."""

import contextlib
from collections.abc import Iterator
from types import TracebackType

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.detect import detect_card_kind
from kakanai.cardreader.driver_licence import files
from kakanai.cardreader.driver_licence.changes import ChangeEntry, ChangeKind, newest
from kakanai.cardreader.driver_licence.counted_key import ANSWER_LOST, CountedKey
from kakanai.cardreader.driver_licence.jisx0208 import gaiji_numbers
from kakanai.cardreader.driver_licence.licence_files import LicenceFiles
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.readings import LicenceAttempts, LicenceReading, LicenceSignature
from kakanai.cardreader.errors import (
    UNKNOWN_ATTEMPTS,
    PinRequiredError,
    PinStateUnknownError,
    SessionClosedError,
    unsupported_card,
)
from kakanai.cardreader.kinds import CardKey, CardKind


class DriverLicenceSession:
    """A powered 運転免許証. No PIN is presented but by `read`, and there only what the clerk gave.

    The one exception is the card's own rule: where its EF02 says that the holder set no PIN, it wants "****"
    in place of both (given: the specification; observed in the Java reader). It must say so twice. After
    CardRemovedError, CommunicationError, ReaderGoneError or NoServiceError the session is closed; after every
    other error it may be used further.
    """

    kind = CardKind.DRIVER_LICENCE

    def __init__(self, connection: CardConnection) -> None:
        """Use `open`."""
        card_files = CardFiles(connection)
        self._connection = connection
        self._files = LicenceFiles(card_files)
        self._pin1 = CountedKey(card_files, files.PIN1_FILE, CardKey.LICENCE_PIN1, files.GRANTED_ATTEMPTS)
        self._pin2 = CountedKey(card_files, files.PIN2_FILE, CardKey.LICENCE_PIN2, files.GRANTED_ATTEMPTS)
        self._is_closed = False
        self.needs_pins = True

    @classmethod
    def open(cls, connection: CardConnection, *, is_recognised: bool = False) -> "DriverLicenceSession":
        """A session, in five exchanges: SELECT DF1 and MF, PIN設定, two counters; no try is used up.

        With `is_recognised`, DF1 was selected before on this connection and is not asked for again. On any
        error the connection is disconnected.

        Raises:
            UnsupportedCardError: another kind of card; further SELECTs told which.
            LicenceBlockedError: the card is blocked as a whole.
            CardDataError: PIN設定 says neither yes nor no.
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        session = cls(connection)
        try:
            session._start(is_recognised=is_recognised)
        except BaseException:
            connection.disconnect()
            raise
        return session

    def _start(self, *, is_recognised: bool) -> None:
        if not is_recognised and not self._files.select_matters():
            raise unsupported_card(detect_card_kind(self._connection))
        self.needs_pins = self._files.is_pin_set()
        self._ask_counters()

    @property
    def reader_name(self) -> str:
        """The reader the card lies on."""
        return self._connection.reader_name

    @property
    def exchanges(self) -> int:
        """Commands sent since power-on."""
        return self._connection.exchanges

    @property
    def attempts(self) -> LicenceAttempts:
        """The last counters the card told."""
        return LicenceAttempts(self._pin1.attempts, self._pin2.attempts)

    @property
    def pin_state_known(self) -> bool:
        """False after an answer to VERIFY was lost and the counter could not be read again."""
        return UNKNOWN_ATTEMPTS not in (self._pin1.attempts, self._pin2.attempts)

    def refresh_attempts(self) -> LicenceAttempts:
        """The counters, read again; uses up no try.

        Raises:
            CardRemovedError, CommunicationError: the session is closed.
            CardStatusError: the card tells no counter.
        """
        self._refuse_if_closed()
        with self._closing_on_lost_answer():
            self._ask_counters()
        return self.attempts

    def _ask_counters(self) -> None:
        self._files.select_master_file()
        self._pin1.refresh()
        self._pin2.refresh()

    def read(self, pin1: LicencePin | None, pin2: LicencePin | None = None) -> LicenceReading:
        """記載事項 with all changes applied; 本籍 and photo too once 暗証番号2 was presented in this session.

        Each PIN given is presented exactly once, 暗証番号2 only after 暗証番号1 was right, and neither when
        one of them is locked. `pin1` may be None after it was right in this session, for instance to go on
        without a wrong 暗証番号2. Where the holder set no PIN (`needs_pins` is False), what is given is not
        used.

        Raises:
            WrongPinError, PinLockedError: their `key` says which; enter it again for another call.
            PinStateUnknownError: the answer to VERIFY was lost; the counter was read again if the card
                still answered, else the session is closed.
            PinRequiredError: 暗証番号1 is missing (nothing was sent), or the card forgot a PIN (SW 6982).
            CardDataError: a file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        self._refuse_if_closed()
        if not self.pin_state_known:
            self.refresh_attempts()
        wanted = self._wanted(pin1, pin2)
        for key, _ in wanted:
            key.refuse_if_locked()
        before = self.attempts
        with self._closing_on_lost_answer():
            if wanted and not self.needs_pins:
                self._confirm_no_pin()
            self._present(wanted)
            return self._read(before)

    def _wanted(self, pin1: LicencePin | None, pin2: LicencePin | None) -> list[tuple[CountedKey, bytes]]:
        """What to present, in this order."""
        if not self.needs_pins:
            keys = [self._pin1] if self._pin2.attempts == 0 else [self._pin1, self._pin2]
            return [(key, files.NO_PIN_VALUE) for key in keys if not key.is_verified]
        if pin1 is None and not self._pin1.is_verified:
            raise PinRequiredError(self._pin1.key)
        given = ((self._pin1, pin1), (self._pin2, pin2))
        for key, pin in given:
            if pin is not None and pin.key is not key.key:
                raise ValueError("a PIN for another key")
        return [(key, pin.as_ascii()) for key, pin in given if pin is not None]

    def _confirm_no_pin(self) -> None:
        """Asks for PIN設定 again: one answer garbled on its way would cost a try that nobody asked for."""
        self.needs_pins = self._files.is_pin_set()
        if self.needs_pins:
            raise PinRequiredError(self._pin1.key)

    def _present(self, wanted: list[tuple[CountedKey, bytes]]) -> None:
        if not wanted:
            return
        self._files.select_master_file()
        for key, value in wanted:
            try:
                key.present(value)
            except PinStateUnknownError as error:
                self._forget()
                if error.attempts_remaining == UNKNOWN_ATTEMPTS:
                    self.close()
                raise

    def _read(self, before: LicenceAttempts) -> LicenceReading:
        with self._opened_by(self._pin1):
            face = self._files.face()
            entries = self._files.changes()
        domicile: str | None = None
        if self._pin2.is_verified:
            with self._opened_by(self._pin2):
                domicile = self._files.domicile()
                entries += self._files.domicile_changes()
        texts = (face.name, face.kana, face.common_name, face.address, domicile or "")
        with self._opened_by(self._pin1):
            gaiji = self._files.gaiji(gaiji_numbers(*texts, *(entry.raw_text for entry in entries)))
        photo: bytes | None = None
        if self._pin2.is_verified:
            with self._opened_by(self._pin2):
                photo = self._files.photo()
        return LicenceReading(
            face=face,
            changes=entries,
            name=_now(entries, ChangeKind.NAME, face.name),
            kana=_now(entries, ChangeKind.KANA, face.kana),
            address=_now(entries, ChangeKind.ADDRESS, face.address),
            committee=_now(entries, ChangeKind.COMMITTEE, face.committee),
            registered_domicile=_now(entries, ChangeKind.DOMICILE, domicile or "") or None,
            domicile_on_face=domicile or None,
            photo=photo,
            gaiji=gaiji,
            attempts_before=before,
            exchanges=self.exchanges,
        )

    def read_signature(self) -> LicenceSignature:
        """電子署名, which cannot be verified here, after a successful `read` in this session.

        Raises:
            PinRequiredError: no PIN was verified (nothing was sent), or the card forgot it (SW 6982).
            CardDataError: the file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        self._refuse_if_closed()
        if not self._pin1.is_verified:
            raise PinRequiredError(self._pin1.key)
        with self._closing_on_lost_answer(), self._opened_by(self._pin1):
            return self._files.signature()

    @contextlib.contextmanager
    def _opened_by(self, key: CountedKey) -> Iterator[None]:
        """Names the key that is missing for a file, and believes no longer that any is verified."""
        try:
            yield
        except PinRequiredError:
            self._forget()
            raise PinRequiredError(key.key) from None

    @contextlib.contextmanager
    def _closing_on_lost_answer(self) -> Iterator[None]:
        try:
            yield
        except ANSWER_LOST:
            self.close()
            raise

    def _forget(self) -> None:
        self._files.forget_selection()
        self._pin1.is_verified = self._pin2.is_verified = False

    def _refuse_if_closed(self) -> None:
        if self._is_closed:
            raise SessionClosedError

    def close(self) -> None:
        """Power the card off, so that it forgets the PINs; may be repeated, never raises."""
        if not self._is_closed:
            self._is_closed = True
            self._forget()
            self._connection.disconnect()

    def __enter__(self) -> "DriverLicenceSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def _now(entries: tuple[ChangeEntry, ...], kind: ChangeKind, on_face: str) -> str:
    entry = newest(entries, kind)
    return on_face if entry is None else entry.text
