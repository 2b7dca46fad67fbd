"""Foreseen failures of the settings: the folder of state, and the town's file 町の設定."""

from typing import ClassVar

from kakanai.errors import KakanaiError


class SettingsError(KakanaiError):
    """The folder of the program's state or the town's file 町の設定 cannot be used."""

    exit_status: ClassVar[int] = 9


class HomeUnwritableError(SettingsError):
    """The state folder cannot be created or written. Details: folder, reason (errno name)."""

    code: ClassVar[str] = "S-001"


class TownFileUnreadableError(SettingsError):
    """The town's file exists and cannot be read as UTF-8 text. Details: file, reason."""

    code: ClassVar[str] = "S-010"


class TownSyntaxError(SettingsError):
    """The town's file is not TOML. Details: file, line (1-based, where the parser gave up)."""

    code: ClassVar[str] = "S-011"


class UnknownTownKeyError(SettingsError):
    """The town's file names something we do not know. Details: file, line, key, nearest ("" if none)."""

    code: ClassVar[str] = "S-012"


class TownValueError(SettingsError):
    """A value of the town's file has a wrong type or range. Details: file, line, key, expected (Japanese)."""

    code: ClassVar[str] = "S-013"


class IssuerFileError(SettingsError):
    """The town's own file of issuer keys 発行者鍵 has a mistake.

    Details: file (name), line (1-based, 0 when the whole file is meant), problem (Japanese).
    """

    code: ClassVar[str] = "S-014"


class TownReferenceError(SettingsError):
    """A value names what does not exist, or what may not be: a section, a counter, a form of 個人番号.

    Details: file, line, key, given, known (the names that may stand there, Japanese commas between).
    """

    code: ClassVar[str] = "S-015"


class TownFileUnwritableError(SettingsError):
    """The town's file cannot be replaced; it is as it was. Details: file, reason (errno name)."""

    code: ClassVar[str] = "S-016"


class TownChangeRefusedError(SettingsError):
    """Somebody who is no administrator 管理者 wanted to change the town's settings; nothing was changed.

    Details: reason (Japanese): the town names no administrator, or this number is none.
    """

    code: ClassVar[str] = "S-017"


class TownChangeValueError(SettingsError):
    """A new value for a setting cannot be; nothing was changed. Details: key, expected (Japanese)."""

    code: ClassVar[str] = "S-018"


class UnknownSettingError(SettingsError):
    """There is no setting of this name to change. Details: key, nearest (－ if none)."""

    code: ClassVar[str] = "S-019"


class TownSecretError(SettingsError):
    """A password stands in the town's file, which others read. Details: file, line, key; never the value."""

    code: ClassVar[str] = "S-020"


class CounterNumberFileError(SettingsError):
    """The file with this PC's counter number 窓口番号 cannot be used. Details: file, reason.

    `reason`: damaged, or an errno name.
    """

    code: ClassVar[str] = "S-021"


class CounterNumberError(SettingsError):
    """Not a counter number 窓口番号: 1 to 99; what was given is not repeated."""

    code: ClassVar[str] = "S-022"
    exit_status: ClassVar[int] = 2


class DatabaseUrlError(SettingsError):
    """The address of a database is not one of ours; it is not repeated, for a password may stand in it.

    `reason`: form, scheme, password, option.
    """

    code: ClassVar[str] = "L-019"
