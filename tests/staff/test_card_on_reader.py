"""A visitor's card is never taken for a staff card 職員証, nor a staff card for a visitor's."""

import dataclasses

import pytest

from kakanai.cardreader.errors import NoCardError, UnsupportedCardError
from kakanai.cardreader.open_card import open_card
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.virtual_reader import SimulatedReaderSource
from kakanai.staff.card_on_reader import read_card_uid, read_one_card_uid
from kakanai.staff.errors import SeveralStaffCardsError, StaffCardUnreadableError, VisitorsCardError
from kakanai.staff.staff_card import CardUid

SECRET = b"of this database"
VISITORS = (
    "official-test",
    "locked-pin",
    "licence-plain",
    "licence-locked",
    "residence-front-address",
    "juki-card",
)


def reader_with(specimen) -> SimulatedReaderSource:
    source = SimulatedReaderSource()
    source.insert(specimen)
    return source


def staff_card(uid: str):
    return dataclasses.replace(load_specimen("staff-card"), content={"uid": uid})


def asked_for_uid(source: SimulatedReaderSource) -> list[bytes]:
    asked: list[bytes] = []
    carry = source.carry

    def noting(connection, card, raw: bytes) -> bytes:
        if raw.startswith(b"\xff"):
            asked.append(raw)
        return carry(connection, card, raw)

    source.carry = noting
    return asked


def test_the_number_of_a_staff_card_is_what_the_reader_tells() -> None:
    source = reader_with("staff-card")
    uid = read_card_uid(source.connect())
    assert uid.keyed(SECRET) == CardUid("04 A2 31 5C BE 6D 80").keyed(SECRET)
    assert "A2" not in repr(uid)
    source.connect().disconnect()  # it was let go


@pytest.mark.parametrize("specimen", VISITORS)
def test_a_visitors_card_is_not_even_asked_for_its_number(specimen: str) -> None:
    source = reader_with(specimen)
    asked = asked_for_uid(source)
    with pytest.raises(VisitorsCardError):
        read_card_uid(source.connect())
    assert asked == []
    source.connect().disconnect()


def test_a_card_without_a_number_and_one_with_another_each_time_are_none() -> None:
    for specimen in ("blank-card", staff_card("08A1B2C3")):
        with pytest.raises(StaffCardUnreadableError):
            read_card_uid(reader_with(specimen).connect())
    assert read_card_uid(reader_with(staff_card("08A1B2C3D4E5F6")).connect())  # seven bytes are never random


def test_at_the_counter_a_staff_card_is_nobodys() -> None:
    with pytest.raises(UnsupportedCardError):
        open_card(reader_with("staff-card").connect())


def test_of_two_readers_the_one_with_the_staff_card_counts() -> None:
    visitor, staff = reader_with("official-test"), reader_with("staff-card")
    readers = [*visitor.readers(), *SimulatedReaderSource().readers(), *staff.readers()]
    assert read_one_card_uid(readers).keyed(SECRET) == CardUid("04A2315CBE6D80").keyed(SECRET)
    with pytest.raises(SeveralStaffCardsError):
        read_one_card_uid([*readers, *reader_with(staff_card("01020304")).readers()])
    with pytest.raises(VisitorsCardError):
        read_one_card_uid(visitor.readers())
    with pytest.raises(NoCardError):
        read_one_card_uid(SimulatedReaderSource().readers())
