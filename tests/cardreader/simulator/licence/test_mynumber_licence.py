import datetime as dt

import pytest

from kakanai.cardreader.driver_licence.mynumber_licence_session import MyNumberLicenceSession
from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.errors import PinLockedError, SpecimenError, WrongPinError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.simulator.file_system import FileSystem
from kakanai.cardreader.simulator.licence.mynumber_licence import mynumber_licence_application
from kakanai.cardreader.simulator.retry_counters import RetryCounters
from kakanai.cardreader.simulator.virtual_card import VirtualCard
from tests.cardreader.driver_licence.licence_bytes import CardOnReader
from tests.cardreader.simulator.licence.make_specimens import draw_face, in_lines, to_jpeg2000

CONTENT = {
    "pin": "1234",
    "licence_number": "330912345675",
    "colour": "新規",
    "expires_on": "20290310",
    "conditions": ["眼鏡等", "準中型で運転できる準中型車は準中型車（５ｔ）に限る"],
    "remarks": ["見本"],
    "acquired": {"他": "20240620"},
    "categories": ["普通", "原付"],
}
KEY = CardKey.MYNUMBER_LICENCE_PIN


def reader_with(folder=None, **changed):
    counters = RetryCounters("test", folder, {})
    application = mynumber_licence_application("test", {**CONTENT, **changed})
    return CardOnReader(VirtualCard(FileSystem([application], counters), counters))


@pytest.mark.parametrize("extended", [True, False])
def test_a_reading(extended):
    photo = to_jpeg2000(draw_face())
    connection = reader_with(photo=in_lines(photo))
    connection.limits.extended = extended
    with MyNumberLicenceSession.open(connection) as session:
        assert session.attempts_remaining == 10
        reading = session.read(LicencePin("1234", KEY))
    assert (reading.licence_number, reading.colour) == ("330912345675", "新規")
    assert (reading.expires_on, reading.acquired) == (dt.date(2029, 3, 10), {"他": dt.date(2024, 6, 20)})
    assert reading.conditions == tuple(CONTENT["conditions"])
    assert (reading.remarks, reading.categories, reading.photo[: len(photo)]) == (
        ("見本",),
        ("普通", "原付"),
        photo,
    )
    assert reading.exchanges == (5 if extended else 27)


def test_ten_tries_that_outlive_power(tmp_path):
    connection = reader_with(tmp_path)
    session = MyNumberLicenceSession.open(connection)
    for left in range(9, 6, -1):
        with pytest.raises(WrongPinError) as caught:
            session.read(LicencePin("0000", KEY))
        assert caught.value.attempts_remaining == left
    session.close()
    session = MyNumberLicenceSession.open(reader_with(tmp_path))
    assert session.attempts_remaining == 7
    for _ in range(6):
        with pytest.raises(WrongPinError):
            session.read(LicencePin("0000", KEY))
    with pytest.raises(PinLockedError):
        session.read(LicencePin("0000", KEY))


def test_without_a_pin():
    connection = reader_with(pin="")
    with MyNumberLicenceSession.open(connection) as session:
        assert not session.needs_pin
        assert session.read(None).licence_number == "330912345675"
    assert connection.verifies == []


@pytest.mark.parametrize(
    ("changed", "key"),
    [
        ({"pin": "12"}, "mynumber_licence.pin"),
        ({"name": "見本"}, "mynumber_licence.name"),
        ({"categories": ["馬"]}, "mynumber_licence.categories.馬"),
        ({"licence_number": "33"}, "mynumber_licence.licence_number"),
        ({"conditions": ["①"]}, "mynumber_licence.C6"),
        ({"photo": ["AAAA"] * 667}, "mynumber_licence.photo"),
    ],
)
def test_content_that_cannot_be(changed, key):
    with pytest.raises(SpecimenError) as caught:
        mynumber_licence_application("test", {**CONTENT, **changed})
    assert caught.value.details["key"] == key
