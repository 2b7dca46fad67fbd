"""The session against the virtual licence: what specimens say, exact counts, faults at every command."""

import datetime as dt
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from kakanai.cardreader.driver_licence.pin import LicencePin
from kakanai.cardreader.driver_licence.readings import LicenceAttempts
from kakanai.cardreader.driver_licence.session import DriverLicenceSession
from kakanai.cardreader.errors import CardError, PinLockedError, PinStateUnknownError, WrongPinError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.simulator.licence.card import build_licence_card
from tests.cardreader.driver_licence.licence_bytes import CardOnReader
from tests.cardreader.simulator.licence.make_specimens import specimens

SPECIMENS = {name: told["driver_licence"] for name, told in specimens().items()}
PIN1 = LicencePin("1234")
PIN2 = LicencePin("5678", CardKey.LICENCE_PIN2)
WRONG1 = LicencePin("0000")
WRONG2 = LicencePin("0000", CardKey.LICENCE_PIN2)


def reader_with(name, **how):
    return CardOnReader(build_licence_card(name, SPECIMENS[name], None), **how)


def read(name, *pins, **how):
    connection = reader_with(name, **how)
    with DriverLicenceSession.open(connection) as session:
        return connection, session.read(*pins)


# Smallest sequences. Extended: SELECT DF1 and MF, setting, two counters; VERIFY; DF1; EF01, EF04; with PIN2
# VERIFY, EF02, EF06, DF2, photo. Short: 256 bytes at a time make 4 of EF01, 3 of EF04, 2 of EF06, 8 of the
# photo. A reader nobody tried yet costs nothing more where it passes extended commands.
@pytest.mark.parametrize(
    ("extended", "alone", "both"),
    [(True, 9, 14), (None, 9, 14), (False, 14, 27)],
    ids=["extended", "new", "short"],
)
def test_exact_counts(extended, alone, both):
    connection, reading = read("licence-plain", PIN1, extended=extended)
    assert reading.exchanges == len(connection.sent) == alone
    connection, reading = read("licence-plain", PIN1, PIN2, extended=extended)
    assert reading.exchanges == len(connection.sent) == both
    assert [raw[3] for raw in connection.verifies] == [0x81, 0x82]


def test_the_plain_specimen():
    _, reading = read("licence-plain", PIN1, PIN2)
    assert (reading.name, reading.kana) == ("見本　免子", "ミホン　メンコ")
    assert reading.address == "岡山県倉敷市架空町４丁目５番６号"
    assert reading.registered_domicile == "岡山県倉敷市架空町４丁目５番地"
    assert reading.birth_date == dt.date(1985, 2, 10)
    assert (reading.issued_on, reading.expires_on) == (dt.date(2023, 1, 15), dt.date(2028, 3, 10))
    assert (reading.colour, reading.conditions) == ("優良", ("眼鏡等",))
    assert (reading.licence_number, reading.committee) == ("330912345670", "岡山県公安委員会")
    assert [category.name for category in reading.categories] == ["普通", "原付"]
    assert not reading.is_changed
    image = Image.open(io.BytesIO(reading.photo))
    image.load()
    assert (image.size, image.mode) == ((96, 120), "L")


def test_the_specimen_that_moved():
    _, reading = read("licence-moved", PIN1, PIN2)
    assert (reading.address, reading.name) == ("兵庫県芦屋市架空町７番地２０３", "見本　花")
    assert (reading.address_on_face, reading.name_on_face) == ("岡山県倉敷市架空町４丁目５番６号", "例示　花")
    assert reading.registered_domicile == "兵庫県芦屋市架空町７番地"
    assert reading.domicile_on_face == "岡山県倉敷市架空町４丁目５番地"
    assert reading.committee == "兵庫県公安委員会"
    assert [entry.recorded_on for entry in reading.changes if entry.kind == "address"] == [
        dt.date(2024, 4, 2),
        dt.date(2025, 7, 1),
    ]
    _, alone = read("licence-moved", PIN1)
    assert (alone.address, alone.registered_domicile, alone.photo) == (reading.address, None, None)


def test_the_specimen_with_gaiji():
    _, reading = read("licence-gaiji", PIN1)
    assert reading.name == "\U0010fff1橋　外児"
    assert [one.number for one in reading.gaiji] == [1]
    assert len(reading.gaiji[0].bitmap) == 128
    assert any(reading.gaiji[0].bitmap)


def test_the_specimen_without_pins():
    connection, reading = read("licence-no-pin", None)
    assert (reading.name, reading.registered_domicile is None) == ("見本　無番", False)
    assert [raw[5:] for raw in connection.verifies] == [b"****", b"****"]


def test_the_locked_specimen():
    connection = reader_with("licence-locked")
    session = DriverLicenceSession.open(connection)
    assert session.attempts == LicenceAttempts(0, 3)
    with pytest.raises(PinLockedError) as caught:
        session.read(PIN1, PIN2)
    assert caught.value.key is CardKey.LICENCE_PIN1
    assert connection.verifies == []


