"""Who may change the settings of this PC's printers, and the log that knows before they do."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog
from kakanai.staff.act import Act
from kakanai.staff.guard import Guard


@dataclass(frozen=True)
class PrinterKeeper:
    """Asks the guard, tells the log; without a guard 見本カード are served, by nobody in particular."""

    log: SessionLog
    now: Callable[[], dt.datetime]
    guard: Guard | None = None

    def may(self) -> bool:
        """Whether `require` would pass; for showing what can be done."""
        return self.guard is None or self.guard.may(Act.SET_PRINTERS)

    def require(self, claimed: ClerkId) -> ClerkId:
        """Who changes the settings: whoever is signed in, `claimed` while nobody is registered.

        Raises:
            StaffError: they may not.
            LogStorageError: in one of its kinds.
        """
        if self.guard is None:
            return claimed
        who = self.guard.require(Act.SET_PRINTERS)
        return who.number if who.is_registered else claimed

    def note(self, who: ClerkId, names: tuple[str, ...]) -> None:
        """Log which settings change, before they do. Raises LogStorageError."""
        self.log.note_settings_change(SettingsChange(who, self.now(), names))
