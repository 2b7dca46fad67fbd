"""The people of the case besides the visitor; whom the next card is for. No widget in here."""

import dataclasses
from collections.abc import Callable, Mapping
from typing import Final

from PySide6.QtCore import QObject, QTimer, Slot

from kakanai.cardreader.authenticity.verdict import Authenticity
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.counter.people import REMEMBERED_FOR, AnothersCardError
from kakanai.errors import KakanaiError
from kakanai.identity.errors import AuthenticityMismatchError, MyNumberError
from kakanai.identity.from_card import person_from_card
from kakanai.identity.person import Person
from kakanai.reception.case import Case
from kakanai.reception.companion import Companion
from kakanai.reception.forgotten_answers import address_variables
from kakanai.reception.people import Place
from kakanai.ui.card_pictures import CardPictures
from kakanai.ui.card_told import CardTold, Taken
from kakanai.ui.case_identity import CaseIdentity
from kakanai.ui.desk import Desk

VISITOR_PLACE: Final = ""
"""Where the visitor stands; every other place is one of people.yaml."""
OWN_CARD: Final = "visitor"
"""For more of the visitor's own card 個人番号: a card of anybody else is not taken."""
_USUAL: Final = ("member", "subject", "deceased")
"""The places offered before any procedure is chosen."""


