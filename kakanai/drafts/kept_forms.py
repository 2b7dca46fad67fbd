"""Forms as they were printed 刷った様式の控え, encrypted, for as many days as the town keeps them."""

import contextlib
import datetime as dt
import json
import re
import secrets
import time
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from kakanai.drafts.draft import JST
from kakanai.drafts.draft_key import KeyChain, KeyReport
from kakanai.drafts.errors import (
    DraftDamagedError,
    DraftError,
    DraftKeyMismatchError,
    DraftsInUseError,
)
from kakanai.drafts.folder_lock import FolderLock
from kakanai.drafts.kept_deletion import Deletion, DeletionBook
from kakanai.drafts.sealed_file import (
    SealKey,
    remove,
    remove_parts,
    seal,
    told_as_draft_errors,
    unseal,
    write_whole,
)
from kakanai.drafts.system_keyring import SystemKeyring

FORMAT: Final = 1
_NAME: Final = re.compile(r"([0-9]{8})-[0-9a-f]{32}\.kept")
_LENGTH: Final = 4
_PATIENCE_S: Final = 3.0
_PAUSE_S: Final = 0.02


@dataclass(frozen=True)
class KeptPlaces:
    """Where kept forms lie, and the file of their key if it comes to that; never one in the other."""

    folder: Path
    key_file: Path


@dataclass(frozen=True, repr=False)
class KeptForm:
    """One form of a case as it was printed: `told` is what the printer was told of it, `at` is UTC."""

    number: str
    form: str
    at: dt.datetime
    told: Mapping[str, Any]
    pdf: bytes
    path: Path = field(default=Path(), compare=False)

    def __repr__(self) -> str:
        return f"KeptForm({self.number}, {self.form})"

    @property
    def day(self) -> dt.date:
        """The day in Japan on which it was printed."""
        return self.at.astimezone(JST).date()


