"""A simulated reader 模擬リーダー in this process: one slot, cards put in and taken out by method."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from kakanai.cardreader.connection import ByteConnection, CardConnection, Reader, ReaderLimits
from kakanai.cardreader.errors import CardRemovedError, CommunicationError, NoCardError, ReaderBusyError
from kakanai.cardreader.faults import Faults
from kakanai.cardreader.simulator.card import SimulatedCard
from kakanai.cardreader.simulator.card_on_reader import AnswerLost, CardOnReader, TakenAway
from kakanai.cardreader.simulator.reader_name import NAME_PREFIX
from kakanai.cardreader.simulator.specimen import load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.specimen_types import Specimen


class SimulatedReaderSource:
    """A ReaderSource with one reader; `insert` and `remove` may be called from any thread.

    `faults` go wrong on connections made from now on, beside what a specimen does wrong by itself. With a
    `state_folder` the retry counters outlive the program. `sleep` waits so many seconds when a pace is asked
    for. `limits` are what the reader is known to pass on; setting a new one makes it another reader.
    """

    def __init__(
        self, state_folder: Path | None = None, *, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self.faults = Faults()
        self.limits = ReaderLimits()
        self._state_folder = state_folder
        self._sleep = sleep
        self._changed = threading.Condition(threading.RLock())
        self._changes = 0
        self._changes_reported = -1
        self._specimen: Specimen | None = None
        self._card: SimulatedCard | None = None
        self._connection: _SimulatedConnection | None = None

    def insert(self, specimen: Specimen | str) -> None:
        """Put a specimen (or its id) on the reader, in place of what lay there.

        Raises:
            SpecimenNotFoundError, SpecimenError, SimulatorStateError: nothing was changed.
        """
        found = load_specimen(specimen) if isinstance(specimen, str) else specimen
        card = build_card(found, self._state_folder)
        with self._changed:
            self._take_out()
            self._specimen, self._card = found, card
            self._tell_change()

    def remove(self) -> None:
        """Take the card away, if one is there; a connection to it is dead from now on."""
        with self._changed:
            if self._card is not None:
                self._take_out()
                self._tell_change()

    def _take_out(self) -> None:
        if self._card is not None:
            self._card.power_off()
        self._specimen = self._card = self._connection = None

    def _tell_change(self) -> None:
        self._changes += 1
        self._changed.notify_all()

    def readers(self) -> list[Reader]:
        """The one reader, named `specimen:ID`, or `specimen:` while it is empty."""
        return [SimulatedReader(self)]

    def wait_for_change(self, timeout_s: float) -> bool:
        """See ReaderSource."""
        with self._changed:
            has_changed = self._changed.wait_for(lambda: self._changes != self._changes_reported, timeout_s)
            self._changes_reported = self._changes
            return has_changed

    @property
    def reader_name(self) -> str:
        """The name of the reader now."""
        with self._changed:
            return NAME_PREFIX + (self._specimen.id if self._specimen else "")

    @property
    def has_card(self) -> bool:
        """Whether a specimen lies on the reader."""
        with self._changed:
            return self._card is not None

    def connect(self) -> CardConnection:
        """See Reader.connect."""
        with self._changed:
            if self._card is None or self._specimen is None:
                raise NoCardError
            if self._connection is not None:
                raise ReaderBusyError
            card = CardOnReader(self._card, self.faults.over(self._specimen.faults))
            card.power_on()
            self._connection = connection = _SimulatedConnection(self, card, self.limits)
        self._wait(card)
        return connection

    def carry(self, connection: "_SimulatedConnection", card: CardOnReader, raw: bytes) -> bytes:
        """The card's answer to a connection's command, after the time it would take.

        Raises:
            CardRemovedError: the connection's card is gone.
            CommunicationError: the answer was lost.
        """
        with self._changed:
            self._require_current(connection)
            try:
                answer = card.transmit(raw)
            except TakenAway:
                self.remove()
                raise CardRemovedError from None
            except AnswerLost:
                raise CommunicationError(status="80100016") from None
        # Not under the lock: a card is taken away, and an empty reader asked for, while a command is running.
        if self._wait(card):
            with self._changed:
                self._require_current(connection)
        with self._changed:
            if card.is_leaving and self._connection is connection:
                self.remove()
        return answer

    def _require_current(self, connection: "_SimulatedConnection") -> None:
        if self._connection is not connection:
            raise CardRemovedError

    def _wait(self, card: CardOnReader) -> bool:
        owed_s = card.take_owed_s()
        if owed_s:
            self._sleep(owed_s)
        return owed_s > 0

    def let_go(self, connection: "_SimulatedConnection") -> None:
        """End the connection and power the card off; nothing happens if it has ended before."""
        with self._changed:
            if self._connection is connection:
                self._connection = None
                if self._card is not None:
                    self._card.power_off()


class SimulatedReader:
    """The slot of a SimulatedReaderSource; its name follows the card."""

    def __init__(self, source: SimulatedReaderSource) -> None:
        self._source = source

    @property
    def name(self) -> str:
        """`specimen:ID`, or `specimen:` while it is empty."""
        return self._source.reader_name

    def is_card_present(self) -> bool:
        """Whether a specimen lies here."""
        return self._source.has_card

    def connect(self) -> CardConnection:
        """See Reader.connect; the same exclusive use as on a real reader."""
        return self._source.connect()


class _SimulatedConnection(ByteConnection):
    """Raw bytes to the card on the reader and back."""

    def __init__(self, source: SimulatedReaderSource, card: CardOnReader, limits: ReaderLimits) -> None:
        super().__init__(source.reader_name, limits)
        self._source = source
        self._card = card

    def _exchange(self, raw: bytes) -> bytes:
        return self._source.carry(self, self._card, raw)

    def disconnect(self) -> None:
        """Power the card off; see CardConnection."""
        self._source.let_go(self)
