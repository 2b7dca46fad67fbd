"""The only bridge from what a card said to facts about a person."""

from kakanai.cardreader.mynumber.readings import BasicFourReading, MyNumberReading
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import BirthDateError, CardTextError
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex

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
