"""Real readers by PC/SC; the only file that knows pyscard.

It uses the low-level calls: pyscard's monitor threads end for good on a stopped service, outlive their
owner and do not report a card swapped for one with the same ATR. Transactions are not used either: Windows
resets a card after five seconds in an idle one (given: Microsoft documentation of SCardBeginTransaction).
"""

import threading
import time

from smartcard import scard

from kakanai.cardreader.connection import ByteConnection, CardConnection, Reader
from kakanai.cardreader.errors import (
    CardError,
    CardRemovedError,
    CardResetError,
    CommunicationError,
    NoCardError,
    NoServiceError,
    ReaderBusyError,
    ReaderGoneError,
    UnresponsiveCardError,
)

_SUCCESS = 0
_NO_READERS = 0x8010002E

# Windows' certificate propagation opens each inserted card for a moment: wait that long for it to end.
_BUSY_FOR_S = 2.0
_BUSY_RETRY_S = 0.1
_POLL_S = 0.25

_ERRORS: dict[int, type[CardError]] = {
    0x8010001D: NoServiceError,  # NO_SERVICE
    0x8010001E: NoServiceError,  # SERVICE_STOPPED
    0x80100003: NoServiceError,  # INVALID_HANDLE: a context from before the daemon's restart
    0x80100013: NoServiceError,  # F_COMM_ERROR: the daemon hung up
    _NO_READERS: ReaderGoneError,
    0x80100009: ReaderGoneError,  # UNKNOWN_READER
    0x80100017: ReaderGoneError,  # READER_UNAVAILABLE
    0x8010000C: NoCardError,  # NO_SMARTCARD
    0x80100069: CardRemovedError,  # W_REMOVED_CARD
    0x80100066: UnresponsiveCardError,  # W_UNRESPONSIVE_CARD
    0x8010000F: UnresponsiveCardError,  # PROTO_MISMATCH
    0x8010000B: ReaderBusyError,  # SHARING_VIOLATION
}
# What some statuses mean once a card is connected: it is the card or the radio link that went.
_ERRORS_IN_EXCHANGE: dict[int, type[CardError]] = {
    0x8010000C: CardRemovedError,
    0x80100009: ReaderGoneError,
}
_RESETS = (0x80100067, 0x80100068)  # W_UNPOWERED_CARD, W_RESET_CARD
_EXCHANGE_LOST = (0x80100003, 0x80100013)  # beside 80100016 and 8010002F, which have no entry above


def error_for(status: int, *, in_exchange: bool = False) -> CardError:
    """Our error for a PC/SC status, signed as pyscard gives it or not."""
    status &= 0xFFFFFFFF
    if status in _RESETS:
        return CardResetError(f"{status:08X}")
    kind = _ERRORS.get(status)
    if in_exchange:
        kind = None if status in _EXCHANGE_LOST else _ERRORS_IN_EXCHANGE.get(status, kind)
    return kind() if kind is not None else CommunicationError(f"{status:08X}")