class CasePeople(CaseIdentity):
    """Takes further people into the case; `place` says for whom the card that is asked about is.

    Signals: those of CaseIdentity.
    """

    def __init__(self, desk: Desk, parent: QObject | None = None) -> None:
        super().__init__(desk, parent)
        self.place = VISITOR_PLACE
        self._forget_before = QTimer(self)
        self._forget_before.setSingleShot(True)
        self._forget_before.setInterval(int(REMEMBERED_FOR.total_seconds()) * 1000)
        self._forget_before.timeout.connect(self._forget_remembered)

    # --- what is known ------------------------------------------------------------------

    @property
    def companions(self) -> dict[str, Companion]:
        """Who is in the case besides the visitor, by key."""
        return self.case.companions if self.case else {}

    @property
    def is_protected(self) -> bool:
        """Whether no address may be shown 支援措置."""
        return self.case is not None and self.case.is_protected

    def places(self) -> list[Place]:
        """Where one more person may stand; the usual ones as long as no form is chosen."""
        if self.case is None or self.person is None or not self.is_open:
            return []
        if not self.case.forms:
            rules = self.counter.people_rules.places
            return [rules[name] for name in _USUAL if name in rules]
        return self.counter.places(self.case)

    def place_label(self, place: str) -> str:
        """What a place is called."""
        found = self.counter.people_rules.places.get(place)
        return found.label if found else self.tr("来庁者")

    @property
    def is_for_companion(self) -> bool:
        """Whether the card or hand entry at work is for somebody besides the visitor."""
        return self.place not in (VISITOR_PLACE, OWN_CARD)

    def numbered_forms(self) -> list[str]:
        """The forms that carry 個人番号 of the person whose card is asked about."""
        if not self.is_for_companion:
            return self.my_number_forms()
        return self.counter.wants_my_number_at(self.case, self.place) if self.case else []

    def remembered(self) -> tuple[Companion, ...]:
        """Who was in the case before, for some minutes; to be shown only when the clerk asks."""
        return self.counter.remembered_people()

    @property
    def pictures(self) -> CardPictures:
        """The pictures of the visitor's card, but those of an address that nobody may see."""
        return self.shown_pictures(super().pictures)

    def shown_pictures(self, pictures: CardPictures) -> CardPictures:
        """The pictures that may be on the screen: the front of a 在留カード bears the address too."""
        return dataclasses.replace(pictures, address=None, face=None) if self.is_protected else pictures

    # --- acts ---------------------------------------------------------------------------

    def add_by_hand(self, person: Person) -> bool:
        """Take a typed person into `place`; False when that was refused, which `failed` tells."""
        return self._change_people(lambda case: self.counter.add_person_by_hand(case, self.place, person))

    def add_remembered(self, number: int) -> bool:
        """Take over a person of the case before into `place`."""
        return self._change_people(lambda case: self.counter.add_remembered(case, self.place, number))

    def remove_person(self, key: str) -> bool:
        """Take a person out of the case, with what was typed about them."""
        return self._change_people(lambda case: self.counter.remove_person(case, key))

    def protect_address(self) -> bool:
        """支援措置: no address of anybody from now on, what was typed included."""
        done = self._change_people(self.counter.protect_address)
        if done:
            self.typed.forget_answers(address_variables(self.counter.office.variables))
            self._tell_change()
        return done

    # --- how ----------------------------------------------------------------------------

    def _change_people(self, act: Callable[[Case], object]) -> bool:
        if self.case is None or not self.is_open:
            return False
        before = self.companions.copy()
        try:
            act(self.case)
        except KakanaiError as error:
            self.failed.emit(error)
            return False
        finally:
            self._forget_who_left(before)
        self.place = VISITOR_PLACE
        self._tell_change()
        return True

    def _forget_who_left(self, before: Mapping[str, Companion]) -> None:
        """What was typed about somebody must not stand beside the name of who took their place."""
        for key in before.keys() - self.companions.keys():
            self.typed.forget_person(key, before[key].place)

    def _identify(
        self, told: CardTold, typed: Person | None = None, found_before: Authenticity | None = None
    ) -> Taken:
        if self.place == OWN_CARD and not self._is_visitors(told):
            self.place = VISITOR_PLACE
            self.note_failed_reading(AnothersCardError())
            self.failed.emit(AnothersCardError())
            return Taken.REFUSED
        if not self.is_for_companion or self.case is None or self._is_visitors(told):
            self.place = VISITOR_PLACE
            return super()._identify(told, typed, found_before)
        before = self.companions.copy()
        try:
            self._add_card(self.case, told, typed)
        except AuthenticityMismatchError:
            self.pending = told
            self._tell_change()
            return Taken.MISMATCH
        except KakanaiError as error:
            self.note_failed_reading(error)
            self.failed.emit(error)
            self.place = VISITOR_PLACE
            return Taken.REFUSED
        finally:
            self._forget_who_left(before)
        self.pending, self.place = None, VISITOR_PLACE
        self._tell_change()
        return Taken.ADDED

    def _is_visitors(self, told: CardTold) -> bool:
        """Whether it is the visitor's own card once more."""
        if not isinstance(told.reading, MyNumberCardReading) or self.person is None:
            return False
        try:
            read = person_from_card(told.reading.basic_four)
        except KakanaiError:
            return False
        return (read.name, read.birth_date) == (self.person.name, self.person.birth_date)

    def _add_card(self, case: Case, told: CardTold, typed: Person | None) -> None:
        reading, place = told.reading, self.place
        if isinstance(reading, LicenceReading):
            self.counter.add_person_by_licence(case, place, reading)
        elif isinstance(reading, ResidenceCardReading):
            if typed is not None:
                self.counter.add_person_by_residence_card(case, place, reading, typed, told.authenticity)
        else:
            self._add_my_number_card(case, told, reading)

    def _add_my_number_card(self, case: Case, told: CardTold, reading: MyNumberCardReading) -> None:
        try:
            self.counter.add_person_by_card(case, self.place, reading, told.authenticity)
        except MyNumberError as error:
            # A damaged number must not keep the name off the forms; its boxes stay for handwriting.
            without = dataclasses.replace(reading, my_number=None)
            self.counter.add_person_by_card(case, self.place, without, told.authenticity)
            self.failed.emit(error)

    def _forget_card(self) -> None:
        self.place = VISITOR_PLACE
        super()._forget_card()
        if self.case is None:
            self._forget_before.start()

    @Slot()
    def _forget_remembered(self) -> None:
        """Ten minutes after the last case ended nobody of it is kept, whether anybody asked or not."""
        self.counter.forget_remembered()
