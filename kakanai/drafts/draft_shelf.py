"""Drafts, visits and their key together, as the window and the command line use them."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from kakanai.drafts.draft import JST, Draft
from kakanai.drafts.draft_key import KeyChain, KeyReport
from kakanai.drafts.draft_store import DraftStore, Loaded
from kakanai.drafts.folder_lock import FolderLock
from kakanai.drafts.sealed_file import told_as_draft_errors
from kakanai.drafts.system_keyring import SystemKeyring
from kakanai.drafts.visit_book import Visit, VisitBook


@dataclass(frozen=True)
class DraftPlaces:
    """Where drafts lie, and the file of their key if it comes to that; never one in the other."""

    folder: Path
    key_file: Path


class DraftShelf:
    """An open folder of drafts. Not for two threads at a time."""

    def __init__(
        self,
        places: DraftPlaces,
        now: Callable[[], dt.datetime],
        *,
        keyring: SystemKeyring | None = None,
    ) -> None:
        """Open the folder for this process alone.

        Raises:
            DraftError: in one of its kinds; nothing is open.
        """
        self._now = now
        with told_as_draft_errors(places.folder):
            places.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._lock = FolderLock(places.folder)
        try:
            self._chain = KeyChain(places.key_file, keyring or SystemKeyring(places.folder.parent))
            keys = self._chain.keys()
            self.store = DraftStore(places.folder, keys)
            self.book = VisitBook(places.folder, keys, self.today)
            self._is_key_of_earlier_day = True  # for all that anybody knows
            self._renew_if_empty()
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """Let another process have the folder."""
        self._lock.release()

    @property
    def today(self) -> dt.date:
        """The day at the counter."""
        return self._now().astimezone(JST).date()

    def load(self) -> Loaded:
        """Every draft that can be read, and what is to be told of the others; see DraftStore.load."""
        return self.store.load()

    def end_earlier_days(self) -> None:
        """Forget the visits of earlier days and what nobody can read of them; with nothing left, the key too.

        Drafts that can be read are the counter's to end: the log must hear of each.

        Raises:
            DraftError: something is still there.
        """
        self.store.remove_unreadable(self.today)
        self._begin_day()
        if self._is_key_of_earlier_day:
            self._renew_if_empty()

    def meet(self, name: str, birth_date: str, visit: Visit) -> tuple[Visit, ...]:
        """Today's other cases of the person who is here; the book keeps that they are here for this one too.

        Raises:
            DraftDiskFullError, DraftUnwritableError: known in memory only.
        """
        self._begin_day()
        mark = self.book.mark(name, birth_date)
        met = self.book.visits_of(mark, other_than=visit.number)
        self.book.note(mark, visit)
        self.book.save()
        return met

    def _begin_day(self) -> None:
        if self.book.day != self.today:
            self.book.begin_day(self.today, self.store.key)
            self._is_key_of_earlier_day = True

    def _renew_if_empty(self) -> None:
        # Nothing sealed is left, so the key of what was there can go: blocks that the disk still holds
        # are of no use to anybody then.
        if self.store.is_empty and self.book.is_empty:
            key = self._chain.renew()
            self.store.use(key)
            self.book.begin_day(self.today, key)
            self._is_key_of_earlier_day = False


def key_report(places: DraftPlaces, keyring: SystemKeyring | None = None) -> KeyReport:
    """Where the key lies or would lie; makes nothing."""
    return KeyChain(places.key_file, keyring or SystemKeyring(places.folder.parent)).report()


def read_drafts(places: DraftPlaces, *, keyring: SystemKeyring | None = None) -> tuple[Draft, ...]:
    """Every draft that can be read, beside a window that may have them open; changes nothing.

    Raises:
        DraftError: the folder or the key cannot be read.
    """
    if not places.folder.is_dir():
        return ()
    chain = KeyChain(places.key_file, keyring or SystemKeyring(places.folder.parent))
    return DraftStore(places.folder, chain.found()).load(tidy=False).drafts
