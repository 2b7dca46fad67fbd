"""What can go wrong before a verb has even begun."""

from kakanai.errors import KakanaiError


class UsageError(KakanaiError):
    """The arguments do not fit the verb. Details: problem (argparse's words or ours)."""

    code = "U-001"
    exit_status = 2


class InputFileError(KakanaiError):
    """A file given as input cannot be read as a JSON object. Details: file (name only), line."""

    code = "U-010"
    exit_status = 2


class PinMissingError(KakanaiError):
    """No PIN came: nothing on standard input, and no terminal to ask at."""

    code = "U-011"
    exit_status = 2
