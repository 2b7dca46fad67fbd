"""A reader in which anything may go wrong at any exchange; independent of the simulator's own faults.

Bytes are lost, cards leave, come or lose power as PC/SC tells of it (given: PC/SC part 5 and pcsc-lite): a
handle never outlives its card, so after a removal or a swap every exchange fails until the next connection.
"""

import random

from kakanai.cardreader.connection import ByteConnection, ReaderLimits
from kakanai.cardreader.errors import (
    CardError,
    CardRemovedError,
    CardResetError,
    CommunicationError,
    NoCardError,
    NoServiceError,
    ReaderGoneError,
)
from tests.faults.altered_answers import altered
from tests.faults.holders import Holder
from tests.faults.planned_faults import ALTERING, AT_VERIFY, Extended, Fault, Habits, PlannedFault

LOST = ("80100016", "8010002F", "80100013", "8010001F")


_DETAILS = 2**40


class Slot:
    """The reader's slot with the card in it."""

    def __init__(self) -> None:
        self.holder: Holder | None = None
        self.connection: FaultyConnection | None = None

    def put(self, holder: Holder | None) -> None:
        """Put a card in, in place of what lies there; None leaves the slot empty."""
        if self.holder is not None:
            self.holder.card.power_off()
        if self.connection is not None and self.connection.dead is None:
            self.connection.dead = CardRemovedError()
        self.holder = holder

    def connect(self, limits: ReaderLimits, habits: Habits) -> "FaultyConnection":
        """An exclusive connection; NoCardError if the slot is empty."""
        assert self.connection is None or self.connection.is_disconnected
        if self.holder is None:
            raise NoCardError
        self.holder.card.power_on()
        self.connection = FaultyConnection(self, self.holder, limits, habits)
        return self.connection