class PcscReaderSource:
    """The ReaderSource of PC/SC; owns no thread, one thread at a time talks to the service."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._context: int | None = None
        self._reported: dict[str, int] | None = None
        self._has_reported = False

    def readers(self) -> list[Reader]:
        """The attached readers; see ReaderSource."""
        return [PcscReader(name, self) for name in self._states()]

    def is_card_present(self, name: str) -> bool:
        """Whether a card lies on the reader of this name; False when reader or service is gone."""
        try:
            return bool(self._states().get(name, 0) & scard.SCARD_STATE_PRESENT)
        except CardError:
            return False

    def wait_for_change(self, timeout_s: float) -> bool:
        """See ReaderSource; looks four times a second, so it ends in time and needs no cancelling."""
        deadline = time.monotonic() + timeout_s
        while not self._report_change():
            left_s = deadline - time.monotonic()
            if left_s <= 0:
                return False
            time.sleep(min(_POLL_S, left_s))
        return True

    def _report_change(self) -> bool:
        states: dict[str, int] | None
        try:
            states = {name: _what_matters(state) for name, state in self._states().items()}
        except CardError:
            states = None
        has_changed = not self._has_reported or states != self._reported
        self._reported, self._has_reported = states, True
        return has_changed

    def _states(self) -> dict[str, int]:
        """Event state by reader name, in PC/SC's order; asked once more with a new context if need be."""
        with self._lock:
            try:
                return self._ask_states()
            except CardError:
                self._release()
            try:
                return self._ask_states()
            except CardError:
                self._release()
                raise

    def _ask_states(self) -> dict[str, int]:
        if self._context is None:
            self._context = _establish_context()
        status, names = scard.SCardListReaders(self._context, [])
        if status & 0xFFFFFFFF == _NO_READERS:
            return {}
        _raise_unless_success(status)
        if not names:
            return {}
        asked = [(name, scard.SCARD_STATE_UNAWARE) for name in names]
        status, told = scard.SCardGetStatusChange(self._context, 0, asked)
        _raise_unless_success(status)
        return {name: state for name, state, _ in told}

    def _release(self) -> None:
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
            self._context = None

    def close(self) -> None:
        """Give the service its context back; the source may still be used afterwards."""
        with self._lock:
            self._release()


def _what_matters(state: int) -> int:
    """Presence, and the count of insertions and removals in the upper half, which shows swapped cards."""
    mask: int = scard.SCARD_STATE_PRESENT | scard.SCARD_STATE_UNAVAILABLE | 0xFFFF0000
    return state & mask


def _establish_context() -> int:
    status, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if status != _SUCCESS:
        raise NoServiceError
    handle: int = context
    return handle


def _raise_unless_success(status: int) -> None:
    if status != _SUCCESS:
        raise error_for(status)


class PcscReader:
    """A reader by its PC/SC name."""

    def __init__(self, name: str, source: PcscReaderSource) -> None:
        self._name = name
        self._source = source

    @property
    def name(self) -> str:
        """The PC/SC name; its trailing numbers may change with the USB port."""
        return self._name

    def is_card_present(self) -> bool:
        """Whether a card lies here now."""
        return self._source.is_card_present(self._name)

    def connect(self) -> CardConnection:
        """See Reader.connect; a card held by another program is waited for two seconds."""
        context = _establish_context()
        deadline = time.monotonic() + _BUSY_FOR_S
        try:
            while True:
                try:
                    return _PcscConnection(self._name, context)
                except ReaderBusyError:
                    if time.monotonic() >= deadline:
                        raise
                time.sleep(_BUSY_RETRY_S)
        except BaseException:
            scard.SCardReleaseContext(context)
            raise


class _PcscConnection(ByteConnection):
    """An exclusive connection with a context of its own, so that nothing else waits for an exchange."""

    def __init__(self, reader_name: str, context: int) -> None:
        super().__init__(reader_name)
        status, card, protocol = scard.SCardConnect(
            context,
            reader_name,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if status & 0xFFFFFFFF == 0x80100069:  # on pcsc-lite: taken away between two polls
            raise NoCardError
        _raise_unless_success(status)
        self._context: int | None = context
        self._card = card
        is_t0 = protocol == scard.SCARD_PROTOCOL_T0
        self._send_header = scard.SCARD_PCI_T0 if is_t0 else scard.SCARD_PCI_T1

    def _exchange(self, raw: bytes) -> bytes:
        if self._context is None:
            raise CardRemovedError
        status, answer = scard.SCardTransmit(self._card, self._send_header, list(raw))
        if status != _SUCCESS:
            raise error_for(status, in_exchange=True)
        return bytes(answer)

    def disconnect(self) -> None:
        """Power the card off and give the context back; see CardConnection."""
        if self._context is not None:
            scard.SCardDisconnect(self._card, scard.SCARD_UNPOWER_CARD)
            scard.SCardReleaseContext(self._context)
            self._context = None
