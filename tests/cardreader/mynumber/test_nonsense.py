"""A card that answers anything, for ever: every step ends soon, in our errors alone, no try too many."""

import datetime as dt
import itertools

from hypothesis import given, settings
from hypothesis import strategies as st

from kakanai.cardreader.apdu import ResponseApdu
from kakanai.cardreader.connection import ReaderLimits
from kakanai.cardreader.errors import (
    CardError,
    CardRemovedError,
    CardResetError,
    CommunicationError,
    ReaderGoneError,
)
from kakanai.cardreader.mynumber.collation import CollationNumberB
from kakanai.cardreader.mynumber.pin import Pin
from kakanai.cardreader.mynumber.pin_status import read_pin_status
from kakanai.cardreader.mynumber.session import MyNumberCardSession
from kakanai.cardreader.mynumber.sign_pin import SignPin
from tests.cardreader.mynumber.card_bytes import COLLATION_B, OFFICIAL, face_file

TODAY = dt.date(2026, 11, 21)
NUMBER = CollationNumberB(COLLATION_B)
EXCHANGES_MAX = 300  # 128 of 256 bytes to the end of a face of 32767, and three files of 8192 for its proof
SECRETS = ("1234", "ABC123", COLLATION_B, "31323334", "黒桐", "19800217")

STATUS_WORDS = st.sampled_from(
    [0x9000, 0x6282, 0x63C3, 0x63C0, 0x6982, 0x6A82, 0x6A86, 0x6B00, 0x6F00, 0x6984]
)
DATA = st.sampled_from(
    [b"", OFFICIAL, b"\xff\x20\x83\x00\x7f\xf0" + b"x" * 250, b"\x7f" * 256, bytes(256), face_file()[:256]]
)
ANSWERS = (
    st.builds(ResponseApdu, DATA | st.binary(max_size=300), STATUS_WORDS | st.integers(0x6000, 0x9FFF))
    | st.just(ResponseApdu(b"", 0x9000))
    | st.just(ResponseApdu(b"", 0x63CA))
)
LOST = st.sampled_from([CommunicationError, CardResetError, CardRemovedError, ReaderGoneError])
STEPS = {
    "read": lambda session: session.read(Pin("1234"), with_my_number=True),
    "verify": lambda session: session.read(Pin("1234"), with_my_number=True, verify=True),
    "number": lambda session: session.read_by_collation_b(NUMBER, verify=True, today=TODAY),
    "face": lambda session: session.read_surface(NUMBER, verify=True, today=TODAY),
    "my_number": lambda session: session.read_my_number(),
    "common": lambda session: session.read_common(),
    "counter": lambda session: session.refresh_attempts(),
    "counter_b": lambda session: session.collation_b_attempts(surface=True),
    "certificates": lambda session: session.jpki.read_certificates(SignPin("ABC123")),
    "token": lambda session: session.jpki.read_token_information(),
    "presence": lambda session: session.jpki.read_certificate_presence(),
    "sign": lambda session: session.jpki.sign(SignPin("ABC123"), bytes(51)),
}
VERIFIES_MAX = {"read": 1, "verify": 1, "number": 2, "face": 1, "certificates": 1, "sign": 1}


class NonsenseConnection:
    """A CardConnection whose answers come round and round, whatever was asked."""

    reader_name = "nonsense"

    def __init__(self, answers, extended):
        self._answers = itertools.cycle(answers)
        self.limits = ReaderLimits(extended)
        self.exchanges = 0
        self.disconnects = 0
        self.verifies = []

    def transmit(self, command):
        assert self.disconnects == 0
        self.exchanges += 1
        if command.ins == 0x20 and command.data:
            self.verifies.append(command.p2)
        answer = next(self._answers)
        if isinstance(answer, ResponseApdu):
            return ResponseApdu(answer.data[: command.le or 0], answer.sw)
        raise answer("80100016") if issubclass(answer, CommunicationError) else answer()

    def disconnect(self):
        self.disconnects += 1


@settings(max_examples=400)
@given(
    st.lists(ANSWERS | LOST, min_size=1, max_size=12),
    st.lists(st.sampled_from(sorted(STEPS)), min_size=1, max_size=4),
    st.sampled_from([None, True, False]),
)
def test_whatever_a_card_answers(answers, steps, extended):
    connection = NonsenseConnection(
        [ResponseApdu(b"", 0x9000), ResponseApdu(b"", 0x63C3), *answers], extended
    )
    try:
        session = MyNumberCardSession.open(connection)
    except CardError:
        assert connection.disconnects == 1
        return
    for step in steps:
        before = connection.exchanges
        connection.verifies.clear()
        try:
            STEPS[step](session)
        except CardError as error:
            told = f"{error!r} {error} {error.details}"
            assert not any(secret in told for secret in SECRETS)
        assert connection.exchanges - before <= EXCHANGES_MAX
        assert len(connection.verifies) <= VERIFIES_MAX.get(step, 0)
        assert len(set(connection.verifies)) == len(connection.verifies)


@given(st.lists(ANSWERS | LOST, min_size=1, max_size=12))
def test_the_status_of_the_keys_spends_no_try(answers):
    connection = NonsenseConnection(answers, extended=None)
    try:
        assert len(read_pin_status(connection)) == 10
    except CardError:
        assert connection.exchanges <= 40
    assert connection.exchanges <= 40
    assert connection.verifies == []
