"""What a reading with `verify` collects, and in how many exchanges."""

import datetime as dt
import hashlib

import pytest

from kakanai.cardreader.apdu import ResponseApdu
from kakanai.cardreader.connection import ReaderLimits
from kakanai.cardreader.errors import CardRemovedError, PinRequiredError
from kakanai.cardreader.kinds import CardKey
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.proof import CertificateProof
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from tests.cardreader.mynumber.card_bytes import COLLATION_B, NUMBER_FILE, OFFICIAL, face_file, tlv

TODAY = dt.date(2026, 11, 21)
NUMBER = CollationNumberB(COLLATION_B)
DIGESTS = tlv(0xFF30, bytes(331))
CERTIFICATE = tlv(0x7F21, bytes(563))
CARD_KEY = tlv(0xFF50, bytes(531))
FACE = face_file()
TEXT, SURFACE = bytes.fromhex("D3921000310001010408"), bytes.fromhex("D3921000310001010402")
FILES = {
    TEXT: {1: NUMBER_FILE, 2: OFFICIAL, 3: DIGESTS, 4: CERTIFICATE, 7: CARD_KEY},
    SURFACE: {2: FACE, 4: CERTIFICATE},
}
CHALLENGE_HEADER = bytes.fromhex("802A0000")


class FileCard:
    """A CardConnection to a card that takes every key and gives its files by short id; `refusals` come first.

    A refusal is a status word, or an error to raise, by (AID, header in hexadecimal).
    """

    reader_name = "files"

    def __init__(self, extended=False, refusals=None):
        self.limits = ReaderLimits(extended)
        self.refusals = refusals or {}
        self.exchanges = 0
        self.disconnects = 0
        self.log = []
        self.challenges = []
        self._aid = None
        self._file = b""

    def transmit(self, command):
        assert self.disconnects == 0
        self.exchanges += 1
        self.log.append(command.header.hex().upper())
        refusal = self.refusals.get((self._aid, self.log[-1]))
        if isinstance(refusal, Exception):
            raise refusal
        if refusal is not None:
            return ResponseApdu(b"", refusal)
        match command.ins:
            case 0xA4:
                self._aid = command.data
                return ResponseApdu(b"", 0x9000)
            case 0x20:
                return ResponseApdu(b"", 0x9000 if command.data else 0x63C3)
            case 0x2A:
                self.challenges.append(command.data)
                return ResponseApdu(b"signature of " + command.data, 0x9000)
        offset = command.p2
        if command.p1 & 0x80:
            self._file = FILES[self._aid].get(command.p1 & 0x1F, b"")
        else:
            offset |= command.p1 << 8
        data = self._file[offset : offset + command.le]
        return ResponseApdu(data, 0x9000 if data else 0x6A82)

    def disconnect(self):
        self.disconnects += 1


def read_by_pin(card, *, with_my_number=True):
    return MyNumberCardSession.open(card).read(Pin("1234"), with_my_number=with_my_number, verify=True)


def read_by_number(card):
    return MyNumberCardSession.open(card).read_by_collation_b(NUMBER, verify=True, today=TODAY)


@pytest.mark.parametrize(
    ("extended", "exchanges"), [(False, 2 + 3 + 3 + 2 + 3 + 1), (True, 2 + 1 + 3 + 2 + 1)]
)
def test_the_proof_of_a_reading_by_pin(extended, exchanges):
    card = FileCard(extended)
    reading = read_by_pin(card)
    text = reading.proof.text
    assert (text.basic_four, text.my_number) == (OFFICIAL, NUMBER_FILE)
    assert (text.digests, text.certificate, text.card_key) == (DIGESTS, CERTIFICATE, CARD_KEY)
    assert (reading.proof.surface, reading.proof.certificates) == (None, None)
    assert reading.my_number.digits == "123456789018"
    assert card.exchanges == exchanges
    assert card.disconnects == 0


def test_the_free_certificate_is_read_before_the_pin_and_tries_extended_apdus_out():
    card = FileCard(extended=None)
    read_by_pin(card)
    assert card.limits.extended is True
    assert card.log[:4] == ["00A4040C", "00200091", "00B08400", "00200091"]


