import pytest

from kakanai.cardreader.errors import (
    CardDataError,
    CardRemovedError,
    CardStatusError,
    UnsupportedCardError,
)
from kakanai.cardreader.kinds import CardKind
from kakanai.cardreader.residence_card.card_number import CardNumber
from kakanai.cardreader.residence_card.errors import (
    ResidenceCardTypeError,
    SpecifiedResidenceCardError,
    WrongCardNumberError,
)
from kakanai.cardreader.residence_card.session import ResidenceCardSession
from kakanai.cardreader.simulator.specimen import specimen_folder
from tests.cardreader.residence_card.simulated import connected, content_of, number_of
from tests.fakes.scripted_connection import ScriptedConnection

MASTER = ("00A40000023F00", "9000")
TYPE = "00B08A0000"
AID = "A4040C10D392F0004F0"


def opened(name, **options):
    connection = connected(name, **options)
    return connection, ResidenceCardSession.open(connection)


def picture(name):
    return (specimen_folder() / "residence" / name).read_bytes()


# --- what is read -----------------------------------------------------------------------


def test_a_first_generation_card_with_an_address_on_its_back():
    connection, session = opened("back-address")
    assert (session.kind, session.generation, session.is_special_permanent) == (
        CardKind.RESIDENCE_CARD,
        1,
        False,
    )
    reading = session.read(number_of("back-address"))
    assert (reading.generation, reading.is_special_permanent, reading.specification) == (1, False, "0001")
    assert reading.address == content_of("back-address")["address"]["text"]
    assert (reading.address_changed_on, reading.municipality_code) == ("20260401", "105244")
    assert (reading.card_face, reading.photo) == (picture("an-face.tif"), picture("an-photo.jp2"))
    assert reading.comprehensive_permit == "許可：原則週２８時間以内・風俗営業等の従事を除く"
    assert (reading.individual_permit, reading.renewal) == (None, "0")
    assert reading.birth_date is reading.name_image is reading.address_image is reading.expires_on is None
    assert reading.exchanges == session.exchanges == len(connection.sent)
    session.close()
    session.close()
    assert connection.disconnects == 1


def test_a_first_generation_card_without_one():
    _, session = opened("front-address")
    reading = session.read(number_of("front-address"))
    assert reading.address is reading.address_changed_on is reading.municipality_code is None
    assert reading.card_face == picture("elena-face.tif")


def test_a_second_generation_card():
    _, session = opened("second-generation")
    reading = session.read(number_of("second-generation"))
    entries = content_of("second-generation")["entries"]
    assert {name: getattr(reading, name) for name in entries} == entries
    assert reading.name_image.rstrip(b"\0") == picture("anita-name.tif").rstrip(b"\0")
    assert reading.photo.rstrip(b"\0") == picture("anita-photo.jp2").rstrip(b"\0")
    assert reading.address_image.rstrip(b"\0") == picture("anita-address.tif").rstrip(b"\0")
    assert reading.comprehensive_permit == "1"
    assert reading.comprehensive_permit_until == "20290930"
    assert (reading.individual_permit, reading.renewal, reading.note_flag, reading.note) == (
        "0",
        "0",
        "0",
        None,
    )
    assert reading.values["DF1/EF02/C6"] == b"19980505"
    assert reading.address is reading.card_face is None


def test_a_second_generation_special_permanent_resident_certificate():
    _, session = opened("second-special")
    reading = session.read(number_of("second-special"))
    assert (reading.is_special_permanent, reading.birth_date, reading.period) == (True, "19720209", "0000")
    assert reading.stay_until is reading.permission_code is reading.comprehensive_permit is None
    assert (reading.note_flag, reading.note) == ("1", "見本の記載")


def test_nothing_of_a_reading_shows():
    _, session = opened("second-generation")
    reading = session.read(number_of("second-generation"))
    assert repr(reading) == str(reading) == "ResidenceCardReading(generation=2 **** exchanges=16)"


# --- how many exchanges -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "whole", "by_pieces"),
    [
        # 3 to open, 3 for the number; then per DF a SELECT and its files, a long one in pieces
        ("back-address", 3 + 3 + 3 + 5 + 2, 3 + 3 + (1 + 14 + 6) + (1 + 2 + 3) + (1 + 6)),
        ("special-permanent", 3 + 3 + 3 + 2 + 2, 3 + 3 + (1 + 13 + 13) + (1 + 2) + (1 + 6)),
        ("second-generation", 3 + 3 + 4 + 4 + 2, 3 + 3 + (1 + 1 + 24 + 11) + (1 + 3) + (1 + 3)),
        ("second-special", 3 + 3 + 4 + 2 + 2, 3 + 3 + (1 + 1 + 24 + 11) + (1 + 1) + (1 + 3)),
    ],
)
def test_exact_exchanges(name, whole, by_pieces):
    for extended, count in ((None, whole), (True, whole), (False, by_pieces)):
        connection, session = opened(name, extended=extended)
        assert session.read(number_of(name)).exchanges == count
        assert len(connection.sent) == count
        assert connection.limits.extended is (extended is not False)


