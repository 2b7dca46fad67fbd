"""The only bridge from what a card said to facts about a person."""

from kakanai.cardreader.driver_licence.changes import ChangeKind, newest
from kakanai.cardreader.driver_licence.readings import LicenceReading
from kakanai.cardreader.mynumber.readings import BasicFourReading, MyNumberReading
from kakanai.cardreader.residence_card.readings import ResidenceCardReading
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import BirthDateError, CardTextError
from kakanai.identity.evidence import Fact
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex

# The first digit of a licence's date: 明治 大正 昭和 平成 令和 (given: the specification of 運転免許証).
_YEAR_BEFORE_ERA = {"1": 1867, "2": 1911, "3": 1925, "4": 1988, "5": 2018}
# 3 is 未指定 (given: 在留カード等仕様書), which ISO 5218 calls not known.
_SEX_OF_RESIDENCE_CARD = {"1": Sex.MALE, "2": Sex.FEMALE, "3": Sex.NOT_KNOWN}
_SEX_OF_DIGIT = {str(sex.value): sex for sex in Sex}


def person_from_card(reading: BasicFourReading) -> Person:
    """The person of the card's four basic facts 基本4情報; name and address stay code point for code point.

    Raises:
        CardTextError: Birth date or sex means nothing (`field` says which); no person is made.
    """
    try:
        birth_date = BirthDate.from_card(reading.birth_date)
    except BirthDateError as error:
        raise CardTextError(field="birth_date") from error
    sex = _SEX_OF_DIGIT.get(reading.sex)
    if sex is None:
        raise CardTextError(field="sex")
    return Person(name=reading.name, address=reading.address, birth_date=birth_date, sex=sex)


def my_number_from_card(reading: MyNumberReading) -> MyNumber:
    """The 個人番号 of the card, its check digit checked.

    Raises:
        MyNumberError: The digits are no 個人番号; the reading was damaged or the card is not what it seems.
    """
    return MyNumber(reading.digits)


def person_from_licence(reading: LicenceReading) -> Person:
    """The person of a 運転免許証, changes applied; it tells no 性別. 外字 stay the card's private characters.

    A changed name or address whose entry has an unknown form is left out: date and seal would stand in it.
    A person reads it off `LicenceReading.changes` or the back of the card.

    Raises:
        CardTextError: The birth date means nothing; no person is made.
    """
    digits = reading.face.birth_date_digits
    birth_date = None
    if digits.strip("0"):
        try:
            year = _YEAR_BEFORE_ERA[digits[0]] + int(digits[1:3])
            birth_date = BirthDate.from_card(f"{year:04}{digits[3:]}")
        except (KeyError, BirthDateError) as error:
            raise CardTextError(field="birth_date") from error
    unclear = unclear_changes(reading)
    return Person(
        name="" if ChangeKind.NAME in unclear else reading.name,
        address="" if ChangeKind.ADDRESS in unclear else reading.address,
        birth_date=birth_date,
        sex=None,
    )


def unclear_changes(reading: LicenceReading) -> dict[ChangeKind, str]:
    """The whole entry of each fact whose newest change has an unknown form, for a person to read."""
    found = {}
    for kind in (ChangeKind.NAME, ChangeKind.ADDRESS):
        entry = newest(reading.changes, kind)
        if entry is not None and not entry.is_framed:
            found[kind] = entry.raw_text
    return found


def person_from_residence_card(reading: ResidenceCardReading) -> Person:
    """What a 在留カード or 特別永住者証明書 has as text; the name is "", for it exists only as a picture.

    The address is the one written on the back of a 1st-generation card; a 2nd-generation card has its
    address as a picture too.

    Raises:
        CardTextError: The birth date means nothing; no person is made.
    """
    birth_date = None
    if reading.birth_date is not None:
        try:
            birth_date = BirthDate.from_card(reading.birth_date)
        except BirthDateError as error:
            raise CardTextError(field="birth_date") from error
    sex = _SEX_OF_RESIDENCE_CARD.get(reading.sex) if reading.sex is not None else None
    return Person(name="", address=reading.address or "", birth_date=birth_date, sex=sex)


def typed_facts(person: Person, told: Person) -> frozenset[Fact]:
    """The facts of `person` that are not what the card `told` as text, so that somebody typed them."""
    pairs = {
        Fact.NAME: (person.name, told.name),
        Fact.ADDRESS: (person.address, told.address),
        Fact.BIRTH_DATE: (person.birth_date, told.birth_date),
        Fact.SEX: (person.sex, told.sex),
    }
    return frozenset(fact for fact, (now, on_card) in pairs.items() if now != on_card)
