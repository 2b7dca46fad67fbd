"""Put an imported set-up in place: beside the old one first, then by renaming; the old one is kept."""

import contextlib
import errno
import os
import secrets
import shutil
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Final

from kakanai.settings import Paths
from kakanai.setup.carried import FOLDERS, state_path
from kakanai.setup.errors import SetupUnwritableError

_LAST: Final = ".last"
_PRIVATE: Final = 0o600


def put_in_place(paths: Paths, text: str, files: Mapping[PurePosixPath, bytes]) -> None:
    """The settings and folders of a set-up, in place of those that were there.

    What was there is kept as `town.toml.last`, `forms.last` and so on; one of each. A folder that the set-up
    has no files for stays as it is. If anything fails, all is as it was: forms of one town with the settings
    of another would be worse than either. Only when the PC dies between two renamings it is not.

    Raises:
        SetupUnwritableError: no room, or no right to write.
    """
    token = secrets.token_hex(4)
    waiting: dict[Path, Path] = {}
    undo = contextlib.ExitStack()
    try:
        paths.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in FOLDERS:
            own = {path: data for path, data in files.items() if path.parts[0] == folder}
            if own:
                beside = paths.home / f".{folder}.{token}"
                waiting[paths.home / folder] = beside
                for path, data in own.items():
                    place = beside.joinpath(*path.parts[1:])
                    place.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
                    write_synced(place, data)
        town = paths.town_file.resolve()
        beside = town.with_name(f".{town.name}.{token}")
        waiting[town] = beside
        write_synced(beside, text.encode())
        for place, part in waiting.items():
            if place == town:
                _replace_file(place, part, paths.last_town_file)  # the last one
            else:
                _replace_folder(place, part, undo)
    except OSError as error:
        undo.close()
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise SetupUnwritableError(file=paths.home.name, reason=reason) from error
    finally:
        for part in waiting.values():
            remove(part)


def write_synced(file: Path, data: bytes) -> None:
    """A new file for this account alone, on disk when this returns. Raises OSError; a part may be left."""
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    with os.fdopen(os.open(file, flags, _PRIVATE), "wb") as opened:
        opened.write(data)
        opened.flush()
        os.fsync(opened.fileno())


def remove(path: Path) -> None:
    """A file or folder gone, if it was there and can be."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with contextlib.suppress(OSError):
            path.unlink(missing_ok=True)


def _replace_folder(place: Path, part: Path, undo: contextlib.ExitStack) -> None:
    kept = place.with_name(place.name + _LAST)
    if place.exists():
        remove(kept)
        place.rename(kept)
        undo.callback(_rename_back, kept, place)
    part.replace(place)
    undo.callback(remove, place)


def _rename_back(kept: Path, place: Path) -> None:
    with contextlib.suppress(OSError):
        kept.rename(place)


def _replace_file(place: Path, part: Path, kept: Path) -> None:
    if place.exists():
        copy = kept.with_name(f".{kept.name}.{secrets.token_hex(4)}")
        try:
            write_synced(copy, place.read_bytes())
            copy.replace(kept)
        finally:
            remove(copy)
    part.replace(place)


__all__ = ["put_in_place", "remove", "state_path", "write_synced"]
