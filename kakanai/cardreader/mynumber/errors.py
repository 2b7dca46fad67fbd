"""Foreseen failures that only 個人番号カード has; codes C-040 to C-049."""

import enum

from kakanai.cardreader.errors import CardError


@enum.unique
class CollationDoubt(enum.StrEnum):
    """Why a 照合番号B cannot be what is printed on the card; the value is the `reason` of an error."""

    FORM = "not-14-digits"
    BIRTH_DAY = "birth-day"  # month and day are no day of any calendar
    BIRTH_IN_FUTURE = "birth-in-future"
    BIRTH_TOO_EARLY = "birth-too-early"
    EXPIRY_YEAR = "expiry-year"  # over since two years or more, or more than ten years ahead
    SECURITY_CODE = "security-code"  # not four digits


class CollationFormatError(CardError):
    """What was entered cannot be the 照合番号B of a card; nothing was sent, no try was used up.

    `reason` is a CollationDoubt.
    """

    code = "C-040"
    exit_status = 5

    def __init__(self, reason: CollationDoubt) -> None:
        self.reason = reason
        super().__init__(reason=reason.value)


class CollationDisagreesError(CardError):
    """券面事項入力補助AP took the 照合番号B, 券面事項確認AP did not: no genuine card does that.

    `attempts_remaining` are the tries left at 券面事項確認AP; nothing of the reading is kept.
    """

    code = "C-041"
    exit_status = 6

    def __init__(self, attempts_remaining: int) -> None:
        self.attempts_remaining = attempts_remaining
        super().__init__(attempts_remaining=attempts_remaining)


class SurfaceMissingError(CardError):
    """The card has no 券面事項確認AP, so it gives neither photo nor glyphs."""

    code = "C-042"


class CertificatesMissingError(CardError):
    """The card has no 公的個人認証AP, or not the key that should sign."""

    code = "C-043"
