"""Real readers by PC/SC; the only file that knows pyscard.

It uses the low-level calls: pyscard's monitor threads end for good on a stopped service, outlive their
owner and do not report a card swapped for one with the same ATR. Transactions are not used either: Windows
resets a card after five seconds in an idle one (given: Microsoft documentation of SCardBeginTransaction).
No call of PC/SC has a time limit, so all run on threads that can be given up (decisions/0011-readers.md).
"""

import importlib.metadata
import logging
import threading
import time
import weakref
from collections.abc import Mapping
from functools import partial

from smartcard import scard

from kakanai.cardreader import pcsc_limits
from kakanai.cardreader.bounded_call import CallThread
from kakanai.cardreader.connection import ByteConnection, CardConnection, Reader, ReaderLimits
from kakanai.cardreader.errors import (
    CardError,
    CardRemovedError,
    CommunicationError,
    NoCardError,
    NoServiceError,
    ReaderBusyError,
)
from kakanai.cardreader.pcsc_status import (
    NO_READERS,
    REMOVED_CARD,
    STATE_PRESENT,
    TIMEOUT,
    raise_unless_success,
    state_flags,
    what_matters,
)
from kakanai.cardreader.reader_conditions import ReaderCondition
from kakanai.cardreader.reader_names import reader_identity
from kakanai.cardreader.remembered_readers import RememberedReaders

_log = logging.getLogger(__name__)

# Windows' certificate propagation opens each inserted card for a moment: wait that long for it to end.
_BUSY_FOR_S = 2.0
_BUSY_RETRY_S = 0.1
_POLL_S = 0.25


class PcscReaderSource:
    """The ReaderSource of PC/SC; one thread at a time talks to the service.

    With `remembered` the choice of reader and what readers pass on outlive the program.
    """

    def __init__(self, remembered: RememberedReaders | None = None) -> None:
        self._remembered = remembered
        self._limits: dict[str, ReaderLimits] = {}
        self._lock = threading.Lock()
        self._calls = CallThread("pcsc-readers")
        self._context: int | None = None
        self._reported: dict[str, int] | None = None
        self._has_reported = False
        weakref.finalize(self, self._calls.finish, lambda: None, 0.0)

    def readers(self) -> list[Reader]:
        """The attached readers; see ReaderSource."""
        return [PcscReader(name, self) for name in self._states()]

    def conditions(self) -> list[ReaderCondition]:
        """See DetailedReaderSource."""
        return [
            ReaderCondition(name, bool(state & STATE_PRESENT), atr, state_flags(state))
            for name, (state, atr) in self._states().items()
        ]

    def service_facts(self) -> Mapping[str, str]:
        """The service pyscard was built for and pyscard's version; PC/SC tells no version of its own."""
        try:
            version = importlib.metadata.version("pyscard")
        except importlib.metadata.PackageNotFoundError:  # packed into one program, without its description
            version = "unknown"
        return {"service": scard.resourceManager, "pyscard": version}

    @property
    def preferred(self) -> str | None:
        """See RemembersReader."""
        return self._remembered.chosen if self._remembered is not None else None

    def prefer(self, name: str) -> None:
        """See RemembersReader; without `remembered` nothing happens."""
        if self._remembered is not None:
            self._remembered.choose(reader_identity(name))

    def limits_of(self, name: str) -> ReaderLimits:
        """What the reader of this name passes on: one object for all connections to it."""
        identity = reader_identity(name)
        if self._remembered is not None:
            return self._remembered.limits_of(identity)
        return self._limits.setdefault(identity, ReaderLimits())

    def is_card_present(self, name: str) -> bool:
        """Whether a card lies on the reader of this name; False when reader or service is gone."""
        try:
            state, _ = self._states().get(name, (0, b""))
        except CardError:
            return False
        return bool(state & STATE_PRESENT)

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
            states = {name: what_matters(state) for name, (state, _) in self._states().items()}
        except CardError:
            states = None
        has_changed = not self._has_reported or states != self._reported
        self._reported, self._has_reported = states, True
        return has_changed

    def _states(self) -> dict[str, tuple[int, bytes]]:
        """Event state and ATR by reader name, in PC/SC's order.

        Raises:
            NoServiceError: also when the service does not answer within five seconds.
        """
        with self._lock:
            try:
                return self._calls.call(self._ask_twice, pcsc_limits.SERVICE_LIMIT_S)
            except TimeoutError as error:
                raise NoServiceError from error

    def _ask_twice(self) -> dict[str, tuple[int, bytes]]:
        """Asked once more with a new context if need be."""
        try:
            return self._ask_states()
        except CardError:
            self._release()
        try:
            return self._ask_states()
        except CardError:
            self._release()
            raise

    def _ask_states(self) -> dict[str, tuple[int, bytes]]:
        self._context = self._context or _establish_context()
        status, names = scard.SCardListReaders(self._context, [])
        if status & 0xFFFFFFFF != NO_READERS:
            raise_unless_success(status)
        if not names:
            return {}
        asked = [(name, scard.SCARD_STATE_UNAWARE) for name in names]
        status, told = scard.SCardGetStatusChange(self._context, 0, asked)
        raise_unless_success(status)
        return {name: (state, bytes(atr)) for name, state, atr in told}

    def _release(self) -> None:
        if self._context is not None:
            scard.SCardReleaseContext(self._context)
            self._context = None

    def close(self) -> None:
        """Give the service its context back; the source may still be used afterwards."""
        with self._lock:
            try:
                self._calls.call(self._release, pcsc_limits.SERVICE_LIMIT_S)
            except TimeoutError:
                _log.warning("the service did not take its context back")