def test_the_challenge_is_new_every_time_and_the_card_signs_its_digest():
    card = FileCard()
    session = MyNumberCardSession.open(card)
    told = [
        session.read(Pin("1234"), with_my_number=False, verify=True).proof.text.challenge for _ in range(3)
    ]
    assert len({one.challenge for one in told}) == 3
    for one, sent in zip(told, card.challenges, strict=True):
        assert len(one.challenge) == 32
        # DigestInfo of SHA-256 as RFC 8017 writes it down in section 9.2, note 1.
        assert (
            sent
            == bytes.fromhex("3031300D060960864801650304020105000420")
            + hashlib.sha256(one.challenge).digest()
        )
        assert one.signature == b"signature of " + sent


def test_the_proof_of_a_reading_without_a_pin_holds_the_face():
    card = FileCard()
    reading = read_by_number(card)
    surface = reading.proof.surface
    assert (surface.surface, surface.certificate) == (FACE, CERTIFICATE)
    assert surface.challenge.signature == b"signature of " + card.challenges[1]
    assert surface.challenge.challenge != reading.proof.text.challenge.challenge
    assert reading.proof.text.my_number is None
    assert reading.surface.proof == surface
    verifies = [header for header in card.log if header in ("00200095", "00200092")]
    assert verifies == ["00200095", "00200095", "00200092"]  # counter and number, then the number alone


@pytest.mark.parametrize("sw", [0x6A82, 0x6A86, 0x6D00, 0x6985, 0x6982, 0x6F00])
def test_a_card_that_does_not_answer_the_challenge(sw):
    challenge = read_by_pin(FileCard(refusals={(TEXT, "802A0000"): sw})).proof.text.challenge
    assert challenge.signature is None
    assert len(challenge.challenge) == 32


@pytest.mark.parametrize("sw", [0x6A82, 0x6985, 0x6F00])
@pytest.mark.parametrize(
    ("header", "name"), [("00B08300", "digests"), ("00B08400", "certificate"), ("00B08700", "card_key")]
)
def test_what_the_card_does_not_give_is_none(header, name, sw):
    text = read_by_pin(FileCard(refusals={(TEXT, header): sw})).proof.text
    assert getattr(text, name) is None
    assert sum(part is None for part in (text.digests, text.certificate, text.card_key)) == 1


@pytest.mark.parametrize("header", ["00B08300", "00B08700"])
def test_6982_on_a_file_of_the_proof(header):
    card = FileCard(refusals={(TEXT, header): 0x6982})
    with pytest.raises(PinRequiredError):  # the card has forgotten the PIN in the middle
        read_by_pin(card)
    text = read_by_number(FileCard(refusals={(TEXT, header): 0x6982})).proof.text
    assert None in (text.digests, text.card_key)  # 照合番号B may open less than the PIN


@pytest.mark.parametrize("header", ["00B08400", "00B08300", "00B08700", "802A0000"])
def test_a_card_taken_away_while_it_proves_itself(header):
    card = FileCard(refusals={(TEXT, header): CardRemovedError()})
    with pytest.raises(CardRemovedError):
        read_by_pin(card)
    assert card.disconnects == 1


def test_face_number_and_certificates_read_later_join_the_proof():
    card = FileCard()
    session = MyNumberCardSession.open(card)
    reading = session.read(Pin("1234"), with_my_number=False, verify=True)
    assert reading.proof.text.my_number is None
    whole = reading.with_my_number(session.read_my_number())
    whole = whole.with_surface(session.read_surface(NUMBER, verify=True, today=TODAY))
    certificates = CertificateProof(auth=b"DER")
    whole = whole.with_certificates(certificates)
    assert whole.proof.text.my_number == NUMBER_FILE
    assert whole.proof.surface.surface == FACE
    assert whole.proof.certificates is certificates
    assert whole.proof.text.challenge == reading.proof.text.challenge
    assert (whole.my_number.digits, whole.opened_by) == ("123456789018", CardKey.TEXT_PIN)


def test_a_reading_without_proof_takes_no_certificates():
    reading = MyNumberCardSession.open(FileCard()).read(Pin("1234"), with_my_number=False)
    with pytest.raises(ValueError, match="no proof"):
        reading.with_certificates(CertificateProof())


def test_no_text_shows_what_the_proof_holds():
    reading = read_by_number(FileCard())
    shown = f"{reading!r}{reading.proof!r}{reading.proof.text!r}{reading.proof.surface!r}{reading.surface!r}"
    assert "1980" not in shown
    assert "黒桐" not in shown
    assert shown.count("****") == 5