class KeptFormFolder:
    """The folder of kept forms. Several processes may use it: a lock is held for each act alone.

    The key is not the drafts', which is replaced while these are still wanted; it is kept in the same way
    (KeyChain), and replaced as soon as nothing is left that it sealed.
    """

    def __init__(self, places: KeptPlaces, *, keyring: SystemKeyring | None = None) -> None:
        self._folder = places.folder
        self._chain = KeyChain(places.key_file, keyring or SystemKeyring(places.folder))
        self._deletions = DeletionBook(places.folder)

    def report(self) -> KeyReport:
        """Where the key lies or would lie; makes nothing."""
        return self._chain.report()

    @property
    def is_there(self) -> bool:
        """Whether anything was ever kept."""
        return self._folder.is_dir()

    def count(self) -> int:
        """How many forms are kept, readable or not."""
        with told_as_draft_errors(self._folder):
            return len(self._paths())

    def keep(self, forms: Iterable[KeptForm], replaced: Collection[str] = (), number: str = "") -> int:
        """Keep forms of one case; on disk when this returns. How many.

        `replaced`: ids of forms of the case of this `number` whose earlier paper is void; what is kept of it
        goes.

        Raises:
            DraftError: none of them is kept.
        """
        wanted = list(forms)
        with told_as_draft_errors(self._folder):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._held():
            keys = self._chain.keys()
            void = self._of_case(keys, number, replaced) if replaced else []
            for old in void:
                remove(old.path)  # first: should the new not be kept, the old must not stand for it
            written: list[Path] = []
            try:
                for form in wanted:
                    written.append(self._folder / f"{form.day:%Y%m%d}-{secrets.token_hex(16)}.kept")
                    write_whole(written[-1], seal(keys[0], _to_bytes(form)))
            except BaseException:
                for path in written:
                    with contextlib.suppress(DraftError):
                        remove(path)
                raise
        return len(wanted)

    def of_case(self, number: str) -> list[KeptForm]:
        """What is kept of a case, by form id; of a form the paper that came out last.

        Raises:
            DraftError: the folder or the key cannot be read.
        """
        if not self._folder.is_dir():
            return []
        newest: dict[str, KeptForm] = {}
        for form in self._of_case(self._chain.found(), number):
            if form.form not in newest or newest[form.form].at <= form.at:
                newest[form.form] = form
        return [newest[form] for form in sorted(newest)]

    # --- the end of it ------------------------------------------------------------------

    def delete_outside(self, first: dt.date | None, last: dt.date) -> list[Deletion]:
        """Delete what was printed on other days than these (Japan), all of it without a `first`.

        What comes back is gone, and is to be told to the log and then `settle`d. Whoever is killed before
        that gets it again the next time, so no deletion goes untold.

        Raises:
            DraftError: something is still there.
        """
        if not self._folder.is_dir():
            return []
        with self._held():
            remove_parts(self._folder)
            told = self._deletions.carry_out()  # what somebody was killed in the middle of
            for day, paths in self._by_day().items():
                if first is None or not first <= day <= last:
                    self._deletions.add(day, paths)
            told += [one for one in self._deletions.carry_out() if one not in told]
            if told and not self._paths() and self._chain.found():
                self._chain.renew()  # what the disk's blocks still hold is of no use to anybody then
        return told

    def settle(self, deletion: Deletion) -> None:
        """The log has it.

        Raises:
            DraftError: it will be told once more.
        """
        with self._held():
            self._deletions.settle(deletion)

    # --- inside -------------------------------------------------------------------------

    @contextlib.contextmanager
    def _held(self) -> Iterator[None]:
        patience = time.monotonic() + _PATIENCE_S
        while True:
            try:
                lock = FolderLock(self._folder)
                break
            except DraftsInUseError:
                if time.monotonic() > patience:
                    raise
                time.sleep(_PAUSE_S)
        try:
            yield
        finally:
            lock.release()

    def _paths(self) -> list[Path]:
        if not self._folder.is_dir():
            return []
        return sorted(path for path in self._folder.iterdir() if _NAME.fullmatch(path.name))

    def _by_day(self) -> dict[dt.date, list[Path]]:
        found: dict[dt.date, list[Path]] = {}
        with told_as_draft_errors(self._folder):
            for path in self._paths():
                found.setdefault(_day_of(path), []).append(path)
        return found

    def _of_case(
        self, keys: tuple[SealKey, ...], number: str, only: Collection[str] | None = None
    ) -> list[KeptForm]:
        found = []
        with told_as_draft_errors(self._folder):
            paths = self._paths()
        for path in paths:
            # What cannot be read or is gone meanwhile keeps nobody from the others.
            with contextlib.suppress(DraftDamagedError, DraftKeyMismatchError, OSError):
                form = _from_bytes(unseal(keys, path.read_bytes()), path)
                if form.number == number and (only is None or form.form in only):
                    found.append(form)
        return found


def _day_of(path: Path) -> dt.date:
    matched = _NAME.fullmatch(path.name)
    try:
        return dt.datetime.strptime(matched[1] if matched else "", "%Y%m%d").replace(tzinfo=JST).date()
    except ValueError:
        return dt.date.min  # no day of ours: it goes with the next deletion


def _to_bytes(form: KeptForm) -> bytes:
    told = {
        "format": FORMAT,
        "number": form.number,
        "form": form.form,
        "at": form.at.isoformat(),
        "told": form.told,
    }
    head = json.dumps(told, separators=(",", ":")).encode("ascii")
    return len(head).to_bytes(_LENGTH, "big") + head + form.pdf


def _from_bytes(content: bytes, path: Path) -> KeptForm:
    end = _LENGTH + int.from_bytes(content[:_LENGTH], "big")
    try:
        told = json.loads(content[_LENGTH:end])
        at = dt.datetime.fromisoformat(told["at"]).astimezone(dt.UTC)
        form = KeptForm(str(told["number"]), str(told["form"]), at, dict(told["told"]), content[end:], path)
    except (ValueError, KeyError, TypeError) as error:
        raise DraftDamagedError(count=1) from error
    if told["format"] != FORMAT or form.day != _day_of(path):
        raise DraftDamagedError(count=1)  # of another program, or renamed so that it would stay longer
    return form
