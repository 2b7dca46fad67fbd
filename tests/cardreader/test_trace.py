import logging

import pytest

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.connection import ByteConnection
from kakanai.cardreader.errors import CardRemovedError, CommunicationError


class Answering(ByteConnection):
    def __init__(self, answer):
        super().__init__("fake")
        self._answer = answer

    def _exchange(self, raw):
        if isinstance(self._answer, Exception):
            raise self._answer
        return self._answer

    def disconnect(self):
        pass


VERIFY = CommandApdu(0x00, 0x20, 0x00, 0x91, b"1234")


def test_the_log_line_has_header_and_lengths_but_no_data(caplog):
    caplog.set_level(logging.DEBUG)
    Answering("秘密".encode() + b"\x90\x00").transmit(VERIFY)
    assert caplog.messages == ["00200091 Lc=4 Le=- > 9000 length=6"]


@pytest.mark.parametrize("answer", [b"", b"\x90"])
def test_an_answer_without_status_word_is_a_lost_answer(answer, caplog):
    connection = Answering(answer)
    with pytest.raises(CommunicationError) as caught:
        connection.transmit(VERIFY)
    assert caught.value.details == {"status": "empty"}
    assert connection.exchanges == 1
    assert caplog.messages == ["00200091 Lc=4 > no answer, C-009"]


def test_a_removed_card_is_logged_and_counted(caplog):
    connection = Answering(CardRemovedError())
    with pytest.raises(CardRemovedError):
        connection.transmit(VERIFY)
    assert connection.exchanges == 1
    assert "31323334" not in caplog.text
    assert "C-010" in caplog.text
