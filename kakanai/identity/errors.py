"""Foreseen failures of facts about a person; none of them carries the fact itself.

Exit statuses: 2 what a clerk typed, 6 what a card said.
"""

from kakanai.errors import KakanaiError


class BirthDateError(KakanaiError):
    """A day that is in no calendar, such as 30 February; `reason`: year, month, day or text."""

    code = "I-010"
    exit_status = 2


class DateTextError(KakanaiError):
    """A typed date that cannot be read one way only.

    `reason` is one of: form (no known spelling), era_missing (a short year without 元号), era_year (the
    day is outside that 元号), incomplete (month or day left out where they are needed).
    """

    code = "I-011"
    exit_status = 2


class MyNumberError(KakanaiError):
    """Not a 個人番号; `reason` is form (not 12 ASCII digits) or check_digit.

    A typed number comes as HandEntryError instead.
    """

    code = "I-020"
    exit_status = 6


class CardTextError(KakanaiError):
    """The card's text of `field` (birth_date or sex) means nothing; the other facts were not used either."""

    code = "I-030"
    exit_status = 6


class HandEntryError(KakanaiError):
    """A hand-entered fact cannot be taken; `field` names it, `reason` says why, the value stays out.

    `reason` is one of: unknown_key, type, value, control_character, too_long.
    """

    code = "I-040"
    exit_status = 2


class AuthenticityMismatchError(KakanaiError):
    """The card's signatures do not fit 不一致: nothing of it is used until a supervisor decides.

    `check` names the first check that failed.
    """

    code = "I-050"
    exit_status = 6

    def __init__(self, check: str) -> None:
        super().__init__(check=check)


class SupervisorRefusedError(KakanaiError):
    """The staff number is no supervisor's 責任者, or is the clerk's own; nothing was recorded.

    `reason` is one of: unknown, same_clerk, none_named.
    """

    code = "I-051"
    exit_status = 2

    def __init__(self, reason: str) -> None:
        super().__init__(reason=reason)


class CardNameMissingError(KakanaiError):
    """The card has the name only as a picture, and none was typed; the case is as it was."""

    code = "I-052"
    exit_status = 2
