"""Where the program keeps its state, and what the town has decided: names, sections, addressees, fees."""

from kakanai.settings.errors import (
    HomeUnwritableError,
    IssuerFileError,
    SettingsError,
    TownChangeRefusedError,
    TownFileUnreadableError,
    TownFileUnwritableError,
    TownReferenceError,
    TownSyntaxError,
    TownValueError,
    UnknownTownKeyError,
)
from kakanai.settings.paths import HOME_VARIABLE, Paths
from kakanai.settings.town import Settings, Town
from kakanai.settings.town_file import check_town, load_settings, load_town

__all__ = [
    "HOME_VARIABLE",
    "HomeUnwritableError",
    "IssuerFileError",
    "Paths",
    "Settings",
    "SettingsError",
    "Town",
    "TownChangeRefusedError",
    "TownFileUnreadableError",
    "TownFileUnwritableError",
    "TownReferenceError",
    "TownSyntaxError",
    "TownValueError",
    "UnknownTownKeyError",
    "check_town",
    "load_settings",
    "load_town",
]
