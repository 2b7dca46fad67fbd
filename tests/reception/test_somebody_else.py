"""When the person at the counter is another than the one taken down before."""

import datetime as dt

import pytest

from kakanai.identity.birth_date import BirthDate
from kakanai.identity.evidence import Evidence
from kakanai.identity.person import Person, Sex
from kakanai.reception.case import Case

READ_AT = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
BORN = BirthDate(1980, 1, 15)


def typed(name: str, born: BirthDate | None) -> tuple[Person, Evidence]:
    person = Person(name, "見本町架空１", born, Sex.MALE)
    return person, Evidence.of_hand(person, READ_AT)


def read(name: str, born: BirthDate) -> tuple[Person, Evidence]:
    person = Person(name, "見本町架空１", born, Sex.MALE)
    return person, Evidence.of_card("mynumber", READ_AT, person)


@pytest.mark.parametrize(
    ("before", "after", "is_other"),
    [
        (typed("見本　太郎", None), typed("架空　花子", None), True),
        (typed("見本　太郎", BORN), typed("見本　太朗", BORN), False),
        (typed("見本　太郎", None), typed("見本　太郎", BORN), False),
        (typed("見本　太郎", BORN), typed("架空　花子", BirthDate(1990, 2, 2)), True),
        (read("見本　太郎", BORN), read("見本　太郎", BORN), False),
        (read("見本　太郎", BORN), read("見本　太郎", BirthDate(1981, 1, 15)), True),
        (read("見本　太郎", BORN), typed("見本　太郎", None), True),
    ],
)
def test_who_is_somebody_else(
    before: tuple[Person, Evidence], after: tuple[Person, Evidence], is_other: bool
) -> None:
    case = Case("R8-1121-0001")
    case.identify(*before)
    assert case.is_somebody_else(*after) is is_other
