"""Change the town's file: prepared, checked, then put in place in one step, with the last one kept."""

import contextlib
import errno
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

from kakanai.settings.errors import (
    TownChangeValueError,
    TownFileUnwritableError,
    TownReferenceError,
    TownValueError,
)
from kakanai.settings.paths import Paths
from kakanai.settings.town import Town
from kakanai.settings.town_document import Value, changed_text
from kakanai.settings.town_entries import require_setting, town_entries, value_fault
from kakanai.settings.town_file import check_town, read_town_text, town_from_text

Changes = Mapping[str, Value | dict[str, str]]

_PRIVATE: Final = 0o600


@dataclass(frozen=True)
class PreparedChange:
    """A change that is checked and lies on disk beside the town's file; `commit` puts it in place.

    `names` are the dotted names that get another value, in the order of the shipped file. As a context it
    leaves nothing behind when it was not committed.
    """

    names: tuple[str, ...]
    town: Town
    _file: Path
    _last: Path
    _waiting: Path

    def commit(self) -> None:
        """Put the new file in place of the old one, which is kept as town.toml.last.

        Raises:
            TownFileUnwritableError: the file is as it was.
        """
        try:
            with contextlib.suppress(FileNotFoundError):
                _write_beside(self._last, self._file.read_bytes()).replace(self._last)
            self._waiting.replace(self._file)
            _sync_folder(self._file.parent)
        except OSError as error:
            raise _unwritable(self._file, error) from error

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(OSError):
            self._waiting.unlink(missing_ok=True)


def prepare_change(paths: Paths, changes: Changes) -> PreparedChange:
    """The change of these settings, by dotted name, checked against all rules; the town's file is as it was.

    Its comments, order and line ends stay. A value that is the present one already is no change.

    Raises:
        UnknownSettingError, TownChangeValueError: what is wrong with the change.
        SettingsError: the present file has a mistake of its own, or cannot be read; correct that first.
        TownFileUnwritableError: no room, or no right to write.
    """
    shown = paths.town_file
    file = shown.resolve()  # a town may keep one file for all its counters behind a link
    text = read_town_text(shown)
    town_from_text(text, shown)
    present = {entry.name: entry.value for entry in town_entries(text, shown)}
    for name, value in changes.items():
        require_setting(name)
        if expected := value_fault(name, value):
            raise TownChangeValueError(key=name, expected=expected)
    wanted = {name: changes[name] for name in present if name in changes and changes[name] != present[name]}
    new_text = changed_text(text, wanted)
    _require_sound(new_text, shown)
    try:
        ends = "\r\n" if shown.exists() and b"\r\n" in shown.read_bytes() else "\n"
        waiting = _write_beside(file, new_text.replace("\n", ends).encode())
    except OSError as error:
        raise _unwritable(shown, error) from error
    return PreparedChange(tuple(wanted), town_from_text(new_text, shown), file, paths.last_town_file, waiting)


def _require_sound(text: str, file: Path) -> None:
    # The lines of a file that is not in place would lead nobody anywhere, so the settings are named instead.
    for mistake in check_town(text, file):
        if isinstance(mistake, TownReferenceError):
            expected = f"次のどれか: {mistake.details['known']}"
            raise TownChangeValueError(key=mistake.details["key"], expected=expected) from mistake
        if isinstance(mistake, TownValueError):
            details = mistake.details
            raise TownChangeValueError(key=details["key"], expected=details["expected"]) from mistake
        raise mistake


def _write_beside(file: Path, content: bytes) -> Path:
    """A finished file of this content in the folder of `file`, with the rights `file` has now."""
    mode = file.stat().st_mode & 0o777 if file.exists() else _PRIVATE
    handle, name = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    waiting = Path(name)
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(content)
            written.flush()
            os.fsync(written.fileno())
        waiting.chmod(mode)
    except BaseException:
        with contextlib.suppress(OSError):
            waiting.unlink()
        raise
    return waiting


def _sync_folder(folder: Path) -> None:
    # The new name is on disk too; Windows keeps names by itself and cannot be asked.
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _unwritable(file: Path, error: OSError) -> TownFileUnwritableError:
    return TownFileUnwritableError(file=str(file), reason=errno.errorcode.get(error.errno or 0, "EIO"))
