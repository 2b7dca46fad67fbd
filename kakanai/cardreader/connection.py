"""What the rest of the program knows of a reader; PC/SC and the simulator are siblings under it."""

import abc
import dataclasses
from typing import Protocol

from kakanai.cardreader.apdu import CommandApdu, ResponseApdu
from kakanai.cardreader.errors import ApduFormatError, CardError, CommunicationError
from kakanai.cardreader.trace import log_exchange, log_lost_answer


@dataclasses.dataclass
class ReaderLimits:
    """What a reader passes on to a card, learnt by trying; all connections to one reader share one.

    `extended` tells whether extended APDUs come through: None when never tried. Once False it stays so:
    some readers fail in the middle of a reading instead of refusing (given: CCID drivers' descriptions).
    """

    extended: bool | None = None


class CardConnection(Protocol):
    """A powered card that belongs to us alone until `disconnect`."""

    @property
    def reader_name(self) -> str:
        """The reader the card lies on."""

    @property
    def exchanges(self) -> int:
        """Commands sent so far, the unanswered ones included."""

    @property
    def limits(self) -> ReaderLimits:
        """What this reader is known to pass on; what is learnt is written into it."""

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        """The card's answer, whatever its status word.

        Raises:
            CardRemovedError: the card left; the connection is of no more use.
            CommunicationError: no valid answer; the card may or may not have seen the command.
        """

    def disconnect(self) -> None:
        """Power the card off, so that a verified PIN is forgotten. Never raises; may be repeated."""


class Reader(Protocol):
    """A card reader カードリーダー."""

    @property
    def name(self) -> str:
        """Its name, by which `card read --reader` finds it."""

    def is_card_present(self) -> bool:
        """Whether a card lies on it now; False when the reader or the service is gone."""

    def connect(self) -> CardConnection:
        """An exclusive connection to the card.

        Raises:
            NoCardError: nothing lies on the reader.
            ReaderBusyError: another program holds the card.
            UnresponsiveCardError: a card is felt but does not answer.
            ReaderGoneError: the reader was unplugged.
            NoServiceError: PC/SC is not running.
        """


class ReaderSource(Protocol):
    """Where readers come from: PC/SC or the simulator."""

    def readers(self) -> list[Reader]:
        """The attached readers, none is an empty list.

        Raises:
            NoServiceError: PC/SC is not running.
        """

    def wait_for_change(self, timeout_s: float) -> bool:
        """True as soon as readers or cards differ from the last time this said True; False at the timeout.

        The first call answers True at once. A stopped or started service is a change too; never raises.
        """


class ByteConnection(abc.ABC):
    """A CardConnection over raw bytes: encodes, counts, traces; the sibling below carries the bytes."""

    def __init__(self, reader_name: str, limits: ReaderLimits | None = None) -> None:
        self._reader_name = reader_name
        self._limits = limits or ReaderLimits()
        self._exchanges = 0

    @property
    def reader_name(self) -> str:
        """The reader the card lies on."""
        return self._reader_name

    @property
    def exchanges(self) -> int:
        """Commands sent so far, the unanswered ones included."""
        return self._exchanges

    @property
    def limits(self) -> ReaderLimits:
        """What this reader is known to pass on; see CardConnection."""
        return self._limits

    def transmit(self, command: CommandApdu) -> ResponseApdu:
        """The card's answer; see CardConnection."""
        self._exchanges += 1
        try:
            response = ResponseApdu.parse(self._exchange(command.to_bytes()))
        except ApduFormatError as error:
            # vpcd reports a card that died during the exchange as success with an empty answer (observed).
            log_lost_answer(command, CommunicationError.code)
            raise CommunicationError(status="empty") from error
        except CardError as error:
            log_lost_answer(command, error.code)
            raise
        log_exchange(command, response)
        return response

    @abc.abstractmethod
    def _exchange(self, raw: bytes) -> bytes:
        """The raw answer to the raw command."""

    @abc.abstractmethod
    def disconnect(self) -> None:
        """Power the card off; see CardConnection."""
