"""Puts a virtual card on the real PC/SC reader "Virtual PCD": the card's side of the vpcd protocol.

Source: given by frankmorgner/vsmartcard virtualsmartcard/doc/api.txt: two bytes of length, then the payload;
the driver listens, the card connects; one byte alone is a control code.
"""

import contextlib
import enum
import socket
import time
from collections.abc import Callable

from kakanai.cardreader.errors import VpcdUnreachableError
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.card import SimulatedCard
from kakanai.cardreader.simulator.card_on_reader import AnswerLost, CardOnReader, TakenAway

DEFAULT_HOST = "127.0.0.1"
DEFAULT_PORT = 35963

_POWER_OFF, _POWER_ON, _RESET, _GET_ATR = 0x00, 0x01, 0x02, 0x04
# A lost answer, from a card that stays: for a message of no bytes the driver would wait for ever (observed:
# vsmartcard 3.3), and half a status word is none to any reader.
_NO_STATUS_WORD = b"\x00"
_POLL_S = 0.1
_CONNECT_FOR_S = 5.0


@enum.unique
class CardLeft(enum.StrEnum):
    """Why the card is no longer on the reader."""

    STOPPED = "stopped"
    DRIVER_CLOSED = "driver_closed"
    TAKEN_AWAY = "taken_away"


class _Stopped(Exception):
    pass


def serve(
    card: SimulatedCard,
    host: str = DEFAULT_HOST,
    port: int = DEFAULT_PORT,
    should_stop: Callable[[], bool] = lambda: False,
    on_inserted: Callable[[], None] = lambda: None,
    faults: Faults | None = None,
    sleep: Callable[[float], None] = time.sleep,
) -> CardLeft:
    """Keep the card on the reader until `should_stop` (asked ten times a second) or the driver ends.

    `on_inserted` is called once when the driver has taken the card. Connecting is tried for five seconds,
    for a daemon that is just starting. The card is powered off afterwards, its retry counters are kept.
    With `faults` the card may leave by itself; `sleep` waits so many seconds when a pace is asked for.

    Raises:
        VpcdUnreachableError: nothing listens there.
        SimulatorStateError: the retry counters' file cannot be used.
    """
    on_reader = CardOnReader(card, faults or Faults())
    try:
        with _connect(host, port, should_stop) as link:
            on_inserted()
            _answer_until_closed(on_reader, link, should_stop, sleep)
    except _Stopped:
        return CardLeft.STOPPED
    except TakenAway:
        return CardLeft.TAKEN_AWAY
    finally:
        card.power_off()
    return CardLeft.DRIVER_CLOSED


def _connect(host: str, port: int, should_stop: Callable[[], bool]) -> socket.socket:
    deadline = time.monotonic() + _CONNECT_FOR_S
    while not should_stop():
        try:
            link = socket.create_connection((host, port), timeout=1.0)
        except OSError as error:
            if time.monotonic() >= deadline:
                raise VpcdUnreachableError(host, port) from error
            time.sleep(_POLL_S)
        else:
            link.settimeout(_POLL_S)
            return link
    raise _Stopped


def _answer_until_closed(
    card: CardOnReader,
    link: socket.socket,
    should_stop: Callable[[], bool],
    sleep: Callable[[float], None],
) -> None:
    # The driver closing or vanishing is how a reader loses its card: no failure.
    with contextlib.suppress(ConnectionError):
        while True:
            length = int.from_bytes(_receive(link, 2, should_stop))
            answer = _answer(card, _receive(link, length, should_stop))
            if owed_s := card.take_owed_s():
                sleep(owed_s)
            if answer is not None:
                link.sendall(len(answer).to_bytes(2) + answer)
            if card.is_leaving:
                raise TakenAway


def _answer(card: CardOnReader, payload: bytes) -> bytes | None:
    if len(payload) > 1:
        try:
            return card.transmit(payload)
        except AnswerLost:
            return _NO_STATUS_WORD
    control = payload[0] if payload else None
    if control == _POWER_OFF:
        card.power_off()
    elif control == _POWER_ON:
        card.power_on()
    elif control == _RESET:
        card.reset()
    elif control == _GET_ATR:
        return card.atr
    return None


def _receive(link: socket.socket, count: int, should_stop: Callable[[], bool]) -> bytes:
    """Exactly so many bytes.

    Raises:
        _Stopped: `should_stop` said so.
        ConnectionError: the driver closed.
    """
    received = b""
    while len(received) < count:
        if should_stop():
            raise _Stopped
        _acknowledge_at_once(link)
        try:
            chunk = link.recv(count - len(received))
        except TimeoutError:
            continue
        if not chunk:
            raise ConnectionResetError
        received += chunk
    return received


def _acknowledge_at_once(link: socket.socket) -> None:
    """Spare 40 ms an exchange: Debian 12's driver writes length and payload apart and waits (observed).

    The system forgets the wish after some bytes, so it is said before each receive.
    """
    if hasattr(socket, "TCP_QUICKACK"):
        link.setsockopt(socket.IPPROTO_TCP, socket.TCP_QUICKACK, 1)