def _establish_context() -> int:
    status, context = scard.SCardEstablishContext(scard.SCARD_SCOPE_USER)
    if status:
        raise NoServiceError
    handle: int = context
    return handle


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
        hold = _Hold(self._name)
        try:
            protocol = self._take(hold)
        except BaseException:
            hold.let_go()
            raise
        return _PcscConnection(self._name, self._source.limits_of(self._name), hold, protocol)

    def _take(self, hold: "_Hold") -> int:
        deadline = time.monotonic() + _BUSY_FOR_S
        while True:
            try:
                return hold.calls.call(hold.take, pcsc_limits.CONNECT_LIMIT_S)
            except TimeoutError as error:
                raise ReaderBusyError from error
            except ReaderBusyError:
                if time.monotonic() >= deadline:
                    raise
            time.sleep(_BUSY_RETRY_S)


class _Hold:
    """The card's handle and the context it came from; `take` and `_power_off` run on the thread alone.

    It has a context and a thread of its own, so that nothing else waits for an exchange.
    """

    def __init__(self, reader_name: str) -> None:
        self.calls = CallThread("pcsc-card")
        self.card: int | None = None
        self.is_let_go = False
        self._reader_name = reader_name
        self._context: int | None = None

    def take(self) -> int:
        """The protocol of the card, which now is ours alone."""
        self._context = self._context or _establish_context()
        status, card, protocol = scard.SCardConnect(
            self._context,
            self._reader_name,
            scard.SCARD_SHARE_EXCLUSIVE,
            scard.SCARD_PROTOCOL_T0 | scard.SCARD_PROTOCOL_T1,
        )
        if status & 0xFFFFFFFF == REMOVED_CARD:  # on pcsc-lite: taken away between two polls
            raise NoCardError
        raise_unless_success(status)
        self.card = card
        told: int = protocol
        return told

    def let_go(self) -> None:
        """Power the card off when the last call returns, and wait two seconds for it; may be repeated."""
        if not self.is_let_go:
            self.is_let_go = True
            if not self.calls.finish(self._power_off, pcsc_limits.POWER_OFF_LIMIT_S):
                _log.warning("the card was not powered off in time")

    def _power_off(self) -> None:
        if self.card is not None:
            scard.SCardDisconnect(self.card, scard.SCARD_UNPOWER_CARD)
        if self._context is not None:
            scard.SCardReleaseContext(self._context)


class _PcscConnection(ByteConnection):
    """An exclusive connection; forgotten ones are powered off too, at the program's end at the latest."""

    def __init__(self, reader_name: str, limits: ReaderLimits, hold: _Hold, protocol: int) -> None:
        super().__init__(reader_name, limits)
        self._hold = hold
        self._is_stuck = False
        is_t0 = protocol == scard.SCARD_PROTOCOL_T0
        self._send_header = scard.SCARD_PCI_T0 if is_t0 else scard.SCARD_PCI_T1
        weakref.finalize(self, hold.let_go)

    def _exchange(self, raw: bytes) -> bytes:
        if self._hold.is_let_go:
            raise CardRemovedError
        if self._is_stuck:
            raise CommunicationError(f"{TIMEOUT:08X}")
        send = partial(scard.SCardTransmit, self._hold.card, self._send_header, list(raw))
        try:
            status, answer = self._hold.calls.call(send, pcsc_limits.exchange_limit_s(raw))
        except TimeoutError as error:
            # The answer to this command may come yet, and must never be taken for another's.
            self._is_stuck = True
            raise CommunicationError(f"{TIMEOUT:08X}") from error
        raise_unless_success(status, in_exchange=True)
        return bytes(answer)

    def disconnect(self) -> None:
        """Power the card off and give the context back; see CardConnection."""
        self._hold.let_go()
