"""Who is here, taken from a card or typed: what was read, how genuine it is, what waits for a decision."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from kakanai.cardreader.authenticity.verdict import Authenticity, CheckResult, Verdict
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading, MyNumberReading
from kakanai.cardreader.mynumber.surface_reading import SurfaceReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.errors import KakanaiError
from kakanai.identity.errors import AuthenticityMismatchError, MyNumberError
from kakanai.identity.evidence import MismatchReason
from kakanai.identity.person import Person
from kakanai.reception.answers import Answers
from kakanai.reception.case import Case
from kakanai.sessionlog.entry import JST
from kakanai.staff.password import Password
from kakanai.ui.card_orders import Reading
from kakanai.ui.card_pictures import NO_PICTURES, CardPictures
from kakanai.ui.card_told import CardTold, Taken, expiry_of
from kakanai.ui.case_state import CaseState
from kakanai.ui.desk import Desk
from kakanai.ui.kept_card import KeptCard


class CaseIdentity(CaseState):
    """Takes the person into the case.

    Signals:
        changed(): case, person, procedures or step are other than before.
        asked(): the questions, or what is known of their answers, changed.
        filled(): `forms` hold the newest filling.
        failed(KakanaiError): an act was refused; the case is as its docstring in counter.py says.
    """

    changed = Signal()
    asked = Signal()
    filled = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.told: CardTold | None = None
        self.pending: CardTold | None = None
        self.kept: KeptCard | None = None

    # --- what is known ------------------------------------------------------------------

    @property
    def today(self) -> dt.date:
        """The day at the counter."""
        return self.counter.office.now().astimezone(JST).date()

    @property
    def pictures(self) -> CardPictures:
        """The pictures of the card whose person is in the case."""
        card = self.told or self.kept
        return card.pictures if card else NO_PICTURES

    @property
    def authenticity(self) -> Authenticity | None:
        """What was found about the card whose person is in the case."""
        card = self.told or self.kept
        return card.authenticity if card else None

    @property
    def expires_on(self) -> dt.date | None:
        """The expiry 有効期限 of the card whose person is in the case, where it tells one."""
        if self.told is None:
            return self.kept.expires_on if self.kept else None
        return expiry_of(self.told.reading)

    def kept_card(self) -> KeptCard | None:
        """What a draft keeps of the card whose person is in the case, None without a card."""
        if self.told is None:
            return self.kept
        return KeptCard(self.pictures, self.authenticity, self.expires_on)

    @property
    def can_read_photo(self) -> bool:
        """Whether the card of this case was read by PIN, so that its face was not read yet."""
        reading = self.told.reading if self.told else None
        return isinstance(reading, MyNumberCardReading) and reading.surface is None and self.is_open

    # --- acts ---------------------------------------------------------------------------

    def take_card(self, reading: Reading, pictures: CardPictures, visit: int) -> Taken:
        """Take the person of a card into the case, unless a decision or the name is missing."""
        told = CardTold(reading, pictures, visit, self._judge(reading))
        self.pending = None
        if isinstance(reading, ResidenceCardReading):
            return self._hold_back(told)
        return self._identify(told)

    def take_pending(self) -> Taken:
        """Try again what waited, after a supervisor's decision."""
        told = self.pending
        if told is None:
            return Taken.REFUSED
        if isinstance(told.reading, ResidenceCardReading):
            return Taken.NAME_WANTED
        return self._identify(told)

    def drop_pending(self) -> None:
        """Forget a reading that is not used."""
        self.pending = None

    def take_name(self, person: Person) -> Taken:
        """Take the person typed from the pictures of the card that waits."""
        return self._identify(self.pending, person) if self.pending else Taken.REFUSED

    def mismatch_decision(
        self, supervisor: str, reason: MismatchReason, password: Password | None
    ) -> Callable[[], None]:
        """The act, for any thread, that records that the waiting reading is used (Counter.decide_mismatch).

        Raises StaffError or LogStorageError when no case can be opened.
        """
        waiting = self.pending.reading if self.pending else None
        if not isinstance(waiting, MyNumberCardReading | ResidenceCardReading):
            return lambda: None
        return partial(self.counter.decide_mismatch, self._begin(), waiting, supervisor, reason, password)

    def add_my_number(self, number: MyNumberReading) -> Taken:
        """Take 個人番号 read later on the same visit of the card."""
        reading = self.told.reading if self.told else None
        if self.told is None or not isinstance(reading, MyNumberCardReading):
            return Taken.REFUSED
        return self._add(self.told, reading.with_my_number(number), self.told.pictures)

    def add_surface(self, surface: SurfaceReading, pictures: CardPictures) -> Taken:
        """Take the card's face read later on the same visit of the card."""
        reading = self.told.reading if self.told else None
        if self.told is None or not isinstance(reading, MyNumberCardReading):
            return Taken.REFUSED
        return self._add(self.told, reading.with_surface(surface), pictures)

    def identify_by_hand(self, person: Person) -> bool:
        """Take a typed person; False when the log refused."""
        try:
            case = self._begin()
            answers = case.answers
            self.counter.identify_by_hand(case, person)
        except KakanaiError as error:
            self.failed.emit(error)
            return False
        self._forget_card()
        self._forget_others_answers(case, answers)
        self._tell_change()
        return True

    def replace_address(self, address: str) -> bool:
        """The visitor lives elsewhere than the card says; False when the log refused."""
        if self.case is None or not self.is_open:
            return False
        try:
            self.counter.replace_address(self.case, address)
        except KakanaiError as error:
            self.failed.emit(error)
            return False
        self._tell_change()
        return True

    def note_failed_reading(self, error: KakanaiError) -> None:
        """Log a failed reading by its code; the failure itself is shown by whoever met it."""
        try:
            self.counter.note_failed_reading(self._begin(), error)
        except KakanaiError as log_error:
            self.failed.emit(log_error)
        self.changed.emit()

    # --- how ----------------------------------------------------------------------------

    def _begin(self) -> Case:
        if self.case is None:
            self.case = self.counter.open_case()
        return self.case

    def _judge(self, reading: Reading) -> Authenticity | None:
        if isinstance(reading, LicenceReading):
            return reading.authenticity
        if not self.counter.office.town.verifies_cards:
            return None
        return self.counter.judge(reading)

    def _hold_back(self, told: CardTold) -> Taken:
        """Keep a reading whose name must be typed; what does not fit is told before anyone types."""
        self.pending = told
        found = told.authenticity
        if found is None or found.verdict is not Verdict.MISMATCH:
            return Taken.NAME_WANTED
        failed = next((one for one in found.checks if one.result is CheckResult.MISMATCH), None)
        self.note_failed_reading(AuthenticityMismatchError(failed.name if failed else ""))
        return Taken.MISMATCH

    def _add(self, before: CardTold, reading: MyNumberCardReading, pictures: CardPictures) -> Taken:
        """The same person with more of the same card; an address that was corrected stays so."""
        case = self.case
        corrected = case.person.address if case and case.person and case.address_on_card else ""
        told = CardTold(reading, pictures, before.visit, self._judge(reading))
        taken = self._identify(told, found_before=before.authenticity)
        if taken is Taken.IDENTIFIED and corrected:
            self.replace_address(corrected)
        return taken

    def _identify(
        self, told: CardTold, typed: Person | None = None, found_before: Authenticity | None = None
    ) -> Taken:
        try:
            case = self._begin()
            answers = case.answers
            told = self._tell_counter(case, told, typed, found_before)
        except AuthenticityMismatchError:
            self.pending = told
            if self.person is None:
                self.told = None  # the same card, of which less had been read before
            self._tell_change()
            return Taken.MISMATCH
        except KakanaiError as error:
            self.note_failed_reading(error)
            self.failed.emit(error)
            return Taken.REFUSED
        self.told, self.pending = told, None
        self._forget_others_answers(case, answers)
        self._tell_change()
        return Taken.IDENTIFIED

    def _tell_counter(
        self, case: Case, told: CardTold, typed: Person | None, found_before: Authenticity | None
    ) -> CardTold:
        reading = told.reading
        if isinstance(reading, LicenceReading):
            self.counter.identify_by_licence(case, reading)
        elif isinstance(reading, ResidenceCardReading):
            if typed is not None:
                self.counter.identify_by_residence_card(case, reading, typed, told.authenticity)
        else:
            try:
                self.counter.identify_by_card(case, reading, told.authenticity, found_before=found_before)
            except MyNumberError as error:
                # A damaged number must not keep the name off the forms; its boxes stay for handwriting.
                reading = dataclasses.replace(reading, my_number=None)
                told = dataclasses.replace(told, reading=reading)
                self.counter.identify_by_card(case, reading, told.authenticity, found_before=found_before)
                self.failed.emit(error)
        return told

    def _forget_others_answers(self, case: Case, before: Answers) -> None:
        """When the case dropped its answers because somebody else is here, drop what was typed too."""
        if case.answers is not before:
            self.typed.clear()

    def _forget_card(self) -> None:
        self.told = self.pending = self.kept = None

    def _tell_change(self) -> None:
        self.changed.emit()
