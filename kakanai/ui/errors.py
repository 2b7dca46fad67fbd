"""Foreseen failures of the window itself."""

from kakanai.errors import KakanaiError


class StyleFileError(KakanaiError):
    """The window's look cannot be used. Details: file, token ("" when the file is unreadable)."""

    code = "W-010"
    exit_status = 9
