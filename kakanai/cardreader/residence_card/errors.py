"""Foreseen failures with 在留カード and 特別永住者証明書."""

from kakanai.cardreader.errors import CardError, UnsupportedCardError
from kakanai.cardreader.kinds import CardKind


class WrongCardNumberError(CardError):
    """The number is not this card's (SW 6300); the card counts no tries and never locks by it (given)."""

    code = "C-070"
    exit_status = 5


class CardNumberFormatError(CardError):
    """What was entered cannot be a 在留カード等番号; nothing was sent to the card."""

    code = "C-071"
    exit_status = 5


class SpecifiedResidenceCardError(UnsupportedCardError):
    """A 特定在留カード or 特定特別永住者証明書 (types 07, 08): it is a 個人番号カード and read as one."""

    code = "C-072"

    def __init__(self) -> None:
        super().__init__(CardKind.MY_NUMBER)


class ResidenceCardTypeError(UnsupportedCardError):
    """The card names an unknown type 種別; `card_type` is its first four bytes in hexadecimal digits."""

    code = "C-073"

    def __init__(self, card_type: bytes) -> None:
        super().__init__(CardKind.RESIDENCE_CARD)
        self.details["card_type"] = card_type[:4].hex().upper()
