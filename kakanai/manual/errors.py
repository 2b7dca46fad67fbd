"""Foreseen failures of the manual."""

from kakanai.errors import KakanaiError


class ManualMissingError(KakanaiError):
    """The manual was not shipped, or a chapter of it is not there. Details: file."""

    code = "W-011"
    exit_status = 9


class ManualUnprintableError(KakanaiError):
    """A chapter cannot be set on paper. Details: file, reason (a code point, a mark, a picture's name)."""

    code = "W-012"
    exit_status = 10
