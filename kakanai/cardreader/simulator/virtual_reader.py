"""A simulated reader 模擬リーダー in this process: one slot, cards put in and taken out by method."""

import dataclasses
import threading
from pathlib import Path

from kakanai.cardreader.connection import ByteConnection, CardConnection, Reader
from kakanai.cardreader.errors import CardRemovedError, CommunicationError, NoCardError, ReaderBusyError
from kakanai.cardreader.simulator.specimen import Specimen, load_specimen
from kakanai.cardreader.simulator.specimen_card import build_card
from kakanai.cardreader.simulator.virtual_card import VirtualCard

NAME_PREFIX = "specimen:"


@dataclasses.dataclass
class Faults:
    """What goes wrong on connections made from now on; exchanges are counted from 1, None is never.

    `remove_after_exchanges`: the card leaves after that many answers (0: at the first command).
    `lose_response_of`: the card carries that command out, but its answer does not arrive.
    """

    remove_after_exchanges: int | None = None
    lose_response_of: int | None = None


class SimulatedReaderSource:
    """A ReaderSource with one reader; `insert` and `remove` may be called from any thread.

    With a `state_folder` the retry counters outlive the program.
    """

    def __init__(self, state_folder: Path | None = None) -> None:
        self.faults = Faults()
        self._state_folder = state_folder
        self._changed = threading.Condition(threading.RLock())
        self._changes = 0
        self._changes_reported = -1
        self._specimen: Specimen | None = None
        self._card: VirtualCard | None = None
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
            if self._card is None:
                raise NoCardError
            if self._connection is not None:
                raise ReaderBusyError
            self._card.power_on()
            self._connection = _SimulatedConnection(self, dataclasses.replace(self.faults))
            return self._connection

    def carry(self, connection: "_SimulatedConnection", raw: bytes) -> bytes:
        """The card's answer to a connection's command.

        Raises:
            CardRemovedError: the connection's card is gone.
        """
        with self._changed:
            if self._card is None or self._connection is not connection:
                raise CardRemovedError
            return self._card.transmit(raw)

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
    """Raw bytes to the virtual card and back, with the faults asked for."""

    def __init__(self, source: SimulatedReaderSource, faults: Faults) -> None:
        super().__init__(source.reader_name)
        self._source = source
        self._faults = faults

    def _exchange(self, raw: bytes) -> bytes:
        limit = self._faults.remove_after_exchanges
        if limit is not None and self.exchanges > limit:
            self._source.remove()
        answer = self._source.carry(self, raw)
        if self.exchanges == self._faults.lose_response_of:
            raise CommunicationError(status="80100016")
        return answer

    def disconnect(self) -> None:
        """Power the card off; see CardConnection."""
        self._source.let_go(self)
