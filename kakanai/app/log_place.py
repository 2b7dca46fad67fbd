"""Where the session log 操作ログ lies, by the town's one setting: a file of this PC, or the hall's server."""

from kakanai.sessionlog.spool_place import SpoolPlace
from kakanai.sessionlog.spool_waiting import require_none_waits
from kakanai.sessionlog.store import SessionLog
from kakanai.settings import Paths, Town
from kakanai.settings.counter_number import read_counter_number
from kakanai.settings.database_url import DatabaseUrl
from kakanai.staff.machine import machine_key


def open_log(paths: Paths, town: Town, password: str = "") -> SessionLog:
    """The log of this installation, for commands: without a connection to its server nothing is done.

    A server's password is libpq's matter (PGPASSFILE, ~/.pgpass); where libpq has none, it is `password`,
    or without that the one in the keyring of this account.

    Raises:
        CounterNumberFileError: the number of this PC cannot be read.
        LogStorageError: in one of its kinds; what was there is left as it was.
    """
    number = read_counter_number(paths)
    log = open_log_unnumbered(paths, town, password)
    log.counter = "" if number is None else str(number)
    return log


def open_log_unnumbered(paths: Paths, town: Town, password: str = "") -> SessionLog:
    """As `open_log`, whatever the number of this PC is or whether it can be read; entries tell none.

    Raises:
        LogStorageError: in one of its kinds; what was there is left as it was.
    """
    url = town.log_database
    if url is None:
        return SessionLog.open(paths.log_database)
    return SessionLog.open(url, password=lambda: password or _from_keyring(url))


def open_counter_log(paths: Paths, town: Town) -> SessionLog:
    """The log for a counter 窓口: while its server is out of reach, a counter with a number goes on.

    Raises:
        As `open_log`; CounterTakenError, SpoolForeignError, SpoolDamagedError: see SessionLog.open.
    """
    number = read_counter_number(paths)
    url = town.log_database
    if url is None or number is None:
        # A town that went back to a file, or a number that was taken away, must not make anybody forget them.
        require_none_waits(paths.spool_file)
        return open_log(paths, town)
    spool = SpoolPlace(paths.spool_file, machine_key())
    return SessionLog.open(url, password=lambda: _from_keyring(url), counter=str(number), spool=spool)


def _from_keyring(url: DatabaseUrl) -> str | None:
    # Loaded only where a server asks for a password.
    from kakanai.drafts.database_password import DatabasePassword

    return DatabasePassword(url).read()