def test_wrong_pins_count_down_on_the_card():
    connection = reader_with("licence-plain")
    session = DriverLicenceSession.open(connection)
    for expected in (LicenceAttempts(2, 3), LicenceAttempts(1, 3)):
        with pytest.raises(WrongPinError):
            session.read(WRONG1, PIN2)
        assert session.attempts == session.refresh_attempts() == expected
    with pytest.raises(WrongPinError):
        session.read(PIN1, WRONG2)
    assert session.attempts == session.refresh_attempts() == LicenceAttempts(3, 2)
    assert session.read(None).name == "見本　免子"
    assert session.read(None, PIN2).photo is not None
    assert session.attempts == LicenceAttempts(3, 3)


def test_the_signature_file_can_be_read_and_says_nothing():
    with DriverLicenceSession.open(reader_with("licence-plain")) as session:
        session.read(PIN1)
        assert len(session.read_signature().signature) == 256


class OldCard:
    """A licence that refuses short file ids, or extended commands, as some cards and readers do."""

    def __init__(self, card, *, refuses_sfi=False, refuses_extended=False):
        self._card, self._refuses_sfi, self._refuses_extended = card, refuses_sfi, refuses_extended
        self.power_on, self.power_off = card.power_on, card.power_off

    def transmit(self, raw):
        if self._refuses_sfi and ((raw[1] == 0xB0 and raw[2] & 0x80) or (raw[1] == 0x20 and raw[3] & 0x1F)):
            return b"\x6a\x86"
        if self._refuses_extended and raw[1] == 0xB0 and len(raw) == 7:
            return b"\x67\x00"
        return self._card.transmit(raw)


@pytest.mark.parametrize(
    "how",
    [{"refuses_sfi": True}, {"refuses_extended": True}, {"refuses_sfi": True, "refuses_extended": True}],
)
def test_a_card_that_refuses_short_ids_or_extended_commands_is_read_all_the_same(how):
    card = OldCard(build_licence_card("x", SPECIMENS["licence-moved"], None), **how)
    connection = CardOnReader(card)
    with DriverLicenceSession.open(connection) as session:
        reading = session.read(PIN1, PIN2)
    _, plainly = read("licence-moved", PIN1, PIN2)
    assert (reading.address, reading.photo) == (plainly.address, plainly.photo)
    assert len(connection.verifies) == 2


def spent(card):
    """Tries gone of both PINs, seen by a second program."""
    card.power_off()
    card.power_on()
    return [3 - (card.transmit(bytes((0, 0x20, 0, p2)))[1] & 0x0F) for p2 in (0x81, 0x82)]


@pytest.mark.parametrize("extended", [True, False])
@pytest.mark.parametrize("fault", ["lose_answer_to", "remove_after"])
def test_a_fault_at_every_command_spends_no_try_and_yields_no_half_reading(fault, extended):
    _, whole = read("licence-moved", PIN1, PIN2, extended=extended)
    for at in range(1, whole.exchanges + 1):
        connection = reader_with("licence-moved", extended=extended, **{fault: at})
        try:
            with DriverLicenceSession.open(connection) as session:
                reading = session.read(PIN1, PIN2)
        except CardError:
            reading = None
        assert connection.disconnects == 1
        assert len(connection.verifies) == len({raw[3] for raw in connection.verifies})
        assert spent(connection.card) == [0, 0]
        if reading is not None:
            assert (reading.address, reading.photo) == (whole.address, whole.photo)


@pytest.mark.parametrize(("pins", "key"), [((WRONG1, PIN2), 0), ((PIN1, WRONG2), 1)])
def test_a_wrong_pin_with_a_lost_answer_spends_one_try_only(pins, key):
    for at in range(6, 9):
        connection = reader_with("licence-plain", lose_answer_to=at)
        with (
            DriverLicenceSession.open(connection) as session,
            pytest.raises((WrongPinError, PinStateUnknownError)),
        ):
            session.read(*pins)
        gone = spent(connection.card)
        assert gone[1 - key] == 0
        assert gone[key] <= 1


@settings(max_examples=300)
@given(
    st.dictionaries(st.integers(0, 14), st.binary(max_size=40), max_size=3),
    st.lists(
        st.sampled_from([(PIN1, None), (PIN1, PIN2), (WRONG1, PIN2), (None, PIN2), (None, None)]), max_size=4
    ),
    st.booleans(),
)
def test_a_card_that_answers_nonsense_draws_our_errors_and_no_unasked_verify(nonsense, requests, extended):
    card = build_licence_card("x", SPECIMENS["licence-plain"], None)
    connection = CardOnReader(card, extended=extended)
    honest, sent = card.transmit, []

    def answer(raw):
        sent.append(raw)
        return nonsense.get(len(sent) - 1, None) or honest(raw)

    card.transmit = answer
    asked = []
    try:
        session = DriverLicenceSession.open(connection)
    except CardError:
        assert connection.verifies == []
        return
    for pins in requests:
        asked += [pin for pin in pins if pin is not None]
        try:
            session.read(*pins)
        except CardError:
            continue
    if session.needs_pins:
        presented = [raw[5:] for raw in connection.verifies]
        assert all(value in {pin.as_ascii() for pin in asked} for value in presented)
        assert len(presented) <= len(asked)
    else:  # the nonsense said that no PIN is set
        assert len(connection.verifies) <= 2 * len(requests)
