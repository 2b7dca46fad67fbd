"""Export the set-up of this PC as one encrypted file, and import it on the next."""

import contextlib
import datetime as dt
import errno
import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai import __version__
from kakanai.sessionlog.entry import ClerkId, EntryKind, LogEntry
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.settings import Paths, Town
from kakanai.settings.only_writer import only_writer
from kakanai.settings.town_entries import town_entries
from kakanai.settings.town_file import read_town_text, town_from_text
from kakanai.setup.carried import Carried, collect, fitted
from kakanai.setup.errors import (
    NewerSetupError,
    NoSetupFileError,
    SetupContentError,
    SetupUnwritableError,
)
from kakanai.setup.last_good import keep_good
from kakanai.setup.put_in_place import put_in_place, remove, write_synced
from kakanai.setup.server_password import NAME as PASSWORD
from kakanai.setup.server_password import OpenLog, keep_password
from kakanai.setup.setup_file import LARGEST, Opened, is_newer, seal, unseal

IMPORTED: Final = "setup.imported"
"""The name in the log beside those of the settings that got another value."""
EXPORTED: Final = "setup.exported"
"""The name in the log where nothing was changed, but a file was written."""


@dataclass(frozen=True)
class Arrived:
    """An import that is done: the town now, the settings that changed, and how many files came."""

    town: Town
    names: tuple[str, ...]
    files: int


def export_setup(
    paths: Paths,
    file: Path,
    passphrase: str,
    *,
    who: ClerkId,
    now: Callable[[], dt.datetime],
    open_log: OpenLog,
) -> int:
    """Write the set-up of this PC into a file that is not there yet; how many files of the town it carries.

    The log is told, with the file's SHA-256, before the file has its name.

    Raises:
        LogStorageError: the log cannot be told; nothing is left.
        PassphraseError, SettingsError, SetupContentError: it cannot be carried; nothing was written.
        SetupUnwritableError: there is something of that name, or it cannot be written; nothing is left.
    """
    if file.exists() or file.is_symlink():
        raise SetupUnwritableError(file=file.name, reason="exists")
    part = file.with_name(f".{file.name}.{secrets.token_hex(4)}.part")
    try:
        carried = collect(paths)
        sealed = seal(carried.told(), passphrase)
        write_synced(part, sealed)
        with open_log(town_from_text(carried.town, paths.town_file)) as log:
            digest = hashlib.sha256(sealed).hexdigest()
            names = (EXPORTED,)
            log.append(LogEntry(EntryKind.SETTINGS_CHANGED, None, who, now(), names=names, digest=digest))
        part.replace(file)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise SetupUnwritableError(file=file.name, reason=reason) from error
    finally:
        remove(part)
    return len(carried.files)


def open_setup(file: Path, passphrase: str) -> tuple[Carried, Opened]:
    """What a set-up file carries; nothing is changed.

    Raises:
        NoSetupFileError, SetupSealError, NewerSetupError, SetupContentError: it cannot be used.
    """
    try:
        with file.open("rb") as opened:
            data = opened.read(LARGEST + 1)
    except OSError as error:
        reason = errno.errorcode.get(error.errno or 0, "EIO")
        raise NoSetupFileError(file=file.name, reason=reason) from error
    if len(data) > LARGEST:
        raise SetupContentError(file=file.name, problem="ファイルが大きすぎます（64MB まで）")
    told = unseal(data, passphrase, file.name)
    try:
        return Carried.from_told(told.content, file.name), told
    except SetupContentError:
        _refuse_newer(told, file)
        raise


def import_setup(
    paths: Paths,
    file: Path,
    passphrase: str,
    *,
    counter: str = "",
    who: ClerkId,
    now: Callable[[], dt.datetime],
    open_log: OpenLog,
    server_password: str = "",
) -> Arrived:
    """Put the set-up of a file in place on this PC; what was there is kept beside it.

    The log, that of the imported settings, is told first: if it cannot be opened nothing is changed.
    `counter` is the counter this PC stands at. `server_password` goes into the keyring.

    Raises:
        NoSetupFileError, SetupSealError, NewerSetupError, SetupContentError: it cannot be used.
        TownChangeValueError: there is no such counter.
        LogStorageError: the log of the imported settings cannot be written.
        DatabasePasswordUnaskedError, KeyringLackingError: its password cannot be kept.
        SetupUnwritableError: it cannot be put in place. In each case the settings are as they were.
    """
    carried, told = open_setup(file, passphrase)
    with only_writer(paths.town_file):
        try:
            text = fitted(carried, paths, counter)
        except SetupContentError:
            _refuse_newer(told, file)
            raise
        town = town_from_text(text, paths.town_file)
        names = _changed(paths, text)
        with open_log(town, server_password) as log:
            if keep_password(log, town, server_password):
                names = (*names, PASSWORD)
            log.note_settings_change(SettingsChange(who, now(), (*names, IMPORTED)))
        put_in_place(paths, text, carried.files)
        keep_good(paths)
    return Arrived(town, names, len(carried.files))


def _changed(paths: Paths, text: str) -> tuple[str, ...]:
    file = paths.town_file
    before: dict[str, object] = {}
    with contextlib.suppress(Exception):  # a damaged file is what the import replaces
        before = {entry.name: entry.value for entry in town_entries(read_town_text(file), file)}
    return tuple(e.name for e in town_entries(text, file) if before.get(e.name) != e.value)


def _refuse_newer(told: Opened, file: Path) -> None:
    """Settings that this version does not know are a mistake, unless a newer version wrote them."""
    if is_newer(told.program):
        raise NewerSetupError(file=file.name, theirs=told.program[:16], ours=__version__)
