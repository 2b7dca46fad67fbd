"""The town's settings as they last worked, for the day on which the file is damaged."""

import contextlib
import datetime as dt
import errno
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import JST, UNREGISTERED
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, Town, load_town
from kakanai.settings.town_file import read_town_text, town_from_text
from kakanai.setup.errors import NoGoodSettingsError, SettingsLostError, SetupUnwritableError
from kakanai.setup.put_in_place import remove, write_synced

DAMAGED: Final = frozenset({"S-010", "S-011", "S-012", "S-013", "S-015", SettingsLostError.code})
"""Failures of the town's file that an older copy of it can help with."""


RESTORED: Final = "setup.restored"
"""The name in the log when the last good settings were put back."""


def good_file(paths: Paths) -> Path:
    """Where the copy lies that the window last opened with."""
    return paths.home / "town.toml.good"


def keep_good(paths: Paths) -> None:
    """Keep a copy of the town's file, which was read without a mistake just now; never raises.

    A copy is a convenience: a disk that is full is told where something is lost by it.
    """
    place = good_file(paths)
    part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
    try:
        text = read_town_text(paths.town_file)
        if not text.strip() or (place.exists() and read_town_text(place) == text):
            return
        write_synced(part, text.encode())
        part.replace(place)
    except (OSError, KakanaiError):
        remove(part)


def require_present(paths: Paths) -> None:
    """Nothing, unless the town's file that once worked is gone or empty.

    Raises:
        SettingsLostError: it is; what is shipped in its place is the sample town.
        SettingsError: it cannot be read.
    """
    if not read_town_text(paths.town_file).strip() and good_settings(paths) is not None:
        raise SettingsLostError(file=str(paths.town_file))


def present_town(paths: Paths) -> Town:
    """The town as its file says; 見本町 only where settings of its own never worked.

    Raises:
        SettingsLostError: as `require_present`.
        SettingsError: the file has a mistake.
    """
    town = load_town(paths)
    require_present(paths)
    return town


def good_settings(paths: Paths) -> Path | None:
    """The newest copy of the town's file that has no mistake; None when there is none."""
    for place in (good_file(paths), paths.last_town_file):
        with contextlib.suppress(KakanaiError):
            text = read_town_text(place)
            if text.strip():
                town_from_text(text, place)
                return place
    return None


def last_good_town(paths: Paths) -> Town:
    """The town as it last worked, 見本町 where it never did: whose log and staff count until it is mended."""
    good = good_settings(paths)
    return town_from_text("" if good is None else read_town_text(good), paths.town_file)


def put_back(paths: Paths, now: dt.datetime, open_log: Callable[[Town], SessionLog]) -> Path | None:
    """The last good settings in place of the damaged file, which is kept; its new name, None when it is gone.

    The log that these settings name is told first: if it cannot be opened nothing is changed.

    Raises:
        NoGoodSettingsError: there are none.
        LogStorageError: the log cannot be written; the file is as it was.
        SetupUnwritableError: it cannot be done; the file is as it was.
    """
    good = good_settings(paths)
    if good is None:
        raise NoGoodSettingsError
    with open_log(town_from_text(read_town_text(good), good)) as log:
        log.note_settings_change(SettingsChange(UNREGISTERED, now, (RESTORED,)))
    town = paths.town_file.resolve()
    kept = town.with_name(f"{town.name}.damaged-{now.astimezone(JST):%Y%m%d-%H%M%S}")
    part = town.with_name(f".{town.name}.{secrets.token_hex(4)}")
    try:
        write_synced(part, good.read_bytes())
        is_there = town.exists()
        if is_there:
            town.replace(kept)
        part.replace(town)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise SetupUnwritableError(file=town.name, reason=reason) from error
    finally:
        remove(part)
    return kept if is_there else None
