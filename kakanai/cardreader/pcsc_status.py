"""The numbers of PC/SC: what calls return, as our errors, and the state of a reader, bit by bit."""

from typing import Final

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

NO_READERS: Final = 0x8010002E
TIMEOUT: Final = 0x8010000A
REMOVED_CARD: Final = 0x80100069

STATE_PRESENT: Final = 0x20
_UNAVAILABLE: Final = 0x08
_FLAGS: Final = {
    _UNAVAILABLE: "unavailable",
    0x10: "empty",
    STATE_PRESENT: "present",
    0x80: "exclusive",
    0x100: "inuse",
    0x200: "mute",
    0x400: "unpowered",
}
_EVENT_COUNT: Final = 0xFFFF0000

_ERRORS: Final[dict[int, type[CardError]]] = {
    0x8010001D: NoServiceError,  # NO_SERVICE
    0x8010001E: NoServiceError,  # SERVICE_STOPPED: on Windows also when the last reader was unplugged
    0x80100003: NoServiceError,  # INVALID_HANDLE: a context from before the daemon's restart
    0x00000006: NoServiceError,  # the same as a Windows error, ERROR_INVALID_HANDLE (assumed)
    0x80100013: NoServiceError,  # F_COMM_ERROR: the daemon hung up
    NO_READERS: ReaderGoneError,
    0x80100009: ReaderGoneError,  # UNKNOWN_READER
    0x80100017: ReaderGoneError,  # READER_UNAVAILABLE
    0x8010000C: NoCardError,  # NO_SMARTCARD
    REMOVED_CARD: CardRemovedError,  # W_REMOVED_CARD
    0x80100066: UnresponsiveCardError,  # W_UNRESPONSIVE_CARD
    0x80100065: UnresponsiveCardError,  # W_UNSUPPORTED_CARD: the ATR makes no sense to the service
    0x8010000F: UnresponsiveCardError,  # PROTO_MISMATCH
    0x8010000B: ReaderBusyError,  # SHARING_VIOLATION
}
# What some statuses mean once a card is connected: it is the card or the radio link that went.
_ERRORS_IN_EXCHANGE: Final[dict[int, type[CardError]]] = {
    0x8010000C: CardRemovedError,
    0x80100009: ReaderGoneError,
    0x00000016: ReaderGoneError,  # Windows' ERROR_BAD_COMMAND: the device is gone (assumed)
}
_RESETS: Final = (0x80100067, 0x80100068)  # W_UNPOWERED_CARD, W_RESET_CARD
# Beside 80100016, 8010002F and Windows' 0000001F (observed: node-pcsclite#57), which have no entry above.
_EXCHANGE_LOST: Final = (0x80100003, 0x80100013, 0x00000006)


def error_for(status: int, *, in_exchange: bool = False) -> CardError:
    """Our error for a PC/SC status, signed as pyscard gives it or not."""
    status &= 0xFFFFFFFF
    if status in _RESETS:
        return CardResetError(f"{status:08X}")
    kind = _ERRORS.get(status)
    if in_exchange:
        kind = None if status in _EXCHANGE_LOST else _ERRORS_IN_EXCHANGE.get(status, kind)
    return kind() if kind is not None else CommunicationError(f"{status:08X}")


def raise_unless_success(status: int, *, in_exchange: bool = False) -> None:
    """Nothing for status 0, else `error_for` it."""
    if status:
        raise error_for(status, in_exchange=in_exchange)


def state_flags(state: int) -> tuple[str, ...]:
    """The names of the bits that are set in a reader's event state."""
    return tuple(name for bit, name in _FLAGS.items() if state & bit)


def what_matters(state: int) -> int:
    """Presence, and the count of insertions and removals in the upper half, which shows swapped cards."""
    return state & (STATE_PRESENT | _UNAVAILABLE | _EVENT_COUNT)
