"""Where the program keeps its state: one folder, which KAKANAI_HOME moves."""

import errno
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import platformdirs

from kakanai.settings.errors import HomeUnwritableError

HOME_VARIABLE: Final = "KAKANAI_HOME"


@dataclass(frozen=True)
class Paths:
    """The places of all state, below one folder that `KAKANAI_HOME` moves."""

    home: Path

    @classmethod
    def from_environment(cls, environ: Mapping[str, str] = os.environ) -> "Paths":
        """The folder named by KAKANAI_HOME, else the platform's data folder of this user; creates nothing."""
        named = environ.get(HOME_VARIABLE, "")
        home = Path(named).expanduser() if named else platformdirs.user_data_path("kakanai", appauthor=False)
        return cls(home.absolute())

    @property
    def log_database(self) -> Path:
        """The session log 操作ログ."""
        return self.home / "sessionlog.sqlite3"

    @property
    def counter_number_file(self) -> Path:
        """The number 窓口番号 of this PC among those that write into one log; need not exist."""
        return self.home / "counter.json"

    @property
    def spool_file(self) -> Path:
        """What this counter keeps while the log's server is out of reach; need not exist."""
        return self.home / "spool.sqlite3"

    @property
    def anchor_file(self) -> Path:
        """What this machine remembers of the session log's end, against an older copy in its place."""
        return self.home / "anchor.json"

    @property
    def office_key_file(self) -> Path:
        """The office's key that signs day closes 日締め, sealed; need not exist."""
        return self.home / "keys" / "office.key"

    @property
    def diagnostic_log_dir(self) -> Path:
        """The folder of the diagnostic log 診断ログ."""
        return self.home / "diagnostic"

    @property
    def simulator_state_dir(self) -> Path:
        """The folder where specimens 見本カード keep their retry counters."""
        return self.home / "simulator"

    @property
    def output_dir(self) -> Path:
        """The folder PDFs go to when no printer and no other folder is named."""
        return self.home / "print"

    @property
    def drafts_dir(self) -> Path:
        """The folder of drafts 下書き of cases in hand, encrypted."""
        return self.home / "drafts"

    @property
    def draft_key_file(self) -> Path:
        """The key of the drafts where there is no keyring to keep it; never beside them."""
        return self.home / "keys" / "draft.key"

    @property
    def kept_forms_dir(self) -> Path:
        """The folder of forms as they were printed, encrypted, where the town keeps them; need not exist."""
        return self.home / "kept"

    @property
    def kept_forms_key_file(self) -> Path:
        """Their key where there is no keyring to keep it; never beside them."""
        return self.home / "keys" / "kept.key"

    @property
    def away_staff_file(self) -> Path:
        """Who may sign in here while the log's server is away, sealed; need not exist."""
        return self.home / "away-staff.sealed"

    @property
    def away_staff_key_file(self) -> Path:
        """Its key where there is no keyring to keep it."""
        return self.home / "keys" / "away-staff.key"

    @property
    def script_sessions_dir(self) -> Path:
        """The folder of the tokens by which commands are signed in, one for each account of the machine."""
        return self.home / "session"

    @property
    def town_file(self) -> Path:
        """The town's own settings, laid over the shipped ones; need not exist."""
        return self.home / "town.toml"

    @property
    def last_town_file(self) -> Path:
        """The town's settings as they were before the last change from the window or the command line."""
        return self.home / "town.toml.last"

    @property
    def printers_file(self) -> Path:
        """What this PC knows of its printers プリンターの設定; need not exist."""
        return self.home / "printers.toml"

    @property
    def readers_file(self) -> Path:
        """What was learnt of this PC's card readers; made anew when missing."""
        return self.home / "readers.json"

    @property
    def look_file(self) -> Path:
        """Colours and text size that this user chose for the window; need not exist."""
        return self.home / "look.json"

    @property
    def issuer_keys_dir(self) -> Path:
        """Issuer keys 発行者鍵 that the town put beside its state; need not exist."""
        return self.home / "issuer_keys"

    @property
    def forms_dir(self) -> Path:
        """The town's own form templates 様式; need not exist."""
        return self.home / "forms"

    @property
    def procedures_dir(self) -> Path:
        """The town's own procedures 手続 and guidance rules; need not exist."""
        return self.home / "procedures"

    @property
    def fonts_dir(self) -> Path:
        """Font files the town put beside its state; need not exist."""
        return self.home / "fonts"

    def ensure_home(self) -> None:
        """Create the state folders, closed to other users (0700), and prove that home can be written.

        Folders that exist keep their permissions. Nothing but folders is left behind.

        Raises:
            HomeUnwritableError: a folder could not be made or a file not written; earlier folders stay.
        """
        folder = self.home
        try:
            for folder in (self.home, self.diagnostic_log_dir, self.simulator_state_dir, self.output_dir):
                folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            folder = self.home
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(b"\0")
        except OSError as error:
            raise HomeUnwritableError(
                folder=str(folder), reason=errno.errorcode.get(error.errno or 0, "EIO")
            ) from error
