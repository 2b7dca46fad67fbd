"""The guided set-up 初期設定: what is asked, checked step by step, and put into effect at the end at once."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final

from kakanai.sessionlog.entry import UNREGISTERED, ClerkId
from kakanai.sessionlog.settings_change import SettingsChange
from kakanai.settings import Paths, Town
from kakanai.settings.errors import TownChangeValueError
from kakanai.settings.only_writer import only_writer
from kakanai.settings.town_change import prepare_change
from kakanai.settings.town_document import Value
from kakanai.settings.town_entries import value_fault
from kakanai.setup.last_good import good_settings
from kakanai.setup.server_password import NAME, OpenLog, keep_password
from kakanai.staff.errors import StaffNumberError
from kakanai.staff.guard import Guard
from kakanai.staff.password import Password
from kakanai.staff.register import StaffRegister
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules

COUNTER_NAME: Final = "counter.counter_name"


@dataclass(frozen=True, repr=False)
class SetupAnswers:
    """What the set-up was told; a password is never shown.

    `counters` are the hall's counters by name, each with the key of its section; `counter` is where this PC
    stands. `database` is "" for a file on this PC, `server_password` that of its user on the server, "" where
    it needs none or PostgreSQL finds it by itself. Without `administrator` nobody is registered yet.
    """

    name: str
    prefecture: str
    code: str
    mayor_title: str
    counters: Mapping[str, str] = field(default_factory=dict)
    counter: str = ""
    database: str = ""
    server_password: str = ""
    printers: Mapping[str, str] = field(default_factory=dict)
    administrator: str = ""
    password: Password | None = None

    def __repr__(self) -> str:
        return "SetupAnswers(****)"

    def changes(self) -> dict[str, Value | dict[str, str]]:
        """The settings by dotted name."""
        told: dict[str, Value | dict[str, str]] = {
            "town.name": self.name,
            "town.prefecture": self.prefecture,
            "town.code": self.code,
            "town.mayor_title": self.mayor_title,
            "log.database": self.database,
            **{f"printers.{paper}": name for paper, name in self.printers.items()},
        }
        if self.counters:
            told["counters"] = dict(self.counters)
        if self.counter:
            told[COUNTER_NAME] = self.counter
        return told


def check(name: str, value: Value | dict[str, str]) -> None:
    """Nothing, when the setting may have this value by itself.

    Raises:
        TownChangeValueError: it may not.
    """
    if expected := value_fault(name, value):
        raise TownChangeValueError(key=name, expected=expected)


def require_number(number: str, password: Password) -> str:
    """The staff number of the first administrator, when both can be.

    Raises:
        ClerkIdError, StaffNumberError, PasswordRuleError: they cannot.
    """
    clerk = ClerkId(number)
    if clerk == UNREGISTERED:
        raise StaffNumberError
    password.require_good(clerk)
    return str(clerk)


@dataclass(frozen=True)
class FirstRun:
    """Puts a set-up into effect. `open_log` opens the log that the settings name."""

    paths: Paths
    now: Callable[[], dt.datetime]
    open_log: OpenLog

    def is_due(self) -> bool:
        """Whether this PC was never set up nor used: no settings of the town, no older copy, no log.

        Where the log is on a server the copy alone tells that settings are gone.
        """
        has_any = self.paths.town_file.exists() or self.paths.log_database.exists()
        return not has_any and good_settings(self.paths) is None

    def try_database(self, answers: SetupAnswers) -> str:
        """The name of the log that these answers lead to, opened and closed.

        Raises:
            SettingsError, LogStorageError: it cannot be.
        """
        password = answers.server_password
        with (
            prepare_change(self.paths, answers.changes()) as prepared,
            self.open_log(prepared.town, password) as log,
        ):
            return log.place

    def save(self, answers: SetupAnswers) -> Town:
        """Settings in place and logged, the server's password kept, then the first administrator registered.

        Raises:
            SettingsError, LogStorageError: nothing was changed.
            DatabasePasswordUnaskedError, KeyringLackingError: it cannot be kept; nothing was changed.
            StaffError, ClerkIdError: the settings stand; nobody was registered.
        """
        with only_writer(self.paths.town_file), prepare_change(self.paths, answers.changes()) as prepared:
            with self.open_log(prepared.town, answers.server_password) as log:
                is_kept = keep_password(log, prepared.town, answers.server_password)
                if names := prepared.names + ((NAME,) if is_kept else ()):
                    log.note_settings_change(SettingsChange(UNREGISTERED, self.now(), names))
                prepared.commit()
                if answers.administrator and answers.password is not None:
                    guard = Guard(Roster(log, self.now, StaffRules.of(prepared.town)))
                    StaffRegister(guard).set_up(answers.administrator, answers.password)
            return prepared.town
