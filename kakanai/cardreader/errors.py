"""Foreseen failures of readers, cards and simulated cards.

Exit statuses: 3 reader or service, 4 card, 5 PIN, 6 card data, 7 simulator.
"""

from typing import ClassVar

from kakanai.cardreader.kinds import CardKey, CardKind
from kakanai.errors import KakanaiError

UNKNOWN_ATTEMPTS = -1


class CardError(KakanaiError):
    """Any foreseen failure of the card layer."""

    code: ClassVar[str] = "C-000"
    exit_status: ClassVar[int] = 4


class NoServiceError(CardError):
    """PC/SC is not running (0x8010001D, 0x8010001E); on Windows also when the last reader was unplugged."""

    code = "C-001"
    exit_status = 3


class NoReaderError(CardError):
    """No card reader カードリーダー is attached."""

    code = "C-002"
    exit_status = 3


class ReaderNotFoundError(CardError):
    """No attached reader bears the `reader` name that was asked for."""

    code = "C-003"
    exit_status = 3

    def __init__(self, reader: str) -> None:
        super().__init__(reader=reader)


class SeveralReadersError(CardError):
    """Cards lie on `count` readers and none was chosen; `readers` are their names joined by ", "."""

    code = "C-004"
    exit_status = 3

    def __init__(self, names: list[str]) -> None:
        self.names = names
        super().__init__(count=len(names), readers=", ".join(names))


class ReaderBusyError(CardError):
    """Another program holds the card (0x8010000B), and went on holding it for two seconds."""

    code = "C-005"
    exit_status = 3


class ReaderGoneError(CardError):
    """The reader was unplugged meanwhile (0x80100009, 0x80100017)."""

    code = "C-006"
    exit_status = 3


class NoCardError(CardError):
    """Nothing lies on the reader (0x8010000C)."""

    code = "C-007"


class UnresponsiveCardError(CardError):
    """A card is felt but does not answer (0x80100066): upside down, two at once, or in a wallet."""

    code = "C-008"


class CommunicationError(CardError):
    """An exchange got no valid answer; whether the card saw the command is unknown.

    `status` is the PC/SC status as eight hexadecimal digits, or "empty" for an answer without status word.
    """

    code = "C-009"

    def __init__(self, status: str) -> None:
        super().__init__(status=status)


class CardRemovedError(CardError):
    """The card left the reader (0x80100069); nothing of the reading is kept."""

    code = "C-010"


class WrongPinError(CardError):
    """What was presented for `key` was wrong; `attempts_remaining` tries are left (at least 1)."""

    code = "C-011"
    exit_status = 5

    def __init__(self, attempts_remaining: int, key: CardKey = CardKey.TEXT_PIN) -> None:
        self.attempts_remaining = attempts_remaining
        self.key = key
        super().__init__(attempts_remaining=attempts_remaining, key=key.value)


class PinLockedError(CardError):
    """The `key` is locked ロック; the message says who can reset it."""

    code = "C-012"
    exit_status = 5

    def __init__(self, key: CardKey = CardKey.TEXT_PIN) -> None:
        self.key = key
        super().__init__(key=key.value)


class PinStateUnknownError(CardError):
    """The answer to VERIFY of `key` was lost: a try may have been used up. VERIFY was not sent again.

    `attempts_remaining` is the counter read afterwards, or -1 when it could not be read.
    """

    code = "C-013"
    exit_status = 5

    def __init__(self, attempts_remaining: int = UNKNOWN_ATTEMPTS, key: CardKey = CardKey.TEXT_PIN) -> None:
        self.attempts_remaining = attempts_remaining
        self.key = key
        super().__init__(attempts_remaining=attempts_remaining, key=key.value)


class PinRequiredError(CardError):
    """SW 6982: the `key` must be presented first, or the card forgot it; no try was used up."""

    code = "C-014"
    exit_status = 5

    def __init__(self, key: CardKey = CardKey.TEXT_PIN) -> None:
        self.key = key
        super().__init__(key=key.value)


class PinFormatError(CardError):
    """What was entered cannot be `key`; nothing was sent to the card."""

    code = "C-015"
    exit_status = 5

    def __init__(self, key: CardKey = CardKey.TEXT_PIN) -> None:
        self.key = key
        super().__init__(key=key.value)


class SessionClosedError(CardError):
    """The session with this card is over; the card was powered off."""

    code = "C-016"


class CardResetError(CommunicationError):
    """Another program or the system reset the card (0x80100067, 0x80100068); start again from SELECT."""

    code = "C-017"


class UnsupportedCardError(CardError):
    """The card is of no kind this program reads 対象外; `kind` says which, if it could be told."""

    code = "C-020"

    def __init__(self, kind: CardKind = CardKind.UNKNOWN) -> None:
        self.kind = kind
        super().__init__(kind=kind.value)


class JukiCardError(UnsupportedCardError):
    """A 住民基本台帳カード lies on the reader: all of them have expired; no PIN was tried."""

    code = "C-021"

    def __init__(self) -> None:
        super().__init__(CardKind.JUKI_CARD)


class AnotherCardError(UnsupportedCardError):
    """A card of `kind` lies there, which this program reads, but not as the one that was asked for."""

    code = "C-022"


class CardDataError(CardError):
    """File `file` of the card does not hold what it should; `reason` is a short English word for the log."""

    code = "C-023"
    exit_status = 6

    def __init__(self, file: str, reason: str) -> None:
        self.file = file
        super().__init__(file=file, reason=reason)


class CardStatusError(CardError):
    """The card answered `command` with a status word `sw` that has no meaning here."""

    code = "C-024"

    def __init__(self, command: str, sw: int) -> None:
        self.sw = sw
        super().__init__(command=command, sw=f"{sw:04X}")


class ApduFormatError(CardError):
    """Bytes that should be a command or an answer are neither."""

    code = "C-025"
    exit_status = 6

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class TlvFormatError(CardError):
    """Bytes that should be BER-TLV are not."""

    code = "C-026"
    exit_status = 6

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class SpecimenNotFoundError(CardError):
    """No specimen 見本カード is called `specimen`."""

    code = "C-030"
    exit_status = 7

    def __init__(self, specimen: str) -> None:
        super().__init__(specimen=specimen)


class SpecimenError(CardError):
    """The file of `specimen` is broken at `key`; `reason` says how."""

    code = "C-031"
    exit_status = 7

    def __init__(self, specimen: str, key: str, reason: str) -> None:
        super().__init__(specimen=specimen, key=key, reason=reason)


class VpcdUnreachableError(CardError):
    """Nothing listens at `host`:`port`, so the virtual card cannot be put on a reader."""

    code = "C-032"
    exit_status = 7

    def __init__(self, host: str, port: int) -> None:
        super().__init__(host=host, port=port)


class SimulatorStateError(CardError):
    """The file with the retry counters of `specimen` cannot be read or written."""

    code = "C-033"
    exit_status = 7

    def __init__(self, specimen: str, reason: str) -> None:
        super().__init__(specimen=specimen, reason=reason)


def unsupported_card(kind: CardKind) -> UnsupportedCardError:
    """The error for a card that was to be read as another kind than it is."""
    if kind is CardKind.JUKI_CARD:
        return JukiCardError()
    if kind in (CardKind.MY_NUMBER, CardKind.DRIVER_LICENCE, CardKind.RESIDENCE_CARD):
        return AnotherCardError(kind)
    return UnsupportedCardError(kind)
