"""What a card's reading says of a person 本人: person, evidence, 個人番号, pictures; logs nothing."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from kakanai.cardreader.authenticity.verdict import Authenticity, Verdict
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.cardreader.mynumber.readings import MyNumberCardReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.cardreader.text_picture import TextPicture
from kakanai.counter.picture_offer import pictures_of
from kakanai.identity.errors import CardNameMissingError
from kakanai.identity.evidence import Evidence, Fact, ReadBy
from kakanai.identity.from_card import (
    my_number_from_card,
    person_from_card,
    person_from_licence,
    person_from_residence_card,
    typed_facts,
)
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person
from kakanai.reception.companion import NO_PICTURES


@dataclass(frozen=True, repr=False)
class PersonTaken:
    """A person as a card tells them, with what it is known by. `repr` shows the card's kind only."""

    person: Person
    evidence: Evidence
    my_number: MyNumber | None = None
    pictures: Mapping[Fact, TextPicture] = field(default_factory=lambda: NO_PICTURES)

    def __repr__(self) -> str:
        return f"PersonTaken({self.evidence.card_kind})"


def taken_by_card(
    reading: MyNumberCardReading, authenticity: Authenticity | None, read_at: dt.datetime
) -> PersonTaken:
    """The person of a マイナンバーカード.

    Raises:
        CardTextError, MyNumberError: the card's text is no person, or its number none.
    """
    person = person_from_card(reading.basic_four)
    number = my_number_from_card(reading.my_number) if reading.my_number else None
    evidence = Evidence.of_card(
        CardKind.MY_NUMBER,
        read_at,
        person,
        read_by=ReadBy.COLLATION_B if reading.opened_by is CardKey.COLLATION_B else ReadBy.PIN,
        with_my_number=number is not None,
        verdict=authenticity.verdict if authenticity else None,
        mismatch_accepted=is_mismatch(authenticity),
    )
    return PersonTaken(person, evidence, number, pictures_of(reading))


def taken_by_licence(reading: LicenceReading, read_at: dt.datetime) -> PersonTaken:
    """The person of a 運転免許証; it tells no 性別, and its signature is not checked.

    Raises:
        CardNameMissingError: the name was changed by an entry of unknown form.
        CardTextError: the card's text is no person.
    """
    person = person_from_licence(reading)
    if not person.name:
        raise CardNameMissingError
    evidence = Evidence.of_card(
        CardKind.DRIVER_LICENCE, read_at, person, verdict=reading.authenticity.verdict
    )
    return PersonTaken(person, evidence)


def taken_by_residence_card(
    reading: ResidenceCardReading, person: Person, authenticity: Authenticity | None, read_at: dt.datetime
) -> PersonTaken:
    """The person whose name was typed from the picture on a 在留カード.

    What `person` has in common with the card's own text counts as the card's, the rest as typed.

    Raises:
        CardNameMissingError: nobody typed the name.
    """
    if not person.name:
        raise CardNameMissingError
    evidence = Evidence.of_card(
        CardKind.RESIDENCE_CARD,
        read_at,
        person,
        read_by=ReadBy.CARD_NUMBER,
        typed=typed_facts(person, person_from_residence_card(reading)),
        verdict=authenticity.verdict if authenticity else None,
        mismatch_accepted=is_mismatch(authenticity),
    )
    return PersonTaken(person, evidence)


def is_mismatch(authenticity: Authenticity | None) -> bool:
    """Whether the card is not what it says 不一致."""
    return authenticity is not None and authenticity.verdict is Verdict.MISMATCH
