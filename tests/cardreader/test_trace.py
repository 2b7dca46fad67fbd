import logging

import pytest

from kakanai.cardreader.apdu import CommandApdu
from kakanai.cardreader.connection import ByteConnection
from kakanai.cardreader.errors import CardRemovedError, CommunicationError
from kakanai.cardreader.traced_connection import TracedConnection


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


def test_a_traced_connection_keeps_headers_and_lengths():
    connection = TracedConnection(Answering("秘密".encode() + b"\x90\x00"))
    assert connection.transmit(VERIFY).sw == 0x9000
    (exchange,) = connection.trace
    assert (exchange.header, exchange.lc, exchange.le, exchange.extended) == ("00200091", 4, None, False)
    assert (exchange.sw, exchange.length, exchange.error) == ("9000", 6, None)
    assert exchange.ms >= 0
    assert "1234" not in repr(exchange)
    assert "秘密" not in repr(exchange)
    assert (connection.reader_name, connection.exchanges, connection.limits.extended) == ("fake", 1, None)
    connection.disconnect()


def test_a_traced_connection_keeps_lost_answers_by_code():
    connection = TracedConnection(Answering(CommunicationError(status="80100016")))
    with pytest.raises(CommunicationError):
        connection.transmit(VERIFY)
    (exchange,) = connection.trace
    assert (exchange.sw, exchange.length, exchange.error) == (None, 0, "C-009 status=80100016")
