"""町の設定: what is set now, and the one way to change it, for the window and the command line alike."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from kakanai.sessionlog.entry import ClerkId
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, Town, load_town
from kakanai.settings.only_writer import only_writer
from kakanai.settings.town_change import Changes, prepare_change
from kakanai.settings.town_entries import TownEntry, town_entries
from kakanai.settings.town_file import read_town_text
from kakanai.staff.act import Act
from kakanai.staff.errors import AnotherClerkError, NotSignedInError
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password


@dataclass(frozen=True)
class TownKeeper:
    """Reads and changes the town's file; every change is logged before it is made.

    `trainer` is a staff number that may change settings while the town names no administrator 管理者, for
    practice with 見本カード; empty where there is none. Once staff are registered, only the `guard` is asked:
    the administrators in the town's file count no more, and there is no trainer.
    """

    paths: Paths
    log: SessionLog
    now: Callable[[], dt.datetime]
    trainer: str = ""
    guard: Guard | None = None

    def entries(self) -> list[TownEntry]:
        """Every setting as the file on disk says it now.

        Raises:
            SettingsError: the file cannot be read.
        """
        return town_entries(read_town_text(self.paths.town_file), self.paths.town_file)

    def editor(self) -> str | None:
        """The staff number that may change settings here, with its password; None while nobody is registered.

        Raises:
            StaffError: whoever is here may not.
            LogStorageError: in one of its kinds.
        """
        if self.guard is None or self.guard.is_open:
            return None
        return str(self.guard.require(Act.CHANGE_SETTINGS).number)

    def confirm(self, password: Password) -> str:
        """The number of who is signed in, who may change settings and gave their password now.

        Raises:
            NotSignedInError: staff are not registered.
            StaffError: the password is wrong, or they may not.
            LogStorageError: in one of its kinds.
        """
        number = self.editor()
        if number is None or self.guard is None:
            raise NotSignedInError
        return str(self.guard.confirm(number, password, Act.CHANGE_SETTINGS).number)

    def require_administrator(self, clerk: str) -> None:
        """Nothing, when this staff number may change settings.

        Raises:
            TownChangeRefusedError, StaffError: it may not.
            SettingsError: the town's file has a mistake.
            LogStorageError: in one of its kinds.
        """
        if self.guard is not None and not self.guard.is_open:
            if self.guard.require(Act.CHANGE_SETTINGS).number != clerk:
                raise AnotherClerkError
            return
        town = load_town(self.paths)
        if self.trainer and clerk == self.trainer and not town.administrators:
            return
        town.require_administrator(clerk)

    def change(self, changes: Changes, clerk: str) -> tuple[Town, tuple[str, ...]]:
        """Change settings by dotted name; the town as it is now, and the names that got another value.

        The log gets the names, never the values, before the file is replaced. What is the present value
        already is no change, and nothing at all is written when nothing changes.

        Raises:
            ClerkIdError, TownChangeRefusedError, StaffError: the staff number may not.
            SettingsError: what is wrong with the change, or with the file as it is.
            LogStorageError: the log could not be written. In each case the file is as it was.
        """
        who = ClerkId(clerk)
        self.require_administrator(who)
        with only_writer(self.paths.town_file), prepare_change(self.paths, changes) as prepared:
            if prepared.names:
                self.log.note_settings_change(SettingsChange(who, self.now(), prepared.names))
                prepared.commit()
            return prepared.town, prepared.names
