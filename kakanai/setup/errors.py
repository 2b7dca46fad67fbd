"""Foreseen failures of the set-up 初期設定 and of its file."""

from typing import ClassVar

from kakanai.errors import KakanaiError


class SetupError(KakanaiError):
    """The set-up cannot be read, written or put in place; the settings are as they were."""

    exit_status: ClassVar[int] = 9


class NoSetupFileError(SetupError):
    """The file is not there, cannot be read, or is none of ours. Details: file (name), reason."""

    code: ClassVar[str] = "G-010"


class SetupSealError(SetupError):
    """The passphrase is another, or the file was damaged: the seal cannot tell which. Details: file."""

    code: ClassVar[str] = "G-011"


class NewerSetupError(SetupError):
    """A newer version of the program wrote the file. Details: file, theirs, ours (versions)."""

    code: ClassVar[str] = "G-012"


class PassphraseError(SetupError):
    """The passphrase is too short to keep a file that travels. Details: least (letters)."""

    code: ClassVar[str] = "G-013"


class SetupContentError(SetupError):
    """What the seal held cannot be a set-up, or is too large. Details: file, problem (Japanese)."""

    code: ClassVar[str] = "G-014"


class SetupUnwritableError(SetupError):
    """The set-up cannot be written or put in place. Details: file (name), reason (errno name or exists)."""

    code: ClassVar[str] = "G-015"


class NoGoodSettingsError(SetupError):
    """There are no settings that once worked to go back to."""

    code: ClassVar[str] = "G-016"


class SettingsLostError(SetupError):
    """The town's file is gone or empty, though settings once worked here; without it 見本町 would be served.

    Details: file.
    """

    code: ClassVar[str] = "G-017"


class SetupOverError(SetupError):
    """The guided set-up was asked for where staff are registered: settings are an administrator's now."""

    code: ClassVar[str] = "G-018"
