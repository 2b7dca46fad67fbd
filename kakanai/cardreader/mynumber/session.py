"""One visit of a 個人番号カード to the reader: tries left, a key once, the readings, power off."""

import dataclasses
import datetime as dt
from types import TracebackType
from typing import Final

from kakanai.cardreader.card_files import CardFiles
from kakanai.cardreader.commands import select_application
from kakanai.cardreader.connection import CardConnection
from kakanai.cardreader.detect import detect_other_kind
from kakanai.cardreader.errors import PinLockedError, PinRequiredError, WrongPinError, unsupported_card
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.common_card import CommonReading, read_card_data
from kakanai.cardreader.mynumber.errors import CollationDisagreesError, SurfaceMissingError
from kakanai.cardreader.mynumber.files import COMMON_CARD_AID, INPUT_SUPPORT_AID, SURFACE_CHECK_AID
from kakanai.cardreader.mynumber.input_support import InputSupportAp
from kakanai.cardreader.mynumber.jpki_visit import JpkiVisit
from kakanai.cardreader.mynumber.key_tries import KeyTries
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.proof import CardProof
from kakanai.cardreader.mynumber.readings import (
    MyNumberCardReading,
    MyNumberReading,
    parse_basic_four,
    parse_my_number,
)
from kakanai.cardreader.mynumber.surface_check import SurfaceCheckAp
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading, parse_surface
from kakanai.cardreader.mynumber.visit import CardVisit


def _select_or_refuse(connection: CardConnection) -> None:
    if not select_application(connection, INPUT_SUPPORT_AID):
        raise unsupported_card(detect_other_kind(connection))


