"""Foreseen failures of 運転免許証 and マイナ免許証 alone; all others are those of every card."""

from kakanai.cardreader.errors import CardError


class LicenceBlockedError(CardError):
    """SW 6283: the police blocked 閉塞 the card's data as a whole; no PIN was tried."""

    code = "C-060"


class NoMyNumberLicenceError(CardError):
    """No マイナ免許証 is recorded on this 個人番号カード, or the card is none; no PIN was tried."""

    code = "C-061"
