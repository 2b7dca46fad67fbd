"""The folder of drafts: one sealed file for each case in hand, under a name that tells nothing."""

import contextlib
import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kakanai.drafts.draft import JST, Draft, from_json, to_json
from kakanai.drafts.errors import DraftDamagedError, DraftError, DraftKeyMismatchError
from kakanai.drafts.sealed_file import (
    SealKey,
    remove,
    remove_parts,
    seal,
    told_as_draft_errors,
    unseal,
    write_whole,
)

_SUFFIX: Final = ".draft"
_ID: Final = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Loaded:
    """What lies in the folder: drafts that can be read, oldest first, and one error for the others' kinds."""

    drafts: tuple[Draft, ...]
    failures: tuple[DraftError, ...] = ()


class DraftStore:
    """Writes with the first of `keys`, reads with any of them. Knows one folder and keeps nothing else."""

    def __init__(self, folder: Path, keys: tuple[SealKey, ...]) -> None:
        self._folder = folder
        self._keys = keys

    def use(self, key: SealKey) -> None:
        """Write and read with this key alone from now on."""
        self._keys = (key,)

    @property
    def key(self) -> SealKey:
        """The key that drafts are written with."""
        return self._keys[0]

    @property
    def keys(self) -> tuple[SealKey, ...]:
        """Every key that drafts are read with."""
        return self._keys

    def save(self, draft: Draft) -> None:
        """Keep the draft in place of its earlier state; it is on disk when this returns.

        Raises:
            DraftDiskFullError, DraftUnwritableError: the earlier state is still there.
        """
        write_whole(self._path(draft.id), seal(self.key, to_json(draft)))

    def load(self, *, tidy: bool = True) -> Loaded:
        """Every draft, oldest first; `tidy` takes away what a killed process left half-written.

        Raises:
            DraftUnwritableError: the folder cannot be read.
        """
        drafts: list[Draft] = []
        failed: dict[type[DraftError], int] = {}
        if tidy:
            remove_parts(self._folder)
        for path in self._paths():
            try:
                drafts.append(self._read(path))
            except (DraftDamagedError, DraftKeyMismatchError) as error:
                failed[type(error)] = failed.get(type(error), 0) + 1
        # The clock may stand still or be set back between two; their numbers then tell which came first.
        drafts.sort(key=lambda draft: (draft.saved_at, draft.number))
        return Loaded(tuple(drafts), tuple(kind(count=count) for kind, count in failed.items()))

    def remove(self, draft: str) -> None:
        """Take a draft away; that there is none is no failure.

        Raises:
            DraftUnwritableError: it is still there.
        """
        remove(self._path(draft))

    def remove_unreadable(self, before: dt.date) -> int:
        """Take away what nobody can read any more and was last written before that day in Japan; how many.

        Raises:
            DraftUnwritableError: some are still there.
        """
        removed = 0
        for path in self._paths():
            with contextlib.suppress(FileNotFoundError):
                written = dt.datetime.fromtimestamp(path.stat().st_mtime, JST).date()
                if written < before and not self._is_readable(path):
                    remove(path)
                    removed += 1
        return removed

    @property
    def is_empty(self) -> bool:
        """Whether no draft is left, readable or not."""
        return not any(True for _ in self._paths())

    def _paths(self) -> Iterable[Path]:
        with told_as_draft_errors(self._folder):
            return sorted(path for path in self._folder.iterdir() if _is_ours(path))

    def _read(self, path: Path) -> Draft:
        try:
            data = path.read_bytes()
        except OSError as error:  # one that cannot be read keeps nobody from the others
            raise DraftDamagedError(count=1) from error
        draft = from_json(unseal(self._keys, data))
        if draft.id != path.stem:  # somebody renamed or copied it: two windows would go on with one case
            raise DraftDamagedError(count=1)
        return draft

    def _is_readable(self, path: Path) -> bool:
        try:
            self._read(path)
        except (DraftDamagedError, DraftKeyMismatchError):
            return False
        return True

    def _path(self, draft: str) -> Path:
        if _ID.fullmatch(draft) is None:
            raise ValueError("no id of a draft")
        return self._folder / f"{draft}{_SUFFIX}"


def _is_ours(path: Path) -> bool:
    return path.suffix == _SUFFIX and _ID.fullmatch(path.stem) is not None and not path.is_dir()