class MyNumberCardSession:
    """A powered 個人番号カード.

    After CardRemovedError, CommunicationError, ReaderGoneError or NoServiceError, and after
    PinStateUnknownError with -1 tries, the session is closed; after every other error it may be used
    further. `jpki` is what 公的個人認証AP does.
    """

    kind: Final = CardKind.MY_NUMBER

    def __init__(self, files: CardFiles) -> None:
        """Use `open` or `of_selected`."""
        self._connection = files.connection
        self._visit = CardVisit(files, INPUT_SUPPORT_AID)
        self._text = InputSupportAp(files)
        self._surface = SurfaceCheckAp(files)
        self._common: CommonReading | None = None
        self.jpki = JpkiVisit(self._visit)

    @classmethod
    def open(cls, connection: CardConnection) -> "MyNumberCardSession":
        """A session, in two exchanges: SELECT, and the counter by an empty VERIFY; no try is used up.

        On any error the connection is disconnected.

        Raises:
            UnsupportedCardError: another kind of card; further SELECTs told which.
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        try:
            _select_or_refuse(connection)
        except BaseException:
            connection.disconnect()
            raise
        return cls.of_selected(connection)

    @classmethod
    def of_selected(cls, connection: CardConnection) -> "MyNumberCardSession":
        """The same with a card whose 券面事項入力補助AP has just been selected, in one exchange.

        Raises:
            CardStatusError: the card tells no counter.
            CardRemovedError, CommunicationError: as the connection does.
        """
        session = cls(CardFiles(connection))
        try:
            session._text.pin.ask()
        except BaseException:
            session.close()
            raise
        return session

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
        """Tries of 券面事項入力補助用暗証番号 as last told; 0 for locked, or for a card without it."""
        return self._text.pin.attempts

    @property
    def pin_state_known(self) -> bool:
        """False after a VERIFY with no certain outcome; then the counter is asked before the next."""
        return self._text.pin.is_known

    def refresh_attempts(self) -> int:
        """The counter of 券面事項入力補助用暗証番号, read again; uses up no try.

        Raises:
            CardRemovedError, CommunicationError: the session is closed.
            CardStatusError: the card tells no counter.
        """
        with self._visit.exchanging():
            self._visit.select_or_fail(INPUT_SUPPORT_AID)
            return self._text.pin.ask()

    def collation_b_attempts(self, *, surface: bool = False) -> int:
        """Tries left of 照合番号B, read now; uses up none; 0 for locked.

        Those of 券面事項入力補助AP, where `read_by_collation_b` presents a number first; with `surface`
        those of 券面事項確認AP, for `read_surface`.

        Raises:
            SurfaceMissingError: no 券面事項確認AP.
            CardRemovedError, CommunicationError: the session is closed.
            CardStatusError: the card tells no counter.
        """
        with self._visit.exchanging():
            if surface:
                self._select_surface()
                return self._surface.collation_b.ask()
            self._visit.select_or_fail(INPUT_SUPPORT_AID)
            return self._text.collation_b.ask()

    def read_common(self) -> CommonReading | None:
        """Town and expiry, which no key protects; None where the card has none. Later readings carry it.

        Best asked before a key is presented: the card forgets keys meanwhile.

        Raises:
            CardDataError: the record is not what it should be.
            CardRemovedError, CommunicationError: the session is closed.
        """
        with self._visit.exchanging():
            has_it = self._visit.select(COMMON_CARD_AID)
            self._common = read_card_data(self._visit.files) if has_it else None
        return self._common

    def read(self, pin: Pin, *, with_my_number: bool, verify: bool = False) -> MyNumberCardReading:
        """基本4情報 and, only when asked for, 個人番号; VERIFY is sent exactly once, or not at all if locked.

        `verify` collects the proof too, in six exchanges or more.

        Raises:
            WrongPinError: wrong; enter it again for another call.
            PinLockedError: locked before (nothing was sent), or by this wrong try.
            PinStateUnknownError: the answer to VERIFY was lost; the counter was read again if the card
                still answered, else the session is closed.
            PinRequiredError: the card forgot the PIN at once (SW 6982).
            CardDataError: a file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        with self._visit.exchanging():
            return self._read_text(self._text.pin, pin.as_ascii(), with_my_number, verify)

    def read_my_number(self) -> MyNumberReading:
        """個人番号 after a successful `read` in this session, without another VERIFY.

        Raises:
            PinRequiredError: no PIN was verified, or the card was used otherwise since (nothing was sent);
                or the card forgot it (SW 6982).
            CardDataError: the file is not what it should be.
            CardRemovedError, CommunicationError: the session is closed, nothing is kept.
        """
        with self._visit.exchanging():
            if not self._visit.has_verified(CardKey.TEXT_PIN):
                raise PinRequiredError
            return parse_my_number(self._text.read_my_number())

    def read_by_collation_b(
        self,
        number: CollationNumberB,
        *,
        verify: bool = False,
        with_surface: bool = True,
        today: dt.date | None = None,
    ) -> MyNumberCardReading:
        """基本4情報 and the card's face, without a PIN; exactly one VERIFY in each of the two AP.

        券面事項確認AP is asked only after 券面事項入力補助AP took the number; where it is locked or missing,
        `surface` is None and `surface_error` says so. `today` is for the check of plausibility.

        Raises:
            CollationFormatError: no card can bear the number; nothing was sent.
            WrongPinError, PinLockedError: with key COLLATION_B, as `read`.
            PinStateUnknownError: as `read`; its key says in which AP.
            CollationDisagreesError: the second AP did not take what the first took.
            PinRequiredError, CardDataError, CardRemovedError, CommunicationError: as `read`.
        """
        number.refuse_if_implausible(today)
        with self._visit.exchanging():
            reading = self._read_text(self._text.collation_b, number.as_ascii(), False, verify)
            if with_surface:
                reading = self._add_surface(reading, number, verify)
        return dataclasses.replace(reading, exchanges=self.exchanges)

    def read_surface(
        self, number: CollationNumberB, *, verify: bool = False, today: dt.date | None = None
    ) -> SurfaceReading:
        """The card's face alone, for `MyNumberCardReading.with_surface`; the card then forgets the PIN.

        Raises:
            CollationFormatError: no card can bear the number; nothing was sent.
            SurfaceMissingError: the card has no 券面事項確認AP.
            WrongPinError, PinLockedError, PinStateUnknownError: with key SURFACE_COLLATION_B, as `read`.
            PinRequiredError, CardDataError, CardRemovedError, CommunicationError: as `read`.
        """
        number.refuse_if_implausible(today)
        with self._visit.exchanging():
            self._select_surface()
            self._surface.collation_b.before_try()
            return self._read_surface(number, verify)

    def _read_text(
        self, tries: KeyTries, value: bytes, with_my_number: bool, verify: bool
    ) -> MyNumberCardReading:
        self._visit.select_or_fail(INPUT_SUPPORT_AID)
        attempts_before = tries.before_try()
        certificate = self._text.read_certificate() if verify else None
        self._visit.present(tries, value)
        basic_four_file = self._text.read_basic_four(tries.key)
        basic_four = parse_basic_four(basic_four_file)
        my_number = parse_my_number(self._text.read_my_number()) if with_my_number else None
        proof = None
        if verify:
            number_file = my_number.file if my_number else None
            proof = CardProof(self._text.read_proof(certificate, basic_four_file, number_file, tries.key))
        return MyNumberCardReading(
            basic_four,
            my_number,
            attempts_before,
            self.exchanges,
            opened_by=tries.key,
            common=self._common,
            proof=proof,
        )

    def _add_surface(
        self, reading: MyNumberCardReading, number: CollationNumberB, verify: bool
    ) -> MyNumberCardReading:
        tries = self._surface.collation_b
        try:
            self._select_surface()
            if tries.is_known:
                tries.before_try()
            return reading.with_surface(self._read_surface(number, verify))
        except SurfaceMissingError:
            return dataclasses.replace(reading, surface_error=SurfaceMissingError())
        except PinLockedError:
            return dataclasses.replace(reading, surface_error=PinLockedError(tries.key))
        except WrongPinError as error:
            raise CollationDisagreesError(error.attempts_remaining) from None

    def _select_surface(self) -> None:
        if not self._visit.select(SURFACE_CHECK_AID):
            raise SurfaceMissingError

    def _read_surface(self, number: CollationNumberB, verify: bool) -> SurfaceReading:
        # A face has several kB: finding out whether extended APDUs pass is worth an exchange.
        is_wanted = verify or self._connection.limits.extended is None
        certificate = self._surface.read_certificate() if is_wanted else None
        self._visit.present(self._surface.collation_b, number.as_ascii())
        file = self._surface.read_surface()
        surface = parse_surface(file)
        if not verify:
            return surface
        return dataclasses.replace(surface, proof=self._surface.read_proof(certificate, file))

    def close(self) -> None:
        """Power the card off, so that it forgets what was verified; may be repeated, never raises."""
        self._visit.close()

    def __enter__(self) -> "MyNumberCardSession":
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
