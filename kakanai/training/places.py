"""Where the training mode keeps its state: a folder of its own, never the town's log, drafts or server."""

import contextlib
import errno
import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.settings import Paths, SettingsError
from kakanai.settings.town_document import changed_text
from kakanai.settings.town_file import read_town_text, town_from_text
from kakanai.training.errors import TrainingHomeError

FOLDER: Final = "training"
_MARK: Final = "KAKANAI-TRAINING"
"""A file that says: this folder is the training mode's, and may be emptied by it."""
_NO_SERVER: Final = {"log.database": ""}


@dataclass(frozen=True)
class TrainingPaths(Paths):
    """The places of the training mode below `training` of the real folder.

    What the town made (forms, procedures, fonts, issuer keys) is read where it is; all that is written lies
    below the training folder.
    """

    real: Paths

    @classmethod
    def below(cls, real: Paths) -> "TrainingPaths":
        """The training mode's places of an installation; creates nothing."""
        return cls(real.home / FOLDER, real)

    @property
    def forms_dir(self) -> Path:
        """The town's own form templates, as they are."""
        return self.real.forms_dir

    @property
    def procedures_dir(self) -> Path:
        """The town's own procedures, as they are."""
        return self.real.procedures_dir

    @property
    def fonts_dir(self) -> Path:
        """The town's own fonts, as they are."""
        return self.real.fonts_dir

    @property
    def issuer_keys_dir(self) -> Path:
        """The town's own issuer keys, as they are."""
        return self.real.issuer_keys_dir


def prepare_training(real: Paths) -> TrainingPaths:
    """The training folder made ready; a copy of the town's settings is in it from the first time on.

    The copy names no database server, whatever the town's file says. Where the town's file has a mistake the
    training mode begins with the shipped town: it must not depend on what is wrong with the real one.

    Raises:
        TrainingHomeError: it cannot be made; nothing else was touched.
    """
    paths = TrainingPaths.below(real)
    try:
        _require(not paths.home.is_symlink())
        paths.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        mark = paths.home / _MARK
        if not mark.exists():
            _require(not any(paths.home.iterdir()))
            mark.touch(mode=0o600)
        if not paths.town_file.exists() and (text := _town_text(real)):
            paths.town_file.write_text(text, encoding="utf-8")
    except OSError as error:
        raise _failure(paths.home, error) from error
    return paths


def reset_training(paths: TrainingPaths) -> None:
    """Everything practised so far is gone; the folder is as before the first time.

    Raises:
        TrainingHomeError: it cannot be emptied, or is no training folder; perhaps a part of it is gone.
    """
    home = paths.home
    try:
        _require(not home.is_symlink() and (home / _MARK).is_file())
        for entry in sorted(home.iterdir(), key=lambda one: one.name == _MARK):  # the mark last
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        home.rmdir()
    except OSError as error:
        raise _failure(home, error) from error


def _town_text(real: Paths) -> str:
    with contextlib.suppress(SettingsError):
        text = read_town_text(real.town_file)
        town_from_text(text, real.town_file)
        if "database" in text:
            text = changed_text(text, _NO_SERVER)
        return text
    return ""


def _require(is_ours: bool) -> None:
    if not is_ours:
        raise OSError(errno.ENOTEMPTY, "not a training folder")


def _failure(folder: Path, error: OSError) -> TrainingHomeError:
    reason = errno.errorcode.get(error.errno or 0, "EIO")
    return TrainingHomeError(folder=os.fspath(folder), reason=reason)
