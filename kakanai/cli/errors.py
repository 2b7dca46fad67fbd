"""What can go wrong before a verb has even begun."""

from kakanai.errors import KakanaiError


class UsageError(KakanaiError):
    """The arguments do not fit the verb. Details: problem (our words, no argument's text)."""

    code = "U-001"
    exit_status = 2


class InputFileError(KakanaiError):
    """A file given as input cannot be read as a JSON object. Details: file (name only), reason, line.

    `reason` is one of: missing, unreadable, encoding, syntax (with the line), nesting, number, repeated_key,
    no_object.
    """

    code = "U-010"
    exit_status = 2


class PinMissingError(KakanaiError):
    """What opens the card did not come: nothing on standard input, and no terminal to ask at.

    Details: key (a CardKey), flag (the argument that takes it from standard input).
    """

    code = "U-011"
    exit_status = 2


class TemplateMissingError(KakanaiError):
    """There is no template 様式 at the path that was to be checked. Details: file (name only)."""

    code = "U-012"
    exit_status = 2


class WorkingFolderGoneError(KakanaiError):
    """The folder in which the command was started does not exist any more."""

    code = "U-013"
    exit_status = 2


class OutputFileError(KakanaiError):
    """A file that was asked for exists already or cannot be written. Details: file (name)."""

    code = "U-014"
    exit_status = 2


class PictureMissingError(KakanaiError):
    """The card has no such picture, or was not opened with the key that gives it."""

    code = "U-015"
    exit_status = 6