@pytest.mark.parametrize("name", ["back-address", "second-generation"])
def test_a_short_reader_reads_the_same(name):
    _, session = opened(name)
    expected = session.read(number_of(name))
    connection, session = opened(name, is_short_only=True)
    reading = session.read(number_of(name))
    assert connection.limits.extended is False
    assert reading.values == expected.values


def test_the_smallest_sequence_of_commands():
    connection, session = opened("back-address")
    session.read(number_of("back-address"))
    sent = [raw.hex().upper() for raw in connection.sent]
    assert sent[:3] == ["00A40000023F00", "00B08A00000000", "00B08B00000000"]
    assert [one[:10] for one in sent[3:6]] == ["0084000008", "0082000028", "0820008613"]
    assert [one[2:] if AID in one else one for one in sent[6:]] == [
        AID + "2" + "00" * 10,
        "08B08500000004960200000000",
        "08B08600000004960200000000",
        AID + "3" + "00" * 10,
        *(f"00B08{file}00000000" for file in (1, 2, 3, 4)),
        AID + "4" + "00" * 10,
        "00B08200000000",
    ]


# --- the number -------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["back-address", "second-generation"])
def test_a_wrong_number_may_be_mended_without_limit(name):
    connection, session = opened(name)
    for _ in range(20):
        before = len(connection.sent)
        with pytest.raises(WrongCardNumberError):
            session.read(CardNumber("ZZ00000000ZZ"))
        assert len(connection.sent) == before + 2  # never with the other generation's cipher
    assert session.read(number_of(name)).generation == session.generation
    assert connection.disconnects == 0


def test_a_second_reading_starts_from_the_master_file():
    connection, session = opened("back-address")
    first = session.read(number_of("back-address"))
    count = len(connection.sent)
    second = session.read(number_of("back-address"))
    assert second.values == first.values
    assert connection.sent[count].hex().upper() == MASTER[0]
    with pytest.raises(WrongCardNumberError):
        session.read(CardNumber("ZZ00000000ZZ"))


def test_no_number_stays_in_what_is_sent():
    connection, session = opened("back-address")
    session.read(number_of("back-address"))
    assert not any(b"12345678" in raw for raw in connection.sent)


# --- other cards ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("script", "error", "kind"),
    [
        ((MASTER, (TYPE, "C10230379000")), SpecifiedResidenceCardError, CardKind.MY_NUMBER),
        ((MASTER, (TYPE, "C10230389000")), SpecifiedResidenceCardError, CardKind.MY_NUMBER),
        ((MASTER, (TYPE, "C10230399000")), ResidenceCardTypeError, CardKind.RESIDENCE_CARD),
        ((MASTER, (TYPE, "C1009000")), ResidenceCardTypeError, CardKind.RESIDENCE_CARD),
        ((("00A40000023F00", "6A82"),), UnsupportedCardError, CardKind.UNKNOWN),
        ((MASTER, (TYPE, "6A82")), UnsupportedCardError, CardKind.UNKNOWN),
    ],
)
def test_other_cards_are_told_and_powered_off(script, error, kind):
    connection = ScriptedConnection(*script, extended=False)
    with pytest.raises(error) as caught:
        ResidenceCardSession.open(connection)
    assert type(caught.value) is error
    assert caught.value.kind is kind
    assert connection.disconnects == 1
    connection.assert_played_out()


@pytest.mark.parametrize(
    ("script", "error"),
    [
        ((MASTER, (TYPE, "C20230359000")), CardDataError),
        ((MASTER, (TYPE, "9000")), CardDataError),
        ((MASTER, (TYPE, "C10131C102309000"), ("00B08B0000", "C00400000001" + "9000")), CardDataError),
        ((MASTER, (TYPE, "6985")), CardStatusError),
        ((MASTER, (TYPE, "C101319000"), ("00B08B0000", "6A82")), CardStatusError),
        ((("00A40000023F00", CardRemovedError()),), CardRemovedError),
    ],
)
def test_a_broken_start_powers_the_card_off(script, error):
    connection = ScriptedConnection(*script, extended=False)
    with pytest.raises(error):
        ResidenceCardSession.open(connection)
    assert connection.disconnects == 1


def test_an_unknown_type_is_told_in_hexadecimal():
    connection = ScriptedConnection(MASTER, (TYPE, "C10230399000"), extended=False)
    with pytest.raises(ResidenceCardTypeError) as caught:
        ResidenceCardSession.open(connection)
    assert caught.value.details == {"kind": "residence_card", "card_type": "3039"}
