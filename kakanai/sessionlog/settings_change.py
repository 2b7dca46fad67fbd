"""A change of the town's settings as the log keeps it: who, when, and which settings; never their values."""

import datetime as dt
import re
from dataclasses import dataclass

from kakanai.sessionlog.entry import JST, ClerkId, EntryKind, LogEntry

_NAME = re.compile(r"[a-z_]{1,30}(\.[A-Za-z0-9_]{1,40})?")


@dataclass(frozen=True)
class SettingsChange:
    """One change of settings 町の設定の変更. `at` is UTC; `names` are dotted (`fees.seal_certificate`).

    Raises:
        ValueError: a name outside its alphabet, none at all, or a time without zone.
        ClerkIdError: no staff number.
    """

    clerk: ClerkId
    at: dt.datetime
    names: tuple[str, ...]

    def __post_init__(self) -> None:
        """Keep everything but numbers, names of settings and times out."""
        put = object.__setattr__
        put(self, "clerk", ClerkId(self.clerk))
        if not isinstance(self.at, dt.datetime) or self.at.utcoffset() is None:
            raise ValueError("at must be a time with a zone")
        put(self, "at", self.at.astimezone(dt.UTC))
        names = tuple(self.names)
        if not names or not all(isinstance(name, str) and _NAME.fullmatch(name) for name in names):
            raise ValueError("names are outside their alphabet")
        put(self, "names", names)

    def to_entry(self) -> LogEntry:
        """The change as the chain keeps it."""
        return LogEntry(EntryKind.SETTINGS_CHANGED, None, self.clerk, self.at, names=self.names)

    def to_mapping(self) -> dict[str, object]:
        """The change for JSON; the time in ISO 8601 with Japan's offset +09:00."""
        at = self.at.astimezone(JST).isoformat(timespec="seconds")
        return {"clerk": str(self.clerk), "at": at, "names": list(self.names)}
