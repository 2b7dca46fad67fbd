"""The town's settings as they last worked, for the day on which the file is damaged."""

import contextlib
import datetime as dt
import errno
import secrets
from pathlib import Path
from typing import Final

from kakanai.errors import KakanaiError
from kakanai.sessionlog.entry import JST
from kakanai.settings import Paths
from kakanai.settings.town_file import read_town_text, town_from_text
from kakanai.setup.errors import NoGoodSettingsError, SetupUnwritableError
from kakanai.setup.put_in_place import write_synced

DAMAGED: Final = frozenset({"S-010", "S-011", "S-012", "S-013", "S-015"})
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
    with contextlib.suppress(OSError, KakanaiError):
        text = read_town_text(paths.town_file)
        place = good_file(paths)
        if not text or (place.exists() and read_town_text(place) == text):
            return
        part = place.with_name(f".{place.name}.{secrets.token_hex(4)}")
        write_synced(part, text.encode())
        part.replace(place)


def good_settings(paths: Paths) -> Path | None:
    """The newest copy of the town's file that has no mistake; None when there is none."""
    for place in (good_file(paths), paths.last_town_file):
        with contextlib.suppress(KakanaiError):
            text = read_town_text(place)
            if text:
                town_from_text(text, place)
                return place
    return None


def put_back(paths: Paths, now: dt.datetime) -> Path:
    """The last good settings in place of the damaged file, which is kept; its new name.

    Raises:
        NoGoodSettingsError: there are none.
        SetupUnwritableError: it cannot be done; the file is as it was.
    """
    good = good_settings(paths)
    if good is None:
        raise NoGoodSettingsError
    town = paths.town_file.resolve()
    kept = town.with_name(f"{town.name}.damaged-{now.astimezone(JST):%Y%m%d-%H%M%S}")
    part = town.with_name(f".{town.name}.{secrets.token_hex(4)}")
    try:
        write_synced(part, good.read_bytes())
        if town.exists():
            town.replace(kept)
        part.replace(town)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise SetupUnwritableError(file=town.name, reason=reason) from error
    return kept
