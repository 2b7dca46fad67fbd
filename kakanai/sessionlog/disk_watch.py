"""Whether the disk that the log lies on is nearly full, told before it is full."""

import datetime as dt
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Final

from kakanai.sessionlog.act_queries import last_acts
from kakanai.sessionlog.case_number import ClerkId
from kakanai.sessionlog.entry import JST, LogEntry
from kakanai.sessionlog.store import SessionLog
from kakanai.sessionlog.upkeep_errors import DiskCriticalError, DiskLowError
from kakanai.sessionlog.words import EntryKind

CRITICAL_MIB: Final = 64
"""What the cases of some days need in the log, drafts and papers; below it, printing may fail any time."""
_MIB: Final = 1024 * 1024


class DiskLevel(StrEnum):
    """How full the disk is."""

    OK = "ok"
    LOW = "low"
    CRITICAL = "critical"


@dataclass(frozen=True)
class DiskState:
    """The level, and how much is free for this account, in MiB (None where nobody can say)."""

    level: DiskLevel
    free_mib: int | None
    low_mib: int

    @property
    def warning(self) -> DiskLowError | None:
        """What to show, with its code; None while all is well."""
        if self.level is DiskLevel.OK or self.free_mib is None:
            return None
        kind = DiskCriticalError if self.level is DiskLevel.CRITICAL else DiskLowError
        return kind(free_mib=self.free_mib, low_mib=self.low_mib)


class DiskWatch:
    """Looks at the disk of a folder. Never raises for the disk's sake: a warning stops nobody's work."""

    def __init__(
        self,
        folder: Path,
        low_mib: int,
        free: Callable[[Path], int] | None = None,
    ) -> None:
        """`low_mib` is the town's setting; `free` gives the free bytes of a folder's disk."""
        self._folder = folder
        self._low_mib = low_mib
        self._free = free or _free_bytes

    def state(self) -> DiskState:
        """How it is now."""
        try:
            free_mib = self._free(self._folder) // _MIB
        except OSError:
            return DiskState(DiskLevel.OK, None, self._low_mib)
        level = DiskLevel.OK
        if free_mib < CRITICAL_MIB:
            level = DiskLevel.CRITICAL
        elif free_mib < self._low_mib:
            level = DiskLevel.LOW
        return DiskState(level, free_mib, self._low_mib)

    def note(self, log: SessionLog, staff: ClerkId, at: dt.datetime) -> bool:
        """Write that the disk is low, once a day (Japan); whether that was done now.

        Raises:
            LogStorageError: in one of its kinds.
        """
        warning = self.state().warning
        if warning is None:
            return False
        last = last_acts(log, (EntryKind.DISK_LOW,)).get(EntryKind.DISK_LOW)
        if last is not None and last.day == at.astimezone(JST).date():
            return False
        counts = {"free_mib": int(str(warning.details["free_mib"]))}
        log.append(LogEntry(EntryKind.DISK_LOW, None, staff, at, codes=(warning.code,), counts=counts))
        return True


def _free_bytes(folder: Path) -> int:
    return shutil.disk_usage(folder).free
