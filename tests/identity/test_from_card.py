import pytest

from kakanai.cardreader.mynumber.readings import BasicFourReading, MyNumberReading
from kakanai.identity.birth_date import BirthDate
from kakanai.identity.errors import CardTextError, MyNumberError
from kakanai.identity.from_card import my_number_from_card, person_from_card
from kakanai.identity.my_number import MyNumber
from kakanai.identity.person import Person, Sex

NAME, ADDRESS = "黒桐　幹也", "東京都清瀬市観布子南１２－７－２０２"


def reading(**other):
    return BasicFourReading(
        **{"name": NAME, "address": ADDRESS, "birth_date": "19800217", "sex": "1", **other}
    )


def test_the_official_test_person():
    assert person_from_card(reading()) == Person(NAME, ADDRESS, BirthDate(1980, 2, 17), Sex.MALE)


@pytest.mark.parametrize("name", ["髙﨑　𠮷野", "葛\U000e0100城", " x　", "か\u3099", "ＡＢＣ１２"])
def test_card_text_is_kept_code_point_for_code_point(name):
    person = person_from_card(reading(name=name, address=name))
    assert [ord(c) for c in person.name] == [ord(c) for c in name]
    assert person.address == name


@pytest.mark.parametrize("digit", ["0", "1", "2", "9"])
def test_every_sex_of_the_standard(digit):
    assert person_from_card(reading(sex=digit)).sex == int(digit)


def test_an_unknown_birth_day():
    assert person_from_card(reading(birth_date="19500000")).birth_date.iso == "1950-00-00"


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"birth_date": "19800230"}, "birth_date"),
        ({"birth_date": ""}, "birth_date"),
        ({"sex": "3"}, "sex"),
        ({"sex": "１"}, "sex"),
        ({"sex": ""}, "sex"),
    ],
)
def test_meaningless_card_text_is_refused_by_field(wrong, field):
    with pytest.raises(CardTextError) as caught:
        person_from_card(reading(**wrong))
    assert caught.value.details == {"field": field}


def test_the_number_and_its_check_digit():
    assert my_number_from_card(MyNumberReading(digits="123456789018")) == MyNumber("123456789018")
    with pytest.raises(MyNumberError):
        my_number_from_card(MyNumberReading(digits="123456789012"))