class FaultyConnection(ByteConnection):
    """A connection to the card of `holder`, with faults at the exchanges they were planned for.

    `fired` are the faults that happened. `altered` are the places whose answers arrived other than the card
    gave them, "" for an answer that was no content. `keys_sent` counts every VERIFY with data that was sent,
    whether or not the card saw it. `dead` is what every exchange raises from now on.
    """

    def __init__(self, slot: Slot, holder: Holder, limits: ReaderLimits, habits: Habits) -> None:
        super().__init__("faulty", limits)
        self.holder = holder
        self.is_disconnected = False
        self.dead: CardError | None = None
        self.fired: list[Fault] = []
        self.altered: list[str] = []
        self.habits_met: set[str] = set()
        self.keys_sent = 0
        self._slot = slot
        self._habits = habits
        self._plan: dict[int, PlannedFault] = {}
        self._last = b"\x90\x00"

    def plan(self, planned: PlannedFault) -> None:
        """Let this go wrong from now on."""
        if planned.fault is not None:
            is_at_verify = planned.at == AT_VERIFY
            self._plan[AT_VERIFY if is_at_verify else self.exchanges + 1 + planned.at] = planned

    def forget_plans(self) -> None:
        """Let nothing go wrong any more that has not happened yet."""
        self._plan.clear()

    def disconnect(self) -> None:
        """Power off, as UNPOWER does."""
        if not self.is_disconnected:
            self.is_disconnected = True
            if self._slot.holder is self.holder:
                self.holder.card.power_off()

    def _exchange(self, raw: bytes) -> bytes:
        assert not self.is_disconnected, "a command after power off"
        is_key = raw[1] == 0x20 and len(raw) > 5
        self.keys_sent += is_key
        if self.dead is not None:
            raise self.dead
        planned = self._plan.pop(AT_VERIFY if is_key and AT_VERIFY in self._plan else self.exchanges, None)
        # Another seed than that which chose the fault: else its details would hang on the choice.
        chance = random.Random(_DETAILS + planned.seed if planned else 0)  # noqa: S311
        if planned is None or planned.fault is None:
            answer = self._pass_on(raw)
        elif planned.fault in ALTERING:
            answer = self._alter(raw, planned.fault, chance)
        else:
            self.fired.append(planned.fault)
            answer = self._go_wrong(raw, planned.fault, chance)
        self._last = answer
        return answer

    def _pass_on(self, raw: bytes) -> bytes:
        habits = self._habits
        if len(raw) >= 7 and raw[4] == 0 and habits.extended is not Extended.PASSED:
            self.habits_met.add(habits.extended.value)
            if habits.extended is Extended.REFUSED:
                return b"\x67\x00"
            if habits.extended is Extended.BROKEN:
                raise CommunicationError("80100013")
            self._lose_power()
            raise CardResetError("80100068")
        if habits.no_short_ids is not None and _has_short_id(raw):
            self.habits_met.add("short ids refused")
            return habits.no_short_ids.to_bytes(2)
        return self.holder.card.transmit(raw)

    def _alter(self, raw: bytes, fault: Fault, chance: random.Random) -> bytes:
        answer = self._pass_on(raw)
        told = altered(ALTERING[fault], answer, self._last, chance)
        if told != answer:
            self.fired.append(fault)
            if len(told) >= 2:
                self.altered.append(self.holder.card.place)
        return told

    def _go_wrong(self, raw: bytes, fault: Fault, chance: random.Random) -> bytes:  # noqa: C901
        lost = CommunicationError(chance.choice(LOST))
        if fault in _AFTER_THE_CARD_ACTED or (fault in _EITHER and chance.random() < 0.5):
            self._pass_on(raw)
        match fault:
            case Fault.COMMAND_LOST | Fault.ANSWER_LOST:
                raise lost
            case Fault.ANSWER_EMPTY:
                return b""
            case Fault.REMOVED_BEFORE | Fault.REMOVED_INSIDE:
                self._slot.put(None)
            case Fault.SWAPPED_BEFORE | Fault.SWAPPED_INSIDE:
                self._slot.put(self.holder.another(chance))
                if chance.random() < 0.3:
                    raise lost
            case Fault.REMOVED_TOLD_LATE:
                self._slot.put(None)
                raise lost
            case Fault.RESET_WARM:
                self.holder.card.reset()
                raise CardResetError("80100068")
            case Fault.RESET_COLD:
                self._lose_power()
                raise CardResetError("80100067")
            case Fault.RESET_FOR_GOOD:
                self._lose_power()
                self.dead = CardResetError("80100068")
            case Fault.POWER_LOST:
                self._lose_power()
                return self._pass_on(raw)
            case Fault.READER_GONE:
                self._slot.put(None)
                self.dead = ReaderGoneError()
            case Fault.SERVICE_GONE:
                self.dead = NoServiceError()
            case Fault.REFUSED_6F00:
                if self.exchanges > 1:
                    self.altered.append("")
                return b"\x6f\x00"
        assert self.dead is not None
        raise self.dead

    def _lose_power(self) -> None:
        self.holder.card.power_off()
        self.holder.card.power_on()


_AFTER_THE_CARD_ACTED = {
    Fault.ANSWER_LOST,
    Fault.ANSWER_EMPTY,
    Fault.REMOVED_INSIDE,
    Fault.SWAPPED_INSIDE,
}
_EITHER = {
    Fault.REMOVED_TOLD_LATE,
    Fault.RESET_WARM,
    Fault.RESET_COLD,
    Fault.RESET_FOR_GOOD,
    Fault.READER_GONE,
    Fault.SERVICE_GONE,
}


def _has_short_id(raw: bytes) -> bool:
    _, instruction, p1, p2 = raw[:4]
    match instruction:
        case 0xB0:
            return bool(p1 & 0x80)
        case 0xB2:
            return bool(p2 >> 3)
        case 0x20 | 0x2A:
            return bool(p2 & 0x80 and p2 & 0x1F)
    return False
