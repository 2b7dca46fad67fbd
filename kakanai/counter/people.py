"""The people of a case besides the visitor: by card, by hand, from the case before."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from kakanai.cardreader.authenticity.verdict import Authenticity
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.counter.identification import Identification, verdict_codes
from kakanai.counter.person_taken import (
    PersonTaken,
    taken_by_card,
    taken_by_licence,
    taken_by_residence_card,
)
from kakanai.errors import KakanaiError
from kakanai.forms.template import FormTemplate
from kakanai.identity.errors import AuthenticityMismatchError, CardNameMissingError
from kakanai.identity.evidence import Evidence
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.case import Case, Step
from kakanai.reception.companion import Companion
from kakanai.reception.forgotten_answers import address_variables, without
from kakanai.reception.people import NO_RULES, PeopleRules, Place
from kakanai.sessionlog.entry import EntryKind

FROM_CASE_BEFORE_CODE: Final = "V-041"
"""Kept in the log when a person was taken over from the case that was closed just before."""
REMEMBERED_FOR: Final = dt.timedelta(minutes=10)
"""How long the people of a closed case may be taken over into the next one."""


class UnknownPlaceError(KakanaiError):
    """Nobody can stand in this place. Details: place (a word of ours, or `?`)."""

    code = "R-030"
    exit_status = 2


class UnknownPersonError(KakanaiError):
    """No such person is in the case, or in the one before any more."""

    code = "R-031"
    exit_status = 8


class AnothersCardError(KakanaiError):
    """More of the visitor's own card was to be read, and another person's lay there. Nothing was taken."""

    code = "R-032"
    exit_status = 8


@dataclass(frozen=True, repr=False)
class RememberedPeople:
    """The people of the case that was closed last; in memory only."""

    until: dt.datetime
    people: tuple[Companion, ...]


class People(Identification):
    """The acts that take further people into a case, and out of it; each is logged without a name."""

    _remembered: RememberedPeople | None = None

    # --- what can be --------------------------------------------------------------------

    @property
    def people_rules(self) -> PeopleRules:
        """Who may stand where."""
        return self.office.variables.people or NO_RULES

    def places(self, case: Case) -> list[Place]:
        """Where another person may stand on the chosen forms, in the order a clerk is asked."""
        forms = [self.office.forms.by_id(form) for form in case.forms]
        return self.people_rules.places_on({name for form in forms for name in form.variables()})

    def wants_my_number_at(self, case: Case, place: str) -> list[str]:
        """The chosen forms with a box for the 個人番号 of whoever stands in a place."""
        forms = [self.office.forms.by_id(form) for form in case.forms]
        return [form.id for form in forms if _has_box(form, place)]

    # --- in and out ---------------------------------------------------------------------

    def add_person_by_card(
        self,
        case: Case,
        place: str,
        reading: MyNumberCardReading,
        authenticity: Authenticity | None = None,
    ) -> str:
        """Take the card's person into the case beside the visitor; gives their key.

        Raises:
            UnknownPlaceError: nobody can stand there.
            AuthenticityMismatchError: 不一致, and no supervisor decided; logged. If this card's person was in
                that place, taken when less of it had been read, they are not any more; else it is as it was.
            CardTextError, MyNumberError: the card's text is no person; the case is as it was.
            LogStorageError: the log could not be written; the case is as it was.
        """
        self._check_place(case, place)
        try:
            self._refuse_mismatch(case, reading, authenticity, is_same=False)
        except AuthenticityMismatchError:
            self._withdraw(case, place, reading.basic_four.name)
            raise
        taken = taken_by_card(reading, authenticity, self.office.now())
        return self._add(case, _companion(place, taken))

    def add_person_by_licence(self, case: Case, place: str, reading: LicenceReading) -> str:
        """Take the person of a 運転免許証 into the case beside the visitor (see `identify_by_licence`).

        Raises:
            UnknownPlaceError, CardNameMissingError, CardTextError, LogStorageError: the case is as it was.
        """
        self._check_place(case, place)
        return self._add(case, _companion(place, taken_by_licence(reading, self.office.now())))

    def add_person_by_residence_card(
        self,
        case: Case,
        place: str,
        reading: ResidenceCardReading,
        person: Person,
        authenticity: Authenticity | None = None,
    ) -> str:
        """Take a person into the case beside the visitor whose name was typed from a 在留カード.

        Raises:
            UnknownPlaceError, AuthenticityMismatchError, CardNameMissingError, LogStorageError: the case is
                as it was.
        """
        self._check_place(case, place)
        self._refuse_mismatch(case, reading, authenticity, is_same=False)
        taken = taken_by_residence_card(reading, person, authenticity, self.office.now())
        return self._add(case, _companion(place, taken))

    def add_person_by_hand(
        self, case: Case, place: str, person: Person, my_number: MyNumber | None = None
    ) -> str:
        """Take a typed person into the case beside the visitor; gives their key.

        Raises:
            UnknownPlaceError, CardNameMissingError, LogStorageError: the case is as it was.
        """
        self._check_place(case, place)
        if not person.name:
            raise CardNameMissingError
        evidence = Evidence.of_hand(person, self.office.now(), with_my_number=my_number is not None)
        return self._add(case, Companion(place, person, evidence, my_number))

    def remove_person(self, case: Case, key: str) -> None:
        """Take a person out of the case again, with what was answered about them.

        Raises:
            UnknownPersonError, LogStorageError: the case is as it was.
        """
        case.require(Step.OPEN)
        if key not in case.companions:
            raise UnknownPersonError
        self._log(case, EntryKind.PERSON_REMOVED)
        case.remove_companion(key)
        self.renewed(case)

    def protect_address(self, case: Case) -> None:
        """支援措置: from now on no address of anybody reaches form, QR, list or screen; cannot be taken back.

        What was typed about addresses is forgotten too.

        Raises:
            LogStorageError: the log could not be written; nothing was decided.
        """
        case.require(Step.OPEN)
        if case.is_protected:
            return
        self._log(case, EntryKind.ADDRESS_PROTECTED)
        case.protect()
        private = address_variables(self.office.variables)
        case.answer(without(case.answers, private))
        # A decision about a box holds the value that the box had.
        case.left_blank = {at: value for at, value in case.left_blank.items() if _bears(at) not in private}
        case.pictured = {at: value for at, value in case.pictured.items() if _bears(at) not in private}
        self.renewed(case)

    # --- from the case before -----------------------------------------------------------

    def remembered_people(self) -> tuple[Companion, ...]:
        """Who was in the case that was closed last, for ten minutes; shown only when the clerk asks."""
        if self._remembered is not None and self.office.now() >= self._remembered.until:
            self._remembered = None
        return self._remembered.people if self._remembered else ()

    def add_remembered(self, case: Case, place: str, number: int) -> str:
        """Take over the person at `number` (from 0) of `remembered_people`; what their card said stays so.

        Raises:
            UnknownPlaceError, UnknownPersonError, LogStorageError: the case is as it was.
        """
        self._check_place(case, place)
        people = self.remembered_people()
        if not 0 <= number < len(people):
            raise UnknownPersonError
        one = people[number]
        return self._add(case, Companion(place, one.person, one.evidence), (FROM_CASE_BEFORE_CODE,))

    def forget_remembered(self) -> None:
        """Forget the people of the case before."""
        self._remembered = None

    def _remember(self, people: tuple[Companion, ...]) -> None:
        """Keep the people of a case that is closed; those of the case before it are forgotten."""
        self._remembered = RememberedPeople(self.office.now() + REMEMBERED_FOR, people) if people else None

    # --- how ----------------------------------------------------------------------------

    def _check_place(self, case: Case, place: str) -> None:
        case.require(Step.OPEN)
        if place not in self.people_rules.places:
            raise UnknownPlaceError(place=place if place.isascii() and place.isidentifier() else "?")

    def _withdraw(self, case: Case, place: str, name: str) -> None:
        """What was taken from a card that does not fit, when less of it had been read, is not printed either.

        Somebody with whom a supervisor let the card be used stays.
        """
        for key, known in list(case.companions.items()):
            evidence = known.evidence
            is_of_card = evidence.card_kind == CardKind.MY_NUMBER and not evidence.mismatch_accepted
            if known.place == place and known.person.name == name and is_of_card:
                case.remove_companion(key)
                self.renewed(case)
                self._log(case, EntryKind.PERSON_REMOVED)

    def _add(self, case: Case, companion: Companion, codes: Iterable[str] = ()) -> str:
        evidence = companion.evidence
        if not self.people_rules.places[companion.place].is_list:
            for key, known in list(case.companions.items()):
                if known.place == companion.place and not known.is_same_person(companion):
                    self.remove_person(case, key)
        self._log(
            case,
            EntryKind.PERSON_ADDED,
            card_kind=evidence.card_kind,
            read_by=evidence.read_by.value,
            codes=(*verdict_codes(evidence), *codes),
        )
        key = case.add_companion(companion)
        self.renewed(case)
        return key


def people_of(case: Case) -> tuple[Companion, ...]:
    """Everybody of a case without 個人番号 and pictures, the visitor first."""
    visitor: tuple[Companion, ...] = ()
    if case.person is not None and case.evidence is not None:
        visitor = (Companion("", case.person, case.evidence),)
    others = tuple(Companion("", one.person, one.evidence) for one in case.companions.values())
    return (*visitor, *others)


def _bears(place: tuple[str, str]) -> str:
    """The variable of a form's box: `member.address` of (`F09`, `member.address[2]`)."""
    return place[1].partition("[")[0]


def _has_box(form: FormTemplate, place: str) -> bool:
    return any(role == place or role.startswith(f"{place}.") for role in form.my_number_roles())


def _companion(place: str, taken: PersonTaken) -> Companion:
    return Companion(place, taken.person, taken.evidence, taken.my_number, taken.pictures)
