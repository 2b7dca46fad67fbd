"""A virtual card as a reader meets it: with the faults that were asked for, at the pace asked for.

Whatever kind the card plays, faults are laid over the bytes that go to and fro.
"""

from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.card import SimulatedCard
from kakanai.cardreader.simulator.timing import ACTIVATION_S, exchange_s
from kakanai.cardreader.status_words import LOCKED, StatusWord

_VERIFY = 0x20


class TakenAway(Exception):
    """The card has left the reader; no answer comes from it any more."""


class AnswerLost(Exception):
    """The card carried the command out, its answer does not arrive."""


class CardOnReader:
    """One stay of a card on a reader; itself a SimulatedCard but for the two exceptions of `transmit`."""

    def __init__(self, card: SimulatedCard, faults: Faults) -> None:
        self._card = card
        self._faults = faults
        self._exchanges = 0
        self._is_first = True
        self._owed_s = 0.0

    @property
    def atr(self) -> bytes:
        """Answer to reset ATR."""
        return self._card.atr

    @property
    def is_leaving(self) -> bool:
        """Whether the card is to leave now that the last answer was given."""
        limit = self._faults.remove_after_exchanges
        return limit is not None and self._exchanges >= max(limit, 1)

    def power_on(self) -> None:
        """Give it power; see SimulatedCard."""
        self._card.power_on()
        self._is_first = True
        if self._faults.slow is not None:
            self._owed_s += ACTIVATION_S

    def power_off(self) -> None:
        """Take its power."""
        self._card.power_off()
        self._is_first = True

    def reset(self) -> None:
        """Warm reset."""
        self._card.reset()

    def transmit(self, raw: bytes) -> bytes:
        """The answer to any bytes at all.

        Raises:
            TakenAway, AnswerLost: as the faults want it.
        """
        self._exchanges += 1
        limit = self._faults.remove_after_exchanges
        if limit is not None and self._exchanges > limit:
            raise TakenAway
        answer = self._answer(raw)
        if self._faults.slow is not None:
            self._owed_s += exchange_s(raw, answer, self._faults.slow)
        if self._exchanges == self._faults.remove_inside:
            raise TakenAway
        if self._exchanges == self._faults.lose_response_of:
            raise AnswerLost
        return answer

    def take_owed_s(self) -> float:
        """The seconds all that happened since the last call would have taken; 0.0 without a pace."""
        owed, self._owed_s = self._owed_s, 0.0
        return owed

    def _answer(self, raw: bytes) -> bytes:
        is_first, self._is_first = self._is_first, False
        if is_first and self._faults.first_command_6f00:
            return _status(StatusWord.NO_DIAGNOSIS)
        if self._faults.short_apdu_only and _is_extended(raw):
            return _status(StatusWord.WRONG_LENGTH)
        if self._faults.no_sfi and _has_short_id(raw):
            return _status(StatusWord.WRONG_P1_P2)
        answer = self._card.transmit(raw)
        locked = self._faults.locked_answers
        if locked is not None and raw[1:2] == bytes((_VERIFY,)) and int.from_bytes(answer) in LOCKED:
            return _status(locked)
        return answer


def _status(sw: int) -> bytes:
    return sw.to_bytes(2)


def _is_extended(raw: bytes) -> bool:
    return len(raw) >= 7 and raw[4] == 0


def _has_short_id(raw: bytes) -> bool:
    if len(raw) < 4:
        return False
    ins, p1, p2 = raw[1:4]
    match ins:
        case 0x20 | 0x2A:  # VERIFY, COMPUTE DIGITAL SIGNATURE
            return p2 & 0x80 != 0 and p2 & 0x1F != 0
        case 0xB0:  # READ BINARY
            return p1 & 0x80 != 0
        case 0xB2:  # READ RECORD
            return p2 >> 3 != 0
    return False
