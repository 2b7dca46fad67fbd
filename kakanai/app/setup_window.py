"""The guided set-up put together; and the window, with the set-up before it on the first run."""

import datetime as dt
from collections.abc import Callable
from functools import partial

from kakanai.app.log_place import open_log
from kakanai.app.places import prepare
from kakanai.app.readers import pcsc_source
from kakanai.app.ways_out import system_printers
from kakanai.sessionlog.entry import UNREGISTERED
from kakanai.settings import Paths, SettingsError
from kakanai.settings.town_entries import town_entries
from kakanai.settings.town_file import read_town_text
from kakanai.setup.carrying import export_setup, import_setup
from kakanai.setup.errors import SettingsLostError, SetupOverError
from kakanai.setup.first_run import FirstRun
from kakanai.setup.last_good import DAMAGED, good_settings, keep_good, present_town, put_back
from kakanai.staff.guard import Guard
from kakanai.staff.roster import Roster
from kakanai.staff.rules import StaffRules


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)


def open_setup(paths: Paths) -> int:
    """The guided set-up, because somebody asked for it; the exit status.

    Raises:
        SetupOverError: staff are registered, so settings are changed by an administrator in the window.
        SettingsError, LogStorageError: the present settings or the log cannot be read.
    """
    town = prepare(paths)
    if not FirstRun(paths, _now, partial(open_log, paths)).is_due():
        with open_log(paths, town) as log:
            if not Guard(Roster(log, _now, StaffRules.of(town))).is_open:
                raise SetupOverError
    _run(paths, is_asked_for=True)
    return 0


def open_window_or_setup(paths: Paths, open_window: Callable[[], int]) -> int:
    """The window; before it the guided set-up where nothing was set up yet.

    Where the town's file is damaged or gone, whoever sits there may go back to the settings that last worked.

    Raises:
        KakanaiError: what `open_window` raises.
    """
    if FirstRun(paths, _now, partial(open_log, paths)).is_due():
        prepare(paths)
        _run(paths, is_asked_for=False)
    try:
        present_town(paths)
    except (SettingsError, SettingsLostError) as error:
        if not _goes_back(paths, error):
            raise
    keep_good(paths)
    return open_window()


def _run(paths: Paths, *, is_asked_for: bool) -> bool:
    # Qt is loaded only for a window.
    from kakanai.ui.setup.setup_desk import SetupDesk
    from kakanai.ui.setup.setup_run import run_setup

    town = present_town(paths)
    log_of = partial(open_log, paths)
    text = read_town_text(paths.town_file)
    database = next(e.value for e in town_entries(text, paths.town_file) if e.name == "log.database")
    desk = SetupDesk(
        first_run=FirstRun(paths, _now, log_of),
        town=town,
        sections=town.sections,
        database=str(database),
        printers=system_printers,
        source=pcsc_source(paths),
        arrive=lambda file, passphrase, password: import_setup(
            paths,
            file,
            passphrase,
            who=UNREGISTERED,
            now=_now,
            open_log=log_of,
            server_password=password,
        ),
        export=lambda file, passphrase, who: export_setup(
            paths, file, passphrase, who=who, now=_now, open_log=log_of
        ),
        look_file=paths.look_file,
    )
    return run_setup(desk, is_asked_for=is_asked_for)


def _goes_back(paths: Paths, error: SettingsError | SettingsLostError) -> bool:
    if error.code not in DAMAGED or good_settings(paths) is None:
        return False
    from kakanai.ui.start_failure import tell_start_failure

    if not tell_start_failure(error, paths.look_file, "前に使えていた設定に戻して開く"):
        return False
    put_back(paths, _now(), partial(open_log, paths))
    return True
