"""Every look at the log is itself logged 閲覧の記録: who, why, at what; refreshing is no new look."""

import datetime as dt
import threading
from collections.abc import Callable
from typing import Any, Final

from kakanai.daybook.look_purpose import LookPurpose
from kakanai.daybook.looked_for import looked_for
from kakanai.sessionlog.case_filter import CaseFilter
from kakanai.sessionlog.case_number import CaseNumber, ClerkId
from kakanai.sessionlog.entry import LogEntry
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.words import EntryKind

SAME_LOOK: Final = dt.timedelta(minutes=15)
"""Looking again at the same thing for the same purpose within this time is one look."""

_MOST: Final = 999_999_999


class LookNotes:
    """Writes the looks of whoever is signed in; may be used from any thread."""

    def __init__(self, log: SessionLog, now: Callable[[], dt.datetime]) -> None:
        self._log = log
        self._now = now
        self._last: dict[tuple[object, ...], dt.datetime] = {}
        self._lock = threading.Lock()

    def day_viewed(self, who: ClerkId, why: LookPurpose, day: dt.date) -> None:
        """The page of a day was looked at.

        Raises:
            LogStorageError: the look could not be logged.
        """
        self._view(who, why, ("day", day), {"on": day})

    def case_viewed(self, who: ClerkId, why: LookPurpose, case: CaseNumber) -> None:
        """One case's timeline was looked at; raises as `day_viewed`."""
        self._view(who, why, ("case", case), {}, case)

    def stats_viewed(self, who: ClerkId, why: LookPurpose, first: dt.date, last: dt.date) -> None:
        """Sums of a period were looked at; raises as `day_viewed`."""
        days = (last - first).days + 1
        parts = {"on": first, "names": ("view.stats",), "counts": {"days": days}}
        self._view(who, why, ("stats", first, last), parts)

    def searched(self, who: ClerkId, why: LookPurpose, query: CaseFilter) -> None:
        """The log was searched; raises as `day_viewed`."""
        look = (who, why, "search", query)
        if not self._is_again(look):
            sought = looked_for(query)
            self._append(EntryKind.LOG_SEARCHED, who, why, sought.case_number, sought.parts)
            self._remember(look)

    def exported(
        self,
        who: ClerkId,
        why: LookPurpose,
        parts: dict[str, Any],
        *,
        file: str,
        counts: dict[str, int],
        digest: str,
        case: CaseNumber | None = None,
    ) -> None:
        """A file was written of the log, and its digest; each time anew. Raises as `day_viewed`.

        Args:
            who: The staff number.
            why: The purpose.
            parts: What was looked for, or the day.
            file: Its kind: `csv`, `csv_cp932`, `json`, `report_pdf`.
            counts: Cases in it, KiB, pages.
            digest: SHA-256 of the file.
            case: The only case that it is about.
        """
        told = {
            **parts,
            "names": (f"file.{file}", *parts.get("names", ())),
            "counts": {name: min(n, _MOST) for name, n in {**parts.get("counts", {}), **counts}.items()},
            "digest": digest,
        }
        self._append(EntryKind.LOG_EXPORTED, who, why, case, told)

    def _view(
        self,
        who: ClerkId,
        why: LookPurpose,
        what: tuple[object, ...],
        parts: dict[str, Any],
        case: CaseNumber | None = None,
    ) -> None:
        look = (who, why, *what)
        if not self._is_again(look):
            self._append(EntryKind.LOG_VIEWED, who, why, case, parts)
            self._remember(look)

    def _is_again(self, look: tuple[object, ...]) -> bool:
        """Whether this look is one with an earlier one."""
        now = self._now()
        with self._lock:
            self._last = {one: at for one, at in self._last.items() if abs(now - at) < SAME_LOOK}
            return look in self._last

    def _remember(self, look: tuple[object, ...]) -> None:
        # Only once it is in the log: a look that could not be logged is none.
        with self._lock:
            self._last[look] = self._now()

    def _append(
        self, kind: EntryKind, who: ClerkId, why: LookPurpose, case: CaseNumber | None, parts: dict[str, Any]
    ) -> None:
        self._log.append(LogEntry(kind, case, who, self._now(), purpose=(why.value,), **parts))
